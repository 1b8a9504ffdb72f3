//! A line that is asked for: the name of a filter, a period, the digits of the cover.

use tui_input::Input;

use crate::domain::said::Lang;
use crate::tui::app::{App, Level};
use crate::tui::overlay::Overlay;

/// As many characters has a name.
pub const NAME: usize = 16;

/// A question with a line for the answer.
pub struct Ask {
    /// What is asked.
    pub title: String,
    /// The answer so far.
    pub input: Input,
    /// What for.
    pub of: Asked,
}

/// What an answer is for.
#[derive(Clone, PartialEq, Eq)]
pub enum Asked {
    /// The name of what a pane is narrowed to now.
    Name(usize),
    /// Another name of a filter of a pane, by its number.
    Rename(usize, usize),
    /// The period that a day of a pane lies in, by the key of its field.
    Period(usize, &'static str),
    /// The digits of the cover; the second time with those of the first.
    Pin(Option<String>),
}

impl App {
    /// Enter on a question.
    pub(super) fn answered(&mut self) {
        let Some(Overlay::Ask(ask)) = self.over.last() else {
            return;
        };
        let (name, of) = (ask.input.value().trim().to_owned(), ask.of.clone());
        if let Asked::Period(pane, key) = of {
            return self.take_period(pane, key, &name);
        }
        if let Asked::Pin(first) = of {
            return self.digits_given(&name, first);
        }
        let count = name.chars().count();
        if count == 0 || count > NAME {
            let told = match self.lang {
                Lang::Zh => format!("名称要 1 至 {NAME} 字，现有 {count} 字；Esc 不保留"),
                Lang::En => format!("1 to {NAME} characters, it has {count}; Esc keeps nothing"),
            };
            return self.tell(Level::Warn, told);
        }
        self.over.pop();
        match of {
            Asked::Name(pane) => self.keep_filter(pane, name),
            Asked::Rename(pane, nth) => self.rename_filter(pane, nth, name),
            Asked::Period(pane, key) => self.take_period(pane, key, &name),
            Asked::Pin(_) => {}
        }
    }
}
