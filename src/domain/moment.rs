//! Moments and spans of time as people type them.
//!
//! A moment is stored as `2026-12-01T09:00`, or as the day alone where the hour was not said:
//! both sort as texts.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::day::{self, Wrong};
use crate::domain::fold::narrow;
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::say;

/// How a moment is written.
pub const FORMAT: &str = "%Y-%m-%dT%H:%M";

/// The most sessions that one line may repeat into.
const MOST: u32 = 100;

/// The most days that one session may last: a longer one is a wrong year.
const LONGEST: i64 = 31;

/// A moment as it is stored.
pub fn stored(moment: NaiveDateTime) -> String {
    moment.format(FORMAT).to_string()
}

/// The instant at which a stored moment begins: a day alone begins at midnight.
pub fn begins(text: &str) -> Option<NaiveDateTime> {
    instant(text).or_else(|| Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN)))
}

/// The instant at which a stored moment ends: a day alone lasts until the midnight after it.
pub fn ends(text: &str) -> Option<NaiveDateTime> {
    instant(text).or_else(|| {
        let next = text.parse::<NaiveDate>().ok()?.succ_opt()?;
        Some(next.and_time(NaiveTime::MIN))
    })
}

fn instant(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, FORMAT).ok()
}

/// Reads a time of day: `9:00`, `9点半`, `14时30分`, `0930`; 24:00 is the midnight after.
fn clock(raw: &str) -> Option<(NaiveTime, bool)> {
    let text = raw.trim().replace("点半", ":30").replace("点整", ":00");
    let text = text.replace(['点', '时'], ":").replace('分', "");
    let text = text.trim_end_matches(':');
    let parts: Vec<&str> = text.split(':').collect();
    let number = |text: &str| {
        let plain = !text.is_empty() && text.len() <= 2;
        text.parse::<u32>().ok().filter(|_| plain)
    };
    let (hour, minute) = match parts.as_slice() {
        [both] if both.len() == 4 => (number(both.get(..2)?)?, number(both.get(2..)?)?),
        [hour] if raw.contains(['点', '时']) => (number(hour)?, 0),
        [hour, minute] => (number(hour)?, number(minute)?),
        [hour, minute, second] if number(second).is_some() => (number(hour)?, number(minute)?),
        _ => return None,
    };
    if (hour, minute) == (24, 0) {
        return Some((NaiveTime::MIN, true));
    }
    NaiveTime::from_hms_opt(hour, minute, 0).map(|time| (time, false))
}

/// Reads a moment: a day and a time, a day alone, or a time alone, which waits for its day as `09:00`.
pub fn moment(raw: &str, today: NaiveDate) -> Result<String, Said> {
    read(raw, today).map_err(|wrong| wrong.said)
}

fn read(raw: &str, today: NaiveDate) -> Result<String, Wrong> {
    let folded = narrow(raw);
    let text = folded.trim().replace('T', " ");
    let wrong = || {
        Wrong::form(say!(
            "「{raw}」不是时刻，写法如 2026-12-01 09:00",
            "\"{raw}\" is no moment; write it as 2026-12-01 09:00"
        ))
    };
    if let Some((time, over)) = clock(&text) {
        return Ok(match over {
            true => "24:00".to_owned(),
            false => time.format("%H:%M").to_string(),
        });
    }
    // The time stands last, after a blank or after 日.
    let split = text
        .rsplit_once(' ')
        .map(|(day, time)| (day.to_owned(), time))
        .or_else(|| {
            text.split_once('日')
                .map(|(day, time)| (format!("{day}日"), time))
        });
    if let Some((before, after)) = split
        && let Some((time, over)) = clock(after)
    {
        let day = day::read(&before, today)?;
        return Ok(stored(day.and_time(time) + Duration::days(over.into())));
    }
    if text.contains(':') {
        return Err(wrong());
    }
    day::read(&text, today)
        .map(|day| day.to_string())
        .map_err(|other| if text.contains(' ') { wrong() } else { other })
}

/// A moment that may still wait for its day, on that day.
pub fn on(text: &str, day: NaiveDate) -> String {
    match clock(text).filter(|_| text.len() == 5) {
        Some((time, over)) => stored(day.and_time(time) + Duration::days(over.into())),
        None => text.to_owned(),
    }
}

