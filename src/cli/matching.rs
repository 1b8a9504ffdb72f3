//! `kezhi match`: who fits a need or an activity, and why.

use crate::cli::data::code;
use crate::cli::{Desk, odd, print};
use crate::domain::kind::Kind;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said};
use crate::protocol::work::Match;
use crate::protocol::{Answer, Request};
use crate::say;

pub(crate) fn matching(desk: &Desk, raw: &str, limit: usize) -> Result<u8, Refusal> {
    let code = code(raw)?;
    if !matches!(code.kind, Kind::Need | Kind::Activity) {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "只能为需求或活动找人，{code} 不是",
                "people are found for a need or an activity; {code} is neither"
            ),
        )
        .hint(say!(
            "需求编号以 XQ 开头，活动以 HD 开头",
            "codes of needs begin with XQ, of activities with HD"
        )));
    }
    let Answer::Matches(rows) = desk.connect()?.ask(Request::Match { code, limit })? else {
        return Err(odd());
    };
    let lang = desk.lang;
    if desk.global.json {
        let rows: Vec<_> = rows.iter().map(|row| json(row, lang)).collect();
        outln!("{}", serde_json::Value::Array(rows));
        return Ok(0);
    }
    if rows.is_empty() {
        let said = say!(
            "没有合适的人：核对技能、语言和危险",
            "nobody fits: look at skills, languages and dangers"
        );
        outln!("{}", said.get(lang));
        return Ok(0);
    }
    let heads = match lang {
        Lang::Zh => ["编号", "姓名", "电话", "属地", "已问", "因为", "但是"],
        Lang::En => ["code", "name", "phone", "area", "asked", "because", "but"],
    };
    let table = rows.iter().map(|row| cells(row, lang)).collect();
    outln!("{}", print::table(&heads, table));
    if code.kind == Kind::Need {
        let said = say!(
            "问过的记下：kezhi do ask {code} volunteer=编号 result=去|不去|没接|再打",
            "note who was asked: kezhi do ask {code} volunteer=CODE result=yes|no|no answer|call again"
        );
        eprintln!("{}", said.get(lang));
    }
    Ok(0)
}

fn list(said: &[Said], lang: Lang) -> Vec<&str> {
    said.iter().map(|one| one.get(lang)).collect()
}

fn cells(row: &Match, lang: Lang) -> Vec<String> {
    let mark = match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    };
    let asked = row.asked.as_ref().map(|(on, result)| {
        let day = on.get(..10).unwrap_or(on);
        format!("{result} {day}").trim_end().to_owned()
    });
    vec![
        row.code.to_string(),
        row.name.clone(),
        row.phone.clone(),
        row.area.clone(),
        asked.unwrap_or_default(),
        list(&row.why, lang).join(mark),
        list(&row.against, lang).join(mark),
    ]
}

fn json(row: &Match, lang: Lang) -> serde_json::Value {
    let asked = row
        .asked
        .as_ref()
        .map(|(on, result)| serde_json::json!({ "on": on, "result": result }));
    serde_json::json!({
        "code": row.code, "name": row.name, "phone": row.phone, "area": row.area,
        "why": list(&row.why, lang), "against": list(&row.against, lang), "asked": asked,
    })
}
