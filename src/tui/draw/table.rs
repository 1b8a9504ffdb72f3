//! What stands in the columns of lists: one table per kind.

use crate::domain::kind::Kind;
use crate::domain::organisation::KINDS_OF_TEAM;
use crate::domain::said::{Lang, Text, t};
use crate::protocol::Row;
use crate::tui::draw::column::{Column, column, whole};
use crate::tui::draw::first::alarm;
use crate::tui::draw::tree::short;

fn code(row: &Row, _: Lang) -> String {
    row.code.to_string()
}

fn title(row: &Row, _: Lang) -> String {
    row.title.clone()
}

fn area(row: &Row, _: Lang) -> String {
    row.area.clone()
}

fn phone(row: &Row, _: Lang) -> String {
    row.phone.clone()
}

fn day(row: &Row, _: Lang) -> String {
    row.day.clone()
}

/// A day with its time.
fn moment(row: &Row, _: Lang) -> String {
    row.day.replace('T', " ")
}

fn status(row: &Row, lang: Lang) -> String {
    row.kind.spec().said(&row.status, lang).to_owned()
}

/// Where a volunteer stands, in four cells: beside the longest names the phone then has room.
fn standing(row: &Row, lang: Lang) -> String {
    let said = status(row, lang);
    match said.strip_prefix('已') {
        Some(short) => short.to_owned(),
        None => said,
    }
}

/// What it belongs to; the kind of an organisation in the language of the session.
fn owner(row: &Row, lang: Lang) -> String {
    let (head, rest) = row
        .subtitle
        .split_once(' ')
        .unwrap_or((row.subtitle.as_str(), ""));
    match KINDS_OF_TEAM.iter().find(|word| word.zh == head) {
        Some(word) if row.kind == Kind::Organisation => {
            let text = format!("{} {}", word.get(lang), short(rest));
            text.trim_end().to_owned()
        }
        _ => short(&row.subtitle).to_owned(),
    }
}

fn kind(row: &Row, lang: Lang) -> String {
    let label = row.kind.spec().label.get(lang);
    let letters = if lang == Lang::Zh { 1 } else { 3 };
    label.chars().take(letters).collect()
}

const CODE: Text = t("编号", "Code");
const STATE: Text = t("状态", "State");
const DAY: Text = t("日期", "Day");

const VOLUNTEERS: &[Column] = &[
    Column {
        sight: true,
        late: true,
        ..whole(t("姓名", "Name"), 8, 40, 0, title)
    },
    whole(CODE, 9, 12, 0, code),
    Column {
        fair: 14,
        ..column(t("所属", "Team"), 7, 34, 3, owner)
    },
    column(t("属地", "Area"), 30, 34, 5, area),
    whole(t("登记", "Joined"), 10, 10, 4, day),
    whole(t("电话", "Phone"), 11, 14, 2, phone),
    Column {
        brief: Some(4),
        ..whole(STATE, 4, 16, 0, standing)
    },
];

const ORGANISATIONS: &[Column] = &[
    whole(CODE, 7, 9, 0, code),
    column(t("名称", "Name"), 14, 40, 0, title),
    column(t("类别与上级", "Kind and parent"), 10, 40, 2, owner),
    whole(STATE, 4, 12, 1, status),
];

const MATTERS: &[Column] = &[
    whole(CODE, 12, 14, 0, code),
    column(t("名称", "Title"), 10, 44, 0, title),
    column(t("组织", "Organisation"), 12, 34, 4, owner),
    whole(DAY, 10, 10, 2, day),
    whole(STATE, 4, 12, 1, status),
];

/// The states of an activity in a few cells.
const STAGES: &[(&str, Text)] = &[
    ("草拟", t("草", "drft")),
    ("待批", t("批", "appr")),
    ("招募", t("招", "recr")),
    ("就绪", t("就", "rdy")),
    ("进行", t("进", "on")),
    ("结项", t("结", "done")),
    ("取消", t("消", "off")),
];

fn stage(row: &Row, lang: Lang) -> String {
    let found = STAGES.iter().find(|(state, _)| *state == row.status);
    found.map_or_else(|| status(row, lang), |(_, text)| text.get(lang).to_owned())
}

/// The day to look at, or the day of the record where there is none.
fn when(row: &Row, _: Lang) -> String {
    match row.facts.day.as_str() {
        "" => row.day.clone(),
        day => day.to_owned(),
    }
}

fn people(row: &Row, _: Lang) -> String {
    match row.facts.people {
        Some((0, 0)) | None => String::new(),
        Some((taking, 0)) => format!("{taking:>2}"),
        Some((taking, needed)) => format!("{taking:>2}/{needed}"),
    }
}

fn agreements(row: &Row, lang: Lang) -> String {
    match row.facts.agreements {
        None | Some((0, _)) => String::new(),
        Some((count, _)) => format!("{}{count}", t("协", "agr ").get(lang)),
    }
}

fn signatures(row: &Row, lang: Lang) -> String {
    let Some((signed, parties)) = row.facts.agreements else {
        return String::new();
    };
    format!("{} {signed}/{parties}", t("签", "sig").get(lang))
}

/// Who is not insured and not told; nothing where nothing is dangerous.
fn safety(row: &Row, lang: Lang) -> String {
    let (Some(holes), Some(untold)) = (row.facts.holes, row.facts.untold) else {
        return String::new();
    };
    let parts = [(holes, t("保缺", "ins-")), (untold, t("告缺", "told-"))];
    let lacking: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, text)| format!("{}{count}", text.get(lang)))
        .collect();
    match lacking.is_empty() {
        true => t("保全", "covered").get(lang).to_owned(),
        false => lacking.join(if lang == Lang::Zh { "" } else { " " }),
    }
}

