//! What the law asks of the course of a complaint: terms, answers, reviews, its end (信访工作条例 23-36).

use chrono::NaiveDate;

use crate::domain::clock;
use crate::domain::complaint::SPEC;
use crate::domain::complaint_act::ANSWERS;
use crate::domain::due::Due;
use crate::domain::kind::Kind;
use crate::domain::organisation_rule::missing;
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Lang, Said, t};
use crate::domain::setting::{HOUSE, REST_DAYS};
use crate::say;

const BASE: Rule = Rule {
    kind: Kind::Complaint,
    ..Rule::BASE
};

/// The answer's arrival sets the term going, and it is not known.
const UNDELIVERED: Rule = Rule {
    strength: Strength::Should,
    field: "delivered_on",
    way_out: t(
        "先记送达日期：kezhi do deliver 编号 delivered_on=... delivered_how=...；查不清的写明原因受理",
        "record it first: kezhi do deliver CODE delivered_on=... delivered_how=...; if nobody can tell, say why it is taken up",
    ),
    ..BASE
};

/// An extension has at most so many days (信访工作条例 34).
const LONGER: i64 = 30;

/// Kinds whose answer decides nothing about anybody.
const LIGHT: &[&str] = &["建议意见", "表扬", "个人信息"];

/// What an answer must say; the field is the first one in which it does not.
const ELEMENT: Rule = Rule {
    id: "XF-32",
    article: "信访工作条例第三十二条",
    acts: &["answer"],
    way_out: t(
        "答复须写明请求、事实和理由、处理意见及其依据、复查途径：kezhi do answer 编号 claims=... outcome=...",
        "an answer has claims, facts and reasons, decision with its legal basis, and the way to a review: kezhi do answer CODE claims=... outcome=...",
    ),
    ..BASE
};

