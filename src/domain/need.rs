//! 需求: who asks for a service, and what became of it (article 9 (3); Volunteer Service Regulations, article 13).

use chrono::NaiveDate;

use crate::domain::activity::{DANGERS, FORMS};
use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::{Code, Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::moment;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Said, Text, t};
use crate::domain::setting::ANSWER_DAYS;
use crate::domain::value::{Fields, Value};
use crate::domain::volunteer::{LANGUAGES, SKILLS, TARGETS};
use crate::domain::world::{Reckon, World, holding};
use crate::say;

/// What somebody answered on the phone.
pub const RESULTS: &[Text] = &[
    t("去", "yes"),
    t("不去", "no"),
    t("没接", "no answer"),
    t("再打", "call again"),
];

/// Who was asked, when, with what result.
pub const ASKED: &[Field] = &[
    Field::new(
        "volunteer",
        "志愿者",
        "Volunteer",
        Type::Ref(Kind::Volunteer),
    )
    .required(),
    Field::new("result", "结果", "Result", Type::Choice(RESULTS)).required(),
    Field::new("on", "时间", "When", Type::Moment).past(),
    Field::new("by", "经办", "By", Type::Line(40)),
    Field::new("remark", "附言", "Remark", Type::Line(120)),
];

const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(1000)).required();
const DAY: Field = Field::new("day", "日期", "Day", Type::Day)
    .past()
    .help("不填即今天", "today if empty");

