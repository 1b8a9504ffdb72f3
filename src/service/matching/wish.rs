//! What a need or an activity asks for, and who has answered already.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::activity::{dangerous, sessions};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::Span;
use crate::domain::place::{self, Level, Place};
use crate::domain::record::Record;
use crate::domain::said::Said;
use crate::domain::value::Value;
use crate::domain::world::{World, holding};
use crate::say;
use crate::search::{Index, TermId};

/// What is asked for.
pub(super) struct Wish {
    /// The need or the activity.
    pub record: Record,
    /// Skills: the named ones, or the one that the form stands for.
    pub skills: Vec<String>,
    /// Languages that must be spoken.
    pub languages: Vec<String>,
    /// Where.
    pub area: Option<&'static Place>,
    /// When; empty where no time was said.
    pub spans: Vec<Span>,
    /// Whether a danger was ticked.
    pub dangerous: bool,
    /// Who was asked, or is enrolled: when and with what result.
    pub answers: HashMap<Code, (String, String)>,
}

/// The skill that a form of service takes, where none is named.
const FORM_SKILLS: [(&str, &str); 4] = [
    ("科普报告", "科普宣讲"),
    ("农技服务", "农牧技术"),
    ("义诊咨询", "医疗健康"),
    ("青少年科技教育", "青少年科技教育"),
];

/// The language that everybody is taken to speak.
const COMMON: &str = "普通话";

impl Wish {
    /// Reads it from the record; what an activity does not say, the need says that it came from.
    pub(super) fn of(record: Record, world: &dyn World) -> Wish {
        let need = record.refs("need").next();
        let need = need.and_then(|code| world.record(code));
        let asking = need.as_ref().unwrap_or(&record);
        let mut skills: Vec<String> = asking.texts("skills").map(str::to_owned).collect();
        if skills.is_empty() {
            let form = FORM_SKILLS.iter().find(|row| row.0 == record.text("form"));
            skills.extend(form.map(|row| row.1.to_owned()));
        }
        let languages = asking.texts("languages").filter(|text| *text != COMMON);
        let languages = languages.map(str::to_owned).collect();
        let mut answers = HashMap::new();
        phoned(asking, &mut answers);
        if record.kind == Kind::Activity {
            enrolled(&record, world, &mut answers);
        }
        Wish {
            skills,
            languages,
            area: place::by_code(record.text("area")),
            spans: sessions(&record),
            dangerous: dangerous(&record),
            answers,
            record,
        }
    }

    /// The terms of the skills, a list each.
    pub(super) fn skills(&self, index: &Index) -> Vec<Vec<TermId>> {
        terms(index, "skills", &self.skills)
    }

    /// The terms of the languages, a list each.
    pub(super) fn languages(&self, index: &Index) -> Vec<Vec<TermId>> {
        terms(index, "languages", &self.languages)
    }

    /// The terms of the county, then of the league.
    pub(super) fn near(&self, index: &Index) -> Vec<Vec<TermId>> {
        let Some(area) = self.area.filter(|area| area.level() != Level::Region) else {
            return Vec::new();
        };
        let within = |outer: &str| -> Vec<TermId> {
            let all = index.terms_of("area");
            let here = all.filter(|(code, _)| place::within(code, outer));
            here.map(|(_, term)| term).collect()
        };
        let league = area.parent().filter(|up| up.level() == Level::League);
        let places = [Some(area), league].into_iter().flatten();
        places.map(|place| within(place.code)).collect()
    }

    /// How near a place is: 0 in the same county, 1 in the same league, 2 elsewhere.
    pub(super) fn distance(&self, code: &str) -> u8 {
        let Some(area) = self.area else { return 0 };
        let league = area.parent().filter(|up| up.level() == Level::League);
        if !code.is_empty() && place::within(code, area.code) {
            0
        } else if league.is_some_and(|league| place::within(code, league.code)) && !code.is_empty()
        {
            1
        } else {
            2
        }
    }

    /// How near a place is in words, and whether that speaks for who is there.
    pub(super) fn near_said(&self, code: &str) -> (Said, bool) {
        let Some(place) = place::by_code(code) else {
            return (say!("属地未填", "no place is known"), false);
        };
        let (name, path) = (place.name, place.path());
        let level = self.area.map_or(Level::Region, Place::level);
        match (self.distance(code), level) {
            (0, Level::County) => (say!("同旗县 {name}", "same county {name}"), true),
            (0, Level::Region) => (say!("属地 {path}", "place {path}"), true),
            (0 | 1, _) => (say!("同盟市 {path}", "same league {path}"), true),
            _ => (say!("外盟市 {path}", "elsewhere {path}"), false),
        }
    }

    /// The first day, or today where no time was said.
    pub(super) fn day(&self, today: NaiveDate) -> NaiveDate {
        self.spans.first().map_or(today, |span| span.start.date())
    }

    /// Tells one question from another.
    pub(super) fn turn(&self) -> u64 {
        self.record.number.wrapping_mul(0x9e37_79b9) >> 8
    }
}

fn terms(index: &Index, field: &str, texts: &[String]) -> Vec<Vec<TermId>> {
    let term = |text: &String| index.known_term(field, text).into_iter().collect();
    texts.iter().map(term).collect()
}

/// Who was phoned for a need; the last call counts.
fn phoned(need: &Record, answers: &mut HashMap<Code, (String, String)>) {
    for row in need.rows("asked") {
        let text = |key: &str| row.get(key).and_then(Value::text).unwrap_or("").to_owned();
        if let Some(code) = Code::read(&text("volunteer")) {
            answers.insert(code, (text("on"), text("result")));
        }
    }
}

/// Who is enrolled in an activity, with the moment of the last answer.
fn enrolled(activity: &Record, world: &dyn World, answers: &mut HashMap<Code, (String, String)>) {
    for enrolment in holding(world, Kind::Enrolment, "activity", activity.code()) {
        let Some(code) = enrolment.refs("volunteer").next() else {
            continue;
        };
        let moments = ["absent_on", "agreed_on", "told_on"];
        let on = moments.map(|key| enrolment.text(key)).into_iter().max();
        let on = on.unwrap_or("").to_owned();
        answers.insert(code, (on, enrolment.status().to_owned()));
    }
}
