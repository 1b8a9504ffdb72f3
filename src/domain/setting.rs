//! Settings: numbers that the regulation does not name, decided by the department (本单位规定).

use crate::domain::rule::World;
use crate::domain::said::{Text, t};

/// How a rule of the house is cited, where the regulation would be cited otherwise.
pub const HOUSE: &str = "本单位规定";

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Key on the command line and in the store.
    pub key: &'static str,
    /// What it decides.
    pub label: Text,
    /// What holds until an administrator decides otherwise.
    pub default: i64,
    /// The least that can be set.
    pub least: i64,
    /// The most that can be set.
    pub most: i64,
}

/// At most so many teams of one volunteer.
pub const MOST_TEAMS: Setting = Setting {
    key: "most_teams",
    label: t(
        "一名志愿者至多加入几个组织",
        "how many teams one volunteer may join",
    ),
    default: 5,
    least: 1,
    most: 20,
};

/// All settings.
pub const SETTINGS: &[Setting] = &[MOST_TEAMS];

impl Setting {
    /// What holds now.
    pub fn now(&self, world: &dyn World) -> i64 {
        world.setting(self.key).unwrap_or(self.default)
    }

    /// The mark of the store that holds it.
    pub fn mark(&self) -> String {
        format!("setting:{}", self.key)
    }
}
