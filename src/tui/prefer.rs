//! What an operator prefers to see: columns, orders, mouse, clipboard.

use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::protocol::{Answer, Order};
use crate::tui::app::{App, Level};
use crate::tui::draw::column::{Column, columns};
use crate::tui::list::List;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

fn hidden(kind: Kind) -> String {
    format!("columns:{}", kind.spec().key)
}

fn sorted(kind: Kind) -> String {
    format!("sort:{}", kind.spec().key)
}

impl App {
    /// The columns of a list that the operator wants to see.
    pub fn columns(&self, list: &List) -> impl Iterator<Item = &'static Column> {
        let kind = list.kinds.first().filter(|_| list.kinds.len() == 1);
        let kept = kind.and_then(|kind| self.preferences.get(&hidden(*kind)));
        let gone: Vec<String> = kept
            .into_iter()
            .flat_map(|text| text.split(','))
            .map(str::to_owned)
            .collect();
        columns(&list.kinds)
            .iter()
            .filter(move |column| column.rank == 0 || !gone.iter().any(|one| one == column.head.zh))
    }

    /// `w`: the columns of the focused list, ticked by digits.
    pub(super) fn columns_menu(&mut self, at: usize) {
        let pane = self.focus.saturating_sub(1);
        let Some(list) = self.lists.get(pane).filter(|_| self.focus > 0) else {
            return;
        };
        if list.queue.is_some() {
            let told = self.say(
                "这个队列按窗口宽度自排，没有可选的列",
                "this queue fits itself to the width: it has no columns to choose",
            );
            return self.tell(Level::Warn, told);
        }
        let shown: Vec<&str> = self.columns(list).map(|column| column.head.zh).collect();
        let all = columns(&list.kinds).iter().filter(|column| column.rank > 0);
        let items: Vec<Item> = all
            .map(|column| {
                let on = shown.contains(&column.head.zh);
                let tick = if on { "[x]" } else { "[ ]" };
                let note = match on {
                    true => self.say("宽度够就显示", "shown where there is room"),
                    false => self.say("不显示", "not shown"),
                };
                Item {
                    choice: Choice::Column(pane, column.head.zh),
                    label: format!("{tick} {}", column.head.get(self.lang)),
                    note: note.to_owned(),
                    open: true,
                }
            })
            .collect();
        let title = self.say("列：数字勾选，Esc 完成", "Columns: digits tick, Esc ends");
        let mut menu = Menu::new(title.to_owned(), items);
        menu.at = at;
        self.over.push(Overlay::Menu(menu));
    }

    /// Shows a column from now on, or shows it no more.
    pub(super) fn toggle_column(&mut self, pane: usize, head: &str, at: usize) {
        let Some(kind) = self.listed_kind(pane) else {
            return;
        };
        let kept = self.preferences.get(&hidden(kind));
        let mut gone: Vec<String> = kept
            .into_iter()
            .flat_map(|text| text.split(','))
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect();
        match gone.iter().position(|one| one == head) {
            Some(at) => {
                gone.remove(at);
            }
            None => gone.push(head.to_owned()),
        }
        self.prefer(&hidden(kind), &gone.join(","));
        self.columns_menu(at);
    }

    /// Keeps the order of a kind.
    pub(super) fn prefer_order(&mut self, pane: usize, order: Order) {
        let Some(kind) = self.listed_kind(pane) else {
            return;
        };
        let name = match order {
            Order::Rank => String::new(),
            order => serde_json::to_string(&order).unwrap_or_default(),
        };
        self.prefer(&sorted(kind), &name);
    }

    /// The order in which a kind is listed.
    pub(super) fn preferred_order(&self, kind: Kind) -> Order {
        let kept = self.preferences.get(&sorted(kind));
        kept.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// What the operator prefers has come: what is shown follows.
    pub(super) fn preferences_answer(&mut self, answer: Answer) {
        let Answer::Preferences(all) = answer else {
            return;
        };
        let another = all.get("theme") != self.preferences.get("theme");
        self.preferences = all;
        if another {
            self.wear();
        }
        self.preferred();
        self.measure_anew();
        self.ask_encoding_once();
    }

    /// Lists, mouse and greeting as they are preferred.
    fn preferred(&mut self) {
        self.mouse_wanted = self.preferences.get("mouse").is_some_and(|on| on == "on");
        for pane in 0..self.lists.len() {
            let Some(kind) = self.listed_kind(pane) else {
                continue;
            };
            let order = self.preferred_order(kind);
            let list = self.lists.get_mut(pane).filter(|list| list.queue.is_none());
            // A named filter may have brought an order of its own.
            if let Some(list) = list
                && list.sort != order
                && list.filters.is_empty()
            {
                list.sort = order;
                self.ask_list(pane);
            }
        }
        // What else there is to be told at the login comes before.
        let quiet = self.message.is_none();
        if quiet && !self.greeted && !self.preferences.contains_key("tour") {
            let told = self.keyed(
                "第一次用？{palette} 输 jc 看一分钟教程",
                "new here? {palette} and type tour: one minute",
            );
            self.tell(Level::Info, told);
        }
        self.greeted = true;
    }

    /// Turns the mouse on or off.
    pub(super) fn turn_mouse(&mut self) {
        self.mouse_wanted = !self.mouse_wanted;
        self.prefer("mouse", if self.mouse_wanted { "on" } else { "" });
        let told = match self.mouse_wanted {
            true => self.say(
                "鼠标已开：单击选，再击打开，滚轮翻；终端自己的选字要按住 Shift",
                "the mouse is on: click selects, again opens, the wheel scrolls; Shift selects text",
            ),
            false => self.say("鼠标已关", "the mouse is off"),
        };
        self.tell(Level::Info, told);
    }

    /// Whether codes may go to the clipboard of the terminal.
    pub(super) fn clips(&self) -> bool {
        self.preferences
            .get("clipboard")
            .is_none_or(|on| on != "off")
    }

    /// Turns the clipboard on or off.
    pub(super) fn turn_clipboard(&mut self) {
        let off = self.clips();
        self.prefer("clipboard", if off { "off" } else { "" });
        let told = match (off, self.lang) {
            (true, Lang::Zh) => "剪贴板已关：y 只显示编号，供手抄",
            (true, Lang::En) => "the clipboard is off: y shows the code to be copied by hand",
            (false, Lang::Zh) => "剪贴板已开：y 把编号送到终端的剪贴板",
            (false, Lang::En) => {
                "the clipboard is on: y sends the code to the terminal's clipboard"
            }
        };
        self.tell(Level::Info, told);
    }
}
