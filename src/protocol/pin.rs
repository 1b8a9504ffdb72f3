//! The digits that open a covered screen: kept by the service for each operator.

use serde::{Deserialize, Serialize};

/// As few and as many digits as they have.
pub const DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// What is asked of the caller's own digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pin {
    /// Whether there are any.
    Known,
    /// These from now on.
    Set(String),
    /// None any more.
    Clear,
    /// Whether it is these.
    Try(String),
}

impl std::fmt::Debug for Pin {
    /// Never the digits: what is printed is kept.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Pin::Known => "Known",
            Pin::Set(_) => "Set",
            Pin::Clear => "Clear",
            Pin::Try(_) => "Try",
        })
    }
}

/// Whether a text can be such digits.
pub fn valid(text: &str) -> bool {
    DIGITS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How it stands with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinView {
    /// Whether there are any.
    pub set: bool,
    /// Whether those that were tried are right.
    pub right: bool,
    /// Seconds until the next try counts.
    pub wait: u32,
}
