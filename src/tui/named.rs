//! Filters with names: kept per operator and kind, applied by a digit.

use serde::{Deserialize, Serialize};
use tui_input::Input;

use crate::domain::kind::Kind;
use crate::domain::said::{Lang, Text, t};
use crate::protocol::Order;
use crate::protocol::matter::Which;
use crate::tui::app::{App, Level, Tag};
use crate::tui::ask::{Ask, Asked};
use crate::tui::list::List;
use crate::tui::menu::{Choice, Item, Menu, NINE};
use crate::tui::overlay::Overlay;

/// What a list can be narrowed to, under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Which matters, where it is the queue.
    #[serde(default)]
    pub which: Option<Which>,
    /// What is looked for.
    #[serde(default)]
    pub text: String,
    /// Field and value that rows must agree with.
    #[serde(default)]
    pub filters: Vec<(String, String)>,
    /// The order.
    #[serde(default)]
    pub sort: Order,
}

/// A filter that everybody has until they keep their own.
pub struct Built {
    /// What it lists.
    pub kind: Kind,
    /// Its name.
    pub name: Text,
    /// Which matters, where it is the queue.
    pub which: Option<Which>,
    /// Its state; empty for all.
    pub status: &'static str,
    /// A day, and the period that it lies in.
    pub day: Option<(&'static str, &'static str)>,
    /// The order.
    pub sort: Order,
}

const fn built(kind: Kind, name: Text, status: &'static str, sort: Order) -> Built {
    Built {
        kind,
        name,
        which: None,
        status,
        day: None,
        sort,
    }
}

const fn dated(of: Built, key: &'static str, period: &'static str) -> Built {
    Built {
        day: Some((key, period)),
        ..of
    }
}

const fn matters(name: Text, which: Which, status: &'static str) -> Built {
    Built {
        which: Some(which),
        ..built(Kind::Complaint, name, status, Order::Rank)
    }
}

/// The filters that the program comes with.
#[rustfmt::skip]
pub const BUILT: &[Built] = &[
    built(Kind::Volunteer, t("待核的人", "to be confirmed"), "待核", Order::Recent),
    built(Kind::Volunteer, t("新近登记", "registered lately"), "在册", Order::Recent),
    built(Kind::Volunteer, t("暂停的人", "suspended"), "暂停", Order::Name),
    built(Kind::Activity, t("还在招募", "recruiting"), "招募", Order::Rank),
    built(Kind::Activity, t("等批的", "to be approved"), "待批", Order::Recent),
    built(Kind::Activity, t("进行中", "under way"), "进行", Order::Recent),
    dated(built(Kind::Activity, t("本周有活动", "held this week"), "", Order::Rank), "days", "本周"),
    built(Kind::Agreement, t("等签的", "to be signed"), "待签", Order::Recent),
    built(Kind::Agreement, t("生效中", "in force"), "生效", Order::Recent),
    dated(built(Kind::Agreement, t("快到期的", "about to end"), "生效", Order::Recent), "to", "今后30天"),
    built(Kind::Need, t("等核的", "to be verified"), "待核", Order::Recent),
    built(Kind::Need, t("未对接", "not matched yet"), "已核", Order::Recent),
    built(Kind::Certificate, t("等出具", "asked for"), "申请", Order::Recent),
    built(Kind::Certificate, t("须更正", "to be corrected"), "待更正", Order::Recent),
    built(Kind::Insurance, t("有效保单", "policies in force"), "有效", Order::Recent),
    dated(built(Kind::Insurance, t("快到期的", "about to end"), "有效", Order::Recent), "to", "今后30天"),
    matters(t("没人接的", "not taken up"), Which::Open, "登记"),
    built(Kind::Incident, t("没处置完", "not dealt with"), "处置", Order::Recent),
    built(Kind::Oversight, t("监督中", "overseeing"), "监督", Order::Recent),
    built(Kind::Call, t("待回电的", "to call back"), "待回", Order::Recent),
    built(Kind::Sanction, t("申诉中", "appealed"), "申诉", Order::Recent),
];

impl Built {
    fn named(&self, lang: Lang) -> Named {
        let status = (!self.status.is_empty()).then_some(("status", self.status));
        let filters = status.into_iter().chain(self.day);
        let filters = filters.map(|(key, value)| (key.to_owned(), value.to_owned()));
        Named {
            name: self.name.get(lang).to_owned(),
            which: self.which,
            text: String::new(),
            filters: filters.collect(),
            sort: self.sort,
        }
    }
}

fn key(kind: Kind) -> String {
    format!("filter:{}", kind.spec().key)
}