macro_rules! element {
    ($key:literal) => {
        Rule {
            field: $key,
            check: |case| unsaid(case, $key),
            ..ELEMENT
        }
    };
}

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "XF-23C",
        article: "信访工作条例第二十三条",
        acts: &["object"],
        field: "transferred_on",
        check: |case| {
            lapsed(case, "转办", "object").map(|day| {
                say!(
                    "异议应在转办后 5 个工作日内提出，{day} 已届满",
                    "an objection is made within 5 working days of being passed on: that ended on {day}"
                )
            })
        },
        way_out: t(
            "予以受理；确不属本单位的，由负责人转办并写明原因",
            "accept it; a head may pass it on with a reason",
        ),
        ..BASE
    },
    Rule {
        id: "XF-31",
        article: "信访工作条例第三十一条",
        acts: &["answer"],
        field: "investigated_on",
        check: |case| {
            let begun = ["investigated_on", "review_on"];
            let hasty = begun.iter().all(|key| case.after.get(key).is_none());
            (hasty && !light(case)).then(|| {
                say!(
                    "还没有核查，不能答复",
                    "it was not looked into yet: no answer"
                )
            })
        },
        way_out: t(
            "先核查：kezhi do investigate 编号",
            "first kezhi do investigate CODE",
        ),
        ..BASE
    },
    element!("claims"),
    element!("found"),
    element!("reasons"),
    element!("outcome"),
    element!("decision"),
    element!("basis"),
    element!("remedy"),
    Rule {
        id: "XF-33",
        article: "信访工作条例第三十三条",
        acts: &["mediate"],
        field: "settlement",
        check: |case| {
            let short = case.after.text("settlement").chars().count() < 10;
            short.then(|| {
                say!(
                    "调解、和解须有协议书，请写明双方、内容和日期",
                    "a settlement is in writing: parties, terms, day"
                )
            })
        },
        way_out: t("settlement=协议内容", "settlement=TERMS"),
        ..BASE
    },
    Rule {
        id: "XF-34",
        article: "信访工作条例第三十四条",
        acts: &["extend"],
        field: "extended_days",
        check: |case| {
            let days = case.after.int("extended_days");
            if case
                .before
                .is_some_and(|before| before.get("extended_on").is_some())
            {
                return Some(say!(
                    "已经延期一次，不能再延",
                    "it was extended once: not again"
                ));
            }
            let late = case.before.and_then(|before| {
                let due = clock::of("handle")?.due(before, case.world)?;
                (due.day < case.today).then_some(due.day)
            });
            if let Some(day) = late {
                return Some(say!(
                    "办理期限 {day} 已过，不能再延期",
                    "its term ended on {day}: too late to extend it"
                ));
            }
            (days > LONGER).then(|| {
                say!(
                    "延长 {days} 日，至多 30 日",
                    "{days} days are asked for: 30 at most"
                )
            })
        },
        way_out: t(
            "期限内延长，至多 30 日：extended_days=30；办不完或已逾期的，立即答复查明的部分：kezhi do answer 编号",
            "before the term ends, by 30 at most: extended_days=30; otherwise answer at once what is found: kezhi do answer CODE",
        ),
        ..BASE
    },
    Rule {
        id: "XF-35",
        article: "信访工作条例第三十五条",
        acts: &["review"],
        field: "answered_on",
        check: |case| {
            let record = case.after;
            if record.get("answered_on").is_none() {
                return Some(say!(
                    "没有书面答复，不能申请复查",
                    "there is no written answer to be reviewed"
                ));
            }
            if record.get("review_answered_on").is_some() {
                return Some(say!(
                    "已经复查过；不服的申请复核：recheck",
                    "it was reviewed: a second review is asked for with recheck"
                ));
            }
            record.day("delivered_on")?;
            let day = lapsed(case, "答复", "review_right")?;
            Some(say!(
                "应在收到答复 30 日内申请，{day} 已届满",
                "a review is asked for within 30 days of the answer: that ended on {day}"
            ))
        },
        way_out: t(
            "有新的事实和理由的，另行登记并关联",
            "with new facts and reasons: enter it anew and link it",
        ),
        ..BASE
    },
    Rule {
        id: "XF-35D",
        article: "信访工作条例第三十五条",
        acts: &["review"],
        check: |case| undelivered(case, "delivered_on", "review_right"),
        ..UNDELIVERED
    },
    Rule {
        id: "XF-36D",
        article: "信访工作条例第三十六条",
        acts: &["recheck"],
        check: |case| undelivered(case, "review_delivered_on", "recheck_right"),
        ..UNDELIVERED
    },
    Rule {
        id: "DELIVERED",
        article: "信访工作条例第三十五条",
        acts: &["deliver", "answer"],
        field: "delivered_on",
        check: |case| {
            let (on, delivered) = *ANSWERS
                .iter()
                .find(|(on, _)| case.after.get(on).is_some())?;
            let (given, day) = (case.after.day(on)?, case.after.day(delivered)?);
            (day < given || day > case.today).then(|| {
                say!(
                    "送达日期 {day} 应在答复之日 {given} 至今天之间",
                    "delivered on {day}: it must lie between the answer, {given}, and today"
                )
            })
        },
        way_out: t("请核对：delivered_on=...", "check it: delivered_on=..."),
        ..BASE
    },
    Rule {
        id: "DELIVERED",
        article: "信访工作条例第三十五条",
        acts: &["deliver"],
        field: "delivered_on",
        check: |case| {
            let none = ANSWERS.iter().all(|(on, _)| case.after.get(on).is_none());
            none.then(|| {
                say!(
                    "没有书面答复，无从送达",
                    "there is no written answer to be delivered"
                )
            })
        },
        way_out: t(
            "先答复：kezhi do answer 编号",
            "answer first: kezhi do answer CODE",
        ),
        ..BASE
    },
    Rule {
        id: "REST",
        article: HOUSE,
        acts: &["suspend"],
        field: "until",
        check: |case| {
            let until = case.after.day("until")?;
            let (days, most) = ((until - case.today).num_days(), REST_DAYS.now(case.world));
            if days < 1 {
                return Some(say!(
                    "{until} 已到，中止须有以后的恢复日",
                    "{until} is here already: it is suspended until a later day"
                ));
            }
            let had = case.after.int("suspended_days");
            (had + days > most).then(|| {
                say!(
                    "已中止 {had} 天，再中止 {days} 天，合计超过 {most} 天",
                    "it rested {had} days and would rest {days} more: over {most} in all"
                )
            })
        },
        way_out: t(
            "改早恢复的日子：until=...；办不下去的先答复查明的部分",
            "an earlier day: until=...; or answer what is found by then",
        ),
        ..BASE
    },
    Rule {
        id: "XF-36",
        article: "信访工作条例第三十六条",
        acts: &["recheck"],
        field: "review_answered_on",
        check: |case| {
            let record = case.after;
            if record.get("rechecked_on").is_some() {
                return Some(say!(
                    "复核意见是最终意见，同一事实和理由不再受理",
                    "the second review is final: the same facts are not taken up again"
                ));
            }
            if record.get("review_answered_on").is_none() {
                return Some(say!(
                    "还没有复查，先申请复查：review",
                    "it was not reviewed yet: review comes first"
                ));
            }
            record.day("review_delivered_on")?;
            let day = lapsed(case, "答复", "recheck_right")?;
            Some(say!(
                "应在收到复查意见 30 日内申请，{day} 已届满",
                "it is asked for within 30 days of the review: that ended on {day}"
            ))
        },
        way_out: t(
            "有新的事实和理由的，另行登记并关联",
            "with new facts and reasons: enter it anew and link it",
        ),
        ..BASE
    },
    Rule {
        id: "XF-35C",
        article: "信访工作条例第三十五条",
        acts: &["close"],
        field: "satisfaction",
        check: |case| {
            if matches!(case.after.text("satisfaction"), "满意" | "基本满意") {
                return None;
            }
            let rights = ["review_right", "recheck_right"].into_iter();
            let mut ends = rights.filter_map(|key| ran(case, "答复", key));
            let due = ends.find(|due| due.day >= case.today)?;
            let day = due.day;
            Some(say!(
                "来人到 {day} 都可申请复查、复核，还没有表示满意",
                "until {day} a review may be asked for, and the complainant has not said to be satisfied"
            ))
        },
        way_out: t(
            "回访满意后办结：kezhi do callback；或负责人写明原因：kezhi do shut 编号 note=...",
            "call back first: kezhi do callback; or a head gives the reason: kezhi do shut CODE note=...",
        ),
        ..BASE
    },
];

