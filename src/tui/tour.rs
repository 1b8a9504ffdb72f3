//! The first minute: six keys on a desk of sample records. Nothing of it reaches the service.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::said::{Lang, Text, t};
use crate::tui::app::{App, Level};
use crate::tui::overlay::Overlay;

pub mod sample;

/// A key of the tour.
pub struct Step {
    /// The action that is wanted; empty for text.
    pub action: &'static str,
    /// Why.
    pub why: Text,
    /// Whether it was done.
    done: fn(&App) -> bool,
}

const fn step(action: &'static str, why: Text, done: fn(&App) -> bool) -> Step {
    Step { action, why, done }
}

fn found(app: &App) -> bool {
    let Some(Overlay::Look(look)) = app.over.last() else {
        return false;
    };
    let chosen = look.list.selected().map(|row| row.code);
    chosen == Some(sample::wanted()) && look.list.input.value().chars().count() >= 2
}

/// Whether what is typed leads to nobody.
fn strayed(app: &App) -> bool {
    let Some(Overlay::Look(look)) = app.over.last() else {
        return false;
    };
    !look.list.input.value().is_empty()
        && look
            .list
            .rows
            .iter()
            .all(|row| row.code != sample::wanted())
}

/// The tour.
pub const STEPS: &[Step] = &[
    step(
        "look",
        t(
            "电话响了。在哪里都按这个键：来电查询，查人、查组织、查一切",
            "the phone rings: this key looks up anybody and anything, from everywhere",
        ),
        |app| matches!(app.over.last(), Some(Overlay::Look(_))),
    ),
    step(
        "",
        t(
            "对方说「我是张伟」：打 zw（或直接打汉字），边打边找",
            "the caller says he is 张伟: type zw, the initials; it finds while you type",
        ),
        found,
    ),
    step(
        "open",
        t(
            "最像的一条已选中，资料在下方；这个键打开整张卡片",
            "the best hit is chosen and its facts stand below; this key opens the card",
        ),
        |app| matches!(app.over.last(), Some(Overlay::Card(_))),
    ),
    step(
        "steps",
        t(
            "要办事：这个键列出可办的步骤，按数字选，输入法不用关",
            "to do something: the steps that can be taken, by digits",
        ),
        |app| matches!(app.over.last(), Some(Overlay::Menu(_))),
    ),
    step(
        "cancel",
        t(
            "不办了：这个键退一层，打了一半的字也会留作草稿",
            "or not: this key goes back one layer; what was typed is kept as a draft",
        ),
        |app| matches!(app.over.last(), Some(Overlay::Card(_))),
    ),
    step(
        "cancel",
        t("再退一层，回到来电查询", "once more, back to the look-up"),
        |app| matches!(app.over.last(), Some(Overlay::Look(_))),
    ),
    step(
        "cancel",
        t("再退，回到工作台", "and again, to the workstation"),
        |app| app.over.is_empty(),
    ),
    step(
        "next",
        t(
            "这个键换到下一窗；不打字时数字 1-4 直接跳",
            "this key goes to the next pane; outside text the digits 1 to 4 jump",
        ),
        |app| app.focus == 2,
    ),
];

/// A tour that is being taken.
pub struct Tour {
    /// The desk on which it is taken.
    pub app: App,
    /// The number of the step.
    pub at: usize,
    /// What is told of the last key, if it was another.
    pub told: String,
}

