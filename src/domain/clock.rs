//! The clocks of matters: whose turn it is, until when, by which article, and what act stops it.
//!
//! A clock is stopped by an act alone; nobody stops one by looking. The days of the law are in the
//! rows, those of the department are settings and cited as such.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use crate::domain::due::{Due, Roll, Unit};
use crate::domain::kind::Kind;
use crate::domain::moment::begins;
use crate::domain::record::Record;
pub use crate::domain::running::{Running, running, wind};
use crate::domain::said::{Text, t};
use crate::domain::sanction;
use crate::domain::setting::{
    APPEAL_DAYS, CLAIM_HOURS, DATA_DAYS, HARM_DAYS, HOUSE, MATTER_DAYS, MOVE_DAYS, REPLY_DAYS,
    ROLL, SANCTION_DAYS, STATEMENT_DAYS, SUGGESTION_DAYS, Setting,
};
use crate::domain::value::Value;
use crate::domain::world::World;

/// How many days a clock runs.
#[derive(Clone, Copy, Debug)]
pub enum Count {
    /// So many, by law.
    Law(u16),
    /// As many as the department has decided.
    House(Setting),
    /// So many hours from a moment, as the department has decided.
    Hours(Setting),
}

/// One clock.
pub struct Clock {
    /// The kind of record that it runs on.
    pub kind: Kind,
    /// Its key.
    pub key: &'static str,
    /// What is to be done.
    pub label: Text,
    /// Where its days come from.
    pub article: &'static str,
    /// Whose turn it is.
    pub whose: Text,
    /// The steps that stop it.
    pub stops: &'static [&'static str],
    /// How long it runs.
    pub count: Count,
    /// Whether in working days; in days of the calendar otherwise.
    pub workdays: bool,
    /// What sets it going.
    pub event: Text,
    /// The day on which that happened; none while it does not run.
    pub begins: fn(&Record) -> Option<NaiveDate>,
    /// The moment itself, where hours are counted.
    pub at: fn(&Record) -> Option<NaiveDateTime>,
    /// Further days: an extension, days of suspension.
    pub more: fn(&Record) -> u16,
    /// Whether what it ends is a right of somebody else, and not a duty of the desk.
    pub right: bool,
}

const BASE: Clock = Clock {
    kind: Kind::Complaint,
    key: "",
    label: t("", ""),
    article: HOUSE,
    whose: t("受理组织", "the receiver"),
    stops: &[],
    count: Count::Law(0),
    workdays: false,
    event: t("收到", "received"),
    begins: |_| None,
    at: |_| None,
    more: |_| 0,
    right: false,
};

fn waits(record: &Record) -> bool {
    matches!(record.status(), "登记" | "转办" | "异议")
}

fn since(record: &Record) -> Option<NaiveDate> {
    record.day("transferred_on").or_else(|| record.day("day"))
}

/// Whether somebody can be told: a name or a contact is known (信访工作条例 23).
fn reachable(record: &Record) -> bool {
    let known = |key: &str| record.get(key).is_some();
    !matches!(record.get("anonymous"), Some(Value::Flag(true)))
        && (known("complainant") || known("contact"))
}

fn named(record: &Record) -> bool {
    record.text("kind") == "举报" && record.get("complainant").is_some()
}

fn handled(record: &Record, kinds: &[&str]) -> Option<NaiveDate> {
    // Once accepted it runs on while it is passed on: that decides nothing.
    let open = matches!(record.status(), "登记" | "转办" | "异议" | "受理" | "核查");
    let runs = open && kinds.contains(&record.text("kind"));
    record.day("accepted_on").filter(|_| runs)
}

/// Of a clock in working days: the days on which it was suspended go by before it runs.
fn worked(record: &Record, kinds: &[&str]) -> Option<NaiveDate> {
    let days = record.int("suspended_days").clamp(0, 36_500);
    handled(record, kinds).map(|day| day + Duration::days(days))
}

fn longer(record: &Record) -> u16 {
    let days = record.int("extended_days") + record.int("suspended_days");
    u16::try_from(days.clamp(0, 3650)).unwrap_or(0)
}

/// The day on which an answer reached the complainant; that of the answer where it is not known.
fn received(record: &Record, delivered: &str, answered: &str) -> Option<NaiveDate> {
    record.day(delivered).or_else(|| record.day(answered))
}

