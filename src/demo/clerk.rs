//! The operators of the demonstration: heads, clerks and inspectors of the region and its leagues, none of whom can log in.

use crate::demo::class::Class;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::demo::{MARK, Plan, name};
use crate::domain::kind::{Code, Kind};
use crate::domain::oversight::OFFICES;
use crate::domain::record::Record;
use crate::domain::route::upward;
use crate::domain::value::Fields;

/// Who decides.
pub const HEAD: &str = "负责人";
/// Who handles.
pub const CLERK: &str = "值班员";
/// Who oversees.
pub const INSPECTOR: &str = "监督员";

/// The roles at every desk, in the order of their numbers; removals take two heads, oversight two offices.
const DESK: [&str; 6] = [HEAD, HEAD, CLERK, CLERK, INSPECTOR, INSPECTOR];

/// Logins nobody has begin here.
const FIRST_UID: u32 = 4_000_000;

/// One operator.
#[derive(Clone, Debug)]
pub struct Clerk {
    /// Its number.
    pub number: u64,
    /// The user id that it would have.
    pub uid: u32,
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: &'static str,
    /// The number of the team that it looks after.
    pub team: u64,
}

impl Clerk {
    /// Its code.
    pub fn code(&self) -> Code {
        Code::new(Kind::Operator, self.number)
    }

    /// Its card.
    pub fn record(&self) -> Record {
        let mut record = Record::new(Kind::Operator, self.number, Fields::new());
        record.rev = 1;
        let scope = Code::new(Kind::Organisation, self.team).to_string();
        record.set("user", format!("yanshi{:03}", self.number).into());
        record.set("name", self.name.as_str().into());
        record.set("roles", vec![self.role.to_owned()].into());
        record.set("scope", vec![scope].into());
        record.set("status", "启用".into());
        record.set("note", MARK.into());
        record
    }
}

/// The operators of the region's team and of the founded leagues.
pub fn clerks(teams: &[Team]) -> Vec<Clerk> {
    let desks = teams
        .iter()
        .filter(|team| matches!(team.class, Class::Top | Class::League) && team.founded);
    let seats = desks.flat_map(|team| DESK.into_iter().map(move |role| (team, role)));
    let clerk = |((team, role), number): ((&Team, &'static str), u64)| {
        let mut random = Random::of("clerk", number);
        let who = name::anybody(&mut random, team.league);
        Clerk {
            number,
            uid: FIRST_UID + number as u32,
            name: who,
            role,
            team: team.record.number,
        }
    };
    seats.zip(1..).map(clerk).collect()
}

impl Plan {
    /// Those of a role who look after a team: its own, or of the nearest above it that has some.
    pub fn desk(&self, team: Code, role: &str) -> Vec<&Clerk> {
        let at = |team: Code| -> Vec<&Clerk> {
            let own = self.clerks.iter();
            own.filter(|clerk| clerk.team == team.number && clerk.role == role)
                .collect()
        };
        let mut found = upward(self, team).into_iter().map(at);
        let found = found.find(|clerks| !clerks.is_empty());
        found.unwrap_or_else(|| at(Code::new(Kind::Organisation, 1)))
    }

    /// Who oversees for an office at a team.
    pub fn inspector(&self, team: Code, office: usize) -> Option<&Clerk> {
        let desk = self.desk(team, INSPECTOR);
        desk.get(office % OFFICES.len()).copied()
    }
}
