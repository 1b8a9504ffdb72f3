//! What is erased by law goes out of what operators have typed and not sent, too.

use crate::domain::change::Entry;
use crate::domain::kind::Code;
use crate::domain::record::Record;
use crate::domain::trace::Trace;
use crate::protocol::draft::{Draft, Within};
use crate::service::draft::{HEAD, put, read};
use crate::store::StoreError;
use crate::store::writer::Writer;

/// The act under which it is logged: that drafts lost something, not which, nor what.
pub(super) const ACT: &str = "blank";

/// What becomes of a draft.
enum Fate {
    /// It stays as it is.
    Stays,
    /// It stays without what is gone.
    Blanked,
    /// It goes.
    Goes,
}

/// Whether a text names a record: its code, and not the beginning of a longer one.
fn names(text: &str, code: &str) -> bool {
    text.match_indices(code).any(|(at, _)| {
        let rest = text.get(at + code.len()..).unwrap_or("");
        !rest.starts_with(|next: char| next.is_ascii_digit())
    })
}

/// A record is erased: the drafts of all operators that name it go with it; out of the others go the numbers
/// that it held, and the name where such a number or the record itself stood. `was` is the record before.
pub(super) fn erase(
    writer: &mut Writer,
    code: Code,
    was: Option<&Record>,
    by: &Entry,
) -> Result<(), StoreError> {
    let trace = was.map(Trace::of).unwrap_or_default();
    let mut touched = false;
    for (uid, name, bytes) in writer.owned(HEAD)? {
        let Some(mut draft) = read(&bytes) else {
            continue;
        };
        match forget(&mut draft, code, &trace) {
            Fate::Stays => continue,
            Fate::Goes => writer.keep(uid, &name, None)?,
            Fate::Blanked => {
                // A session that has it open holds what is gone: it must not write it back.
                draft.turn += 1;
                put(writer, uid, &draft)?;
            }
        }
        touched = true;
    }
    if touched {
        writer.log(&Entry {
            action: ACT.to_owned(),
            code: Some(code),
            bulk: None,
            from_rev: 0,
            to_rev: 0,
            changes: Vec::new(),
            reason: String::new(),
            erases: Vec::new(),
            ..by.clone()
        })?;
    }
    Ok(())
}

fn forget(draft: &mut Draft, code: Code, trace: &Trace) -> Fate {
    let said = code.to_string();
    let within = [&draft.texts, &draft.base, &draft.shown];
    let mut named = false;
    if matches!(draft.within, Within::Hours(activity) if activity != code) {
        // Of typed hours the rows of the others stay.
        let count = draft.texts.len();
        let own = |cell: &str, text: &str| names(cell, &said) || names(text, &said);
        draft.texts.retain(|cell, text| !own(cell, text));
        named = draft.texts.len() < count;
    } else if draft.within.code() == Some(code)
        || draft.all.contains(&code)
        || within
            .iter()
            .any(|texts| texts.values().any(|text| names(text, &said)))
    {
        return Fate::Goes;
    }
    let within = [&draft.texts, &draft.base, &draft.shown];
    let mut texts = within.iter().flat_map(|texts| texts.values());
    if !named && !trace.holds(&draft.title) && !texts.any(|text| trace.holds(text)) {
        return Fate::Stays;
    }
    if let Some(left) = trace.without(&draft.title) {
        draft.title = left;
    }
    for texts in [&mut draft.texts, &mut draft.base, &mut draft.shown] {
        // A field that held nothing else is as if nothing had been typed: to empty it would be a change.
        texts.retain(|_, text| match trace.without(text) {
            Some(left) => {
                *text = left;
                !text.is_empty()
            }
            None => true,
        });
    }
    Fate::Blanked
}
