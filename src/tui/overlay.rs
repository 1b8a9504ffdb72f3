//! What lies over the panes.

use tui_input::Input;

use crate::domain::kind::Code;
use crate::protocol::{LogEntry, View};
use crate::tui::form::Form;
use crate::tui::list::List;

/// A layer.
pub enum Overlay {
    /// F2: look up anything.
    Look(Box<Look>),
    /// A record.
    Card(Box<Card>),
    /// A form.
    Form(Box<Form>),
    /// A numbered menu.
    Menu(Menu),
    /// Help, with a filter.
    Help(Input),
    /// A reason for showing a masked field.
    Reason(Code, String, Input),
    /// F12.
    Cover,
}

/// The look-up.
pub struct Look {
    /// Its list.
    pub list: List,
    /// The selected record.
    pub preview: Option<View>,
}

/// A record.
pub struct Card {
    /// The record.
    pub view: View,
    /// Its history, once asked for.
    pub history: Option<Vec<LogEntry>>,
    /// First visible line.
    pub top: usize,
}

/// A numbered menu, filtered by what is typed.
pub struct Menu {
    /// Title.
    pub title: String,
    /// Lines: what is chosen, its name, why it cannot be taken.
    pub items: Vec<Item>,
    /// The selected line among those that match.
    pub at: usize,
    /// The filter; digits choose directly.
    pub input: Input,
}

/// A line of a menu.
#[derive(Clone)]
pub struct Item {
    /// What choosing it does.
    pub choice: Choice,
    /// Its name.
    pub label: String,
    /// What else there is to say; a reason if it cannot be taken.
    pub note: String,
    /// Whether it can be taken.
    pub open: bool,
}

/// What choosing a line does.
#[derive(Clone)]
pub enum Choice {
    /// An action by its key.
    Action(&'static str),
    /// A step of a record at a revision.
    Step(Code, u64, &'static crate::domain::lifecycle::Step),
    /// A masked field of a record.
    Field(Code, &'static str),
}

impl Menu {
    /// A menu.
    pub fn new(title: String, items: Vec<Item>) -> Menu {
        Menu {
            title,
            items,
            at: 0,
            input: Input::default(),
        }
    }

    /// The lines that match, in order: Chinese, initials or a part of the note.
    pub fn matching(&self) -> Vec<&Item> {
        let wanted = self.input.value().to_lowercase();
        let fits = |item: &&Item| {
            wanted.is_empty()
                || item.label.to_lowercase().contains(&wanted)
                || item.note.to_lowercase().contains(&wanted)
                || crate::domain::reading::initials(&item.label).contains(&wanted)
        };
        self.items.iter().filter(fits).collect()
    }
}

impl Overlay {
    /// Whether keys are text here.
    pub fn typing(&self) -> bool {
        match self {
            Overlay::Look(_)
            | Overlay::Form(_)
            | Overlay::Menu(_)
            | Overlay::Help(_)
            | Overlay::Reason(..) => true,
            Overlay::Card(_) | Overlay::Cover => false,
        }
    }
}