/// The result of a call that stands last in a note; empty where something else does.
pub fn said_last(record: &Record) -> &'static str {
    let last = record.text("note").lines().next_back().unwrap_or("");
    let last = last.rsplit(' ').next();
    let word = RESULTS.iter().find(|word| last == Some(word.zh));
    word.map_or("", |word| word.zh)
}

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Need,
    key: "need",
    label: t("需求", "Need"),
    prefix: "XQ",
    yearly: true,
    title: "title",
    owner: Some("org"),
    recency: Some("asked_on"),
    states: &[
        state("待核", "to be verified", true),
        state("已核", "verified", true),
        state("已对接", "matched", true),
        state("已转活动", "an activity", true),
        state("未受理", "declined", false),
    ],
    first: "待核",
    fields: &[
        Field::new("title", "事项", "Matter", Type::Line(80))
            .required()
            .seek(Seek::Name)
            .indexed()
            .width(30)
            .headings(&["需求", "需求名称", "服务内容"])
            .help("要什么服务", "what is asked for"),
        Field::new("recipient", "需求方", "Asker", Type::Line(60))
            .required()
            .seek(Seek::Term)
            .width(20)
            .headings(&["需求单位", "服务对象", "申请单位"])
            .help("单位或个人", "organisation or person"),
        Field::new("contact", "联系人", "Contact", Type::Line(30)).headings(&["联系人姓名"]),
        Field::new("phone", "电话", "Phone", Type::Phone)
            .masked(Privacy::Office)
            .seek(Seek::Digits)
            .headings(&["联系电话", "手机"]),
        Field::new("org", "受理组织", "Team", Type::Ref(Kind::Organisation))
            .required()
            .seek(Seek::Term)
            .indexed()
            .width(24)
            .headings(&["组织", "承办队伍", "服务队"]),
        Field::new("area", "属地", "Area", Type::Area)
            .seek(Seek::Term)
            .width(12)
            .headings(&["旗县", "地区"])
            .help("不填即受理组织的属地", "that of the team if empty"),
        Field::new("place", "地点", "Place", Type::Line(80)).headings(&["服务地点"]),
        Field::new("sessions", "时间", "When", Type::Sessions)
            .headings(&["服务时间"])
            .help(
                "一行一场：2026-12-01 09:00-11:00",
                "one a line: 2026-12-01 09:00-11:00",
            ),
        Field::new(
            "targets",
            "为谁",
            "For whom",
            Type::Words {
                known: TARGETS,
                open: true,
                most: 6,
            },
        )
        .headings(&["服务人群", "对象类别"]),
        Field::new("served", "对象人数", "How many", Type::Int(0, 1_000_000)),
        Field::new("needed", "需要人数", "Volunteers", Type::Int(1, 5000)).headings(&["人数"]),
        Field::new("form", "形式", "Form", Type::Choice(FORMS)),
        Field::new(
            "skills",
            "所需技能",
            "Skills",
            Type::Words {
                known: SKILLS,
                open: true,
                most: 8,
            },
        )
        .headings(&["技能"]),
        Field::new(
            "languages",
            "语言",
            "Languages",
            Type::Words {
                known: LANGUAGES,
                open: true,
                most: 6,
            },
        )
        .help("须用蒙古语时写明", "Mongolian where it is asked for"),
        Field::new(
            "dangers",
            "风险",
            "Dangers",
            Type::Words {
                known: DANGERS,
                open: true,
                most: 10,
            },
        )
        .help("需求方告知的风险", "what the asker says of risks"),
        Field::new("asked_on", "提出日期", "Asked on", Type::Day)
            .seek(Seek::Day)
            .headings(&["来函日期"]),
        Field::new("due_on", "答复期限", "Answer by", Type::Day)
            .seek(Seek::Day)
            .system()
            .width(10),
        Field::new("verified_on", "核实日期", "Verified on", Type::Day).system(),
        Field::new("answered_on", "答复日期", "Answered on", Type::Day)
            .seek(Seek::Day)
            .system(),
        Field::new("asked", "已联系", "Asked", Type::Rows(ASKED))
            .system()
            .indexed(),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("待核", "to be verified"),
                t("已核", "verified"),
                t("已对接", "matched"),
                t("已转活动", "an activity"),
                t("未受理", "declined"),
            ]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[
        Step::new("verify", "核实", "Verify", &["待核"], Some("已核"))
            .help(
                "信息与风险已向需求方核实",
                "what is asked and its risks were verified",
            )
            .asks(&[DAY])
            .stamp("verified_on")
            .after("asked_on"),
        Step::new(
            "ask",
            "联系志愿者",
            "Ask",
            &["待核", "已核", "已对接"],
            None,
        )
        .help("记下问了谁、结果如何", "who was phoned, with what result")
        .asks(ASKED)
        .own(ask),
        Step::new(
            "match",
            "已对接",
            "Matched",
            &["待核", "已核"],
            Some("已对接"),
        )
        .seen_by("需求方", "the asker")
        .help(
            "已答复需求方：有队伍或志愿者承接",
            "the asker was told who comes",
        )
        .asks(&[DAY])
        .stamp("answered_on")
        .after("asked_on"),
        Step::new(
            "decline",
            "不能受理",
            "Decline",
            &["待核", "已核", "已对接"],
            Some("未受理"),
        )
        .seen_by("需求方", "the asker")
        .help("答复需求方并写明原因", "the asker is told, with the reason")
        .asks(&[REASON])
        .stamp("answered_on"),
        Step::new(
            "turn",
            "转为活动",
            "To activity",
            &["待核", "已核", "已对接"],
            Some("已转活动"),
        )
        .seen_by(
            "主办组织和答应去的人：建起活动",
            "the team and those who said yes: an activity is made",
        )
        .help(
            "一步建活动，答应的人列入派遣",
            "makes the activity; who said yes is enrolled",
        )
        .stamp("answered_on"),
        Step::new("reopen", "重新受理", "Reopen", &["未受理"], Some("待核")),
    ],
    reckon,
    wind: Some(wind),
    then,
    tell,
    article: "第九条（四）",
    ..KindSpec::BASE
};

fn reckon(record: &mut Record, reckon: &Reckon) {
    if record.text("asked_on").is_empty() {
        record.set("asked_on", reckon.today.to_string().into());
    }
    if record.text("area").is_empty()
        && let Some(team) = reckon.named(record, "org")
    {
        record.set("area", team.text("area").into());
    }
    due(record, reckon.world);
}

