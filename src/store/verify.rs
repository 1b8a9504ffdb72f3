//! Whether the store agrees with itself: log chain, records against log, indexes and sums against records.

use std::collections::BTreeMap;

use redb::{MultimapTableDefinition, ReadableTable, ReadableTableMetadata};

use crate::domain::change::Entry;
use crate::domain::kind::{Code, KINDS, KindSpec};
use crate::domain::said::Said;
use crate::say;
use crate::store::book::{At, BOOKS, Book};
use crate::store::coding::{decode, decode_record, index_keys};
use crate::store::reader::{Head, Reader};
use crate::store::sum::{self, Sums};
use crate::store::{StoreError, chain, erase, index_name};

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Findings {
    /// Log entries read.
    pub entries: u64,
    /// Records read.
    pub records: u64,
    /// Index rows read.
    pub index_rows: u64,
    /// What is wrong; empty when all agrees.
    pub problems: Vec<Said>,
}

/// At most so many problems are told apart.
const MOST: usize = 200;

impl Findings {
    fn add(&mut self, said: Said) {
        if self.problems.len() < MOST {
            self.problems.push(said);
        }
    }
}

/// Follows the chains of both books and names every entry that is changed, missing or swapped.
///
/// `known` is a head of the open book that was noted before: a log that was cut behind it is found too.
/// What is counted does not tell how much is sealed.
pub fn log(
    reader: &Reader,
    known: Option<Head>,
) -> Result<(Findings, BTreeMap<u64, u64>), StoreError> {
    let mut read = Read::default();
    for book in BOOKS {
        follow(
            reader,
            book,
            known.filter(|_| book == Book::Open),
            &mut read,
        )?;
    }
    let named = &read.named;
    for (at, (link, left)) in &read.erased {
        if named.get(at) != Some(&(link.clone(), left.clone())) {
            let (seq, (zh, en)) = (at.seq, name(at.book));
            read.findings.add(say!(
                "{zh}第 {seq} 条被清除，没有条目注明",
                "{en} entry {seq} was erased, and no entry names it"
            ));
        }
    }
    Ok((read.findings, read.revisions))
}

/// What was read of both books.
#[derive(Default)]
struct Read {
    findings: Findings,
    revisions: BTreeMap<u64, u64>,
    /// The link and the rest of each entry that says it was erased.
    erased: BTreeMap<At, (String, String)>,
    /// The same, of those that another entry names.
    named: BTreeMap<At, (String, String)>,
}

/// What a book is called.
fn name(book: Book) -> (&'static str, &'static str) {
    match book {
        Book::Open => ("日志", "log"),
        Book::Sealed => ("保密日志", "sealed log"),
    }
}

fn follow(
    reader: &Reader,
    book: Book,
    known: Option<Head>,
    read: &mut Read,
) -> Result<(), StoreError> {
    let findings = &mut read.findings;
    let (zh, en) = name(book);
    let table = reader.txn.open_table(book.table())?;
    let mut before = Head {
        seq: 0,
        link: chain::START,
    };
    for row in table.iter()? {
        let (seq, stored) = row?;
        let seq = seq.value();
        findings.entries += u64::from(book == Book::Open);
        let (first, last) = (before.seq + 1, seq.saturating_sub(1));
        let gap = first <= last;
        if gap {
            findings.add(say!(
                "{zh}缺少第 {first} 至 {last} 条",
                "{en} entries {first} to {last} are missing"
            ));
        }
        let Some((link, body)) = chain::split(stored.value()) else {
            findings.add(say!("{zh}第 {seq} 条被截断", "{en} entry {seq} is cut"));
            before = Head {
                seq,
                link: chain::START,
            };
            continue;
        };
        let entry = decode::<Entry>(body);
        let erased = entry.as_ref().is_ok_and(|entry| entry.erased);
        if erased {
            let at = At { book, seq };
            read.erased
                .insert(at, (chain::hex(&link), erase::left(body)));
        } else if !gap && chain::next(&before.link, seq, body) != link {
            findings.add(say!(
                "{zh}第 {seq} 条被改动或调换",
                "{en} entry {seq} was changed or swapped"
            ));
        }
        match entry {
            Ok(entry) => {
                note(&mut read.revisions, &entry);
                for one in entry.erases {
                    let book = if one.sealed { Book::Sealed } else { Book::Open };
                    let at = At { book, seq: one.seq };
                    read.named.insert(at, (one.link, one.left));
                }
            }
            Err(error) => findings.add(say!(
                "{zh}第 {seq} 条无法读取：{error}",
                "{en} entry {seq} cannot be read: {error}"
            )),
        }
        if known.is_some_and(|known| known.seq == seq && known.link != link) {
            findings.add(say!(
                "{zh}第 {seq} 条与记下的链头不符",
                "{en} entry {seq} disagrees with the head that was noted"
            ));
        }
        before = Head { seq, link };
    }
    if let Some(known) = known.filter(|known| known.seq > before.seq) {
        let (first, last) = (before.seq + 1, known.seq);
        findings.add(say!(
            "{zh}末尾缺少第 {first} 至 {last} 条",
            "{en} entries {first} to {last} are missing at the end"
        ));
    }
    Ok(())
}

