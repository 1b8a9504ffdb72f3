//! Choosing among many: organisations, places, words; for a field of a form or for a filter.

use chrono::NaiveDate;
use tui_input::Input;

use crate::domain::agreement::ELEMENTS;
use crate::domain::field::{Field, Type};
use crate::domain::input::split_list;
use crate::domain::kind::{Code, Kind};
use crate::domain::operator::Role;
use crate::domain::place::places;
use crate::domain::said::{Lang, Text};
use crate::tui::app::{App, Level, Tag};
use crate::tui::list::List;
use crate::tui::overlay::Overlay;
use crate::tui::rank::{rank, ways};

/// Where the lines come from.
pub enum Source {
    /// Fixed words.
    Words(&'static [Text]),
    /// The places of the region.
    Places,
    /// Records that the service finds.
    Records(Box<List>),
    /// Periods, as on a day.
    Days(NaiveDate),
    /// Nothing: what is typed is taken.
    Typed,
}

/// What the choice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The field of the form below.
    Field,
    /// A filter of a list.
    Filter(usize),
}

/// The picker.
pub struct Pick {
    /// The field that is filled.
    pub field: &'static Field,
    /// What for.
    pub target: Target,
    /// Where the lines come from.
    pub source: Source,
    /// What is looked for.
    pub input: Input,
    /// The selected line.
    pub at: usize,
    /// What is ticked, as it is stored.
    pub chosen: Vec<String>,
    /// Whether several may be ticked.
    pub several: bool,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As it is stored.
    pub value: String,
    /// As it is shown.
    pub label: String,
    /// Beside it.
    pub note: String,
}

/// What a field is chosen from; none if it can only be typed.
pub fn source(field: &Field) -> Option<Source> {
    match field.of {
        Type::Choice(words) | Type::Words { known: words, .. } if !words.is_empty() => {
            Some(Source::Words(words))
        }
        Type::Area => Some(Source::Places),
        Type::Ref(_) | Type::Refs(..) | Type::Codes(..) => {
            Some(Source::Records(Box::new(List::new(field.names()))))
        }
        _ => None,
    }
}

impl Pick {
    /// A picker for a field, with what it holds ticked.
    pub fn new(field: &'static Field, target: Target, source: Source, held: &str) -> Pick {
        let several = target == Target::Field && field.is_list();
        let chosen = if several {
            let words = field.words();
            split_list(held)
                .into_iter()
                .map(|part| {
                    let known = words.iter().find(|word| word.zh == part || word.en == part);
                    known.map_or(part, |word| word.zh.to_owned())
                })
                .collect()
        } else {
            Vec::new()
        };
        Pick {
            field,
            target,
            source,
            input: Input::default(),
            at: 0,
            chosen,
            several,
        }
    }

    /// The lines that match, best first.
    pub fn lines(&self, lang: Lang) -> Vec<Line> {
        let query = self.input.value();
        match &self.source {
            Source::Words(words) => rank(query, words, |word| {
                let mut texts = ways(word.zh).to_vec();
                texts.push(word.en.to_owned());
                texts
            })
            .into_iter()
            .filter_map(|at| words.get(at))
            .map(|word| Line {
                value: word.zh.to_owned(),
                label: word.get(lang).to_owned(),
                note: String::new(),
            })
            .collect(),
            Source::Places => rank(query, places(), |place| {
                let names = [place.name, place.short].into_iter();
                let mut texts: Vec<String> = names
                    .chain(place.aliases.iter().copied())
                    .flat_map(ways)
                    .collect();
                texts.push(place.code.to_owned());
                texts
            })
            .into_iter()
            .filter_map(|at| places().get(at))
            .map(|place| Line {
                value: place.code.to_owned(),
                label: place.path(),
                note: place.code.to_owned(),
            })
            .collect(),
            Source::Records(list) => list
                .rows
                .iter()
                .map(|row| Line {
                    value: row.code.to_string(),
                    label: row.title.clone(),
                    note: format!("{}  {}", row.code, row.kind.spec().said(&row.status, lang)),
                })
                .collect(),
            Source::Days(today) => crate::tui::period::lines(query, *today, lang),
            Source::Typed => Vec::new(),
        }
    }

    /// Whether the first lines have digits.
    pub fn numbered(&self) -> bool {
        let few = matches!(self.source, Source::Words(_) | Source::Days(_));
        few && self.input.value().is_empty()
    }

    /// Ticks a value, or takes the tick away.
    fn toggle(&mut self, value: String) {
        match self.chosen.iter().position(|other| *other == value) {
            Some(at) => {
                self.chosen.remove(at);
            }
            None => self.chosen.push(value),
        }
    }
}

