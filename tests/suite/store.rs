//! The store: rounds, the chain, backups, stored bytes of the first format.

use kezhi::domain::change::Entry;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};
use kezhi::store::coding::{decode_record, encode_record};
use kezhi::store::{Store, backup, projection, verify};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

pub fn person(number: u64, name: &str, phone: &str) -> Record {
    let mut fields = Fields::new();
    fields.insert("name".into(), name.into());
    fields.insert("phone".into(), phone.into());
    fields.insert(
        "teams".into(),
        vec!["ZZ-0001".to_owned(), "ZZ-0002".to_owned()].into(),
    );
    let mut record = Record::new(Kind::Volunteer, number, fields);
    record.rev = 1;
    record
}

fn entry(record: &Record) -> Entry {
    Entry {
        at: "2026-11-24T09:30:12+08:00".into(),
        action: "new".into(),
        code: Some(record.code()),
        to_rev: record.rev,
        ..Entry::default()
    }
}

fn filled(path: &std::path::Path, count: u64) -> Store {
    let store = Store::open(path).unwrap();
    for number in 1..=count {
        let record = person(number, "单立文", &format!("1391234{number:04}"));
        let mut writer = store.write().unwrap();
        writer.put(&record).unwrap();
        writer.log(&entry(&record)).unwrap();
        writer.commit().unwrap();
    }
    store
}

#[test]
fn records_come_back_with_their_indexes() {
    let dir = tempfile::tempdir().unwrap();
    let store = filled(&dir.path().join("store.redb"), 3);
    let reader = store.read().unwrap();
    assert_eq!(reader.count(Kind::Volunteer).unwrap(), 3);
    assert_eq!(
        reader.numbers(Kind::Volunteer, "teams", "ZZ-0002").unwrap(),
        [1, 2, 3]
    );
    let mut changed = reader.get(Code::new(Kind::Volunteer, 2)).unwrap().unwrap();
    drop(reader);
    changed.rev = 2;
    changed.set("phone", "13800000000".into());
    changed.set("teams", vec!["ZZ-0002".to_owned()].into());
    let mut writer = store.write().unwrap();
    writer.put(&changed).unwrap();
    writer
        .log(&Entry {
            from_rev: 1,
            ..entry(&changed)
        })
        .unwrap();
    writer.commit().unwrap();
    let reader = store.read().unwrap();
    assert_eq!(
        reader.numbers(Kind::Volunteer, "teams", "ZZ-0001").unwrap(),
        [1, 3]
    );
    assert_eq!(
        reader
            .numbers(Kind::Volunteer, "phone", "13800000000")
            .unwrap(),
        [2]
    );
    let trail = reader.trail(Code::new(Kind::Volunteer, 2)).unwrap();
    let trail: Vec<u64> = trail.iter().map(|at| at.seq).collect();
    assert_eq!(trail, [2, 4]);
    let found = verify::all(&reader).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert_eq!(found.entries, 4);
}

#[test]
fn a_transaction_that_is_not_committed_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = filled(&dir.path().join("store.redb"), 1);
    let mut writer = store.write().unwrap();
    writer.put(&person(2, "张三", "13900000000")).unwrap();
    writer.abort().unwrap();
    assert_eq!(store.read().unwrap().count(Kind::Volunteer).unwrap(), 1);
}

const LOG: TableDefinition<u64, &[u8]> = TableDefinition::new("log");
const VOLUNTEER: TableDefinition<u64, &[u8]> = TableDefinition::new("volunteer");

