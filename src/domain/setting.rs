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

/// A need is to be answered within so many working days.
pub const ANSWER_DAYS: Setting = Setting {
    key: "answer_days",
    label: t(
        "需求几个工作日内答复",
        "working days in which a need is answered",
    ),
    default: 7,
    least: 1,
    most: 60,
};

/// A certificate is to be issued within so many working days.
pub const CERTIFICATE_DAYS: Setting = Setting {
    key: "certificate_days",
    label: t(
        "证明几个工作日内出具",
        "working days in which a certificate is issued",
    ),
    default: 3,
    least: 1,
    most: 60,
};

/// Minutes between two activities of one person, for the way.
pub const TRAVEL: Setting = Setting {
    key: "travel_minutes",
    label: t(
        "同一人两场之间留几分钟路程",
        "minutes for the way between two activities of one person",
    ),
    default: 0,
    least: 0,
    most: 1440,
};

/// Hours are to be entered within so many days after the activity.
pub const RECORD_DAYS: Setting = Setting {
    key: "record_days",
    label: t(
        "活动后几日内录入服务记录",
        "days after an activity in which hours are entered",
    ),
    default: 7,
    least: 1,
    most: 365,
};

/// From this age on heavy and outdoor work is asked about.
pub const OLD_AGE: Setting = Setting {
    key: "old_age",
    label: t(
        "满几周岁不派危险岗位",
        "age from which no dangerous task is given",
    ),
    default: 70,
    least: 55,
    most: 120,
};

/// Identical rounded minutes of so many people are a doubt.
pub const ALIKE: Setting = Setting {
    key: "alike_rows",
    label: t(
        "几人以上同一整小时列为疑点",
        "people with the same rounded hours that make a doubt",
    ),
    default: 20,
    least: 3,
    most: 1000,
};

/// A leader may be missing for so many days before it counts.
pub const VACANT_DAYS: Setting = Setting {
    key: "vacant_days",
    label: t(
        "职务空缺几日以上列为缺职",
        "days for which a post may stay vacant",
    ),
    default: 30,
    least: 0,
    most: 365,
};

/// Who was entered by others is to confirm within so many days.
pub const CONFIRM_DAYS: Setting = Setting {
    key: "confirm_days",
    label: t(
        "登记后几日内须本人确认",
        "days in which a volunteer is to confirm the entry",
    ),
    default: 30,
    least: 1,
    most: 365,
};

/// All settings.
pub const SETTINGS: &[Setting] = &[
    MOST_TEAMS,
    ANSWER_DAYS,
    CERTIFICATE_DAYS,
    TRAVEL,
    RECORD_DAYS,
    OLD_AGE,
    ALIKE,
    VACANT_DAYS,
    CONFIRM_DAYS,
];

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
