//! The kinds of records: one row each, from which everything else follows.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::field::Field;
use crate::domain::fold::narrow;
use crate::domain::lifecycle::Step;
use crate::domain::record::Record;
use crate::domain::said::{Lang, Said, Text, t};
use crate::domain::world::{Reckon, World};
use crate::domain::{
    activity, agreement, call, certificate, complaint, enrolment, incident, insurance, need,
    operator, organisation, oversight, sanction, service_record, volunteer,
};

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 科技志愿服务组织.
    Organisation,
    /// 科技志愿者.
    Volunteer,
    /// 需求.
    Need,
    /// 活动.
    Activity,
    /// 派遣: one volunteer in one activity.
    Enrolment,
    /// 保单.
    Insurance,
    /// 协议.
    Agreement,
    /// 服务记录.
    ServiceRecord,
    /// 服务记录证明.
    Certificate,
    /// 投诉.
    Complaint,
    /// 损害事件.
    Incident,
    /// 监督: of a major activity, by one of the two offices.
    Oversight,
    /// 处理: what follows for somebody from what was found.
    Sanction,
    /// 来电: what somebody asked or told on the telephone.
    Call,
    /// An operator of this program.
    Operator,
}

/// What differs between kinds.
pub struct KindSpec {
    /// The kind.
    pub kind: Kind,
    /// Its key on the command line and in the store.
    pub key: &'static str,
    /// Its name on screen.
    pub label: Text,
    /// The letters before the number in a code.
    pub prefix: &'static str,
    /// Digits of the number in a code, at least.
    pub width: usize,
    /// Whether codes carry the year: `HD-2026-0147`.
    pub yearly: bool,
    /// Its fields, in the order of form and card.
    pub fields: &'static [Field],
    /// Its states; records in the first one rank before the others.
    pub states: &'static [State],
    /// The state in which a new record begins.
    pub first: &'static str,
    /// Its steps, in the order of the menu.
    pub steps: &'static [Step],
    /// The field that names a record.
    pub title: &'static str,
    /// The field that says which organisations a record belongs to, the primary one first; of an operator, looks after.
    pub owner: Option<&'static str>,
    /// The field that names the operator who handles a record: its masked fields are revealed to them and to heads alone.
    pub handler: Option<&'static str>,
    /// Whether its records do not exist for those whom they are about: numbers are drawn, not counted,
    /// and their entries stand in a log of their own.
    pub sealed: bool,
    /// The field whose day tells how recent a record is.
    pub recency: Option<&'static str>,
    /// Whether people look for its records by words; the others are reached through what they belong to.
    pub searched: bool,
    /// Reckons the fields that follow from others, at every change.
    pub reckon: fn(&mut Record, &Reckon),
    /// Writes anew until when it has to be done, where the day depends on holidays.
    pub wind: Option<fn(&mut Record, &dyn World, chrono::NaiveDate)>,
    /// The other records that change with one of these, new ones with number 0; by that code those
    /// that follow may name them.
    pub then: fn(&Record, &Reckon) -> Vec<Record>,
    /// The records whose content goes out of the log with a change of this one: what the law wants forgotten.
    pub erases: fn(&Record, &Reckon) -> Vec<Code>,
    /// What is added up over its records.
    pub sum: Option<Sum>,
    /// The article that its work stands under, cited where a refusal has none of its own.
    pub article: &'static str,
    /// What is to be said of a record first, a line each.
    pub tell: fn(&Record, &dyn World, chrono::NaiveDate) -> Vec<Said>,
}

impl KindSpec {
    /// What most kinds have in common.
    pub const BASE: KindSpec = KindSpec {
        kind: Kind::Organisation,
        key: "",
        label: t("", ""),
        prefix: "",
        width: 4,
        yearly: false,
        fields: &[],
        states: &[],
        first: "",
        steps: &[],
        title: "",
        owner: None,
        handler: None,
        sealed: false,
        recency: None,
        searched: true,
        reckon: |_, _| {},
        wind: None,
        then: |_, _| Vec::new(),
        erases: |_, _| Vec::new(),
        sum: None,
        article: "",
        tell: |_, _, _| Vec::new(),
    };
}

