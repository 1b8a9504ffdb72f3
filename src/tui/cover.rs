//! The cover: nothing is seen until somebody comes back; it also comes by itself.

use chrono::NaiveDateTime;

use crate::domain::said::Lang;
use crate::tui::app::{App, Level};
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

/// The preference: so many minutes without a key cover the screen, 0 for never.
pub const AFTER: &str = "cover_minutes";

/// Where nobody prefers otherwise.
const MINUTES: i64 = 5;

/// What can be chosen.
const CHOICES: [i64; 6] = [0, 2, 5, 10, 15, 30];

impl App {
    /// Covers the screen: what is typed goes out, and a field that was shown is hidden again.
    pub(super) fn cover(&mut self) {
        if self.covered() {
            return;
        }
        self.flush_drafts();
        self.shown = None;
        self.prefix = None;
        self.pin_anew();
        self.over.push(Overlay::Cover);
    }

    /// A key, a click or a pasted text: somebody is there.
    pub(super) fn attended(&mut self) {
        self.attended = Some(self.now);
    }

    /// Minutes without a key after which the screen is covered; 0 for never.
    pub fn cover_minutes(&self) -> i64 {
        let kept = self.preferences.get(AFTER);
        let kept = kept.and_then(|text| text.parse::<i64>().ok());
        kept.filter(|minutes| *minutes >= 0).unwrap_or(MINUTES)
    }

    /// Time passes: a screen that nobody attends to is covered.
    pub(super) fn cover_tick(&mut self, now: NaiveDateTime) {
        let since = *self.attended.get_or_insert(now);
        let minutes = self.cover_minutes();
        if minutes > 0 && (now - since).num_minutes() >= minutes && !self.covered() {
            self.cover();
            self.stirred = true;
        }
    }

    /// Whether nothing may be seen.
    pub fn covered(&self) -> bool {
        let mut all = self.over.iter();
        all.any(|over| matches!(over, Overlay::Cover))
    }

    /// Does what is due whether the screen is covered or not: it goes on below the cover, and shows nothing.
    pub(super) fn beneath(&mut self, due: impl FnOnce(&mut App)) {
        let covered = self.covered();
        self.over.retain(|over| !matches!(over, Overlay::Cover));
        due(self);
        if covered {
            self.shown = None;
            self.over.push(Overlay::Cover);
        }
    }

    fn cover_said(&self, minutes: i64) -> String {
        match (minutes, self.lang) {
            (0, Lang::Zh) => "从不".to_owned(),
            (0, Lang::En) => "never".to_owned(),
            (_, Lang::Zh) => format!("{minutes} 分钟"),
            (_, Lang::En) => format!("{minutes} minutes"),
        }
    }

    /// The minutes to choose from.
    pub(super) fn cover_menu(&mut self) {
        let now = self.cover_minutes();
        let items = CHOICES.iter().map(|minutes| Item {
            choice: Choice::Cover(*minutes),
            label: self.cover_said(*minutes),
            note: match *minutes == now {
                true => self.say("现用", "in use").to_owned(),
                false => String::new(),
            },
            open: true,
        });
        let items = items.collect();
        let title = self.say("无按键多久后遮挡", "Cover after no key for");
        self.over
            .push(Overlay::Menu(Menu::new(title.to_owned(), items)));
    }

    /// The minutes were chosen.
    pub(super) fn cover_after(&mut self, minutes: i64) {
        self.prefer(AFTER, &minutes.to_string());
        let said = self.cover_said(minutes);
        let told = match self.lang {
            Lang::Zh => format!("无按键自动遮挡：{said}；F12 随时遮挡"),
            Lang::En => format!("covered after no key for: {said}; F12 covers at once"),
        };
        self.tell(Level::Info, told);
    }
}
