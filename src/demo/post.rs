//! Who holds the posts of a team, and since when.

use chrono::{Duration, NaiveDate};

use crate::demo::class::Line;
use crate::demo::name;
use crate::demo::person::phone;
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::domain::value::{Fields, Value};

/// Since how many days a leader is missing (D03): more than 30.
const VACANT: [i64; 3] = [31, 64, 150];

/// How many deputies where the number is wrong: leagues have 3 to 5 (D05), counties 2 or 3 (D06).
const DEPUTIES: [(&str, &[u64]); 2] = [("盟市队", &[2, 6, 1]), ("旗县队", &[1, 4, 0, 5])];

/// Offices of leaders who are not of the science association (D10).
const ELSEWHERE: [&str; 4] = [
    "{}教育局副局长",
    "{}农牧局局长",
    "{}第一中学校长",
    "{}卫生健康委员会副主任",
];

/// The posts of a founded team.
pub fn posts(team: &Team, random: &mut Random, founded: NaiveDate, today: NaiveDate) -> Vec<Value> {
    let mut posts = Vec::new();
    for (at, line) in team.class.row().posts.iter().enumerate() {
        let first = at == 0;
        let holders = holders(team, line, random);
        for nth in 0..holders {
            let late = if first { 0 } else { random.below(300) as i64 };
            let from = (founded + Duration::days(late)).min(today - Duration::days(10));
            let from = from.max(founded);
            if first && nth == 0 {
                posts.extend(leader(team, line, random, from, today));
            } else {
                posts.push(post(team, line, nth, random, (from, None)));
            }
        }
    }
    posts
}

/// The contact of a team that is still due.
pub fn contact(team: &Team, random: &mut Random, today: NaiveDate) -> Vec<Value> {
    let lines = team.class.row().posts.iter();
    lines
        .filter(|line| line.post == "联系人")
        .map(|line| post(team, line, 0, random, (today - Duration::days(200), None)))
        .collect()
}

fn holders(team: &Team, line: &Line, random: &mut Random) -> u64 {
    let usual = line.least + random.below(line.most - line.least + 1);
    let Some(planted) = team.planted else {
        return usual;
    };
    match (planted.defect, line.post) {
        (Defect::Deputies, "副队长") => DEPUTIES
            .iter()
            .find(|row| row.0 == team.class.row().kind)
            .and_then(|(_, counts)| counts.get(planted.nth % counts.len()))
            .map_or(usual, |count| *count),
        (Defect::NoSecretary, "秘书长") => 0,
        (Defect::TwoSecretaries, "秘书长") => 2,
        (Defect::TwoLeaders, "队长") => 2,
        _ => usual,
    }
}

/// The leader, behind a predecessor where the team is old enough; in half of the cases one leaves on the day on which the other comes.
fn leader(
    team: &Team,
    line: &Line,
    random: &mut Random,
    founded: NaiveDate,
    today: NaiveDate,
) -> Vec<Value> {
    let age = (today - founded).num_days();
    let mut posts = Vec::new();
    let mut from = founded;
    if age > 900 && random.below(3) == 0 {
        let to = founded + Duration::days(300 + random.below(age as u64 - 600) as i64);
        posts.push(post(team, line, 0, random, (founded, Some(to))));
        from = to + Duration::days(random.below(2) as i64);
    }
    let to = team
        .planted
        .filter(|planted| planted.defect == Defect::Vacant)
        .map(|planted| {
            let days = VACANT.get(planted.nth).copied().unwrap_or(45);
            today - Duration::days(days)
        });
    posts.push(post(team, line, 0, random, (from, to)));
    posts
}

fn post(
    team: &Team,
    line: &Line,
    nth: u64,
    random: &mut Random,
    (from, to): (NaiveDate, Option<NaiveDate>),
) -> Value {
    let leads = matches!(line.post, "队长");
    let offices = if leads && team.has(Defect::Office) {
        &ELSEWHERE
    } else {
        line.offices
    };
    // Holders of one post have different offices as far as the list goes.
    let at = (team.record.number + nth) % offices.len().max(1) as u64;
    let office = offices.get(at as usize).copied().unwrap_or("");
    let base = format!("{}{}", team.base, team.part);
    let mut fields = Fields::from([
        ("post".to_owned(), line.post.into()),
        (
            "holder".to_owned(),
            name::anybody(random, team.league).into(),
        ),
        ("holder_post".to_owned(), office.replace("{}", &base).into()),
        ("phone".to_owned(), phone(random).into()),
        ("from".to_owned(), from.to_string().into()),
    ]);
    if let Some(to) = to {
        fields.insert("to".to_owned(), to.to_string().into());
    }
    Value::Map(fields)
}
