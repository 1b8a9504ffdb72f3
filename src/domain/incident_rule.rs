//! What the regulation asks of harm in service (article 18).

use crate::domain::rule::Rule;

/// The rules.
pub const RULES: &[Rule] = &[];
