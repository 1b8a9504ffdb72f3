//! Who has which record open: in memory, told only to those who have the same one open and see it.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::domain::kind::Code;
use crate::protocol::presence::Other;
use crate::protocol::{Notice, Who};
use crate::service::{Service, Session, lock};

/// What sessions have open.
#[derive(Default)]
pub(super) struct Open {
    /// By their number.
    held: Mutex<HashMap<u64, Opened>>,
    /// Held from a change until all were told of it: what is told last is how it stands.
    turn: Mutex<()>,
}

#[derive(Clone)]
struct Opened {
    who: Who,
    code: Code,
    edits: bool,
}

impl Service {
    /// A session has a record open, or none; gives who else has. What the caller may not see is answered
    /// and noted as what is not there.
    pub(super) fn opens(&self, session: &Session, code: Option<Code>, edits: bool) -> Vec<Other> {
        let code = code.filter(|code| self.seen(&session.who, *code).is_ok());
        let now = code.map(|code| Opened {
            who: session.who.clone(),
            code,
            edits,
        });
        let _turn = lock(&self.open.turn);
        let before = {
            let mut open = lock(&self.open.held);
            match now {
                Some(now) => open.insert(session.id, now),
                None => open.remove(&session.id),
            }
        };
        let left = before.map(|before| before.code);
        for code in left.into_iter().filter(|left| Some(*left) != code) {
            self.tell_open(code, session.id);
        }
        let Some(code) = code else { return Vec::new() };
        self.tell_open(code, session.id);
        self.others(code, &session.who)
    }

    /// A session ends: it has nothing open.
    pub(super) fn closes(&self, session: u64) {
        let _turn = lock(&self.open.turn);
        let before = lock(&self.open.held).remove(&session);
        if let Some(before) = before {
            self.tell_open(before.code, session);
        }
    }

    /// Tells each of the others who have a record open who has.
    fn tell_open(&self, code: Code, cause: u64) {
        let open: Vec<(u64, Opened)> = {
            let open = lock(&self.open.held);
            let those = open.iter().filter(|(_, one)| one.code == code);
            those.map(|(id, one)| (*id, one.clone())).collect()
        };
        for (id, one) in open.iter().filter(|(id, _)| *id != cause) {
            // Rights may have changed since: whoever lost sight of it hears no more of it.
            if self.still(&one.who, code) {
                let notice = Notice::Others(code, self.others(code, &one.who));
                self.whisper(&notice, |session, _| session == *id);
            }
        }
    }

    /// The others who have a record open and still see it; those under the same login are no others.
    fn others(&self, code: Code, who: &Who) -> Vec<Other> {
        let open: Vec<Opened> = {
            let open = lock(&self.open.held);
            let those = open.values().filter(|one| one.code == code);
            those.cloned().collect()
        };
        let mut others: Vec<Other> = open
            .into_iter()
            .filter(|one| one.who.uid != who.uid && self.still(&one.who, code))
            .map(|one| Other {
                name: one.who.name,
                edits: one.edits,
            })
            .collect();
        others.sort();
        // Somebody with two sessions is one person.
        others.dedup_by(|next, first| {
            let same = next.name == first.name;
            first.edits |= same && next.edits;
            same
        });
        others
    }

    /// Whether somebody sees a record by what their own record says now.
    fn still(&self, who: &Who, code: Code) -> bool {
        let Some(own) = who.operator else {
            return self.seen(who, code).is_ok();
        };
        let record = self.reader().and_then(|reader| Ok(reader.get(own)?));
        let Ok(Some(record)) = record else {
            // Not a login of the store, as in a session that was opened by another way.
            return self.seen(who, code).is_ok();
        };
        let roles = record.texts("roles");
        let now = Who {
            roles: roles
                .filter_map(crate::domain::operator::Role::named)
                .collect(),
            scope: record.refs("scope").collect(),
            volunteer: record.refs("volunteer").next().or(who.volunteer),
            ..who.clone()
        };
        record.live() && self.seen(&now, code).is_ok()
    }
}
