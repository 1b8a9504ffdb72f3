//! What is asked and answered about the work itself: findings, cover, hours, matching, printing, the calendar.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::said::{Said, Text, t};
use crate::domain::value::Fields;

/// One step for many records, in one transaction; those that cannot take it are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Many {
    /// The records.
    pub codes: Vec<Code>,
    /// The step's key.
    pub step: String,
    /// Its answers, the same for all.
    pub fields: Fields,
    /// The operator was asked and said yes.
    pub confirmed: bool,
    /// Why, where a rule asks for a reason.
    pub reason: String,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManyDone {
    /// Those that took it.
    pub done: Vec<Code>,
    /// Those that did not, and why.
    pub refused: Vec<(Code, Refusal)>,
}

/// Which findings are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Of this article alone.
    pub article: Option<u32>,
    /// In the subtree of this organisation.
    pub within: Option<Code>,
    /// The same, as somebody typed it: a code, a name or a place; empty for none.
    pub named: String,
    /// As of this day.
    pub as_of: Option<NaiveDate>,
}

/// What a rule holds against something that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// The article, as it is cited.
    pub article: String,
    /// The regulation's word: 必须, 一般 and so on.
    pub strength: Said,
    /// What it is: 违规, 偏离 and so on.
    pub effect: Said,
    /// The record, or the code of a place without a team.
    pub code: String,
    /// What that is called.
    pub name: String,
    /// What is wrong.
    pub message: Said,
    /// Since when, where it is known.
    pub since: Option<NaiveDate>,
}

/// A stretch of time: two stored moments.
pub type Stretch = (String, String);

/// Who is insured and told in an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverView {
    /// The sessions.
    pub sessions: Vec<Stretch>,
    /// Whether a danger was ticked.
    pub dangerous: bool,
    /// Everybody who is enrolled.
    pub people: Vec<CoverRow>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverRow {
    /// The enrolment.
    pub enrolment: Code,
    /// The volunteer.
    pub volunteer: Code,
    /// The name.
    pub name: String,
    /// Phone, masked.
    pub phone: String,
    /// The role.
    pub role: String,
    /// The state of the enrolment.
    pub status: String,
    /// What the phone brought last that is no state: nobody there, or call again.
    #[serde(default)]
    pub said: String,
    /// When the danger was told; empty if it was not.
    pub told_on: String,
    /// Whether that was before the activity.
    pub told: bool,
    /// The stretches without insurance.
    pub holes: Vec<Stretch>,
}

/// Whose hours of a year are asked for; without a code those of everything one sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// A volunteer, an organisation with those below it, or an activity.
    pub of: Option<Code>,
    /// The year; 0 for all years.
    pub year: i32,
    /// Of an organisation: the records of its own, without those below it.
    #[serde(default)]
    pub own: bool,
}

/// Hours, with the rows that they unfold to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursView {
    /// What they are of.
    pub name: String,
    /// Confirmed minutes.
    pub minutes: i64,
    /// Of an organisation: itself and those below; of a person or an activity: the records, newest first.
    /// A last row with the person's own code and no name: what lies outside the caller's scope;
    /// with the organisation's: the older records that are left out.
    pub rows: Vec<HoursRow>,
    /// How many records that last row of an organisation stands for.
    #[serde(default)]
    pub more: usize,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursRow {
    /// An organisation or a service record.
    pub code: Code,
    /// What it is called: the name, or day and activity.
    pub name: String,
    /// Minutes.
    pub minutes: i64,
    /// The state of a record.
    pub status: String,
    /// The evidence of a record.
    pub evidence: String,
}

/// Who fits a need or an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// The volunteer or team.
    pub code: Code,
    /// The name.
    pub name: String,
    /// Phone, masked.
    pub phone: String,
    /// Place by name.
    pub area: String,
    /// Why it stands where it stands, the weightiest first.
    pub why: Vec<Said>,
    /// What speaks against it.
    pub against: Vec<Said>,
    /// When it was last asked, and with what result.
    pub asked: Option<(String, String)>,
}

