//! What a session and the service say to each other. Pure: no I/O.

use serde::{Deserialize, Serialize};

use crate::domain::change::Entry;
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::said::Said;
use crate::domain::value::Fields;
use crate::protocol::draft::{Draft, Drafting};
use crate::protocol::matter::{CaseView, Queue, QueueView, Term, TermView};
use crate::protocol::work::{
    Calendar, CalendarRow, Check, CoverView, Finding, Hours, HoursView, Many, ManyDone, Match,
    Print,
};

pub mod call;
pub mod care;
pub mod draft;
pub mod find;
pub mod hello;
pub mod matter;
pub mod permit;
pub mod pin;
pub mod presence;
pub mod sheet;
pub mod undo;
pub mod work;

pub use care::{Checked, Status};
pub use find::{Find, Found, List, Order, Row, Why};
pub use hello::{Hello, Welcome, Who};
pub use sheet::{ImportAnswer, SheetRow};

/// The version of this conversation; both sides must speak the same.
pub const PROTOCOL: u32 = 6;

/// The largest frame that the service reads, in bytes.
pub const LARGEST: usize = 16 << 20;

/// The most rows that one answer carries.
pub const MOST_ROWS: usize = 1000;

/// From session to service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToService {
    /// Opens the session.
    Hello(Hello),
    /// Asks for something; the answer carries the same id.
    Call {
        /// Number of the call within the session.
        id: u64,
        /// What is asked.
        request: Request,
    },
}

/// From service to session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToSession {
    /// The session is open.
    Welcome(Welcome),
    /// The session is not opened, or is ended.
    Goodbye(Refusal),
    /// The answer to a call.
    Answer {
        /// Number of the call.
        id: u64,
        /// What came of it.
        answer: Result<Answer, Refusal>,
    },
    /// Something changed.
    Notice(Notice),
}

/// What a session may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Search; empty text lists all, live and recent first.
    Find(Find),
    /// Records of a kind, masked, in the order of their codes or of a field.
    List(List),
    /// The record that a name or a place means, organisations first; words of a search are no name.
    Mean {
        /// What was typed.
        text: String,
        /// The kinds that it may be.
        kinds: Vec<Kind>,
    },
    /// One record, masked.
    Show(Code),
    /// The log entries of a record, newest first, masked.
    History {
        /// The record.
        code: Code,
        /// At most so many.
        limit: usize,
    },
    /// The organisation tree that the operator sees.
    Tree,
    /// Reads one masked field; the reason is logged.
    Reveal {
        /// The record.
        code: Code,
        /// The field.
        field: String,
        /// Why.
        reason: String,
    },
    /// What a change would be refused for, without making it.
    Try(Change),
    /// Makes a change.
    Make {
        /// Made by the caller; a repeated token is answered, not repeated.
        token: u64,
        /// The change.
        change: Change,
    },
    /// The steps of a record's lifecycle, each with the reason if it cannot be taken now.
    Steps(Code),
    /// Takes one step for many records.
    Many {
        /// Made by the caller; a repeated token is answered, not repeated.
        token: u64,
        /// The step.
        many: Many,
    },
    /// Takes back what this session did just now.
    Undo(undo::Undo),
    /// The certificate behind a check code that was read aloud.
    Certificate(String),
    /// What the rules hold against what stands.
    Check(Check),
    /// Who is insured and told in an activity.
    Cover(Code),
    /// The hours of a year.
    Hours(Hours),
    /// Who fits a need or an activity.
    Match {
        /// The need or the activity.
        code: Code,
        /// At most so many.
        limit: usize,
    },
    /// A document, as bytes; it is logged.
    Print(Print),
    /// The activities of some days.
    Calendar(Calendar),
    /// Opens an import of many records, all or nothing.
    ImportOpen {
        /// The kind.
        kind: Kind,
        /// Name of the file, for the log.
        source: String,
    },
    /// Adds rows; answers what stands in their way.
    ImportRows(Vec<SheetRow>),
    /// Writes the accepted rows, or forgets them all.
    ImportClose {
        /// Whether to write.
        write: bool,
    },
    /// A page of whole records for a file; the first page is logged.
    Export {
        /// The kind.
        kind: Kind,
        /// Numbers greater than this.
        after: u64,
        /// Unmasked, with this reason.
        full: Option<String>,
    },
    /// The settings: numbers that the regulation does not name.
    Settings,
    /// Decides a setting.
    Set {
        /// Its key.
        key: String,
        /// The number; empty for the default.
        value: String,
        /// Why, or by which decision.
        reason: String,
    },
    /// A page of the queue of matters.
    Queue(Queue),
    /// Everything of one case.
    Case(Code),
    /// When a term ends.
    Due(Term),
    /// The holidays that a person has entered, beside those that come with the program.
    Holidays,
    /// The holidays of a year, as the notice of the State Council sets them: a line each.
    Learn {
        /// The lines.
        text: String,
        /// By which notice.
        reason: String,
    },
    /// What the caller prefers: how its screen is set up, by key.
    Preferences,
    /// Prefers something from now on; empty for nothing.
    Prefer {
        /// Its key.
        key: String,
        /// The text.
        value: String,
    },
    /// The caller's own digits that open a covered screen.
    Pin(pin::Pin),
    /// The caller's own texts that are typed and not sent.
    Draft(Drafting),
    /// The caller has this record open, or none.
    Open {
        /// The record.
        code: Option<Code>,
        /// Whether it is being edited.
        edits: bool,
    },
    /// How the service is.
    Status,
    /// Ends the service.
    Stop,
    /// Copies the store to a file of the service's machine.
    Backup(String),
    /// Checks store, indexes and log.
    Verify,
    /// Checks the log chain, against a head that was noted before: number and hash.
    LogVerify(Option<(u64, String)>),
    /// Where the log ends.
    LogHead,
    /// Log entries from a number on.
    LogPage {
        /// First number.
        from: u64,
        /// At most so many.
        limit: usize,
    },
}