/// What is added up: a field over the records in a state, by year and by what each record names.
pub struct Sum {
    /// The field with the number.
    pub field: &'static str,
    /// The field whose day tells the year.
    pub day: &'static str,
    /// The state in which a record counts.
    pub state: &'static str,
    /// The fields by whose code it is added up.
    pub by: &'static [&'static str],
}

/// One state of a lifecycle.
pub struct State {
    /// The regulation's word, which is also the stored value.
    pub name: Text,
    /// Whether a record in it counts as live: shown first, counted as member.
    pub live: bool,
}

/// A state, by its words and whether it counts as live.
pub const fn state(zh: &'static str, en: &'static str, live: bool) -> State {
    State {
        name: t(zh, en),
        live,
    }
}

/// All kinds, in the order in which they are shown.
pub const KINDS: [&KindSpec; 15] = [
    &organisation::SPEC,
    &volunteer::SPEC,
    &need::SPEC,
    &activity::SPEC,
    &enrolment::SPEC,
    &insurance::SPEC,
    &agreement::SPEC,
    &service_record::SPEC,
    &certificate::SPEC,
    &complaint::SPEC,
    &incident::SPEC,
    &oversight::SPEC,
    &sanction::SPEC,
    &call::SPEC,
    &operator::SPEC,
];

/// How far apart the years stand in the numbers of yearly codes.
pub const YEAR: u64 = 1_000_000;

impl Kind {
    /// The row of this kind.
    pub fn spec(self) -> &'static KindSpec {
        match self {
            Kind::Organisation => &organisation::SPEC,
            Kind::Volunteer => &volunteer::SPEC,
            Kind::Need => &need::SPEC,
            Kind::Activity => &activity::SPEC,
            Kind::Enrolment => &enrolment::SPEC,
            Kind::Insurance => &insurance::SPEC,
            Kind::Agreement => &agreement::SPEC,
            Kind::ServiceRecord => &service_record::SPEC,
            Kind::Certificate => &certificate::SPEC,
            Kind::Complaint => &complaint::SPEC,
            Kind::Incident => &incident::SPEC,
            Kind::Oversight => &oversight::SPEC,
            Kind::Sanction => &sanction::SPEC,
            Kind::Call => &call::SPEC,
            Kind::Operator => &operator::SPEC,
        }
    }

    /// A list of this kind alone.
    pub const fn alone(self) -> &'static [Kind] {
        match self {
            Kind::Organisation => &[Kind::Organisation],
            Kind::Volunteer => &[Kind::Volunteer],
            Kind::Need => &[Kind::Need],
            Kind::Activity => &[Kind::Activity],
            Kind::Enrolment => &[Kind::Enrolment],
            Kind::Insurance => &[Kind::Insurance],
            Kind::Agreement => &[Kind::Agreement],
            Kind::ServiceRecord => &[Kind::ServiceRecord],
            Kind::Certificate => &[Kind::Certificate],
            Kind::Complaint => &[Kind::Complaint],
            Kind::Incident => &[Kind::Incident],
            Kind::Oversight => &[Kind::Oversight],
            Kind::Sanction => &[Kind::Sanction],
            Kind::Call => &[Kind::Call],
            Kind::Operator => &[Kind::Operator],
        }
    }

    /// The kind named by a key, a label or a code prefix.
    pub fn named(word: &str) -> Option<Kind> {
        let word = word.trim().to_lowercase();
        KINDS
            .iter()
            .find(|spec| {
                spec.key == word
                    || spec.label.zh == word
                    || spec.label.en.eq_ignore_ascii_case(&word)
                    || spec.prefix.eq_ignore_ascii_case(&word)
            })
            .map(|spec| spec.kind)
    }

    /// The bit of this kind in a mask, and its number in the store: kinds are never renumbered.
    pub fn bit(self) -> u8 {
        match self {
            Kind::Organisation => 0,
            Kind::Volunteer => 1,
            Kind::Activity => 2,
            Kind::Complaint => 3,
            Kind::Operator => 4,
            Kind::Need => 5,
            Kind::Enrolment => 6,
            Kind::Insurance => 7,
            Kind::Agreement => 8,
            Kind::ServiceRecord => 9,
            Kind::Certificate => 10,
            Kind::Incident => 11,
            Kind::Oversight => 12,
            Kind::Sanction => 13,
            Kind::Call => 14,
        }
    }
}

