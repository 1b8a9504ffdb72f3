//! What is asked and answered about matters: the queue, one case, terms.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::kind::Code;
use crate::domain::said::Said;
use crate::protocol::{LogEntry, StepView, View};

/// Which matters of the queue are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// All that wait for somebody.
    #[default]
    Open,
    /// What must be done today, or is overdue.
    Today,
    /// What is overdue.
    Overdue,
    /// What the caller handles.
    Mine,
    /// Closed ones too.
    All,
}

/// The days of a matter that the queue is narrowed by: when it came, and until when its clock runs.
pub const QUEUE_DAYS: [&str; 2] = ["day", "due_on"];

/// A page of the queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Which.
    pub which: Which,
    /// Words that the matter or its code must contain; empty for all.
    pub text: String,
    /// Of this kind alone: a word of the field; empty for all.
    pub kind: String,
    /// In this state alone; empty for all.
    pub status: String,
    /// Fields of `QUEUE_DAYS`, and the periods that their days lie in.
    #[serde(default)]
    pub days: Vec<(String, String)>,
    /// In the subtree of this organisation.
    pub within: Option<Code>,
    /// As of this day.
    pub as_of: Option<NaiveDate>,
    /// Rows to pass over.
    pub offset: usize,
    /// At most so many rows.
    pub limit: usize,
}

/// A page of the queue, what is lost first before the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// How many there are in all.
    pub total: usize,
    /// Open ones, of those that the caller sees.
    pub open: usize,
    /// Overdue ones.
    pub overdue: usize,
    /// Those that must be done today, overdue ones among them.
    pub today: usize,
    /// Urgent ones.
    pub urgent: usize,
    /// The page.
    pub rows: Vec<Matter>,
}

/// One matter in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// Its code.
    pub code: Code,
    /// What it is about.
    pub title: String,
    /// Its kind, as stored.
    pub kind: String,
    /// Its state, as stored.
    pub status: String,
    /// Whether it is urgent.
    pub urgent: bool,
    /// The receiver by name.
    pub receiver: String,
    /// Who handles it, by name; empty for nobody yet.
    pub handler: String,
    /// The day on which it came.
    pub day: String,
    /// What is to be done first; empty where nothing runs.
    pub clock: Said,
    /// Whose turn it is.
    pub whose: Said,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// Days left, negative when it is over; of a clock in working days, working days.
    pub left: i64,
    /// Whether `left` counts working days.
    pub workdays: bool,
}

/// A clock as it is shown on a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockView {
    /// Its key.
    pub key: String,
    /// What is to be done.
    pub label: Said,
    /// Where its days come from.
    pub article: String,
    /// Whose turn it is.
    pub whose: Said,
    /// What stops it: the names of steps.
    pub stops: Vec<Said>,
    /// The last day.
    pub due: NaiveDate,
    /// Days left, negative when it is over; of a clock in working days, working days.
    pub left: i64,
    /// Whether it runs in working days.
    pub workdays: bool,
    /// Whether it is a right that lapses, and no duty.
    pub right: bool,
    /// How it was counted.
    pub told: Said,
    /// How much of it is used up, of a hundred.
    pub used: u8,
    /// Whether its end is an estimate: the holidays of a year are not known.
    #[serde(default)]
    pub estimated: bool,
}

/// A record that has to do with a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Its code.
    pub code: Code,
    /// What it is called.
    pub name: String,
    /// Its state.
    pub status: String,
    /// Why it stands here.
    pub why: Said,
}

/// Everything of one case on one screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// The record.
    pub view: View,
    /// Its clocks, the first to end before the others.
    pub clocks: Vec<ClockView>,
    /// What happened to it, newest first.
    pub timeline: Vec<LogEntry>,
    /// Its steps, each with what stands in its way.
    pub steps: Vec<StepView>,
    /// Other matters, people, activities.
    pub beside: Vec<Beside>,
}

/// A term that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The day that sets it going.
    pub from: NaiveDate,
    /// How many days.
    pub days: u16,
    /// In working days; in days of the calendar otherwise.
    pub workdays: bool,
}

/// When it ends, and how it was counted, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermView {
    /// The last day.
    pub due: NaiveDate,
    /// The count, a sentence each.
    pub steps: Vec<Said>,
}
