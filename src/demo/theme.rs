//! What activities are about: the eight scopes of article 12, six forms, where science goes in, and the title that says so.

use chrono::{Datelike, NaiveDate};

use crate::demo::class::Class;
use crate::demo::material::under;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::domain::activity::EVENTS;
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

/// What an activity is about.
#[derive(Default)]
pub struct Theme {
    /// Its title.
    pub title: String,
    /// Its place among the eight scopes of article 12.
    pub scope: usize,
    /// Its form.
    pub form: &'static str,
    /// The kind of place it goes to, one of the five or 其他; empty where it goes nowhere.
    pub visit: &'static str,
    /// The large event it belongs to; empty for most.
    pub event: &'static str,
}

/// What a team does at a place on a day.
pub fn theme(random: &mut Random, team: &Team, place: Option<&Place>, day: NaiveDate) -> Theme {
    let whose = whose(team, place);
    let at = random.at(SCOPES.iter().map(|one| one.1));
    let scope = SCOPES.get(at).map_or("", |one| one.0);
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
    let visit = match form {
        "农技服务" => "进乡村",
        "青少年科技教育" => "进学校",
        _ => random.weighted(SPOTS),
    };
    let topics = match (form, visit) {
        ("农技服务", _) => season(month),
        ("科技培训", "进乡村") => "科技培训/乡",
        ("科技培训", _) => "科技培训/城",
        _ => form,
    };
    let topic = random.pick(under("topic", topics));
    let spot = random.pick(under("spot", visit));
    let ending = ending(form);
    let title = match scope {
        "五" => format!("{head}{spot}（{whose}）"),
        "七" => format!("{head}：{topic}（{whose}）"),
        "八" => format!("{head}（{whose}）"),
        _ => format!("{head}：{whose}{topic}{ending}{spot}"),
    };
    let plain = head.replace(['“', '”'], "");
    let event = EVENTS.iter().find(|event| event.zh == plain);
    Theme {
        title,
        scope: at,
        form,
        visit: if matches!(scope, "七" | "八") {
            ""
        } else {
            visit
        },
        event: event.map_or("", |event| event.zh),
    }
}