/// Opens the file past the program, as somebody with a hex editor would.
fn tamper(
    path: &std::path::Path,
    act: impl FnOnce(&mut redb::Table<u64, &'static [u8]>, &str),
    table: &str,
) {
    let db = Database::open(path).unwrap();
    let txn = db.begin_write().unwrap();
    {
        let definition = if table == "log" { LOG } else { VOLUNTEER };
        act(&mut txn.open_table(definition).unwrap(), table);
    }
    txn.commit().unwrap();
}

fn stored(table: &redb::Table<u64, &'static [u8]>, seq: u64) -> Vec<u8> {
    table.get(seq).unwrap().unwrap().value().to_vec()
}

fn problems(path: &std::path::Path) -> Vec<String> {
    let store = Store::open(path).unwrap();
    let (found, _) = verify::log(&store.read().unwrap(), None).unwrap();
    found.problems.into_iter().map(|said| said.zh).collect()
}

#[test]
fn changed_missing_and_swapped_entries_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    let fresh = || {
        let _ = std::fs::remove_file(&path);
        drop(filled(&path, 9));
    };

    fresh();
    tamper(
        &path,
        |log, _| {
            let mut bytes = stored(log, 4);
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            log.insert(4, bytes.as_slice()).unwrap();
        },
        "log",
    );
    assert!(
        problems(&path)[0].contains("第 4 条"),
        "{:?}",
        problems(&path)
    );

    fresh();
    tamper(
        &path,
        |log, _| {
            log.remove(5).unwrap();
        },
        "log",
    );
    assert_eq!(problems(&path), ["日志缺少第 5 至 5 条"]);

    fresh();
    tamper(
        &path,
        |log, _| {
            let (one, two) = (stored(log, 6), stored(log, 7));
            log.insert(6, two.as_slice()).unwrap();
            log.insert(7, one.as_slice()).unwrap();
        },
        "log",
    );
    let found = problems(&path).join("；");
    assert!(
        found.contains("第 6 条") && found.contains("第 7 条"),
        "{found}"
    );

    fresh();
    let head = Store::open(&path).unwrap().read().unwrap().head().unwrap();
    tamper(
        &path,
        |log, _| {
            log.remove(9).unwrap();
        },
        "log",
    );
    let store = Store::open(&path).unwrap();
    let (found, _) = verify::log(&store.read().unwrap(), Some(head)).unwrap();
    assert_eq!(found.problems[0].zh, "日志末尾缺少第 9 至 9 条");
}

#[test]
fn a_record_changed_past_the_program_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    drop(filled(&path, 3));
    tamper(
        &path,
        |table, _| {
            let mut record = person(2, "李四", "13912340002");
            record.rev = 7;
            table
                .insert(2, encode_record(&record).unwrap().as_slice())
                .unwrap();
        },
        "volunteer",
    );
    let store = Store::open(&path).unwrap();
    let found = verify::all(&store.read().unwrap()).unwrap();
    assert!(
        found
            .problems
            .iter()
            .any(|said| said.zh.contains("ZY-000002"))
    );
}

#[test]
fn a_backup_taken_while_writers_go_on_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let store = filled(&dir.path().join("store.redb"), 20);
    let copy = dir.path().join("copy.redb");
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 100;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                number += 1;
                let record = person(number, "后来", "13700000000");
                let mut writer = store.write().unwrap();
                writer.put(&record).unwrap();
                writer.log(&entry(&record)).unwrap();
                writer.commit().unwrap();
            }
        });
        backup::backup(&store.read().unwrap(), &copy).unwrap();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let copy = Store::open(&copy).unwrap();
    let found = verify::all(&copy.read().unwrap()).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    assert!(copy.read().unwrap().count(Kind::Volunteer).unwrap() >= 20);
    assert!(!dir.path().join("copy.redb.partial").exists());
}

/// Bytes of the first format, written when it was the newest.
const FIRST: &str = "0182a372657601a66669656c647383a46e616d65a9e58d95e7ab8be69687a570686f6e65ab3133393132333430303031a57465616d7392a75a5a2d30303031a75a5a2d30303032";

#[test]
fn bytes_of_the_first_format_are_still_read() {
    let record = person(1, "单立文", "13912340001");
    let hex: String = encode_record(&record)
        .unwrap()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        hex, FIRST,
        "the format changed: raise the format byte and keep reading the old one"
    );
    let bytes: Vec<u8> = (0..FIRST.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&FIRST[at..at + 2], 16).unwrap())
        .collect();
    assert_eq!(decode_record(Kind::Volunteer, 1, &bytes).unwrap(), record);
}

#[test]
fn a_newer_schema_is_refused_with_both_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    drop(filled(&path, 1));
    {
        let db = Database::open(&path).unwrap();
        let txn = db.begin_write().unwrap();
        txn.open_table(TableDefinition::<&str, &[u8]>::new("meta"))
            .unwrap()
            .insert("schema", 99u64.to_le_bytes().as_slice())
            .unwrap();
        txn.commit().unwrap();
        let _ = db.begin_read().unwrap();
    }
    let error = Store::open(&path).err().unwrap().to_string();
    assert!(error.contains("99"), "{error}");
}