fn note(revisions: &mut BTreeMap<u64, u64>, entry: &Entry) {
    if let Some(code) = entry.code.filter(|_| entry.to_rev > 0) {
        revisions.insert(code.id(), entry.to_rev);
    }
    if let Some(bulk) = &entry.bulk {
        for number in bulk.first..=bulk.last {
            revisions
                .entry(Code::new(bulk.kind, number).id())
                .or_insert(1);
        }
    }
}

/// Checks everything.
pub fn all(reader: &Reader) -> Result<Findings, StoreError> {
    let (mut findings, revisions) = log(reader, None)?;
    for spec in KINDS {
        let mut expected: BTreeMap<&'static str, u64> = BTreeMap::new();
        let mut keys: Vec<(&'static str, String, u64)> = Vec::new();
        let mut sums = Sums::new();
        reader.scan(spec.kind, 0, |number, bytes| {
            let code = Code::new(spec.kind, number);
            findings.records += u64::from(!spec.sealed);
            match decode_record(spec.kind, number, bytes) {
                Err(error) => findings.add(say!(
                    "{code} 无法读取：{error}",
                    "{code} cannot be read: {error}"
                )),
                Ok(record) => {
                    let (rev, logged) =
                        (record.rev, revisions.get(&code.id()).copied().unwrap_or(0));
                    if rev != logged {
                        findings.add(say!(
                            "{code} 的版本 {rev} 与日志 {logged} 不符",
                            "{code} has revision {rev}, the log says {logged}"
                        ));
                    }
                    sum::add(&mut sums, &record, 1);
                    for (field, value) in index_keys(&record) {
                        *expected.entry(field).or_default() += 1;
                        keys.push((field, value, number));
                    }
                }
            }
            if keys.len() > 200_000 {
                compare(reader, spec.kind, &mut keys, &mut findings)?;
            }
            Ok(true)
        })?;
        compare(reader, spec.kind, &mut keys, &mut findings)?;
        recount(reader, spec, sums, &mut findings)?;
        for field in spec.fields.iter().filter(|field| field.indexed) {
            let name = index_name(spec.kind, field.key);
            let table = reader
                .txn
                .open_multimap_table(MultimapTableDefinition::<&[u8], u64>::new(&name))?;
            let (rows, wanted) = (table.len()?, expected.get(field.key).copied().unwrap_or(0));
            findings.index_rows += if spec.sealed { 0 } else { rows };
            if rows != wanted {
                findings.add(say!(
                    "索引 {name} 有 {rows} 行，应有 {wanted} 行",
                    "index {name} has {rows} rows and should have {wanted}"
                ));
            }
        }
    }
    Ok(findings)
}

/// Names the sums that differ from what the records add up to.
fn recount(
    reader: &Reader,
    spec: &KindSpec,
    sums: Sums,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let (rows, wrong) = reader.wrong_sums(spec, sums)?;
    findings.index_rows += rows;
    for ((by, year, id), said, right) in wrong {
        let name = sum::name(spec.kind, by);
        let code = Code::from_id(id).map_or_else(|| id.to_string(), |code| code.to_string());
        let (amount, count) = (said.amount, said.count);
        let (wanted, of) = (right.amount, right.count);
        let (zh, en) = match year {
            sum::ALL => ("各年合计".to_owned(), "all years".to_owned()),
            year => (format!("{year} 年"), year.to_string()),
        };
        findings.add(say!(
            "合计 {name} 中 {code} {zh}为 {amount}（{count} 条），按记录应为 {wanted}（{of} 条）",
            "sum {name} says {amount} ({count} records) for {code}, {en}; its records add up to {wanted} ({of})"
        ));
    }
    Ok(())
}

fn compare(
    reader: &Reader,
    kind: crate::domain::kind::Kind,
    keys: &mut Vec<(&'static str, String, u64)>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    keys.sort_unstable();
    for run in keys.chunk_by(|one, other| one.0 == other.0) {
        let Some((field, _, _)) = run.first() else {
            continue;
        };
        let name = index_name(kind, field);
        let table = reader
            .txn
            .open_multimap_table(MultimapTableDefinition::<&[u8], u64>::new(&name))?;
        for same in run.chunk_by(|one, other| one.1 == other.1) {
            let Some((_, value, _)) = same.first() else {
                continue;
            };
            let mut found = Vec::new();
            for number in table.get(value.as_bytes())? {
                found.push(number?.value());
            }
            for (_, _, number) in same
                .iter()
                .filter(|key| found.binary_search(&key.2).is_err())
            {
                let code = Code::new(kind, *number);
                findings.add(say!("索引 {name} 缺少 {code}", "index {name} lacks {code}"));
            }
        }
    }
    keys.clear();
    Ok(())
}
