//! What the steps of a complaint do beyond writing their answers.

use crate::domain::complaint_field::UNCLEAR;
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::{answered, noted};
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route::{self, TOP, title};
use crate::domain::route_to::beside_accused;
use crate::domain::route_why as why;
use crate::domain::value::{Fields, Value};
use crate::domain::world::Reckon;
use crate::domain::{call, erase, harm};
use crate::say;

pub(super) type Done = Result<(), Refusal>;

pub(super) fn text<'a>(answers: &'a Fields, key: &str) -> &'a str {
    answers.get(key).and_then(Value::text).unwrap_or("")
}

fn named(answers: &Fields, key: &str) -> Option<Code> {
    Code::read(text(answers, key))
}

/// Adds a code to a list of codes.
pub fn add(record: &mut Record, key: &str, code: &str) {
    let mut codes: Vec<String> = record.texts(key).map(str::to_owned).collect();
    if !code.is_empty() && !codes.iter().any(|one| one == code) {
        codes.push(code.to_owned());
        record.set(key, codes.into());
    }
}

/// Adds a row to a list of rows.
pub(super) fn row<const N: usize>(record: &mut Record, key: &str, cells: [(&str, String); N]) {
    let cells = cells.into_iter().filter(|(_, text)| !text.is_empty());
    let cells: Fields = cells
        .map(|(key, text)| (key.to_owned(), text.into()))
        .collect();
    let mut rows = record.get(key).map_or(&[][..], Value::parts).to_vec();
    rows.push(Value::Map(cells));
    record.set(key, Value::List(rows));
}

/// Notes a move from the receiver to another, or out.
pub fn moved(record: &mut Record, to: &str, reason: &str, reckon: &Reckon) {
    let from = record.text("receiver").to_owned();
    let cells = [
        ("day", reckon.today.to_string()),
        ("from", from),
        ("to", to.to_owned()),
        ("reason", reason.to_owned()),
    ];
    row(record, "transfers", cells);
}

/// Adds a reason to those for which it is where it is.
pub fn reason(record: &mut Record, line: &str) {
    let route = match record.text("route") {
        "" => line.to_owned(),
        old => format!("{old}\n{line}"),
    };
    record.set("route", route.into());
}

/// Whoever decides whether it is taken tells it at once, where there is somebody to tell.
pub fn told(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    answered(record, answers, reckon);
    if record.text("told_how") != UNCLEAR {
        record.set("told_on", reckon.today.to_string().into());
    }
    if record.status() == "受理" {
        // Accepted once, it is not accepted anew: whoever it was passed on to has no more days.
        if record.get("accepted_on").is_none() {
            record.set("accepted_on", reckon.today.to_string().into());
        }
        route::take(record, reckon);
    }
    Ok(())
}

/// Passes it on to another team.
pub fn transfer(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    let Some(to) = named(answers, "to") else {
        return Ok(());
    };
    let had = |key: &str| {
        let rows = record.rows("transfers");
        let mut cells = rows.filter_map(|row| row.get(key)?.text().and_then(Code::read));
        cells.any(|code| code == to)
    };
    let name = title(reckon.world, to);
    if record.refs("receiver").next() == Some(to) {
        return Err(no(say!("它已经在{name}", "it is with {name} already")));
    }
    if had("from") {
        let refusal = no(say!(
            "{name}已经把它转出，再转回去就成了推来推去",
            "{name} has passed it on before: it would go in a ring"
        ));
        return Err(refusal.article("信访工作条例第二十四条").hint(say!(
            "现在的受理组织提出异议（object），由共同的上级裁定（settle）",
            "the receiver objects (object), and the common superior settles it (settle)"
        )));
    }
    pass(record, to, answers, reckon)
}

