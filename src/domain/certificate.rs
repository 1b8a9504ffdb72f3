//! 服务记录证明: what somebody served, proved from confirmed records alone (articles 9 (5), 10 (3)).

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Code, Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Said, Text, t};
use crate::domain::service_record::{CONFIRMED, minutes};
use crate::domain::setting::NOTICE_DAYS;
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, World, holding, name};
use crate::say;

/// A row of a certificate, as it was issued.
pub const ROWS: &[Field] = &[
    Field::new("record", "记录", "Record", Type::Ref(Kind::ServiceRecord)),
    Field::new("day", "日期", "Day", Type::Day),
    Field::new("activity", "活动", "Activity", Type::Line(80)),
    Field::new("org", "组织", "Team", Type::Line(60)),
    Field::new("minutes", "分钟", "Minutes", Type::Int(0, 100_000)),
];

const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(1000));

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Certificate,
    key: "certificate",
    label: t("证明", "Certificate"),
    prefix: "ZM",
    yearly: true,
    title: "name",
    owner: Some("org"),
    recency: Some("issued_on"),
    states: &[
        state("有效", "valid", true),
        state("申请", "asked for", true),
        state("待更正", "to be corrected", true),
        state("已更正", "corrected", true),
        state("已撤销", "revoked", false),
    ],
    first: "申请",
    fields: &[
        Field::new(
            "volunteer",
            "志愿者",
            "Volunteer",
            Type::Ref(Kind::Volunteer),
        )
        .required()
        .indexed()
        .headings(&["志愿者编号"]),
        Field::new("from", "起", "From", Type::Day)
            .required()
            .width(10),
        Field::new("to", "止", "To", Type::Day).required().width(10),
        Field::new("purpose", "用途", "Purpose", Type::Line(60))
            .help("升学、评优等", "what it is for"),
        Field::new("name", "姓名", "Name", Type::Line(60))
            .system()
            .seek(Seek::Name)
            .width(14),
        Field::new("minutes", "分钟", "Minutes", Type::Int(0, 10_000_000))
            .system()
            .width(7),
        Field::new("check_code", "查验码", "Check code", Type::Line(16))
            .system()
            .seek(Seek::Digits)
            .indexed()
            .width(12),
        Field::new("org", "出具组织", "Issuer", Type::Ref(Kind::Organisation))
            .seek(Seek::Term)
            .indexed()
            .width(20)
            .headings(&["出具单位"])
            .help("不填即志愿者的主要组织", "the primary team if empty"),
        Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity))
            .indexed()
            .headings(&["活动编号"])
            .help(
                "只证明这一活动时填，起止以其记录为准",
                "of this activity alone: its records set the term",
            ),
        Field::new("asked_on", "申请日期", "Asked on", Type::Day).seek(Seek::Day),
        Field::new("due_on", "应出具日期", "Due on", Type::Day)
            .seek(Seek::Day)
            .system(),
        Field::new("issued_on", "出具日期", "Issued on", Type::Day)
            .seek(Seek::Day)
            .system()
            .width(10),
        Field::new("issued_by", "经办人", "Issued by", Type::Line(40)).system(),
        Field::new("version", "版本", "Version", Type::Int(1, 10_000)).system(),
        Field::new("rows", "所据记录", "Records", Type::Rows(ROWS)).system(),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("申请", "asked for"),
                t("有效", "valid"),
                t("待更正", "to be corrected"),
                t("已更正", "corrected"),
                t("已撤销", "revoked"),
            ]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[
        Step::new("issue", "出具", "Issue", &["申请"], Some("有效"))
            .seen_by("本人和查验的单位", "the volunteer, and whoever checks it")
            .help(
                "由已确认的记录得出时长和查验码",
                "minutes and check code from confirmed records",
            )
            .stamp("issued_on")
            .own(issue),
        Step::new(
            "correct",
            "更正",
            "Correct",
            &["有效", "待更正", "已更正"],
            Some("已更正"),
        )
        .seen_by("本人和查验的单位", "the volunteer, and whoever checks it")
        .help(
            "按现在已确认的记录重算，旧的作废",
            "reckoned anew from what is confirmed now",
        )
        .asks(&[REASON])
        .own(issue),
        Step::new(
            "revoke",
            "撤销",
            "Revoke",
            &["申请", "有效", "待更正", "已更正"],
            Some("已撤销"),
        )
        .seen_by("本人和查验的单位", "the volunteer, and whoever checks it")
        .voids()
        .help("证明作废，写明原因", "no longer valid, with a reason")
        .asks(&[REASON]),
    ],
    reckon,
    wind: Some(wind),
    tell,
    article: "第九条（五）",
    ..KindSpec::BASE
};

/// The confirmed records of the certificate's volunteer, in its period or its activity, by day.
pub fn confirmed(world: &dyn World, record: &Record) -> Vec<Record> {
    let Some(volunteer) = record.refs("volunteer").next() else {
        return Vec::new();
    };
    let (from, to) = (record.text("from"), record.text("to"));
    let mut rows = holding(world, Kind::ServiceRecord, "volunteer", volunteer);
    let activity = record.text("activity");
    rows.retain(|row| {
        let counts = match activity {
            "" => from <= row.text("day") && row.text("day") <= to,
            only => row.text("activity") == only,
        };
        counts && row.status() == CONFIRMED
    });
    rows.sort_by(|one, other| {
        one.text("day")
            .cmp(other.text("day"))
            .then(one.number.cmp(&other.number))
    });
    rows
}

