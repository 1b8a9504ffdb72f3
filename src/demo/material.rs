//! The words and figures that everything invented is made of.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::demo::random::Random;

const FILES: &[&str] = &[
    include_str!("data/names.txt"),
    include_str!("data/titles.txt"),
    include_str!("data/employers.txt"),
    include_str!("data/townships.txt"),
    include_str!("data/deeds.txt"),
    include_str!("data/matters.txt"),
];

static LINES: LazyLock<HashMap<&'static str, Vec<Vec<&'static str>>>> = LazyLock::new(|| {
    let mut lines: HashMap<_, Vec<_>> = HashMap::new();
    for (key, words) in FILES
        .iter()
        .flat_map(|file| file.lines())
        .filter_map(|line| line.split_once(' '))
    {
        lines
            .entry(key)
            .or_default()
            .push(words.split(' ').collect());
    }
    lines
});

/// All lines of a key, in their order.
pub fn lines(key: &str) -> &'static [Vec<&'static str>] {
    LINES.get(key).map_or(&[], Vec::as_slice)
}

/// The words of the only line of a key.
pub fn words(key: &str) -> &'static [&'static str] {
    lines(key).first().map_or(&[], Vec::as_slice)
}

/// The words behind the first one, on the line of a key that begins with it.
pub fn under(key: &str, first: &str) -> &'static [&'static str] {
    lines(key)
        .iter()
        .filter_map(|line| line.split_first())
        .find(|(word, _)| **word == first)
        .map_or(&[], |(_, rest)| rest)
}

/// One place with a league's rank: its code, its share of the population and of Mongolians.
#[derive(Clone, Copy, Debug)]
pub struct League {
    /// Its code.
    pub code: &'static str,
    /// Weight of population per 10,000.
    pub share: u64,
    /// Mongolian permille.
    pub mongol: u64,
}

static LEAGUES: LazyLock<Vec<League>> = LazyLock::new(|| {
    words("leagues")
        .iter()
        .filter_map(|word| {
            let mut parts = word.split('/');
            Some(League {
                code: parts.next()?,
                share: parts.next()?.parse().ok()?,
                mongol: parts.next()?.parse().ok()?,
            })
        })
        .collect()
});

/// The twelve leagues in the order of their codes.
pub fn leagues() -> &'static [League] {
    &LEAGUES
}

/// Where the league of a place stands among the twelve; behind them for the region.
pub fn league_of(area: &str) -> usize {
    let head = area.get(..4).unwrap_or("");
    LEAGUES
        .iter()
        .position(|league| league.code.starts_with(head))
        .unwrap_or(LEAGUES.len())
}

/// One source of employers: its weight, the skill that goes with it, and its names around a place.
#[derive(Clone, Debug)]
pub struct Source {
    /// The weight within its group.
    pub weight: u64,
    /// The skill; empty where none goes with it.
    pub skill: &'static str,
    /// Names with `{}` for the place.
    pub names: &'static [&'static str],
}

static SOURCES: LazyLock<HashMap<&'static str, Vec<Source>>> = LazyLock::new(|| {
    let groups = [
        "county", "township", "league", "理科", "工科", "农科", "医科", "交叉",
    ];
    groups
        .into_iter()
        .map(|group| {
            let rows = lines(group)
                .iter()
                .filter_map(|line| match line.as_slice() {
                    [weight, skill, names @ ..] => Some(Source {
                        weight: weight.parse().ok()?,
                        skill: if *skill == "-" { "" } else { skill },
                        names,
                    }),
                    _ => None,
                });
            (group, rows.collect())
        })
        .collect()
});

/// The sources of a group.
pub fn sources(group: &str) -> &'static [Source] {
    SOURCES.get(group).map_or(&[], Vec::as_slice)
}

/// The numbers below `count`, shuffled, the same for the same class.
pub fn shuffled(class: &str, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|at| (Random::of(class, *at as u64).draw(), *at));
    order
}
