//! The third table: what the regulation and the law refuse, and what they ask about.
//!
//! One row per obligation. The same row refuses the act and cites its article.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Said, Text, t};
pub use crate::domain::world::World;
use crate::domain::world::{Alone, name};
use crate::domain::{
    activity_rule, agreement_rule, certificate_rule, complaint_course, complaint_entry,
    complaint_keep, complaint_late, complaint_rule, complaint_stand, dissolve_rule, enrolment_rule,
    incident_rule, insurance_rule, major_rule, office_rule, operator_rule, organisation_rule,
    oversight_rule, post_rule, register_rule, roster_rule, sanction_rule, service_rule, stint_rule,
    team_name_rule, tree_rule, volunteer_rule,
};
use crate::say;

/// How binding a rule is, by the regulation's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// 必须: refuses; a standing record is in breach.
    Must,
    /// 一般, 原则上, 建议: asks for a written reason; a standing record deviates.
    Should,
    /// Likely a mistake: asks the operator to confirm.
    Ask,
    /// 鼓励, 可以: offers, never stands in the way.
    May,
}

impl Strength {
    /// The regulation's word.
    pub const fn word(self) -> Text {
        match self {
            Strength::Must => t("必须", "must"),
            Strength::Should => t("一般", "should"),
            Strength::Ask => t("核对", "check"),
            Strength::May => t("可以", "may"),
        }
    }

    /// What a standing record that does not meet it is.
    pub const fn effect(self) -> Text {
        match self {
            Strength::Must => t("违规", "breach"),
            Strength::Should => t("偏离", "deviation"),
            Strength::Ask => t("疑点", "doubt"),
            Strength::May => t("提示", "hint"),
        }
    }
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
    /// Whether records that stand are judged by it too, and listed.
    pub lists: bool,
    /// Since when a standing record does not meet it, where the record says so.
    pub since: fn(&Case) -> Option<NaiveDate>,
    /// The first day on which it holds; empty for ever since.
    pub from: &'static str,
    /// The last day on which it holds; empty for until further notice.
    pub to: &'static str,
}

/// The act of looking at a record as it stands.
pub const STANDING: &str = "check";

/// The act of bringing back what was.
pub const UNDO: &str = "undo";

impl Rule {
    /// What most rules have in common.
    pub const BASE: Rule = Rule {
        id: "",
        article: "",
        strength: Strength::Must,
        kind: Kind::Organisation,
        acts: &[],
        field: "",
        judges: &[],
        check: |_| None,
        way_out: t("", ""),
        lists: false,
        since: |_| None,
        from: "",
        to: "",
    };

    /// Whether it holds on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        let day = day.to_string();
        self.from <= day.as_str() && (self.to.is_empty() || day.as_str() <= self.to)
    }

    /// Whether it has a say in a case: by the day, the act, and what the change changes.
    pub fn applies(&self, case: &Case) -> bool {
        if case.act == STANDING {
            return self.lists && self.holds(case.today);
        }
        self.holds(case.today)
            && (self.acts.is_empty() || self.acts.contains(&case.act))
            && (case.before.is_none()
                || self.judges.is_empty()
                || self.judges.iter().any(|field| case.changed(field)))
    }
}

/// All rules of a kind, table by table.
pub fn rules(kind: Kind) -> impl Iterator<Item = &'static Rule> {
    let tables: &'static [&'static [Rule]] = match kind {
        Kind::Organisation => &[
            tree_rule::RULES,
            dissolve_rule::RULES,
            organisation_rule::RULES,
            roster_rule::RULES,
            team_name_rule::RULES,
            post_rule::RULES,
            office_rule::RULES,
        ],
        Kind::Volunteer => &[volunteer_rule::RULES, register_rule::RULES],
        Kind::Activity => &[activity_rule::RULES, major_rule::RULES],
        Kind::Enrolment => &[enrolment_rule::RULES],
        Kind::Insurance => &[insurance_rule::RULES],
        Kind::Agreement => &[agreement_rule::RULES],
        Kind::ServiceRecord => &[stint_rule::RULES, service_rule::RULES],
        Kind::Operator => &[operator_rule::RULES],
        Kind::Certificate => &[certificate_rule::RULES],
        Kind::Complaint => &[
            complaint_keep::RULES,
            complaint_rule::RULES,
            complaint_entry::RULES,
            complaint_stand::RULES,
            complaint_course::RULES,
            complaint_late::RULES,
        ],
        Kind::Incident => &[incident_rule::RULES],
        Kind::Oversight => &[oversight_rule::RULES],
        Kind::Sanction => &[sanction_rule::RULES],
        Kind::Need | Kind::Call => &[],
    };
    tables.iter().copied().flatten()
}

/// What is wrong, and since when, where the records say so.
pub type Found = (Said, Option<NaiveDate>);

/// A row that judges records as they stand: base, id, article, strength, and what judges with what it is given.
macro_rules! stands {
    ($base:expr, $id:literal, $article:literal, $strength:ident, $judge:ident($($given:expr),*)) => {
        $crate::domain::rule::Rule {
            id: $id,
            article: $article,
            strength: $crate::domain::rule::Strength::$strength,
            acts: match $base.acts {
                [] => &[$crate::domain::rule::STANDING],
                acts => acts,
            },
            check: |case| $judge(case $(, $given)*).map(|found| found.0),
            lists: true,
            since: |case| $judge(case $(, $given)*).and_then(|found| found.1),
            ..$base
        }
    };
}
pub(crate) use stands;

