//! What the rules hold against what stands: the same rows that refuse an act.

use crate::domain::kind::{Code, KINDS};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::region_rule;
use crate::domain::rule::{Case, Rule, STANDING, rules};
use crate::domain::said::Said;
use crate::domain::world::name;
use crate::protocol::Who;
use crate::protocol::work::{Check, Finding};
use crate::search::Scope;
use crate::service::{Service, reading, today};

impl Service {
    /// The findings that somebody may see, by rule and code.
    pub fn check(&self, who: &Who, asked: &Check) -> Result<Vec<Finding>, Refusal> {
        let day = asked.as_of.unwrap_or_else(today);
        let wanted = |article: &str| {
            asked
                .article
                .is_none_or(|number| cited(article).any(|one| one == number))
        };
        let reader = self.reader()?;
        let desk = reading(&self.desk);
        let within = asked
            .within
            .map(|code| Scope::of(desk.tree.below(code.number)));
        let inside = |record: &Record| {
            desk.sees(who, record)
                && within.as_ref().is_none_or(|scope| {
                    let own = (record.kind == crate::domain::kind::Kind::Organisation)
                        .then_some(record.code());
                    own.into_iter()
                        .chain(record.owners())
                        .any(|code| scope.has(code.number as u32))
                })
        };
        let mut found = Vec::new();
        for spec in KINDS {
            let rules: Vec<&Rule> = rules(spec.kind)
                .iter()
                .filter(|rule| rule.lists && rule.holds(day) && wanted(rule.article))
                .collect();
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
                    world: &reader,
                    sees: None,
                };
                for rule in &rules {
                    if let Some(message) = (rule.check)(&case) {
                        found.push(Finding {
                            code: record.code().to_string(),
                            name: name(&reader, &record),
                            since: (rule.since)(&case),
                            ..finding(rule, message)
                        });
                    }
                }
                true
            })?;
        }
        let seen = |code: &str| match Code::read(code) {
            Some(code) => reader
                .get(code)
                .ok()
                .flatten()
                .is_some_and(|record| inside(&record)),
            // A place without a team belongs to whoever sees the region.
            None => within.is_none() && who.scope.iter().any(|root| root.number == 1),
        };
        let whole = region_rule::RULES
            .iter()
            .filter(|rule| wanted(rule.rule.article) && rule.rule.holds(day));
        for rule in whole {
            for standing in (rule.list)(&reader, day) {
                if seen(&standing.code) {
                    found.push(Finding {
                        code: standing.code,
                        name: standing.name,
                        since: standing.since,
                        ..finding(&rule.rule, standing.message)
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

/// The numbers of the regulation's articles that a citation names: 第九条（六） is 9.
fn cited(article: &str) -> impl Iterator<Item = u32> + '_ {
    article.split('、').filter_map(|one| {
        let (digits, _) = one.strip_prefix('第')?.split_once('条')?;
        number(digits)
    })
}

/// A number below a hundred in Han.
fn number(text: &str) -> Option<u32> {
    const DIGITS: &str = "一二三四五六七八九";
    let digit = |c: char| {
        DIGITS
            .chars()
            .position(|one| one == c)
            .map(|at| at as u32 + 1)
    };
    match text.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() {
                1
            } else {
                digit(tens.chars().next()?)?
            };
            let ones = ones.chars().next().map_or(Some(0), digit)?;
            Some(tens * 10 + ones)
        }
        None => digit(text.chars().next()?),
    }
}
