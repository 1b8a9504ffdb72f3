//! Keys and actions on a board.

use std::collections::BTreeSet;

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use crate::domain::fold::narrow_char;
use crate::domain::kind::{Code, Kind};
use crate::tui::app::App;
use crate::tui::board::{Board, Body};
use crate::tui::hours::{Line, Slot};
use crate::tui::overlay::Overlay;

impl App {
    /// A key on a board before the keys that count everywhere; false if it is left to those.
    pub(in crate::tui) fn board_key(&mut self, key: &KeyEvent) -> bool {
        let Some(board) = self.top_board() else {
            return false;
        };
        if board.typing() {
            return self.board_text(key);
        }
        let plain = !key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        let digit = match key.code {
            KeyCode::Char(c) if plain => Some(narrow_char(c)).filter(char::is_ascii_digit),
            _ => None,
        };
        let back = key.code == KeyCode::Backspace;
        match board.body {
            Body::Hours(_) if digit.is_some() || back => {
                if self.refused("write", Kind::ServiceRecord) || self.hours_shut() {
                    return true;
                }
                if let Some(board) = self.top_board() {
                    board.type_minutes(digit);
                }
                return true;
            }
            Body::Sums(_) if back => {
                self.fold_sum();
                return true;
            }
            _ => {}
        }
        let group = board.place().group();
        let Some(action) = self.keymap.within(group, key).map(str::to_owned) else {
            return false;
        };
        self.act(&action);
        true
    }

