//! What happens when and where: the plan of each activity, from which its card and all below it follow.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::demo::class::Class;
use crate::demo::flaw::Flaw;
use crate::demo::material::{leagues, under};
use crate::demo::number::Yearly;
use crate::demo::random::Random;
use crate::demo::risk::{self, Risk};
use crate::demo::schedule::{Slot, slots};
use crate::demo::theme::{Theme, theme};
use crate::demo::{Plan, activity, session};
use crate::domain::moment::Span;
use crate::domain::place::Place;

/// An activity.
pub struct Act {
    /// Its place in the list.
    pub at: usize,
    /// Its number.
    pub number: u64,
    /// The place of its team among all.
    pub team: usize,
    /// Where it is.
    pub place: Option<&'static Place>,
    /// What it is about.
    pub theme: Theme,
    /// The place as it is written; empty on the internet.
    pub venue: String,
    /// For whom.
    pub recipient: String,
    /// Who is in charge.
    pub in_charge: String,
    /// When.
    pub spans: Vec<Span>,
    /// Its state as of the day.
    pub state: &'static str,
    /// What is dangerous about it.
    pub risks: Vec<&'static Risk>,
    /// Whether it is a major one.
    pub major: bool,
    /// Whether it is held on the internet.
    pub online: bool,
    /// How many people it draws, against others.
    pub weight: u64,
    /// How many people it needs.
    pub needed: usize,
    /// Its enrolments among all.
    pub seats: Range<usize>,
    /// The number of the need it came from.
    pub need: Option<u64>,
    /// What is wrong with it on purpose.
    pub flaw: Option<Flaw>,
}

/// How many people, in a hundred.
const CREW: [((i64, i64), u64); 6] = [
    ((3, 6), 25),
    ((7, 9), 27),
    ((10, 14), 26),
    ((15, 25), 15),
    ((26, 60), 6),
    ((61, 120), 1),
];

/// States of what lies ahead, by the days until then.
const AHEAD: [(i64, &[(&str, u64)]); 3] = [
    (6, &[("就绪", 70), ("招募", 30)]),
    (15, &[("招募", 70), ("待批", 20), ("就绪", 10)]),
    (999, &[("草拟", 40), ("待批", 30), ("招募", 30)]),
];

/// A step that goes through a hundred in long strides.
const SPREAD: u64 = 37;

/// All of them, in the order of their days.
pub fn acts(plan: &Plan) -> Vec<Act> {
    let mut numbers = Yearly::default();
    let slots = slots(plan).into_iter().enumerate();
    slots
        .map(|(at, slot)| act(plan, at, numbers.next(slot.day), &slot))
        .collect()
}

fn act(plan: &Plan, at: usize, number: u64, slot: &Slot) -> Act {
    let mut random = Random::of("activity", at as u64);
    let team = slot.team.unwrap_or(0);
    let (place, theme) = match plan.teams.get(team) {
        Some(team) => {
            let place = match team.class {
                Class::Top | Class::Society | Class::Discipline => {
                    let league = random.at(leagues().iter().map(|row| row.share));
                    plan.county(league, &mut random)
                }
                Class::League => plan.county(team.league, &mut random),
                _ => team.place,
            };
            (place, theme(&mut random, team, place, slot.day))
        }
        None => (None, Theme::default()),
    };
    let off = random.below(100) < 4 && !slot.sure;
    let online = theme.scope == 6;
    let spans = session::spans(at as u64, slot.day, slot.sure);
    let perilous = random.permille(30) && !online;
    let risks = match perilous {
        true => risk::draw(&mut random, theme.form, slot.day.month()),
        false => Vec::new(),
    };
    let major = random.permille(8);
    let crew = random.at(CREW.iter().map(|row| row.1));
    let (least, most) = CREW.get(crew).map_or((3, 6), |row| row.0);
    let league = plan.teams.get(team).map_or(0, |team| team.league);
    let mut act = Act {
        at,
        number,
        team,
        place,
        venue: String::new(),
        recipient: String::new(),
        in_charge: activity::in_charge(&mut random, league),
        state: "",
        risks,
        major,
        online,
        weight: random.between(least, most) as u64 * if major { 3 } else { 1 },
        needed: 0,
        seats: 0..0,
        need: None,
        flaw: None,
        theme,
        spans,
    };
    act.recipient = act.spot(&mut random, "recipient");
    let venue = act.spot(&mut random, "venue");
    if !online {
        act.venue = venue;
    }
    act.state = state(&act, off, plan.today);
    act
}

fn state(act: &Act, off: bool, today: NaiveDate) -> &'static str {
    if off {
        return "取消";
    }
    if act.last() < today {
        return "结项";
    }
    let ahead = (act.day() - today).num_days();
    if ahead <= 0 {
        return "进行";
    }
    let row = AHEAD.iter().find(|row| ahead < row.0);
    // Evenly spread rather than drawn: each state occurs, however few there are.
    let mut left = act.at as u64 * SPREAD % 100;
    let found = row.and_then(|row| {
        row.1.iter().find(|(_, share)| {
            let inside = left < *share;
            left = left.saturating_sub(*share);
            inside
        })
    });
    found.map_or("草拟", |found| found.0)
}

impl Act {
    /// The number of its team.
    pub fn team(&self, plan: &Plan) -> u64 {
        plan.teams
            .get(self.team)
            .map_or(1, |team| team.record.number)
    }

    /// The day on which it begins.
    pub fn day(&self) -> NaiveDate {
        self.spans
            .first()
            .map_or(NaiveDate::MIN, |span| span.start.date())
    }

    /// The last day that it touches.
    pub fn last(&self) -> NaiveDate {
        let days = self.spans.iter().flat_map(Span::days);
        days.max().unwrap_or(NaiveDate::MIN)
    }

    /// From its first minute to its last.
    pub fn whole(&self) -> Option<Span> {
        Some(Span {
            start: self.spans.first()?.start,
            end: self.spans.last()?.end,
        })
    }

    /// The kind of place it goes to.
    pub fn visit(&self) -> &'static str {
        match self.theme.visit {
            "" => "其他",
            visit => visit,
        }
    }

    /// A venue or a recipient that goes with it.
    fn spot(&self, random: &mut Random, key: &str) -> String {
        let county = self.place.map_or("", |place| place.name);
        random.pick(under(key, self.visit())).replace("{}", county)
    }

    /// Whether it is over and nothing stands out about it.
    pub fn plain(&self) -> bool {
        self.state == "结项" && self.risks.is_empty() && self.flaw.is_none()
    }
}
