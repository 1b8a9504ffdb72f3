//! What the regulation and the law ask of complaints (article 19; 信访工作条例).

use crate::domain::rule::Rule;

/// The rules.
pub const RULES: &[Rule] = &[];