/// Until when it is due, by the working days of the department.
fn due(record: &mut Record, world: &dyn World) {
    if let Some(asked) = record.day("asked_on") {
        let days = ANSWER_DAYS.now(world).clamp(1, 999) as u16;
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

fn ask(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let mut row = answers.clone();
    let on = row.get("on").and_then(Value::text).unwrap_or(reckon.now);
    let on = moment::on(on, reckon.today);
    row.insert("on".to_owned(), on.into());
    row.entry("by".to_owned())
        .or_insert_with(|| reckon.who.into());
    let mut rows: Vec<Value> = record
        .get("asked")
        .map(|rows| rows.parts().to_vec())
        .unwrap_or_default();
    rows.push(Value::Map(row));
    record.set("asked", Value::List(rows));
    Ok(())
}

/// Whose last answer is this one, with the row that says so, newest first.
pub fn answered<'a>(
    record: &'a Record,
    result: &'a str,
) -> impl Iterator<Item = (Code, &'a Fields)> + 'a {
    let mut seen: Vec<&str> = Vec::new();
    let rows = record
        .get("asked")
        .map_or(&[][..], Value::parts)
        .iter()
        .rev();
    rows.filter_map(move |row| {
        let Value::Map(row) = row else { return None };
        let text = |key: &str| row.get(key).and_then(Value::text);
        let code = text("volunteer")?;
        let last = !seen.contains(&code);
        seen.push(code);
        let fits = last && text("result") == Some(result);
        fits.then(|| Some((Code::read(code)?, row)))?
    })
}

/// Turned: the activity, and later whoever said yes.
fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    if reckon.act != "turn" {
        return Vec::new();
    }
    const SAME: [&str; 10] = [
        "title", "org", "area", "place", "sessions", "targets", "served", "needed", "form",
        "dangers",
    ];
    let mut activity = Record::new(Kind::Activity, 0, Fields::new());
    for key in SAME.into_iter().chain(["recipient"]) {
        if let Some(value) = after.get(key) {
            activity.set(key, value.clone());
        }
    }
    activity.set("need", after.code().to_string().into());
    activity.set("scope", "科技服务供需对接".into());
    activity.set("status", "草拟".into());
    let fresh = Reckon {
        before: None,
        act: "new",
        ..*reckon
    };
    (Kind::Activity.spec().reckon)(&mut activity, &fresh);
    let yes = answered(after, "去").filter_map(|(code, row)| {
        let person = reckon.world.record(code)?;
        person.live().then(|| planned(&activity, code, row))
    });
    let yes: Vec<Record> = yes.collect();
    std::iter::once(activity).chain(yes).collect()
}

/// Whoever said yes on the phone, planned for the activity with that yes.
fn planned(activity: &Record, volunteer: Code, row: &Fields) -> Record {
    let mut enrolment = Record::new(Kind::Enrolment, 0, Fields::new());
    enrolment.set("activity", activity.code().to_string().into());
    enrolment.set("volunteer", volunteer.to_string().into());
    for key in ["org", "day"] {
        enrolment.set(key, activity.text(key).into());
    }
    let text = |key: &str| row.get(key).and_then(Value::text).unwrap_or("");
    enrolment.set("agreed_on", text("on").into());
    enrolment.set("agreed_by", "本人".into());
    enrolment.set("agreed_how", "电话".into());
    let (by, remark) = (text("by"), text("remark"));
    let note = format!("{by} 电话联系 {remark}");
    enrolment.set("note", note.trim().into());
    enrolment.set("status", "拟派".into());
    enrolment
}

fn tell(record: &Record, world: &dyn World, today: chrono::NaiveDate) -> Vec<Said> {
    let mut told = Vec::new();
    let open = matches!(record.status(), "待核" | "已核");
    if let Some(due) = record.day("due_on").filter(|_| open) {
        told.push(if due < today {
            say!("答复已过期：应于 {due} 前", "the answer was due by {due}")
        } else {
            say!("应于 {due} 前答复", "to be answered by {due}")
        });
    }
    let activities = holding(world, Kind::Activity, "need", record.code());
    for activity in activities {
        // Whose it is now, not everybody who sees the need may see: its code alone.
        let code = activity.code();
        told.push(say!("已转为活动 {code}", "became the activity {code}"));
    }
    let yes = answered(record, "去").count();
    if yes > 0 {
        told.push(say!("已有 {yes} 人答应", "{yes} said yes"));
    }
    told
}