fn about(row: &Row, _: Lang) -> String {
    row.facts.about.clone()
}

/// Hours and minutes, as short as they can be told.
fn time(row: &Row, lang: Lang) -> String {
    let Some(minutes) = row.facts.minutes else {
        return String::new();
    };
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (lang, rest) {
        (Lang::Zh, 0) => format!("{hours}时"),
        (Lang::Zh, _) => format!("{hours}时{rest}分"),
        (Lang::En, 0) => format!("{hours}h"),
        (Lang::En, _) => format!("{hours}h{rest:02}"),
    }
}

/// From and to, without the century.
fn period(row: &Row, _: Lang) -> String {
    let days = row.facts.about.split('/');
    let days: Vec<&str> = days.map(|day| day.get(2..).unwrap_or(day)).collect();
    days.join("/")
}

/// A day of which the last cells stay where there is no room for its year.
const fn days(head: Text, least: usize, rank: u8) -> Column {
    Column {
        tail: true,
        ..column(head, least, 10, rank, when)
    }
}

const ACTIVITIES: &[Column] = &[
    whole(CODE, 12, 14, 5, code),
    column(t("名称", "Title"), 10, 44, 0, title),
    days(DAY, 5, 2),
    whole(STATE, 2, 4, 1, stage),
    whole(t("人数", "People"), 0, 9, 1, people),
    whole(t("协议", "Agr."), 0, 6, 4, agreements),
    Column {
        role: |row| match (row.facts.holes, row.facts.untold) {
            (Some(0), Some(0)) => Some("status.ok"),
            (Some(_), Some(_)) => Some("status.danger"),
            _ => None,
        },
        ..whole(t("保险与告知", "Safety"), 0, 18, 0, safety)
    },
    column(t("组织", "Organisation"), 12, 34, 6, owner),
];

const AGREEMENTS: &[Column] = &[
    whole(CODE, 12, 14, 4, code),
    column(t("名称", "Title"), 10, 44, 0, title),
    Column {
        role: |row| {
            let (signed, parties) = row.facts.agreements?;
            (row.status == "待签" && signed < parties).then_some("status.warn")
        },
        ..whole(t("签署", "Signed"), 5, 9, 1, signatures)
    },
    days(t("到期", "Until"), 8, 3),
    whole(STATE, 4, 12, 2, status),
    column(t("组织", "Organisation"), 12, 34, 6, owner),
];

const NEEDS: &[Column] = &[
    whole(CODE, 12, 14, 4, code),
    column(t("事项", "Matter"), 10, 44, 0, title),
    column(t("需求方", "Asker"), 8, 24, 3, about),
    days(t("答复期限", "Answer by"), 5, 1),
    whole(STATE, 4, 14, 2, status),
    column(t("组织", "Organisation"), 12, 34, 6, owner),
];

const CERTIFICATES: &[Column] = &[
    whole(CODE, 12, 14, 3, code),
    Column {
        sight: true,
        ..whole(t("姓名", "Name"), 6, 40, 0, title)
    },
    whole(t("时长", "Time"), 0, 12, 2, time),
    days(t("出具", "Issued"), 8, 4),
    Column {
        role: |row| alarm(row.kind, &row.status),
        ..whole(STATE, 4, 15, 1, status)
    },
    whole(t("起止", "Period"), 17, 17, 5, period),
    column(t("组织", "Organisation"), 12, 34, 6, owner),
];

const POLICIES: &[Column] = &[
    whole(CODE, 8, 10, 2, code),
    column(t("保单号", "Policy no."), 12, 30, 0, title),
    column(t("保险人", "Insurer"), 8, 24, 4, about),
    days(t("止", "Until"), 8, 1),
    whole(STATE, 4, 10, 3, status),
    column(t("组织", "Organisation"), 12, 34, 6, owner),
];

const CALLS: &[Column] = &[
    whole(CODE, 12, 14, 2, code),
    column(t("事由", "Matter"), 10, 48, 0, title),
    Column {
        tail: true,
        ..column(t("来电时间", "When"), 11, 16, 1, moment)
    },
    whole(STATE, 4, 12, 3, status),
    column(t("接听组织", "Unit"), 12, 34, 4, owner),
];

/// Of all kinds at once.
const MIXED: &[Column] = &[
    whole(t("", ""), 2, 3, 0, kind),
    Column {
        // The names of people are never cut; those of teams may be.
        whole: |row| row.kind == Kind::Volunteer,
        sight: true,
        ..column(t("名称", "Name"), 8, 34, 0, title)
    },
    whole(CODE, 7, 14, 0, code),
    column(t("所属", "Belongs to"), 10, 40, 2, owner),
    whole(t("电话", "Phone"), 11, 14, 1, phone),
    Column {
        role: |row| alarm(row.kind, &row.status),
        ..whole(STATE, 4, 16, 3, status)
    },
];

/// The columns of a list of these kinds.
pub fn columns(kinds: &[Kind]) -> &'static [Column] {
    match kinds {
        [Kind::Volunteer] => VOLUNTEERS,
        [Kind::Organisation] => ORGANISATIONS,
        [Kind::Activity] => ACTIVITIES,
        [Kind::Agreement] => AGREEMENTS,
        [Kind::Need] => NEEDS,
        [Kind::Certificate] => CERTIFICATES,
        [Kind::Insurance] => POLICIES,
        [Kind::Call] => CALLS,
        [_] => MATTERS,
        _ => MIXED,
    }
}
