//! Where somebody works, and as what.

use crate::demo::birth::Ages;
use crate::demo::class::Class;
use crate::demo::material::sources;
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::domain::place::Place;
use crate::domain::record::Record;

const GRADES: &[(&str, u64)] = &[
    ("正高级", 5),
    ("副高级", 20),
    ("中级", 44),
    ("初级", 25),
    ("", 6),
];

/// Employer and grade; answers the skill that goes with them.
pub fn work(
    team: &Team,
    place: Option<&'static Place>,
    years: i32,
    student: bool,
    random: &mut Random,
    record: &mut Record,
) -> &'static str {
    if years < 18 && team.class.row().ages != Ages::Campus {
        let county = place.map_or("", |place| place.name);
        record.set("employer", format!("{county}第一中学").into());
        return "青少年科技教育";
    }
    let rows = sources(team.group);
    if team.group.is_empty() || rows.is_empty() || team.class == Class::Department {
        record.set("employer", team.base.as_str().into());
        if !student {
            record.set("title", random.weighted(GRADES).into());
        }
        return "";
    }
    let Some(source) = rows.get(random.at(rows.iter().map(|row| row.weight))) else {
        return "";
    };
    let whose = match team.class {
        Class::County | Class::Township => team.base.as_str(),
        _ => place.and_then(Place::parent).map_or("", |up| up.name),
    };
    let employer = random.pick(source.names).replace("{}", whose);
    record.set("employer", employer.into());
    record.set("title", random.weighted(GRADES).into());
    source.skill
}
