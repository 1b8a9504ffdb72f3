//! Finding people, teams and everything else as words are typed.
//!
//! A word matches a run of characters or of pinyin at syllable starts in a name or another shared
//! text, three or more digits of a phone, the end of a document number, or a code. All words must
//! match, each may match another field. Names stand sorted in a trie, so that a matched node is a
//! range of names; a word leaves one set of records per tier, as bits; sums of tiers rank, ties go by
//! state, recency and code.

use std::borrow::Cow;

pub use crate::search::fit::Fit;
pub use crate::search::index::Index;
pub use crate::search::query::{Word, words};
pub use crate::search::why::Teller;

mod alphabet;
mod automaton;
mod base;
mod bits;
mod day;
mod digits;
mod find;
mod fit;
mod fuzzy;
mod index;
mod pending;
mod posting;
mod query;
mod rank;
mod score;
mod stage;
mod texts;
mod trie;
mod why;

/// How well a word matches; sums over words rank a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Tier {
    /// Letters in order, somewhere: did you mean.
    Fuzzy = 1,
    /// Another field.
    Other = 2,
    /// Syllable starts somewhere in the name, or a rare reading.
    Syllable = 3,
    /// First letters of the whole name.
    Initials = 4,
    /// The head of the name.
    Prefix = 5,
    /// The whole name.
    Exact = 6,
}

/// A text that many records share, such as a place, a team or a skill.
pub type TermId = u32;

/// A record as search sees it; texts may be borrowed while many are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc<'a> {
    /// Bit number of the kind, less than 8.
    pub kind: u8,
    /// Number within the kind.
    pub number: u64,
    /// Name.
    pub name: Cow<'a, str>,
    /// Other names.
    pub aliases: Vec<Cow<'a, str>>,
    /// Whether the name is a person's, so that surname readings apply.
    pub person: bool,
    /// Telephone numbers, digits only.
    pub digits: Vec<Cow<'a, str>>,
    /// Document numbers, found by their ends.
    pub tails: Vec<Cow<'a, str>>,
    /// Shared texts.
    pub terms: Vec<TermId>,
    /// Numbers of the organisations it belongs to, the primary one first.
    pub scope: Vec<u32>,
    /// Whether it ranks among the live ones.
    pub live: bool,
    /// Its state, by its number in the kind's table.
    pub state: u8,
    /// Day number of its recency; greater is newer.
    pub recency: i32,
    /// Number of a field, and a day of it, counted from the common era.
    pub days: Vec<(u8, i32)>,
}

impl Doc<'_> {
    /// With texts of its own.
    pub fn into_owned(self) -> Doc<'static> {
        fn own(texts: Vec<Cow<str>>) -> Vec<Cow<'static, str>> {
            let texts = texts.into_iter();
            texts.map(|text| Cow::Owned(text.into_owned())).collect()
        }
        Doc {
            name: Cow::Owned(self.name.into_owned()),
            aliases: own(self.aliases),
            digits: own(self.digits),
            tails: own(self.tails),
            ..self
        }
    }
}

/// A set of organisation numbers.
#[derive(Clone, Debug, Default)]
pub struct Scope(Vec<u64>);

impl Scope {
    /// The set of these numbers.
    pub fn of(numbers: impl IntoIterator<Item = u64>) -> Scope {
        let mut bits = Vec::new();
        for number in numbers {
            let at = (number / 64) as usize;
            if at >= bits.len() {
                bits.resize(at + 1, 0u64);
            }
            if let Some(word) = bits.get_mut(at) {
                *word |= 1 << (number % 64);
            }
        }
        Scope(bits)
    }

    /// Calls back with every number.
    pub fn each(&self, mut call: impl FnMut(u32)) {
        for (nth, word) in self.0.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                call(nth as u32 * 64 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }

    /// Whether a number is in it.
    pub fn has(&self, number: u32) -> bool {
        self.0
            .get((number / 64) as usize)
            .is_some_and(|word| word >> (number % 64) & 1 == 1)
    }
}

/// What the days of a field must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The number of the field.
    pub field: u8,
    /// The first and the last day, counted from the common era; none if there must be no day.
    pub within: Option<(i32, i32)>,
}

/// In what order hits stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best match first.
    #[default]
    Rank,
    /// By name.
    Name,
    /// The most recent first, whatever their state.
    Recent,
    /// By kind and number.
    Code,
}

/// What is looked for.
#[derive(Clone, Copy, Default)]
pub struct Query<'a> {
    /// Words.
    pub text: &'a str,
    /// Bits of the kinds; 0 means all.
    pub kinds: u16,
    /// What the asker may see at all; none means everything.
    pub permit: Option<&'a Scope>,
    /// The part that is looked at; none means everything.
    pub within: Option<&'a Scope>,
    /// Kinds of which the asker sees these single records alone, wherever they belong; they are seen
    /// beside what is permitted of the other kinds.
    pub assigned: Option<(u16, &'a [u64])>,
    /// Single records that the asker may not see, by kind and number in one (`Code::id`), in order.
    pub hidden: &'a [u64],
    /// Their places in this very index, where they are known; they are looked up otherwise.
    pub hidden_at: Option<&'a [u32]>,
    /// Bits of the states; none means all.
    pub states: Option<u16>,
    /// Of each of these lists a record must have a term.
    pub terms: &'a [Vec<TermId>],
    /// What days a record must have; where this is asked, of one kind alone.
    pub days: &'a [Dated],
    /// In what order.
    pub sort: Sort,
    /// Skip so many.
    pub offset: usize,
    /// At most so many.
    pub limit: usize,
}

/// One hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Kind bit number.
    pub kind: u8,
    /// Number.
    pub number: u64,
    /// Sum of the words' tiers.
    pub score: u16,
}

impl Hit {
    /// Kind and number in one, as `Code::id` has them.
    pub fn id(&self) -> u64 {
        base::id(self.kind, self.number)
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// How many in all.
    pub total: usize,
    /// The page.
    pub rows: Vec<Hit>,
    /// Nothing matched as typed: these are guesses.
    pub fuzzy: bool,
}
