//! Texts that are typed and not sent: what the service keeps of them for whoever types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::kind::{Code, Kind};
use crate::protocol::Act;

/// So many drafts one operator may have, those thrown away among them.
pub const MOST: usize = 200;

/// So many bytes one draft may take.
pub const LARGEST_DRAFT: usize = 256 << 10;

/// So many bytes all of them together.
pub const MOST_BYTES: usize = 4 << 20;

/// So many days a draft that was thrown away can be taken back.
pub const DAYS: i64 = 7;

/// So many days a draft that nobody touches is kept: whoever waits for an answer by post or for the next term
/// still finds it, and what is said in it of people is not kept for ever.
pub const UNTOUCHED: i64 = 90;

/// Where a text is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Within {
    /// A form.
    Form(Act),
    /// The hours of an activity, typed in place.
    Hours(Code),
}

impl Within {
    /// The record that it is about; none for a new one.
    pub fn code(&self) -> Option<Code> {
        match self {
            Within::Form(Act::Edit { code, .. } | Act::Step { code, .. }) => Some(*code),
            Within::Hours(code) => Some(*code),
            Within::Form(Act::New(_)) => None,
        }
    }

    /// The kind of the record that it makes or changes.
    pub fn kind(&self) -> Kind {
        match self {
            Within::Form(Act::New(kind)) => *kind,
            Within::Form(Act::Edit { code, .. } | Act::Step { code, .. }) => code.kind,
            Within::Hours(_) => Kind::ServiceRecord,
        }
    }
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its number: the token with which it is sent in the end.
    pub id: u64,
    /// Where it is typed.
    pub within: Within,
    /// Its title.
    pub title: String,
    /// What is typed, of the fields that differ from their start.
    pub texts: BTreeMap<String, String>,
    /// What the fields held at the start.
    #[serde(default)]
    pub base: BTreeMap<String, String>,
    /// What the record showed in these fields at the start where that is not what they held: masked, or asked anew.
    #[serde(default)]
    pub shown: BTreeMap<String, String>,
    /// The field with the cursor.
    #[serde(default)]
    pub at: String,
    /// The records of a step that is taken for several.
    #[serde(default)]
    pub all: Vec<Code>,
    /// How often it was taken over; only the session that did so last may write.
    #[serde(default)]
    pub turn: u64,
    /// Grows with every write of a session: an older one that comes later is passed over.
    #[serde(default)]
    pub number: u64,
    /// When it was written last; the service says so.
    #[serde(default)]
    pub kept: String,
    /// When it was thrown away.
    #[serde(default)]
    pub discarded: Option<String>,
    /// Whether its operator may no longer see what it is for; the service says so.
    #[serde(default)]
    pub closed: bool,
}

/// What is asked about the caller's own drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Drafting {
    /// Keeps a draft as it stands now.
    Keep(Box<Draft>),
    /// All of them, the newest first.
    List,
    /// This session goes on with it; another one that has it open is told.
    Take(u64),
    /// Throws it away; it can be restored for some days.
    Discard(u64),
    /// Takes it back.
    Restore(u64),
    /// Forgets it: nothing is typed any more.
    Forget(u64),
}
