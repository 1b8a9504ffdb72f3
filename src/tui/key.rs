//! Keys: text where text is typed, actions elsewhere.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use crate::domain::fold::{is_han, narrow_char};
use crate::tui::action::{GO, Place};
use crate::tui::app::{App, Level, Tag};
use crate::tui::overlay::Overlay;
use crate::tui::pick::Source;

/// The reasons for showing a masked field that are given by a digit.
pub const REASONS: [crate::domain::said::Text; 3] = [
    crate::domain::said::t("来电核对", "caller check"),
    crate::domain::said::t("紧急联系", "emergency"),
    crate::domain::said::t("办案", "case work"),
];

/// Gives a key to an input line; true if its text changed.
pub(super) fn edit(input: &mut Input, key: &KeyEvent) -> bool {
    let before = input.value().to_owned();
    if key.code == KeyCode::Char('u') && key.modifiers.contains(KeyModifiers::CONTROL) {
        input.reset();
    } else {
        input.handle_event(&Event::Key(*key));
    }
    input.value() != before
}

/// A key as it is meant; none if it means nothing.
fn arrived(key: &KeyEvent) -> Option<KeyEvent> {
    if !key.modifiers.contains(KeyModifiers::CONTROL) {
        return Some(*key);
    }
    match key.code {
        // Some terminals send 0x08 for the backspace key.
        KeyCode::Char('h' | 'H') => Some(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE)),
        // 0x1c to 0x1f: nobody presses these to edit a text.
        KeyCode::Char('4'..='7' | '\\' | ']' | '^' | '_' | '/') => None,
        _ => Some(*key),
    }
}

/// A plain character; full-width digits count as digits.
fn plain(key: &KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c)
            if !key
                .modifiers
                .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) =>
        {
            Some(narrow_char(c))
        }
        _ => None,
    }
}

pub(super) fn digit(key: &KeyEvent) -> Option<usize> {
    let digit = plain(key)?.to_digit(10)?;
    (digit > 0).then_some(digit as usize)
}

/// What edits a line: whatever is no action, and the keys that move in it.
fn edits(action: Option<&str>) -> bool {
    matches!(
        action,
        None | Some("left" | "right" | "first" | "last" | "clear" | "word" | "kill")
    )
}

impl App {
    /// A key.
    pub fn key(&mut self, key: &KeyEvent) {
        self.attended();
        // Nothing is seen: a key would change what nobody looks at.
        if self.too_small() {
            return;
        }
        let (wrong, before) = (self.wrong(), self.message.clone());
        let (spot, told) = (self.spot_of_message(), self.message_no);
        // A warning was seen: the next key takes it away.
        if matches!(self.message, Some((Level::Warn, _))) {
            self.message = None;
        }
        self.settle_forms();
        self.take_key(key);
        self.follow_note();
        self.track_forms();
        self.write_ahead(false);
        self.show_presence();
        self.bar_forms();
        self.note_spot();
        self.righted(wrong, before);
        if told == self.message_no {
            self.leave_message(spot);
        }
        self.tell_next();
    }

    /// What was told as wrong is another text now: the message would mislead.
    pub(super) fn righted(&mut self, wrong: usize, told: Option<(Level, String)>) {
        let error = matches!(self.message, Some((Level::Error, _)));
        if error && self.message == told && self.wrong() < wrong {
            self.message = None;
        }
    }

    /// Whether the window has no room for anything.
    pub(super) fn too_small(&self) -> bool {
        !self.area.is_empty() && crate::tui::layout::too_small(self.area)
    }

    /// How much lies over the panes, which has the focus, and what the keys mean.
    fn spot_of_message(&self) -> (usize, usize, Place) {
        (self.over.len(), self.focus, self.place())
    }

    /// A message goes with the place that it was said in.
    fn leave_message(&mut self, before: (usize, usize, Place)) {
        let after = self.spot_of_message();
        let gone = match self.message {
            Some((Level::Info, _)) => before != after,
            // What was refused in a panel is over with it; what opens above leaves it standing.
            Some((Level::Error, _)) => {
                after.0 < before.0 || (after.0 == before.0 && after.2 != before.2)
            }
            _ => false,
        };
        if gone {
            self.message = None;
        }
    }