/// A document that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// The record's own document: certificate or agreement; of an activity its plan; of a complaint
    /// or a sanction what fits its state.
    Own,
    /// Certificates of everybody with confirmed hours in an activity.
    Certificates,
    /// Sign-in list of an activity.
    SignIn,
    /// Notice to its volunteers.
    Notice,
    /// That a complaint was received.
    Receipt,
    /// That it is accepted.
    Acceptance,
    /// That it is not accepted, and whom to turn to.
    Refusal,
    /// That it takes longer.
    Extension,
    /// The letter with which it goes to somebody else.
    Handover,
    /// What was found and decided.
    Answer,
    /// That the answer is looked at again.
    Review,
    /// What both sides agreed on.
    Settlement,
    /// Everything about it.
    Case,
    /// What is about to be decided about somebody.
    Proposal,
    /// What was decided.
    Decision,
}

/// All of them.
pub const PAPERS: [Paper; 15] = [
    Paper::Own,
    Paper::Certificates,
    Paper::SignIn,
    Paper::Notice,
    Paper::Receipt,
    Paper::Acceptance,
    Paper::Refusal,
    Paper::Extension,
    Paper::Handover,
    Paper::Answer,
    Paper::Review,
    Paper::Settlement,
    Paper::Case,
    Paper::Proposal,
    Paper::Decision,
];

impl Paper {
    /// What it is called: in the names of files, in the log.
    pub const fn label(self) -> Text {
        match self {
            Paper::Own => t("文件", "document"),
            Paper::Certificates => t("证明", "certificates"),
            Paper::SignIn => t("签到表", "sign-in list"),
            Paper::Notice => t("通知", "notice"),
            Paper::Receipt => t("受理回执", "receipt"),
            Paper::Acceptance => t("受理告知书", "notice of acceptance"),
            Paper::Refusal => t("不予受理告知书", "notice of refusal"),
            Paper::Extension => t("延期告知书", "extension notice"),
            Paper::Handover => t("移送函", "hand-over letter"),
            Paper::Answer => t("答复意见书", "answer"),
            Paper::Review => t("复查受理告知书", "review notice"),
            Paper::Settlement => t("调解和解协议书", "settlement"),
            Paper::Case => t("案卷", "case file"),
            Paper::Proposal => t("拟处理告知书", "notice of a proposed sanction"),
            Paper::Decision => t("处理决定书", "decision on a sanction"),
        }
    }
}

/// What is to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// The record.
    pub code: Code,
    /// Which document.
    pub paper: Paper,
    /// As PDF; as plain text otherwise.
    pub pdf: bool,
    /// The body outside that a hand-over letter addresses; empty for the one on record or the first of the setting.
    #[serde(default)]
    pub to: String,
}

/// Days whose activities are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// In the subtree of this organisation.
    pub within: Option<Code>,
}

/// An activity on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRow {
    /// The day.
    pub day: NaiveDate,
    /// From and to on that day.
    pub time: String,
    /// The activity.
    pub code: Code,
    /// Its title.
    pub title: String,
    /// Its team.
    pub team: String,
    /// Its place by name.
    pub area: String,
    /// Its state.
    pub status: String,
    /// People who agreed, and who are needed.
    pub people: (usize, i64),
}

/// Facts of a row beside its fields, as short as they fit a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// People who agreed or came, and who are needed; of an activity.
    pub people: Option<(usize, i64)>,
    /// Agreements of an activity; signatures and parties of an agreement.
    pub agreements: Option<(usize, usize)>,
    /// Participants with a hole in their insurance; of a dangerous activity.
    pub holes: Option<usize>,
    /// Participants who were not told; of a dangerous activity.
    pub untold: Option<usize>,
    /// The day to look at: of an activity under way its next one, of others by when something is due or over.
    #[serde(default)]
    pub day: String,
    /// Who asks, who insures, the period of a certificate.
    #[serde(default)]
    pub about: String,
    /// Minutes of a certificate.
    #[serde(default)]
    pub minutes: Option<i64>,
}

/// The kinds whose rows carry facts.
pub const WITH_FACTS: [Kind; 5] = [
    Kind::Activity,
    Kind::Agreement,
    Kind::Need,
    Kind::Insurance,
    Kind::Certificate,
];
