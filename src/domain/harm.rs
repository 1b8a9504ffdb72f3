//! What a complaint draws after it: the incident it tells of, and the wall of what is about the same people.

use crate::domain::incident;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::route::within;
use crate::domain::world::{Reckon, World, holding};

/// Keeps from a record whoever is kept from the complaint behind it, and `more` teams.
pub fn behind(record: &mut Record, complaint: Option<&Record>, more: &[Code]) {
    let from = complaint.unwrap_or(record);
    let mut against: Vec<Code> = from.refs("against").chain(more.iter().copied()).collect();
    against.sort_unstable();
    against.dedup();
    let recused: Vec<String> = from.texts("recused").map(str::to_owned).collect();
    let against: Vec<String> = against.iter().map(Code::to_string).collect();
    record.set("against", against.into());
    record.set("recused", recused.into());
}

/// Whether a team is, or stands below, one that a record is kept from.
pub fn walled(record: &Record, world: &dyn World, team: Code) -> bool {
    record.refs("against").any(|root| within(world, team, root))
}

/// What follows a complaint: a new one about harm opens an incident, and whoever steps back from it,
/// or comes to be accused, is kept from what came of it.
pub fn follow(complaint: &Record, reckon: &Reckon) -> Vec<Record> {
    let world = reckon.world;
    let mut found = holding(world, Kind::Incident, "complaint", complaint.code());
    let fresh = match reckon.act {
        "new" | "edit" if found.is_empty() => incident::told_of(complaint, reckon),
        _ => None,
    };
    found.extend(holding(
        world,
        Kind::Sanction,
        "complaint",
        complaint.code(),
    ));
    let before = reckon.before;
    let same = |key: &str| before.is_none_or(|old| old.get(key) == complaint.get(key));
    if same("against") && same("recused") {
        return fresh.into_iter().collect();
    }
    for record in &mut found {
        // What somebody was kept from once for a reason of its own stays so.
        let own: Vec<Code> = record.refs("against").collect();
        let own = match record.kind {
            Kind::Sanction => own.as_slice(),
            _ => &[],
        };
        behind(record, Some(complaint), own);
        let home = record.refs("org").next();
        if home.is_some_and(|home| walled(record, world, home)) {
            record.set("org", complaint.text("receiver").into());
        }
    }
    found.extend(fresh);
    found
}