    /// How many fields of the open forms are not as they must be.
    pub(super) fn wrong(&self) -> usize {
        let wrong = |over: &Overlay| match over {
            Overlay::Form(form) => form.problems.len(),
            _ => 0,
        };
        self.over.iter().map(wrong).sum()
    }

    fn take_key(&mut self, key: &KeyEvent) {
        if self.selftest_key(key) {
            return;
        }
        let Some(key) = arrived(key) else { return };
        let key = &key;
        if matches!(self.over.last(), Some(Overlay::Tour(_))) {
            return self.tour_key(key);
        }
        let saves = key.code == KeyCode::Char('s') && key.modifiers.contains(KeyModifiers::CONTROL);
        if saves && !self.covered() {
            return self.act("keep");
        }
        if self.covered() {
            return self.cover_key(key);
        }
        if self.prefix.take().is_some() {
            return self.after_go(key);
        }
        if self.board_key(key) {
            return;
        }
        if self.top_case().is_some() {
            if let Some(digit) = digit(key) {
                return self.numbered_step(digit);
            }
            let group = Place::Case.group();
            if let Some(action) = self.keymap.within(group, key).map(str::to_owned) {
                return self.act(&action);
            }
        }
        let group = self.place().group();
        if matches!(self.over.last(), Some(Overlay::Look(_)))
            && plain(key).is_none()
            && let Some(action) = self.keymap.within(group, key).map(str::to_owned)
        {
            return self.act(&action);
        }
        let typing = self.typing();
        let action = self.keymap.action(key, typing).map(str::to_owned);
        if typing && self.text_key(key, action.as_deref()) {
            return;
        }
        if let Some(Overlay::Conflict(conflict)) = self.over.last_mut()
            && let Some(digit) = digit(key)
        {
            return conflict.toggle(digit - 1);
        }
        match action {
            Some(action) => self.act(&action),
            // A list that receives Han characters starts a search with them.
            None if plain(key).is_some_and(is_han) && self.start_search() => {
                self.text_key(key, None);
            }
            None => {}
        }
    }

    /// Makes what is typed now a search; false where there is nothing to search.
    pub(super) fn start_search(&mut self) -> bool {
        match self.over.last() {
            None => {
                if !(1..=self.lists.len()).contains(&self.focus) {
                    self.focus = self.source().max(1);
                }
                self.start_typing();
                true
            }
            Some(Overlay::Card(_) | Overlay::Board(_)) => {
                self.act("look");
                true
            }
            Some(_) => false,
        }
    }

    /// The key after `g`.
    fn after_go(&mut self, key: &KeyEvent) {
        let wanted = plain(key);
        let found = GO.iter().find(|(letter, _)| Some(*letter) == wanted);
        if let Some((_, action)) = found {
            // A form below keeps its text as a draft.
            while !self.over.is_empty() {
                self.back();
            }
            self.act(action);
        }
    }

    /// Asks for the rows of the focused list anew: what it is asked for is another.
    pub(super) fn ask_again(&mut self) {
        let pane = self.focus.saturating_sub(1);
        if let Some(list) = self.lists.get_mut(pane) {
            let (asked, request) = list.retype();
            self.call(Tag::List(pane, asked), request);
        }
    }

    pub(super) fn start_typing(&mut self) {
        if let Some(list) = self.list() {
            list.typing = true;
        }
    }

