//! What complaints are about: an activity and its people, what is said of them, and what becomes of it.

use chrono::{Duration, NaiveDate};

use crate::demo::act::Act;
use crate::demo::class::Class;
use crate::demo::course::workday;
use crate::demo::grievance::{Grievance, planted};
use crate::demo::material::lines;
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::demo::way::NOW;
use crate::demo::{Plan, wait};

/// One matter before it is written down.
pub struct Matter<'a> {
    /// Its place among all.
    pub at: usize,
    /// The activity that it came from; none at sizes without any.
    pub act: Option<&'a Act>,
    /// The day on which it was received.
    pub day: NaiveDate,
    /// What is said: kind, topic, outcome, title, facts, claims, found, reasons, basis.
    pub words: &'static [&'static str],
    /// What is wrong with it on purpose.
    pub flaw: Option<Grievance>,
    /// Which of those it is that stand in a state of their own on the day.
    pub now: Option<usize>,
}

impl Matter<'_> {
    /// One of the words.
    pub fn word(&self, nth: usize) -> &'static str {
        self.words.get(nth).copied().unwrap_or("")
    }

    /// Its kind.
    pub fn kind(&self) -> &'static str {
        self.word(0)
    }
}

/// Every third came in within so many days.
const RECENT: i64 = 60;

/// Every so manieth is about what the one before it is about.
const AGAIN: usize = 29;

/// All matters, in the order of their days.
pub fn matters(plan: &Plan) -> Vec<Matter<'_>> {
    let acts: Vec<&Act> = plan
        .work()
        .acts
        .iter()
        .filter(|act| told(plan, act))
        .collect();
    let flaws = planted(&plan.size);
    let mut found: Vec<Matter> = Vec::new();
    for at in 0..plan.size.deeds.complaints {
        let flaw = flaws.get(at).copied();
        let now = at.checked_sub(flaws.len()).filter(|nth| *nth < NOW.len());
        let mut random = Random::of("complaint-plan", at as u64);
        let again = found
            .last()
            .filter(|_| at % AGAIN == AGAIN - 1 && now.is_none());
        let before = again.map(|matter: &Matter| (matter.act, matter.day, matter.words));
        let (act, day, words) = match before {
            Some((act, day, words)) => {
                (act, workday(day + Duration::days(1)).min(plan.today), words)
            }
            None => {
                let wanted = match now.and_then(|nth| NOW.get(nth)) {
                    Some((back, _)) => wait::back(plan.today, *back),
                    None => when(plan, at, flaw, &mut random),
                };
                let act = near(plan, &acts, wanted, flaw, now.is_some());
                let after = act.map_or(wanted, |act| act.last() + Duration::days(1));
                (
                    act,
                    wanted.max(after),
                    words(at, flaw, now.is_some(), &mut random),
                )
            }
        };
        found.push(Matter {
            at,
            act,
            day,
            words,
            flaw,
            now,
        });
    }
    found.sort_by_key(|matter| (matter.day, matter.at));
    found
}

/// The day around which it is received.
fn when(plan: &Plan, at: usize, flaw: Option<Grievance>, random: &mut Random) -> NaiveDate {
    let back = |days: i64| plan.today - Duration::days(days);
    match flaw {
        // Accepted since, and within every term but for who handles it.
        Some(Grievance::Own) => wait::back(plan.today, 6 + at as u16 % 4),
        Some(Grievance::Late) => wait::back(plan.today, 5 + at as u16 % 5),
        Some(Grievance::Paid) => back(random.between(150, 400)),
        None if at.is_multiple_of(3) => back(random.between(0, RECENT)),
        None => back(random.between(RECENT, 1095)),
    }
}

/// What is said: evenly over the list, so that every kind occurs.
fn words(
    at: usize,
    flaw: Option<Grievance>,
    now: bool,
    random: &mut Random,
) -> &'static [&'static str] {
    let key = match flaw {
        Some(Grievance::Paid) => "paid",
        _ => "case",
    };
    let rows = lines(key);
    // What one team does not decide about itself is a complaint in the narrow sense.
    let narrow = (flaw.is_some() || now) && key == "case";
    let rows: Vec<&Vec<&str>> = rows
        .iter()
        .filter(|row| !narrow || row.first() == Some(&"投诉"))
        .collect();
    let nth = match key {
        "paid" => at,
        _ => at * 7 + random.below(3) as usize,
    };
    rows.get(nth % rows.len().max(1)).map_or(&[], |row| row)
}

/// Whether somebody above the team can be told of an activity.
fn told(plan: &Plan, act: &Act) -> bool {
    let team = plan.teams.get(act.team);
    act.state == "结项" && act.flaw.is_none() && team.is_some_and(above)
}

/// Teams with somebody above them who handles what is said about them.
fn above(team: &Team) -> bool {
    team.founded && team.class != Class::Top && !team.has(Defect::Parent)
}

/// The last activity that was over before a day; for some defects one of a league, or of the right people.
fn near<'a>(
    plan: &Plan,
    acts: &[&'a Act],
    day: NaiveDate,
    flaw: Option<Grievance>,
    below: bool,
) -> Option<&'a Act> {
    let upto = acts.partition_point(|act| act.day() < day);
    let fits = |act: &&&Act| {
        let class = plan.teams.get(act.team).map(|team| team.class);
        match flaw {
            Some(Grievance::Own) => class == Some(Class::League),
            Some(Grievance::Paid) => came(plan, act).is_some(),
            // The one above the county can pass it further up.
            None if below => class == Some(Class::County),
            _ => true,
        }
    };
    let over = acts.get(..upto)?.iter().rev();
    over.filter(|act| act.last() < day).find(fits).copied()
}

/// Somebody who came to an activity.
pub fn came(plan: &Plan, act: &Act) -> Option<u64> {
    let seats = plan.work().cast.seats.get(act.seats.clone())?;
    let seat = seats.iter().find(|seat| seat.answer == "到场")?;
    Some(seat.person)
}
