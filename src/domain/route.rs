//! Where a complaint goes: one level up from whom it is about, never towards them (article 19, reading A19).

use chrono::NaiveDate;

use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::noted;
use crate::domain::post;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, World};
use crate::say;

/// The region's own team, above which there are only outside bodies.
pub const TOP: Code = Code::new(Kind::Organisation, 1);

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
    upward(world, org).contains(&root)
}

/// Whether somebody of this name holds a post in a team on a day.
pub fn holds_post(world: &dyn World, org: Code, name: &str, today: NaiveDate) -> bool {
    let Some(team) = world.record(org) else {
        return false;
    };
    let mut rows = post::rows(&team);
    rows.any(|row| {
        let came = row.day("from").is_none_or(|from| from <= today);
        let gone = row.day("to").is_some_and(|to| to <= today);
        came && !gone && row.text("holder") == name
    })
}

fn title(world: &dyn World, code: Code) -> String {
    let record = world.record(code);
    record.map_or_else(|| code.to_string(), |record| record.title().to_owned())
}

/// Works out where a complaint goes; `home` receives what is about nobody in the registers.
pub fn route(record: &Record, world: &dyn World, home: Option<Code>, today: NaiveDate) -> Route {
    let mut way = Route::default();
    // Somebody who is in no register may hold a post all the same.
    let mut people: Vec<String> = Vec::new();
    people.extend(Some(record.text("accused_other").to_owned()).filter(|name| !name.is_empty()));
    let mut starts: Vec<Code> = Vec::new();
    let activity = record
        .refs("activity")
        .filter(|_| record.get("accused").is_none());
    for code in record.refs("accused").chain(activity) {
        match code.kind {
            Kind::Organisation => way.against.push(code),
            Kind::Activity => {
                let team = world.record(code).and_then(|one| one.refs("org").next());
                way.against.extend(team);
            }
            Kind::Volunteer => {
                let person = world.record(code);
                let name = person.as_ref().map_or("", Record::title).to_owned();
                let teams: Vec<Code> = person.iter().flat_map(|one| one.refs("teams")).collect();
                let led: Vec<Code> = teams
                    .iter()
                    .copied()
                    .filter(|team| holds_post(world, *team, &name, today))
                    .collect();
                if led.is_empty() {
                    starts.extend(teams.first());
                    if let Some(team) = teams.first() {
                        let team = title(world, *team);
                        way.why
                            .push(format!("被反映的是普通志愿者，由其所在组织{team}受理"));
                    }
                }
                for team in led {
                    let team_name = title(world, team);
                    way.why.push(format!("{name}在{team_name}任职，该组织回避"));
                    way.against.push(team);
                }
                people.push(name);
            }
            _ => {}
        }
    }
    way.against.sort_unstable();
    way.against.dedup();
    for org in way.against.clone() {
        let (from, up) = (title(world, org), parent(world, org));
        match up {
            Some(up) => {
                let to = title(world, up);
                way.why
                    .push(format!("被反映的是{from}，上一级是{to}（第十九条）"));
                starts.push(up);
            }
            None => {
                way.why.push(format!(
                    "{from}之上没有科技志愿服务组织，应移送有关单位（第十九条）"
                ));
                return way;
            }
        }
    }
    let first = starts.first().copied();
    if first.is_none() {
        let home = home.unwrap_or(TOP);
        let name = title(world, home);
        way.why
            .push(format!("没有指明登记在册的对象，由{name}受理"));
        way.receiver = Some(home);
        return way;
    }
    let mut receiver = first;
    for start in &starts {
        while let Some(at) = receiver.filter(|at| !within(world, *start, *at)) {
            receiver = parent(world, at);
            if let Some(up) = receiver {
                way.why
                    .push(format!("涉及几处，由共同的上级{}受理", title(world, up)));
            }
        }
    }
    while let Some(at) = receiver {
        let inside = way.against.iter().any(|org| within(world, at, *org));
        let headed = people.iter().find(|one| holds_post(world, at, one, today));
        if !inside && headed.is_none() {
            break;
        }
        if let Some(name) = headed {
            let team = title(world, at);
            way.why.push(format!("{name}在{team}任职，再上一级"));
            way.against.push(at);
        }
        receiver = parent(world, at);
        if receiver.is_none() {
            way.why
                .push("之上没有科技志愿服务组织，应移送有关单位（第十九条）".to_owned());
        }
    }
    way.receiver = receiver;
    way
}

/// Sends a complaint where it belongs, and keeps who it is about away from it.
pub fn send(record: &mut Record, reckon: &Reckon) {
    let way = route(record, reckon.world, reckon.home, reckon.today);
    let codes: Vec<String> = way.against.iter().map(Code::to_string).collect();
    record.set("against", codes.into());
    record.set("route", way.why.join("\n").into());
    match way.receiver {
        Some(receiver) => {
            record.set("receiver", receiver.to_string().into());
            record.set("outside", Value::from(""));
        }
        None => {
            record.set("receiver", TOP.to_string().into());
            record.set("outside", "科协机关纪委".into());
        }
    }
}

fn answer(answers: &Fields, key: &str) -> Option<Code> {
    answers.get(key).and_then(Value::text).and_then(Code::read)
}

/// Refuses a receiver that is, or stands below, whom it is about.
pub fn towards_accused(record: &Record, world: &dyn World, to: Code) -> Option<Refusal> {
    let accused = record.refs("against").find(|org| within(world, to, *org))?;
    let name = title(world, accused);
    Some(
        Refusal::new(
            RefusalKind::Rule,
            say!(
                "不能转向被反映的{name}",
                "it cannot be passed towards {name}, whom it is about"
            ),
        )
        .field("to")
        .article("第十九条")
        .hint(say!(
            "请选上一级：kezhi show 看去向理由",
            "choose a level above: kezhi show tells why it goes where"
        )),
    )
}

/// Passes it on to another team.
pub fn transfer(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let Some(to) = answer(answers, "to") else {
        return Ok(());
    };
    if let Some(refusal) = towards_accused(record, reckon.world, to) {
        return Err(refusal);
    }
    noted(record, answers, reckon);
    let reason = answers.get("note").and_then(Value::text).unwrap_or("");
    let from = record.text("receiver").to_owned();
    let row = [
        ("day", reckon.today.to_string()),
        ("from", from),
        ("to", to.to_string()),
        ("reason", reason.to_owned()),
    ];
    let row = row.map(|(key, value)| (key.to_owned(), Value::from(value)));
    let mut rows = record
        .get("transfers")
        .map_or(&[][..], Value::parts)
        .to_vec();
    rows.push(Value::Map(row.into()));
    record.set("transfers", Value::List(rows));
    record.set("receiver", to.to_string().into());
    record.set("handler", Value::from(""));
    Ok(())
}

/// The common superior says who handles it.
pub fn settle(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    transfer(record, answers, reckon)
}

/// Somebody with an interest steps back.
pub fn recuse(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    // The name of who steps back is not written into what they wrote themselves.
    noted(record, answers, reckon);
    let Some(who) = answer(answers, "who") else {
        return Ok(());
    };
    let mut recused: Vec<String> = record.texts("recused").map(str::to_owned).collect();
    if !recused.contains(&who.to_string()) {
        recused.push(who.to_string());
    }
    record.set("recused", recused.into());
    if record.refs("handler").next() == Some(who) {
        let next = answer(answers, "handler").map(|code| code.to_string());
        record.set("handler", next.unwrap_or_default().into());
    }
    Ok(())
}