#[test]
fn the_projection_sees_the_texts_of_a_record() {
    let mut record = person(1, "单立文", "13912340001");
    record.set(
        "posts",
        Value::List(vec![Value::Map(Fields::from([(
            "post".to_owned(),
            "队长".into(),
        )]))]),
    );
    record.set("age", Value::Int(3));
    let bytes = encode_record(&record).unwrap();
    let mut seen = Vec::new();
    projection::texts(&bytes, &mut |key, text| {
        seen.push((key.to_owned(), text.to_owned()))
    })
    .unwrap();
    assert_eq!(
        seen,
        [
            ("name", "单立文"),
            ("phone", "13912340001"),
            ("teams", "ZZ-0001"),
            ("teams", "ZZ-0002")
        ]
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
    );
}

/// A rung as a later schema may need one: it renames what a mark is called.
fn rung(txn: &redb::WriteTransaction) -> Result<(), kezhi::store::StoreError> {
    let mut meta = txn.open_table(TableDefinition::<&str, &[u8]>::new("meta"))?;
    let old = meta.remove("old")?.map(|value| value.value().to_vec());
    meta.insert("new", old.unwrap_or_default().as_slice())?;
    Ok(())
}

fn broken(_: &redb::WriteTransaction) -> Result<(), kezhi::store::StoreError> {
    Err(kezhi::store::StoreError::Broken(
        "a rung that breaks".into(),
    ))
}

#[test]
fn the_ladder_is_climbed_once_and_a_broken_rung_changes_nothing() {
    use kezhi::store::{Rung, SCHEMA};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    let store = filled(&path, 3);
    let mut writer = store.write().unwrap();
    writer.mark("old", "说明").unwrap();
    writer.commit().unwrap();
    drop(store);
    // The steps to the present schema are behind this file; two more are added.
    let mut ladder: Vec<Rung> = vec![broken; SCHEMA as usize - 1];
    ladder.extend([rung as Rung, broken]);
    assert!(Store::climb(&path, &ladder).is_err());
    let mark = |store: &Store, key: &str| store.read().unwrap().mark(key).unwrap();
    let store = Store::climb(&path, &ladder[..SCHEMA as usize]).unwrap();
    assert_eq!(
        store.schema().unwrap(),
        Some(SCHEMA + 1),
        "the good rung held"
    );
    assert_eq!(
        (mark(&store, "old"), mark(&store, "new").as_deref()),
        (None, Some("说明"))
    );
    assert_eq!(store.read().unwrap().count(Kind::Volunteer).unwrap(), 3);
    assert!(
        verify::all(&store.read().unwrap())
            .unwrap()
            .problems
            .is_empty()
    );
    drop(store);
    // Climbed once: a second opening does not call the rung again.
    let store = Store::climb(&path, &ladder[..SCHEMA as usize]).unwrap();
    assert_eq!(mark(&store, "new").as_deref(), Some("说明"));
    drop(store);
    // This program is now the older one, and says so.
    let said = Store::open(&path).err().unwrap().to_string();
    assert!(
        said.contains(&(SCHEMA + 1).to_string()) && said.contains(&SCHEMA.to_string()),
        "{said}"
    );
    // A new file starts at the top.
    let new = Store::climb(&dir.path().join("new.redb"), &ladder[..SCHEMA as usize]).unwrap();
    assert_eq!(new.schema().unwrap(), Some(SCHEMA + 1));
}

