//! Rules that list what is overdue, each under the article of its clock.

use chrono::NaiveDate;

use crate::domain::clock;
use crate::domain::kind::Kind;
use crate::domain::rule::{Case, Found, Rule, stands};
use crate::domain::said::t;
use crate::say;

const LATE: Rule = Rule {
    kind: Kind::Complaint,
    field: "due_on",
    way_out: t(
        "立即办理，步骤：F8，或 kezhi steps 编号；超期的由上一级督办",
        "do it at once, F8 or kezhi steps CODE names the steps; the level above follows it up",
    ),
    ..Rule::BASE
};

const MOVE: Rule = Rule {
    field: "status",
    way_out: t(
        "受理、不予受理、转办或移送：F8，或 kezhi steps 编号",
        "accept it, do not accept it, pass it on or hand it over: F8, or kezhi steps CODE",
    ),
    ..LATE
};

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(MOVE, "R19-03T", "本单位规定", Must, late("move")),
    stands!(LATE, "XF-23B", "信访工作条例第二十三条", Must, late("tell")),
    stands!(
        LATE,
        "XF-23N",
        "纪检监察机关处理检举控告工作规则",
        Must,
        late("tell_named")
    ),
    stands!(
        LATE,
        "XF-34L",
        "信访工作条例第三十四条",
        Must,
        late("handle")
    ),
    stands!(LATE, "MATTER-TARGET", "本单位规定", Should, late("target")),
    stands!(LATE, "R10五-01", "第十条（五）", Must, late("suggestion")),
    stands!(LATE, "GB-45", "本单位规定", Must, late("data")),
    stands!(LATE, "REST-OVER", "本单位规定", Must, late("resume")),
    stands!(
        LATE,
        "XF-35L",
        "信访工作条例第三十五条",
        Must,
        late("review")
    ),
    stands!(
        LATE,
        "XF-36L",
        "信访工作条例第三十六条",
        Must,
        late("recheck")
    ),
];

/// Whether a clock is over, and since when.
fn late(case: &Case, key: &str) -> Option<Found> {
    let clock = clock::of(key)?;
    let due = clock.due(case.after, case.world)?;
    let last: NaiveDate = due.day;
    let over = (case.today - last).num_days();
    let (zh, en) = (clock.label.zh, clock.label.en);
    (over > 0).then(|| {
        (
            say!(
                "{zh}：{last} 已过，逾 {over} 天",
                "{en}: {last} is past by {over} days"
            ),
            Some(last),
        )
    })
}