/// The common superior says who handles it.
pub fn settle(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    let Some(to) = named(answers, "to") else {
        return Ok(());
    };
    let from = record.rows("transfers").last();
    let from = from.and_then(|row| row.get("from")?.text());
    let parties = from.into_iter().chain([record.text("receiver")]);
    let parties: Vec<Code> = parties.filter_map(Code::read).collect();
    let own = reckon.operator.and_then(|code| reckon.world.record(code));
    let mut roots: Vec<Code> = own.iter().flat_map(|one| one.refs("scope")).collect();
    roots.extend(reckon.home.filter(|_| own.is_none()));
    let covers = |org| {
        roots
            .iter()
            .any(|root| route::within(reckon.world, org, *root))
    };
    if parties.into_iter().any(|org| !covers(org)) {
        let refusal = no(say!(
            "争议由双方共同的上一级裁定，您只管辖其中一方",
            "the common superior of both settles it: you look after one of them"
        ));
        return Err(refusal.article("信访工作条例第二十四条").hint(say!(
            "请共同上级的负责人裁定",
            "a head of the common superior must do it"
        )));
    }
    pass(record, to, answers, reckon)
}

fn no(said: crate::domain::said::Said) -> Refusal {
    Refusal::new(RefusalKind::Rule, said).field("to")
}

fn pass(record: &mut Record, to: Code, answers: &Fields, reckon: &Reckon) -> Done {
    let (world, today) = (reckon.world, reckon.today);
    let refusal = route::towards_accused(record, world, to, today);
    if let Some(refusal) = refusal.or_else(|| beside_accused(record, world, to, today)) {
        return Err(refusal);
    }
    if reckon.world.record(to).is_some_and(|team| !team.live()) {
        let name = title(reckon.world, to);
        return Err(no(say!("{name}已注销", "{name} is dissolved"))
            .hint(say!("请选另一个组织", "choose another team")));
    }
    noted(record, answers, reckon);
    moved(record, &to.to_string(), text(answers, "note"), reckon);
    record.set("transferred_on", reckon.today.to_string().into());
    record.set("receiver", to.to_string().into());
    record.set("outside", Value::from(""));
    record.set("handler", Value::from(""));
    Ok(())
}

/// Somebody with an interest steps back; where nobody is left, it goes one level up.
pub fn recuse(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    let Some(who) = named(answers, "who") else {
        return Ok(());
    };
    looks_after(who, reckon)?;
    noted(record, answers, reckon);
    add(record, "recused", &who.to_string());
    let next = text(answers, "handler");
    if !next.is_empty() || record.refs("handler").next() == Some(who) {
        record.set("handler", next.into());
    }
    let receiver = record.refs("receiver").next().unwrap_or(TOP);
    if next.is_empty() && route::nobody_left(record, reckon.world, receiver) {
        let way = route::above(record, reckon.world, receiver, reckon.today);
        if way.receiver.is_none() {
            return Err(nobody(record, reckon));
        }
        let line = why::INTEREST.of(&[&title(reckon.world, receiver)]);
        up(record, &line, reckon);
    }
    Ok(())
}

/// The refusal where the last one steps back: nobody of the region would see it any more.
fn nobody(record: &Record, reckon: &Reckon) -> Refusal {
    let (code, body) = (record.code(), route::outside(reckon.world));
    let top = title(reckon.world, TOP);
    Refusal::new(
        RefusalKind::Rule,
        say!(
            "{top}已无可承办的人，先移送有关单位",
            "nobody of {top} is left to handle it: hand it over first"
        ),
    )
    .field("who")
    .article("信访工作条例第二十八条")
    .hint(say!(
        "kezhi do handover {code} outside={body}；或先由管理员增设操作员",
        "kezhi do handover {code} outside={body}; or have an administrator add an operator"
    ))
}

