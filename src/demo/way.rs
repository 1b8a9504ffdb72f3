//! The ways that complaints take: which steps, how long after one another.

/// A step, and after how many days it is taken.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    /// The step's key.
    pub step: &'static str,
    /// At least and at most so many days after the one before.
    pub after: (i64, i64),
    /// Whether these are working days.
    pub work: bool,
}

const fn work(step: &'static str, least: i64, most: i64) -> Stage {
    Stage {
        step,
        after: (least, most),
        work: true,
    }
}

const fn days(step: &'static str, least: i64, most: i64) -> Stage {
    Stage {
        step,
        after: (least, most),
        work: false,
    }
}

const TAKEN: [Stage; 3] = [
    work("accept", 0, 2),
    work("assign", 0, 0),
    work("investigate", 1, 2),
];

macro_rules! way {
    ($($more:expr),*) => {
        &[TAKEN[0], TAKEN[1], TAKEN[2], $($more),*]
    };
}

/// A way.
pub type Way = &'static [Stage];

const ANSWERED: Way = way!(
    work("answer", 4, 9),
    days("callback", 3, 9),
    days("close", 29, 34)
);
const EXTENDED: Way = way!(
    work("extend", 6, 9),
    days("answer", 25, 55),
    days("callback", 3, 9),
    days("close", 29, 34)
);
const REVIEWED: Way = way!(
    work("answer", 4, 9),
    days("review", 5, 20),
    work("assign", 0, 1),
    days("answer", 12, 27),
    days("callback", 3, 9),
    days("close", 29, 34)
);
const RECHECKED: Way = way!(
    work("answer", 4, 9),
    days("review", 5, 20),
    work("assign", 0, 1),
    days("answer", 12, 27),
    days("recheck", 5, 20),
    work("assign", 0, 1),
    days("answer", 12, 27),
    days("callback", 3, 9),
    days("close", 5, 9)
);
const MEDIATED: Way = way!(work("mediate", 3, 9), days("callback", 3, 9));
const REMINDED: Way = way!(
    work("remind", 3, 4),
    work("answer", 2, 5),
    days("callback", 3, 9),
    days("close", 29, 34)
);
const PAUSED: Way = way!(
    work("suspend", 3, 5),
    days("resume", 10, 25),
    work("answer", 2, 4),
    days("callback", 3, 9),
    days("close", 29, 34)
);
const RECUSED: Way = &[
    work("accept", 0, 2),
    work("assign", 0, 0),
    work("recuse", 1, 1),
    work("investigate", 0, 1),
    work("answer", 4, 8),
    days("callback", 3, 9),
    days("close", 29, 34),
];
const REJECTED: Way = &[work("reject", 0, 2)];
const WITHDRAWN: Way = &[
    work("accept", 0, 2),
    work("assign", 0, 0),
    work("withdraw", 2, 6),
];
const PASSED: Way = &[
    work("transfer", 0, 2),
    work("accept", 0, 2),
    work("assign", 0, 0),
    work("investigate", 1, 2),
    work("answer", 4, 9),
    days("callback", 3, 9),
    days("close", 29, 34),
];
const DISPUTED: Way = &[
    work("transfer", 0, 1),
    work("object", 1, 2),
    work("settle", 0, 1),
    work("accept", 0, 1),
    work("assign", 0, 0),
    work("investigate", 1, 2),
    work("answer", 4, 8),
    days("callback", 3, 9),
    days("close", 29, 34),
];
const HANDED: Way = &[work("handover", 0, 2)];

/// Of those who complain.
const WAYS: [Way; 24] = [
    ANSWERED, EXTENDED, REVIEWED, ANSWERED, MEDIATED, HANDED, ANSWERED, REJECTED, EXTENDED,
    ANSWERED, PASSED, ANSWERED, RECHECKED, ANSWERED, REMINDED, ANSWERED, WITHDRAWN, EXTENDED,
    ANSWERED, RECUSED, PAUSED, ANSWERED, DISPUTED, ANSWERED,
];

/// Of a matter handled as it should not be, as long as it lies there.
const LYING: Way = way!(work("remind", 1, 1));

/// The way of the matter at a place in the list.
pub fn way(at: usize, kind: &str) -> Way {
    match kind {
        "建议意见" | "表扬" | "个人信息" => ANSWERED,
        _ => WAYS.get(at % WAYS.len()).copied().unwrap_or(ANSWERED),
    }
}

/// What stands in a state of its own on the day: how many working days ago it was received, and its way.
pub const NOW: [(u16, Way); 5] = [
    (1, &[]),
    (2, &[work("transfer", 0, 0)]),
    (4, &[work("transfer", 0, 0), work("object", 1, 1)]),
    (10, way!(work("suspend", 3, 3))),
    (14, way!(work("extend", 6, 7))),
];

/// The ways of what is planted.
pub fn planted(flaw: crate::demo::grievance::Grievance) -> Way {
    use crate::demo::grievance::Grievance::{Late, Own, Paid};
    match flaw {
        Own => LYING,
        Late => &[],
        Paid => ANSWERED,
    }
}
