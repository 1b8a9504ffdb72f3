//! Matters: the queue, one case, terms.

use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::protocol::Who;
use crate::protocol::matter::{CaseView, Queue, QueueView, Term, TermView};
use crate::service::{Service, Session};

impl Service {
    /// A page of the queue.
    pub fn queue(&self, _who: &Who, _queue: &Queue) -> Result<QueueView, Refusal> {
        Err(Refusal::fault("queue"))
    }

    /// Everything of one case.
    pub fn case(&self, _session: &Session, _code: Code) -> Result<CaseView, Refusal> {
        Err(Refusal::fault("case"))
    }

    /// When a term ends.
    pub fn term(&self, _term: Term) -> Result<TermView, Refusal> {
        Err(Refusal::fault("term"))
    }

    /// Learns the holidays of a year.
    pub fn learn(&self, _session: &Session, _text: &str, _reason: &str) -> Result<u64, Refusal> {
        Err(Refusal::fault("learn"))
    }
}
