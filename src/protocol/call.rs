//! Calls as they are told beside what they are about.

use serde::{Deserialize, Serialize};

use crate::domain::kind::{Code, Kind};
use crate::domain::said::Lang;

/// One of the last calls about a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its code.
    pub code: Code,
    /// When it came.
    pub when: String,
    /// The first words of its note.
    pub title: String,
    /// Who took it.
    pub by: String,
    /// Its state.
    pub status: String,
}

impl Call {
    /// The call in a line: day and time, first words, who took it, its state.
    pub fn line(&self, lang: Lang) -> String {
        let when = self.when.get(5..).unwrap_or("").replace('T', " ");
        let status = Kind::Call.spec().said(&self.status, lang);
        format!("{when} {}  {}  {status}", self.title, self.by)
    }
}
