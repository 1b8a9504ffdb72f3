//! Pasted text: it goes where text is typed, whole or not at all, and never does anything.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::field::{Field, Type};
use crate::domain::fold::{is_han, narrow};
use crate::domain::person_name::MOST;
use crate::domain::said::Lang;
use crate::tui::app::{App, Level};
use crate::tui::form::several;
use crate::tui::key::edit;
use crate::tui::overlay::Overlay;

/// As many characters are looked for at most.
const LINE: usize = 200;

/// As many characters go into a field that says nothing of its length.
const FIELD: usize = 4000;

/// As many characters as a field takes.
fn room(field: &Field) -> usize {
    match field.of {
        Type::Line(most) | Type::Lines(most) => most,
        Type::PersonName => MOST,
        Type::Day
        | Type::Moment
        | Type::Int(..)
        | Type::Flag
        | Type::Choice(_)
        | Type::Area
        | Type::Phone
        | Type::Identity
        | Type::CreditCode
        | Type::Ref(_) => LINE,
        _ => FIELD,
    }
}

/// Whether a text is worth a search of its own: Han characters, or a number as it is written.
fn searched(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')');
    let narrow = narrow(text);
    text.chars().any(is_han)
        || narrow.chars().all(number) && narrow.chars().any(|c| c.is_ascii_digit())
}

/// The text of one line: line breaks are blanks, control characters go.
fn one_line(text: &str) -> String {
    let blank = |c: char| if matches!(c, '\n' | '\t') { ' ' } else { c };
    let kept = text.chars().map(blank).filter(|c| !c.is_control());
    kept.collect::<String>().trim().to_owned()
}

impl App {
    /// Pasted text goes where text is typed; line breaks stay in long texts alone.
    pub fn paste(&mut self, text: &str) {
        self.attended();
        if self.too_small() {
            return;
        }
        if self.covered() || matches!(self.over.last(), Some(Overlay::Tour(_))) {
            return;
        }
        self.prefix = None;
        let (wrong, told) = (self.wrong(), self.message.clone());
        self.settle_forms();
        self.take_paste(text);
        self.track_forms();
        self.righted(wrong, told);
        self.write_ahead(false);
    }

    fn take_paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if matches!(self.over.last(), Some(Overlay::Form(_))) {
            return self.paste_field(&text);
        }
        let line = one_line(&text);
        if line.is_empty() {
            return;
        }
        // Before what others see every digit is pressed by somebody who reads it.
        let typing = self.typing() && !matches!(self.over.last(), Some(Overlay::Confirm(_)));
        if !(typing || searched(&line) && self.start_search()) {
            let told = self.say(
                "这里不能粘贴；汉字或号码粘贴到列表即查找",
                "nothing can be pasted here; in a list, Han characters or a number start a search",
            );
            return self.tell(Level::Warn, told);
        }
        let count = line.chars().count();
        if count > LINE {
            return self.too_long(count, LINE);
        }
        self.paste_line(&line);
    }

    /// Into the field of a form: what does not fit is refused whole.
    fn paste_field(&mut self, text: &str) {
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return;
        };
        if form.sending {
            return self.say_sending();
        }
        let Some(field) = form.field() else { return };
        let (long, most) = (several(field), room(field));
        let text = match long {
            true => text
                .chars()
                .filter(|c| *c == '\n' || !c.is_control())
                .collect(),
            false => one_line(text),
        };
        let Some(input) = form.input() else {
            return self.say_taken();
        };
        let held: usize = input.lines().iter().map(|line| line.chars().count()).sum();
        let count = held + text.chars().count();
        if count > most {
            return self.too_long(count, most);
        }
        input.insert_str(text);
    }

    fn too_long(&mut self, count: usize, most: usize) {
        let told = match self.lang {
            Lang::Zh => format!("粘贴后有 {count} 字，这里至多 {most} 字：没有粘贴，原有内容未动"),
            Lang::En => format!(
                "with the paste it has {count} characters, {most} at most: nothing was pasted, your text is as it was"
            ),
        };
        self.tell(Level::Warn, told);
    }

    /// Into the line that is typed.
    fn paste_line(&mut self, text: &str) {
        if self.paste_note(text) {
            return;
        }
        let input = match self.over.last_mut() {
            Some(Overlay::Menu(menu)) => {
                menu.at = 0;
                Some(&mut menu.input)
            }
            Some(Overlay::Reason(_, _, input)) => Some(input),
            Some(Overlay::Ask(ask)) => Some(&mut ask.input),
            Some(Overlay::Log(log)) => {
                log.at = 0;
                Some(&mut log.input)
            }
            Some(Overlay::Help(help)) => Some(&mut help.input),
            Some(Overlay::Look(look)) => Some(&mut look.list.input),
            Some(Overlay::Pick(pick)) => Some(&mut pick.input),
            Some(Overlay::Board(_)) => {
                for c in text.chars() {
                    let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
                    self.board_key(&key);
                }
                None
            }
            Some(_) => None,
            None => self.list().map(|list| &mut list.input),
        };
        let Some(input) = input else { return };
        for c in text.chars() {
            edit(input, &KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        match self.over.last() {
            Some(Overlay::Look(_)) => self.ask_look(),
            Some(Overlay::Pick(_)) => self.ask_pick(),
            None => self.ask_again(),
            Some(_) => {}
        }
    }
}
