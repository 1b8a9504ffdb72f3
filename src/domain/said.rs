//! What the product says to people, in both languages at once.

use serde::{Deserialize, Serialize};

/// The language a session reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// A fixed text of the interface, in Chinese and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// Puts the two languages of a fixed text side by side.
pub const fn t(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

impl Text {
    /// The text in one language.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The text as a sentence that can travel.
    pub fn said(&self) -> Said {
        Said {
            zh: self.zh.to_owned(),
            en: self.en.to_owned(),
        }
    }
}

/// A sentence in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// Formats one sentence in both languages from the same values: `say!("第 {n} 行", "row {n}")`.
#[macro_export]
macro_rules! say {
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::domain::said::Said {
            zh: format!($zh $(, $($arg)*)?),
            en: format!($en $(, $($arg)*)?),
        }
    };
}