/// Issues a certificate: its rows, its minutes, its check code.
pub fn issue(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let rows = confirmed(reckon.world, record);
    if rows.is_empty() {
        let (from, to) = (record.text("from").to_owned(), record.text("to").to_owned());
        return Err(Refusal::new(
            RefusalKind::Rule,
            match record.text("activity") {
                "" => say!(
                    "{from} 至 {to} 没有已确认的服务记录",
                    "no confirmed service from {from} to {to}"
                ),
                only => say!(
                    "在 {only} 没有已确认的服务记录",
                    "no confirmed service in {only}"
                ),
            },
        )
        .article("第九条（五）")
        .hint(say!(
            "先确认服务记录：kezhi list service_record --where volunteer=...",
            "confirm the records first: kezhi list service_record --where volunteer=..."
        )));
    }
    let called = |record: &Record, key: &str| {
        let named = reckon.named(record, key);
        named
            .map(|named| named.title().to_owned())
            .unwrap_or_default()
    };
    if !record.text("activity").is_empty() {
        for (key, row) in [("from", rows.first()), ("to", rows.last())] {
            record.set(key, row.map_or("", |row| row.text("day")).into());
        }
    }
    let total: i64 = rows.iter().map(minutes).sum();
    let rows = rows.iter().map(|row| {
        let cells = [
            ("record", row.code().to_string().into()),
            ("day", row.text("day").into()),
            ("activity", called(row, "activity").into()),
            ("org", called(row, "org").into()),
            ("minutes", minutes(row).into()),
        ];
        Value::Map(
            cells
                .map(|(key, value): (&str, Value)| (key.to_owned(), value))
                .into(),
        )
    });
    record.set("rows", Value::List(rows.collect()));
    record.set("minutes", total.into());
    record.set("issued_on", reckon.today.to_string().into());
    record.set("issued_by", reckon.who.into());
    let version = match record.get("version") {
        Some(Value::Int(version)) => version + 1,
        _ => 1,
    };
    record.set("version", version.into());
    if record.text("check_code").is_empty() {
        let code = free_code(reckon.world, reckon.chance, &HashSet::new());
        record.set("check_code", code.into());
    }
    if let Some(reason) = answers.get("note") {
        let line = format!("{} 更正：{reason}", reckon.today);
        let note = match record.text("note") {
            "" => line,
            old => format!("{old}\n{line}"),
        };
        record.set("note", note.into());
    }
    Ok(())
}

/// A code of eight digits and two check digits (ISO 7064 MOD 97-10), which find every single wrong digit and every swap of neighbours.
pub fn check_code(chance: u64) -> String {
    let body = 10_000_000 + chance % 90_000_000;
    let check = 98 - (body * 100) % 97;
    format!("{body}{check:02}")
}

