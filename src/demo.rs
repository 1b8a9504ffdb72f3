//! Demonstration data: the same records for the same seed, size and day; no real person.
//!
//! Identity numbers carry the unassigned area 159900, phones begin with 140, and every record is
//! marked 演示数据. Each class of things is a table; what is wrong on purpose stands in
//! [`planted`] and [`fault`], and nothing else is wrong.

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::demo::birth::Births;
use crate::demo::class::Class;
use crate::demo::clerk::Clerk;
use crate::demo::material::leagues;
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::demo::work::Work;
use crate::domain::place::{Level, Place, places};
use crate::domain::record::Record;

pub mod act;
pub mod activity;
pub mod agreement;
pub mod answer;
pub mod ask;
pub mod birth;
pub mod branch;
pub mod call;
pub mod cast;
pub mod certificate;
pub mod class;
pub mod clerk;
pub mod complaint;
pub mod course;
pub mod dress;
pub mod employer;
pub mod enrolment;
pub mod fault;
pub mod flaw;
pub mod grievance;
pub mod harm;
pub mod hour;
mod known;
pub mod listed;
pub mod material;
pub mod matter;
pub mod misfit;
pub mod name;
pub mod need;
pub mod number;
pub mod people;
pub mod person;
pub mod planted;
pub mod policy;
pub mod post;
pub mod random;
pub mod risk;
pub mod schedule;
pub mod service;
pub mod session;
pub mod share;
pub mod size;
pub mod standing;
pub mod strict;
pub mod team;
pub mod theme;
pub mod wait;
pub mod watch;
pub mod way;
pub mod work;

pub use size::{Deeds, Size, Teams};

/// The mark of every record.
pub const MARK: &str = "演示数据";

/// What is made, kind by kind.
pub struct Plan {
    /// The size.
    pub size: Size,
    /// The day on which it is as if made.
    pub today: NaiveDate,
    /// The teams with their members.
    pub teams: Vec<Team>,
    /// The operators.
    pub clerks: Vec<Clerk>,
    births: Births,
    counties: Vec<Vec<&'static Place>>,
    open: Vec<Vec<String>>,
    work: OnceLock<Work>,
    matters: OnceLock<Vec<Record>>,
}

impl Plan {
    /// The plan for a size and a day.
    pub fn new(size: Size, today: NaiveDate) -> Plan {
        let teams = team::teams(&size, today);
        let counties = leagues().iter().map(|league| {
            let inside = places().iter().filter(|place| {
                let up = place.parent().map_or("", |up| up.code);
                place.level() == Level::County && up == league.code
            });
            inside.collect()
        });
        Plan {
            size,
            today,
            counties: counties.collect(),
            open: (0..leagues().len()).map(|at| open(&teams, at)).collect(),
            births: Births::of(today),
            work: OnceLock::new(),
            matters: OnceLock::new(),
            clerks: clerk::clerks(&teams),
            teams,
        }
    }

    /// About how many records it makes.
    pub fn about(&self) -> usize {
        let deeds = &self.size.deeds;
        let work = deeds.activities + deeds.needs + 2 * deeds.enrolments;
        let papers = deeds.policies + deeds.agreements + deeds.certificates;
        let matters = deeds.complaints + deeds.incidents + deeds.sanctions;
        let desks = self.clerks.len() + deeds.calls;
        self.teams.len() + desks + self.size.people + work + papers + matters
    }

