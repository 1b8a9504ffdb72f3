//! What was typed into a form, edit by edit: Ctrl-Z goes back over all its fields, Ctrl-Y forth again.

use tui_textarea::CursorMove;

use crate::tui::app::App;
use crate::tui::form::Form;

/// So many edits of a form are kept.
const MOST: usize = 400;

/// A piece of a field that became another.
struct Piece {
    field: usize,
    /// Characters before it.
    from: usize,
    gone: String,
    come: String,
}

/// The edits of a form; one of them may have changed several fields.
#[derive(Default)]
pub struct Past {
    /// The texts as they were after the last edit.
    known: Vec<String>,
    done: Vec<Vec<Piece>>,
    undone: Vec<Vec<Piece>>,
}

fn piece(field: usize, before: &str, after: &str) -> Piece {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let same = |(one, other): &(&char, &char)| one == other;
    let from = old.iter().zip(&new).take_while(same).count();
    let short = old.len().min(new.len()) - from;
    let tails = old.iter().rev().zip(new.iter().rev());
    let tail = tails.take(short).take_while(same).count();
    let middle = |text: &[char]| {
        text.iter()
            .skip(from)
            .take(text.len() - from - tail)
            .collect()
    };
    Piece {
        field,
        from,
        gone: middle(&old),
        come: middle(&new),
    }
}

impl Form {
    fn all_texts(&self) -> Vec<String> {
        (0..self.fields.len()).map(|at| self.text(at)).collect()
    }

    /// What changed by itself since the last key is no edit: what was typed before cannot come back over it.
    fn settle(&mut self) {
        let texts = self.all_texts();
        // A line that a rule asks for comes at the end, and moves nothing.
        if texts.starts_with(&self.past.known) {
            self.past.known = texts;
        } else {
            self.past = Past {
                known: texts,
                ..Past::default()
            };
        }
    }

    /// Keeps what a key changed as one edit.
    fn track(&mut self) {
        let texts = self.all_texts();
        // A form that was only just opened was typed into by nobody.
        if self.past.known.len() != texts.len() {
            return self.settle();
        }
        if self.past.known == texts {
            return;
        }
        let known = std::mem::replace(&mut self.past.known, texts);
        let pairs = known.iter().zip(&self.past.known).enumerate();
        let pieces = pairs.filter(|(_, (before, after))| before != after);
        let edit: Vec<Piece> = pieces
            .map(|(field, (before, after))| piece(field, before, after))
            .collect();
        self.absolve(&edit);
        self.past.undone.clear();
        if self.past.done.len() >= MOST {
            self.past.done.remove(0);
        }
        self.past.done.push(edit);
    }

    /// What was wrong with a field was said of another text: leaving it finds out anew.
    fn absolve(&mut self, edit: &[Piece]) {
        for piece in edit {
            if let Some(field) = self.fields.get(piece.field) {
                self.problems.remove(field.key);
            }
        }
    }

    /// Takes the last edit back, or does it again; false if there is none.
    pub(super) fn turn_back(&mut self, again: bool) -> bool {
        let past = &mut self.past;
        let from = if again {
            &mut past.undone
        } else {
            &mut past.done
        };
        let Some(edit) = from.pop() else { return false };
        for piece in &edit {
            let (out, into) = match again {
                true => (&piece.gone, &piece.come),
                false => (&piece.come, &piece.gone),
            };
            let text: Vec<char> = self.text(piece.field).chars().collect();
            let head: String = text.iter().take(piece.from).collect();
            let tail = text.iter().skip(piece.from + out.chars().count());
            let head = format!("{head}{into}");
            let lines = head.split('\n').count() - 1;
            let column = head
                .rsplit('\n')
                .next()
                .map_or(0, |line| line.chars().count());
            let whole: String = head.chars().chain(tail.copied()).collect();
            self.put(piece.field, &whole);
            if let Some(input) = self.inputs.get_mut(piece.field)
                && let (Ok(line), Ok(column)) = (u16::try_from(lines), u16::try_from(column))
            {
                input.move_cursor(CursorMove::Jump(line, column));
            }
        }
        self.absolve(&edit);
        // The eye follows the first field that changed.
        self.at = edit.first().map_or(self.at, |piece| piece.field);
        self.past.known = self.all_texts();
        let past = &mut self.past;
        match again {
            true => past.done.push(edit),
            false => past.undone.push(edit),
        }
        true
    }
}

impl App {
    fn each_form(&mut self, with: impl Fn(&mut Form)) {
        for over in &mut self.over {
            if let Some(form) = over.form_mut() {
                with(form);
            }
        }
    }

    /// Before a key: what changed by itself is known.
    pub(super) fn settle_forms(&mut self) {
        self.each_form(Form::settle);
    }

    /// After a key: what it changed can be taken back.
    pub(super) fn track_forms(&mut self) {
        self.each_form(Form::track);
    }
}
