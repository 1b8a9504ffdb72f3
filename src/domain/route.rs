//! Where a complaint goes: one level up from whom it is about, never towards them (article 19, reading A19).

use chrono::{Duration, NaiveDate};

use crate::domain::accused;
use crate::domain::complaint_field::OUTSIDE;
use crate::domain::kind::{Code, Kind};
use crate::domain::operator::Role;
use crate::domain::post;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route_why as why;
use crate::domain::setting::{OUTSIDE_FIRST, POST_DAYS};
use crate::domain::value::Value;
use crate::domain::world::{Reckon, World};
use crate::say;

/// The region's own team, above which there are only outside bodies.
pub const TOP: Code = Code::new(Kind::Organisation, 1);

/// Words by which people mean the office, which is the region's team.
pub const OFFICE: &[&str] = &["总队", "总队办公室", "科普部", "科学技术普及部"];

/// Where it goes and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Who receives it; none if it must leave the region's teams.
    pub receiver: Option<Code>,
    /// Whose people must not see it: the teams it is about, and those that somebody it is about holds a post in.
    pub against: Vec<Code>,
    /// Why there, a sentence each.
    pub why: Vec<String>,
}

/// The parent of a team.
pub fn parent(world: &dyn World, org: Code) -> Option<Code> {
    world.record(org)?.refs("parent").next()
}

/// A team and all above it, from below.
pub fn upward(world: &dyn World, org: Code) -> Vec<Code> {
    let mut found = vec![org];
    while let Some(up) = found.last().and_then(|last| parent(world, *last)) {
        // A circle in old data must not hang the service.
        if found.contains(&up) {
            break;
        }
        found.push(up);
    }
    found
}

/// Whether one team is another or stands below it.
pub fn within(world: &dyn World, org: Code, root: Code) -> bool {
    org == root || upward(world, org).contains(&root)
}

/// How somebody stands to a team's posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Holds one.
    Now,
    /// Held one until lately.
    Lately,
}

/// Whether somebody of this name holds a post in a team on a day, or held one until lately.
pub fn hold(world: &dyn World, org: Code, name: &str, today: NaiveDate) -> Option<Hold> {
    let team = world.record(org)?;
    let since = today - Duration::days(POST_DAYS.now(world));
    let rows = post::rows(&team).filter(|row| row.text("holder") == name);
    let rows = rows.filter(|row| row.day("from").is_none_or(|from| from <= today));
    let held = rows.filter_map(|row| match row.day("to") {
        Some(to) if to <= since => None,
        Some(to) if to <= today => Some(Hold::Lately),
        _ => Some(Hold::Now),
    });
    held.min_by_key(|hold| *hold != Hold::Now)
}

/// Whether somebody of this name counts as holding a post in a team on a day.
pub fn holds_post(world: &dyn World, org: Code, name: &str, today: NaiveDate) -> bool {
    hold(world, org, name, today).is_some()
}

/// What a record is called; its code where it is not there.
pub fn title(world: &dyn World, code: Code) -> String {
    let record = world.record(code);
    record.map_or_else(|| code.to_string(), |record| record.title().to_owned())
}

/// The outside body that is offered first.
pub fn outside(world: &dyn World) -> &'static str {
    let nth = usize::try_from(OUTSIDE_FIRST.now(world)).unwrap_or(1);
    let body = OUTSIDE.get(nth.saturating_sub(1)).or(OUTSIDE.first());
    body.map_or("", |body| body.zh)
}

/// Whether no team of the region may receive it: it waits to be handed over, or was.
///
/// What is reviewed outside had a receiver, whose answer it was.
pub fn leaves(record: &Record) -> bool {
    let reviewed = ["review_on", "recheck_on"];
    let reviewed = reviewed.iter().any(|key| record.get(key).is_some());
    !record.text("outside").is_empty() && !reviewed
}

