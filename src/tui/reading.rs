//! What this session may not do, said before anything is typed: it only reads, or the roles do not allow it.

use crate::domain::kind::Kind;
use crate::domain::lifecycle::Step;
use crate::domain::operator::Role;
use crate::domain::refusal::Refusal;
use crate::protocol::{Act, permit};
use crate::say;
use crate::tui::app::App;
use crate::tui::board::Body;
use crate::tui::overlay::Overlay;

/// The actions that begin with what may be forbidden, the right that each takes, and to which kind; none
/// for that of the record that is meant.
const BARRED: &[(&str, &str, Option<Kind>)] = &[
    ("new", "write", None),
    ("edit", "write", None),
    ("reveal", "reveal", None),
    ("desk.note", "write", Some(Kind::Call)),
    ("minutes.fill", "write", Some(Kind::ServiceRecord)),
    ("minutes.evidence", "write", Some(Kind::ServiceRecord)),
    ("people.policy", "write", Some(Kind::Insurance)),
    ("phone.yes", "write", Some(Kind::Enrolment)),
    ("phone.no", "write", Some(Kind::Enrolment)),
    ("phone.silent", "write", Some(Kind::Enrolment)),
    ("phone.later", "write", Some(Kind::Enrolment)),
];

/// The actions that change what is typed.
const TYPED: &[&str] = &["keep", "undo", "redo", "clear", "word", "kill", "search"];

impl App {
    /// The refusal of an act to a kind, if the session may not do it.
    pub(super) fn shut(&self, act: &str, kind: Kind) -> Option<Refusal> {
        if self.welcome.read_only {
            return Some(Refusal::read_only());
        }
        let mut shut = self.welcome.shut.iter();
        let found = shut.find(|one| one.act == act && one.kind == kind)?;
        Some(found.refusal(&self.welcome.who.roles))
    }

    /// The same of a step, which may ask for roles of its own.
    pub(in crate::tui) fn shut_step(&self, kind: Kind, step: &Step) -> Option<Refusal> {
        let mine = &self.welcome.who.roles;
        let may = step.roles.iter().any(|role: &Role| mine.contains(role));
        self.shut("step", kind).or_else(|| {
            let (zh, en) = (step.label.zh, step.label.en);
            let what = say!("办「{zh}」", "take the step {en}");
            (!may).then(|| permit::refusal(mine, &what, step.roles))
        })
    }

    /// Why an action cannot be done here, as far as the session alone decides it.
    pub(super) fn why_barred(&self, action: &str) -> Option<Refusal> {
        let (_, act, kind) = BARRED.iter().find(|(key, ..)| *key == action)?;
        if self.welcome.read_only {
            return Some(Refusal::read_only());
        }
        let kind = match (kind, action) {
            (Some(kind), _) => *kind,
            // Whoever may enter something else, or go on with a draft, chooses in a menu.
            (None, "new") if self.asks_what() => return None,
            (None, "new") => match self.over.last() {
                Some(Overlay::Board(board)) => board.makes()?,
                _ => self.new_kind(),
            },
            (None, _) => self.meant_kind()?,
        };
        self.shut(act, kind)
    }

    /// The kind of the record that is selected or open.
    fn meant_kind(&self) -> Option<Kind> {
        self.current().map(|code| code.kind)
    }

    /// Refuses an action that the session may not do; true if it was refused.
    pub(super) fn barred(&mut self, action: &str) -> bool {
        let why = self.why_barred(action);
        if let Some(refusal) = &why {
            self.refuse(refusal);
        }
        why.is_some()
    }

    /// Whether an action is worth a hint: nobody is shown what they are refused, nor what means nothing
    /// once another session took the draft.
    pub fn offers(&self, action: &str) -> bool {
        let taken = match self.over.last() {
            Some(Overlay::Form(form)) => form.ahead.taken,
            Some(Overlay::Board(board)) => match &board.body {
                Body::Hours(hours) => hours.ahead.taken,
                _ => false,
            },
            _ => false,
        };
        let changes = action == "steps" || action.starts_with("case.");
        let shut = || {
            let kind = self.meant_kind().filter(|_| changes);
            kind.is_some_and(|kind| self.shut("step", kind).is_some())
        };
        let typed =
            changes || TYPED.contains(&action) || BARRED.iter().any(|(key, ..)| *key == action);
        !(changes && self.welcome.read_only
            || shut()
            || taken && typed
            || self.why_barred(action).is_some())
    }

    /// Refuses an act to a kind that the session may not do; true if it was refused.
    pub(in crate::tui) fn refused(&mut self, act: &str, kind: Kind) -> bool {
        let why = self.shut(act, kind);
        if let Some(refusal) = &why {
            self.refuse(refusal);
        }
        why.is_some()
    }

    /// Why something that asks for text could never be sent.
    fn never_sent(&self, over: &Overlay) -> Option<Refusal> {
        match over {
            Overlay::Form(form) => match &form.act {
                Act::New(kind) => self.shut("write", *kind),
                Act::Edit { code, .. } => self.shut("write", code.kind),
                // Which roles a step asks for came with the steps themselves.
                Act::Step { code, .. } => self.shut("step", code.kind),
            },
            Overlay::Reason(code, ..) => self.shut("reveal", code.kind),
            _ => None,
        }
    }

    /// Takes away what asks for text that could never be saved, before anybody types into it.
    pub(super) fn bar_forms(&mut self) {
        let mut all = self.over.iter().enumerate();
        let found = all.find_map(|(at, over)| Some((at, self.never_sent(over)?)));
        if let Some((at, refusal)) = found {
            // What lies over a form, such as its templates, belongs to it.
            self.over.truncate(at);
            self.refuse(&refusal);
        }
    }
}