/// A moment with its day: that of `on` where the text says only a time; none where no day is known.
pub fn dated(raw: &str, today: NaiveDate, on: Option<NaiveDate>) -> Option<String> {
    let read = moment(raw, today).ok()?;
    let full = on.map_or_else(|| read.clone(), |day| self::on(&read, day));
    (full.len() > 5).then_some(full)
}

/// One stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// From this instant.
    pub start: NaiveDateTime,
    /// Until this one.
    pub end: NaiveDateTime,
}

impl Span {
    /// How long it is, in minutes.
    pub fn minutes(&self) -> i64 {
        (self.end - self.start).num_minutes()
    }

    /// Whether two stretches share time; those that only touch do not.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether another lies in it.
    pub fn holds(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The days that it touches.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = (self.end - Duration::minutes(1)).max(self.start).date();
        self.start
            .date()
            .iter_days()
            .take_while(move |day| *day <= last)
    }

    /// As people read it: `2026-12-01 09:00-11:00`, or both days where it ends on another.
    pub fn said(&self) -> String {
        let end = if self.start.date() == self.end.date() {
            "%H:%M"
        } else {
            "%Y-%m-%d %H:%M"
        };
        format!(
            "{}-{}",
            self.start.format("%Y-%m-%d %H:%M"),
            self.end.format(end)
        )
    }

    fn value(self) -> Value {
        let row = [("start", self.start), ("end", self.end)];
        let row = row.map(|(key, moment)| (key.to_owned(), Value::Text(stored(moment))));
        Value::Map(Fields::from(row))
    }
}

/// The stretches that a stored value holds, in their order.
pub fn spans(value: Option<&Value>) -> Vec<Span> {
    let rows = value.map_or(&[][..], Value::parts);
    let span = |row: &Value| {
        let Value::Map(row) = row else { return None };
        let text = |key: &str| row.get(key).and_then(Value::text);
        Some(Span {
            start: begins(text("start")?)?,
            end: ends(text("end")?)?,
        })
    };
    rows.iter().filter_map(span).collect()
}

