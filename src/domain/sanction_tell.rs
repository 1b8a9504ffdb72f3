//! What is said of a sanction first, and what an upheld complaint offers.

use chrono::NaiveDate;

use crate::domain::certificate::counts;
use crate::domain::clock::running;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::said::{Lang, Said};
use crate::domain::sanction::{TABLE, in_force, measure};
use crate::domain::world::{World, holding, name};
use crate::say;

/// The measures that may follow for a kind of subject.
pub fn measures(kind: Kind) -> String {
    let fits = TABLE
        .iter()
        .filter(|row| kind == Kind::Volunteer || row.teams);
    fits.map(|row| row.name).collect::<Vec<_>>().join("、")
}

/// The lines.
pub fn tell(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Said> {
    let clocks = running(record, world, today);
    let mut lines: Vec<Said> = clocks.iter().map(|one| one.said(today)).collect();
    let (code, grounds) = (record.code(), record.text("grounds"));
    lines.insert(0, say!("依据：{grounds}", "grounds: {grounds}"));
    if measure(record).grave {
        lines.push(say!(
            "清退：情节、证据、告知、陈述齐全，两名负责人各自登录决定；情节是否严重由人判断（第九条（七））",
            "removal: gravity, evidence, notice and statement in writing; two heads decide, each by their own login (article 9 (7))"
        ));
    }
    if record.status() == "初定" {
        let by = record.text("decided_by");
        lines.push(say!(
            "{by} 已作第一次决定，等另一名负责人：kezhi do enforce {code} served_how=...",
            "{by} decided first; another head: kezhi do enforce {code} served_how=..."
        ));
    }
    if in_force(record) && measure(record).name == "撤销时长" {
        lines.extend(red(record, world));
    }
    lines
}

/// The certificates that turned red with the hours.
fn red(record: &Record, world: &dyn World) -> Vec<Said> {
    let records: Vec<Code> = record.refs("records").collect();
    let subject = record.refs("subject").next();
    let found = subject.into_iter();
    let found = found.flat_map(|code| holding(world, Kind::Certificate, "volunteer", code));
    let red = found
        .filter(|one| one.status() == "待更正" && records.iter().any(|code| counts(one, *code)));
    red.map(|one| {
        let zm = one.code();
        say!(
            "证明 {zm} 已变红：kezhi do correct {zm}",
            "the certificate {zm} has turned red: kezhi do correct {zm}"
        )
    })
    .collect()
}

/// What a complaint that was found true offers, and what was made of it.
pub fn offers(complaint: &Record, world: &dyn World) -> Vec<Said> {
    let code = complaint.code();
    let made = holding(world, Kind::Sanction, "complaint", code);
    let mut lines: Vec<Said> = made.iter().map(line).collect();
    lines.extend(
        holding(world, Kind::Incident, "complaint", code)
            .iter()
            .map(line),
    );
    if !matches!(complaint.text("outcome"), "属实" | "部分属实") {
        return lines;
    }
    let about = complaint.refs("accused");
    let about = about.filter(|one| matches!(one.kind, Kind::Volunteer | Kind::Organisation));
    for subject in about.filter(|one| {
        !made
            .iter()
            .any(|old| old.refs("subject").any(|it| it == *one))
    }) {
        let who = world.record(subject);
        let who = who.map_or_else(String::new, |record| name(world, &record));
        let list = measures(subject.kind);
        lines.push(say!(
            "查实，可对 {who} 处理（{list}）：kezhi new sanction complaint={code} subject={subject} measure=... facts=...",
            "found true; {who} may be sanctioned ({list}): kezhi new sanction complaint={code} subject={subject} measure=... facts=..."
        ));
    }
    lines
}

fn line(record: &Record) -> Said {
    let (code, title, spec) = (record.code(), record.title(), record.kind.spec());
    let (label, short) = (spec.label.zh, spec.label.en);
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| spec.said(record.status(), lang));
    say!(
        "{label} {code} {title}：{zh}",
        "{short} {code} {title}: {en}"
    )
}
