//! Where a complaint may be passed on to: no team that does not stand above all whom it is about.

use chrono::NaiveDate;

use crate::domain::accused;
use crate::domain::kind::Code;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route::{self, Route, TOP, holds_post, title, unfounded, upward, within};
use crate::domain::world::World;
use crate::say;

/// The teams that may receive it, from below; none where it is about no team and nobody of one.
fn may(record: &Record, world: &dyn World, today: NaiveDate) -> Option<Vec<Code>> {
    let mut way = Route::default();
    let starts = route::about(record, world, today, &mut way);
    let mut people = accused::volunteers(record).into_iter();
    let of_team = people.any(|code| {
        let person = world.record(code);
        person.is_some_and(|person| person.refs("teams").next().is_some())
    });
    if way.against.is_empty() && !of_team {
        return None;
    }
    let mut chain = starts
        .first()
        .map_or_else(Vec::new, |first| upward(world, *first));
    chain.retain(|team| *team != TOP);
    chain.push(TOP);
    let names = accused::people(record, world);
    chain.retain(|at| {
        let above = *at == TOP || starts.iter().all(|start| within(world, *start, *at));
        let inside = way.against.iter().any(|org| within(world, *at, *org));
        let mut names = names.iter();
        let headed = names.any(|name| holds_post(world, *at, name, today));
        let live = world.record(*at).is_some_and(|team| team.live());
        let founded = *at == TOP || !unfounded(world, *at);
        above && !inside && !headed && live && founded
    });
    Some(chain)
}

/// Refuses a receiver that does not stand above all whom it is about.
pub fn beside_accused(
    record: &Record,
    world: &dyn World,
    to: Code,
    today: NaiveDate,
) -> Option<Refusal> {
    let may = may(record, world, today).filter(|may| !may.contains(&to))?;
    let name = title(world, to);
    let refusal = Refusal::new(
        RefusalKind::Rule,
        say!(
            "{name}不是被反映一方的上级，不能由其办理",
            "{name} does not stand above all whom it is about and cannot receive it"
        ),
    );
    let list: Vec<String> = may
        .iter()
        .map(|code| format!("{code} {}", title(world, *code)))
        .collect();
    let refusal = refusal.field("to").article("第十九条");
    Some(match list.is_empty() {
        true => refusal.hint(say!(
            "没有可以转往的组织，应移送：kezhi do handover 编号 outside=...",
            "no team may receive it: hand it over, kezhi do handover CODE outside=..."
        )),
        false => {
            let list = list.join("、");
            refusal.hint(say!("可以转往：{list}", "it may go to: {list}"))
        }
    })
}