impl KindSpec {
    /// The field with a key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The step with a key.
    pub fn step(&self, key: &str) -> Option<&'static Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The step that leads on from the state in which a new record begins.
    pub fn onward(&self) -> Option<&'static Step> {
        let mut steps = self.steps.iter();
        steps.find(|step| step.to.is_some() && step.from.contains(&self.first))
    }

    /// A stored state's name in a language.
    pub fn said<'a>(&self, status: &'a str, lang: Lang) -> &'a str {
        self.state(status)
            .map_or(status, |state| state.name.get(lang))
    }

    /// The state with a stored name.
    pub fn state(&self, name: &str) -> Option<&'static State> {
        self.states.iter().find(|state| state.name.zh == name)
    }

    /// What of a number stands last in its code: all of it, or what follows the year.
    pub const fn last(&self, number: u64) -> u64 {
        if self.yearly { number % YEAR } else { number }
    }

    /// The code of a number.
    pub fn code(&self, number: u64) -> String {
        let width = self.width;
        if self.yearly {
            format!(
                "{}-{}-{:0width$}",
                self.prefix,
                number / YEAR,
                number % YEAR
            )
        } else {
            format!("{}-{number:0width$}", self.prefix)
        }
    }
}

/// A record's kind and number, read and printed as its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// The kind.
    pub kind: Kind,
    /// The number within the kind.
    pub number: u64,
}

impl Code {
    /// The code of a kind and a number.
    pub const fn new(kind: Kind, number: u64) -> Self {
        Code { kind, number }
    }

    /// One number over all kinds, for the index.
    pub fn id(self) -> u64 {
        (u64::from(self.kind.bit()) << 56) | self.number
    }

    /// The code behind such a number.
    pub fn from_id(id: u64) -> Option<Code> {
        let bit = (id >> 56) as u8;
        let spec = KINDS.iter().find(|spec| spec.kind.bit() == bit)?;
        Some(Code::new(spec.kind, id & ((1 << 56) - 1)))
    }

    /// Reads a code however it is typed: `zz12`, `ZZ-0012`, `hd-2026-147`, full-width letters.
    pub fn read(raw: &str) -> Option<Code> {
        let folded;
        let text = if raw.is_ascii() {
            raw.trim()
        } else {
            folded = narrow(raw);
            folded.trim()
        };
        let (spec, rest) = KINDS.iter().find_map(|spec| {
            let (head, rest) = text.split_at_checked(spec.prefix.len())?;
            head.eq_ignore_ascii_case(spec.prefix)
                .then_some((spec, rest.trim_start_matches('-')))
        })?;
        let number = match rest.split_once('-') {
            Some((year, number)) if spec.yearly => yearly(year, number)?,
            Some(_) => return None,
            None if spec.yearly && rest.len() > 4 => {
                let (year, number) = rest.split_at_checked(4)?;
                yearly(year, number)?
            }
            // A number without its year names nothing where numbers begin anew each year.
            None if spec.yearly => return None,
            None => rest.parse().ok()?,
        };
        (number < 1 << 56).then_some(Code::new(spec.kind, number))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind.spec().code(self.number))
    }
}

fn yearly(year: &str, number: &str) -> Option<u64> {
    let year: u64 = year
        .parse()
        .ok()
        .filter(|year| (1900..10_000).contains(year))?;
    let number: u64 = number.parse().ok().filter(|number| *number < YEAR)?;
    Some(year * YEAR + number)
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Code::read(&text).ok_or_else(|| serde::de::Error::custom(format!("no code: {text}")))
    }
}
