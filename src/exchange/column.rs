//! Columns of a sheet that are no field of the record: several of them make one, or tell who is meant.

use chrono::NaiveDate;

use crate::domain::field::{Field, Need, Privacy, Type};
use crate::domain::fold::narrow;
use crate::domain::kind::Kind;
use crate::domain::moment;
use crate::domain::organisation::{POST_COLUMNS, POSTS};
use crate::domain::refusal::Refusal;
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::say;

/// A day and two times beside each other, which make one session.
const SESSION: [Field; 3] = [
    Field::new("session_day", "日期", "Day", Type::Moment).headings(&[
        "活动日期",
        "服务日期",
        "开展日期",
    ]),
    Field::new("session_start", "开始", "Start", Type::Moment).headings(&[
        "开始时间",
        "起始时间",
        "起",
    ]),
    Field::new("session_end", "结束", "End", Type::Moment).headings(&[
        "结束时间",
        "截止时间",
        "止",
    ]),
];

/// The phone that tells people of one name apart.
const PERSON: [Field; 1] = [Field::new("phone", "手机", "Phone", Type::Phone)
    .masked(Privacy::Phone)
    .headings(&["手机号", "手机号码", "联系电话", "电话", "联系方式"])];

/// The length of time in hours, of which the minutes are made.
const HOURS: [Field; 1] = [
    Field::new("hours", "小时", "Hours", Type::Line(20)).headings(&[
        "服务小时",
        "小时数",
        "服务小时数",
    ]),
];

/// The further columns that the sheets of a kind have, by what its fields are.
pub fn further(fields: &[Field]) -> impl Iterator<Item = &'static Field> {
    let of_posts = |column: &Field| matches!(column.of, Type::Choice(words) if words == POSTS);
    let has = |is: &dyn Fn(&Field) -> bool| fields.iter().any(is);
    let posts = has(&|field| matches!(field.of, Type::Rows(of) if of.iter().any(of_posts)));
    let session = has(&|field| matches!(field.of, Type::Sessions));
    let person = has(&|field| matches!(field.of, Type::Ref(Kind::Volunteer)));
    let timed = has(&|field| field.key == "minutes" && field.need != Need::System);
    let sets: [(bool, &'static [Field]); 4] = [
        (timed, &HOURS),
        (posts, &POST_COLUMNS[..]),
        (session, &SESSION),
        (person, &PERSON),
    ];
    let sets = sets.into_iter().filter(|(has, _)| *has);
    sets.flat_map(|(_, columns)| columns)
}

/// Whether a column stands before a field of the same heading: a day that is typed makes the session,
/// the stored one follows from it.
pub fn leads(column: &Field) -> bool {
    SESSION.iter().any(|one| one.key == column.key)
}

/// Makes one session of day, start and end, where no column says the sessions themselves.
pub fn session(fields: &mut Fields, problems: &mut Vec<Refusal>, today: NaiveDate) {
    let [day, start, end] = SESSION.map(|column| fields.remove(column.key));
    let text = |value: &Option<Value>| value.as_ref().map_or_else(String::new, Value::to_string);
    let (day, start, end) = (text(&day), text(&start), text(&end));
    match fields.get("sessions").map(Value::to_string) {
        // The times stand in a column of their own, the day in another.
        Some(times) if !day.is_empty() && is_clock(&times) => {
            fields.insert("sessions".to_owned(), format!("{day} {times}").into());
            return;
        }
        Some(_) => return,
        None => {}
    }
    if [&day, &start, &end].iter().all(|text| text.is_empty()) {
        return;
    }
    let mut wrong = |said: Said| {
        let (zh, en) = (said.zh, said.en);
        problems.push(Refusal::invalid(
            "sessions",
            say!("场次：{zh}", "Sessions: {en}"),
        ));
    };
    if start.is_empty() && end.is_empty() {
        if narrow(&day).contains(':') {
            fields.insert("sessions".to_owned(), day.into());
        } else {
            wrong(say!(
                "只有日期，没有开始和结束的时间",
                "a day alone: start and end are missing"
            ));
        }
        return;
    }
    if start.is_empty() || end.is_empty() {
        wrong(say!(
            "开始和结束的时间缺一个",
            "of start and end one is missing"
        ));
        return;
    }
    let whole = moment::dated(&start, today, None).is_some() || day.is_empty();
    let start = if whole {
        start
    } else {
        format!("{day} {start}")
    };
    let row = [("start", start), ("end", end)];
    let row = row.map(|(key, text)| (key.to_owned(), text.into()));
    let rows = vec![Value::Map(Fields::from(row))];
    fields.insert("sessions".to_owned(), Value::List(rows));
}

/// Whether a text begins with a time of day rather than with a day.
fn is_clock(text: &str) -> bool {
    let text = narrow(text);
    let hour = text.split([':', '点', '时']).next().unwrap_or("").trim();
    let digits = hour.bytes().all(|byte| byte.is_ascii_digit());
    hour.len() < text.trim().len() && matches!(hour.len(), 1 | 2) && digits
}

/// The column that a heading of a length of time means by its unit; without a unit nobody can tell.
pub fn unit(field: &'static Field, heading: &str) -> Result<&'static Field, Said> {
    let low = heading.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| low.contains(word));
    let [hours] = &HOURS;
    if field.need == Need::System || kept(field) != "minutes" {
        return Ok(field);
    }
    if says(&["小时", "hour"]) {
        return Ok(hours);
    }
    if says(&["时长", "时数", "duration"]) && !says(&["分", "min"]) {
        return Err(say!(
            "「{heading}」一列没有写单位：请在列名里写明「分钟」或「小时」",
            "the column \"{heading}\" has no unit: write minutes or hours into its heading"
        ));
    }
    Ok(field)
}

/// The field of the record that a column fills, as far as one column fills it.
pub fn kept(field: &Field) -> &'static str {
    match field.key {
        "hours" => "minutes",
        other => other,
    }
}

/// Makes minutes of hours, which must come out whole.
pub fn minutes(fields: &mut Fields, problems: &mut Vec<Refusal>) {
    let Some(typed) = fields.remove("hours").map(|hours| hours.to_string()) else {
        return;
    };
    let plain = narrow(&typed).to_lowercase();
    let plain = plain.trim().trim_end_matches(['小', '时', 'h']).trim();
    let exact = plain.parse::<f64>().ok().map(|hours| hours * 60.0);
    // A third of an hour comes from a sheet as 0.333333333.
    let whole = exact.filter(|minutes| (minutes - minutes.round()).abs() < 1e-6 && *minutes > 0.0);
    match whole {
        Some(minutes) => {
            let minutes = format!("{:.0}", minutes.round());
            fields.insert("minutes".to_owned(), minutes.into());
        }
        None => problems.push(Refusal::invalid(
            "minutes",
            say!(
                "分钟：「{typed}」小时不合整分钟，请改写分钟",
                "Minutes: \"{typed}\" hours are no whole minutes; write minutes"
            ),
        )),
    }
}
