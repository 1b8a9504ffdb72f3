//! What the record of a team says: name, founding, numbers, and the defects planted in it.

use chrono::{Datelike, Duration, NaiveDate};

use crate::demo::class::Class;
use crate::demo::material::{leagues, shuffled};
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::size::Size;
use crate::demo::team::Team;
use crate::demo::{MARK, person, post};
use crate::domain::credit_code;
use crate::domain::kind::{Code, Kind};
use crate::domain::organisation::SPELLINGS;
use crate::domain::place::Place;
use crate::domain::value::Value;

/// Founded in which of the eight years up to this one, in a hundred.
const YEARS: [u64; 8] = [2, 9, 24, 28, 20, 10, 6, 1];

/// How many days the first counties are past the day for which they were planned (D02).
const LATE: [i64; 4] = [20, 47, 95, 160];

/// Dresses all, parents before children.
pub fn all(teams: &mut [Team], size: &Size, today: NaiveDate) {
    let mut late = LATE.iter().take(size.planted(LATE.len()));
    for at in shuffled("due", teams.len()) {
        if let Some(team) = teams.get_mut(at).filter(|team| !team.founded) {
            let past = (team.class == Class::County).then(|| late.next()).flatten();
            due(team, past.copied(), today);
        }
    }
    for at in 0..teams.len() {
        let above = teams.get(at).and_then(|team| {
            let parent = team.record.refs("parent").next()?.number as usize;
            teams.get(parent.checked_sub(1)?)?.record.day("founded_on")
        });
        if let Some(team) = teams.get_mut(at) {
            named(team);
            if team.founded {
                founded(team, above, today);
            }
        }
    }
}

fn random(team: &Team) -> Random {
    Random::of("organisation", team.record.number)
}

fn named(team: &mut Team) {
    let name = match team.planted.map(|one| (one.defect, one.nth)) {
        Some((Defect::Spelling, nth)) => {
            let right = team.class.row().suffix;
            let others: Vec<&str> = SPELLINGS.into_iter().filter(|one| *one != right).collect();
            let other = others.get(nth % 2).copied().unwrap_or(right);
            format!("{}{other}", team.base)
        }
        Some((Defect::Name, nth)) => wrong(team, nth),
        _ => team.name(),
    };
    team.record.set("name", name.into());
    let aliases: Vec<String> = match team.class {
        Class::Society => {
            let short = team.base.strip_prefix("内蒙古").unwrap_or(&team.base);
            vec![team.base.clone(), short.to_owned()]
        }
        Class::University | Class::Enterprise | Class::Park => vec![team.base.clone()],
        _ => team.record.texts("aliases").map(str::to_owned).collect(),
    };
    team.record.set("aliases", aliases.into());
    team.record.set("note", MARK.into());
}

/// Short names, the forms of other bodies: what comes in with old lists.
fn wrong(team: &Team, nth: usize) -> String {
    let base = &team.base;
    let short = team.place.map_or("", |place| place.short);
    match nth {
        0 if team.class == Class::County && short != base => format!("{short}科技志愿者队"),
        0 | 3 => format!("{base}科普志愿者队"),
        1 | 5 => format!("{base}科技志愿服务支队"),
        2 => format!("{base}志愿者协会"),
        _ => format!("{base}科协科技志愿服务队"),
    }
}

fn due(team: &mut Team, past: Option<i64>, today: NaiveDate) {
    let mut random = random(team);
    let days = past.map_or(30 + random.below(270) as i64, |days| -days);
    let plan = (today + Duration::days(days)).to_string();
    match team.class {
        Class::League | Class::County => {
            team.record.set("plan_on", plan.into());
            let posts = post::contact(team, &mut random, today);
            team.record.set("posts", Value::List(posts));
        }
        _ if random.below(2) == 0 => {
            team.record.set("status", "筹建".into());
            team.record.set("plan_on", plan.into());
        }
        _ => {}
    }
}

fn founding(
    team: &Team,
    random: &mut Random,
    above: Option<NaiveDate>,
    today: NaiveDate,
) -> NaiveDate {
    let back = match team.class {
        Class::Top => 0,
        _ => random.at(YEARS.into_iter()),
    };
    let year = today.year() - 7 + back as i32;
    let start = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
    let mut day = start + Duration::days(random.below(365) as i64);
    let last = today - Duration::days(30);
    if day > last {
        day = last - Duration::days(random.below(150) as i64);
    }
    if team.planted.is_some() && day > today - Duration::days(500) {
        day -= Duration::days(730);
    }
    day.max(above.map_or(day, |above| above + Duration::days(7)))
}

fn founded(team: &mut Team, above: Option<NaiveDate>, today: NaiveDate) {
    let mut random = random(team);
    let small = matches!(
        team.class,
        Class::Township | Class::Discipline | Class::Department
    );
    let day = founding(team, &mut random, above.filter(|_| small), today);
    let (row, base, number) = (team.class.row(), team.base.clone(), team.record.number);
    let body = if row.founder.is_empty() { "" } else { "科协" };
    let doc = format!("{base}{body}发〔{}〕{}号", day.year(), 1 + random.below(90));
    let phone = person::phone(&mut random);
    let form = random.weighted(&[("队伍", 94), ("团(队)", 6)]).to_owned();
    let code = random.permille(100).then(|| {
        let body = format!("51159900{:09}", number * 7_919);
        credit_code::check(&body).map(|last| format!("{body}{last}"))
    });
    let posts = post::posts(team, &mut random, day, today);
    let address = team.place.map_or(String::new(), Place::path);
    let office = match team.class {
        Class::Top => "科协科学技术普及部",
        _ => "",
    };
    let converted = team.class == Class::County && team.planted.is_none() && number % 16 == 5;
    let record = &mut team.record;
    for (key, text) in [
        ("status", "已成立".to_owned()),
        ("founded_on", day.to_string()),
        ("founder", format!("{base}{}", row.founder)),
        ("founding_doc", doc),
        ("form", form),
        ("phone", phone),
        ("address", format!("{address}{office}（演示地址）")),
        ("credit_code", code.flatten().unwrap_or_default()),
    ] {
        record.set(key, text.into());
    }
    record.set("posts", Value::List(posts));
    if converted {
        let old = format!("{base}科普志愿者协会");
        let mut aliases: Vec<String> = record.texts("aliases").map(str::to_owned).collect();
        record.set("note", format!("{MARK}；由{old}整体转入").into());
        aliases.push(old);
        record.set("aliases", aliases.into());
    }
    match team.planted.map(|one| (one.defect, one.nth)) {
        Some((Defect::Unregistered, _)) => {}
        _ => team
            .record
            .set("platform_no", format!("YS{number:010}").into()),
    }
    if let Some((Defect::Parent, nth)) = team.planted.map(|one| (one.defect, one.nth)) {
        let up = match nth {
            0 => 1,
            _ => 2 + (team.league as u64 + 1) % (leagues().len() as u64 - 1),
        };
        let up = Code::new(Kind::Organisation, up);
        team.record.set("parent", up.to_string().into());
    }
}
