//! Printing: from records to documents, logged before they leave.

use crate::domain::change::Entry;
use crate::domain::complaint_field::OUTSIDE;
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Text};
use crate::domain::world::{World, holding};
use crate::exchange::document::{self, Document};
use crate::protocol::work::{Paper, Print};
use crate::say;
use crate::service::read::handles;
use crate::service::sight::{Eyes, Sight};
use crate::service::writer::Made;
use crate::service::{Service, Session, now, reading, today};
use crate::store::reader::Reader;

mod activity;
mod agreement;
mod case;
mod certificate;
mod complaint;
mod letter;
mod past;
mod sanction;
mod terms;

/// Columns of the plain text.
const WIDTH: usize = 78;

/// What a document is made from.
pub(super) struct Source<'a> {
    /// The other records, as whoever prints sees them.
    world: &'a dyn World,
    record: &'a Record,
    /// Whether whoever prints may be told who complained.
    handles: bool,
    /// The body outside to which a letter goes, where one was named.
    to: &'a str,
}

impl Source<'_> {
    /// A text field.
    fn text(&self, key: &str) -> &str {
        self.record.text(key)
    }

    /// The record that a field names.
    fn named(&self, key: &str) -> Option<Record> {
        self.world.record(self.record.refs(key).next()?)
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

/// A document, and whose it is.
struct Printed {
    of: Code,
    name: String,
    document: Document,
}

/// The one document of a record.
fn single(source: &Source, paper: Paper) -> Result<Document, Refusal> {
    Ok(match (source.record.kind, paper) {
        (Kind::Certificate, Paper::Own) => certificate::document(source)?,
        (Kind::Agreement, Paper::Own) => agreement::document(source),
        (Kind::Activity, Paper::Own) => activity::plan(source),
        (Kind::Activity, Paper::SignIn) => activity::sign_in(source),
        (Kind::Activity, Paper::Notice) => activity::notice(source),
        (Kind::Complaint, paper) if complaint::PAPERS.contains(&paper) => {
            complaint::document(source, paper)?
        }
        (Kind::Sanction, Paper::Own | Paper::Proposal | Paper::Decision) => {
            sanction::document(source, paper)?
        }
        _ => {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("这类记录没有这种文件", "this kind of record has no such document"),
            )
            .hint(say!(
                "证明、协议、活动、投诉、处理可打印；活动另有 --paper sign-in|notice|certificates，投诉另有 --paper receipt|acceptance|refusal|extension|handover|answer|review|settlement|case，处理另有 --paper proposal|decision",
                "certificates, agreements, activities, complaints and sanctions are printed; activities also --paper sign-in|notice|certificates, complaints --paper receipt|acceptance|refusal|extension|handover|answer|review|settlement|case, sanctions --paper proposal|decision"
            )));
        }
    })
}

/// The body that a letter is to address, as it is called; empty where none was named.
fn addressee(asked: &Print) -> Result<&'static str, Refusal> {
    if asked.to.is_empty() {
        return Ok("");
    }
    if (asked.code.kind, asked.paper) != (Kind::Complaint, Paper::Handover) {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "只有移送函写明移送给谁",
                "only a hand-over letter names whom it goes to"
            ),
        )
        .field("to")
        .hint(say!(
            "移送函：kezhi print TS-... --paper handover --to ...",
            "the letter: kezhi print TS-... --paper handover --to ..."
        )));
    }
    let named = |body: &&Text| body.zh == asked.to || body.en == asked.to;
    OUTSIDE
        .iter()
        .find(named)
        .map(|body| body.zh)
        .ok_or_else(|| {
            let join = |lang| OUTSIDE.iter().map(move |body| body.get(lang));
            let zh = join(Lang::Zh).collect::<Vec<_>>().join("、");
            let en = join(Lang::En).collect::<Vec<_>>().join(", ");
            let to = &asked.to;
            Refusal::invalid(
                "to",
                say!("没有移送单位「{to}」", "there is no body \"{to}\""),
            )
            .hint(say!(
                "移送单位有：{zh}；转给本系统的组织用 kezhi do transfer",
                "the bodies are: {en}; to another team: kezhi do transfer"
            ))
        })
}

