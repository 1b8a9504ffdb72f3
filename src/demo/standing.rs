//! How somebody stands on the register, and since when.

use chrono::Duration;

use crate::demo::Plan;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::domain::record::Record;

const STATES: &[(&str, u64)] = &[
    ("在册", 900),
    ("待核", 40),
    ("已退出", 45),
    ("已清退", 3),
    ("暂停", 12),
];

/// Status, and the days of joining, pledge, consent and confirmation.
pub fn standing(plan: &Plan, team: &Team, nth: u64, random: &mut Random, record: &mut Record) {
    let drawn = random.weighted(STATES);
    let exact = team.registered.map(|registered| registered as u64);
    let status = match exact {
        Some(registered) if nth < registered => "在册",
        Some(_) if nth.is_multiple_of(2) => "待核",
        Some(_) => "已退出",
        None => drawn,
    };
    let founded = team.record.day("founded_on").unwrap_or(plan.today);
    let age = (plan.today - founded).num_days().max(1) as u64;
    let waiting = status == "待核";
    let back = if waiting {
        1 + random.below(25.min(age))
    } else {
        1 + random.below(age)
    };
    let joined = plan.today - Duration::days(back as i64);
    record.set("joined_on", joined.to_string().into());
    let confirmed = exact.is_some() || random.below(1000) < 969;
    if !waiting {
        record.set("pledge_on", joined.to_string().into());
        if confirmed {
            let after = random.below(20.min(back + 1)) as i64;
            let day = joined + Duration::days(after);
            record.set("confirmed_on", day.to_string().into());
            record.set("consent_on", joined.to_string().into());
        }
    }
    record.set("status", status.into());
}
