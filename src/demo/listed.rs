//! Societies, universities, enterprises and parks: lists of which most are founded.

use crate::demo::class::Class;
use crate::demo::material::{league_of, leagues, shuffled, words};
use crate::demo::size::Size;
use crate::demo::team::{BARE, Team};
use crate::domain::place;

/// Trades of the invented enterprises.
const TRADES: [&str; 12] = [
    "煤炭",
    "稀土",
    "乳业",
    "羊绒",
    "风电",
    "光伏",
    "化工",
    "铝业",
    "农牧",
    "物流",
    "钢铁",
    "中蒙医药",
];

/// Words of the invented enterprises, each with a sign of 演示, 示例 or 样例 in it.
const WORDS: [&str; 4] = ["演原", "示远", "例泽", "样川"];

const PARKS: [&str; 3] = ["高新技术产业开发区", "农牧业科技园区", "现代物流园区"];

/// Adds them behind the skeleton.
pub fn add(teams: &mut Vec<Team>, size: &Size) {
    let lists = [
        (societies(teams), size.teams.societies),
        (universities(teams), size.teams.universities),
        (
            enterprises(teams, size.teams.enterprises.0),
            size.teams.enterprises,
        ),
        (parks(teams, size.teams.parks.0), size.teams.parks),
    ];
    for (list, (listed, founded)) in lists {
        let mut list: Vec<Team> = list.into_iter().take(listed).collect();
        let class = list.first().map_or("", |team| team.class.row().kind);
        let (bare, mut left) = (league_of(BARE), founded);
        for at in shuffled(class, list.len()) {
            if let Some(team) = list.get_mut(at) {
                let orphan = team.league == bare && team.class != Class::University;
                team.founded = left > 0 && !orphan;
                left -= usize::from(team.founded);
            }
        }
        for mut team in list {
            team.record.number = teams.len() as u64 + 1;
            teams.push(team);
        }
    }
}

fn societies(teams: &[Team]) -> Vec<Team> {
    words("societies")
        .iter()
        .filter_map(|word| word.split_once('/'))
        .map(|(name, group)| {
            let mut team = Team::new(Class::Society, name.to_owned(), "150000", teams.first());
            team.group = group;
            team
        })
        .collect()
}

fn universities(teams: &[Team]) -> Vec<Team> {
    words("universities")
        .iter()
        .filter_map(|word| {
            let mut parts = word.split('/');
            let (name, area, level) = (parts.next()?, parts.next()?, parts.next()?);
            let mut team = Team::new(Class::University, name.to_owned(), area, teams.first());
            // Bachelors' universities draw more people; the figure is made up when people are shared out.
            team.weight = if level == "本科" { 350 } else { 60 };
            Some(team)
        })
        .collect()
}

fn enterprises(teams: &[Team], count: usize) -> Vec<Team> {
    let whole = leagues().len();
    (0..count)
        .filter_map(|nth| {
            let league = leagues().get(nth % whole)?;
            // No trade and word come together twice in a league, nor twice among the groups of the region.
            let named = |round: usize, first: usize| {
                let trade = TRADES.get((first * 7 + round) % TRADES.len())?;
                let word = WORDS.get((round + round / TRADES.len() + first) % WORDS.len())?;
                Some(format!("{word}{trade}"))
            };
            if nth % 8 == 3 {
                let name = format!("内蒙古{}集团有限公司", named(nth / 8, 0)?);
                return Some(Team::new(Class::Enterprise, name, "150100", teams.first()));
            }
            let name = named(nth / whole, nth % whole)?;
            let short = place::by_code(league.code)?.short;
            let name = format!("{short}{name}有限公司");
            Some(Team::new(
                Class::Enterprise,
                name,
                league.code,
                above(teams, league.code),
            ))
        })
        .collect()
}

fn parks(teams: &[Team], count: usize) -> Vec<Team> {
    let whole = leagues().len();
    (0..count)
        .filter_map(|nth| {
            let league = leagues().get(nth % whole)?;
            let name = format!(
                "{}{}",
                place::by_code(league.code)?.short,
                PARKS.get(nth / whole)?
            );
            Some(Team::new(
                Class::Park,
                name,
                league.code,
                above(teams, league.code),
            ))
        })
        .collect()
}

fn above<'a>(teams: &'a [Team], area: &str) -> Option<&'a Team> {
    teams.iter().find(|team| team.record.text("area") == area)
}
