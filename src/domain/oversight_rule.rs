//! What the regulation asks of the oversight of major activities (article 19).

use crate::domain::rule::Rule;

/// The rules.
pub const RULES: &[Rule] = &[];
