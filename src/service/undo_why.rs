//! Why something is not taken back, and how it is put right by hand.

use crate::domain::kind::{Code, KINDS};
use crate::domain::lifecycle::{Step, Weight};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said, Text, t};
use crate::protocol::{Act, undo};
use crate::say;
use crate::service::deed::{Deed, WITHIN};
use crate::store::StoreError;
use crate::store::reader::Reader;

/// What a change is called.
fn called(taken: &Deed) -> Text {
    let code = match taken.act {
        Act::New(kind) => Code::new(kind, 0),
        Act::Edit { code, .. } | Act::Step { code, .. } => code,
    };
    undo::called(code, taken.key())
}

/// The step that leads a record back to the state that it had before another.
fn inverse(record: &Record, step: &Step) -> Option<&'static Step> {
    let to = step.to?;
    let mut back = record.kind.spec().steps.iter();
    back.find(|one| {
        let leads = one
            .to
            .is_some_and(|state| state != to && step.from.contains(&state));
        leads && one.from.contains(&to)
    })
}

/// The step that ends a record.
fn ending(record: &Record) -> Option<&'static Step> {
    let spec = record.kind.spec();
    let ends = |step: &&Step| {
        let dead = |to: &str| spec.state(to).is_some_and(|state| !state.live);
        step.from.contains(&record.status()) && step.to.is_some_and(dead)
    };
    let mut steps = spec.steps.iter();
    let void = steps.clone().find(|step| step.voids && ends(step));
    void.or_else(|| steps.find(ends))
}

fn by(step: &Step, record: &Record) -> Said {
    let (key, code) = (step.key, record.code());
    let Text { zh, en } = step.label;
    say!(
        "改回请办步骤「{zh}」，或 kezhi do {key} {code}",
        "to put it right take the step {en}, or kezhi do {key} {code}"
    )
}

/// How a change is put right by hand.
fn by_hand(record: &Record, taken: &Deed) -> Said {
    let edit = say!("改回请编辑记录", "to put it right edit the record");
    match (&taken.act, taken.step()) {
        (Act::New(_), _) => ending(record).map_or(edit, |step| by(step, record)),
        (_, Some(step)) => match inverse(record, step) {
            Some(back) => by(back, record),
            None if step.to.is_none() => say!(
                "可再办一次，或编辑记录改回",
                "take the step once more, or edit the record"
            ),
            None => say!(
                "没有回去的步骤：看可办的步骤，kezhi do",
                "no step leads back: see which steps can be taken, kezhi do"
            ),
        },
        _ => edit,
    }
}

fn no(said: Said) -> Refusal {
    Refusal::new(RefusalKind::Rule, said)
}

/// Nothing that this session did to the record can be taken back.
pub(super) fn nothing() -> Refusal {
    let said = say!(
        "没有可撤回的：只能撤回本次登录刚办的",
        "nothing to take back: only what this session did just now"
    );
    no(said).hint(say!(
        "看谁办了什么：变更记录，kezhi history 编号",
        "see who did what: the history, kezhi history CODE"
    ))
}

/// Refuses what others have seen, or what does not come back.
pub(super) fn weighs(record: &Record, taken: &Deed) -> Result<(), Refusal> {
    let Text { zh, en } = called(taken);
    let refusal = match taken.weight() {
        Weight::Light => return Ok(()),
        Weight::Visible(_) => no(say!(
            "「{zh}」别人已看到，不能撤回",
            "{en} was seen by others and is not taken back"
        )),
        Weight::Final(_) => no(say!("「{zh}」不能恢复", "{en} cannot be taken back")),
    };
    Err(refusal.hint(by_hand(record, taken)))
}

/// The time is over.
pub(super) fn late(record: &Record, taken: &Deed) -> Refusal {
    let (Text { zh, en }, seconds) = (called(taken), WITHIN.as_secs());
    let said = say!(
        "「{zh}」已过 {seconds} 秒，不能撤回",
        "{en}: the {seconds} seconds to take it back are over"
    );
    no(said).hint(by_hand(record, taken))
}

/// What it was is not in the log any more.
pub(super) fn erased(taken: &Deed) -> Refusal {
    let Text { zh, en } = called(taken);
    no(say!(
        "「{zh}」清除了内容，不能恢复",
        "{en} erased content and cannot be taken back"
    ))
}

/// A record was made that stays.
pub(super) fn stays(record: &Record, taken: &Deed) -> Refusal {
    let (code, Text { zh, en }) = (record.code(), called(taken));
    let said = match taken.act {
        Act::New(_) => say!(
            "{code} 已入库，不删除",
            "{code} is entered, and nothing is deleted"
        ),
        _ => say!(
            "「{zh}」新建了 {code}，不删除",
            "{en} made {code}, and nothing is deleted"
        ),
    };
    let way = match ending(record) {
        Some(step) => {
            let (key, Text { zh, en }) = (step.key, step.label);
            say!(
                "填错的编辑记录改正；结束它办步骤「{zh}」，或 kezhi do {key} {code}",
                "edit what is wrong; to end it take the step {en}, or kezhi do {key} {code}"
            )
        }
        None => say!("填错的编辑记录改正", "edit what is wrong"),
    };
    no(said).hint(way)
}

/// Somebody was faster by a moment.
pub(super) fn raced() -> Refusal {
    Refusal::new(
        RefusalKind::Stale,
        say!(
            "随之变动的另一条记录又有改动，没有撤回",
            "a record that changed with it was changed since; nothing was taken back"
        ),
    )
}

/// Somebody changed it since; none is a record that the caller does not see.
pub(super) fn moved(reader: &Reader, record: Option<&Record>) -> Result<Refusal, StoreError> {
    let Some(record) = record else {
        return Ok(raced());
    };
    let code = record.code();
    let mut last = None;
    for at in reader.trail(code)?.into_iter().rev() {
        last = reader.entry(at)?.filter(|entry| entry.to_rev == record.rev);
        if last.is_some() {
            break;
        }
    }
    let (who, key) = last
        .map(|entry| (entry.who, entry.action))
        .unwrap_or_default();
    let done = key.split(':').next().unwrap_or("");
    let label = match done {
        "new" => t("新建", "new"),
        "edit" => t("修改", "edit"),
        "undo" => t("撤回", "undo"),
        done => {
            let mut steps = std::iter::once(code.kind)
                .chain(KINDS.iter().map(|spec| spec.kind))
                .filter_map(|kind| kind.spec().step(done));
            steps.next().map_or(t("变动", "changed"), |step| step.label)
        }
    };
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| label.get(lang));
    let mut refusal = Refusal::new(
        RefusalKind::Stale,
        say!(
            "{code} 之后 {who} 又办了「{zh}」，没有撤回",
            "{who} changed {code} since ({en}); nothing was taken back"
        ),
    );
    refusal.rev = Some(record.rev);
    Ok(refusal.hint(say!(
        "看变更记录：kezhi history {code}",
        "see what changed: kezhi history {code}"
    )))
}
