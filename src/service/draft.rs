//! What operators have typed and not sent: kept for each of them alone, durable before the answer.

use chrono::{DateTime, TimeDelta};

use crate::domain::change::{Entry, FieldChange};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::Value;
use crate::protocol::draft::{DAYS, Draft, Drafting, LARGEST_DRAFT, MOST, MOST_BYTES, UNTOUCHED};
use crate::protocol::{Answer, Notice, Who};
use crate::say;
use crate::service::writer::{Made, Ran};
use crate::service::{Service, Session, now, permit, repeat};
use crate::store::StoreError;
use crate::store::writer::Writer;

pub(super) const HEAD: &str = "draft:";

fn key(id: u64) -> String {
    format!("{HEAD}{id:016x}")
}

/// A draft as it is kept.
pub(super) fn read(bytes: &[u8]) -> Option<Draft> {
    // One of another version that cannot be read stays where it is for the program that can.
    serde_json::from_slice(bytes).ok()
}

fn bytes(draft: &Draft) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(draft).map_err(|error| StoreError::Broken(error.to_string()))
}

/// Keeps a draft for its operator.
pub(super) fn put(writer: &mut Writer, uid: u32, draft: &Draft) -> Result<(), StoreError> {
    writer.keep(uid, &key(draft.id), Some(&bytes(draft)?))
}

fn held(writer: &Writer, uid: u32, id: u64) -> Result<Option<Draft>, StoreError> {
    let found = writer.own(uid, &key(id))?;
    Ok(found.first().and_then(|(_, bytes)| read(bytes)))
}

/// A change was made from a draft, in this very transaction: it is no draft any more.
pub(super) fn sent(writer: &mut Writer, uid: u32, token: u64) -> Result<(), StoreError> {
    match token != 0 && !writer.own(uid, &key(token))?.is_empty() {
        true => writer.keep(uid, &key(token), None),
        false => Ok(()),
    }
}

/// Whether a draft was thrown away, or left alone, so long ago that it is forgotten.
fn over(draft: &Draft) -> bool {
    let since = |at: &str| {
        let at = DateTime::parse_from_rfc3339(at).ok()?;
        Some(chrono::Local::now().signed_duration_since(at))
    };
    let days = |at: &str, days| since(at).is_some_and(|past| past > TimeDelta::days(days));
    let gone = draft.discarded.as_deref();
    gone.is_some_and(|at| days(at, DAYS)) || days(&draft.kept, UNTOUCHED)
}

/// Forgets those whose time is over.
fn swept(writer: &mut Writer, uid: u32) -> Result<(), StoreError> {
    for (name, bytes) in writer.own(uid, HEAD)? {
        if read(&bytes).is_some_and(|draft| over(&draft)) {
            writer.keep(uid, &name, None)?;
        }
    }
    Ok(())
}

/// Forgets those of all operators whose time is over; what it did is logged, not whose they were.
pub(super) fn sweep(writer: &mut Writer) -> Ran {
    let mut count: i64 = 0;
    for (uid, name, bytes) in writer.owned(HEAD)? {
        if read(&bytes).is_some_and(|draft| over(&draft)) {
            writer.keep(uid, &name, None)?;
            count += 1;
        }
    }
    if count > 0 {
        writer.log(&Entry {
            at: now(),
            who: "kezhi".to_owned(),
            action: "sweep_drafts".to_owned(),
            changes: vec![FieldChange {
                field: "drafts".to_owned(),
                from: Some(Value::Int(count)),
                to: None,
            }],
            ..Entry::default()
        })?;
    }
    Ok(Ok(Made::default()))
}

