//! Rules on the region as a whole: what ought to be there and is not (articles 4 and 6).

use chrono::NaiveDate;

use crate::domain::kind::{Code, Kind};
use crate::domain::organisation_rule::planned;
use crate::domain::place::{Level, Place, places};
use crate::domain::post::holders;
use crate::domain::record::Record;
use crate::domain::rule::Rule;
use crate::domain::said::{Said, t};
use crate::domain::world::World;
use crate::say;

/// What a rule holds against the region at one place.
pub struct Standing {
    /// The code of a place without a team.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What is wrong.
    pub message: Said,
    /// Since when, where it is known.
    pub since: Option<NaiveDate>,
    /// Whose matter it is: the team that is due there, or the next one above it.
    pub home: Option<Code>,
}

/// A rule that looks at all records together.
pub struct RegionRule {
    /// Id, article, strength and term; its own check is not asked.
    pub rule: Rule,
    /// What it finds.
    pub list: fn(&dyn World, NaiveDate) -> Vec<Standing>,
}

/// What holds of all rules on what is missing.
const MISSING: Rule = Rule {
    kind: Kind::Organisation,
    field: "status",
    way_out: t(
        "督促成立，成立后登记：kezhi do found 编号 founder=...",
        "see to its founding, then kezhi do found CODE founder=...",
    ),
    lists: true,
    ..Rule::BASE
};

/// The rules.
pub const RULES: &[RegionRule] = &[
    RegionRule {
        rule: Rule {
            id: "R04-01",
            article: "第四条",
            ..MISSING
        },
        list: |world, day| missing(world, day, Level::Region, "总队"),
    },
    RegionRule {
        rule: Rule {
            id: "R06.1-01",
            article: "第六条第一款",
            ..MISSING
        },
        list: |world, day| missing(world, day, Level::League, "盟市队"),
    },
    RegionRule {
        rule: Rule {
            id: "R06.2-02",
            article: "第六条第二款",
            ..MISSING
        },
        list: |world, day| missing(world, day, Level::County, "旗县队"),
    },
];

/// The places of a level that have no founded team of their kind.
fn missing(world: &dyn World, day: NaiveDate, level: Level, kind: &str) -> Vec<Standing> {
    let asked = places().iter().filter(|place| place.level() == level);
    asked
        .filter_map(|place| without(world, day, place, kind))
        .collect()
}

fn without(world: &dyn World, day: NaiveDate, place: &Place, kind: &str) -> Option<Standing> {
    let teams: Vec<Record> = teams(world, place)
        .into_iter()
        .filter(|team| team.text("kind") == kind && team.live())
        .collect();
    if teams.iter().any(|team| team.status() == "已成立") {
        return None;
    }
    let (message, since) = match teams.first() {
        None => (say!("没有{kind}", "it has no {kind}"), None),
        Some(team) => {
            let (mut said, since) = planned(team, day);
            let (code, status) = (team.code(), team.status());
            said.zh.push_str(&format!("；{code} {status}"));
            said.en.push_str(&format!("; {code} is {status}"));
            if let Some(contact) = holders(team, &["联系人"], day).first() {
                let name = contact.text("holder");
                said.zh.push_str(&format!("，联系人 {name}"));
                said.en.push_str(&format!(", contact {name}"));
            }
            (said, since)
        }
    };
    Some(Standing {
        code: place.code.to_owned(),
        name: place.path(),
        message,
        since,
        home: teams
            .first()
            .map(Record::code)
            .or_else(|| above(world, place)),
    })
}

fn teams(world: &dyn World, place: &Place) -> Vec<Record> {
    let found = world.equal(Kind::Organisation, "area", place.code);
    let codes = found
        .into_iter()
        .map(|number| Code::new(Kind::Organisation, number));
    codes.filter_map(|code| world.record(code)).collect()
}

/// The live team of the next place above that has one.
fn above(world: &dyn World, place: &Place) -> Option<Code> {
    let mut up = place.parent();
    while let Some(place) = up {
        let teams = teams(world, place).into_iter();
        let mut own =
            teams.filter(|team| team.live() && matches!(team.text("kind"), "总队" | "盟市队"));
        if let Some(team) = own.next() {
            return Some(team.code());
        }
        up = place.parent();
    }
    None
}
