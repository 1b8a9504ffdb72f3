//! What a step writes into a record beyond its new state.

use crate::domain::lifecycle::{DAY, Effect, Step, answered};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::domain::world::World;
use crate::say;
use crate::service::plan::Plan;

impl Plan {
    /// Takes a step: the day it stamps, its answers, its effect, its state.
    pub(super) fn take(
        &self,
        step: &Step,
        record: &mut Record,
        world: &dyn World,
    ) -> Result<(), Refusal> {
        let answer = |key: &str| {
            self.values
                .get(key)
                .and_then(Value::text)
                .unwrap_or("")
                .to_owned()
        };
        let today = self.today.to_string();
        if let Some(stamp) = step.stamp {
            let day = step.stamped(record, &answer(DAY), self.today);
            step.in_order(record, &day, self.today)?;
            record.set(stamp, day.into());
        }
        // The state is set first: a kind's own effect may lead on from it.
        if let Some(to) = step.to {
            record.set("status", to.into());
        }
        match step.effect {
            Effect::Own(own) => {
                let before = record.clone();
                own(record, &self.values, &self.reckoning(Some(&before), world))?;
            }
            Effect::Plain => {
                let before = record.clone();
                answered(record, &self.values, &self.reckoning(Some(&before), world));
            }
            Effect::Rename => {
                let before = record.clone();
                answered(record, &self.values, &self.reckoning(Some(&before), world));
                keep_name(&before, record);
            }
            Effect::Appoint => {
                let mut posts: Vec<Value> = record
                    .get("posts")
                    .map(|posts| posts.parts().to_vec())
                    .unwrap_or_default();
                let mut row = self.values.clone();
                row.entry("from".to_owned()).or_insert_with(|| today.into());
                posts.push(Value::Map(row));
                record.set("posts", Value::List(posts));
            }
            Effect::Relieve => {
                let mut posts: Vec<Value> = record
                    .get("posts")
                    .map(|posts| posts.parts().to_vec())
                    .unwrap_or_default();
                let (post, holder) = (answer("post"), answer("holder"));
                let held = posts.iter_mut().find_map(|row| match row {
                    Value::Map(row) if !row.contains_key("to") => {
                        let is = |key: &str, wanted: &str| {
                            row.get(key).and_then(Value::text) == Some(wanted)
                        };
                        (is("post", &post) && is("holder", &holder)).then_some(row)
                    }
                    _ => None,
                });
                let Some(row) = held else {
                    return Err(Refusal::invalid(
                        "holder",
                        say!(
                            "{holder} 现在不任{post}",
                            "{holder} does not hold the post {post} now"
                        ),
                    )
                    .hint(say!(
                        "看任职记录：kezhi show 编号",
                        "look at the posts: kezhi show CODE"
                    )));
                };
                let to = answer("to");
                row.insert(
                    "to".to_owned(),
                    if to.is_empty() { today } else { to }.into(),
                );
                record.set("posts", Value::List(posts));
            }
        }
        Ok(())
    }
}

/// An organisation stays known by the name it had.
pub(super) fn keep_name(before: &Record, after: &mut Record) {
    let (old, new) = (before.title(), after.title().to_owned());
    if old == new {
        return;
    }
    let mut aliases: Vec<String> = after
        .texts("aliases")
        .filter(|alias| *alias != new)
        .map(str::to_owned)
        .collect();
    if !aliases.iter().any(|alias| alias == old) {
        aliases.push(old.to_owned());
    }
    after.set("aliases", aliases.into());
}
