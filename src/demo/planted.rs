//! Defects that are planted in teams, each in a team of its own, so that every rule finds exactly its number.

use crate::demo::class::Class;
use crate::demo::material::shuffled;
use crate::demo::size::Size;
use crate::demo::team::Team;

/// What is wrong with a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// D03: no leader for more than 30 days.
    Vacant,
    /// D04: two leaders at a time.
    TwoLeaders,
    /// D05, D06: too few or too many deputies.
    Deputies,
    /// D07: no secretary-general.
    NoSecretary,
    /// D07: two of them.
    TwoSecretaries,
    /// D08: fewer than 50 registered.
    Few,
    /// A boundary beside D08: exactly 50.
    Enough,
    /// D09: another of the three spellings.
    Spelling,
    /// D09: a wrong name.
    Name,
    /// D10: a leader who is not of the science association.
    Office,
    /// D11: a parent that skips a level or lies elsewhere.
    Parent,
    /// D12: nobody on the platform.
    Unregistered,
    /// D25: no activity within twelve months.
    Idle,
}

/// A defect, and the how-manieth of its kind this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planted {
    /// What is wrong.
    pub defect: Defect,
    /// From 0.
    pub nth: usize,
}

use Class::{County, Enterprise, League, Park, Society, University};

/// Defect, number at size M, and the classes it goes round.
const ROWS: &[(Defect, usize, &[Class])] = &[
    (Defect::Vacant, 3, &[County]),
    (Defect::Vacant, 1, &[Society]),
    (Defect::TwoLeaders, 2, &[County]),
    (Defect::Deputies, 3, &[League]),
    (Defect::Deputies, 9, &[County]),
    (Defect::NoSecretary, 1, &[League]),
    (Defect::TwoSecretaries, 1, &[League]),
    (Defect::Few, 8, &[County]),
    (Defect::Enough, 2, &[County]),
    (
        Defect::Spelling,
        12,
        &[County, Society, University, County, Enterprise, Park],
    ),
    (Defect::Name, 6, &[County, Society, Enterprise]),
    (
        Defect::Office,
        14,
        &[County, County, County, League, County, County, County],
    ),
    (Defect::Parent, 2, &[County]),
    (Defect::Unregistered, 3, &[County, Society, Enterprise]),
    (
        Defect::Idle,
        21,
        &[
            County, Society, County, University, Society, Enterprise, County,
        ],
    ),
];

/// The county that examples name stays as it should be.
const EXAMPLE: &str = "150402";

/// Gives every planted defect a founded team of its own.
pub fn claim(teams: &mut [Team], size: &Size) {
    let order = shuffled("planted", teams.len());
    for (defect, count, classes) in ROWS {
        for nth in 0..size.planted(*count) {
            let class = classes.get(nth % classes.len());
            let free = order.iter().copied().find(|at| {
                teams.get(*at).is_some_and(|team| {
                    let example = team.record.text("area") == EXAMPLE && team.class == County;
                    team.founded && team.planted.is_none() && !example && Some(&team.class) == class
                })
            });
            if let Some(team) = free.and_then(|at| teams.get_mut(at)) {
                team.planted = Some(Planted {
                    defect: *defect,
                    nth,
                });
            }
        }
    }
}

impl Defect {
    /// Whether sub-teams below would change what a rule counts.
    pub fn stands_alone(self) -> bool {
        matches!(
            self,
            Defect::Few | Defect::Enough | Defect::Parent | Defect::Unregistered | Defect::Idle
        )
    }
}
