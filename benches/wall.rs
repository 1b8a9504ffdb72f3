//! What the wall costs a search: the same keystrokes over the same people, without any complaint in the
//! store, with 100,000 of them, and with several hundred of those kept from whoever searches.
//!
//! `cargo bench --bench wall`; `KEZHI_BENCH_PEOPLE` sets the size (default 1,000,000).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::time::Instant;

#[path = "queries.rs"]
mod queries;

use kezhi::demo::{Plan, Size};
use kezhi::domain::complaint_field::TOPICS;
use kezhi::domain::kind::{Code, KINDS, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::value::Fields;
use kezhi::protocol::Who;
use kezhi::search::{Doc, Index, Query};
use kezhi::service::desk::Desk;
use kezhi::service::permit;

const COMPLAINTS: u64 = 100_000;
/// So many of them are kept from whoever searches.
const WALLED: u64 = 600;
const CALLER: u64 = 4711;

fn people(plan: &Plan, index: &mut Index) {
    for record in plan.volunteers() {
        let mut terms = Vec::new();
        for key in ["employer", "skills", "targets", "area", "teams"] {
            terms.extend(record.texts(key).map(|text| index.term(key, text)));
        }
        index.push(&Doc {
            kind: Kind::Volunteer.bit(),
            number: record.number,
            name: record.title().to_owned().into(),
            person: true,
            digits: vec![record.text("phone").to_owned().into()],
            tails: vec![record.text("id_number").to_owned().into()],
            terms,
            scope: record
                .refs("teams")
                .map(|code: Code| code.number as u32)
                .collect(),
            live: record.text("status") == "在册",
            recency: record
                .day("joined_on")
                .map_or(0, |day| chrono::Datelike::num_days_from_ce(&day)),
            ..Doc::default()
        });
    }
}

/// The matters; every so many of them the caller has stepped back from.
fn matters(plan: &Plan, desk: &mut Desk, walled: u64) {
    // What is about the region itself is kept from everybody.
    let below = plan.teams.iter().filter(|team| team.record.number > 1);
    let teams: Vec<&Record> = below.map(|team| &team.record).collect();
    for nth in 0..COMPLAINTS {
        let number = 2_026_000_000 + nth;
        let team = teams[nth as usize % teams.len()];
        let topic = TOPICS[nth as usize % TOPICS.len()].zh;
        let mut record = Record::new(Kind::Complaint, number, Fields::new());
        record.set("against", vec![team.code().to_string()].into());
        if walled > 0 && nth % (COMPLAINTS / walled) == 0 {
            let code = Code::new(Kind::Operator, CALLER).to_string();
            record.set("recused", vec![code].into());
        }
        desk.wall.put(&record);
        desk.index.push(&Doc {
            kind: Kind::Complaint.bit(),
            number,
            name: format!("反映{}{topic}", team.title()).into(),
            scope: vec![1],
            live: nth % 20 == 0,
            recency: 739_000 - (nth % 3000) as i32,
            ..Doc::default()
        });
    }
}

fn main() {
    let people_asked: usize = std::env::var("KEZHI_BENCH_PEOPLE")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1_000_000);
    let mut size = Size::named("M").unwrap();
    size.people = people_asked;
    let plan = Plan::new(size, chrono::NaiveDate::from_ymd_opt(2026, 6, 30).unwrap());
    let desks: Vec<Desk> = [None, Some(0), Some(WALLED)]
        .into_iter()
        .map(|walled| {
            let mut desk = Desk::default();
            for team in &plan.teams {
                desk.tree.put(&team.record);
            }
            people(&plan, &mut desk.index);
            if let Some(walled) = walled {
                matters(&plan, &mut desk, walled);
            }
            desk.index.build();
            desk
        })
        .collect();
    let who = Who {
        roles: vec![Role::Operator, Role::Head],
        scope: vec![Code::new(Kind::Organisation, 1)],
        operator: Some(Code::new(Kind::Operator, CALLER)),
        ..Who::default()
    };
    let mut kinds = 0u16;
    for spec in KINDS.iter().filter(|spec| spec.searched) {
        if permit::may(&who.roles, "read", Some(spec.kind)) {
            kinds |= 1 << spec.kind.bit();
        }
    }
    let hidden: Vec<usize> = desks
        .iter()
        .map(|desk| desk.hidden_from(&who, kinds).ids.len())
        .collect();
    println!("people {people_asked}, complaints {COMPLAINTS}, kept from the caller {hidden:?}");
    let find = |desk: &Desk, text: &str| {
        let start = Instant::now();
        let hidden = desk.hidden_from(&who, kinds);
        std::hint::black_box(desk.index.find(&Query {
            text,
            kinds,
            hidden: &hidden.ids,
            hidden_at: Some(&hidden.places),
            limit: 50,
            ..Query::default()
        }));
        start.elapsed().as_secs_f64() * 1e3
    };
    let typed = queries::keystrokes(queries::HELD);
    for text in &typed {
        desks.iter().for_each(|desk| {
            find(desk, text);
        });
    }
    // Each keystroke in all three by turns, five times; of each its median.
    let mut times = vec![Vec::with_capacity(typed.len()); desks.len()];
    for (nth, text) in typed.iter().enumerate() {
        let mut own = vec![Vec::new(); desks.len()];
        for round in 0..5 {
            for turn in 0..desks.len() {
                let at = (turn + nth + round) % desks.len();
                own[at].push(find(&desks[at], text));
            }
        }
        for (at, mut own) in own.into_iter().enumerate() {
            own.sort_by(f64::total_cmp);
            times[at].push(own[own.len() / 2]);
        }
    }
    let median = |times: &[f64]| {
        let mut times = times.to_vec();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    println!("{:<44} {:>9} {:>9}", "ms per keystroke", "median", "mean");
    for (name, times) in [
        "no complaint in the store",
        "with complaints, none kept from the caller",
        "with complaints, some kept from the caller",
    ]
    .into_iter()
    .zip(&times)
    {
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        println!("{name:<44} {:>9.4} {mean:>9.4}", median(times));
    }
    let over = |one: usize, other: usize| {
        let pairs = times[one].iter().zip(&times[other]);
        let shares: Vec<f64> = pairs.map(|(one, other)| one / other - 1.0).collect();
        median(&shares) * 100.0
    };
    println!(
        "median over pairs: wall alone {:+.1} %, complaints and wall {:+.1} %, {} keystrokes",
        over(2, 1),
        over(2, 0),
        typed.len()
    );
}