#[test]
fn an_index_that_disagrees_with_its_records_is_named() {
    let phone = redb::MultimapTableDefinition::<&[u8], u64>::new("ix_volunteer_phone");
    type Index<'a> = redb::MultimapTable<'a, &'static [u8], u64>;
    let broken = |act: &dyn Fn(&mut Index)| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store.redb");
        drop(filled(&path, 3));
        let db = Database::open(&path).unwrap();
        let txn = db.begin_write().unwrap();
        act(&mut txn.open_multimap_table(phone).unwrap());
        txn.commit().unwrap();
        drop(db);
        let store = Store::open(&path).unwrap();
        let found = verify::all(&store.read().unwrap()).unwrap();
        let said: Vec<String> = found.problems.into_iter().map(|said| said.zh).collect();
        said.join("\n")
    };
    let lost = broken(&|table| {
        table.remove(b"13912340002".as_slice(), 2).unwrap();
    });
    assert!(lost.contains("ix_volunteer_phone 缺少 ZY-000002"), "{lost}");
    let stray = broken(&|table| {
        table.insert(b"13900000000".as_slice(), 1).unwrap();
    });
    assert!(
        stray.contains("ix_volunteer_phone 有 4 行，应有 3 行"),
        "{stray}"
    );
    assert_eq!(broken(&|_| ()), "");
}

/// An entry of the first format, written when it was the newest, and its link as OpenSSL reckons it.
const FIRST_ENTRY: &str = "018ba26174b9323032362d31312d32345430393a33303a31322b30383a3030a3756964cd03e9a377686fa6e69d8ee6958fa773657373696f6e07a77265717565737463a6616374696f6ea465646974a4636f6465a95a592d303030303031a866726f6d5f72657601a6746f5f72657602a76368616e6765739182a56669656c64a57465616d73a2746f91a75a5a2d30303335a6726561736f6ea6e69da5e794b5";
const FIRST_LINK: &str = "8a564b1be7763ecce355d81411039954191a8ed425a5bab42c90d5c570dfa3a1";

#[test]
fn an_entry_of_the_first_format_is_still_read_and_chained() {
    use kezhi::domain::change::FieldChange;
    use kezhi::store::{chain, coding};
    let written = Entry {
        at: "2026-11-24T09:30:12+08:00".into(),
        uid: 1001,
        who: "李敏".into(),
        session: 7,
        request: 99,
        action: "edit".into(),
        code: Some(Code::new(Kind::Volunteer, 1)),
        from_rev: 1,
        to_rev: 2,
        changes: vec![FieldChange {
            field: "teams".into(),
            from: None,
            to: Some(vec!["ZZ-0035".to_owned()].into()),
        }],
        reason: "来电".into(),
        ..Entry::default()
    };
    let hex = |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    let body = coding::encode(&written).unwrap();
    assert_eq!(hex(&body), FIRST_ENTRY);
    assert_eq!(coding::decode::<Entry>(&body).unwrap(), written);
    assert_eq!(hex(&chain::next(&chain::START, 1, &body)), FIRST_LINK);
}

#[test]
fn a_complaint_from_schema_three_has_a_clock_when_it_is_opened() {
    use kezhi::domain::kind::{Code, Kind};
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    {
        let store = Store::open(&path).unwrap();
        let mut writer = store.write().unwrap();
        for (number, status) in [(2_026_000_001, "办理"), (2_026_000_002, "登记")] {
            let mut old = kezhi::domain::record::Record::new(
                Kind::Complaint,
                number,
                kezhi::domain::value::Fields::new(),
            );
            for (key, text) in [
                ("title", "收费"),
                ("complainant", "来人"),
                ("accused", "ZZ-0035"),
                ("handler", "ZZ-0005"),
                ("day", "2026-06-01"),
                ("status", status),
            ] {
                old.set(key, text.into());
            }
            writer.put(&old).unwrap();
        }
        writer.commit().unwrap();
    }
    let db = redb::Database::open(&path).unwrap();
    let txn = db.begin_write().unwrap();
    txn.open_table(redb::TableDefinition::<&str, &[u8]>::new("meta"))
        .unwrap()
        .insert("schema", 3u64.to_le_bytes().as_slice())
        .unwrap();
    txn.commit().unwrap();
    drop(db);
    let store = Store::open(&path).unwrap();
    let reader = store.read().unwrap();
    let clock = |number| {
        let one = reader
            .get(Code::new(Kind::Complaint, number))
            .unwrap()
            .unwrap();
        ["clock", "due_on", "accepted_on"].map(|key| one.text(key).to_owned())
    };
    assert_eq!(
        clock(2_026_000_001),
        ["办结申诉求决", "2026-07-31", "2026-06-01"]
    );
    assert_eq!(clock(2_026_000_002), ["书面告知是否受理", "2026-06-16", ""]);
}
