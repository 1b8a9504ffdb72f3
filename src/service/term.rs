//! Terms, and the holidays of a year as a person enters them.

use crate::domain::change::{Entry, FieldChange};
use crate::domain::clock;
use crate::domain::due::Unit;
use crate::domain::kind::KINDS;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::t;
use crate::domain::value::Value;
use crate::domain::world::World;
use crate::protocol::matter::{Term, TermView};
use crate::say;
use crate::service::change::{Follows, write};
use crate::service::writer::Made;
use crate::service::{Service, Session, now, today};
use crate::store::writer::Writer;
use crate::store::{HOLIDAYS, StoreError};

/// The act under which the log keeps a year that was entered.
const LEARN: &str = "learn";

impl Service {
    /// When a term ends, by the holidays that are known and the way in which the department counts.
    pub fn term(&self, term: Term) -> Result<TermView, Refusal> {
        let reader = self.reader()?;
        let unit = match term.workdays {
            true => Unit::Workdays,
            false => Unit::Days(clock::roll(&reader)),
        };
        let due = reader.calendar().due(term.from, term.days, unit);
        Ok(TermView {
            due: due.day,
            steps: due.steps(t("起算", "set going on")),
        })
    }

    /// The lines of the holidays that were entered.
    pub fn holidays(&self) -> Result<String, Refusal> {
        Ok(self.reader()?.mark(HOLIDAYS)?.unwrap_or_default())
    }

    /// Learns the holidays of one or more years; the clocks of all matters move with them.
    pub fn learn(&self, session: &Session, text: &str, reason: &str) -> Result<(), Refusal> {
        let reason = reason.trim();
        if reason.chars().count() < 2 {
            return Err(
                Refusal::invalid("reason", say!("请写明依据", "say by which notice")).hint(say!(
                    "--reason 国办发明电〔2026〕...号，记入日志",
                    "--reason with the number of the notice; it is logged"
                )),
            );
        }
        let mut entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            action: LEARN.to_owned(),
            reason: reason.to_owned(),
            ..Entry::default()
        };
        let (text, today) = (text.to_owned(), today());
        self.submit(Box::new(move |writer| {
            let old = writer.holidays()?;
            let shipped = crate::domain::workday::Calendar::shipped();
            let (lines, _) = match shipped.learnt(&old, &text) {
                Ok(learnt) => learnt,
                Err(said) => return Ok(Err(unread(said))),
            };
            writer.learn(&lines)?;
            entry.changes = vec![FieldChange {
                field: HOLIDAYS.to_owned(),
                from: Some(Value::from(old)).filter(|old| !old.is_empty()),
                to: Some(Value::from(lines)),
            }];
            writer.log(&entry)?;
            entry.changes.clear();
            Ok(Ok(rewound(writer, &entry, today)?))
        }))?;
        // How many moved would tell of matters that the caller does not know of.
        Ok(())
    }
}

/// So many records are taken into memory one by one; for more it is built anew.
const FEW: usize = 256;

/// Winds every clock anew that ends on another day now than is written.
pub(super) fn rewound(
    writer: &mut Writer,
    entry: &Entry,
    today: chrono::NaiveDate,
) -> Result<Made, StoreError> {
    let mut made = Made::default();
    for (before, after) in moved(writer, today) {
        let follows = Follows::default();
        let written = write(writer, entry, &entry.action, Some(before), after, follows)?;
        made.records.extend(written);
    }
    made.many = made.records.len() > FEW;
    Ok(made)
}

/// What is due on another day than is written in it.
fn moved(writer: &Writer, today: chrono::NaiveDate) -> Vec<(Record, Record)> {
    let mut found = Vec::new();
    for (spec, wind) in KINDS.iter().filter_map(|spec| Some((spec, spec.wind?))) {
        World::each(writer, spec.kind, &mut |record| {
            let mut after = record.clone();
            wind(&mut after, writer, today);
            if after != record {
                found.push((record, after));
            }
            true
        });
    }
    found
}

fn unread(said: crate::domain::said::Said) -> Refusal {
    Refusal::new(RefusalKind::Invalid, said)
        .field("text")
        .hint(say!(
            "一行也没有记下；改好文件再执行一次",
            "nothing was learnt; mend the file and run it again"
        ))
}
