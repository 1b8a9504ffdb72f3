//! The same request again: the same change is done already, another one under its number is refused.

use serde::Serialize;

use crate::domain::kind::Code;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::Change;
use crate::protocol::work::Many;
use crate::say;
use crate::service::writer::{Made, Ran};
use crate::service::{Service, draft};
use crate::store::StoreError;
use crate::store::done::print;
use crate::store::writer::Writer;

/// What somebody asks; a yes to a question is no other change.
fn asked(what: &impl Serialize) -> u64 {
    serde_json::to_vec(what).map_or(0, |bytes| print(&bytes))
}

/// The print of a change.
pub(super) fn change(one: &Change) -> u64 {
    asked(&(&one.act, &one.fields, one.reason.trim()))
}

/// The print of a step for many records.
pub(super) fn many(one: &Many) -> u64 {
    asked(&(&one.codes, &one.step, &one.fields, one.reason.trim()))
}

/// The refusal of what comes under the number of what is done.
pub(super) fn other(writer: &Writer, code: Code) -> Result<Refusal, StoreError> {
    let mut refusal = Refusal::new(
        RefusalKind::Stale,
        say!(
            "上次提交已存为 {code}，只是没有收到答复；此后所改还没有存，屏幕上的还在",
            "what was sent before is saved as {code}, its answer was lost; what was changed since is not saved, and safe on the screen"
        ),
    )
    .hint(say!(
        "看过 {code} 再改：kezhi show {code}",
        "look at {code}, then change it: kezhi show {code}"
    ));
    refusal.made = Some(code);
    refusal.rev = writer.get(code)?.map(|record| record.rev);
    Ok(refusal)
}

/// What came of a request before; none if nothing did.
pub(super) fn before(
    writer: &mut Writer,
    uid: u32,
    token: u64,
    print: u64,
) -> Result<Option<Result<Code, Refusal>>, StoreError> {
    let done = match token {
        0 => None,
        _ => writer.done(uid, token)?,
    };
    let Some(done) = done else { return Ok(None) };
    if done.print.is_some_and(|before| before != print) {
        return Ok(Some(Err(other(writer, done.code)?)));
    }
    draft::sent(writer, uid, token)?;
    Ok(Some(Ok(done.code)))
}

/// The same as the answer of a transaction.
pub(super) fn made(before: Result<Code, Refusal>) -> Ran {
    Ok(before.map(|code| Made {
        code: Some(code),
        ..Made::default()
    }))
}

impl Service {
    /// What a request made that was done before, without planning it anew: what it started from is gone by then.
    pub(super) fn repeated(
        &self,
        uid: u32,
        token: u64,
        print: u64,
    ) -> Result<Option<Made>, Refusal> {
        if token == 0 || self.reader()?.done(uid, token)?.is_none() {
            return Ok(None);
        }
        let answer = self.submit(Box::new(move |writer| {
            match before(writer, uid, token, print)? {
                Some(before) => made(before),
                None => Ok(Ok(Made::default())),
            }
        }))?;
        Ok(answer.code.is_some().then_some(answer))
    }
}
