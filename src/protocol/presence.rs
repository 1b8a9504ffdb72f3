//! Who else has a record open.

use serde::{Deserialize, Serialize};

/// Somebody else who has it open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Other {
    /// Name.
    pub name: String,
    /// Whether it is being edited there.
    pub edits: bool,
}