impl Tour {
    /// The step that is wanted now; none at the end.
    pub fn step(&self) -> Option<&'static Step> {
        STEPS.get(self.at)
    }

    /// The key that is wanted now, as it stands on the keyboard of this operator.
    pub fn key(&self) -> String {
        match self.step() {
            Some(step) if step.action.is_empty() => "z w".to_owned(),
            Some(step) => {
                let keys = self.app.keymap.keys(step.action);
                // Of two keys the one that works everywhere.
                let wanted = |key: &&String| step.action != "next" || *key == "Tab";
                let key = keys.iter().find(wanted).or(keys.first());
                key.cloned().unwrap_or_default()
            }
            None => "Enter".to_owned(),
        }
    }

    /// Answers what the desk asks, from the samples.
    fn settle(&mut self) {
        for _ in 0..8 {
            for (tag, request) in self.app.take_calls() {
                if let Some(answer) = sample::answer(&request) {
                    self.app.answer(tag, Ok(answer));
                }
            }
        }
    }

    /// Whether a key is the one that is wanted.
    fn wants(&self, key: &KeyEvent) -> bool {
        let Some(step) = self.step() else {
            return false;
        };
        if step.action.is_empty() {
            let control = KeyModifiers::CONTROL | KeyModifiers::ALT;
            return matches!(key.code, KeyCode::Char(_) if !key.modifiers.intersects(control))
                || key.code == KeyCode::Backspace
                || self.app.keymap.action(key, true) == Some("clear");
        }
        self.app.keymap.action(key, self.app.typing()) == Some(step.action)
    }
}

impl App {
    /// Begins the tour.
    pub(super) fn begin_tour(&mut self) {
        self.prefer("tour", "done");
        let mut app = App::new(self.welcome.clone(), self.lang, self.theme.clone());
        app.welcome.demo = true;
        // Its records are samples: everybody may try everything.
        app.welcome.shut.clear();
        app.keymap = self.keymap.clone();
        app.greeted = true;
        // The desk around it covers both.
        app.preferences
            .insert(crate::tui::cover::AFTER.to_owned(), "0".to_owned());
        app.profile = self.profile;
        app.tick(self.now);
        app.begin();
        let mut tour = Tour {
            app,
            at: 0,
            told: String::new(),
        };
        tour.settle();
        self.over.push(Overlay::Tour(Box::new(tour)));
    }

    /// A key during the tour.
    pub(super) fn tour_key(&mut self, key: &KeyEvent) {
        let lang = self.lang;
        let Some(Overlay::Tour(tour)) = self.over.last_mut() else {
            return;
        };
        let action = tour.app.keymap.action(key, true).map(str::to_owned);
        if tour.step().is_none() {
            if matches!(action.as_deref(), Some("open" | "cancel")) {
                self.over.pop();
                let told = self.keyed(
                    "教程完了；要再看：{palette} 输 jc。{help} 是帮助",
                    "the tour is over; again: {palette} and type tour. {help} is the help",
                );
                self.tell(Level::Info, told);
            }
            return;
        }
        if tour.wants(key) {
            tour.told.clear();
            tour.app.key(key);
            tour.settle();
            if tour.step().is_some_and(|step| (step.done)(&tour.app)) {
                tour.at += 1;
            } else if strayed(&tour.app) {
                let clear = tour.app.keymap.short("clear");
                let wanted = tour.key();
                tour.told = match lang {
                    Lang::Zh => format!("这样找不到张伟：{clear} 清空，再打 {wanted}"),
                    Lang::En => format!("that is not 张伟: {clear} empties it, then {wanted}"),
                };
            }
            return;
        }
        if matches!(action.as_deref(), Some("cancel" | "stop")) {
            self.over.pop();
            let told = self.keyed(
                "教程先到这里；要再看：{palette} 输 jc",
                "the tour ends here; again: {palette} and type tour",
            );
            return self.tell(Level::Info, told);
        }
        let wanted = tour.key();
        tour.told = match lang {
            Lang::Zh => format!("那个键以后用得上，这一步请按 {wanted}"),
            Lang::En => format!("that key is for later: here it is {wanted}"),
        };
    }

    /// Time passes on the desk of the tour.
    pub(super) fn tour_tick(&mut self, now: chrono::NaiveDateTime) {
        if let Some(Overlay::Tour(tour)) = self.over.last_mut() {
            tour.app.tick(now);
        }
    }
}
