//! The complaints: about a team, with the team above it.

use chrono::{Duration, NaiveDate};

use crate::demo::class::Class;
use crate::demo::material::lines;
use crate::demo::name;
use crate::demo::number::Yearly;
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::demo::{MARK, Plan};
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::value::Fields;

/// Matters by weight: service, money, registers, safety.
const MATTERS: [u64; 4] = [45, 20, 20, 15];

/// After so many days everything is closed.
const CLOSED: i64 = 60;

/// All complaints, in the order of their days.
pub fn all(plan: &Plan) -> impl Iterator<Item = Record> + Send + '_ {
    let mut days: Vec<NaiveDate> = (0..plan.size.deeds.complaints)
        .map(|at| {
            let back = Random::of("complaint-day", at as u64).below(1095);
            plan.today - Duration::days(back as i64)
        })
        .collect();
    days.sort_unstable();
    let accused: Vec<&Team> = plan.teams.iter().filter(open).collect();
    let mut numbers = Yearly::default();
    days.into_iter().enumerate().map(move |(at, day)| {
        let number = numbers.next(day);
        let mut random = Random::of("complaint", at as u64);
        let mut record = Record::new(Kind::Complaint, number, Fields::new());
        record.rev = 1;
        if let Some(team) = accused.get(random.below(accused.len() as u64) as usize) {
            let about = vec![team.record.code().to_string()];
            record.set("accused", about.clone().into());
            record.set("against", about.into());
            record.set("receiver", team.record.text("parent").into());
        }
        let rows = lines("matter");
        let row = rows.get(random.at(MATTERS.into_iter()));
        let (_, words) = row.and_then(|row| row.split_first()).unwrap_or((&"", &[]));
        let words = random.pick(words);
        record.set("title", words.into());
        record.set("facts", words.into());
        record.set("kind", "投诉".into());
        record.set("received_at", day.to_string().into());
        let who = match random.below(10) {
            0 => "匿名".to_owned(),
            _ => name::han(&mut random),
        };
        record.set("complainant", format!("{who}（演示）").into());
        record.set("day", day.to_string().into());
        let old = (plan.today - day).num_days() > CLOSED;
        let state = if old {
            "办结"
        } else {
            random.pick(&["受理", "核查", "办结"])
        };
        record.set("status", state.into());
        record.set("note", MARK.into());
        record
    })
}

/// Teams with somebody above them who handles what is said about them.
fn open(team: &&Team) -> bool {
    team.founded && team.class != Class::Top && !team.has(Defect::Parent)
}