/// All clocks.
pub const CLOCKS: &[Clock] = &[
    Clock {
        key: "move",
        label: t("受理或转办", "accept or pass on"),
        article: HOUSE,
        stops: &["accept", "reject", "transfer", "handover", "withdraw"],
        count: Count::House(MOVE_DAYS),
        workdays: true,
        begins: |record| since(record).filter(|_| record.status() == "登记"),
        ..BASE
    },
    Clock {
        key: "tell",
        label: t("书面告知是否受理", "tell in writing whether it is accepted"),
        article: "信访工作条例第二十三条",
        stops: &["accept", "reject", "transfer", "handover", "withdraw"],
        count: Count::Law(15),
        begins: |record| {
            since(record).filter(|_| waits(record) && reachable(record) && !named(record))
        },
        ..BASE
    },
    Clock {
        key: "tell_named",
        label: t("告知实名举报人受理情况", "tell the named accuser"),
        article: "纪检监察机关处理检举控告工作规则",
        stops: &["accept", "reject", "transfer", "handover", "withdraw"],
        count: Count::Law(15),
        workdays: true,
        begins: |record| {
            since(record).filter(|_| waits(record) && reachable(record) && named(record))
        },
        ..BASE
    },
    Clock {
        key: "object",
        label: t("对转办提出异议", "object to being passed on"),
        article: "信访工作条例第二十三条",
        stops: &["object", "accept", "reject", "transfer"],
        count: Count::Law(5),
        workdays: true,
        event: t("转办", "passed on"),
        begins: |record| {
            record
                .day("transferred_on")
                .filter(|_| record.status() == "转办")
        },
        right: true,
        ..BASE
    },
    Clock {
        key: "handle",
        label: t("办结申诉求决", "decide the appeal"),
        article: "信访工作条例第三十四条",
        whose: t("承办人", "the handler"),
        stops: &[
            "answer", "mediate", "withdraw", "suspend", "reject", "handover",
        ],
        count: Count::Law(60),
        event: t("受理", "accepted"),
        begins: |record| handled(record, &["申诉求决", "投诉", "举报", "损害"]),
        more: longer,
        ..BASE
    },
    Clock {
        key: "target",
        label: t("办理时限", "target of the desk"),
        article: HOUSE,
        whose: t("承办人", "the handler"),
        stops: &["answer", "mediate", "withdraw", "suspend", "extend"],
        count: Count::House(MATTER_DAYS),
        workdays: true,
        event: t("受理", "accepted"),
        begins: |record| {
            worked(record, &["投诉", "举报", "损害"]).filter(|_| record.int("extended_days") == 0)
        },
        ..BASE
    },
    Clock {
        key: "suggestion",
        label: t("答复意见建议", "answer the suggestion"),
        article: HOUSE,
        whose: t("承办人", "the handler"),
        stops: &["answer", "withdraw", "suspend"],
        count: Count::House(SUGGESTION_DAYS),
        workdays: true,
        event: t("受理", "accepted"),
        begins: |record| worked(record, &["建议意见", "表扬"]),
        ..BASE
    },
    Clock {
        key: "data",
        label: t("处理个人信息请求", "deal with the request"),
        article: HOUSE,
        whose: t("承办人", "the handler"),
        stops: &["answer", "withdraw", "suspend"],
        count: Count::House(DATA_DAYS),
        workdays: true,
        event: t("受理", "accepted"),
        begins: |record| worked(record, &["个人信息"]),
        ..BASE
    },
    Clock {
        key: "resume",
        label: t("恢复办理", "resume it"),
        article: HOUSE,
        whose: t("承办人", "the handler"),
        stops: &["resume", "withdraw"],
        event: t("中止", "suspended"),
        begins: |record| {
            let bounded = record.day("until").is_some() && record.status() == "中止";
            record.day("suspended_on").filter(|_| bounded)
        },
        more: |record| {
            let (from, until) = (record.day("suspended_on"), record.day("until"));
            let days = until
                .zip(from)
                .map(|(until, from)| (until - from).num_days());
            u16::try_from(days.unwrap_or(0).max(0)).unwrap_or(u16::MAX)
        },
        ..BASE
    },
    Clock {
        key: "review_right",
        label: t("来人可申请复查", "a review may be asked for"),
        article: "信访工作条例第三十五条",
        whose: t("来人", "the complainant"),
        stops: &["review", "close", "shut"],
        count: Count::Law(30),
        event: t("收到答复", "answer received"),
        begins: |record| {
            let first = record.text("review_answered_on").is_empty();
            received(record, "delivered_on", "answered_on")
                .filter(|_| record.status() == "答复" && first)
        },
        right: true,
        ..BASE
    },
    Clock {
        key: "review",
        label: t("答复复查", "answer the review"),
        article: "信访工作条例第三十五条",
        stops: &["answer", "withdraw"],
        count: Count::Law(30),
        event: t("申请复查", "review asked"),
        begins: |record| {
            record
                .day("review_on")
                .filter(|_| record.status() == "复查")
        },
        ..BASE
    },
    Clock {
        key: "recheck_right",
        label: t("来人可申请复核", "a second review may be asked for"),
        article: "信访工作条例第三十六条",
        whose: t("来人", "the complainant"),
        stops: &["recheck", "close", "shut"],
        count: Count::Law(30),
        event: t("收到复查意见", "review received"),
        begins: |record| {
            let last = record.text("rechecked_on").is_empty();
            received(record, "review_delivered_on", "review_answered_on")
                .filter(|_| record.status() == "答复" && last)
        },
        right: true,
        ..BASE
    },
    Clock {
        key: "recheck",
        label: t("答复复核", "answer the second review"),
        article: "信访工作条例第三十六条",
        stops: &["answer", "withdraw"],
        count: Count::Law(30),
        event: t("申请复核", "second review asked"),
        begins: |record| {
            record
                .day("recheck_on")
                .filter(|_| record.status() == "复核")
        },
        ..BASE
    },
    Clock {
        kind: Kind::Incident,
        key: "harm",
        label: t("处理完毕损害事件", "deal with the harm"),
        whose: t("组织单位", "the organising unit"),
        stops: &["close"],
        count: Count::House(HARM_DAYS),
        event: t("登记", "entered"),
        begins: |record| {
            let entered = record.day("entered_on").or_else(|| record.day("day"));
            entered.filter(|_| record.live())
        },
        ..BASE
    },
    Clock {
        kind: Kind::Incident,
        key: "claim",
        label: t("向保险人报案", "tell the insurer"),
        article: "本单位规定、保险条款",
        whose: t("组织单位", "the organising unit"),
        stops: &["claim"],
        count: Count::Hours(CLAIM_HOURS),
        event: t("出险", "the harm"),
        begins: |record| {
            let waits = record.text("claim_told_at").is_empty();
            let insured = !record.text("insurance").is_empty();
            record
                .day("day")
                .filter(|_| record.live() && waits && insured)
        },
        at: |record| begins(record.text("happened_at")),
        ..BASE
    },
    Clock {
        kind: Kind::Sanction,
        key: "sanction",
        label: t("决定是否处理", "decide the sanction"),
        whose: t("决定组织", "the deciding team"),
        stops: &["enforce", "drop"],
        count: Count::House(SANCTION_DAYS),
        event: t("拟议", "proposed"),
        begins: |record| record.day("proposed_on").filter(|_| sanction::open(record)),
        ..BASE
    },
    Clock {
        kind: Kind::Sanction,
        key: "statement",
        label: t("本人可以陈述", "a statement may be made"),
        whose: t("本人", "whom it is about"),
        stops: &["hear"],
        count: Count::House(STATEMENT_DAYS),
        event: t("告知", "told"),
        begins: |record| record.day("told_on").filter(|_| record.status() == "告知"),
        right: true,
        ..BASE
    },
    Clock {
        kind: Kind::Sanction,
        key: "appeal_right",
        label: t("本人可以申诉", "an appeal may be made"),
        whose: t("本人", "whom it is about"),
        stops: &["appeal"],
        count: Count::House(APPEAL_DAYS),
        event: t("生效", "in force"),
        begins: |record| {
            let first = record.text("appealed_on").is_empty();
            record
                .day("effective_on")
                .filter(|_| record.status() == "生效" && first)
        },
        right: true,
        ..BASE
    },
    Clock {
        kind: Kind::Sanction,
        key: "appeal",
        label: t("答复申诉", "decide the appeal"),
        whose: t("上一级负责人", "the head above"),
        stops: &["uphold", "revoke"],
        count: Count::House(REPLY_DAYS),
        event: t("申诉", "appealed"),
        begins: |record| {
            record
                .day("appealed_on")
                .filter(|_| record.status() == "申诉")
        },
        ..BASE
    },
];

