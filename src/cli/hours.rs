//! `kezhi hours`: what was served, and what it unfolds to.

use chrono::Datelike;

use crate::cli::named::named;
use crate::cli::{Desk, odd, print};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::protocol::work::{Hours, HoursRow, HoursView};
use crate::protocol::{Answer, Request};
use crate::say;

const OF: &[Kind] = &[Kind::Organisation, Kind::Volunteer, Kind::Activity];

/// Minutes as `h:mm`.
fn clock(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

pub(crate) fn hours(
    desk: &Desk,
    of: Option<&str>,
    year: Option<i32>,
    own: bool,
) -> Result<u8, Refusal> {
    let client = desk.connect()?;
    let on = desk
        .as_of
        .unwrap_or_else(|| chrono::Local::now().date_naive());
    let asked = Hours {
        of: of.map(|raw| named(&client, raw, OF)).transpose()?,
        year: year.unwrap_or_else(|| on.year()),
        own,
    };
    let Answer::Hours(view) = client.ask(Request::Hours(asked))? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!("{}", json(&view));
    } else {
        let year = asked.year;
        let when = match year {
            0 => say!("各年合计", "all years"),
            _ => say!("{year} 年", "{year}"),
        };
        let (name, when, hours) = (&view.name, when.get(desk.lang), clock(view.minutes));
        outln!("{name}  {when}  {hours}");
        if !view.rows.is_empty() {
            outln!("{}", table(&view, desk.lang));
        }
    }
    Ok(0)
}

fn json(view: &HoursView) -> serde_json::Value {
    let row = |row: &HoursRow| {
        serde_json::json!({
            "code": row.code, "name": row.name, "minutes": row.minutes, "hours": clock(row.minutes),
            "status": row.status, "evidence": row.evidence,
        })
    };
    serde_json::json!({
        "name": view.name, "minutes": view.minutes, "hours": clock(view.minutes),
        "rows": view.rows.iter().map(row).collect::<Vec<_>>(), "more": view.more,
    })
}

fn table(view: &HoursView, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let records = view.rows.iter().any(|row| !row.status.is_empty());
    let heads: &[&str] = match (records, zh) {
        (true, true) => &["编号", "日期与活动", "时长", "状态", "依据"],
        (true, false) => &["Code", "Day and activity", "Hours", "State", "Evidence"],
        (false, true) => &["编号", "组织", "时长"],
        (false, false) => &["Code", "Team", "Hours"],
    };
    let width = view.rows.iter().map(|row| clock(row.minutes).len()).max();
    let width = width.unwrap_or(0);
    let rows = view.rows.iter().map(|row| {
        let outside = row.name.is_empty();
        let more = view.more;
        let name = match outside {
            true if more > 0 => say!("另有 {more} 条更早的", "{more} older ones")
                .get(lang)
                .to_owned(),
            true => say!("您管辖范围之外的记录", "records outside your scope")
                .get(lang)
                .to_owned(),
            false => row.name.clone(),
        };
        let code = if outside {
            String::new()
        } else {
            row.code.to_string()
        };
        let mut cells = vec![code, name, format!("{:>width$}", clock(row.minutes))];
        if records {
            let status = Kind::ServiceRecord.spec().said(&row.status, lang);
            cells.extend([status.to_owned(), row.evidence.clone()]);
        }
        cells
    });
    print::table(heads, rows.collect())
}