/// Reads sessions: JSON rows of start and end, or lines such as `12-01 9:00-11:00`,
/// `12-01 22:00 - 12-02 2:00`, `12-01 9:00-11:00 每周 4 次`.
pub fn sessions(raw: &Value, today: NaiveDate) -> Result<Value, Said> {
    let raw = match raw {
        Value::Text(text) if text.trim_start().starts_with('[') => {
            &serde_json::from_str::<Value>(text)
                .map_err(|cause| say!("不是有效的 JSON：{cause}", "not valid JSON: {cause}"))?
        }
        other => other,
    };
    let mut found = Vec::new();
    match raw {
        Value::Text(text) => {
            for line in text
                .split(['\n', ';', '；', '、'])
                .filter(|line| !line.trim().is_empty())
            {
                found.extend(one_line(line, today)?);
            }
        }
        rows => {
            for row in rows.parts() {
                match row {
                    Value::Map(row) => found.push(one_row(row, today)?),
                    Value::Text(line) => found.extend(one_line(line, today)?),
                    _ => {
                        return Err(say!(
                            "每一场应有 start 和 end",
                            "each session needs a start and an end"
                        ));
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    let mut pairs = found.iter().zip(found.iter().skip(1));
    if let Some((one, other)) = pairs.find(|(one, other)| one.overlaps(other)) {
        let (one, other) = (one.said(), other.said());
        return Err(say!(
            "两场时间重叠：{one} 与 {other}",
            "two sessions overlap: {one} and {other}"
        ));
    }
    Ok(Value::List(found.into_iter().map(Span::value).collect()))
}

fn one_row(row: &Fields, today: NaiveDate) -> Result<Span, Said> {
    let text = |key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
    if let Some(key) = row
        .keys()
        .find(|key| !matches!(key.as_str(), "start" | "end"))
    {
        return Err(say!(
            "场次只有 start 和 end，没有「{key}」",
            "a session has a start and an end, no \"{key}\""
        ));
    }
    for key in ["start", "end"] {
        if text(key).trim().is_empty() {
            return Err(say!("这一场缺 {key}", "a session lacks its {key}"));
        }
    }
    between(&text("start"), &text("end"), today)
        .map_err(|wrong| wrong.said)
        .and_then(sound)
}

/// The stretch between two moments as they are typed, in whatever order.
fn between(start: &str, end: &str, today: NaiveDate) -> Result<Span, Wrong> {
    let from = read(start, today)?;
    let day = from.get(..10).and_then(|day| day.parse().ok());
    let (Some(day), Some(from)) = (day, begins(&from)) else {
        return Err(Wrong::number(say!(
            "「{start}」没有日期，写法如 2026-12-01 09:00",
            "\"{start}\" has no day; write it as 2026-12-01 09:00"
        )));
    };
    match ends(&on(&read(end, today)?, day)) {
        Some(until) => Ok(Span {
            start: from,
            end: until,
        }),
        None => Err(Wrong::form(say!(
            "结束时间读不了",
            "the end cannot be read"
        ))),
    }
}

/// A stretch that can have been meant.
fn sound(span: Span) -> Result<Span, Said> {
    let [from, until] = [span.start, span.end].map(|at| at.format("%Y-%m-%d %H:%M"));
    if span.end <= span.start {
        return Err(say!(
            "结束 {until} 不晚于开始 {from}；跨夜的请写明结束的日期",
            "the end {until} is not after the start {from}; if it ends on the next day, write that day"
        ));
    }
    if span.end - span.start > Duration::days(LONGEST) {
        return Err(say!(
            "{from} 至 {until} 超过 {LONGEST} 天：请核对年月；多天的活动一天写一场",
            "{from} to {until} is longer than {LONGEST} days: check year and month; write one session a day"
        ));
    }
    Ok(span)
}

/// One line: a stretch, and how it repeats.
fn one_line(line: &str, today: NaiveDate) -> Result<Vec<Span>, Said> {
    let folded = narrow(line).replace(['—', '–', '~', '至', '到'], "-");
    let (stretch, (step, times)) = repeated(&folded)?;
    // The dash between the two times: the last one whose sides both can be read.
    let mut first: Option<Wrong> = None;
    for (at, _) in stretch.rmatch_indices('-') {
        let (start, end) = stretch.split_at(at);
        let end = end.trim_start_matches('-').trim();
        if !end.contains([':', '点', '时']) {
            continue;
        }
        match between(start.trim(), end, today) {
            Ok(span) => {
                let span = sound(span)?;
                let all = (0..times).map(|nth| {
                    let later = Duration::days(i64::from(step) * i64::from(nth));
                    Span {
                        start: span.start + later,
                        end: span.end + later,
                    }
                });
                return Ok(all.collect());
            }
            Err(wrong) => first = first.or(Some(wrong)),
        }
    }
    Err(match first {
        Some(wrong) if wrong.formed => wrong.said,
        _ => say!(
            "「{line}」不是场次，写法如 2026-12-01 09:00-11:00",
            "\"{line}\" is no session; write it as 2026-12-01 09:00-11:00"
        ),
    })
}

/// Takes `每周 4 次`, `每天 3 次` or `weekly x4` off the end: days between, and how often.
fn repeated(line: &str) -> Result<(&str, (u32, u32)), Said> {
    const WORDS: [(&str, u32, &str, &str); 4] = [
        ("每周", 7, "", "次"),
        ("每天", 1, "", "次"),
        ("weekly", 7, "x", ""),
        ("daily", 1, "x", ""),
    ];
    let found = WORDS.iter().find_map(|(word, step, before, after)| {
        let (stretch, rest) = line.split_once(word)?;
        Some((stretch.trim(), rest.trim(), word, *step, before, after))
    });
    let Some((stretch, rest, word, step, before, after)) = found else {
        return Ok((line.trim(), (0, 1)));
    };
    const WEEK: [char; 8] = ['一', '二', '三', '四', '五', '六', '日', '末'];
    if *word == "每周" && rest.starts_with(WEEK) {
        return Err(say!(
            "「{word}{rest}」：星期几由日期定，不必写；重复写作 每周 4 次",
            "\"{word}{rest}\": the day of the week follows from the date; to repeat write weekly x4"
        ));
    }
    let count = rest
        .strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(after))
        .map(str::trim)
        .filter(|count| count.chars().all(|c| c.is_ascii_digit()))
        .and_then(|count| count.parse().ok());
    match count {
        Some(times) if (1..=MOST).contains(&times) => Ok((stretch, (step, times))),
        Some(_) => Err(say!(
            "「{word}{rest}」：一行可重复 1 至 {MOST} 次",
            "\"{word} {rest}\": a line repeats 1 to {MOST} times"
        )),
        None => Err(say!(
            "「{word}{rest}」读不懂：只能写作 {word} 4 次，不写别的",
            "\"{word} {rest}\" cannot be read: write {word} x4 and nothing else after it"
        )),
    }
}
