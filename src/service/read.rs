//! Reading: search, one record, its history, one masked field.

use crate::domain::change::Entry;
use crate::domain::field::{Field, Privacy, Seek, Type};
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::mask::masked;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::Value;
use crate::protocol::{Find, Found, LogEntry, MOST_ROWS, Row, View, Who, Why};
use crate::say;
use crate::search::{Query, Scope, Text, Word, why, words};
use crate::service::tree::Tree;
use crate::service::writer::Made;
use crate::service::{Service, Session, now, permit, project, reading, view};

/// The bits of all kinds.
const ALL: u8 = (1 << KINDS.len()) - 1;

impl Service {
    /// Answers a search.
    pub fn find(&self, who: &Who, find: &Find) -> Result<Found, Refusal> {
        let desk = reading(&self.desk);
        let mut kinds = 0u8;
        for spec in KINDS {
            let asked = find.kinds.is_empty() || find.kinds.contains(&spec.kind);
            if asked && permit::may(&who.roles, "read", Some(spec.kind)) {
                kinds |= 1 << spec.kind.bit();
            }
        }
        if kinds == 0 {
            return Ok(Found::default());
        }
        let allowed = desk.tree.permit(who);
        let within = find
            .within
            .map(|code| Scope::of(desk.tree.below(code.number)));
        let hidden = |kind: u8, number: u64| desk.hidden(who, kind, number);
        let hits = desk.index.find(&Query {
            text: &find.text,
            kinds: if kinds == ALL { 0 } else { kinds },
            permit: allowed.as_ref(),
            within: within.as_ref(),
            hidden: desk
                .hides(who)
                .then_some(&hidden as &dyn Fn(u8, u64) -> bool),
            offset: find.offset,
            limit: find.limit.min(MOST_ROWS),
        });
        let words = words(&find.text);
        let reader = self.reader()?;
        let mut rows = Vec::with_capacity(hits.rows.len());
        for hit in &hits.rows {
            let Some(spec) = KINDS.iter().find(|spec| spec.kind.bit() == hit.kind) else {
                continue;
            };
            if let Some(record) = reader.get(Code::new(spec.kind, hit.number))? {
                rows.push(row(&desk.tree, &record, &words));
            }
        }
        Ok(Found {
            total: hits.total,
            fuzzy: hits.fuzzy,
            rows,
        })
    }

    /// A record that the operator sees.
    pub(crate) fn seen(&self, who: &Who, code: Code) -> Result<Record, Refusal> {
        let record = self.reader()?.get(code)?;
        let desk = reading(&self.desk);
        record
            .filter(|record| desk.sees(who, record))
            .ok_or_else(|| Refusal::not_found(&code.to_string()))
    }

    /// One record, masked.
    pub fn show(&self, who: &Who, code: Code) -> Result<View, Refusal> {
        let record = self.seen(who, code)?;
        Ok(view::view(&reading(&self.desk).tree, &record))
    }

    /// A record's entries, newest first.
    pub fn history(&self, who: &Who, code: Code, limit: usize) -> Result<Vec<LogEntry>, Refusal> {
        self.seen(who, code)?;
        let reader = self.reader()?;
        let mut entries = Vec::new();
        for seq in reader
            .trail(code)?
            .into_iter()
            .rev()
            .take(limit.min(MOST_ROWS))
        {
            if let Some(entry) = reader.entry(seq)? {
                entries.push(LogEntry {
                    seq,
                    entry: view::entry(Some(code.kind), entry),
                });
            }
        }
        Ok(entries)
    }

    /// Reads one masked field; who, when and why is logged before it is shown.
    pub fn reveal(
        &self,
        session: &Session,
        code: Code,
        key: &str,
        reason: &str,
    ) -> Result<String, Refusal> {
        let record = self.seen(&session.who, code)?;
        let Some(field) = code
            .kind
            .spec()
            .field(key)
            .filter(|field| field.privacy != Privacy::Open)
        else {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("字段「{key}」没有隐藏", "the field \"{key}\" is not masked"),
            ));
        };
        let reason = reason.trim().to_owned();
        if reason.chars().count() < 2 {
            return Err(Refusal::invalid(
                "reason",
                say!("请写明查看的原因", "say why you need to see it"),
            )
            .hint(say!(
                "至少两个字，将记入日志",
                "at least two characters; it is logged"
            )));
        }
        let value = record
            .get(field.key)
            .cloned()
            .unwrap_or_else(|| Value::from(""));
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            action: format!("reveal:{key}"),
            code: Some(code),
            reason,
            ..Entry::default()
        };
        self.submit(Box::new(move |writer| {
            writer.log(&entry)?;
            Ok(Ok(Made::default()))
        }))?;
        Ok(value.to_string())
    }
}

