//! What the roles of a caller do not allow, and who may do it instead.

use serde::{Deserialize, Serialize};

use crate::domain::kind::Kind;
use crate::domain::operator::Role;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Said, Text, t};
use crate::say;

/// A right that the caller lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shut {
    /// The act, as in the table of rights.
    pub act: String,
    /// The kind that it is done to.
    pub kind: Kind,
    /// The roles that have it.
    pub roles: Vec<Role>,
}

/// The acts of which a session is told beforehand that it may not do them, with their words.
pub const TOLD: [(&str, Text); 3] = [
    ("write", t("登记、修改", "enter or edit")),
    ("step", t("办理", "deal with")),
    ("reveal", t("显示隐藏项：", "see the masked fields of")),
];

fn list(roles: &[Role], gap: &str, word: fn(Text) -> &'static str) -> String {
    let words: Vec<&str> = roles.iter().map(|role| word(role.label())).collect();
    words.join(gap)
}

/// Refuses what these roles do not allow: in one sentence who may.
pub fn refusal(mine: &[Role], what: &Said, roles: &[Role]) -> Refusal {
    let (mine_zh, mine_en) = (
        list(mine, "、", |one| one.zh),
        list(mine, ", ", |one| one.en),
    );
    let (zh, en) = (
        list(roles, "、", |one| one.zh),
        list(roles, ", ", |one| one.en),
    );
    let (what_zh, what_en) = (&what.zh, &what.en);
    let said = say!(
        "您的角色（{mine_zh}）不能{what_zh}；由{zh}办理",
        "your roles ({mine_en}) do not let you {what_en}; it is done by: {en}"
    );
    Refusal::new(RefusalKind::NotPermitted, said).hint(say!(
        "需要时请管理员调整角色，再重新登录",
        "ask the administrator for the role if you need it, then log in again"
    ))
}

impl Shut {
    /// The sentence for it.
    pub fn refusal(&self, mine: &[Role]) -> Refusal {
        let word = TOLD.iter().find(|(act, _)| *act == self.act);
        let (word, label) = (
            word.map_or(t("", ""), |(_, word)| *word),
            self.kind.spec().label,
        );
        let (zh, en) = (label.zh, label.en.to_lowercase());
        let (word_zh, word_en) = (word.zh, word.en);
        refusal(
            mine,
            &say!("{word_zh}{zh}", "{word_en} this: {en}"),
            &self.roles,
        )
    }
}
