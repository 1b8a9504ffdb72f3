//! The third table: what the regulation and the law refuse, and what they ask about.
//!
//! One row per obligation. The same row refuses the act and cites its article.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Said, Text};
use crate::domain::{operator_rule, organisation_rule, volunteer_rule};
use crate::say;

/// What a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// 必须: refuses.
    Must,
    /// 原则上, or likely a mistake: asks the operator to confirm.
    Should,
}

/// The record as it was and as it would be.
pub struct Case<'a> {
    /// Before; none for a new record.
    pub before: Option<&'a Record>,
    /// After.
    pub after: &'a Record,
    /// The act: `new`, `edit`, or a step's key.
    pub act: &'a str,
    /// The day.
    pub today: NaiveDate,
    /// The other records.
    pub world: &'a dyn World,
    /// The organisations whose records the caller may be told about; none means all.
    pub sees: Option<&'a HashSet<u64>>,
}

/// The other records, as far as rules look at them.
pub trait World {
    /// A record.
    fn record(&self, code: Code) -> Option<Record>;
    /// The numbers of the records whose indexed field has this value.
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64>;
    /// A setting, where an administrator has decided one.
    fn setting(&self, key: &str) -> Option<i64>;
}

/// One rule.
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// The article behind it; empty for a rule of the house.
    pub article: &'static str,
    /// What a finding does.
    pub strength: Strength,
    /// The kind of record it guards.
    pub kind: Kind,
    /// The acts it guards; empty means every act.
    pub acts: &'static [&'static str],
    /// The field it is about.
    pub field: &'static str,
    /// The fields it judges: a change that leaves all of them as they were is none of its business.
    pub judges: &'static [&'static str],
    /// What is wrong; none if nothing is.
    pub check: fn(&Case) -> Option<Said>,
    /// The way out.
    pub way_out: Text,
}

impl Rule {
    /// Whether it has a say in a case: by the act, and by what the change changes.
    pub fn applies(&self, case: &Case) -> bool {
        (self.acts.is_empty() || self.acts.contains(&case.act))
            && (case.before.is_none() || self.judges.iter().any(|field| case.changed(field)))
    }
}

/// All rules of a kind.
pub fn rules(kind: Kind) -> &'static [Rule] {
    match kind {
        Kind::Organisation => organisation_rule::RULES,
        Kind::Volunteer => volunteer_rule::RULES,
        Kind::Operator => operator_rule::RULES,
        Kind::Activity | Kind::Complaint => &[],
    }
}

impl Case<'_> {
    /// A record as it may be told to the caller: its code and name, or only that it is elsewhere.
    pub fn told(&self, record: &Record) -> Said {
        let own = (record.kind == Kind::Organisation).then_some(record.code());
        let mut homes = own.into_iter().chain(record.owners());
        let seen = self
            .sees
            .is_none_or(|seen| homes.any(|home| seen.contains(&home.number)));
        if seen {
            let (code, title) = (record.code(), record.title());
            say!("{code} {title}", "{code} {title}")
        } else {
            say!("您管辖范围之外的记录", "a record outside your scope")
        }
    }

    /// Whether a field differs from before.
    pub fn changed(&self, field: &str) -> bool {
        self.before.and_then(|before| before.get(field)) != self.after.get(field)
    }
}

/// What the rules hold against a case, refusals before questions; with `confirmed`, what only asks is passed over.
pub fn findings<'a>(case: &'a Case<'a>, confirmed: bool) -> impl Iterator<Item = Refusal> + 'a {
    let strengths: &[Strength] = if confirmed {
        &[Strength::Must]
    } else {
        &[Strength::Must, Strength::Should]
    };
    strengths.iter().flat_map(move |strength| {
        rules(case.after.kind).iter().filter_map(move |rule| {
            if rule.strength != *strength || !rule.applies(case) {
                return None;
            }
            let message = (rule.check)(case)?;
            let kind = match strength {
                Strength::Must => RefusalKind::Rule,
                Strength::Should => RefusalKind::Confirm,
            };
            let refusal = Refusal::new(kind, message)
                .field(rule.field)
                .hint(rule.way_out.said());
            Some(match rule.article {
                "" => refusal,
                article => refusal.article(article),
            })
        })
    })
}

/// The first of the findings, if there is one.
pub fn guard(case: &Case, confirmed: bool) -> Result<(), Refusal> {
    findings(case, confirmed).next().map_or(Ok(()), Err)
}
