//! Keys in a form.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::CursorMove;

use crate::tui::app::{App, Level};
use crate::tui::form::{Form, several};
use crate::tui::key::digit;
use crate::tui::overlay::Overlay;

/// Moves the cursor; false if it was at the edge already.
fn moved(form: &mut Form, by: CursorMove) -> bool {
    let Some(input) = form.inputs.get_mut(form.at) else {
        return false;
    };
    input.cancel_selection();
    let before = input.cursor();
    input.move_cursor(by);
    input.cursor() != before
}

fn plain(key: &KeyEvent) -> bool {
    let held = KeyModifiers::CONTROL | KeyModifiers::ALT;
    !key.modifiers.intersects(held)
}

/// Whether a key is text.
fn types(key: &KeyEvent) -> bool {
    plain(key) && matches!(key.code, KeyCode::Char(_))
}

/// A key that moves in a field or changes its text; false if it does neither.
pub(super) fn edit_field(form: &mut Form, key: &KeyEvent, action: Option<&str>) -> bool {
    match action {
        Some("left") => {
            moved(form, CursorMove::Back);
        }
        Some("right") => {
            moved(form, CursorMove::Forward);
        }
        Some("first") => {
            moved(form, CursorMove::Head);
        }
        Some("last") => {
            moved(form, CursorMove::End);
        }
        Some(edit @ ("clear" | "word" | "kill")) => {
            if let Some(input) = form.input() {
                match edit {
                    "word" => input.delete_word(),
                    "kill" => input.delete_line_by_end(),
                    _ => {
                        input.select_all();
                        input.cut()
                    }
                };
            }
        }
        None => {
            let plain = plain(key);
            // Behind a chosen word a digit means another one.
            let anew = plain && digit(key).is_some() && form.chosen();
            if let Some(input) = form.input() {
                if anew {
                    input.select_all();
                    input.cut();
                }
                match key.code {
                    KeyCode::Char(c) if plain => input.insert_char(c),
                    KeyCode::Backspace => {
                        input.delete_char();
                    }
                    KeyCode::Delete => {
                        input.delete_next_char();
                    }
                    _ => {}
                }
            }
        }
        Some(_) => return false,
    }
    true
}

impl App {
    /// What is typed before the answer comes would go with the form.
    pub(super) fn say_sending(&mut self) {
        let told = self.say(
            "提交中，答复后再改：刚才的输入没有收下",
            "being saved: change it after the answer; that input was not taken",
        );
        self.tell(Level::Warn, told);
    }

    /// A key in a form; false if it is left to the actions.
    pub(super) fn form_key(&mut self, key: &KeyEvent, action: Option<&str>) -> bool {
        let (lang, today) = (self.lang, self.now.date());
        let Some(Overlay::Form(form)) = self.over.last_mut() else {
            return false;
        };
        let long = form.field().is_some_and(several);
        let changes = matches!(
            action,
            None | Some("undo" | "redo" | "clear" | "word" | "kill" | "steps" | "search")
        );
        if form.ahead.taken && (changes || long && action == Some("open")) {
            self.say_taken();
            return true;
        }
        if form.sending && (changes || long && action == Some("open")) {
            self.say_sending();
            return true;
        }
        match action {
            // F6 leaves for the workstation, Tab is the next field.
            Some("next") if key.code == KeyCode::F(6) => return false,
            Some("open") if long => {
                if let Some(input) = form.input() {
                    input.insert_newline();
                }
            }
            Some("down") if long && moved(form, CursorMove::Down) => {}
            Some("up") if long && moved(form, CursorMove::Up) => {}
            Some("down" | "next" | "open") => form.go(form.at + 1, today, lang),
            Some("up" | "back_pane") => form.go(form.at.saturating_sub(1), today, lang),
            Some("page_down") => form.go(form.at + 8, today, lang),
            Some("page_up") => form.go(form.at.saturating_sub(8), today, lang),
            Some("steps") => self.send(),
            Some("keep") => self.keep_now(),
            Some("search") => self.pick_for_field(),
            Some(turn @ ("undo" | "redo")) => {
                let again = turn == "redo";
                if !form.turn_back(again) {
                    let told = match again {
                        true => self.say("没有可重做的", "nothing to do again"),
                        false => self.say("没有可撤销的输入", "nothing typed to take back"),
                    };
                    self.tell(Level::Warn, told);
                }
            }
            None if form.fields.is_empty() && types(key) => {
                let told = self.keyed(
                    "这一步没有要填的，打的字不收：{steps} 办理，{cancel} 返回",
                    "nothing is filled in here and what is typed is not kept: {steps} does it, {cancel} goes back",
                );
                self.tell(Level::Warn, told);
            }
            _ => return edit_field(form, key, action),
        }
        true
    }
}