/// One line of a result.
pub fn row(tree: &Tree, record: &Record, words: &[Word]) -> Row {
    let typed: Vec<&str> = words.iter().filter_map(Word::digits).collect();
    let team = record
        .owners()
        .next()
        .map(|code| tree.name(code.number).to_owned());
    let subtitle = match record.kind {
        Kind::Organisation => {
            let parent = record
                .refs("parent")
                .next()
                .map_or("", |code| tree.name(code.number));
            format!("{} {parent}", record.text("kind"))
                .trim_end()
                .to_owned()
        }
        Kind::Operator => record.texts("roles").collect::<Vec<_>>().join("、"),
        _ => team.unwrap_or_default(),
    };
    let spec = record.kind.spec();
    Row {
        code: record.code(),
        kind: record.kind,
        title: record.title().to_owned(),
        subtitle,
        area: crate::domain::place::by_code(record.text("area"))
            .map_or_else(String::new, crate::domain::place::Place::path),
        phone: phone(record, &typed),
        status: record.status().to_owned(),
        day: spec
            .recency
            .map(|key| record.text(key).to_owned())
            .unwrap_or_default(),
        why: words
            .iter()
            .map(|word| reason(tree, record, word))
            .collect(),
    }
}

fn phone(record: &Record, typed: &[&str]) -> String {
    match record.kind.spec().field("phone").map(|field| field.privacy) {
        Some(Privacy::Open) => record.text("phone").to_owned(),
        Some(_) => view::phone(record.text("phone"), typed),
        None => String::new(),
    }
}

fn reason(tree: &Tree, record: &Record, word: &Word) -> Why {
    let said = |field: &str, text: String| Why {
        word: word.typed.clone(),
        field: field.to_owned(),
        text,
    };
    if word.code == Some((record.kind.bit(), record.number)) {
        return said("code", record.code().to_string());
    }
    if let Some(digits) = word.digits() {
        for field in record.kind.spec().fields {
            for text in record.texts(field.key) {
                let plain: String = text
                    .chars()
                    .filter(char::is_ascii_alphanumeric)
                    .collect::<String>()
                    .to_lowercase();
                let shown = masked(field.privacy, &Value::from(text)).to_string();
                match field.seek {
                    Seek::Digits if plain.contains(digits) => {
                        return said(field.key, view::phone(text, &[digits]));
                    }
                    Seek::Tail if digits.len() >= 4 && plain.ends_with(digits) => {
                        return said(field.key, shown);
                    }
                    _ => {}
                }
            }
        }
        if digits.parse() == Ok(record.number) {
            return said("code", record.code().to_string());
        }
    }
    // The first text that matches is told: names stand first, and most words are names.
    let matches = |field: &'static Field, text: &str| {
        let one = Text {
            field: field.key,
            text,
            person: matches!(field.of, Type::PersonName),
        };
        why(word, std::slice::from_ref(&one)).is_some()
    };
    for field in record.kind.spec().fields {
        for text in record.texts(field.key) {
            let found = match field.seek {
                Seek::Name | Seek::Alias => matches(field, text).then(|| text.to_owned()),
                Seek::Term => match field.of {
                    Type::Area => project::place_names(text)
                        .into_iter()
                        .find(|name| matches(field, name)),
                    Type::Ref(_) | Type::Refs(..) => Code::read(text)
                        .and_then(|code| tree.unit(code.number))
                        .and_then(|unit| {
                            unit.names.iter().find(|name| matches(field, name)).cloned()
                        }),
                    _ => matches(field, text).then(|| text.to_owned()),
                },
                Seek::Digits | Seek::Tail | Seek::No => None,
            };
            if let Some(text) = found {
                return said(field.key, text);
            }
        }
    }
    said(record.kind.spec().title, record.title().to_owned())
}
