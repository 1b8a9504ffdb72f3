//! Printing: from records to documents, logged before they leave.

use crate::domain::change::Entry;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::world::holding;
use crate::exchange::document::{self, Document};
use crate::protocol::work::{Paper, Print};
use crate::say;
use crate::service::writer::Made;
use crate::service::{Service, Session, now, reading, today};
use crate::store::reader::Reader;

mod activity;
mod agreement;
mod certificate;

/// Columns of the plain text.
const WIDTH: usize = 78;

/// What a document is made from.
pub(super) struct Source<'a> {
    reader: &'a Reader,
    record: &'a Record,
}

impl Source<'_> {
    /// A text field.
    fn text(&self, key: &str) -> &str {
        self.record.text(key)
    }

    /// The record that a field names.
    fn named(&self, key: &str) -> Option<Record> {
        self.reader.get(self.record.refs(key).next()?).ok()?
    }

    /// What the record that a field names is called.
    fn called(&self, key: &str) -> String {
        self.named(key)
            .map_or_else(String::new, |record| record.title().to_owned())
    }
}

/// A day as documents write it.
fn day(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => {
            let plain = |text: &str| text.trim_start_matches('0').to_owned();
            format!("{year}年{}月{}日", plain(month), plain(day))
        }
        _ => text.to_owned(),
    }
}

/// A stretch of time as documents write it.
fn span(span: &crate::domain::moment::Span) -> String {
    let from = span.start.format("%Y-%m-%d").to_string();
    let start = span.start.format("%H:%M");
    if span.start.date() == span.end.date() {
        return format!("{} {start}至{}", day(&from), span.end.format("%H:%M"));
    }
    let to = span.end.format("%Y-%m-%d").to_string();
    format!(
        "{} {start}至{} {}",
        day(&from),
        day(&to),
        span.end.format("%H:%M")
    )
}

impl Service {
    /// A document: the name of its file, and its bytes.
    pub fn print(&self, session: &Session, asked: Print) -> Result<(String, Vec<u8>), Refusal> {
        let record = self.seen(&session.who, asked.code)?;
        let reader = self.reader()?;
        let source = Source {
            reader: &reader,
            record: &record,
        };
        let documents: Vec<Document> = match (asked.code.kind, asked.paper) {
            (Kind::Certificate, Paper::Own) => vec![certificate::document(&source)?],
            (Kind::Agreement, Paper::Own) => vec![agreement::document(&source)],
            (Kind::Activity, Paper::Own) => vec![activity::plan(&source)],
            (Kind::Activity, Paper::SignIn) => vec![activity::sign_in(&source)],
            (Kind::Activity, Paper::Notice) => vec![activity::notice(&source)],
            (Kind::Activity, Paper::Certificates) => self.batch(session, &reader, asked.code)?,
            _ => {
                return Err(Refusal::new(
                    RefusalKind::Usage,
                    say!("这类记录没有这种文件", "this kind of record has no such document"),
                )
                .hint(say!(
                    "证明、协议、活动可打印；活动另有签到表、通知、成批证明：--paper sign-in|notice|certificates",
                    "certificates, agreements and activities are printed; activities also --paper sign-in|notice|certificates"
                )));
            }
        };
        let bytes = match asked.pdf {
            true => document::pdf(&documents).map_err(|missing| {
                Refusal::new(RefusalKind::Invalid, missing.said()).hint(say!(
                    "改存纯文本：-o 文件.txt",
                    "write plain text instead: -o FILE.txt"
                ))
            })?,
            false => document::text(&documents, WIDTH).into_bytes(),
        };
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            action: format!("print:{}", name(asked.paper)),
            code: Some(asked.code),
            ..Entry::default()
        };
        self.submit(Box::new(move |writer| {
            writer.log(&entry)?;
            Ok(Ok(Made::default()))
        }))?;
        let extension = if asked.pdf { "pdf" } else { "txt" };
        Ok((
            format!("{}-{}.{extension}", asked.code, name(asked.paper)),
            bytes,
        ))
    }

    /// The certificates that stand and count a record of the activity, as far as the caller sees them.
    fn batch(
        &self,
        session: &Session,
        reader: &Reader,
        activity: Code,
    ) -> Result<Vec<Document>, Refusal> {
        let records = holding(reader, Kind::ServiceRecord, "activity", activity);
        let mut people: Vec<Code> = records
            .iter()
            .flat_map(|record| record.refs("volunteer"))
            .collect();
        people.sort_unstable();
        people.dedup();
        let desk = reading(&self.desk);
        let counts = |certificate: &Record| {
            let rows = certificate
                .get("rows")
                .map_or(&[][..], crate::domain::value::Value::parts);
            rows.iter().any(|row| match row {
                crate::domain::value::Value::Map(row) => row
                    .get("record")
                    .and_then(crate::domain::value::Value::text)
                    .and_then(Code::read)
                    .is_some_and(|code| records.iter().any(|record| record.code() == code)),
                _ => false,
            })
        };
        let mut documents = Vec::new();
        for person in people {
            for record in holding(reader, Kind::Certificate, "volunteer", person) {
                let stands = matches!(record.status(), "有效" | "已更正");
                if stands && counts(&record) && desk.sees(&session.who, &record) {
                    documents.push(certificate::document(&Source {
                        reader,
                        record: &record,
                    })?);
                }
            }
        }
        if documents.is_empty() {
            return Err(Refusal::new(
                RefusalKind::Rule,
                say!(
                    "这项活动还没有出具过证明",
                    "no certificate was issued for this activity yet"
                ),
            )
            .hint(say!(
                "先成批出具：kezhi do certify {activity}",
                "issue them first: kezhi do certify {activity}"
            )));
        }
        Ok(documents)
    }
}

fn name(paper: Paper) -> &'static str {
    match paper {
        Paper::Own => "文件",
        Paper::Certificates => "证明",
        Paper::SignIn => "签到表",
        Paper::Notice => "通知",
    }
}

/// Today, as documents write it.
fn now_said() -> String {
    day(&today().to_string())
}
