//! The second table: which step leads from which state to which.

use std::mem::discriminant;

use chrono::NaiveDate;

use crate::domain::day::to_come;
use crate::domain::field::{Field, Need};
use crate::domain::kind::Kind;
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Text, t};
use crate::domain::value::Fields;
use crate::domain::world::Reckon;
use crate::say;

/// The question for the day that a step stamps.
pub const DAY: &str = "day";

/// One step of a record's life.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Key for `kezhi do`.
    pub key: &'static str,
    /// Name in the menu.
    pub label: Text,
    /// What it does, in a sentence.
    pub help: Text,
    /// States it may start from; empty means any.
    pub from: &'static [&'static str],
    /// The state it leads to; none keeps the state.
    pub to: Option<&'static str>,
    /// Who may take it: any one of these roles.
    pub roles: &'static [Role],
    /// What it asks. An answer whose key is a field of the record is written there.
    pub asks: &'static [Field],
    /// The day field set to the answer `day`, or to today.
    pub stamp: Option<&'static str>,
    /// The day field that the stamped day is not before.
    pub after: Option<&'static str>,
    /// What it does beyond that.
    pub effect: Effect,
    /// How much hangs on it.
    pub weight: Weight,
    /// Whether it also takes back a record that was only just made by mistake.
    pub voids: bool,
}

/// How much hangs on a step: by this it is confirmed before, or undone after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It stays among those who keep the records: nothing is confirmed, and it can be undone.
    Light,
    /// Others act on it at once: by whom it is seen.
    Visible(Text),
    /// It cannot be taken back: what is lost.
    Final(Text),
}

impl Weight {
    /// Its name in a table.
    pub const fn key(self) -> &'static str {
        match self {
            Weight::Light => "light",
            Weight::Visible(_) => "visible",
            Weight::Final(_) => "final",
        }
    }
}

/// What a kind does with a step of its own: changes the record by the answers, or refuses.
pub type Own = fn(&mut Record, &Fields, &Reckon) -> Result<(), Refusal>;

/// What a step does beyond writing its answers and the new state.
#[derive(Clone, Copy, Debug)]
pub enum Effect {
    /// Nothing more.
    Plain,
    /// The old name becomes an alias.
    Rename,
    /// A holder is added to the posts.
    Appoint,
    /// A holder's time in a post ends.
    Relieve,
    /// What the kind itself does.
    Own(Own),
}

/// Writes the answers whose key is a field of the record; a note is added to what is noted already.
pub fn answered(record: &mut Record, answers: &Fields, reckon: &Reckon) {
    let spec = record.kind.spec();
    for (key, value) in answers.iter().filter(|(key, _)| *key != "note") {
        if spec.field(key).is_some() {
            record.set(key, value.clone());
        }
    }
    noted(record, answers, reckon);
}

/// Adds the answer `note` to what is noted already, with the day and the step's name.
pub fn noted(record: &mut Record, answers: &Fields, reckon: &Reckon) {
    let (Some(value), Some(_)) = (answers.get("note"), record.kind.spec().field("note")) else {
        return;
    };
    let label = record.kind.spec().step(reckon.act);
    let label = label.map_or("", |step| step.label.zh);
    let line = format!("{} {label}：{value}", reckon.today);
    let note = match record.text("note") {
        "" => line,
        old => format!("{old}\n{line}"),
    };
    record.set("note", note.into());
}

impl Step {
    /// A plain step for operators and heads.
    pub const fn new(
        key: &'static str,
        zh: &'static str,
        en: &'static str,
        from: &'static [&'static str],
        to: Option<&'static str>,
    ) -> Self {
        Step {
            key,
            label: t(zh, en),
            help: t("", ""),
            from,
            to,
            roles: &[Role::Operator, Role::Head],
            asks: &[],
            stamp: None,
            after: None,
            effect: Effect::Plain,
            weight: Weight::Light,
            voids: false,
        }
    }

    /// Says what it does.
    pub const fn help(mut self, zh: &'static str, en: &'static str) -> Self {
        self.help = t(zh, en);
        self
    }

    /// May be taken by these roles.
    pub const fn roles(mut self, roles: &'static [Role]) -> Self {
        self.roles = roles;
        self
    }

    /// Asks for these.
    pub const fn asks(mut self, asks: &'static [Field]) -> Self {
        self.asks = asks;
        self
    }

    /// Stamps a day field.
    pub const fn stamp(mut self, field: &'static str) -> Self {
        self.stamp = Some(field);
        self
    }

    /// Stamps no day before that of a field.
    pub const fn after(mut self, field: &'static str) -> Self {
        self.after = Some(field);
        self
    }

    /// The field of a record whose value a question takes over: what was recorded at the entry is not asked again.
    pub fn takes_over(&self, kind: Kind, ask: &Field) -> Option<&'static Field> {
        let stamp = self.stamp.filter(|_| ask.key == DAY);
        let field = kind.spec().field(stamp.unwrap_or(ask.key))?;
        let same = stamp.is_some() || field.label.zh == ask.label.zh;
        let alike = discriminant(&field.of) == discriminant(&ask.of);
        // A note is the reason of a step, not what the record holds.
        let typed = field.need != Need::System && ask.key != "note";
        (same && alike && typed && !ask.anew).then_some(field)
    }

    /// The day that it stamps on a record: what was answered, what was entered before, or today.
    pub fn stamped(&self, record: &Record, said: &str, today: NaiveDate) -> String {
        let mut asks = self.asks.iter();
        let held = asks.find(|ask| ask.key == DAY);
        let held = held.and_then(|ask| self.takes_over(record.kind, ask));
        let held = held.map_or("", |field| record.text(field.key));
        let day = if said.is_empty() { held } else { said };
        match day {
            "" => today.to_string(),
            day => day.to_owned(),
        }
    }

    /// Refuses a day to be stamped that has not come yet, or lies before what it follows.
    pub fn in_order(&self, record: &Record, day: &str, today: NaiveDate) -> Result<(), Refusal> {
        let no = |said| Err(Refusal::invalid(DAY, said));
        if day > today.to_string().as_str() {
            return no(to_come(day));
        }
        let first = self.after.and_then(|key| record.kind.spec().field(key));
        let Some(first) = first else { return Ok(()) };
        let (from, Text { zh, en }) = (record.text(first.key), first.label);
        match !from.is_empty() && day < from {
            true => no(say!(
                "日期 {day} 早于{zh} {from}",
                "the day {day} is before {from} ({en})"
            )),
            false => Ok(()),
        }
    }

    /// Is seen at once by others.
    pub const fn seen_by(mut self, zh: &'static str, en: &'static str) -> Self {
        self.weight = Weight::Visible(t(zh, en));
        self
    }

    /// Cannot be taken back.
    pub const fn for_good(mut self, zh: &'static str, en: &'static str) -> Self {
        self.weight = Weight::Final(t(zh, en));
        self
    }

    /// Also takes back a record that was only just made by mistake.
    pub const fn voids(mut self) -> Self {
        self.voids = true;
        self
    }

    /// Does what the kind itself does.
    pub const fn own(self, own: Own) -> Self {
        self.effect(Effect::Own(own))
    }

    /// Does more.
    pub const fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }
}