/// Whether an operator has an interest: is among those it is about, or stepped back from it.
pub fn interested(record: &Record, operator: &Record) -> bool {
    let own = operator.refs("volunteer").next();
    let about = own.is_some_and(|own| accused::volunteers(record).contains(&own));
    about || record.refs("recused").any(|code| code == operator.code())
}

/// Whether an operator only has the name of somebody whom it is about: no record says that they are one.
pub fn namesake(record: &Record, world: &dyn World, operator: &Record) -> bool {
    let linked = operator.get("volunteer").is_some();
    !linked
        && accused::people(record, world)
            .iter()
            .any(|name| name == operator.title())
}

/// The operators in use who have the name of somebody whom it is about, each name once.
pub fn namesakes(record: &Record, world: &dyn World) -> Vec<String> {
    let mut found = accused::people(record, world);
    found.retain(|name| {
        let numbers = world.equal(Kind::Operator, "name", name).into_iter();
        let mut operators =
            numbers.filter_map(|number| world.record(Code::new(Kind::Operator, number)));
        operators
            .any(|one| one.live() && !interested(record, &one) && namesake(record, world, &one))
    });
    found.sort();
    found.dedup();
    found
}

/// The operators who do daily work for a team as their own.
fn own_operators(world: &dyn World, team: Code) -> Vec<Record> {
    let mut found = Vec::new();
    world.each(Kind::Operator, &mut |operator| {
        let daily = |role| matches!(role, Role::Operator | Role::Head);
        let works = operator.texts("roles").filter_map(Role::named).any(daily);
        let own = operator.refs("scope").any(|root| root == team);
        if operator.live() && works && own {
            found.push(operator);
        }
        true
    });
    found
}

/// Whether a team has operators of its own and each of them has an interest.
pub fn nobody_left(record: &Record, world: &dyn World, team: Code) -> bool {
    let own = own_operators(world, team);
    !own.is_empty() && own.iter().all(|one| interested(record, one))
}

/// Whom it is about: teams to keep it from, and teams from which on it may be received.
pub(super) fn about(
    record: &Record,
    world: &dyn World,
    today: NaiveDate,
    way: &mut Route,
) -> Vec<Code> {
    let mut starts = Vec::new();
    let before: Vec<Code> = record.refs("against").collect();
    let activity = record
        .refs("activity")
        .filter(|_| record.get("accused").is_none());
    for code in record.refs("accused").chain(activity) {
        match code.kind {
            Kind::Organisation => way.against.push(code),
            Kind::Activity => way
                .against
                .extend(world.record(code).and_then(|one| one.refs("org").next())),
            Kind::Volunteer => {
                let Some(person) = world.record(code) else {
                    continue;
                };
                let name = person.title();
                let teams: Vec<Code> = person.refs("teams").collect();
                let mut led = Vec::new();
                for team in &teams {
                    if let Some(hold) = hold(world, *team, name, today) {
                        let lately = hold == Hold::Lately;
                        way.why.push(post_told(name, &title(world, *team), lately));
                        led.push(*team);
                    }
                }
                if let Some(team) = teams.first().filter(|_| led.is_empty()) {
                    way.why.push(why::MEMBER.of(&[name, &title(world, *team)]));
                    starts.push(*team);
                }
                if teams.is_empty() {
                    way.why.push(why::TEAMLESS.of(&[name, &title(world, TOP)]));
                    starts.push(TOP);
                }
                way.against.extend(led);
            }
            _ => {}
        }
    }
    // Whoever was kept from it once stays so, whatever becomes of the list of the accused.
    let new = way.against.clone();
    for org in before.iter().filter(|org| !new.contains(org)) {
        way.why.push(why::ONCE.of(&[&title(world, *org)]));
    }
    way.against.extend(before);
    way.against.sort_unstable();
    way.against.dedup();
    for org in way.against.clone() {
        let name = title(world, org);
        match parent(world, org).filter(|up| *up != org) {
            _ if org == TOP => {}
            Some(up) => {
                way.why.push(why::UP.of(&[&name, &title(world, up)]));
                starts.push(up);
            }
            None => {
                way.why.push(why::ORPHAN.of(&[&name, &title(world, TOP)]));
                starts.push(TOP);
            }
        }
    }
    starts
}