    /// The organisations.
    pub fn organisations(&self) -> impl Iterator<Item = Record> + Send + '_ {
        self.teams.iter().map(|team| team.record.clone())
    }

    /// The operators, in the order of their numbers.
    pub fn operators(&self) -> impl Iterator<Item = Record> + Send + '_ {
        self.clerks.iter().map(Clerk::record)
    }

    /// The volunteers, in the order of their numbers.
    pub fn volunteers(&self) -> impl Iterator<Item = Record> + Send + '_ {
        self.teams.iter().flat_map(move |team| {
            (0..team.members as u64).map(move |nth| person::volunteer(self, team, nth))
        })
    }

    /// The volunteer with a number.
    pub fn person(&self, number: u64) -> Option<Record> {
        let after = self.teams.partition_point(|team| team.before < number);
        let team = self.teams.get(after.checked_sub(1)?)?;
        let inside = team.numbers().contains(&number);
        inside.then(|| person::volunteer(self, team, number - team.before - 1))
    }

    /// What the teams do, planned when it is first asked for.
    pub fn work(&self) -> &Work {
        self.work.get_or_init(|| Work::of(self))
    }

    /// The needs, in the order of their days.
    pub fn needs(&self) -> impl Iterator<Item = Record> + Send + '_ {
        need::all(self)
    }

    /// The enrolments, in the order of the activities.
    pub fn enrolments(&self) -> impl Iterator<Item = Record> + Send + '_ {
        enrolment::all(self)
    }

    /// The policies, by the day on which they begin.
    pub fn policies(&self) -> impl Iterator<Item = Record> + Send + '_ {
        policy::all(self).into_iter()
    }

    /// The agreements, by the day on which they begin.
    pub fn agreements(&self) -> impl Iterator<Item = Record> + Send + '_ {
        agreement::all(self).into_iter()
    }

    /// The service records, in the order of the enrolments.
    pub fn services(&self) -> impl Iterator<Item = Record> + Send + '_ {
        service::all(self)
    }

    /// The certificates, in the order in which they were asked for.
    pub fn certificates(&self) -> impl Iterator<Item = Record> + Send + '_ {
        certificate::all(self).into_iter()
    }

    /// The activities, in the order of their days.
    pub fn activities(&self) -> impl Iterator<Item = Record> + Send + '_ {
        activity::all(self)
    }

    /// The complaints, made when they are first asked for.
    pub fn matters(&self) -> &[Record] {
        self.matters.get_or_init(|| complaint::all(self))
    }

    /// The complaints, in the order of their days.
    pub fn complaints(&self) -> impl Iterator<Item = Record> + Send + '_ {
        self.matters().iter().cloned()
    }

    /// The incidents, in the order of their days.
    pub fn incidents(&self) -> impl Iterator<Item = Record> + Send + '_ {
        harm::all(self).into_iter()
    }

    /// The oversight of major activities, in the order in which inspectors were named.
    pub fn oversights(&self) -> impl Iterator<Item = Record> + Send + '_ {
        watch::all(self).into_iter()
    }

    /// The sanctions, in the order of their days.
    pub fn sanctions(&self) -> impl Iterator<Item = Record> + Send + '_ {
        strict::all(self).into_iter()
    }

    /// The calls, in the order of their days.
    pub fn calls(&self) -> impl Iterator<Item = Record> + Send + '_ {
        call::all(self).into_iter()
    }

    /// A county of a league; none behind the twelve.
    fn county(&self, league: usize, random: &mut Random) -> Option<&'static Place> {
        let counties = self.counties.get(league)?;
        let at = random.below(counties.len() as u64) as usize;
        counties.get(at).copied()
    }

    /// The teams of somebody whose primary team is this: one, for seven in a hundred two, for one three.
    fn teams_of(&self, team: &Team, league: usize, random: &mut Random) -> Vec<String> {
        let mut teams = vec![team.record.code().to_string()];
        let further = match random.below(100) {
            0..7 => 1,
            7 => 2,
            _ => 0,
        };
        let open = self.open.get(league).map_or(&[][..], Vec::as_slice);
        for _ in 0..further {
            let at = random.below(open.len() as u64) as usize;
            let other = (at..at + open.len().min(4)).find_map(|at| {
                open.get(at % open.len())
                    .filter(|other| !teams.contains(other))
            });
            teams.extend(other.cloned());
        }
        teams
    }
}

/// The teams of a league that take in people from others; those with planted numbers do not.
fn open(teams: &[Team], league: usize) -> Vec<String> {
    let takes = |team: &&Team| {
        let apart = [Defect::Few, Defect::Enough, Defect::Unregistered];
        let near = match team.class {
            Class::League | Class::County => team.league == league,
            Class::Society => true,
            _ => false,
        };
        near && team.founded && !apart.iter().any(|defect| team.has(*defect))
    };
    let open = teams.iter().filter(takes);
    open.map(|team| team.record.code().to_string()).collect()
}
