//! What stands in the way: one shape for every "no", with the way out.

use serde::{Deserialize, Serialize};

use crate::domain::kind::Code;
use crate::domain::said::{Lang, Said};
use crate::say;

/// The family of a refusal; it fixes the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// A fault of the program or of the machine.
    Fault,
    /// The call itself is malformed.
    Usage,
    /// A value is invalid.
    Invalid,
    /// A rule forbids it.
    Rule,
    /// Possible, but only after the operator says so: repeat with `confirm`.
    Confirm,
    /// There is no such record, field, kind or step.
    NotFound,
    /// This operator may not do that.
    NotPermitted,
    /// Somebody changed the record in the meantime.
    Stale,
    /// No service answers.
    Unavailable,
}

impl RefusalKind {
    /// The exit code of the command line.
    pub const fn exit_code(self) -> u8 {
        match self {
            RefusalKind::Fault => 1,
            RefusalKind::Usage => 2,
            RefusalKind::Invalid | RefusalKind::Rule | RefusalKind::Confirm => 3,
            RefusalKind::NotFound => 4,
            RefusalKind::NotPermitted => 5,
            RefusalKind::Stale => 6,
            RefusalKind::Unavailable => 7,
        }
    }
}

/// A refusal: what stands in the way, and the next key or command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The family.
    pub kind: RefusalKind,
    /// One sentence.
    pub message: Said,
    /// The way out; may be empty.
    #[serde(default)]
    pub hint: Said,
    /// The article that stands behind it, as it is cited: `第七条`.
    #[serde(default)]
    pub article: Option<String>,
    /// The field it is about.
    #[serde(default)]
    pub field: Option<String>,
    /// The other's revision, for a stale write.
    #[serde(default)]
    pub rev: Option<u64>,
    /// Whether a written reason lifts it.
    #[serde(default)]
    pub reason: bool,
    /// What the same request already made, where another change came under its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Code>,
}

impl Refusal {
    /// A refusal of a kind with its sentence.
    pub fn new(kind: RefusalKind, message: Said) -> Self {
        Refusal {
            kind,
            message,
            hint: Said::default(),
            article: None,
            field: None,
            rev: None,
            reason: false,
            made: None,
        }
    }

    /// A value that cannot be taken.
    pub fn invalid(field: &str, message: Said) -> Self {
        Refusal::new(RefusalKind::Invalid, message).field(field)
    }

    /// Nothing there by that name.
    pub fn not_found(what: &str) -> Self {
        Refusal::new(
            RefusalKind::NotFound,
            say!("没有找到「{what}」", "nothing found for \"{what}\""),
        )
        .hint(say!(
            "可用 kezhi find 或 F2 查找编号",
            "look the code up with kezhi find or F2"
        ))
    }

    /// A fault underneath, with its cause.
    pub fn fault(cause: impl std::fmt::Display) -> Self {
        Refusal::new(
            RefusalKind::Fault,
            say!(
                "系统故障，没有保存：{cause}",
                "internal fault, nothing was saved: {cause}"
            ),
        )
        .hint(say!(
            "稍后重试；仍不行请告诉管理员",
            "try again; if it stays, tell the administrator"
        ))
    }

    /// What a session that was opened to read alone does not do.
    pub fn read_only() -> Self {
        Refusal::new(
            RefusalKind::NotPermitted,
            say!(
                "这次是只读打开的，不能改动、显示隐藏项、打印或导出",
                "this session was opened to read only: it changes, reveals, prints and exports nothing"
            ),
        )
        .hint(say!(
            "要办这件事，请用打开时没有 --read-only 的科志",
            "to do this, use a kezhi that was opened without --read-only"
        ))
    }

    /// Adds the way out.
    #[must_use]
    pub fn hint(mut self, hint: Said) -> Self {
        self.hint = hint;
        self
    }

    /// Names the field.
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Cites the article.
    #[must_use]
    pub fn article(mut self, article: &str) -> Self {
        self.article = Some(article.to_owned());
        self
    }

    /// The refusal as JSON for one language.
    pub fn json(&self, lang: Lang) -> serde_json::Value {
        serde_json::json!({ "refusal": {
            "kind": self.kind,
            "message": self.message.get(lang),
            "hint": self.hint.get(lang),
            "article": self.article,
            "field": self.field,
            "rev": self.rev,
        }})
    }

    /// The refusal as people read it, message first, then the way out.
    pub fn line(&self, lang: Lang) -> String {
        let mut line = self.message.get(lang).to_owned();
        if let Some(article) = &self.article {
            line.push_str(&format!("（{article}）"));
        }
        if !self.hint.is_empty() {
            line.push_str(match lang {
                Lang::Zh => "。",
                Lang::En => ". ",
            });
            line.push_str(self.hint.get(lang));
        }
        // What somebody typed comes back in it: a terminal must not obey that.
        line.replace(char::is_control, "?")
    }
}