    /// A key while text is typed; false if it is left to the actions.
    pub(super) fn text_key(&mut self, key: &KeyEvent, action: Option<&str>) -> bool {
        match self.over.last_mut() {
            Some(Overlay::Look(look)) if look.noting => self.note_key(key, action).unwrap_or(false),
            Some(Overlay::Look(look)) if edits(action) => {
                if edit(&mut look.list.input, key) {
                    self.ask_look();
                }
                true
            }
            Some(Overlay::Form(_)) => self.form_key(key, action),
            Some(Overlay::Menu(menu)) => {
                if let Some(digit) = digit(key)
                    && menu.input.value().is_empty()
                {
                    let at = digit - 1;
                    if at < menu.items.len() {
                        menu.at = at;
                        self.choose();
                    }
                    return true;
                }
                if edits(action) && edit(&mut menu.input, key) {
                    menu.at = 0;
                }
                edits(action)
            }
            Some(Overlay::Pick(_)) => self.pick_key(key, action),
            Some(Overlay::Confirm(_)) => self.confirm_key(key, action),
            Some(Overlay::Help(help)) => {
                match action {
                    Some("next") => help.page = (help.page + 1) % crate::tui::draw::help::PAGES,
                    _ if edits(action) => {
                        edit(&mut help.input, key);
                        help.top = 0;
                    }
                    _ => return false,
                }
                true
            }
            Some(Overlay::Log(log)) if edits(action) => {
                if edit(&mut log.input, key) {
                    log.at = 0;
                }
                true
            }
            Some(Overlay::Ask(ask)) => {
                match action {
                    Some("open") => self.answered(),
                    _ if edits(action) => {
                        edit(&mut ask.input, key);
                    }
                    _ => return false,
                }
                true
            }
            Some(Overlay::Reason(_, _, input)) => {
                if let Some(reason) = digit(key).and_then(|digit| REASONS.get(digit - 1))
                    && input.value().is_empty()
                {
                    *input = Input::new(reason.get(self.lang).to_owned());
                    self.reason_given();
                    return true;
                }
                match action {
                    Some("open") => self.reason_given(),
                    _ if edits(action) => {
                        edit(input, key);
                    }
                    _ => return false,
                }
                true
            }
            Some(_) => false,
            None => {
                let pane = self.focus.saturating_sub(1);
                if edits(action)
                    && let Some(list) = self.lists.get_mut(pane)
                    && edit(&mut list.input, key)
                {
                    self.ask_again();
                    self.tell_digit(pane);
                }
                edits(action)
            }
        }
    }

    /// A digit alone in a search may have been meant for a pane: says how one gets there.
    fn tell_digit(&mut self, pane: usize) {
        let typed = self.lists.get(pane).map_or("", |list| list.input.value());
        if matches!(typed, "1" | "2" | "3" | "4") {
            let told = self.keyed(
                "数字在查找里是字：{next} 换窗，或 {cancel} 退出查找后按数字跳窗",
                "in a search digits are text: {next} changes panes; {cancel} ends it, then digits do",
            );
            self.show_message(Level::Warn, told);
        }
    }

    /// A key in the panel before a heavy step; false if it is left to the actions.
    fn confirm_key(&mut self, key: &KeyEvent, action: Option<&str>) -> bool {
        let Some(Overlay::Confirm(confirm)) = self.over.last_mut() else {
            return false;
        };
        let last = confirm.last();
        match (action, digit(key)) {
            (Some("open"), _) => self.take_choice(),
            (Some("steps"), _) => self.sign_off(),
            (Some("next"), _) if key.code == KeyCode::F(6) => return false,
            (Some("left" | "right" | "up" | "down" | "next" | "back_pane"), _) if !last => {
                self.other_choice();
            }
            (None, Some(1)) if !last => self.consent(),
            (None, Some(2)) if !last => self.back(),
            _ if last && edits(action) => {
                edit(&mut confirm.input, key);
            }
            (None, _) => {}
            _ => return false,
        }
        true
    }

    fn pick_key(&mut self, key: &KeyEvent, action: Option<&str>) -> bool {
        if let Some(digit) = digit(key)
            && self.pick_digit(digit)
        {
            return true;
        }
        if plain(key) == Some('0')
            && let Some(Overlay::Pick(pick)) = self.over.last()
            && pick.numbered()
            && matches!(pick.source, Source::Days(_))
        {
            self.ask_period();
            return true;
        }
        match action {
            Some("next") => self.pick_tick(),
            Some("open" | "steps") => self.pick_take(),
            None if plain(key) == Some(' ') && !self.pick_records() => self.pick_tick(),
            _ if edits(action) => {
                if let Some(Overlay::Pick(pick)) = self.over.last_mut()
                    && edit(&mut pick.input, key)
                {
                    self.ask_pick();
                }
            }
            _ => return false,
        }
        true
    }
}
