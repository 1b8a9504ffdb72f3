//! What an operator prefers: it goes from terminal to terminal with the login.

use std::collections::BTreeMap;

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::say;
use crate::service::writer::Made;
use crate::service::{Service, Session};

const HEAD: &str = "prefer:";
/// The longest key and the longest text, in bytes, and how many an operator may keep.
const MOST: (usize, usize, usize) = (80, 16 << 10, 300);

impl Service {
    /// Everything that the caller prefers.
    pub(super) fn preferences(
        &self,
        session: &Session,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let kept = self.reader()?.own(session.who.uid, HEAD)?;
        let named = kept.into_iter().filter_map(|(key, bytes)| {
            let key = key.strip_prefix(HEAD)?.to_owned();
            Some((key, String::from_utf8(bytes).ok()?))
        });
        Ok(named.collect())
    }

    /// Keeps a preference; an empty text forgets it.
    pub(super) fn prefer(&self, session: &Session, key: &str, value: &str) -> Result<(), Refusal> {
        let (longest, most, many) = MOST;
        if key.is_empty() || key.len() > longest || value.len() > most {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("偏好太长，没有记下", "too long to be kept as a preference"),
            )
            .hint(say!("缩短后再试", "shorten it and try again")));
        }
        let uid = session.who.uid;
        let (key, value) = (format!("{HEAD}{key}"), value.to_owned());
        self.submit(Box::new(move |writer| {
            let kept = writer.own(uid, HEAD)?;
            if kept.len() >= many && kept.iter().all(|(held, _)| *held != key) {
                return Ok(Err(Refusal::new(
                    RefusalKind::Usage,
                    say!("记下的偏好已满", "no room for more preferences"),
                )
                .hint(say!(
                    "先去掉不用的筛选",
                    "give up filters that are not used first"
                ))));
            }
            let bytes = (!value.is_empty()).then_some(value.as_bytes());
            writer.keep(uid, &key, bytes)?;
            Ok(Ok(Made::default()))
        }))?;
        Ok(())
    }
}
