//! Matters: the queue, one case, terms.

use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::protocol::Who;
use crate::protocol::matter::{CaseView, Queue, QueueView};
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
}