/// A change to one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What to do.
    pub act: Act,
    /// Values by field, as typed.
    pub fields: Fields,
    /// The operator was asked and said yes.
    pub confirmed: bool,
    /// Why, where a rule asks for a written reason.
    #[serde(default)]
    pub reason: String,
}

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Makes a record.
    New(Kind),
    /// Changes fields; with `rev` only if nobody else did meanwhile.
    Edit {
        /// The record.
        code: Code,
        /// The revision that the operator saw.
        rev: Option<u64>,
    },
    /// Takes a step.
    Step {
        /// The record.
        code: Code,
        /// The step's key.
        step: String,
        /// The revision that the operator saw.
        rev: Option<u64>,
    },
}

/// What the service answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// To a search.
    Found(Found),
    /// To a list.
    Views(Vec<View>),
    /// To a name; none where nothing is called that.
    Meant(Option<Code>),
    /// To a single record, and to a change.
    View(View),
    /// To a history and a log page.
    Entries(Vec<LogEntry>),
    /// To the tree.
    Tree(Vec<Node>),
    /// To a reveal.
    Revealed(String),
    /// To the steps.
    Steps(Vec<StepView>),
    /// To a step for many.
    Many(ManyDone),
    /// To an undo.
    Undone(undo::Undone),
    /// To a check.
    Findings(Vec<Finding>),
    /// To a cover.
    Cover(CoverView),
    /// To hours.
    Hours(HoursView),
    /// To a match.
    Matches(Vec<Match>),
    /// To a print: the name of the file, and the file.
    File(String, Vec<u8>),
    /// To a calendar, by day and time.
    Calendar(Vec<CalendarRow>),
    /// A page of the queue.
    Queue(QueueView),
    /// A case.
    Case(Box<CaseView>),
    /// When a term ends.
    Due(TermView),
    /// The lines of the holidays that were entered.
    Holidays(String),
    /// To rows of an import.
    Problems(ImportAnswer),
    /// To the settings.
    Settings(Vec<SettingView>),
    /// What the caller prefers, by key.
    Preferences(std::collections::BTreeMap<String, String>),
    /// To what was asked of the digits.
    Pin(pin::PinView),
    /// The caller's drafts, the newest first.
    Drafts(Vec<Draft>),
    /// A draft to go on with.
    Draft(Box<Draft>),
    /// The draft is kept since this moment.
    Kept(String),
    /// Who else has the record open.
    Others(Vec<presence::Other>),
    /// To a status.
    Status(Status),
    /// To checks.
    Checked(Checked),
    /// To the head of the log.
    Head {
        /// Number of the last entry.
        seq: u64,
        /// Its SM3 hash.
        hash: String,
    },
    /// Done, and in numbers.
    Done(u64),
}

/// A record as this operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Code.
    pub code: Code,
    /// Kind.
    pub kind: Kind,
    /// Revision.
    pub rev: u64,
    /// Fields, masked.
    pub fields: Fields,
    /// Names behind the codes of references and places.
    pub names: std::collections::BTreeMap<String, String>,
    /// Fields that are masked.
    pub masked: Vec<String>,
    /// What is to be said of it first; of a record that is shown alone.
    #[serde(default)]
    pub told: Vec<Said>,
    /// What the rules hold against it; of a record that is shown alone.
    #[serde(default)]
    pub findings: Vec<Refusal>,
    /// The last calls about it; of a record that is shown alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<call::Call>,
}

impl View {
    /// A record of which only the code may be told.
    pub fn of(code: Code) -> View {
        View {
            code,
            kind: code.kind,
            rev: 0,
            fields: Fields::new(),
            names: std::collections::BTreeMap::new(),
            masked: Vec::new(),
            told: Vec::new(),
            findings: Vec::new(),
            calls: Vec::new(),
        }
    }
}

/// A log entry with its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Number.
    pub seq: u64,
    /// The entry, personal values masked.
    pub entry: Entry,
}

/// An organisation in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Number of the organisation.
    pub number: u64,
    /// Number of its parent; 0 for a root.
    pub parent: u64,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// State.
    pub status: String,
    /// Place code.
    pub area: String,
    /// Live volunteers whose primary team it is.
    pub members: u32,
}

/// A step as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// Key.
    pub key: String,
    /// Why it cannot be taken now.
    pub refusal: Option<Refusal>,
}

/// A setting as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingView {
    /// Key.
    pub key: String,
    /// What holds now.
    pub value: i64,
    /// What holds if nobody decides otherwise.
    pub default: i64,
}

/// What the service tells without being asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// These records changed; an empty list means many.
    Changed(Vec<Code>),
    /// A sentence for everybody, such as a full disk.
    Announce(Said),
    /// Another session of the same operator goes on with this draft, for the so-manieth time.
    Taken(u64, u64),
    /// These others have the record open.
    Others(Code, Vec<presence::Other>),
}
