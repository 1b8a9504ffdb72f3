//! A masked field that was asked for with a reason: shown for a while, and hidden again.

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::View;
use crate::tui::app::{App, Level};

/// A revealed field is shown for so many seconds.
pub const SHOWN: i64 = 20;

impl App {
    /// Hides what was shown long enough.
    pub(super) fn hide_shown(&mut self) {
        let since = self.shown.as_ref().map(|shown| shown.3);
        if since.is_some_and(|since| (self.now - since).num_seconds() >= SHOWN) {
            self.shown = None;
            self.stirred = true;
        }
    }

    /// Until when what was asked for is shown.
    pub fn shown_until(&self) -> Option<NaiveDateTime> {
        let since = self.shown.as_ref()?.3;
        Some(since + TimeDelta::seconds(SHOWN))
    }

    /// Says until when what was asked for is shown: not everywhere is there room beside it.
    pub(super) fn tell_shown(&mut self) {
        let Some(at) = self.shown_until().map(|at| at.format("%H:%M:%S")) else {
            return;
        };
        let told = match self.lang {
            Lang::Zh => format!("显示至 {at}，已记入日志"),
            Lang::En => format!("shown until {at}, and logged"),
        };
        self.show_message(Level::Info, told);
    }

    /// A masked field's text, while it is shown.
    pub fn revealed(&self, view: &View, field: &str) -> Option<&str> {
        let shown = self.shown.as_ref()?;
        (shown.0 == view.code && shown.1 == field).then_some(shown.2.as_str())
    }

    /// The phone of a volunteer on a board: whole while it is shown, else as it came.
    pub fn phone<'a>(&'a self, person: Code, masked: &'a str) -> (&'a str, &'static str) {
        match &self.shown {
            Some((code, field, text, _)) if *code == person && field == "phone" => {
                (text, "pii.shown")
            }
            _ => (masked, "text"),
        }
    }
}
