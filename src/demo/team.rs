//! The teams: the skeleton of the region, what stands beside and below it, and who is founded.

use chrono::NaiveDate;

use crate::demo::class::Class;
use crate::demo::fault::Fault;
use crate::demo::planted::{self, Planted};
use crate::demo::size::Size;
use crate::demo::{branch, dress, fault, listed, material, share};
use crate::domain::kind::Kind;
use crate::domain::place::{self, Place};
use crate::domain::record::Record;
use crate::domain::skeleton::skeleton;
use crate::domain::value::Fields;

/// A team.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its record.
    pub record: Record,
    /// Its class.
    pub class: Class,
    /// Whose team it is: 红山区, 内蒙古大学.
    pub base: String,
    /// The department or discipline of a sub-team.
    pub part: &'static str,
    /// The group of employers that its people come from; empty where the base employs them.
    pub group: &'static str,
    /// Where its league stands among the twelve; behind them for the whole region.
    pub league: usize,
    /// Its place.
    pub place: Option<&'static Place>,
    /// Whether it is founded.
    pub founded: bool,
    /// What was planted in it.
    pub planted: Option<Planted>,
    /// How many people it draws, against others.
    pub weight: u64,
    /// How many volunteers have it as their primary team.
    pub members: usize,
    /// How many of them are exactly 在册, where that is planted.
    pub registered: Option<usize>,
    /// The number before that of its first member.
    pub before: u64,
    /// What was planted in its members, by their place.
    pub faults: Vec<(u64, Fault)>,
}

impl Team {
    /// A new team, 应成立, whose number is given with its place in the list.
    pub fn new(class: Class, base: String, area: &str, parent: Option<&Team>) -> Team {
        let mut record = Record::new(Kind::Organisation, 0, Fields::new());
        record.rev = 1;
        record.set("kind", class.row().kind.into());
        record.set("area", area.into());
        record.set("status", "应成立".into());
        if let Some(parent) = parent {
            record.set("parent", parent.record.code().to_string().into());
        }
        Team {
            record,
            class,
            base,
            part: "",
            group: "",
            league: material::league_of(area),
            place: place::by_code(area),
            founded: false,
            planted: None,
            weight: 0,
            members: 0,
            registered: None,
            before: 0,
            faults: Vec::new(),
        }
    }

    /// The name that article 6 prescribes.
    pub fn name(&self) -> String {
        let (base, part, suffix) = (&self.base, self.part, self.class.row().suffix);
        if part.is_empty() {
            format!("{base}{suffix}")
        } else {
            format!("{base}{suffix}{part}分队")
        }
    }

    /// Whether something of a kind was planted.
    pub fn has(&self, defect: planted::Defect) -> bool {
        self.planted.is_some_and(|planted| planted.defect == defect)
    }

    /// The numbers of its members.
    pub fn numbers(&self) -> std::ops::RangeInclusive<u64> {
        self.before + 1..=self.before + self.members as u64
    }
}

/// Counties that are founded at every size: those that examples name, and those whose names hold each other.
pub const KEPT: [&str; 7] = [
    "150402", "150623", "150624", "150625", "150726", "150727", "150826",
];

/// The league that is not founded, with its counties (D01).
pub const BARE: &str = "152900";

/// All teams with their members.
pub fn teams(size: &Size, today: NaiveDate) -> Vec<Team> {
    let mut teams: Vec<Team> = Vec::new();
    for record in skeleton() {
        let class = match record.text("kind") {
            "总队" => Class::Top,
            "盟市队" => Class::League,
            _ => Class::County,
        };
        let base = record.texts("aliases").next().unwrap_or("").to_owned();
        let mut team = Team::new(class, base, record.text("area"), None);
        team.record = record;
        team.group = if class == Class::County {
            "county"
        } else {
            "league"
        };
        teams.push(team);
    }
    found(&mut teams, size);
    listed::add(&mut teams, size);
    planted::claim(&mut teams, size);
    branch::add(&mut teams, size);
    dress::all(&mut teams, size, today);
    share::out(&mut teams, size);
    fault::spread(&mut teams, size);
    teams
}

fn found(teams: &mut [Team], size: &Size) {
    let mut left = size.teams.counties.saturating_sub(KEPT.len());
    let order = material::shuffled("county", teams.len());
    let bare = material::league_of(BARE);
    for at in order {
        let Some(team) = teams.get_mut(at) else {
            continue;
        };
        team.founded = match team.class {
            Class::County if KEPT.contains(&team.record.text("area")) => true,
            Class::County if team.league != bare && left > 0 => {
                left -= 1;
                true
            }
            Class::County => false,
            _ => team.league != bare,
        };
    }
}
