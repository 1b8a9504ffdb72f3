//! Titles of activities: the eight scopes of article 12, six forms, and where science goes in.

use chrono::{Datelike, NaiveDate};

use crate::demo::class::Class;
use crate::demo::material::under;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::domain::place::Place;

/// Scopes of article 12, in a hundred.
const SCOPES: &[(&str, u64)] = &[
    ("一", 46),
    ("二", 9),
    ("三", 12),
    ("四", 14),
    ("五", 5),
    ("六", 8),
    ("七", 5),
    ("八", 1),
];

/// Forms, in a hundred.
const FORMS: &[(&str, u64)] = &[
    ("科普报告", 24),
    ("科技培训", 21),
    ("农技服务", 18),
    ("义诊咨询", 12),
    ("青少年科技教育", 16),
    ("展览发放", 9),
];

/// What societies of medicine and of farming do, and employees.
const MEDICINE: &[(&str, u64)] = &[("义诊咨询", 55), ("科普报告", 45)];
const FARMING: &[(&str, u64)] = &[("农技服务", 60), ("科普报告", 40)];
const COMPANY: &[(&str, u64)] = &[("科技培训", 45), ("科普报告", 30), ("展览发放", 25)];

/// Where the forms go that have no place of their own, so that with the others 33, 27, 24, 9, 3 and 4 come out.
const SPOTS: &[(&str, u64)] = &[
    ("进乡村", 15),
    ("进学校", 11),
    ("进社区", 24),
    ("进企业", 9),
    ("进园区", 3),
    ("其他", 4),
];

fn ending(form: &str) -> &str {
    match form {
        "科普报告" => "报告会",
        "科技培训" => "培训",
        "农技服务" => "技术服务",
        "青少年科技教育" => "体验课",
        "展览发放" => "展出",
        other => other,
    }
}

fn season(month: u32) -> &'static str {
    match month {
        3..=5 => "农技服务/春",
        6..=8 => "农技服务/夏",
        9..=11 => "农技服务/秋",
        _ => "农技服务/冬",
    }
}

fn whose(team: &Team, place: Option<&Place>) -> String {
    match team.class {
        Class::Top => place.map_or(String::new(), Place::path),
        Class::League => place.map_or("", |place| place.name).to_owned(),
        Class::Society => team.base.trim_start_matches("内蒙古").to_owned(),
        _ => format!("{}{}", team.base, team.part),
    }
}

/// The title of an activity of a team at a place on a day.
pub fn title(random: &mut Random, team: &Team, place: Option<&Place>, day: NaiveDate) -> String {
    let whose = whose(team, place);
    let scope = random.weighted(SCOPES);
    let forms = match (team.class, team.group) {
        (Class::Enterprise | Class::Park, _) => COMPANY,
        (_, "医科") => MEDICINE,
        (_, "农科") => FARMING,
        _ => FORMS,
    };
    let form = random.weighted(forms);
    let month = day.month();
    let festive = under("head", &format!("四/{month}"));
    let heads = if scope == "四" && !festive.is_empty() {
        festive
    } else {
        under("head", scope)
    };
    let head = random.pick(heads);
    let spot = match form {
        "农技服务" => "进乡村",
        "青少年科技教育" => "进学校",
        _ => random.weighted(SPOTS),
    };
    let topics = match (form, spot) {
        ("农技服务", _) => season(month),
        ("科技培训", "进乡村") => "科技培训/乡",
        ("科技培训", _) => "科技培训/城",
        _ => form,
    };
    let topic = random.pick(under("topic", topics));
    let spot = random.pick(under("spot", spot));
    let ending = ending(form);
    match scope {
        "五" => format!("{head}{spot}（{whose}）"),
        "七" => format!("{head}：{topic}（{whose}）"),
        "八" => format!("{head}（{whose}）"),
        _ => format!("{head}：{whose}{topic}{ending}{spot}"),
    }
}