impl Case<'_> {
    /// A record as it may be told to the caller: its code and name, or only that it is elsewhere.
    pub fn told(&self, record: &Record) -> Said {
        let own = (record.kind == Kind::Organisation).then_some(record.code());
        let mut homes = own.into_iter().chain(record.owners());
        let seen = self
            .sees
            .is_none_or(|seen| homes.any(|home| seen.contains(&home.number)));
        if seen {
            let (code, title) = (record.code(), name(self.world, record));
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

/// What the operator said to what was asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assent<'a> {
    /// Yes, it is meant.
    pub yes: bool,
    /// Why.
    pub reason: &'a str,
}

impl Assent<'_> {
    /// Whether it answers what a rule asks.
    fn answers(&self, strength: Strength) -> bool {
        match strength {
            Strength::Must => false,
            Strength::Should => self.reason.trim().chars().count() >= 2,
            Strength::Ask => self.yes || !self.reason.trim().is_empty(),
            Strength::May => true,
        }
    }
}

/// What the rules hold against a case, refusals before questions; what was answered is passed over.
pub fn findings<'a>(case: &'a Case<'a>, assent: Assent<'a>) -> impl Iterator<Item = Refusal> + 'a {
    found(case, assent, |_, _| true)
}

/// The same, of the rules that count in a case.
fn found<'a>(
    case: &'a Case<'a>,
    assent: Assent<'a>,
    counts: fn(&Rule, &Case) -> bool,
) -> impl Iterator<Item = Refusal> + 'a {
    let strengths = [Strength::Must, Strength::Should, Strength::Ask];
    strengths.into_iter().flat_map(move |strength| {
        rules(case.after.kind).filter_map(move |rule| {
            if rule.strength != strength || assent.answers(strength) || !rule.applies(case) {
                return None;
            }
            let message = (rule.check)(case).filter(|_| counts(rule, case))?;
            // A new record has no code that the way out could name.
            let of = case.before.map(|_| case.after);
            Some(refusal(rule, message, of))
        })
    })
}

/// What the rules hold against a record as it stands, hints among it.
pub fn standing<'a>(case: &'a Case<'a>) -> impl Iterator<Item = (&'static Rule, Said)> + 'a {
    rules(case.after.kind)
        .filter(|rule| rule.applies(case))
        .filter_map(|rule| Some((rule, (rule.check)(case)?)))
}

/// What a rule found, as it is told: what stands in the way, the article, the way out.
///
/// Of a record that has a code, the code stands in the commands of the way out.
pub fn refusal(rule: &Rule, message: Said, of: Option<&Record>) -> Refusal {
    let kind = match rule.strength {
        Strength::Must => RefusalKind::Rule,
        _ => RefusalKind::Confirm,
    };
    let mut refusal = Refusal::new(kind, message)
        .field(rule.field)
        .hint(way_out(rule, of));
    refusal.reason = rule.strength == Strength::Should;
    match cited(rule) {
        "" => refusal,
        article => refusal.article(article),
    }
}

/// The article that a rule cites: its own, or that of its kind's work.
pub fn cited(rule: &Rule) -> &'static str {
    match rule.article.is_empty() {
        true => rule.kind.spec().article,
        false => rule.article,
    }
}

/// The way out, with the record's code in the place of the word for it.
fn way_out(rule: &Rule, of: Option<&Record>) -> Said {
    let Said { zh, en } = rule.way_out.said();
    let Some(record) = of.filter(|record| record.number > 0) else {
        return Said { zh, en };
    };
    let (code, own) = (record.code().to_string(), record.kind.spec().key);
    let put = |line: String, word: &str| {
        let line = line.replace(&format!(" {word}"), &format!(" {code}"));
        line.replace(&format!(" {own}={word}"), &format!(" {own}={code}"))
    };
    Said {
        zh: put(zh, "编号"),
        en: put(en, "CODE"),
    }
}

/// The first of the findings, if there is one.
pub fn guard(case: &Case, assent: Assent) -> Result<(), Refusal> {
    findings(case, assent).next().map_or(Ok(()), Err)
}

/// The rules of an act that brings back what was: how the record was by itself is judged by none of them.
pub fn guard_back(case: &Case, assent: Assent) -> Result<(), Refusal> {
    let mut held = found(case, assent, |rule, case| !of_itself(rule, case));
    held.next().map_or(Ok(()), Err)
}

/// Whether a rule finds the same of a record alone, with no other one beside it.
fn of_itself(rule: &Rule, case: &Case) -> bool {
    let alone = Case {
        world: &Alone(case.world),
        ..*case
    };
    (rule.check)(&alone).is_some()
}

/// Refuses what a record that stands now would be in breach of if it stood as it was: what it was by itself
/// it was a moment ago, and only what it would be towards others is asked about.
pub fn worse(now: &Case, then: &Case) -> Result<(), Refusal> {
    let must = |rule: &&Rule| rule.strength == Strength::Must && rule.applies(then);
    for rule in rules(then.after.kind).filter(must) {
        if let Some(message) = (rule.check)(then)
            && (rule.check)(now).is_none()
            && !of_itself(rule, then)
        {
            return Err(refusal(rule, message, Some(then.after)));
        }
    }
    Ok(())
}