/// The number with its bits stirred, so that one code tells nothing of those drawn after it.
fn mixed(chance: u64) -> u64 {
    let stir = |number: u64, by: u32, times: u64| (number ^ (number >> by)).wrapping_mul(times);
    let once = stir(chance, 30, 0xbf58_476d_1ce4_e5b9);
    let twice = stir(once, 27, 0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

/// A code that no certificate has, and none of those that are made with it.
pub fn free_code(world: &dyn World, mut chance: u64, taken: &HashSet<String>) -> String {
    loop {
        let code = check_code(mixed(chance));
        if !taken.contains(&code)
            && world
                .equal(Kind::Certificate, "check_code", &code)
                .is_empty()
        {
            return code;
        }
        // An odd stride comes by every number there is.
        chance = chance.wrapping_add(0x9e37_79b9_7f4a_7c15);
    }
}

/// Whether a code that was read aloud can be one: ten digits whose check digits agree.
pub fn can_be(code: &str) -> bool {
    let digits = code.len() == 10 && code.bytes().all(|byte| byte.is_ascii_digit());
    digits && code.parse::<u64>().is_ok_and(|number| number % 97 == 1)
}

/// Minutes as people say them.
pub fn hours(minutes: i64) -> Said {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match rest {
        0 => say!("{hours} 小时", "{hours} h"),
        _ => say!("{hours} 小时 {rest} 分", "{hours} h {rest} min"),
    }
}

/// What follows from who it is for.
pub fn reckon(record: &mut Record, reckon: &Reckon) {
    let volunteer = reckon.named(record, "volunteer");
    if let Some(volunteer) = volunteer {
        record.set("name", name(reckon.world, &volunteer).into());
        if record.text("org").is_empty()
            && let Some(team) = volunteer.refs("teams").next()
        {
            record.set("org", team.to_string().into());
        }
    }
    if record.text("asked_on").is_empty() {
        record.set("asked_on", reckon.today.to_string().into());
    }
    due(record, reckon.world);
}

/// Until when it is due, by the working days of the department.
fn due(record: &mut Record, world: &dyn World) {
    if let Some(asked) = record.day("asked_on") {
        let days = crate::domain::setting::CERTIFICATE_DAYS
            .now(world)
            .clamp(1, 999) as u16;
        let due = world.calendar().add_workdays(asked, days);
        record.set("due_on", due.to_string().into());
    }
}

/// The same for one that still waits, when holidays are entered.
fn wind(record: &mut Record, world: &dyn World, _today: NaiveDate) {
    if record.status() == SPEC.first {
        due(record, world);
    }
}

/// Until when the public notice before a certificate lasts; none if it is over.
pub fn noticed(world: &dyn World, record: &Record, today: NaiveDate) -> Option<NaiveDate> {
    let until = record.day("asked_on")? + chrono::Duration::days(NOTICE_DAYS.now(world));
    (today < until).then_some(until)
}

/// Whether a certificate counts a record.
pub fn counts(certificate: &Record, record: Code) -> bool {
    let named = certificate
        .rows("rows")
        .filter_map(|row| row.get("record")?.text());
    named.filter_map(Code::read).any(|code| code == record)
}

/// The certificates that a record stands under when it no longer counts as it did: they turn red.
pub fn shaken(after: &Record, reckon: &Reckon) -> Vec<Record> {
    let Some(before) = reckon.before.filter(|before| before.status() == CONFIRMED) else {
        return Vec::new();
    };
    let same = after.status() == CONFIRMED
        && ["minutes", "day", "volunteer", "activity", "org"]
            .iter()
            .all(|key| before.get(key) == after.get(key));
    let Some(volunteer) = before.refs("volunteer").next().filter(|_| !same) else {
        return Vec::new();
    };
    let mut found = holding(reckon.world, Kind::Certificate, "volunteer", volunteer);
    found.retain(|certificate| {
        matches!(certificate.status(), "有效" | "已更正") && counts(certificate, after.code())
    });
    for certificate in &mut found {
        certificate.set("status", "待更正".into());
    }
    found
}

/// What it proves now, in a line.
fn verdict(record: &Record) -> Said {
    let (name, code) = (record.title(), record.code());
    let (from, to) = (record.text("from"), record.text("to"));
    let on = record.text("issued_on");
    let time = hours(minutes(record));
    let (zh, en) = (time.zh, time.en);
    match record.status() {
        "有效" => say!(
            "有效：{name}，{from} 至 {to} 服务 {zh}，{on} 出具（{code}）",
            "valid: {name}, {en} from {from} to {to}, issued on {on} ({code})"
        ),
        "已更正" => say!(
            "已更正：以 {on} 的更正为准，{name}，{from} 至 {to} 服务 {zh}",
            "corrected: as of {on}, {name}, {en} from {from} to {to}"
        ),
        "待更正" => say!(
            "待更正：所据记录有撤销或改动，原载 {zh}，不能再作证明",
            "to be corrected: records below it changed, the {en} it says no longer stand"
        ),
        "已撤销" => say!(
            "已撤销：这份证明（{code}）不再有效",
            "revoked: this certificate ({code}) is no longer valid"
        ),
        _ => {
            let due = record.text("due_on");
            say!(
                "已申请，应于 {due} 前出具",
                "asked for, to be issued by {due}"
            )
        }
    }
}

/// What a caller may be told who has the check code.
const MAY_TELL: Text = t(
    "可告知来电人：是否有效、姓名、起止、时长、出具单位；证件号与电话不可告知",
    "may be told: whether it is valid, name, period, hours, issuer; not the document or phone",
);

/// What whoever has the check code hears, though the record is not theirs to see.
pub fn heard(record: &Record, world: &dyn World) -> Vec<Said> {
    let issuer = record.refs("org").next().and_then(|org| world.record(org));
    let issuer = issuer.map_or_else(String::new, |org| org.title().to_owned());
    vec![
        verdict(record),
        say!("出具单位：{issuer}", "issued by: {issuer}"),
        MAY_TELL.said(),
    ]
}

fn tell(record: &Record, world: &dyn World, today: NaiveDate) -> Vec<Said> {
    let mut lines = vec![verdict(record)];
    let notice = noticed(world, record, today).filter(|_| record.status() == "申请");
    if let Some(until) = notice {
        lines.push(say!(
            "公示至 {until}，届时才能出具",
            "the public notice lasts until {until}; it is issued then"
        ));
    }
    if record.status() == "待更正" {
        let (name, purpose) = (record.title(), record.text("purpose"));
        let now: i64 = confirmed(world, record).iter().map(minutes).sum();
        let now = hours(now);
        let (zh, en) = (now.zh, now.en);
        lines.push(say!(
            "须告知：{name}本人，及收到证明的单位（{purpose}）；现在已确认 {zh}",
            "to be told: {name}, and whoever received it ({purpose}); confirmed now: {en}"
        ));
    }
    if !record.text("check_code").is_empty() {
        lines.push(MAY_TELL.said());
    }
    lines
}
