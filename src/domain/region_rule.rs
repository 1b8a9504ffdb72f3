//! Rules on the region as a whole: what ought to be there and is not (articles 4 and 6).

use chrono::NaiveDate;

use crate::domain::rule::Rule;
use crate::domain::said::Said;
use crate::domain::world::World;

/// What a rule holds against the region at one place.
pub struct Standing {
    /// A record's code, or the code of a place without a team.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What is wrong.
    pub message: Said,
    /// Since when, where it is known.
    pub since: Option<NaiveDate>,
}

/// A rule that looks at all records together.
pub struct RegionRule {
    /// Id, article, strength and term; its own check is not asked.
    pub rule: Rule,
    /// What it finds.
    pub list: fn(&dyn World, NaiveDate) -> Vec<Standing>,
}

/// The rules.
pub const RULES: &[RegionRule] = &[];
