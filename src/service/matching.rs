//! In the making.

use crate::domain::kind::Code;
use crate::domain::refusal::Refusal;
use crate::protocol::Who;
use crate::protocol::work::Match;
use crate::service::Service;

impl Service {
    /// In the making.
    pub fn matching(&self, who: &Who, code: Code, limit: usize) -> Result<Vec<Match>, Refusal> {
        let _ = (who, (code, limit));
        Err(Refusal::not_found("matching"))
    }
}
