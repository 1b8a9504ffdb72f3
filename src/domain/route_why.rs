//! Why a complaint goes where it goes: the sentences, in the order of their reasons.
//!
//! A record keeps them in Chinese, as they stand in its papers; the English is found again by the
//! words between their names.

use crate::domain::said::{Said, Text, t};

/// A reason, with `{}` where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why(Text);

/// A team is accused: the one above it receives.
pub const UP: Why = Why(t(
    "被反映的是{}，上一级是{}（第十九条）",
    "it is about {}; one level up is {} (article 19)",
));
/// Nobody stands above the accused.
pub const ABOVE_TOP: Why = Why(t(
    "{}之上没有科技志愿服务组织，应移送{}（第十九条）",
    "no team stands above {}: hand it over to {} (article 19)",
));
/// A team without anybody above it in the register.
pub const ORPHAN: Why = Why(t(
    "{}没有登记上级，由{}受理",
    "{} has no team above it in the register: {} receives it",
));
/// A volunteer without a post.
pub const MEMBER: Why = Why(t(
    "{}不任职务，由其所在组织{}受理",
    "{} holds no post: the own team {} receives it",
));
/// A volunteer in no team.
pub const TEAMLESS: Why = Why(t(
    "{}未加入组织，由{}受理",
    "{} belongs to no team: {} receives it",
));
/// A volunteer with a post.
pub const POST: Why = Why(t(
    "{}在{}任职，该组织回避",
    "{} holds a post in {}, which stays out of it",
));
/// A volunteer who held a post until lately.
pub const POST_LATELY: Why = Why(t(
    "{}不久前曾在{}任职，该组织回避（本单位规定）",
    "{} held a post until lately in {}, which stays out of it (rule of the department)",
));
/// A team that was kept from it before and is accused no more.
pub const ONCE: Why = Why(t(
    "{}先前已回避，更改对象后仍回避",
    "{} was kept from it before, and stays so whoever is accused now",
));
/// Nobody in the registers is accused.
pub const NOBODY: Why = Why(t(
    "没有指明登记在册的对象，由{}受理",
    "nobody in the registers is named: {} receives it",
));
/// Several are accused.
pub const COMMON: Why = Why(t(
    "涉及几处，由共同的上级{}受理",
    "several are concerned: {}, which stands above them all, receives it",
));
/// Who is accused holds a post in the team that would receive.
pub const HEADED: Why = Why(t(
    "{}在{}任职，再上一级",
    "{} holds a post in {}: one level further up",
));
/// Who is accused held a post there until lately.
pub const HEADED_LATELY: Why = Why(t(
    "{}不久前曾在{}任职，再上一级（本单位规定）",
    "{} held a post in {} until lately: one level further up (rule of the department)",
));
/// The team that would receive is, or stands below, the accused.
pub const INSIDE: Why = Why(t(
    "{}属被反映的一方，再上一级",
    "{} is of the accused: one level further up",
));
/// The team that would receive is dissolved.
pub const GONE: Why = Why(t(
    "{}已注销，再上一级",
    "{} is dissolved: one level further up",
));
/// The team that would receive is not founded yet.
pub const UNFOUNDED: Why = Why(t(
    "{}还没有成立，再上一级",
    "{} is not founded yet: one level further up",
));
/// All operators of the team that would receive have an interest.
pub const INTEREST: Why = Why(t(
    "{}的承办人都与此事有利害关系，再上一级",
    "all operators of {} have an interest: one level further up",
));
/// A review goes one level up from who answered.
pub const REVIEW: Why = Why(t(
    "{}作出答复，由上一级{}复查、复核",
    "{} answered: {}, one level up, reviews it",
));

/// All of them.
const ALL: &[Why] = &[
    UP,
    ABOVE_TOP,
    ORPHAN,
    MEMBER,
    TEAMLESS,
    POST_LATELY,
    POST,
    ONCE,
    NOBODY,
    COMMON,
    HEADED_LATELY,
    HEADED,
    INSIDE,
    GONE,
    UNFOUNDED,
    INTEREST,
    REVIEW,
];

impl Why {
    /// The sentence as it is kept.
    pub fn of(self, names: &[&str]) -> String {
        filled(self.0.zh, names)
    }

    /// The names in a sentence that is one of this reason.
    fn names(self, line: &str) -> Option<Vec<&str>> {
        let mut parts = self.0.zh.split("{}");
        let mut rest = line.strip_prefix(parts.next()?)?;
        let mut names = Vec::new();
        let mut parts = parts.peekable();
        while let Some(part) = parts.next() {
            let at = match parts.peek() {
                None => rest.len().checked_sub(part.len())?,
                Some(_) => rest.find(part)?,
            };
            let (name, after) = rest.split_at_checked(at)?;
            names.push(name);
            rest = after.strip_prefix(part)?;
        }
        rest.is_empty().then_some(names)
    }
}

fn filled(form: &str, names: &[&str]) -> String {
    let mut names = names.iter();
    let mut parts = form.split("{}");
    let mut line = parts.next().unwrap_or("").to_owned();
    for part in parts {
        line.push_str(names.next().unwrap_or(&""));
        line.push_str(part);
    }
    line
}

/// A kept sentence in both languages; what is none of these stands as it is.
pub fn said(line: &str) -> Said {
    let found = ALL.iter().find_map(|why| Some((why, why.names(line)?)));
    Said {
        zh: line.to_owned(),
        en: found.map_or_else(|| line.to_owned(), |(why, names)| filled(why.0.en, &names)),
    }
}
