//! Major activities: what makes one, and what its oversight still lacks (article 19, readings A17 and A18).

use chrono::NaiveDate;

use crate::domain::kind::{Code, Kind};
use crate::domain::oversight::{OFFICES, is_named, was_there};
use crate::domain::record::Record;
use crate::domain::said::{Said, Text};
use crate::domain::setting::{MAJOR_BUDGET, MAJOR_PEOPLE, MAJOR_SERVED};
use crate::domain::value::Value;
use crate::domain::world::{World, holding};
use crate::say;

/// Whether it was decided that it is a major one.
pub fn is_major(activity: &Record) -> bool {
    activity.get("major") == Some(&Value::Flag(true))
}

/// Why an activity is proposed as a major one: the first threshold that it reaches.
pub fn proposed(world: &dyn World, activity: &Record) -> Option<Said> {
    let team = activity.refs("org").next();
    if team
        .and_then(|code| world.record(code))
        .is_some_and(|team| team.text("kind") == "总队")
    {
        return Some(say!("自治区级主办", "organised by the region's team"));
    }
    let reaches = |key: &str, least: i64| {
        let number = activity.int(key);
        (number >= least).then_some(number)
    };
    if let Some(yuan) = reaches("budget", MAJOR_BUDGET.now(world)) {
        return Some(say!("预算 {yuan} 元", "a budget of {yuan} yuan"));
    }
    if let Some(yuan) = reaches("spent", MAJOR_BUDGET.now(world)) {
        return Some(say!("支出 {yuan} 元", "{yuan} yuan spent"));
    }
    if let Some(people) = reaches("needed", MAJOR_PEOPLE.now(world)) {
        return Some(say!("志愿者 {people} 人", "{people} volunteers"));
    }
    let served = reaches("served", MAJOR_SERVED.now(world))?;
    Some(say!("服务对象 {served} 人", "{served} people served"))
}

/// Whether somebody said yes, or no and why; nobody must where nothing proposes it.
pub fn is_decided(activity: &Record) -> bool {
    match activity.get("major") {
        Some(Value::Flag(true)) => true,
        Some(Value::Flag(false)) => !activity.text("major_note").is_empty(),
        _ => false,
    }
}

/// The stages that an act asks of each office, in the order of `OFFICES`.
pub type Stages = [&'static [&'static str]; 2];

/// What an act asks of a major activity's oversight; none where it asks nothing.
pub fn asked(act: &str) -> Option<Stages> {
    match act {
        "submit" | "approve" => Some([&[], &[]]),
        "ready" | "start" => Some([&["事前"], &["事前"]]),
        "settle" => Some([&[], &["事后"]]),
        "finish" => Some([&["事中", "事后"], &["事中", "事后"]]),
        _ => None,
    }
}

/// What must have been by a day, as the activity stands.
pub fn due(activity: &Record, today: NaiveDate) -> Option<Stages> {
    let come = activity.day("day").is_some_and(|day| day <= today);
    let over = activity.day("until").is_some_and(|last| last < today);
    match activity.status() {
        "取消" => None,
        "结项" => Some([&["事前", "事中", "事后"], &["事前", "事中", "事后"]]),
        "进行" if over => Some([&["事前", "事中"], &["事前", "事中"]]),
        "就绪" | "进行" => Some([&["事前"], &["事前"]]),
        _ if come => Some([&["事前"], &["事前"]]),
        _ => None,
    }
}

/// What one office lacks.
pub struct Gap {
    /// The office.
    pub office: Text,
    /// Its oversight, where there is one with somebody named.
    pub oversight: Option<Code>,
    /// The stages at which it was not there.
    pub stages: Vec<&'static str>,
}

/// The oversight of an activity by each office, in the order of `OFFICES`.
pub fn offices(world: &dyn World, activity: &Record) -> Vec<(Text, Option<Record>)> {
    let all = holding(world, Kind::Oversight, "activity", activity.code());
    let of = |office: &Text| {
        let one = all.iter().find(|one| one.text("office") == office.zh);
        one.cloned()
    };
    OFFICES.iter().map(|office| (*office, of(office))).collect()
}

/// What the offices lack of what is asked of them.
pub fn gaps(world: &dyn World, activity: &Record, stages: Stages) -> Vec<Gap> {
    let offices = offices(world, activity).into_iter().zip(stages);
    let gaps = offices.map(|((office, oversight), stages)| {
        let oversight = oversight.filter(is_named);
        let there = |stage: &str| {
            let one = oversight.as_ref();
            one.is_some_and(|one| was_there(activity, one, stage))
        };
        Gap {
            office,
            stages: stages
                .iter()
                .copied()
                .filter(|stage| !there(stage))
                .collect(),
            oversight: oversight.map(|one| one.code()),
        }
    });
    gaps.filter(|gap| gap.oversight.is_none() || !gap.stages.is_empty())
        .collect()
}

/// The gaps in words, with the command that mends the first of them; none where there are none.
pub fn said(activity: &Record, gaps: &[Gap]) -> Option<Said> {
    let first = gaps.first()?;
    let zh = gaps.iter().map(|gap| match gap.oversight {
        None => format!("{}未指定监督员", gap.office.zh),
        Some(_) => format!("{}缺{}", gap.office.zh, gap.stages.join("、")),
    });
    let en = gaps.iter().map(|gap| match gap.oversight {
        None => format!("{}: nobody named", gap.office.en),
        Some(_) => format!("{}: missing {}", gap.office.en, gap.stages.join(", ")),
    });
    let (zh, en) = (zh.collect::<Vec<_>>().join("；"), en.collect::<Vec<_>>());
    let (en, office) = (en.join("; "), first.office.zh);
    let command = match (first.oversight, first.stages.first()) {
        (Some(code), Some(stage)) => format!("kezhi do attend {code} stage={stage} day=..."),
        _ => {
            let code = activity.code();
            format!("kezhi new oversight activity={code} office={office} inspector=...")
        }
    };
    Some(say!(
        "重大活动没有全程监督：{zh}（{command}）",
        "a major activity without full oversight: {en} ({command})"
    ))
}
