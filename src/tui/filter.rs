//! Filters and the order of lists.

use crate::domain::field::{Field, Seek};
use crate::domain::kind::{Code, Kind};
use crate::domain::period::Period;
use crate::domain::said::{Text, t};
use crate::protocol::Order;
use crate::protocol::matter::Which;
use crate::tui::app::{App, Level, Tag};
use crate::tui::list::List;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;
use crate::tui::pick::{Pick, Source, Target, source};

/// The orders with their names, and what else there is to say.
pub const ORDERS: [(Order, Text, Text); 4] = [
    (
        Order::Rank,
        t("最相关", "best match"),
        t("在册与最近在前", "live and recent first"),
    ),
    (Order::Name, t("姓名", "name"), t("按拼音", "by pinyin")),
    (
        Order::Recent,
        t("日期", "date"),
        t("最近在前", "latest first"),
    ),
    (Order::Code, t("编号", "code"), t("", "")),
];

/// The matters that the queue can show.
pub const WHICH: [(Which, Text); 5] = [
    (Which::Open, t("待办", "open")),
    (Which::Today, t("今日必办", "today")),
    (Which::Overdue, t("已逾期", "overdue")),
    (Which::Mine, t("我承办的", "mine")),
    (Which::All, t("连同已结", "closed ones too")),
];

/// The name of an order.
pub fn order(order: Order) -> Text {
    let found = ORDERS.iter().find(|(one, ..)| *one == order);
    found.map_or(t("", ""), |(_, name, _)| *name)
}

/// The fields that a kind can be filtered by: its state, and what many records share.
pub fn fields(kind: Kind) -> impl Iterator<Item = &'static Field> {
    let fields = kind.spec().fields;
    let state = fields.iter().filter(|field| field.key == "status");
    state.chain(fields.iter().filter(|field| field.seek == Seek::Term))
}

impl App {
    fn listed(&self) -> Option<(usize, &List)> {
        let pane = self.focus.checked_sub(1)?;
        Some((pane, self.lists.get(pane)?))
    }

    /// `f`: the fields to filter by.
    pub(super) fn filter_menu(&mut self) {
        let Some((pane, list)) = self.listed() else {
            return;
        };
        let Some(kind) = list.kinds.first() else {
            return;
        };
        let mut items: Vec<Item> = self.named_items(pane, list);
        items.extend(self.which_items(list));
        let queue = list.queue.is_some();
        let own = |field: &&Field| queue && field.key == "kind";
        let held = kind.spec().fields.iter().filter(own).chain(fields(*kind));
        let shown = held.filter(|field| !queue || matches!(field.key, "kind" | "status"));
        let mut days = self.days_item(pane, list, *kind);
        for field in shown {
            let held = list.filters.iter().find(|(key, _)| key == field.key);
            items.push(Item {
                choice: Choice::Filter(pane, field),
                label: field.label.get(self.lang).to_owned(),
                note: held.map_or_else(String::new, |(key, value)| {
                    self.filter_said(list, key, value)
                }),
                open: true,
            });
            // Days are asked for every morning: they stand beside the state, with a digit.
            if field.key == "status" {
                items.extend(days.take());
            }
        }
        items.extend(days);
        if !list.filters.is_empty() {
            items.push(Item {
                choice: Choice::Unfilter(pane),
                label: self.say("清除全部筛选", "clear all filters").to_owned(),
                note: String::new(),
                open: true,
            });
        }
        items.extend(self.naming_items(pane, list));
        let title = self.say("筛选", "Filter").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    /// Which matters the queue can show.
    fn which_items(&self, list: &List) -> Vec<Item> {
        let Some(now) = list.queue else {
            return Vec::new();
        };
        let item = |(which, name): &(Which, Text)| Item {
            choice: Choice::Which(*which),
            label: name.get(self.lang).to_owned(),
            note: match *which == now {
                true => self.say("现用", "in use").to_owned(),
                false => String::new(),
            },
            open: true,
        };
        WHICH.iter().map(item).collect()
    }

    /// A field to filter by was chosen: its values.
    pub(super) fn filter_by(&mut self, pane: usize, field: &'static Field) {
        if field.by_day() {
            return self.pick_period(pane, field);
        }
        let source = source(field).unwrap_or(Source::Typed);
        self.open_pick(Pick::new(field, Target::Filter(pane), source, ""));
    }

    /// Sets a filter or takes it away; the list is asked for again.
    pub(super) fn set_filter(&mut self, pane: usize, key: &str, value: Option<String>) {
        if let Some(list) = self.lists.get_mut(pane) {
            list.filters.retain(|(other, _)| other != key);
            list.filters
                .extend(value.map(|value| (key.to_owned(), value)));
            let (asked, request) = list.retype();
            self.call(Tag::List(pane, asked), request);
        }
    }

    /// Takes all filters away.
    pub(super) fn unfilter(&mut self, pane: usize) {
        if let Some(list) = self.lists.get_mut(pane) {
            list.filters.clear();
            let (asked, request) = list.retype();
            self.call(Tag::List(pane, asked), request);
        }
    }

    /// A filter as it is shown: the word in the session's language, the name behind a code.
    pub fn filter_said(&self, list: &List, key: &str, value: &str) -> String {
        let field = list.kinds.first().and_then(|kind| kind.spec().field(key));
        if field.is_some_and(Field::by_day)
            && let Ok(period) = Period::read(value, self.now.date())
        {
            return period.said(self.lang);
        }
        let word = field.and_then(|field| field.words().iter().find(|word| word.zh == value));
        if let Some(word) = word {
            return word.get(self.lang).to_owned();
        }
        if let Some(place) = crate::domain::place::by_code(value) {
            return place.short.to_owned();
        }
        let node = Code::read(value).and_then(|code| {
            self.tree
                .nodes
                .iter()
                .find(|node| node.number == code.number)
        });
        match node {
            Some(node) if value.contains('-') => node.name.clone(),
            _ => value.to_owned(),
        }
    }

    /// `o`: the orders.
    pub(super) fn sort_menu(&mut self) {
        let Some((pane, list)) = self.listed() else {
            return;
        };
        if list.queue.is_some() {
            let told = self.say(
                "队列总把最先误期的排在前；f 可筛选",
                "the queue always shows first what is lost first; f filters",
            );
            return self.tell(Level::Warn, told);
        }
        let items = ORDERS
            .iter()
            .map(|(order, name, note)| {
                let used = if list.sort == *order {
                    self.say("  现用", "  in use")
                } else {
                    ""
                };
                Item {
                    choice: Choice::Sort(pane, *order),
                    label: name.get(self.lang).to_owned(),
                    note: format!("{}{used}", note.get(self.lang)).trim().to_owned(),
                    open: true,
                }
            })
            .collect();
        let title = self.say("排序", "Sort").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    /// An order was chosen.
    pub(super) fn sort_by(&mut self, pane: usize, order: Order) {
        self.prefer_order(pane, order);
        if let Some(list) = self.lists.get_mut(pane) {
            list.sort = order;
            let (asked, request) = list.retype();
            self.call(Tag::List(pane, asked), request);
        }
    }
}
