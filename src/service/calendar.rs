//! In the making.

use crate::domain::refusal::Refusal;
use crate::protocol::Who;
use crate::protocol::work::{Calendar, CalendarRow};
use crate::service::Service;

impl Service {
    /// In the making.
    pub fn calendar(&self, who: &Who, asked: Calendar) -> Result<Vec<CalendarRow>, Refusal> {
        let _ = (who, asked);
        Err(Refusal::not_found("calendar"))
    }
}