fn item(choice: Choice, label: String, note: String) -> Item {
    Item {
        choice,
        label,
        note,
        open: true,
    }
}

impl App {
    /// The filters that an operator has for a kind.
    pub fn named_filters(&self, kind: Kind) -> Vec<Named> {
        let kept = self.preferences.get(&key(kind));
        let own = kept.and_then(|text| serde_json::from_str(text).ok());
        own.unwrap_or_else(|| {
            let those = BUILT.iter().filter(|one| one.kind == kind);
            those.map(|one| one.named(self.lang)).collect()
        })
    }

    fn prefer_filters(&mut self, kind: Kind, all: &[Named]) {
        if let Ok(text) = serde_json::to_string(all) {
            self.prefer(&key(kind), &text);
        }
    }

    /// What a filter narrows to, in words.
    fn narrows(&self, list: &List, one: &Named) -> String {
        let which = crate::tui::filter::WHICH
            .iter()
            .find(|(which, _)| Some(*which) == one.which && list.queue.is_some())
            .map(|(_, name)| name.get(self.lang).to_owned());
        let text = Some(one.text.clone()).filter(|text| !text.is_empty());
        let held = one.filters.iter();
        let held = held.map(|(key, value)| self.filter_named(list, key, value));
        let sort = Some(one.sort).filter(|sort| *sort != Order::Rank);
        let sort = sort.map(|sort| {
            let name = crate::tui::filter::order(sort).get(self.lang);
            format!("{} {name}", self.say("排序", "by"))
        });
        let all: Vec<String> = which
            .into_iter()
            .chain(text)
            .chain(held)
            .chain(sort)
            .collect();
        all.join("  ")
    }

    /// The named filters of a list, for the head of its menu.
    pub(super) fn named_items(&self, pane: usize, list: &List) -> Vec<Item> {
        let Some(kind) = list.kinds.first() else {
            return Vec::new();
        };
        let all = self.named_filters(*kind).into_iter().enumerate();
        all.map(|(nth, one)| {
            let note = self.narrows(list, &one);
            item(Choice::Named(pane, nth), one.name, note)
        })
        .collect()
    }

    /// What can be done with the names, for the end of that menu.
    pub(super) fn naming_items(&self, pane: usize, list: &List) -> Vec<Item> {
        let narrowed = !list.filters.is_empty()
            || !list.input.value().is_empty()
            || list.queue.is_some_and(|which| which != Which::Open);
        let mut items = Vec::new();
        if narrowed {
            let label = self.say("起个名字，留着用", "keep this under a name");
            let now = self.narrows(list, &now(list, String::new()));
            items.push(item(Choice::Name(pane), label.to_owned(), now));
        }
        let kept = list.kinds.first();
        if kept.is_some_and(|kind| !self.named_filters(*kind).is_empty()) {
            let label = self.say("改名、去掉已存的筛选", "rename or give up a kept filter");
            items.push(item(Choice::Names(pane), label.to_owned(), String::new()));
        }
        items
    }

    /// Narrows a list as a named filter says.
    pub(super) fn take_named(&mut self, pane: usize, nth: usize) {
        let kind = self.listed_kind(pane);
        let one = kind.and_then(|kind| self.named_filters(kind).into_iter().nth(nth));
        let (Some(list), Some(one)) = (self.lists.get_mut(pane), one) else {
            return;
        };
        if list.queue.is_some() {
            list.queue = Some(one.which.unwrap_or_default());
        }
        list.typing = false;
        list.input = Input::new(one.text);
        list.filters = one.filters;
        list.sort = one.sort;
        let (asked, request) = list.retype();
        self.call(Tag::List(pane, asked), request);
    }

    /// `6` to `9`: the first kept filters of the focused list, without its menu.
    pub(super) fn quick_filter(&mut self, nth: usize) {
        let Some(pane) = self.focus.checked_sub(1) else {
            let told = self.say(
                "6 到 9 是列表里已存的筛选：先按 2、3 或 4 到列表窗",
                "6 to 9 are the kept filters of a list: go to one with 2, 3 or 4",
            );
            return self.tell(Level::Warn, told);
        };
        let Some(kind) = self.listed_kind(pane) else {
            return;
        };
        let all = self.named_filters(kind);
        let Some(one) = all.get(nth) else {
            let told = match self.lang {
                Lang::Zh => format!(
                    "这里没有第 {} 个已存的筛选：f 筛选以后选「起个名字，留着用」",
                    nth + 1
                ),
                Lang::En => format!(
                    "no kept filter {} here: narrow the list with f, then keep it under a name",
                    nth + 1
                ),
            };
            return self.tell(Level::Warn, told);
        };
        let told = match self.lang {
            Lang::Zh => format!("筛选「{}」；Esc 取消筛选", one.name),
            Lang::En => format!("the filter \"{}\"; Esc takes it away", one.name),
        };
        self.take_named(pane, nth);
        self.tell(Level::Info, told);
    }