/// What the clocks are called, for the field that says which one ends first.
pub const WORDS: &[Text] = &{
    let mut words = [t("", ""); CLOCKS.len()];
    let mut nth = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while nth < CLOCKS.len() {
        words[nth] = CLOCKS[nth].label;
        nth += 1;
    }
    words
};

/// The clock with a key.
pub fn of(key: &str) -> Option<&'static Clock> {
    CLOCKS.iter().find(|clock| clock.key == key)
}

impl Clock {
    /// Until when it runs on a record; none while it does not.
    pub fn due(&self, record: &Record, world: &dyn World) -> Option<Due> {
        let from = (self.begins)(record)?;
        let house = |setting: Setting| u16::try_from(setting.now(world)).unwrap_or(0);
        let (count, unit) = match (self.count, self.workdays) {
            (Count::Hours(setting), _) => {
                let hours = house(setting);
                let until = (self.at)(record)? + Duration::hours(hours.into());
                (hours, Unit::Hours(until))
            }
            (Count::Law(days), true) => (days, Unit::Workdays),
            (Count::Law(days), false) => (days, Unit::Days(roll(world))),
            (Count::House(setting), true) => (house(setting), Unit::Workdays),
            (Count::House(setting), false) => (house(setting), Unit::Days(roll(world))),
        };
        let count = count.saturating_add((self.more)(record));
        Some(world.calendar().due(from, count, unit))
    }
}

/// What a last day moves on from, as the department reads the Civil Code, article 203.
pub fn roll(world: &dyn World) -> Roll {
    match ROLL.now(world) {
        0 => Roll::Never,
        1 => Roll::Holiday,
        _ => Roll::Rest,
    }
}