    /// A key while an article or evidence is typed.
    fn board_text(&mut self, key: &KeyEvent) -> bool {
        let Some(board) = self.top_board() else {
            return false;
        };
        let (id, at) = (board.id, board.at);
        let Board { body, marked, .. } = board;
        let input = match body {
            Body::Findings(one) => &mut one.input,
            Body::Hours(one) => match &mut one.evidence {
                Some(input) => input,
                None => return false,
            },
            _ => return false,
        };
        match key.code {
            KeyCode::Enter | KeyCode::Esc | KeyCode::Tab => {
                let taken = key.code != KeyCode::Esc;
                match body {
                    Body::Findings(one) => {
                        one.typing = false;
                        if !taken {
                            one.input.reset();
                        }
                        self.ask_board(id);
                    }
                    Body::Hours(hours) => {
                        let text = hours.evidence.take().filter(|_| taken);
                        let mut slots = std::mem::take(&mut hours.proves);
                        // What an earlier session began to type names no rows.
                        if slots.is_empty() {
                            slots = hours.chosen(marked, at);
                        }
                        let open = hours.lines.iter().filter(|line| line.open());
                        let open: BTreeSet<Slot> = open.map(Line::slot).collect();
                        if let Some(text) = text {
                            for slot in slots.intersection(&open) {
                                let draft = hours.row(slot.clone());
                                text.value().trim().clone_into(&mut draft.evidence);
                            }
                        }
                    }
                    _ => {}
                }
                true
            }
            KeyCode::Char('u') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                input.reset();
                true
            }
            // Function keys and control keys stay what they are.
            KeyCode::Char(_) if key.modifiers.contains(KeyModifiers::CONTROL) => false,
            KeyCode::Char(_)
            | KeyCode::Backspace
            | KeyCode::Delete
            | KeyCode::Left
            | KeyCode::Right
            | KeyCode::Home
            | KeyCode::End => {
                let before = input.value().to_owned();
                input.handle_event(&Event::Key(*key));
                let changed = input.value() != before;
                if changed && matches!(body, Body::Findings(_)) {
                    self.ask_board(id);
                }
                true
            }
            _ => false,
        }
    }

    /// An action on a board, or one that opens one; false if it is left to the rest.
    pub(in crate::tui) fn board_act(&mut self, action: &str) -> bool {
        let opens = matches!(
            self.over.last(),
            None | Some(Overlay::Card(_) | Overlay::Board(_))
        );
        if opens && self.open_board(action) {
            return true;
        }
        let Some(board) = self.top_board() else {
            return false;
        };
        let (id, at, page) = (board.id, board.at, board.height.max(1));
        if let Some((group, key)) = action.split_once('.') {
            let own = group == board.place().group();
            if own {
                self.board_letter(key);
            }
            return own;
        }
        let marks = board.marks().is_some();
        let grid = matches!(&board.body, Body::Calendar(one) if !one.inside());
        match (&mut board.body, action) {
            (body, "refresh") => {
                if let Body::Matching(one) = body {
                    one.settled = false;
                }
                self.ask_board(id);
            }
            (_, "left") if grid => self.move_day(-1),
            (_, "right") if grid => self.move_day(1),
            (_, "up") if grid => self.move_day(-7),
            (_, "down") if grid => self.move_day(7),
            (_, "page_up") if grid => self.move_month(-1),
            (_, "page_down") if grid => self.move_month(1),
            (_, "first") if grid => self.end_of_month(false),
            (_, "last") if grid => self.end_of_month(true),
            (Body::Calendar(_), "previous") => self.move_month(-1),
            (Body::Calendar(_), "following") => self.move_month(1),
            (Body::Calendar(_), "open") => self.open_day(),
            (Body::Calendar(one), "cancel" | "stop") if one.within_day => one.within_day = false,
            (Body::Sums(_), "previous") => self.turn_year(-1),
            (Body::Sums(_), "following") => self.turn_year(1),
            (Body::Sums(_), "open" | "right") => self.unfold_sum(),
            (Body::Sums(_), "left") => self.fold_sum(),
            (Body::Findings(_), "open" | "left" | "right") => self.fold_rule(action),
            (Body::Findings(one), "search") => one.typing = true,
            (Body::Hours(_), "open") => self.open_line(),
            (Body::Hours(_), "steps") => return self.save_minutes() || self.board_steps(),
            (Body::Hours(_), "new") => self.new_record(),
            (Body::Roster(one), "new") => {
                let activity = one.activity;
                self.enrol(activity);
            }
            (_, "steps") => return self.board_steps(),
            (_, "mark") if marks => {
                if let Some(code) = board.code_at(at)
                    && !board.marked.remove(&code)
                {
                    board.marked.insert(code);
                }
                board.go(at + 1);
            }
            (_, "cancel" | "stop") if !board.marked.is_empty() => board.marked.clear(),
            (_, "up") => board.go(at.saturating_sub(1)),
            (_, "down") => board.go(at + 1),
            (_, "page_up") => board.go(at.saturating_sub(page)),
            (_, "page_down") => board.go(at + page),
            (_, "first") => board.go(0),
            (_, "last") => board.go(usize::MAX),
            (_, "open") => {
                if let Some(code) = board.current() {
                    self.show(code);
                }
            }
            _ => return false,
        }
        self.try_rows(id);
        true
    }

    /// A letter of the board itself.
    fn board_letter(&mut self, key: &str) {
        let Some(board) = self.top_board() else {
            return;
        };
        let step = board.marks().and_then(|kind| kind.spec().step(key));
        if let Some(step) = step {
            return self.board_step(step);
        }
        let shut = key == "evidence" && self.hours_shut();
        let Some(board) = self.top_board() else {
            return;
        };
        match (&mut board.body, key) {
            (Body::Roster(_) | Body::Hours(_), "all") => {
                let codes: Vec<Code> = (0..board.rows())
                    .filter_map(|at| board.code_at(at))
                    .collect();
                if board.marked.len() == codes.len() {
                    board.marked.clear();
                } else {
                    board.marked.extend(codes);
                }
            }
            (Body::Roster(one), "person") => {
                let person = one.cover.people.get(board.at).map(|row| row.volunteer);
                if let Some(code) = person {
                    self.show(code);
                }
            }
            (Body::Roster(_), "policy") => self.policy(),
            (Body::Roster(_), "replace") => {
                self.open_board("matching");
            }
            (Body::Hours(_), "fill") => self.fill_minutes(),
            (Body::Hours(_), "evidence") if shut => {}
            (Body::Hours(one), "evidence") => {
                one.proves = one.chosen(&board.marked, board.at);
                let line = one.lines.get(board.at);
                let held = line.and_then(|line| one.typed.get(&line.slot()));
                let held = held.map_or_else(String::new, |draft| draft.evidence.clone());
                one.evidence = Some(Input::new(held));
            }
            (Body::Matching(_), "yes") => self.phoned(0),
            (Body::Matching(_), "no") => self.phoned(1),
            (Body::Matching(_), "silent") => self.phoned(2),
            (Body::Matching(_), "later") => self.phoned(3),
            (Body::Matching(_), "turn") => self.turn_need(),
            (Body::Calendar(_), "list") => self.list_days(),
            _ => {}
        }
    }

    /// Enter on a row of hours: on to the next, or the record behind it.
    fn open_line(&mut self) {
        let Some(board) = self.top_board() else {
            return;
        };
        let Body::Hours(hours) = &board.body else {
            return;
        };
        match hours
            .lines
            .get(board.at)
            .and_then(|line| line.record.as_ref())
        {
            Some(record) => {
                let code = record.code;
                self.show(code);
            }
            None => board.go(board.at + 1),
        }
    }
}