/// The teams that it is about, and those that somebody it is about holds a post in.
pub fn against(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Code> {
    let mut way = Route::default();
    about(record, world, today, &mut way);
    way.against
}

/// Whether somebody it is about holds a post in a team.
pub fn headed(record: &Record, world: &dyn World, team: Code, today: NaiveDate) -> bool {
    let names = accused::people(record, world);
    names.iter().any(|one| holds_post(world, team, one, today))
}

/// Works out where a complaint goes; `home` receives what is about nobody in the registers.
pub fn route(record: &Record, world: &dyn World, home: Option<Code>, today: NaiveDate) -> Route {
    let mut way = Route::default();
    let mut starts = about(record, world, today, &mut way);
    if starts.is_empty() && way.against.is_empty() {
        let home = home.unwrap_or(TOP);
        way.why.push(why::NOBODY.of(&[&title(world, home)]));
        starts.push(home);
    }
    climb(record, world, &starts, today, &mut way);
    way
}

/// Whether a team only stands on the list of those to be founded, so that nobody in it handles anything.
pub fn unfounded(world: &dyn World, org: Code) -> bool {
    let team = world.record(org);
    team.is_some_and(|team| matches!(team.status(), "应成立" | "筹建"))
}

/// Climbs from the first start to the lowest team that stands above all of them and may receive.
pub(super) fn climb(
    record: &Record,
    world: &dyn World,
    starts: &[Code],
    today: NaiveDate,
    way: &mut Route,
) {
    let names = accused::people(record, world);
    let mut chain = starts
        .first()
        .map_or_else(Vec::new, |first| upward(world, *first));
    // Old data may end below the region's team, or turn in a circle: it is above all the same.
    chain.retain(|team| *team != TOP);
    chain.push(TOP);
    for at in chain {
        let name = title(world, at);
        let above_all = at == TOP || starts.iter().all(|start| within(world, *start, at));
        if !above_all {
            continue;
        }
        let inside = way.against.iter().any(|org| within(world, at, *org));
        let mut headed = names.iter();
        let headed = headed.find_map(|one| Some((one, hold(world, at, one, today)?)));
        if let Some((one, hold)) = headed {
            let why = match hold {
                Hold::Now => why::HEADED,
                Hold::Lately => why::HEADED_LATELY,
            };
            way.why.push(why.of(&[one, &name]));
            if !way.against.contains(&at) {
                way.against.push(at);
            }
        } else if inside {
            if at != TOP {
                way.why.push(why::INSIDE.of(&[&name]));
            }
        } else if world.record(at).is_some_and(|team| !team.live()) {
            way.why.push(why::GONE.of(&[&name]));
        } else if at != TOP && unfounded(world, at) {
            way.why.push(why::UNFOUNDED.of(&[&name]));
        } else if nobody_left(record, world, at) {
            way.why.push(why::INTEREST.of(&[&name]));
        } else {
            if starts.iter().any(|start| Some(start) != starts.first()) {
                way.why.push(why::COMMON.of(&[&name]));
            }
            way.receiver = Some(at);
            return;
        }
    }
    let top = title(world, TOP);
    way.why.push(why::ABOVE_TOP.of(&[&top, outside(world)]));
}

/// The next level above a team that may receive it; none if it must leave the region's teams.
pub fn above(record: &Record, world: &dyn World, team: Code, today: NaiveDate) -> Route {
    let mut way = Route {
        against: record.refs("against").collect(),
        ..Route::default()
    };
    match parent(world, team).filter(|_| team != TOP) {
        Some(up) => climb(record, world, &[up], today, &mut way),
        None if team == TOP => {
            let top = title(world, TOP);
            way.why.push(why::ABOVE_TOP.of(&[&top, outside(world)]));
        }
        None => climb(record, world, &[TOP], today, &mut way),
    }
    way
}

/// Where a matter goes that can no longer stay with a team.
pub fn again(record: &Record, world: &dyn World, team: Code, today: NaiveDate) -> Route {
    let mut way = Route {
        against: record.refs("against").collect(),
        ..Route::default()
    };
    climb(record, world, &[team], today, &mut way);
    way
}

/// Why a team stays out of it: somebody holds a post there, or did so lately.
pub(super) fn post_told(who: &str, team: &str, lately: bool) -> String {
    let why = match lately {
        true => why::POST_LATELY,
        false => why::POST,
    };
    why.of(&[who, team])
}

/// Sends a complaint where it belongs, and keeps who it is about away from it.
pub fn send(record: &mut Record, reckon: &Reckon) {
    accused::keep(record, reckon.world);
    let way = route(record, reckon.world, reckon.home, reckon.today);
    let codes: Vec<String> = way.against.iter().map(Code::to_string).collect();
    record.set("against", codes.into());
    record.set("route", way.why.join("\n").into());
    let receiver = way.receiver.unwrap_or(TOP);
    let handler = record.refs("handler").next();
    let handler = handler.and_then(|code| reckon.world.record(code));
    let steps_back =
        handler.is_some_and(|one| interested(record, &one) || namesake(record, reckon.world, &one));
    if steps_back || record.refs("receiver").next() != Some(receiver) {
        record.set("handler", Value::from(""));
    }
    record.set("receiver", receiver.to_string().into());
    let outside = match way.receiver {
        Some(_) => "",
        None => outside(reckon.world),
    };
    record.set("outside", outside.into());
    // Whoever adds somebody accused to a matter of others does not come by it, nor by who complains.
    let before = reckon.before;
    let own = before.is_none_or(|old| old.refs("handler").next() == reckon.operator);
    if way.receiver.is_some() && own {
        take(record, reckon);
    }
}

/// Whoever takes it handles it where nobody does, if they look after the receiver and have no interest.
pub fn take(record: &mut Record, reckon: &Reckon) {
    let Some(receiver) = record.refs("receiver").next() else {
        return;
    };
    if record.get("handler").is_some() {
        return;
    }
    let operator = reckon.operator.and_then(|code| reckon.world.record(code));
    let free = |one: &Record| !interested(record, one) && !namesake(record, reckon.world, one);
    let Some(operator) = operator.filter(free) else {
        return;
    };
    let mut scope = operator.refs("scope");
    if scope.any(|root| within(reckon.world, receiver, root)) {
        record.set("handler", operator.code().to_string().into());
    }
}

/// Refuses a receiver that is, or stands below, whom it is about, or that one of them leads.
pub fn towards_accused(
    record: &Record,
    world: &dyn World,
    to: Code,
    today: NaiveDate,
) -> Option<Refusal> {
    let team = record.refs("against").find(|org| within(world, to, *org));
    let names = accused::people(record, world);
    let head = names.iter().find(|name| holds_post(world, to, name, today));
    let (zh, en) = match (team, head) {
        (Some(team), _) => {
            let name = title(world, team);
            (
                format!("不能转向被反映的{name}"),
                format!("it cannot be passed towards {name}, whom it is about"),
            )
        }
        (None, Some(head)) => {
            let name = title(world, to);
            (
                format!("不能转向{name}：被反映的{head}在那里任职"),
                format!(
                    "it cannot be passed to {name}: {head}, whom it is about, holds a post there"
                ),
            )
        }
        (None, None) => return None,
    };
    Some(
        Refusal::new(RefusalKind::Rule, say!("{zh}", "{en}"))
            .field("to")
            .article("第十九条")
            .hint(say!(
                "请选上一级：kezhi show 看去向理由",
                "choose a level above: kezhi show tells why it goes where"
            )),
    )
}
