//! How the people are shared out among the teams.

use crate::demo::class::Class;
use crate::demo::material::{leagues, lines};
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::size::Size;
use crate::demo::team::Team;

/// Registered members of the counties below 50 (D08), the first lacking one.
const FEW: [usize; 8] = [49, 45, 41, 36, 31, 28, 24, 20];

/// The boundary that is no defect.
const ENOUGH: usize = 50;

/// At least so many in every other county, so that more than 50 are registered and confirmed.
const COUNTY_LEAST: usize = 78;

/// At least so many in the first league's team, where the people with fixed names stand.
const FIRST_LEAST: usize = 120;

/// At least so many in every other founded team.
const LEAST: usize = 4;

/// Weight that the counties share, by the population of their leagues.
const COUNTIES: u64 = 14_500;

/// Shares the people out and numbers them.
pub fn out(teams: &mut [Team], size: &Size) {
    weigh(teams);
    for team in teams.iter_mut().filter(|team| team.founded) {
        let registered = match team.planted.map(|one| (one.defect, one.nth)) {
            Some((Defect::Few, nth)) => FEW.get(nth).copied(),
            Some((Defect::Enough, _)) => Some(ENOUGH),
            _ => None,
        };
        team.registered = registered;
        team.members = match (registered, team.class) {
            (Some(registered), _) => registered + registered / 12 + 1,
            (None, Class::Top) => 0,
            (None, _) if team.record.number == 2 => FIRST_LEAST,
            (None, Class::County) => COUNTY_LEAST,
            (None, _) => LEAST,
        };
        if registered.is_some() {
            team.weight = 0;
        }
    }
    let least: usize = teams.iter().map(|team| team.members).sum();
    if size.people < least {
        // Too few for the region: everybody gets less, and the counts of members fall short everywhere.
        teams.iter_mut().for_each(|team| team.members = 0);
    }
    by_weight(teams, size.people);
    let given: usize = teams.iter().map(|team| team.members).sum();
    if let Some(team) = teams.iter_mut().max_by_key(|team| team.weight) {
        team.members += size.people.saturating_sub(given);
    }
    let mut before = 0;
    for team in teams {
        team.before = before;
        before += team.members as u64;
    }
}

/// Gives by weight; who would get less than the least keeps that and leaves the others to share the rest.
fn by_weight(teams: &mut [Team], people: usize) {
    let mut kept: Vec<bool> = teams.iter().map(|team| team.weight == 0).collect();
    loop {
        let held = |(team, kept): (&Team, &bool)| if *kept { team.members } else { 0 };
        let fixed: usize = teams.iter().zip(&kept).map(held).sum();
        let left = people.saturating_sub(fixed) as u64;
        let loose = |(team, kept): (&Team, &bool)| if *kept { 0 } else { team.weight };
        let sum: u64 = teams.iter().zip(&kept).map(loose).sum();
        let part = |team: &Team| (left * team.weight / sum.max(1)) as usize;
        let mut short = false;
        for (team, kept) in teams.iter().zip(&mut kept) {
            if !*kept && part(team) < team.members {
                *kept = true;
                short = true;
            }
        }
        if !short {
            for (team, kept) in teams.iter_mut().zip(&kept) {
                if !*kept {
                    team.members = part(team);
                }
            }
            return;
        }
    }
}

fn weigh(teams: &mut [Team]) {
    let most = leagues().iter().map(|row| row.share).max().unwrap_or(1);
    // A county weighs by its townships, give or take 30 %, within what its league has.
    let rough: Vec<u64> = teams.iter().map(rough).collect();
    let mut of_league = vec![0u64; leagues().len() + 1];
    for (team, rough) in teams.iter().zip(&rough) {
        if let Some(sum) = of_league.get_mut(team.league) {
            *sum += rough;
        }
    }
    for (team, rough) in teams.iter_mut().zip(rough) {
        let mut random = Random::of("weight", team.record.number);
        let share = leagues().get(team.league).map_or(0, |row| row.share);
        team.weight = match team.class {
            _ if !team.founded => 0,
            Class::Top => 0,
            Class::League => 180 + 720 * share / most,
            Class::County => {
                let sum = of_league.get(team.league).copied().unwrap_or(1).max(1);
                (COUNTIES * share * rough / 10_000 / sum).clamp(60, 520)
            }
            Class::Society => 25 + random.below(236),
            Class::University => team.weight + random.below(350),
            Class::Enterprise => 20 + random.below(141),
            Class::Park => 20 + random.below(71),
            Class::Township => 8 + random.below(33),
            Class::Discipline | Class::Department => 10 + random.below(40),
        };
    }
}

fn rough(team: &Team) -> u64 {
    if team.class != Class::County || !team.founded {
        return 0;
    }
    let townships = lines(team.record.text("area")).iter().flatten().count() as u64;
    townships * (70 + Random::of("county-weight", team.record.number).below(61))
}