impl App {
    /// F3 in a form.
    pub(super) fn pick_for_field(&mut self) {
        let Some(Overlay::Form(form)) = self.over.last() else {
            return;
        };
        let Some(field) = form.field() else { return };
        let held = form.text(form.at);
        if form.kind() == Kind::Agreement && ELEMENTS.contains(&field.key) {
            return self.template_menu(Some(field.key));
        }
        // Only administrators look through operators; whoever knows a login types it.
        let roles = &self.welcome.who.roles;
        if field.names() == [Kind::Operator] && !roles.contains(&Role::Admin) {
            let told = self.say(
                "直接填写：登录名、编号或姓名",
                "type it: login, code or name",
            );
            return self.tell(Level::Warn, told);
        }
        match source(field) {
            Some(source) => self.open_pick(Pick::new(field, Target::Field, source, &held)),
            None => {
                let told = self.say("这一项直接填写", "this field is typed");
                self.tell(Level::Warn, told);
            }
        }
    }

    pub(super) fn open_pick(&mut self, pick: Pick) {
        self.over.push(Overlay::Pick(Box::new(pick)));
        self.ask_pick();
    }

    /// Asks the service for the records that match.
    pub(super) fn ask_pick(&mut self) {
        let Some(Overlay::Pick(pick)) = self.over.last_mut() else {
            return;
        };
        pick.at = 0;
        if let Source::Records(list) = &mut pick.source {
            list.input = pick.input.clone();
            let (asked, request) = list.retype();
            self.call(Tag::Pick(asked), request);
        }
    }

    /// Moves the choice.
    pub(super) fn pick_go(&mut self, by: isize) {
        let lang = self.lang;
        if let Some(Overlay::Pick(pick)) = self.over.last_mut() {
            let last = pick.lines(lang).len().saturating_sub(1);
            pick.at = pick.at.saturating_add_signed(by).min(last);
        }
    }

    /// Ticks the chosen line; where only one may be taken, takes it.
    pub(super) fn pick_tick(&mut self) {
        let lang = self.lang;
        let Some(Overlay::Pick(pick)) = self.over.last_mut() else {
            return;
        };
        if !pick.several {
            return self.pick_take();
        }
        if let Some(line) = pick.lines(lang).into_iter().nth(pick.at) {
            pick.toggle(line.value.clone());
            self.remember(&[line]);
        }
    }

    /// Keeps the names of records that were seen, for the forms that hold their codes.
    fn remember(&mut self, lines: &[Line]) {
        let seen = lines
            .iter()
            .filter_map(|line| Some((Code::read(&line.value)?, line.label.clone())));
        self.names.extend(seen);
    }

    /// A digit: that line at once. False if digits are text here.
    pub(super) fn pick_digit(&mut self, digit: usize) -> bool {
        let Some(Overlay::Pick(pick)) = self.over.last_mut() else {
            return false;
        };
        if !pick.numbered() {
            return false;
        }
        pick.at = digit - 1;
        self.pick_tick();
        true
    }

    /// Takes what is ticked, or the chosen line, or what was typed.
    pub(super) fn pick_take(&mut self) {
        let lang = self.lang;
        let Some(Overlay::Pick(pick)) = self.over.last() else {
            return;
        };
        let lines = pick.lines(lang);
        let line = lines.get(pick.at).cloned();
        let own = matches!(pick.source, Source::Days(_))
            && line.as_ref().is_some_and(|line| line.value.is_empty());
        if own {
            return self.ask_period();
        }
        let typed = pick.input.value().trim().to_owned();
        let free = matches!(
            pick.field.of,
            Type::Words { open: true, .. } | Type::Line(_) | Type::Lines(_)
        );
        let mut values = pick.chosen.clone();
        // With ticks Enter takes the ticks; what is looked for just now belongs to them.
        if values.is_empty() || !typed.is_empty() {
            match line {
                Some(line) => values.push(line.value),
                None if free && !typed.is_empty() => values.push(typed),
                None => {}
            }
        }
        let mut once: Vec<String> = Vec::new();
        for value in values {
            if !once.contains(&value) {
                once.push(value);
            }
        }
        if once.is_empty() {
            let told = self.say("没有可选的一行：换个词", "no line to take: other words");
            return self.tell(Level::Warn, told);
        }
        let (field, target) = (pick.field, pick.target);
        self.over.pop();
        self.remember(&lines);
        let value = crate::domain::value::Value::from(once);
        match target {
            Target::Field => {
                let text = crate::tui::form::typed(field, &value, lang);
                if let Some(Overlay::Form(form)) = self.over.last_mut()
                    && let Some(at) = form.place(field.key)
                {
                    form.put(at, &text);
                    form.go(at + 1, self.now.date(), lang);
                }
            }
            Target::Filter(pane) => {
                let text = value.texts().next().unwrap_or("").to_owned();
                self.set_filter(pane, field.key, Some(text));
            }
        }
    }

    /// Whether the picker looks among records: blanks are text there.
    pub(super) fn pick_records(&self) -> bool {
        matches!(
            self.over.last(),
            Some(Overlay::Pick(pick)) if !matches!(pick.source, Source::Words(_))
        )
    }
}
