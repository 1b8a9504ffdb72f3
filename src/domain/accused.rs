//! 被反映对象: whom a complaint is, or ever was, about, as it was said when they were entered.
//!
//! Names and codes are kept in the complaint itself: what is erased or renamed elsewhere, or taken out
//! of the list of the accused, neither leaves the case without its names nor opens it to them.

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::route::title;
use crate::domain::world::World;

/// The field that keeps them, a line each: the code, where there is one, and the name.
pub const KEPT: &str = "accused_said";

/// The fields that say whom it is about now.
pub const ABOUT: [&str; 3] = ["accused", "accused_other", "activity"];

/// The names of those who stand in no register.
pub fn others(record: &Record) -> impl Iterator<Item = &str> {
    let names = record.text("accused_other");
    let names = names
        .split(['、', '，', ',', '；', ';', ' '])
        .map(str::trim);
    names.filter(|name| !name.is_empty())
}

/// Those who were ever accused: the code, where there is one, and the name as it was.
fn kept(record: &Record) -> impl Iterator<Item = (Option<Code>, &str)> {
    let lines = record.text(KEPT).lines();
    lines.map(|line| match line.split_once(' ') {
        Some((code, name)) if Code::read(code).is_some() => (Code::read(code), name),
        _ => (None, line),
    })
}

/// The volunteers whom it is or ever was about.
pub fn volunteers(record: &Record) -> Vec<Code> {
    let kept = kept(record).filter_map(|(code, _)| code);
    let all = record.refs("accused").chain(kept);
    let mut found: Vec<Code> = all.filter(|code| code.kind == Kind::Volunteer).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The people whom it is or ever was about, by name: volunteers, and who is in no register.
pub fn people(record: &Record, world: &dyn World) -> Vec<String> {
    let volunteers = record.refs("accused");
    let volunteers = volunteers.filter(|code| code.kind == Kind::Volunteer);
    let mut names: Vec<String> = volunteers.map(|code| title(world, code)).collect();
    names.extend(others(record).map(str::to_owned));
    for (code, name) in kept(record) {
        let person = code.is_none_or(|code| code.kind == Kind::Volunteer);
        if person && !names.iter().any(|one| one == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// Keeps the names of those whom it is about now beside those of before.
pub fn keep(record: &mut Record, world: &dyn World) {
    let mut lines: Vec<String> = record.text(KEPT).lines().map(str::to_owned).collect();
    let coded = record.refs("accused").chain(record.refs("activity"));
    let coded = coded.map(|code| {
        let known = world.record(code);
        let name = known.map(|known| known.title().to_owned());
        (code.to_string(), name.unwrap_or_default())
    });
    let had = |lines: &[String], code: &str| {
        let mut lines = lines.iter();
        lines.any(|line| line.split(' ').next() == Some(code))
    };
    for (code, name) in coded.collect::<Vec<_>>() {
        if !had(&lines, &code) {
            lines.push(format!("{code} {name}"));
        }
    }
    for name in others(record) {
        if !lines.iter().any(|line| line == name) {
            lines.push(name.to_owned());
        }
    }
    record.set(KEPT, lines.join("\n").into());
}

/// Those who were accused before and are no more.
pub fn dropped(before: &Record, after: &Record) -> Vec<String> {
    let coded = |key: &'static str| {
        let gone = before.refs(key);
        let gone = gone.filter(move |code| {
            !ABOUT
                .iter()
                .any(|key| after.refs(key).any(|one| one == *code))
        });
        gone.map(|code| code.to_string())
    };
    let names = others(before).filter(|name| !others(after).any(|one| one == *name));
    let all = coded("accused").chain(coded("activity"));
    all.chain(names.map(str::to_owned)).collect()
}
