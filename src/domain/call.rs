//! 来电: what somebody asked or told on the telephone, and whether they were answered.
//!
//! It belongs to the unit of whoever took it, not to those whom it is about: what is told of a team is
//! not for that team's own operators to read, nor for the person told of.

use crate::domain::field::{Field, Privacy, Type};
use crate::domain::kind::{Code, Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::record::Record;
use crate::domain::said::{Said, t};
use crate::domain::value::Value;
use crate::domain::world::{Reckon, World, holding};
use crate::say;

/// What a call may be about: nothing that is sealed, since a call is not.
pub const ABOUT: &[Kind] = &[
    Kind::Volunteer,
    Kind::Organisation,
    Kind::Activity,
    Kind::Agreement,
    Kind::Certificate,
    Kind::Insurance,
    Kind::Need,
];

/// Waiting to be called back.
const OPEN: &str = "待回";
/// Answered.
const ANSWERED: &str = "已答复";
/// Passed on: to somebody else, or as a complaint.
pub const PASSED: &str = "已转";

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Call,
    key: "call",
    label: t("来电", "Call"),
    prefix: "LD",
    yearly: true,
    title: "title",
    owner: Some("org"),
    recency: Some("when"),
    searched: false,
    states: &[
        state(OPEN, "to call back", true),
        state(ANSWERED, "answered", false),
        state(PASSED, "passed on", false),
    ],
    first: OPEN,
    fields: &[
        Field::new("about", "关于", "About", Type::Codes(ABOUT, 5))
            .indexed()
            .help(
                "志愿者、组织、活动、协议、证明、保单、需求的编号；投诉另登",
                "codes of volunteers, teams, activities, agreements, certificates, policies, needs; no complaints",
            ),
        Field::new("caller", "来电人", "Caller", Type::Line(40)).help(
            "姓名或称呼；不是本人来电的要填",
            "a name; wanted where it is not the person themselves",
        ),
        Field::new("phone", "来电号码", "Number", Type::Phone)
            .masked(Privacy::Phone)
            .indexed(),
        Field::new("note", "记事", "Note", Type::Lines(2000))
            .required()
            .help("问了什么、告诉了什么", "what was asked, and what was told"),
        Field::new("when", "来电时间", "When", Type::Moment)
            .width(16)
            .help("不填即现在", "now if empty"),
        Field::new("answered", "当场答复", "Answered at once", Type::Flag).help(
            "电话里已经答复的填是；不填即待回",
            "yes if nothing is left to be answered",
        ),
        Field::new("title", "事由", "Matter", Type::Line(80))
            .system()
            .width(30),
        Field::new("taken_by", "接听人", "Taken by", Type::Line(40))
            .system()
            .width(10),
        Field::new("org", "接听组织", "Unit", Type::Ref(Kind::Organisation))
            .system()
            .indexed()
            .width(20),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t(OPEN, "to call back"),
                t(ANSWERED, "answered"),
                t(PASSED, "passed on"),
            ]),
        )
        .system()
        .indexed()
        .width(8),
    ],
    steps: &[
        Step::new("answer", "答复", "Answer", &[OPEN], Some(ANSWERED))
            .help("已经回了电话", "the caller was called back")
            .asks(&[Field::new("note", "答复", "Answer", Type::Lines(500))]),
        Step::new("pass", "转出", "Pass on", &[OPEN], Some(PASSED))
            .help("由别人答复", "somebody else answers")
            .asks(&[Field::new("note", "转给谁", "To whom", Type::Lines(500)).required()]),
        Step::new(
            "reopen",
            "重新待回",
            "Reopen",
            &[ANSWERED, PASSED],
            Some(OPEN),
        )
        .help("还要回电", "there is something left to be answered")
        .asks(&[Field::new("note", "原因", "Reason", Type::Lines(500))]),
    ],
    reckon,
    tell,
    ..KindSpec::BASE
};

/// How many characters of the note make the title.
const TITLE: usize = 24;

fn reckon(record: &mut Record, reckon: &Reckon) {
    if reckon.before.is_none() {
        if record.text("when").is_empty() {
            record.set("when", reckon.now.into());
        }
        record.set("taken_by", reckon.who.into());
        let home = reckon.home.map(|home| home.to_string());
        record.set("org", home.unwrap_or_default().into());
        if record.get("answered") == Some(&Value::Flag(true)) {
            record.set("status", ANSWERED.into());
        }
    }
    let line = record.text("note").lines().next().unwrap_or("");
    let short: String = line.chars().take(TITLE).collect();
    record.set("title", short.into());
}

/// The complaint that came of it, to those who see that.
fn tell(record: &Record, world: &dyn World, _: chrono::NaiveDate) -> Vec<Said> {
    let found = holding(world, Kind::Complaint, "call", record.code());
    let codes = found.iter().map(Record::code);
    codes
        .map(|code| say!("已转投诉 {code}", "became the complaint {code}"))
        .collect()
}

/// The call that a complaint came of: with that it is passed on.
pub fn passed(complaint: &Record, reckon: &Reckon) -> Option<Record> {
    let before = reckon.before.and_then(|old| old.refs("call").next());
    let code = complaint.refs("call").next();
    let code = code.filter(|code| before != Some(*code))?;
    let mut call = reckon.world.record(code)?;
    call.set("status", PASSED.into());
    Some(call)
}

/// The calls about somebody whose data is erased, without what was said and by whom.
pub fn stripped(world: &dyn World, person: Code) -> Vec<Record> {
    let mut calls = holding(world, Kind::Call, "about", person);
    for call in &mut calls {
        for key in ["caller", "phone"] {
            call.set(key, "".into());
        }
        for key in ["note", "title"] {
            call.set(key, ERASED.into());
        }
    }
    calls
}

/// What stands in the place of a note that was erased.
const ERASED: &str = "已按本人要求清除";
