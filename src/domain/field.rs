//! The first table: what a field of a record is.
//!
//! Form, card, list, filter, command line, import, export, history and masking read these rows;
//! to add a field is to add one row in its kind's file.

use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};

/// One field of a record kind, or one question that a step asks.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Key on the command line, in JSON and in the store.
    pub key: &'static str,
    /// Name on screen.
    pub label: Text,
    /// What to type, in a sentence; empty where the label says it.
    pub help: Text,
    /// What values it takes.
    pub of: Type,
    /// Whether it must be filled.
    pub need: Need,
    /// Who sees it unmasked.
    pub privacy: Privacy,
    /// How it is searched.
    pub seek: Seek,
    /// Whether equal values are looked up often enough for an index of their own.
    pub indexed: bool,
    /// Headings under which it comes in spreadsheets, beside its labels.
    pub headings: &'static [&'static str],
    /// Columns it takes in a list; 0 keeps it out of lists.
    pub width: u8,
    /// Whether it serves the program alone and is shown to nobody.
    pub inner: bool,
    /// Whether it is a birth, beside which the age is told.
    pub aged: bool,
    /// Whether it may name organisations that lie beyond the scope of who types it.
    pub anywhere: bool,
    /// Whether a code alone may name what who types it may not read.
    pub by_code: bool,
    /// Whether it tells when something was done: no day that is still to come.
    pub past: bool,
    /// Whether a step asks for it anew each time, whatever the record holds of it.
    pub anew: bool,
}

/// What values a field takes.
#[derive(Clone, Copy, Debug)]
pub enum Type {
    /// A person's name.
    PersonName,
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines of at most so many characters.
    Lines(usize),
    /// A day.
    Day,
    /// A moment: a day and a time, or the day alone.
    Moment,
    /// Stretches of time: rows of `start` and `end`.
    Sessions,
    /// A whole number in a range.
    Int(i64, i64),
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(&'static [Text]),
    /// Several words, these first of all.
    Words {
        /// The words that stand in the list.
        known: &'static [Text],
        /// Whether other words are taken too.
        open: bool,
        /// At most so many.
        most: usize,
    },
    /// A place of the region: its code.
    Area,
    /// A telephone number.
    Phone,
    /// An identity number (GB 11643 when `id_type` says 居民身份证).
    Identity,
    /// A unified social credit code (GB 32100).
    CreditCode,
    /// Another record's code.
    Ref(Kind),
    /// Other records' codes, at most so many; the first is the primary one.
    Refs(Kind, usize),
    /// Codes of records of any of these kinds, at most so many.
    Codes(&'static [Kind], usize),
    /// Rows of fields.
    Rows(&'static [Field]),
}

/// Whether a field must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// May stay empty.
    Optional,
    /// Filled by steps or by the program, never typed.
    System,
}

/// Who sees a field unmasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privacy {
    /// Everybody who sees the record.
    Open,
    /// A number with its middle hidden.
    Phone,
    /// The same for a mobile; an office's landline is not hidden.
    Office,
    /// A text in which mobile numbers have their middle hidden.
    Inside,
    /// First three and last four.
    Identity,
    /// A person who complains: the surname, to all but who handles it and heads.
    Party,
    /// Only that something is there.
    Hidden,
}

/// How a field is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// Not at all.
    No,
    /// As the name.
    Name,
    /// As another name.
    Alias,
    /// Any run of three or more digits.
    Digits,
    /// The last four or more characters.
    Tail,
    /// As a value that many records share.
    Term,
    /// Not by words; what is looked for can be narrowed by it.
    Narrow,
    /// Not by words; lists are narrowed by its day.
    Day,
    /// The same for a moment at which something ends: a midnight belongs to the day before.
    LastDay,
}

impl Field {
    /// A field that may stay empty, is open to see and is not searched.
    pub const fn new(key: &'static str, zh: &'static str, en: &'static str, of: Type) -> Self {
        Field {
            key,
            label: t(zh, en),
            help: t("", ""),
            of,
            need: Need::Optional,
            privacy: Privacy::Open,
            seek: Seek::No,
            indexed: false,
            headings: &[],
            width: 0,
            aged: false,
            inner: false,
            anywhere: false,
            by_code: false,
            past: false,
            anew: false,
        }
    }

    /// Serves the program alone.
    pub const fn inner(mut self) -> Self {
        self.inner = true;
        self
    }

    /// May name organisations of any level.
    pub const fn anywhere(mut self) -> Self {
        self.anywhere = true;
        self
    }

    /// May be named by its code alone by who may not read it.
    pub const fn by_code(mut self) -> Self {
        self.by_code = true;
        self
    }

    /// Tells when something was done.
    pub const fn past(mut self) -> Self {
        self.past = true;
        self
    }

    /// Is asked for anew each time.
    pub const fn anew(mut self) -> Self {
        self.anew = true;
        self
    }

    /// Must be filled.
    pub const fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    /// Is a birth: the age is told beside it.
    pub const fn aged(mut self) -> Self {
        self.aged = true;
        self
    }

    /// Is filled by the program.
    pub const fn system(mut self) -> Self {
        self.need = Need::System;
        self
    }

    /// Says what to type.
    pub const fn help(mut self, zh: &'static str, en: &'static str) -> Self {
        self.help = t(zh, en);
        self
    }

    /// Is masked.
    pub const fn masked(mut self, privacy: Privacy) -> Self {
        self.privacy = privacy;
        self
    }

    /// Is searched.
    pub const fn seek(mut self, seek: Seek) -> Self {
        self.seek = seek;
        self
    }

    /// Has an index of equal values.
    pub const fn indexed(mut self) -> Self {
        self.indexed = true;
        self
    }

    /// Goes by these headings in spreadsheets.
    pub const fn headings(mut self, headings: &'static [&'static str]) -> Self {
        self.headings = headings;
        self
    }

    /// Takes so many columns in a list.
    pub const fn width(mut self, width: u8) -> Self {
        self.width = width;
        self
    }

    /// Whether the value is a list.
    pub const fn is_list(&self) -> bool {
        matches!(
            self.of,
            Type::Words { .. } | Type::Refs(..) | Type::Codes(..) | Type::Rows(_) | Type::Sessions
        )
    }

    /// Whether lists offer its days to be narrowed by.
    pub const fn by_day(&self) -> bool {
        matches!(self.seek, Seek::Day | Seek::LastDay)
    }

    /// Whether periods are looked for in it: a birth and what is masked tell nothing in this way.
    pub const fn is_dated(&self) -> bool {
        let dated = matches!(self.of, Type::Day | Type::Moment) || self.by_day();
        dated && matches!(self.privacy, Privacy::Open) && !self.aged
    }

    /// The kinds of the records that a field names.
    pub const fn names(&self) -> &'static [Kind] {
        match self.of {
            Type::Ref(kind) | Type::Refs(kind, _) => kind.alone(),
            Type::Codes(kinds, _) => kinds,
            _ => &[],
        }
    }

    /// The fixed words of a field, where it has them.
    pub const fn words(&self) -> &'static [Text] {
        match self.of {
            Type::Choice(words) | Type::Words { known: words, .. } => words,
            _ => &[],
        }
    }
}