/// How many characters, of those that carry a meaning, an answer's facts, reasons and basis have at least.
const LEAST: usize = 3;

/// What an answer does not say, where a field is the first of it.
fn unsaid(case: &Case, key: &str) -> Option<Said> {
    let needs: &[&str] = match light(case) {
        true => &["found", "reasons", "decision", "basis"],
        false => &[
            "claims", "found", "reasons", "outcome", "decision", "basis", "remedy",
        ],
    };
    let empty = needs.iter().find(|key| case.after.get(key).is_none());
    match empty {
        Some(first) if *first == key => missing(case.after, needs),
        Some(_) => None,
        None => bare(case.after).and_then(|(first, said)| (first == key).then_some(said)),
    }
}

/// What stands in an answer and says nothing: a dot, a dash, a word cut short; the first field of it before.
fn bare(record: &Record) -> Option<(&'static str, Said)> {
    let bare = |key: &&str| {
        let text = record.text(key);
        text.chars().filter(|one| one.is_alphanumeric()).count() < LEAST
    };
    let keys = ["found", "reasons", "basis"].into_iter().filter(bare);
    let fields: Vec<_> = keys.filter_map(|key| SPEC.field(key)).collect();
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| {
        let labels = fields.iter().map(|field| field.label.get(lang));
        labels.collect::<Vec<_>>()
    });
    let (zh, en) = (zh.join("、"), en.join(", "));
    let said = say!(
        "{zh}没有写出内容，每项至少写明一句",
        "nothing is said in: {en}; each needs a sentence"
    );
    fields.first().map(|first| (first.key, said))
}

/// A request that comes late if the answer came on its own day, which is not known.
fn undelivered(case: &Case, delivered: &str, right: &str) -> Option<Said> {
    if case.after.day(delivered).is_some() {
        return None;
    }
    let day = lapsed(case, "答复", right)?;
    Some(say!(
        "没有记送达日期；自答复之日起算，{day} 已届满",
        "when the answer was delivered is not recorded; counted from the answer itself it ended on {day}"
    ))
}

fn light(case: &Case) -> bool {
    LIGHT.contains(&case.after.text("kind"))
}

/// A clock as it ran in the state from which the act leads on.
fn ran(case: &Case, state: &str, key: &str) -> Option<Due> {
    let mut before = case.after.clone();
    before.set("status", state.into());
    clock::of(key)?.due(&before, case.world)
}

/// The last day of such a clock, where it is over.
fn lapsed(case: &Case, state: &str, key: &str) -> Option<NaiveDate> {
    let due = ran(case, state, key)?;
    (due.day < case.today).then_some(due.day)
}
