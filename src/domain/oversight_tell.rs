//! What is said of an oversight first: who, at which stages, and what waits for an answer.

use chrono::NaiveDate;

use crate::domain::oversight::{STAGES, inspector, open_questions, was_there};
use crate::domain::record::Record;
use crate::domain::said::Said;
use crate::domain::value::Value;
use crate::domain::world::World;
use crate::say;

/// The lines said first.
pub fn tell(record: &Record, world: &dyn World, _: NaiveDate) -> Vec<Said> {
    let activity = record.refs("activity").next();
    let Some(activity) = activity.and_then(|code| world.record(code)) else {
        return Vec::new();
    };
    let mut told = vec![presence(world, &activity, record)];
    let open = open_questions(record);
    for row in record.rows("questions") {
        if let (Some(Value::Int(no)), Some(text)) = (row.get("no"), row.get("text"))
            && open.contains(no)
        {
            let code = record.code();
            told.push(say!(
                "第 {no} 问待答：{text}（kezhi do answer {code} question={no} answer=...）",
                "question {no} is open: {text} (kezhi do answer {code} question={no} answer=...)"
            ));
        }
    }
    told
}

/// An office in words: who, and at which stages.
pub fn presence(world: &dyn World, activity: &Record, oversight: &Record) -> Said {
    let office = oversight.text("office");
    let who = inspector(world, oversight);
    let split = |there: bool, en: bool| {
        let stages = STAGES.iter();
        let stages = stages.filter(|stage| was_there(activity, oversight, stage.zh) == there);
        let words: Vec<&str> = stages
            .map(|stage| if en { stage.en } else { stage.zh })
            .collect();
        words.join(if en { ", " } else { "、" })
    };
    let part = |list: String, zh: &str| match list.as_str() {
        "" => String::new(),
        list => format!("{zh}{list}"),
    };
    let there = part(split(true, false), "，到场 ");
    let away = part(split(false, false), "，尚无 ");
    let was = part(split(true, true), ", there ");
    let lacks = part(split(false, true), ", not yet ");
    Said {
        zh: format!("{office} {who}{there}{away}"),
        en: format!("{} {who}{was}{lacks}", english(office)),
    }
}

/// An office's English name.
fn english(office: &str) -> &'static str {
    let mut offices = crate::domain::oversight::OFFICES.iter();
    offices
        .find(|one| one.zh == office)
        .map_or("", |one| one.en)
}
