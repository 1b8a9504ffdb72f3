//! What the regulation asks of what follows from an upheld complaint.

use crate::domain::rule::Rule;

/// The rules.
pub const RULES: &[Rule] = &[];
