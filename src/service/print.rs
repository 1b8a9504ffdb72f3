//! In the making.

use crate::domain::refusal::Refusal;
use crate::protocol::work::Print;
use crate::service::{Service, Session};

impl Service {
    /// In the making.
    pub fn print(&self, session: &Session, asked: Print) -> Result<(String, Vec<u8>), Refusal> {
        let _ = (session, asked);
        Err(Refusal::not_found("print"))
    }
}
