//! Search per keystroke, against nucleo-matcher scanning one string per person in the same run.
//!
//! `cargo bench --bench search`; `KEZHI_BENCH_PEOPLE=1000000` sets the size (default 100,000).
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
use kezhi::domain::kind::Code;
use kezhi::domain::reading::initials;
use kezhi::search::{Doc, Index, Query};
use nucleo::pattern::{CaseMatching, Normalization, Pattern};
use nucleo::{Config, Matcher, Utf32String};

struct Times(Vec<f64>);

impl Times {
    fn at(&self, share: f64) -> f64 {
        self.0[((self.0.len() - 1) as f64 * share).round() as usize]
    }
}

fn measure(typed: &[String], mut one: impl FnMut(&str)) -> Times {
    let mut times: Vec<f64> = typed
        .iter()
        .map(|text| {
            let start = Instant::now();
            one(text);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    if std::env::var_os("KEZHI_BENCH_SLOWEST").is_some() {
        let mut slowest: Vec<(f64, &String)> = times.iter().copied().zip(typed).collect();
        slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (time, text) in slowest.iter().take(12) {
            println!("  {time:>9.3} {text}");
        }
    }
    times.sort_by(f64::total_cmp);
    Times(times)
}

fn main() {
    let people: usize = std::env::var("KEZHI_BENCH_PEOPLE")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let mut size = Size::named("M").unwrap();
    size.people = people;
    let plan = Plan::new(size, chrono::NaiveDate::from_ymd_opt(2026, 6, 30).unwrap());
    let mut index = Index::new();
    let mut lines: Vec<Utf32String> = Vec::with_capacity(people);
    let mut some: Vec<Doc> = Vec::new();
    let names: std::collections::HashMap<String, Vec<String>> = plan
        .teams
        .iter()
        .map(|team| {
            let mut names = vec![team.record.title().to_owned()];
            names.extend(team.record.texts("aliases").map(str::to_owned));
            (team.record.code().to_string(), names)
        })
        .collect();
    for record in plan.volunteers() {
        let mut terms = Vec::new();
        for key in ["employer", "skills", "targets", "area", "teams"] {
            for text in record.texts(key) {
                let term = index.term(key, text);
                match key {
                    "teams" => index.name_term(term, &names[text]),
                    "area" => {
                        let place = kezhi::domain::place::by_code(text).unwrap();
                        let mut names = vec![place.name.to_owned(), place.short.to_owned()];
                        names.extend(place.parent().map(|up| up.name.to_owned()));
                        index.name_term(term, &names);
                    }
                    _ => {}
                }
                terms.push(term);
            }
        }
        let team = record.texts("teams").next().unwrap().to_owned();
        lines.push(Utf32String::from(format!(
            "{} {} {} {} {} {}",
            record.title(),
            initials(record.title()),
            record.text("phone"),
            names[&team][0],
            record.text("employer"),
            record.texts("skills").collect::<Vec<_>>().join(" ")
        )));
        let doc = Doc {
            kind: 1,
            number: record.number,
            name: record.title().to_owned().into(),
            person: true,
            digits: vec![record.text("phone").to_owned().into()],
            tails: vec![
                record.text("id_number").to_owned().into(),
                record.text("platform_no").to_owned().into(),
            ],
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
        };
        if some.len() < 1000 {
            some.push(doc.clone());
        }
        index.push(&doc);
    }
    let start = Instant::now();
    index.build();
    let built = start.elapsed().as_secs_f64();
    println!(
        "people {people}, {:.0} bytes a person, built in {built:.2} s after reading",
        index.bytes() as f64 / people as f64
    );
    println!(
        "{:<34} {:>9} {:>9} {:>9}   keystrokes",
        "ms per keystroke", "p50", "p99", "worst"
    );
    let row = |name: &str, times: &Times| {
        println!(
            "{name:<34} {:>9.3} {:>9.3} {:>9.3}   {}",
            times.at(0.5),
            times.at(0.99),
            times.at(1.0),
            times.0.len()
        );
    };
    let find = |index: &Index, text: &str| {
        std::hint::black_box(index.find(&Query {
            text,
            limit: 50,
            ..Query::default()
        }));
    };
    let (known, held) = (
        queries::keystrokes(queries::KNOWN),
        queries::keystrokes(queries::HELD),
    );
    measure(&known, |text| find(&index, text));
    let ours = measure(&known, |text| find(&index, text));
    row("index, known queries", &ours);
    let ours_held = measure(&held, |text| find(&index, text));
    row("index, held-out queries", &ours_held);
    for doc in some {
        index.put(doc);
    }
    row(
        "index, 1,000 changes pending",
        &measure(&held, |text| find(&index, text)),
    );
    let every = if people > 200_000 { 12 } else { 1 };
    let sampled: Vec<String> = held.iter().step_by(every).cloned().collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let peer = measure(&sampled, |text| {
        let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Never);
        let mut best: Vec<(u32, usize)> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| {
                pattern
                    .score(line.slice(..), &mut matcher)
                    .map(|score| (score, at))
            })
            .collect();
        let top = best.len().min(50);
        if top > 0 {
            best.select_nth_unstable_by(top - 1, |a, b| b.cmp(a));
        }
        std::hint::black_box(best);
    });
    row("nucleo-matcher, one string each", &peer);
    println!(
        "ratio to nucleo-matcher, held-out: {:.0} at p50, {:.0} at p99",
        peer.at(0.5) / ours_held.at(0.5),
        peer.at(0.99) / ours_held.at(0.99)
    );
    println!(
        "The two do not answer the same question: nucleo matches letters anywhere in order, over fewer fields and without readings."
    );
}
