//! Rules on who belongs to a team: whether anybody does, at least 50, and the platform (articles 6 and 8).

use std::collections::HashSet;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::rule::{Case, Found, Rule, stands};
use crate::domain::said::t;
use crate::domain::world::{World, holding};
use crate::say;

/// What holds of all rows that list a roster.
const ROSTER: Rule = Rule {
    kind: Kind::Organisation,
    field: "status",
    way_out: t(
        "招募并登记：kezhi new volunteer teams=编号 ...；待核的办确认",
        "recruit and enter: kezhi new volunteer teams=CODE ...; confirm those who wait",
    ),
    ..Rule::BASE
};

const PLATFORM: Rule = Rule {
    field: "platform_no",
    way_out: t(
        "办理团体注册，登记平台注册号：kezhi list volunteer --where teams=编号",
        "register them as a group, enter the numbers: kezhi list volunteer --where teams=CODE",
    ),
    ..ROSTER
};

/// At least so many belong to a county's team (article 6).
const LEAST: usize = 50;

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(ROSTER, "R06.1-02", "第六条第一款", Must, empty()),
    stands!(ROSTER, "R06.2六-07", "第六条第二款（六）", Should, few()),
    stands!(PLATFORM, "R08.2-01", "第八条第二款", Must, unregistered()),
];

fn founded<'a>(case: &Case<'a>) -> Option<&'a Record> {
    Some(case.after).filter(|team| team.status() == "已成立")
}

/// A team and those below it.
fn below(world: &dyn World, top: Code) -> Vec<Code> {
    let mut all = vec![top];
    let mut at = 0;
    while let Some(code) = all.get(at).copied() {
        let children = world.equal(Kind::Organisation, "parent", &code.to_string());
        for child in children {
            let child = Code::new(Kind::Organisation, child);
            // A circle ends here.
            if !all.contains(&child) {
                all.push(child);
            }
        }
        at += 1;
    }
    all
}

/// Whether somebody stands in the register of one of these teams.
fn anybody(world: &dyn World, teams: &[Code]) -> bool {
    teams.iter().any(|team| {
        let members = world.equal(Kind::Volunteer, "teams", &team.to_string());
        let mut records = members
            .into_iter()
            .filter_map(|number| world.record(Code::new(Kind::Volunteer, number)));
        records.any(|person| person.status() == "在册")
    })
}

fn empty(case: &Case) -> Option<Found> {
    // The regional team takes in nobody itself.
    let team = founded(case).filter(|team| team.text("kind") != "总队")?;
    let none = !anybody(case.world, &below(case.world, team.code()));
    none.then(|| {
        let said = say!("没有在册志愿者", "nobody stands in its register");
        (said, team.day("founded_on"))
    })
}

/// Everybody counts once, sub-teams included, who is registered, has confirmed and can do something.
fn few(case: &Case) -> Option<Found> {
    let team = founded(case).filter(|team| team.text("kind") == "旗县队")?;
    let mut people = HashSet::new();
    let mut on = 0;
    for code in below(case.world, team.code()) {
        for person in holding(case.world, Kind::Volunteer, "teams", code) {
            let counts = person.status() == "在册"
                && person.get("confirmed_on").is_some()
                && person.get("skills").is_some();
            let id = match person.text("id_number") {
                "" => person.code().to_string(),
                number => number.to_owned(),
            };
            if counts && people.insert(id) {
                on += usize::from(person.get("platform_no").is_some());
            }
        }
    }
    let (count, lacking) = (people.len(), LEAST.saturating_sub(people.len()));
    let off = count - on;
    (lacking > 0).then(|| {
        let said = say!(
            "有效在册 {count} 人（已注册 {on}，未注册 {off}），不足 {LEAST} 人，差 {lacking} 人",
            "{count} count ({on} on the platform, {off} not), {lacking} fewer than {LEAST}"
        );
        (said, None)
    })
}

/// Those of a team's own register who are not on the platform: told by team, with their share.
fn unregistered(case: &Case) -> Option<Found> {
    let team = founded(case)?;
    let mut all: usize = 0;
    let mut names: Vec<String> = Vec::new();
    let mut off: usize = 0;
    for person in holding(case.world, Kind::Volunteer, "teams", team.code()) {
        if person.status() != "在册" {
            continue;
        }
        all += 1;
        if person.get("platform_no").is_none() {
            off += 1;
            if names.len() < 3 {
                names.push(person.title().to_owned());
            }
        }
    }
    let (list, percent) = (names.join("、"), (off * 100).checked_div(all)?);
    (off > 0).then(|| {
        let said = say!(
            "在册 {all} 人中 {off} 人没有平台注册号（{percent}%），如 {list}",
            "{off} of {all} registered have no platform number ({percent}%), such as {list}"
        );
        (said, None)
    })
}