/// Whether a draft finds room beside the others; those that were thrown away make it, the oldest first.
fn fits(writer: &mut Writer, uid: u32, id: u64, size: usize) -> Result<bool, StoreError> {
    let own = key(id);
    let room = |writer: &Writer| -> Result<bool, StoreError> {
        let mut sizes = writer.own_sizes(uid, HEAD)?;
        sizes.retain(|(name, _)| *name != own);
        let bytes: usize = sizes.iter().map(|(_, size)| size).sum();
        Ok(sizes.len() < MOST && bytes + size <= MOST_BYTES)
    };
    // Nothing is read at every write: a megabyte of others may be there.
    if room(writer)? {
        return Ok(true);
    }
    swept(writer, uid)?;
    let mut gone: Vec<(String, String)> = Vec::new();
    for (name, bytes) in writer.own(uid, HEAD)? {
        let at = read(&bytes).and_then(|draft| draft.discarded);
        gone.extend(at.filter(|_| name != own).map(|at| (at, name)));
    }
    gone.sort();
    for (_, name) in gone {
        if room(writer)? {
            return Ok(true);
        }
        writer.keep(uid, &name, None)?;
    }
    room(writer)
}

fn full() -> Refusal {
    let most = MOST_BYTES >> 20;
    Refusal::new(
        RefusalKind::Usage,
        say!(
            "草稿箱已满（至多 {MOST} 份、{most} MB），这份没有存成草稿；屏幕上的内容还在",
            "the drafts are full ({MOST}, {most} MB), this one is not kept; what is on the screen is safe"
        ),
    )
    .hint(say!(
        "先到草稿箱提交或放弃旧草稿",
        "send old drafts or throw them away first, in the drafts"
    ))
}

fn too_large() -> Refusal {
    let most = LARGEST_DRAFT >> 10;
    Refusal::new(
        RefusalKind::Usage,
        say!(
            "内容超过 {most} KB，没有存成草稿；屏幕上的内容还在",
            "longer than {most} KB, it is not kept as a draft; what is on the screen is safe"
        ),
    )
    .hint(say!("缩短后自动再存", "shorten it and it is kept again"))
}

fn taken() -> Refusal {
    Refusal::new(
        RefusalKind::Stale,
        say!(
            "草稿已在另一终端打开",
            "the draft was opened at another terminal"
        ),
    )
    .hint(say!(
        "在那边接着填；要在这里填：先返回，再从草稿箱打开",
        "go on there; to go on here: leave the form, then open it from the drafts"
    ))
}

fn none() -> Refusal {
    Refusal::new(
        RefusalKind::NotFound,
        say!("没有这份草稿", "there is no such draft"),
    )
    .hint(say!(
        "可能已提交或已在另一终端放弃：看草稿箱",
        "it may have been sent, or thrown away at another terminal: look into the drafts"
    ))
}

fn closed() -> Refusal {
    Refusal::new(
        RefusalKind::NotPermitted,
        say!(
            "您已看不到这份草稿所要办的记录，不能再填",
            "you no longer see the record that this draft is for; it cannot be gone on with"
        ),
    )
    .hint(say!("可以放弃它", "it can be thrown away"))
}

/// Writes a draft, unless it was sent, somebody took it over, or a newer write came before.
fn keep(writer: &mut Writer, uid: u32, mut draft: Draft) -> Ran {
    let done = Ok(Ok(Made::default()));
    if let Some(before) = writer.done(uid, draft.id)? {
        return Ok(Err(repeat::other(writer, before.code)?));
    }
    if let Some(held) = held(writer, uid, draft.id)? {
        if held.turn > draft.turn {
            return Ok(Err(taken()));
        }
        if held.turn == draft.turn && held.number >= draft.number {
            return done;
        }
    }
    (draft.discarded, draft.closed) = (None, false);
    let size = bytes(&draft)?.len();
    if size > LARGEST_DRAFT {
        return Ok(Err(too_large()));
    }
    if !fits(writer, uid, draft.id, size)? {
        return Ok(Err(full()));
    }
    put(writer, uid, &draft)?;
    done
}

