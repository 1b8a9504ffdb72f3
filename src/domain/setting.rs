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

/// A certificate is issued after so many days of public notice.
pub const NOTICE_DAYS: Setting = Setting {
    key: "notice_days",
    label: t(
        "证明出具前公示几天",
        "days of public notice before a certificate is issued",
    ),
    default: 0,
    least: 0,
    most: 60,
};

/// Who signs a certificate: 2 for both who issues and who leads, 1 for who leads alone.
pub const SIGNERS: Setting = Setting {
    key: "certificate_signers",
    label: t(
        "证明由几人签字（2：经办人和负责人）",
        "signatories of a certificate (2: who issues and who leads)",
    ),
    default: 2,
    least: 1,
    most: 2,
};

/// From this budget on an activity is proposed as a major one.
pub const MAJOR_BUDGET: Setting = Setting {
    key: "major_budget",
    label: t(
        "预算满多少元建议列为重大",
        "budget in yuan from which an activity is proposed as major",
    ),
    default: 50_000,
    least: 1,
    most: 100_000_000,
};

/// From so many volunteers on.
pub const MAJOR_PEOPLE: Setting = Setting {
    key: "major_people",
    label: t(
        "志愿者满多少人建议列为重大",
        "volunteers from which an activity is proposed as major",
    ),
    default: 100,
    least: 1,
    most: 100_000,
};

/// From so many people served on.
pub const MAJOR_SERVED: Setting = Setting {
    key: "major_served",
    label: t(
        "服务对象满多少人建议列为重大",
        "people served from which an activity is proposed as major",
    ),
    default: 1000,
    least: 1,
    most: 1_000_000,
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

/// Hours that are entered so many days after the activity are a doubt.
pub const RECORD_DAYS: Setting = Setting {
    key: "record_days",
    label: t(
        "活动后几天才录入的时长列为疑点",
        "days after an activity from which entered hours are a doubt",
    ),
    default: 60,
    least: 1,
    most: 3650,
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

/// A complaint is accepted or passed on within so many working days.
pub const MOVE_DAYS: Setting = Setting {
    key: "move_days",
    label: t(
        "投诉几个工作日内受理或转办",
        "working days in which a complaint is accepted or passed on",
    ),
    default: 3,
    least: 1,
    most: 15,
};

/// A complaint is answered within so many working days.
pub const MATTER_DAYS: Setting = Setting {
    key: "matter_days",
    label: t(
        "投诉举报几个工作日内答复",
        "working days in which a complaint is answered",
    ),
    default: 15,
    least: 1,
    most: 60,
};

/// A suggestion is answered within so many working days (article 10 (5) names no number).
pub const SUGGESTION_DAYS: Setting = Setting {
    key: "suggestion_days",
    label: t(
        "建议意见几个工作日内答复",
        "working days in which a suggestion is answered",
    ),
    default: 15,
    least: 1,
    most: 60,
};

/// A request about one's own data is dealt with within so many working days.
pub const DATA_DAYS: Setting = Setting {
    key: "data_days",
    label: t(
        "个人信息请求几个工作日内处理",
        "working days in which a request about personal data is dealt with",
    ),
    default: 15,
    least: 1,
    most: 60,
};

/// What the last day of a term in days moves on from: 2 every day off, 1 statutory holidays, 0 nothing.
pub const ROLL: Setting = Setting {
    key: "roll",
    label: t(
        "按日计的期限末日遇休息日：2 顺延，1 只因法定节日顺延，0 不顺延",
        "the last day of a term in days moves on from days off (2), statutory holidays (1), nothing (0)",
    ),
    default: 2,
    least: 0,
    most: 2,
};

/// The body above the region's team that is offered first, by its place in the list.
pub const OUTSIDE_FIRST: Setting = Setting {
    key: "outside_first",
    label: t(
        "总队之上先移送：1 科协机关纪委，2 驻会纪检监察组，3 中国科协，4 民政部门，5 其他机关",
        "above the region first to: 1 discipline committee, 2 resident inspection, 3 China Association, 4 civil affairs, 5 another",
    ),
    default: 1,
    least: 1,
    most: 5,
};

/// The same matter is looked for among those of so many days.
pub const SAME_DAYS: Setting = Setting {
    key: "same_days",
    label: t(
        "几日内的投诉算作同一事来查",
        "days in which a complaint is looked for as the same matter",
    ),
    default: 365,
    least: 1,
    most: 3650,
};

/// A matter rests for so many days at most, all its rests together.
pub const REST_DAYS: Setting = Setting {
    key: "rest_days",
    label: t(
        "一件投诉合计至多中止几日",
        "days for which a complaint is suspended at most, in all",
    ),
    default: 90,
    least: 1,
    most: 365,
};

/// Whoever left a post counts as holding it for so many days, where a complaint is about them.
pub const POST_DAYS: Setting = Setting {
    key: "post_days",
    label: t(
        "离任几日内反映其人的投诉仍按任职回避",
        "days after leaving a post in which a complaint still goes past the team",
    ),
    default: 365,
    least: 0,
    most: 3650,
};

/// Harm in service is dealt with within so many days.
pub const HARM_DAYS: Setting = Setting {
    key: "harm_days",
    label: t("损害事件几日内处理完毕", "days in which harm is dealt with"),
    default: 15,
    least: 1,
    most: 365,
};

/// An insurer is told of a claim within so many hours.
pub const CLAIM_HOURS: Setting = Setting {
    key: "claim_hours",
    label: t(
        "出险后几小时内报案",
        "hours in which an insurer is told of a claim",
    ),
    default: 48,
    least: 1,
    most: 720,
};

/// What is proposed against somebody is decided within so many days.
pub const SANCTION_DAYS: Setting = Setting {
    key: "sanction_days",
    label: t(
        "处理拟议后几日内决定",
        "days in which a proposed sanction is decided",
    ),
    default: 30,
    least: 1,
    most: 365,
};

/// Whoever was told may state their side for so many days; only then is silence none.
pub const STATEMENT_DAYS: Setting = Setting {
    key: "statement_days",
    label: t(
        "告知后几日内听取陈述",
        "days in which a statement is heard after the notice",
    ),
    default: 5,
    least: 1,
    most: 60,
};

/// An appeal is made within so many days.
pub const APPEAL_DAYS: Setting = Setting {
    key: "appeal_days",
    label: t(
        "处理生效后几日内可以申诉",
        "days in which a sanction may be appealed",
    ),
    default: 30,
    least: 1,
    most: 365,
};

/// An appeal is decided within so many days.
pub const REPLY_DAYS: Setting = Setting {
    key: "appeal_answer_days",
    label: t(
        "申诉几日内作出决定",
        "days in which an appeal against a sanction is decided",
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
    NOTICE_DAYS,
    SIGNERS,
    MAJOR_BUDGET,
    MAJOR_PEOPLE,
    MAJOR_SERVED,
    TRAVEL,
    RECORD_DAYS,
    OLD_AGE,
    ALIKE,
    VACANT_DAYS,
    CONFIRM_DAYS,
    MOVE_DAYS,
    MATTER_DAYS,
    SUGGESTION_DAYS,
    DATA_DAYS,
    ROLL,
    OUTSIDE_FIRST,
    SAME_DAYS,
    REST_DAYS,
    POST_DAYS,
    HARM_DAYS,
    CLAIM_HOURS,
    SANCTION_DAYS,
    STATEMENT_DAYS,
    APPEAL_DAYS,
    REPLY_DAYS,
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
