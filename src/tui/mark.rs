//! Marks: what a row says by a Han character of its own, and rows that the operator marked.

use crate::domain::kind::{Code, Kind};
use crate::domain::said::{Lang, Text, t};
use crate::protocol::Row;
use crate::tui::app::{App, Level};
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

/// A mark with its role in the theme.
pub struct Mark {
    /// Two cells wide.
    pub text: Text,
    /// What it means.
    pub label: Text,
    /// Role.
    pub role: &'static str,
}

/// Somebody changed it since it was seen.
pub const CHANGED: Mark = Mark {
    text: t("改", "~ "),
    label: t("你看过后有变动", "changed since you saw it"),
    role: "status.changed",
};
/// Its day is over and it is not done.
pub const OVERDUE: Mark = Mark {
    text: t("逾", "!!"),
    label: t("日期已过仍未完成", "its day is over, not done"),
    role: "status.overdue",
};
/// It begins within days, and people are not insured or not told.
pub const URGENT: Mark = Mark {
    text: t("急", "! "),
    label: t(
        "紧急的投诉；三天内开始而保险或告知有缺",
        "an urgent complaint; begins within three days, somebody is not insured or told",
    ),
    role: "status.danger",
};
/// What it proves no longer stands.
pub const SHAKEN: Mark = Mark {
    text: t("更", "x "),
    label: t("证明须更正", "a certificate to be corrected"),
    role: "status.danger",
};
/// Nobody has taken it up.
pub const NEW: Mark = Mark {
    text: t("新", "+ "),
    label: t("尚未办理", "not taken up yet"),
    role: "status.new",
};

/// All marks, for the help.
pub const MARKS: [&Mark; 5] = [&CHANGED, &OVERDUE, &URGENT, &SHAKEN, &NEW];

/// Days before its beginning from which on an activity with holes is urgent.
const SOON: i64 = 3;

/// Bytes that the clipboard of a terminal is given at most.
const CLIP: usize = 4096;

impl App {
    /// The mark of a row, if its data gives one.
    pub fn mark(&self, row: &Row) -> Option<&'static Mark> {
        let today = self.now.date().to_string();
        if self.changed.contains(&row.code) {
            return Some(&CHANGED);
        }
        let facts = &row.facts;
        let lacking = facts.holes.unwrap_or(0) + facts.untold.unwrap_or(0) > 0;
        let begins: Option<chrono::NaiveDate> = facts.day.parse().ok();
        let soon = begins.is_some_and(|day| (day - self.now.date()).num_days() <= SOON);
        let past = !facts.day.is_empty() && facts.day < today;
        match (row.kind, row.status.as_str()) {
            (Kind::Activity, "草拟" | "待批" | "招募" | "就绪" | "进行")
                if lacking && soon && !past =>
            {
                Some(&URGENT)
            }
            (Kind::Need, "待核" | "已核") | (Kind::Agreement, "生效") if past => {
                Some(&OVERDUE)
            }
            (Kind::Certificate, "申请") if past => Some(&OVERDUE),
            (Kind::Certificate, "待更正") => Some(&SHAKEN),
            (Kind::Activity, "草拟" | "待批" | "招募" | "就绪")
                if !row.day.is_empty() && row.day < today =>
            {
                Some(&OVERDUE)
            }
            (Kind::Complaint, "登记") | (Kind::Volunteer | Kind::Need, "待核") => Some(&NEW),
            _ => None,
        }
    }

    /// Marks the selected row, or takes the mark away, and goes on to the next.
    pub(super) fn toggle_mark(&mut self) {
        let Some(list) = self.list() else { return };
        let Some(code) = list.selected().map(|row| row.code) else {
            return;
        };
        if !list.marked.remove(&code) {
            list.marked.insert(code);
        }
        let count = list.marked.len();
        self.go_by(1);
        let [copy, steps, cancel] =
            ["copy", "steps", "cancel"].map(|action| self.keymap.short(action));
        let told = match self.lang {
            Lang::Zh => {
                format!("已标记 {count} 条：{copy} 复制编号，{steps} 一并办理，{cancel} 取消标记")
            }
            Lang::En => {
                format!(
                    "{count} marked: {copy} copies the codes, {steps} takes a step for all, {cancel} unmarks"
                )
            }
        };
        self.tell(Level::Info, told);
    }

    /// The marked rows of the focused list.
    pub fn marked(&self) -> Vec<Code> {
        if !self.over.is_empty() {
            return Vec::new();
        }
        let list = self.focus.checked_sub(1).and_then(|at| self.lists.get(at));
        list.map_or_else(Vec::new, |list| list.marked.iter().copied().collect())
    }

    /// Copies the codes of what is marked or selected, and shows them for copying by hand.
    pub(super) fn copy(&mut self) {
        let mut codes = self.marked();
        if codes.is_empty() {
            codes.extend(self.current());
        }
        if codes.is_empty() {
            let told = self.say("没有选中的记录", "nothing is selected");
            return self.tell(Level::Warn, told);
        }
        let text: Vec<String> = codes.iter().map(ToString::to_string).collect();
        let text = text.join(" ");
        // A field that is shown right now can be copied too; which is meant is asked.
        let shown = self.shown.as_ref().filter(|one| codes == [one.0]);
        let Some((code, field, whole, _)) = shown.cloned() else {
            return self.clip_text(text, false);
        };
        let field = crate::domain::spot::label(code.kind, &field, self.lang);
        let item = |choice: Choice, label: String| Item {
            note: match &choice {
                Choice::Copy(text, _) => text.clone(),
                _ => String::new(),
            },
            choice,
            label,
            open: true,
        };
        let items = vec![
            item(
                Choice::Copy(text, false),
                self.say("编号", "Code").to_owned(),
            ),
            item(Choice::Copy(whole, true), field.to_string()),
        ];
        let title = self.say("复制哪一样", "Copy which").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    /// Sends a text to the terminal's clipboard, and shows it for copying by hand.
    pub(super) fn clip_text(&mut self, text: String, masked: bool) {
        let size = text.len();
        if size > CLIP {
            let told = match self.lang {
                Lang::Zh => format!("{size} 字节，剪贴板至多 {CLIP}：少标几条再复制"),
                Lang::En => format!("{size} bytes, the clipboard takes {CLIP}: mark fewer"),
            };
            return self.tell(Level::Warn, told);
        }
        let logged = match masked {
            true => self.say("；显示它已留痕", "; that it was shown is logged"),
            false => "",
        };
        let sent = match self.clips() {
            true => self.say(
                "已送剪贴板（终端不支持时请手抄）",
                "sent to the clipboard (copy by hand if your terminal refuses)",
            ),
            false => self.say("请手抄", "to be copied by hand"),
        };
        let told = format!("{sent}{logged}{}{text}", self.say("：", ": "));
        self.clip = self.clips().then_some(text);
        // What is masked elsewhere is not kept among the messages.
        match masked {
            true => self.show_message(Level::Info, told),
            false => self.tell(Level::Info, told),
        }
    }
}
