//! Which notices a session gets: what it may not read does not change for it either.

use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::protocol::{Notice, Who};
use crate::service::{Service, permit, reading};
use crate::store::reader::Reader;

impl Service {
    /// A notice as it may be told to somebody; none if nothing in it is theirs.
    pub fn told(&self, who: &Who, notice: &Notice) -> Option<Notice> {
        match notice {
            Notice::Changed(codes) if !codes.is_empty() => {
                let reader = self.reader().ok()?;
                let codes: Vec<Code> = codes
                    .iter()
                    .copied()
                    .filter(|code| self.concerns(&reader, who, *code).unwrap_or(false))
                    .collect();
                (!codes.is_empty()).then_some(Notice::Changed(codes))
            }
            Notice::Others(code, _) if self.seen(who, *code).is_err() => None,
            other => Some(other.clone()),
        }
    }

    /// Whether a record is, or was until its last change, one that somebody sees.
    fn concerns(&self, reader: &Reader, who: &Who, code: Code) -> Result<bool, Refusal> {
        // What is sealed, and calls about them, can be hidden from somebody who sees the whole region.
        let region = who.scope.iter().any(|root| root.number == 1);
        let whole = !matches!(code.kind, Kind::Operator | Kind::Call);
        if region && whole && !code.kind.spec().sealed {
            if permit::in_scope(&who.roles, "read", Some(code.kind)) {
                return Ok(true);
            }
            if !permit::may(&who.roles, "read", Some(code.kind)) {
                return Ok(false);
            }
        }
        let Some(record) = reader.get(code)? else {
            return Ok(false);
        };
        let desk = reading(&self.desk);
        if desk.sees(who, &record) {
            return Ok(true);
        }
        if Self::has_left(reader, who, code)? {
            return Ok(true);
        }
        // What has just left a scope is told once more, so that lists let go of it.
        let Some(last) = reader.trail(code)?.last().copied() else {
            return Ok(false);
        };
        let Some(owner) = code.kind.spec().owner else {
            return Ok(false);
        };
        let mut before = record;
        let changes = reader.entry(last)?.map(|entry| entry.changes);
        for change in changes.into_iter().flatten() {
            if change.field == owner
                && let Some(from) = change.from
            {
                before.set(owner, from);
            }
        }
        Ok(desk.sees(who, &before))
    }
}
