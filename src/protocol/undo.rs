//! What is asked and answered about taking back what was done just now.

use serde::{Deserialize, Serialize};

use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Text, t};

/// So many seconds a change can be taken back.
pub const SECONDS: u64 = 30;

/// What a change of a record is called, by its key in the log.
pub fn called(code: Code, act: &str) -> Text {
    match act {
        "new" => t("新建", "new record"),
        "edit" => t("修改", "edit"),
        act => {
            let step = code.kind.spec().step(act);
            step.map_or(t("", ""), |step| step.label)
        }
    }
}

/// What is taken back: the session's own last change of a record, with all that changed with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The record, or the first of many.
    pub code: Code,
    /// The revision that the change made; the last one of this session if none is said.
    pub rev: Option<u64>,
}

/// What was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The record, or the first of many.
    pub code: Code,
    /// What had been done: `new`, `edit`, or the step's key.
    pub act: String,
    /// To how many records, those that changed with them not counted.
    pub count: usize,
    /// The state in which a record is kept that had only just been made; empty for all others.
    #[serde(default)]
    pub ended: String,
    /// Of several those that could not be taken back, each with why.
    #[serde(default)]
    pub left: Vec<(Code, Refusal)>,
}
