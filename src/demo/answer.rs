//! What somebody who was asked said and did.

use crate::demo::act::Act;
use crate::demo::random::Random;

/// Of a hundred who were asked: yes, no, not yet.
const ASKED: &[(&str, u64)] = &[("同意", 91), ("谢绝", 6), ("已邀", 3)];

/// Of a hundred who said yes: came, sent word, stayed away.
const CAME: &[(&str, u64)] = &[("到场", 95), ("不能来", 4), ("缺席", 1)];

/// While people are still asked.
const ASKING: &[(&str, u64)] = &[
    ("同意", 48),
    ("已邀", 23),
    ("拟派", 13),
    ("谢绝", 6),
    ("候补", 8),
    ("不能来", 2),
];

/// When all is ready.
const READY: &[(&str, u64)] = &[("同意", 86), ("谢绝", 5), ("不能来", 3), ("候补", 6)];

/// The state of an enrolment; the first one of an activity comes, so that somebody does.
pub fn state(act: &Act, nth: usize, random: &mut Random) -> &'static str {
    let drawn = match act.state {
        "草拟" | "待批" => "拟派",
        "招募" => random.weighted(ASKING),
        "就绪" => random.weighted(READY),
        "取消" => random.weighted(ASKED),
        _ => match random.weighted(ASKED) {
            "同意" => random.weighted(CAME),
            other => other,
        },
    };
    match act.state {
        "结项" | "进行" if nth == 0 => "到场",
        _ => drawn,
    }
}

/// Who takes part.
pub fn takes_part(answer: &str) -> bool {
    crate::domain::enrolment::TAKES_PART.contains(&answer)
}