/// Whether somebody's name stands in them.
fn tells(printed: &[Printed], person: &str) -> bool {
    let says = |one: &Printed| one.document.text(WIDTH * WIDTH).contains(person);
    !person.is_empty() && printed.iter().any(says)
}

/// One file of them all; where the font lacks a character, the refusal says in whose document.
fn pdf(printed: &[Printed]) -> Result<Vec<u8>, Refusal> {
    let all: Vec<Document> = printed.iter().map(|one| one.document.clone()).collect();
    document::pdf(&all).map_err(|missing| {
        let own = printed.iter().find_map(|one| {
            let lacks = one.document.pdf().err()?;
            Some((format!("{} {}", one.of, one.name), lacks))
        });
        let (whose, missing) = own.unwrap_or((String::new(), missing));
        let said = missing.said();
        let (zh, en) = (said.zh, said.en);
        Refusal::new(RefusalKind::Invalid, say!("{whose}：{zh}", "{whose}: {en}")).hint(say!(
            "改存纯文本：-o 文件.txt",
            "write plain text instead: -o FILE.txt"
        ))
    })
}

impl Service {
    /// A document: the name of its file, and its bytes.
    pub fn print(&self, session: &Session, asked: Print) -> Result<(String, Vec<u8>), Refusal> {
        let record = self.reached(&session.who, asked.code)?;
        let reader = self.reader()?;
        let eyes = Eyes::of(&reading(&self.desk), &session.who);
        let sight = Sight::new(&reader, &eyes);
        let source = Source {
            world: &sight,
            record: &record,
            handles: handles(&session.who, &record),
            to: addressee(&asked)?,
        };
        let one = |document| Printed {
            of: asked.code,
            name: record.title().to_owned(),
            document,
        };
        let documents: Vec<Printed> = match (asked.code.kind, asked.paper) {
            (Kind::Activity, Paper::Certificates) => self.batch(session, &reader, asked.code)?,
            (Kind::Complaint, Paper::Case) => {
                let past = past::entries(&reader, &eyes, asked.code)?;
                case::documents(&source, &past)
                    .into_iter()
                    .map(one)
                    .collect()
            }
            _ => vec![one(single(&source, asked.paper)?)],
        };
        let bytes = match asked.pdf {
            true => pdf(&documents)?,
            false => {
                let all: Vec<Document> = documents.iter().map(|one| one.document.clone()).collect();
                document::text(&all, WIDTH).into_bytes()
            }
        };
        let reason = match tells(&documents, record.text("complainant")) {
            true => "含来人姓名".to_owned(),
            false => String::new(),
        };
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            action: format!("print:{}", name(asked.paper)),
            reason,
            ..Entry::default()
        };
        // Each paper is told of where its own record is looked at.
        let mut of: Vec<Code> = documents.iter().map(|one| one.of).collect();
        of.dedup();
        self.submit(Box::new(move |writer| {
            for code in of {
                writer.log(&Entry {
                    code: Some(code),
                    ..entry.clone()
                })?;
            }
            Ok(Ok(Made::default()))
        }))?;
        let extension = if asked.pdf { "pdf" } else { "txt" };
        Ok((
            format!("{}-{}.{extension}", asked.code, name(asked.paper)),
            bytes,
        ))
    }

    /// The certificates of the activity that stand, as far as the caller sees them.
    fn batch(
        &self,
        session: &Session,
        reader: &Reader,
        activity: Code,
    ) -> Result<Vec<Printed>, Refusal> {
        let desk = reading(&self.desk);
        let mut found = holding(reader, Kind::Certificate, "activity", activity);
        found.retain(|record| {
            matches!(record.status(), "有效" | "已更正") && desk.sees(&session.who, record)
        });
        found.sort_by(|one, other| one.text("volunteer").cmp(other.text("volunteer")));
        let mut documents = Vec::new();
        for record in &found {
            documents.push(Printed {
                of: record.code(),
                name: record.title().to_owned(),
                document: certificate::document(&Source {
                    world: reader,
                    record,
                    handles: false,
                    to: "",
                })?,
            });
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
    paper.label().zh
}

/// Today, as documents write it.
fn now_said() -> String {
    day(&today().to_string())
}