impl Service {
    /// Whatever is asked about the caller's own drafts.
    pub(super) fn draft(&self, session: &Session, asked: Drafting) -> Result<Answer, Refusal> {
        let uid = session.who.uid;
        match asked {
            Drafting::Keep(mut draft) => {
                let at = now();
                draft.kept.clone_from(&at);
                self.submit(Box::new(move |writer| keep(writer, uid, *draft)))?;
                Ok(Answer::Kept(at))
            }
            Drafting::List => self.drafts(&session.who).map(Answer::Drafts),
            Drafting::Take(id) => self.take_draft(session, id),
            Drafting::Discard(id) => self.turn_draft(uid, id, Some(now())),
            Drafting::Restore(id) => self.turn_draft(uid, id, None),
            Drafting::Forget(id) => {
                self.submit(Box::new(move |writer| {
                    sent(writer, uid, id)?;
                    Ok(Ok(Made::default()))
                }))?;
                Ok(Answer::Done(0))
            }
        }
    }

    fn drafts(&self, who: &Who) -> Result<Vec<Draft>, Refusal> {
        let uid = who.uid;
        let reader = self.reader()?;
        let kept = reader.own(uid, HEAD)?;
        let mut drafts: Vec<Draft> = kept.iter().filter_map(|(_, bytes)| read(bytes)).collect();
        if drafts.iter().any(over) {
            // A disk that takes no more must not keep anybody from reading.
            let _ = self.submit(Box::new(move |writer| {
                swept(writer, uid)?;
                Ok(Ok(Made::default()))
            }));
            drafts.retain(|draft| !over(draft));
        }
        for draft in &mut drafts {
            draft.closed = !self.may_send(who, draft);
            if draft.closed {
                // What was typed stays its operator's; what the record said is not theirs any more.
                draft.base.clear();
                draft.shown.clear();
            } else {
                self.clear(&reader, who, draft);
            }
        }
        drafts.sort_by(|one, other| other.kept.cmp(&one.kept));
        Ok(drafts)
    }

    /// Whether what a draft is for is still its operator's to see.
    fn may_send(&self, who: &Who, draft: &Draft) -> bool {
        let seen = match draft.within.code() {
            Some(code) => self.seen(who, code).is_ok(),
            None => true,
        };
        let mut all = draft.all.iter();
        let seen = seen && all.all(|code| self.seen(who, *code).is_ok());
        seen && permit::may(&who.roles, "read", Some(draft.within.kind()))
    }

    fn take_draft(&self, session: &Session, id: u64) -> Result<Answer, Refusal> {
        let (uid, own) = (session.who.uid, session.id);
        let found = self.reader()?.own(uid, &key(id))?;
        let held = found.first().and_then(|(_, bytes)| read(bytes));
        if !self.may_send(&session.who, &held.ok_or_else(none)?) {
            return Err(closed());
        }
        let (sender, receiver) = std::sync::mpsc::channel();
        self.submit(Box::new(move |writer| {
            let Some(mut draft) = held_now(writer, uid, id)? else {
                return Ok(Err(none()));
            };
            draft.turn += 1;
            put(writer, uid, &draft)?;
            let _ = sender.send(draft);
            Ok(Ok(Made::default()))
        }))?;
        let mut draft = receiver
            .try_recv()
            .map_err(|_| Refusal::fault("no answer"))?;
        self.clear(&self.reader()?, &session.who, &mut draft);
        let notice = Notice::Taken(id, draft.turn);
        self.whisper(&notice, |session, user| user == uid && session != own);
        Ok(Answer::Draft(Box::new(draft)))
    }

    fn turn_draft(&self, uid: u32, id: u64, at: Option<String>) -> Result<Answer, Refusal> {
        self.submit(Box::new(move |writer| {
            let Some(mut draft) = held(writer, uid, id)? else {
                return Ok(Err(none()));
            };
            draft.discarded = at;
            put(writer, uid, &draft)?;
            Ok(Ok(Made::default()))
        }))?;
        Ok(Answer::Done(0))
    }
}

/// The draft, unless it was thrown away: that one is restored first.
fn held_now(writer: &Writer, uid: u32, id: u64) -> Result<Option<Draft>, StoreError> {
    Ok(held(writer, uid, id)?.filter(|draft| draft.discarded.is_none()))
}
