//! What lies over the panes.

use tui_input::Input;

use crate::domain::fold::narrow;
use crate::domain::kind::Code;
use crate::protocol::matter::CaseView;
use crate::protocol::{LogEntry, View};
use crate::tui::action::Place;
use crate::tui::ask::Ask;
use crate::tui::board::Board;
use crate::tui::confirm::Confirm;
use crate::tui::conflict::Conflict;
use crate::tui::form::Form;
use crate::tui::list::List;
use crate::tui::menu::Menu;
use crate::tui::message::Log;
use crate::tui::pick::Pick;
use crate::tui::selftest::Selftest;
use crate::tui::tour::Tour;

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
    /// A choice among many: organisations, places, words.
    Pick(Box<Pick>),
    /// What is asked before a step that others see, or that does not come back.
    Confirm(Box<Confirm>),
    /// Two versions of a record side by side.
    Conflict(Conflict),
    /// Help.
    Help(Help),
    /// A reason for showing a masked field.
    Reason(Code, String, Input),
    /// The people of an activity, their hours, who fits, a month, the findings.
    Board(Box<Board>),
    /// The messages.
    Log(Log),
    /// What the terminal draws and sends.
    Selftest(Selftest),
    /// A line that is asked for.
    Ask(Ask),
    /// The tour.
    Tour(Box<Tour>),
    /// F12.
    Cover,
}

/// The look-up.
pub struct Look {
    /// Its list.
    pub list: List,
    /// The selected record.
    pub preview: Option<View>,
    /// Whether the rows are those that were opened in this session.
    pub recent: bool,
    /// Whether one of the rows was chosen by hand.
    pub chosen: bool,
    /// The call as it is noted.
    pub note: Form,
    /// Whether the note has the keys.
    pub noting: bool,
    /// Whether a complaint is entered of the call that is being stored.
    pub complain: bool,
}

impl Look {
    /// The ten digits that were typed, however they were grouped when they were read aloud.
    pub fn check_code(&self) -> Option<String> {
        let typed = narrow(self.list.input.value());
        let code: String = typed.chars().filter(char::is_ascii_digit).collect();
        let digits = typed
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
        (digits && code.len() == 10).then_some(code)
    }
}

/// A record.
pub struct Card {
    /// The record.
    pub view: View,
    /// What else there is to a case.
    pub case: Option<Box<CaseView>>,
    /// Its newest entries in the log.
    pub latest: Vec<LogEntry>,
    /// Its history, once asked for.
    pub history: Option<Vec<LogEntry>>,
    /// First visible line.
    pub top: usize,
}

impl Card {
    /// A card that was just opened.
    pub fn new(view: View) -> Card {
        Card {
            view,
            case: None,
            latest: Vec::new(),
            history: None,
            top: 0,
        }
    }

    /// Whether its steps are still those of the revision before.
    pub fn stale(&self) -> bool {
        let case = self.case.as_deref();
        case.is_some_and(|case| case.view.rev != self.view.rev)
    }

    /// A case that was just opened.
    pub fn case(case: CaseView) -> Card {
        Card {
            case: Some(Box::new(case.clone())),
            ..Card::new(case.view)
        }
    }
}

/// The help.
pub struct Help {
    /// What is looked for, on all pages.
    pub input: Input,
    /// The page.
    pub page: usize,
    /// Where it was asked for.
    pub place: Place,
    /// Whether letters are text there.
    pub typing: bool,
    /// First visible line.
    pub top: usize,
}

impl Overlay {
    /// What is typed here as a form: the form itself, or the note of the look-up.
    pub fn form(&self) -> Option<&Form> {
        match self {
            Overlay::Form(form) => Some(form),
            Overlay::Look(look) => Some(&look.note),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        match self {
            Overlay::Form(form) => Some(form),
            Overlay::Look(look) => Some(&mut look.note),
            _ => None,
        }
    }

    /// Whether keys are text here.
    pub fn typing(&self) -> bool {
        match self {
            Overlay::Look(_)
            | Overlay::Form(_)
            | Overlay::Menu(_)
            | Overlay::Pick(_)
            | Overlay::Confirm(_)
            | Overlay::Help(_)
            | Overlay::Log(_)
            | Overlay::Ask(_)
            | Overlay::Reason(..) => true,
            Overlay::Board(board) => board.typing(),
            Overlay::Card(_)
            | Overlay::Conflict(_)
            | Overlay::Selftest(_)
            | Overlay::Tour(_)
            | Overlay::Cover => false,
        }
    }

    /// Whether what lies below stays in sight around it.
    pub fn small(&self) -> bool {
        matches!(
            self,
            Overlay::Menu(_)
                | Overlay::Pick(_)
                | Overlay::Confirm(_)
                | Overlay::Reason(..)
                | Overlay::Ask(_)
        )
    }

    /// The place that it is.
    pub fn place(&self) -> Place {
        match self {
            Overlay::Look(_) => Place::Look,
            Overlay::Card(card) if card.case.is_some() => Place::Case,
            Overlay::Card(_) => Place::Card,
            Overlay::Form(_) => Place::Form,
            Overlay::Menu(_) => Place::Menu,
            Overlay::Pick(_) => Place::Pick,
            Overlay::Confirm(_) => Place::Confirm,
            Overlay::Conflict(_) => Place::Conflict,
            Overlay::Board(board) => board.place(),
            Overlay::Log(_) => Place::Log,
            Overlay::Help(_)
            | Overlay::Ask(_)
            | Overlay::Reason(..)
            | Overlay::Selftest(_)
            | Overlay::Tour(_)
            | Overlay::Cover => Place::Any,
        }
    }
}
