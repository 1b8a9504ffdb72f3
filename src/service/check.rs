//! What the rules hold against what stands: the same rows that refuse an act.

use crate::domain::article::cited;
use crate::domain::input::Context;
use crate::domain::kind::{KINDS, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::region_rule;
use crate::domain::rule::{Case, Rule, STANDING, rules};
use crate::domain::said::Said;
use crate::domain::world::name;
use crate::protocol::Who;
use crate::protocol::work::{Check, Finding};
use crate::search::Scope;
use crate::service::recall::Recall;
use crate::service::sight::{Eyes, Sight};
use crate::service::typing::Typing;
use crate::service::{Service, permit, reading, today};

impl Service {
    /// The findings that somebody may see, by rule and code.
    pub fn check(&self, who: &Who, asked: &Check) -> Result<Vec<Finding>, Refusal> {
        let day = asked.as_of.unwrap_or_else(today);
        let wanted = |rule: &Rule| {
            let article = asked
                .article
                .is_none_or(|number| cited(rule.article).any(|one| one == number));
            article && rule.lists && rule.holds(day)
        };
        let typed = match asked.named.as_str() {
            "" => None,
            raw => {
                let read = Typing::of(self, who).reference(Kind::Organisation, raw);
                Some(read.map_err(|said| Refusal::new(RefusalKind::NotFound, said).field("org"))?)
            }
        };
        let within = typed.or(asked.within);
        if let Some(code) = within {
            self.seen(who, code)?;
        }
        let reader = self.reader()?;
        let within = within.map(|code| Scope::of(reading(&self.desk).tree.below(code.number)));
        // The desk is let go between records: nobody's change waits for the whole check.
        let whole = permit::in_scope(&who.roles, "check", None);
        let inside = |record: &Record| {
            let desk = reading(&self.desk);
            // In an inspector's seat only what is assigned is judged, whatever else may be read.
            (desk.assigned(who, record) || whole && desk.sees(who, record))
                && within.as_ref().is_none_or(|scope| {
                    let own = (record.kind == Kind::Organisation).then_some(record.code());
                    own.into_iter()
                        .chain(record.owners())
                        .any(|code| scope.has(code.number as u32))
                })
        };
        let eyes = Eyes::of(&reading(&self.desk), who);
        let told = &eyes.scope;
        let sight = Sight::new(&reader, &eyes);
        // Many records name the same activity, team and person.
        let recall = Recall::default();
        let world = recall.over(&sight);
        let mut found = Vec::new();
        for spec in KINDS {
            let rules: Vec<&Rule> = rules(spec.kind).filter(|rule| wanted(rule)).collect();
            if rules.is_empty() {
                continue;
            }
            reader.each(spec.kind, 0, |record| {
                if !inside(&record) {
                    return true;
                }
                let case = Case {
                    before: None,
                    after: &record,
                    act: STANDING,
                    today: day,
                    world: &world,
                    sees: told.as_ref(),
                };
                for rule in &rules {
                    if let Some(message) = (rule.check)(&case) {
                        found.push(Finding {
                            code: record.code().to_string(),
                            name: name(&world, &record),
                            since: (rule.since)(&case),
                            ..finding(rule, message)
                        });
                    }
                }
                true
            })?;
        }
        // A place without any team above it belongs to whoever sees the region.
        let region = within.is_none() && told.is_none();
        let whole = region_rule::RULES.iter().filter(|row| wanted(&row.rule));
        for row in whole {
            for standing in (row.list)(&world, day) {
                let home = standing.home.and_then(|code| reader.get(code).ok()?);
                if home.map_or(region, |home| inside(&home)) {
                    found.push(Finding {
                        code: standing.code,
                        name: standing.name,
                        since: standing.since,
                        ..finding(&row.rule, standing.message)
                    });
                }
            }
        }
        found.sort_by(|one, other| {
            one.rule
                .cmp(&other.rule)
                .then_with(|| one.code.cmp(&other.code))
        });
        Ok(found)
    }
}

fn finding(rule: &Rule, message: Said) -> Finding {
    Finding {
        rule: rule.id.to_owned(),
        article: rule.article.to_owned(),
        strength: rule.strength.word().said(),
        effect: rule.strength.effect().said(),
        code: String::new(),
        name: String::new(),
        message,
        since: None,
    }
}
