//! 改派: when the posts or the place of a team change, open complaints go where they now belong.
//!
//! Somebody accused who comes to a post in the team that receives, and a receiver that comes to stand
//! below an accused team, would have the matter in their own hands. What follows is told in the
//! complaint alone: the team's own history says nothing of it.

use chrono::NaiveDate;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::route::{self, Hold, TOP, hold, within};
use crate::domain::value::Value;
use crate::domain::workday::Calendar;
use crate::domain::world::{Reckon, World, holding};
use crate::domain::{accused, clock, complaint, complaint_act, harm, post};

/// The others as they are, and one as it becomes.
struct Becoming<'a> {
    world: &'a dyn World,
    after: &'a Record,
}

impl World for Becoming<'_> {
    fn record(&self, code: Code) -> Option<Record> {
        match code == self.after.code() {
            true => Some(self.after.clone()),
            false => self.world.record(code),
        }
    }
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        self.world.equal(kind, field, value)
    }
    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.world.each(kind, found);
    }
    fn setting(&self, key: &str) -> Option<i64> {
        self.world.setting(key)
    }
    fn calendar(&self) -> &Calendar {
        self.world.calendar()
    }
}

/// The complaints that change with a team, and what follows from them.
pub fn then(team: &Record, reckon: &Reckon) -> Vec<Record> {
    let Some(before) = reckon.before else {
        return Vec::new();
    };
    let world = &Becoming {
        world: reckon.world,
        after: team,
    };
    let mut found = Vec::new();
    if before.get("posts") != team.get("posts") {
        found.extend(by_post(before, team, world, reckon.today));
    }
    if before.get("parent") != team.get("parent") {
        for org in below(world, team.code()) {
            let received = holding(world, Kind::Complaint, "receiver", org);
            found.extend(received.into_iter().map(|matter| (matter, None)));
        }
    }
    let moved = found.into_iter().filter_map(|(old, more)| {
        let after = again(&old, more, world, reckon)?;
        let reckon = Reckon {
            before: Some(&old),
            world,
            ..*reckon
        };
        let mut all = harm::follow(&after, &reckon);
        all.insert(0, after);
        Some(all)
    });
    moved.flatten().collect()
}

/// The matters that somebody who came to a post is accused in: received there, or by a team below
/// though they are a member here; with the team that is to keep out of it.
fn by_post(
    before: &Record,
    team: &Record,
    world: &dyn World,
    today: NaiveDate,
) -> Vec<(Record, Option<Code>)> {
    let org = team.code();
    let had: Vec<Record> = post::rows(before).collect();
    let came = post::rows(team).filter(|row| !had.contains(row));
    let mut names: Vec<String> = came.map(|row| row.text("holder").to_owned()).collect();
    names.retain(|name| hold(world, org, name, today).is_some());
    if names.is_empty() {
        return Vec::new();
    }
    let mut found = holding(world, Kind::Complaint, "receiver", org);
    found.retain(|matter| {
        let people = accused::people(matter, world);
        people.iter().any(|one| names.contains(one))
    });
    let mut found: Vec<(Record, Option<Code>)> =
        found.into_iter().map(|one| (one, Some(org))).collect();
    for name in &names {
        let numbers = world.equal(Kind::Volunteer, "name", name);
        let people = numbers.into_iter();
        let people = people.map(|number| Code::new(Kind::Volunteer, number));
        let people = people.filter_map(|code| world.record(code));
        for person in people.filter(|one| one.refs("teams").any(|own| own == org)) {
            let matters = holding(world, Kind::Complaint, "accused", person.code());
            for matter in matters {
                if !found.iter().any(|(one, _)| one.code() == matter.code()) {
                    found.push((matter, Some(org)));
                }
            }
        }
    }
    found
}

/// A team and all that stands below it.
fn below(world: &dyn World, root: Code) -> Vec<Code> {
    let mut found = vec![root];
    let mut at = 0;
    while let Some(org) = found.get(at).copied() {
        at += 1;
        let under = world.equal(Kind::Organisation, "parent", &org.to_string());
        for number in under {
            let code = Code::new(Kind::Organisation, number);
            if !found.contains(&code) {
                found.push(code);
            }
        }
    }
    found
}

/// An open matter that can no longer stay as it is, on its way up; none if it can.
fn again(
    matter: &Record,
    more: Option<Code>,
    world: &dyn World,
    reckon: &Reckon,
) -> Option<Record> {
    if !complaint::open(matter) {
        return None;
    }
    let at = matter.refs("receiver").next().unwrap_or(TOP);
    let had: Vec<Code> = matter.refs("against").collect();
    let mut after = matter.clone();
    let more = more.filter(|org| !had.contains(org));
    let against: Vec<Code> = had.iter().copied().chain(more).collect();
    let codes: Vec<String> = against.iter().map(Code::to_string).collect();
    after.set("against", codes.into());
    let inside = against.iter().any(|org| within(world, at, *org));
    // What waits to be handed over to a body outside is on its way already.
    let leaves = inside && matter.text("outside").is_empty();
    if more.is_none() && !leaves {
        return None;
    }
    let mut why = Vec::new();
    if let Some(org) = more {
        let people = accused::people(matter, world);
        let mut people = people.iter();
        let who = people.find_map(|one| Some((one, hold(world, org, one, reckon.today)?)));
        let (who, lately) = who.map_or(("", false), |(who, hold)| (who, hold == Hold::Lately));
        why.push(route::post_told(who, &route::title(world, org), lately));
    }
    if leaves {
        let way = route::again(&after, world, at, reckon.today);
        why.extend(way.why);
        let body = route::outside(world);
        let to = way.receiver.map(|to| to.to_string());
        let line = why.first().cloned().unwrap_or_default();
        complaint_act::moved(&mut after, to.as_deref().unwrap_or(body), &line, reckon);
        match to {
            Some(to) => after.set("receiver", to.into()),
            None => after.set("outside", body.into()),
        }
        after.set("handler", Value::from(""));
    }
    why.iter()
        .for_each(|line| complaint_act::reason(&mut after, line));
    clock::wind(&mut after, world, reckon.today);
    Some(after)
}
