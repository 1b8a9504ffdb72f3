//! In the making.

use crate::domain::refusal::Refusal;
use crate::protocol::Who;
use crate::protocol::work::{Hours, HoursView};
use crate::service::Service;

impl Service {
    /// In the making.
    pub fn hours(&self, who: &Who, asked: Hours) -> Result<HoursView, Refusal> {
        let _ = (who, asked);
        Err(Refusal::not_found("hours"))
    }
}