    /// Asks for the name of what a list is narrowed to now.
    pub(super) fn name_filter(&mut self, pane: usize) {
        let kept = self.listed_kind(pane).map(|kind| self.named_filters(kind));
        if kept.is_some_and(|all| all.len() >= NINE) {
            let told = self.say(
                "已有 9 个，数字用完了：先去掉一个",
                "there are nine, one for each digit: give one up first",
            );
            return self.tell(Level::Warn, told);
        }
        let title = self
            .say("这个筛选叫什么", "The name of this filter")
            .to_owned();
        let (input, of) = (Input::default(), Asked::Name(pane));
        self.over.push(Overlay::Ask(Ask { title, input, of }));
    }

    /// Keeps what a list is narrowed to now under a name.
    pub(super) fn keep_filter(&mut self, pane: usize, name: String) {
        let (Some(list), Some(kind)) = (self.lists.get(pane), self.listed_kind(pane)) else {
            return;
        };
        let one = now(list, name.clone());
        let mut all = self.named_filters(kind);
        match all.iter_mut().find(|held| held.name == name) {
            Some(held) => *held = one,
            None => all.push(one),
        }
        let nth = all.iter().position(|held| held.name == name).unwrap_or(0) + 1;
        self.prefer_filters(kind, &all);
        let told = match self.lang {
            Lang::Zh => format!("已存筛选「{name}」：f {nth}"),
            Lang::En => format!("the filter \"{name}\" is kept: f {nth}"),
        };
        self.tell(Level::Info, told);
    }

    /// The kept filters, to be renamed or given up.
    pub(super) fn names_menu(&mut self, pane: usize) {
        let Some(kind) = self.listed_kind(pane) else {
            return;
        };
        let all = self.named_filters(kind);
        let verbs = [
            (self.say("改名", "Rename"), false),
            (self.say("去掉", "Give up"), true),
        ];
        let mut items = Vec::new();
        for (verb, gone) in verbs {
            items.extend(all.iter().enumerate().map(|(nth, one)| {
                let choice = match gone {
                    true => Choice::GiveUp(pane, nth),
                    false => Choice::Rename(pane, nth),
                };
                item(choice, format!("{verb} {}", one.name), String::new())
            }));
        }
        let title = self.say("已存的筛选", "Kept filters").to_owned();
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }

    /// Asks for another name.
    pub(super) fn ask_rename(&mut self, pane: usize, nth: usize) {
        let kind = self.listed_kind(pane);
        let one = kind.and_then(|kind| self.named_filters(kind).into_iter().nth(nth));
        let Some(one) = one else { return };
        let title = self.say("改叫什么", "Its new name").to_owned();
        let (input, of) = (Input::new(one.name), Asked::Rename(pane, nth));
        self.over.push(Overlay::Ask(Ask { title, input, of }));
    }

    /// Gives a filter another name.
    pub(super) fn rename_filter(&mut self, pane: usize, nth: usize, name: String) {
        let Some(kind) = self.listed_kind(pane) else {
            return;
        };
        let mut all = self.named_filters(kind);
        let taken = all.iter().enumerate();
        if taken
            .filter(|(at, _)| *at != nth)
            .any(|(_, one)| one.name == name)
        {
            let told = self.say("已有同名的筛选", "there is a filter of that name");
            return self.tell(Level::Warn, told);
        }
        if let Some(one) = all.get_mut(nth) {
            one.name = name;
        }
        self.prefer_filters(kind, &all);
    }

    /// Gives a filter up.
    pub(super) fn give_up_filter(&mut self, pane: usize, nth: usize) {
        let Some(kind) = self.listed_kind(pane) else {
            return;
        };
        let mut all = self.named_filters(kind);
        if nth < all.len() {
            let name = all.remove(nth).name;
            self.prefer_filters(kind, &all);
            let told = match self.lang {
                Lang::Zh => format!("已去掉筛选「{name}」；列表没有变"),
                Lang::En => format!("the filter \"{name}\" is given up; the list is as it was"),
            };
            self.tell(Level::Info, told);
        }
    }
}

/// What a list is narrowed to now.
fn now(list: &List, name: String) -> Named {
    Named {
        name,
        which: list.queue,
        text: list.input.value().trim().to_owned(),
        filters: list.filters.clone(),
        sort: list.sort,
    }
}
