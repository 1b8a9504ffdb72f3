//! The log of sealed records, and entries that forgot what they said.

use kezhi::domain::change::{Entry, FieldChange};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};
use kezhi::store::book::{At, Book};
use kezhi::store::coding::{decode, encode};
use kezhi::store::{Store, backup, verify};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

const OPEN: TableDefinition<u64, &[u8]> = TableDefinition::new("log");
const SEALED: TableDefinition<u64, &[u8]> = TableDefinition::new("sealed");

const PERSON: Code = Code::new(Kind::Volunteer, 1);
const MATTER: Code = Code::new(Kind::Complaint, 2_026_123_456);

fn entry(code: Code, rev: u64, said: &str) -> Entry {
    Entry {
        at: "2026-06-01T09:00:00+08:00".into(),
        who: "李敏".into(),
        code: Some(code),
        action: "edit".into(),
        from_rev: rev - 1,
        to_rev: rev,
        changes: vec![FieldChange {
            field: "note".into(),
            from: None,
            to: Some(Value::from(said)),
        }],
        reason: said.into(),
        ..Entry::default()
    }
}

/// Three revisions of a person and three of a matter, by turns.
fn filled(path: &std::path::Path) -> Store {
    let store = Store::open(path).unwrap();
    let mut writer = store.write().unwrap();
    for rev in 1..=3 {
        for code in [PERSON, MATTER] {
            let mut record = Record::new(code.kind, code.number, Fields::new());
            record.rev = rev;
            record.set("note", format!("第{rev}次").into());
            writer.put(&record).unwrap();
            writer
                .log(&entry(code, rev, &format!("第{rev}次")))
                .unwrap();
        }
    }
    writer.commit().unwrap();
    store
}

fn problems(path: &std::path::Path) -> Vec<String> {
    let store = Store::open(path).unwrap();
    let found = verify::all(&store.read().unwrap()).unwrap();
    found.problems.into_iter().map(|said| said.zh).collect()
}

/// Changes a stored entry past the program.
fn tamper(
    path: &std::path::Path,
    table: TableDefinition<u64, &'static [u8]>,
    seq: u64,
    act: impl FnOnce(&mut Entry),
) {
    let db = Database::open(path).unwrap();
    let txn = db.begin_write().unwrap();
    {
        let mut table = txn.open_table(table).unwrap();
        let stored = table.get(seq).unwrap().unwrap().value().to_vec();
        let mut entry: Entry = decode(&stored[32..]).unwrap();
        act(&mut entry);
        let mut new = stored[..32].to_vec();
        new.extend_from_slice(&encode(&entry).unwrap());
        table.insert(seq, new.as_slice()).unwrap();
    }
    txn.commit().unwrap();
}

/// Whether a text stands in either table as it is stored.
fn held(path: &std::path::Path, text: &str) -> bool {
    let db = Database::open(path).unwrap();
    let txn = db.begin_read().unwrap();
    [OPEN, SEALED].into_iter().any(|table| {
        let table = txn.open_table(table).unwrap();
        let mut rows = table.iter().unwrap();
        rows.any(|row| {
            let bytes = row.unwrap().1.value().to_vec();
            let mut runs = bytes.windows(text.len());
            runs.any(|run| run == text.as_bytes())
        })
    })
}

#[test]
fn sealed_entries_stand_in_a_chain_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    let store = filled(&path);
    let reader = store.read().unwrap();
    let head = reader.head().unwrap();
    assert_eq!(head.seq, 3);
    for (code, book) in [(PERSON, Book::Open), (MATTER, Book::Sealed)] {
        let trail = reader.trail(code).unwrap();
        let wanted: Vec<At> = (1..=3).map(|seq| At { book, seq }).collect();
        assert_eq!(trail, wanted);
        let last = reader.entry(trail[2]).unwrap().unwrap();
        assert_eq!(last.code, Some(code));
    }
    let found = verify::all(&reader).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert_eq!((found.entries, found.records), (3, 1), "as without it");
    drop(reader);
    // What is looked at in a sealed record moves nothing in the open book.
    let mut writer = store.write().unwrap();
    let mut look = entry(MATTER, 1, "");
    (look.to_rev, look.action) = (0, "reveal:contact".into());
    writer.log(&look).unwrap();
    writer.commit().unwrap();
    assert_eq!(store.read().unwrap().head().unwrap(), head);

    let copy = dir.path().join("copy.redb");
    backup::backup(&store.read().unwrap(), &copy).unwrap();
    drop(store);
    let copied = Store::open(&copy).unwrap();
    assert_eq!(copied.read().unwrap().trail(MATTER).unwrap().len(), 4);
    drop(copied);
    assert_eq!(problems(&copy), [""; 0]);
    tamper(&copy, SEALED, 2, |entry| entry.who = "别人".into());
    assert_eq!(problems(&copy), ["保密日志第 2 条被改动或调换"]);
    let db = Database::open(&path).unwrap();
    let txn = db.begin_write().unwrap();
    txn.open_table(SEALED).unwrap().remove(3).unwrap();
    txn.commit().unwrap();
    drop(db);
    assert_eq!(
        problems(&path),
        [
            "保密日志缺少第 3 至 3 条",
            "TS-2026-123456 的版本 3 与日志 2 不符"
        ]
    );
}

