//! Narrowing a list by its days: which day, then which period, by digits or as one types it.

use chrono::NaiveDate;
use tui_input::Input;

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::period::{OFFERED, Period};
use crate::domain::said::{Lang, Text, t};
use crate::protocol::matter::QUEUE_DAYS;
use crate::tui::app::{App, Level};
use crate::tui::ask::{Ask, Asked};
use crate::tui::list::List;
use crate::tui::menu::{Choice, Item, Menu, NINE};
use crate::tui::overlay::Overlay;
use crate::tui::pick::{Line, Pick, Source, Target};
use crate::tui::rank::{rank, ways};

/// The line after the nine with digits: a period of one's own.
const OWN: Text = t("自己写起止", "from and to, as you type them");

/// The fields of a list whose days it is narrowed by.
pub fn fields(kind: Kind, queue: bool) -> impl Iterator<Item = &'static Field> {
    let dated = kind.spec().fields.iter().filter(|field| field.by_day());
    dated.filter(move |field| !queue || QUEUE_DAYS.contains(&field.key))
}

/// The periods that match what is typed, best first; what reads as a period itself before all.
pub fn lines(query: &str, today: NaiveDate, lang: Lang) -> Vec<Line> {
    let line = |period: Period| Line {
        value: period.key(),
        label: period.said(lang),
        note: period.told(today),
    };
    let read = |key: &&str| Period::read(key, today).ok();
    let offered: Vec<Period> = OFFERED.iter().filter_map(read).collect();
    let order = rank(query, &offered, |period| {
        let mut texts = ways(&period.said(Lang::Zh)).to_vec();
        texts.push(period.said(Lang::En));
        texts
    });
    let found = order.into_iter().filter_map(|at| offered.get(at).copied());
    let own = Line {
        value: String::new(),
        label: OWN.get(lang).to_owned(),
        note: String::new(),
    };
    if !query.trim().is_empty() {
        let typed = Period::read(query, today).ok();
        let others = found.filter(|period| Some(*period) != typed);
        return typed.into_iter().chain(others).map(line).collect();
    }
    let mut all: Vec<Line> = found.map(line).collect();
    all.insert(NINE.min(all.len()), own);
    all
}

impl App {
    /// The line of the filter menu that leads to the days of a list.
    pub(super) fn days_item(&self, pane: usize, list: &List, kind: Kind) -> Option<Item> {
        let queue = list.queue.is_some();
        let mut all = fields(kind, queue);
        let first = all.next()?;
        let (choice, label) = match all.next() {
            None => (Choice::Filter(pane, first), first.label.get(self.lang)),
            Some(_) => (Choice::Days(pane), self.say("日期", "Days")),
        };
        let held = list.filters.iter().filter(|(key, _)| {
            let mut dated = fields(kind, queue);
            dated.any(|field| field.key == key)
        });
        let held: Vec<String> = held
            .map(|(key, value)| self.filter_named(list, key, value))
            .collect();
        Some(Item {
            choice,
            label: label.to_owned(),
            note: held.join("  "),
            open: true,
        })
    }

    /// The days of a list to choose from.
    pub(super) fn days_menu(&mut self, pane: usize) {
        let Some((list, kind)) = self.lists.get(pane).zip(self.listed_kind(pane)) else {
            return;
        };
        let items = fields(kind, list.queue.is_some()).map(|field| {
            let held = list.filters.iter().find(|(key, _)| key == field.key);
            Item {
                choice: Choice::Filter(pane, field),
                label: field.label.get(self.lang).to_owned(),
                note: held.map_or_else(String::new, |(key, value)| {
                    self.filter_said(list, key, value)
                }),
                open: true,
            }
        });
        let menu = Menu::new(
            self.say("哪个日期", "Which day").to_owned(),
            items.collect(),
        );
        self.over.push(Overlay::Menu(menu));
    }

    /// The periods of a day to choose from.
    pub(super) fn pick_period(&mut self, pane: usize, field: &'static Field) {
        let source = Source::Days(self.now.date());
        self.open_pick(Pick::new(field, Target::Filter(pane), source, ""));
    }

    /// Asks for a period of one's own.
    pub(super) fn ask_period(&mut self) {
        let Some(Overlay::Pick(pick)) = self.over.last() else {
            return;
        };
        let (Source::Days(_), Target::Filter(pane)) = (&pick.source, pick.target) else {
            return;
        };
        let (field, input) = (pick.field, Input::default());
        self.over.pop();
        let title = format!(
            "{} {}",
            self.say("筛选", "Filter by"),
            field.label.get(self.lang)
        );
        let of = Asked::Period(pane, field.key);
        self.over.push(Overlay::Ask(Ask { title, input, of }));
    }

    /// A period was typed; what cannot be read stays to be mended.
    pub(super) fn take_period(&mut self, pane: usize, key: &'static str, typed: &str) {
        match Period::read(typed, self.now.date()) {
            Ok(period) => {
                self.over.pop();
                self.set_filter(pane, key, Some(period.key()));
            }
            Err(said) => self.tell(Level::Warn, said.get(self.lang).to_owned()),
        }
    }

    /// A filter with the name of its day before it: one day of a record is not another.
    pub fn filter_named(&self, list: &List, key: &str, value: &str) -> String {
        let said = self.filter_said(list, key, value);
        let field = list.kinds.first().and_then(|kind| kind.spec().field(key));
        match field.filter(|field| field.by_day()) {
            Some(field) => format!("{} {said}", field.label.get(self.lang)),
            None => said,
        }
    }
}
