//! Looking for records: searches, lists, and the lines of their results.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::kind::{Code, Kind};
use crate::domain::said::{Lang, t};
use crate::protocol::work::Facts;

/// A search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Find {
    /// Words.
    pub text: String,
    /// Kinds; empty means all.
    pub kinds: Vec<Kind>,
    /// Only in the subtree of this organisation.
    pub within: Option<Code>,
    /// Field and value that must agree, all of them: a searched field, the state, or a day and its period.
    #[serde(default)]
    pub filters: Vec<(String, String)>,
    /// The day of which periods such as 本周 are told; today if none.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// The order of the rows.
    #[serde(default)]
    pub sort: Order,
    /// Skip so many.
    pub offset: usize,
    /// At most so many.
    pub limit: usize,
}

/// In what order found rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The best match first, then live and recent ones.
    #[default]
    Rank,
    /// By name.
    Name,
    /// The most recent first, whatever their state.
    Recent,
    /// By code.
    Code,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The kind.
    pub kind: Kind,
    /// Field and value that must agree, all of them; of a day, the period that it lies in.
    pub filters: Vec<(String, String)>,
    /// The day of which periods such as 本周 are told; today if none.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// Only in the subtree of this organisation.
    pub within: Option<Code>,
    /// The field to sort by, `-` before it for the other way round.
    pub sort: Option<String>,
    /// What stands after this record: by its code, or in the order that is asked for.
    pub after: Option<Code>,
    /// At most so many.
    pub limit: usize,
}

/// The hits of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// How many there are in all.
    pub total: usize,
    /// Whether nothing matches as typed and these are guesses.
    pub fuzzy: bool,
    /// The page.
    pub rows: Vec<Row>,
}

/// One line of a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Code.
    pub code: Code,
    /// Kind.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// What it belongs to, or what it is.
    pub subtitle: String,
    /// Place by name.
    pub area: String,
    /// Phone, masked but for matched digits.
    pub phone: String,
    /// State.
    pub status: String,
    /// The day that tells how recent it is.
    pub day: String,
    /// Why it matched, a line per word.
    pub why: Vec<Why>,
    /// What else a list tells of it.
    #[serde(default)]
    pub facts: Facts,
}

/// Why one word matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The word as typed.
    pub word: String,
    /// The field that it matched.
    pub field: String,
    /// The text that it matched, masked where it must be.
    pub text: String,
}

impl Why {
    /// What the field is called on a record of a kind.
    pub fn label(&self, kind: Kind, lang: Lang) -> &str {
        let code = (self.field == CODE).then_some(t("编号", "code"));
        let field = kind.spec().field(&self.field).map(|field| field.label);
        let label = code.or(field).map(|label| label.get(lang));
        label.unwrap_or(self.field.as_str())
    }
}

/// The code of a record, among its fields.
pub const CODE: &str = "code";