#[test]
fn what_was_logged_before_there_were_two_books_is_still_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    let store = filled(&path);
    let old = Code::new(Kind::Complaint, 2_026_654_321);
    let mut record = Record::new(old.kind, old.number, Fields::new());
    record.rev = 2;
    let mut writer = store.write().unwrap();
    writer.put(&record).unwrap();
    writer.log_in(Book::Open, &entry(old, 1, "旧")).unwrap();
    writer.log(&entry(old, 2, "新")).unwrap();
    writer.commit().unwrap();
    let trail = store.read().unwrap().trail(old).unwrap();
    let books: Vec<Book> = trail.iter().map(|at| at.book).collect();
    assert_eq!(books, [Book::Open, Book::Sealed]);
    // Both are forgotten, and the sealed book says so.
    let mut writer = store.write().unwrap();
    let head = writer.head();
    writer.erase(old, &entry(old, 3, "移送")).unwrap();
    assert_eq!(writer.head(), head);
    writer.commit().unwrap();
    drop(store);
    assert_eq!(problems(&path), [""; 0]);
    assert!(!held(&path, "旧") && !held(&path, "新"));
}

#[test]
fn an_erased_entry_is_accepted_only_where_a_later_one_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    let fresh = |erase: bool| {
        let _ = std::fs::remove_file(&path);
        let store = filled(&path);
        if erase {
            let mut writer = store.write().unwrap();
            writer.erase(PERSON, &entry(PERSON, 4, "请求")).unwrap();
            writer.commit().unwrap();
        }
    };
    fresh(true);
    assert_eq!(problems(&path), [""; 0]);
    let store = Store::open(&path).unwrap();
    let reader = store.read().unwrap();
    let trail = reader.trail(PERSON).unwrap();
    assert_eq!(trail.len(), 4, "nothing lost its place");
    for at in &trail[..3] {
        let entry = reader.entry(*at).unwrap().unwrap();
        assert!(entry.erased && entry.changes.is_empty() && entry.reason.is_empty());
        assert_eq!(
            (entry.who.as_str(), entry.action.as_str()),
            ("李敏", "edit")
        );
    }
    let names = reader.entry(trail[3]).unwrap().unwrap();
    let seqs: Vec<u64> = names.erases.iter().map(|one| one.seq).collect();
    assert_eq!((names.action.as_str(), seqs), ("erase", vec![1, 2, 3]));
    let sealed = reader.trail(MATTER).unwrap();
    assert!(!reader.entry(sealed[0]).unwrap().unwrap().erased);
    drop(reader);
    // Once more forgets nothing more, and the log goes on.
    let mut writer = store.write().unwrap();
    writer.erase(PERSON, &entry(PERSON, 4, "请求")).unwrap();
    writer
        .log(&entry(Code::new(Kind::Volunteer, 9), 1, "后"))
        .unwrap();
    writer.commit().unwrap();
    assert_eq!(store.read().unwrap().head().unwrap().seq, 5);
    drop(store);
    assert_eq!(problems(&path), [""; 0]);

    // What is left of it may not be changed.
    tamper(&path, OPEN, 2, |entry| entry.who = "别人".into());
    assert_eq!(problems(&path), ["日志第 2 条被清除，没有条目注明"]);
    // Who erases past the program is found, with and without the mark.
    fresh(false);
    let wipe = |entry: &mut Entry| {
        entry.changes.clear();
        entry.reason.clear();
    };
    tamper(&path, OPEN, 2, |entry| {
        wipe(entry);
        entry.erased = true;
    });
    assert_eq!(problems(&path), ["日志第 2 条被清除，没有条目注明"]);
    fresh(false);
    tamper(&path, OPEN, 2, wipe);
    assert_eq!(problems(&path), ["日志第 2 条被改动或调换"]);
    // The entry that names others is held by the chain itself.
    fresh(true);
    tamper(&path, OPEN, 4, |entry| entry.erases.clear());
    assert_eq!(problems(&path).len(), 4);
}