/// Anybody steps back themselves; for others only a head says so who looks after all that they do.
fn looks_after(who: Code, reckon: &Reckon) -> Done {
    if reckon.operator == Some(who) {
        return Ok(());
    }
    let own = reckon.operator.and_then(|code| reckon.world.record(code));
    let mut roots: Vec<Code> = own.iter().flat_map(|one| one.refs("scope")).collect();
    roots.extend(reckon.home.filter(|_| own.is_none()));
    let covers = |org: Code| {
        let mut roots = roots.iter();
        roots.any(|root| route::within(reckon.world, org, *root))
    };
    let head = own.as_ref().is_none_or(is_head);
    let other = reckon.world.record(who);
    let below = other.is_some_and(|other| other.refs("scope").all(covers));
    if head && below {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalKind::NotPermitted,
        say!(
            "值班员只能自己回避；让别人回避，须由管辖其全部范围的负责人决定",
            "one steps back oneself; for somebody else a head decides whose scope holds all of theirs"
        ),
    )
    .field("who")
    .hint(say!(
        "请本人或其上级负责人办理",
        "ask them, or a head above them"
    )))
}

fn is_head(operator: &Record) -> bool {
    let mut roles = operator.texts("roles").filter_map(Role::named);
    roles.any(|role| role == Role::Head)
}

/// A head lets somebody see it again who should not have stepped back.
pub fn readmit(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    let Some(who) = named(answers, "who") else {
        return Ok(());
    };
    let mut back: Vec<Code> = record.refs("recused").collect();
    if !back.contains(&who) {
        let name = title(reckon.world, who);
        return Err(no(say!("{name}没有回避", "{name} has not stepped back"))
            .field("who")
            .hint(say!("看谁回避了：kezhi show", "kezhi show tells who has")));
    }
    noted(record, answers, reckon);
    back.retain(|one| *one != who);
    let back: Vec<String> = back.iter().map(Code::to_string).collect();
    record.set("recused", back.into());
    Ok(())
}

/// Moves it one level up, or offers it to the bodies above the region's team.
fn up(record: &mut Record, line: &str, reckon: &Reckon) {
    let receiver = record.refs("receiver").next().unwrap_or(TOP);
    let way = route::above(record, reckon.world, receiver, reckon.today);
    reason(record, line);
    // A review by a body outside hands nothing over: its line says who reviews.
    if way.receiver.is_some() || !matches!(record.status(), "复查" | "复核") {
        way.why.iter().for_each(|line| reason(record, line));
    }
    let body = route::outside(reckon.world);
    match way.receiver {
        Some(to) => {
            moved(record, &to.to_string(), line, reckon);
            record.set("receiver", to.to_string().into());
        }
        None => {
            moved(record, body, line, reckon);
            record.set("outside", body.into());
        }
    }
    record.set("handler", Value::from(""));
}

/// A review is asked for: by the level above who answered.
pub fn review(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    noted(record, answers, reckon);
    let receiver = record.refs("receiver").next().unwrap_or(TOP);
    let way = route::above(record, reckon.world, receiver, reckon.today);
    let to = way.receiver.map(|to| title(reckon.world, to));
    let to = to.unwrap_or_else(|| route::outside(reckon.world).to_owned());
    let line = why::REVIEW.of(&[&title(reckon.world, receiver), &to]);
    up(record, &line, reckon);
    // It is open again.
    record.set("closed_on", Value::from(""));
    Ok(())
}

/// What is left of a matter that was handed over: its receipt.
const RECEIPT: &[&str] = &[
    "kind",
    "channel",
    "received_at",
    "day",
    "receiver",
    "outside",
    "against",
    "recused",
    "taken_by",
    "status",
    "handed_on",
    "letter",
    "signed",
];

/// Hands it over: the receipt is kept, the content is not.
pub fn hand_over(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    let leaves = route::leaves(record);
    let own = reckon.operator.and_then(|code| reckon.world.record(code));
    let took = i64::from(reckon.uid) == record.int("taker")
        || reckon.operator.is_some() && record.refs("handler").next() == reckon.operator;
    let may = own.as_ref().is_none_or(is_head) || leaves && took;
    if !may {
        return Err(Refusal::new(
            RefusalKind::NotPermitted,
            say!(
                "移送由负责人决定",
                "a head decides whether it is handed over"
            ),
        )
        .hint(say!(
            "请负责人办理：kezhi do handover {}",
            "ask a head: kezhi do handover {}",
            record.code()
        )));
    }
    let body = text(answers, "outside").to_owned();
    record.set("letter", text(answers, "letter").into());
    keep_back(record, reckon);
    // Where no team may receive it, those who had it in hand tell whoever calls with its number.
    let kept = |key: &str| RECEIPT.contains(&key) || leaves && matches!(key, "taker" | "handler");
    record.fields.retain(|key, _| kept(key));
    record.set("title", format!("已移送{body}").into());
    record.set("outside", body.into());
    Ok(())
}

/// Those who must not see even the receipt: the accused who are operators.
fn keep_back(record: &mut Record, reckon: &Reckon) {
    let mut back = Vec::new();
    reckon.world.each(Kind::Operator, &mut |operator| {
        if route::interested(record, &operator) {
            back.push(operator.code().to_string());
        }
        true
    });
    back.iter().for_each(|code| add(record, "recused", code));
}

/// The days on which the answers were given, the last that may be first, each with that of its delivery.
pub const ANSWERS: &[(&str, &str)] = &[
    ("rechecked_on", "recheck_delivered_on"),
    ("review_answered_on", "review_delivered_on"),
    ("answered_on", "delivered_on"),
];

/// When the answer given last reached the complainant.
pub fn deliver(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    let given = ANSWERS.iter().find(|(on, _)| record.get(on).is_some());
    if let Some((_, delivered)) = given
        && let Some(day) = answers.get("delivered_on")
    {
        record.set(delivered, day.clone());
    }
    if let Some(how) = answers.get("delivered_how") {
        record.set("delivered_how", how.clone());
    }
    noted(record, answers, reckon);
    Ok(())
}

/// Corrects what was entered; who is anonymous has neither name nor contact.
pub fn correct(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    answered(record, answers, reckon);
    if answers.get("anonymous") == Some(&Value::Flag(true)) {
        for key in ["complainant", "contact"] {
            if !answers.contains_key(key) {
                record.set(key, Value::from(""));
            }
        }
    }
    Ok(())
}

/// Goes on; the days in between are not counted.
pub fn resume(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    noted(record, answers, reckon);
    let since = record.day("suspended_on").unwrap_or(reckon.today);
    // What was not taken up again on its day has rested until then alone.
    let until = record.day("until").unwrap_or(reckon.today);
    let days = (reckon.today.min(until) - since).num_days().max(0);
    record.set(
        "suspended_days",
        (record.int("suspended_days") + days).into(),
    );
    record.set("suspended_on", Value::from(""));
    record.set("until", Value::from(""));
    if record.get("investigated_on").is_none() {
        record.set("investigated_on", reckon.today.to_string().into());
    }
    Ok(())
}

/// Adds a piece of evidence.
pub fn evidence(record: &mut Record, answers: &Fields, _reckon: &Reckon) -> Done {
    let cells = ["name", "kind", "kept", "sm3"];
    row(
        record,
        "evidence",
        cells.map(|key| (key, text(answers, key).to_owned())),
    );
    Ok(())
}

/// The complainant asks again.
pub fn remind(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Done {
    noted(record, answers, reckon);
    record.set("reminders", (record.int("reminders") + 1).into());
    Ok(())
}

/// Ties it to another, which is not changed: who sees that one alone must not learn of this one.
pub fn link(record: &mut Record, answers: &Fields, _reckon: &Reckon) -> Done {
    add(record, "linked", text(answers, "to"));
    Ok(())
}

/// What changes with it.
pub fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    let mut others = harm::follow(after, reckon);
    others.extend(call::passed(after, reckon));
    others.extend(erase::then(after, reckon));
    others
}

/// What is handed over is forgotten, but for the receipt; so is whose data is erased.
pub fn erases(after: &Record, reckon: &Reckon) -> Vec<Code> {
    let forgotten = (reckon.act == "handover").then(|| after.code());
    let mut codes: Vec<Code> = forgotten.into_iter().collect();
    codes.extend(erase::erases(after, reckon));
    codes
}
