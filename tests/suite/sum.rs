//! Kept sums: always what a recount gives, whatever was written.

use std::collections::BTreeMap;

use kezhi::domain::change::{Bulk, Entry};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};
use kezhi::store::{Store, backup, verify};
use proptest::prelude::*;
use redb::{Database, ReadableDatabase, TableDefinition, TableHandle};

const BY: [&str; 2] = ["org", "volunteer"];

/// A confirmed record: who, of which team, when, how long.
pub fn served(number: u64, volunteer: u64, org: u64, day: &str, minutes: i64) -> Record {
    let mut record = Record::new(Kind::ServiceRecord, number, Fields::new());
    record.rev = 1;
    for (key, value) in [
        (
            "volunteer",
            Code::new(Kind::Volunteer, volunteer).to_string(),
        ),
        ("org", Code::new(Kind::Organisation, org).to_string()),
        ("activity", "HD-2026-0001".to_owned()),
        ("day", day.to_owned()),
        ("status", "已确认".to_owned()),
    ] {
        record.set(key, value.into());
    }
    record.set("minutes", minutes.into());
    record
}

type Sums = BTreeMap<(String, u16, Code), (i64, u64)>;

fn recount(store: &Store) -> Sums {
    let mut sums = Sums::new();
    let reader = store.read().unwrap();
    reader
        .each(Kind::ServiceRecord, 0, |record| {
            let Some(Value::Int(minutes)) = record.get("minutes") else {
                return true;
            };
            if record.status() == "已确认" {
                let year = record
                    .text("day")
                    .get(..4)
                    .and_then(|year| year.parse().ok());
                for by in BY {
                    for code in record.refs(by) {
                        for year in [Some(0), year].into_iter().flatten() {
                            let sum = sums.entry((by.to_owned(), year, code)).or_default();
                            sum.0 += minutes;
                            sum.1 += 1;
                        }
                    }
                }
            }
            true
        })
        .unwrap();
    sums
}

fn kept(store: &Store) -> Sums {
    let mut sums = Sums::new();
    let reader = store.read().unwrap();
    for by in BY {
        for year in [0, 2025, 2026, 2027] {
            reader
                .sums(Kind::ServiceRecord, by, year, |code, total| {
                    sums.insert((by.to_owned(), year, code), (total.amount, total.count));
                    let one = reader.sum(Kind::ServiceRecord, by, year, code).unwrap();
                    assert_eq!(one, total, "one lookup says what the range says");
                })
                .unwrap();
        }
    }
    sums
}

#[derive(Clone, Debug)]
enum Deed {
    New(u64, u64, usize, i64, usize),
    Change(usize, &'static str, Value),
    Drop(usize, &'static str),
    Load(Vec<(u64, u64, usize, i64, usize)>),
    /// What was done since the last commit is given up.
    Abort,
    Commit,
}

const DAYS: [&str; 5] = ["2025-12-31", "2026-01-01", "2026-06-30", "2027-02-01", ""];
const STATES: [&str; 4] = ["待确认", "已确认", "退回", "撤销"];

fn row() -> impl Strategy<Value = (u64, u64, usize, i64, usize)> {
    (1..6u64, 1..4u64, 0..DAYS.len(), 1..400i64, 0..STATES.len())
}

fn deed() -> impl Strategy<Value = Deed> {
    let code = |kind, number| Value::from(Code::new(kind, number).to_string());
    prop_oneof![
        3 => row().prop_map(|(who, org, day, minutes, state)| Deed::New(who, org, day, minutes, state)),
        2 => (any::<usize>(), 1..400i64).prop_map(|(at, to)| Deed::Change(at, "minutes", to.into())),
        4 => (any::<usize>(), 0..STATES.len()).prop_map(|(at, to)| Deed::Change(at, "status", STATES[to].into())),
        1 => (any::<usize>(), 0..DAYS.len()).prop_map(|(at, to)| Deed::Change(at, "day", DAYS[to].into())),
        1 => (any::<usize>(), 1..4u64).prop_map(move |(at, to)| Deed::Change(at, "org", code(Kind::Organisation, to))),
        1 => (any::<usize>(), 1..6u64).prop_map(move |(at, to)| Deed::Change(at, "volunteer", code(Kind::Volunteer, to))),
        1 => any::<usize>().prop_map(|at| Deed::Drop(at, "minutes")),
        1 => any::<usize>().prop_map(|at| Deed::Drop(at, "volunteer")),
        1 => prop::collection::vec(row(), 1..8).prop_map(Deed::Load),
        1 => Just(Deed::Abort),
        2 => Just(Deed::Commit),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn sums_are_what_a_recount_gives(deeds in prop::collection::vec(deed(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("store.redb")).unwrap();
        let made = |number, (who, org, day, minutes, state): (u64, u64, usize, i64, usize)| {
            let mut record = served(number, who, org, DAYS[day], minutes);
            record.set("status", STATES[state].into());
            record
        };
        let (mut last, mut next) = (0, 0);
        let mut writer = store.write().unwrap();
        for deed in deeds {
            match deed {
                Deed::New(who, org, day, minutes, state) => {
                    next += 1;
                    writer.put(&made(next, (who, org, day, minutes, state))).unwrap();
                }
                Deed::Load(rows) => {
                    let batch: Vec<Record> = rows
                        .into_iter()
                        .map(|row| {
                            next += 1;
                            made(next, row)
                        })
                        .collect();
                    writer.load(Kind::ServiceRecord, &batch).unwrap();
                }
                Deed::Change(..) | Deed::Drop(..) if next == 0 => {}
                Deed::Change(at, key, to) => {
                    let code = Code::new(Kind::ServiceRecord, at as u64 % next + 1);
                    let mut record = writer.get(code).unwrap().unwrap();
                    record.set(key, to);
                    writer.put(&record).unwrap();
                }
                Deed::Drop(at, key) => {
                    let code = Code::new(Kind::ServiceRecord, at as u64 % next + 1);
                    let mut record = writer.get(code).unwrap().unwrap();
                    record.fields.remove(key);
                    writer.put(&record).unwrap();
                }
                Deed::Abort => {
                    writer.abort().unwrap();
                    next = last;
                    writer = store.write().unwrap();
                }
                Deed::Commit => {
                    writer.commit().unwrap();
                    last = next;
                    prop_assert_eq!(kept(&store), recount(&store));
                    writer = store.write().unwrap();
                }
            }
        }
        writer.commit().unwrap();
        prop_assert_eq!(kept(&store), recount(&store));
    }
}

/// Three confirmed records with their entry in the log.
fn filled(path: &std::path::Path) {
    let store = Store::open(path).unwrap();
    let mut writer = store.write().unwrap();
    let rows = [
        served(1, 1, 1, "2026-03-05", 120),
        served(2, 1, 2, "2026-04-05", 30),
        served(3, 2, 2, "2025-04-05", 45),
    ];
    writer.load(Kind::ServiceRecord, &rows).unwrap();
    writer
        .log(&Entry {
            action: "load".into(),
            bulk: Some(Bulk {
                kind: Kind::ServiceRecord,
                first: 1,
                last: 3,
            }),
            ..Entry::default()
        })
        .unwrap();
    writer.commit().unwrap();
}

fn problems(path: &std::path::Path) -> Vec<String> {
    let store = Store::open(path).unwrap();
    let found = verify::all(&store.read().unwrap()).unwrap();
    found.problems.into_iter().map(|said| said.en).collect()
}

const BY_TEAM: TableDefinition<(u16, u64), (i64, u64)> =
    TableDefinition::new("sum_service_record_org");

#[test]
fn verify_names_a_sum_that_differs() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    filled(&path);
    assert_eq!(problems(&path), [""; 0]);
    let team = Code::new(Kind::Organisation, 2).id();
    let db = Database::open(&path).unwrap();
    let txn = db.begin_write().unwrap();
    {
        let mut table = txn.open_table(BY_TEAM).unwrap();
        table.insert((2026, team), (31, 1)).unwrap();
        table.remove((2025, team)).unwrap();
        table.insert((2024, team), (7, 1)).unwrap();
    }
    txn.commit().unwrap();
    drop(db);
    let found = problems(&path);
    assert_eq!(found.len(), 3, "{found:?}");
    for (line, says) in found.iter().zip([
        ["ZZ-0002, 2024", "says 7 (1 records)", "add up to 0 (0)"],
        ["ZZ-0002, 2025", "says 0 (0 records)", "add up to 45 (1)"],
        ["ZZ-0002, 2026", "says 31 (1 records)", "add up to 30 (1)"],
    ]) {
        assert!(says.iter().all(|part| line.contains(part)), "{line}");
    }
}

#[test]
fn a_store_from_before_the_sums_is_added_up_when_it_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    filled(&path);
    let before = kept(&Store::open(&path).unwrap());
    assert_eq!(before.len(), 9);
    let db = Database::open(&path).unwrap();
    let txn = db.begin_write().unwrap();
    let sums: Vec<_> = txn.list_tables().unwrap().collect();
    for table in sums
        .into_iter()
        .filter(|one| one.name().starts_with("sum_"))
    {
        txn.delete_table(table).unwrap();
    }
    txn.open_table(TableDefinition::<&str, &[u8]>::new("meta"))
        .unwrap()
        .insert("schema", 2u64.to_le_bytes().as_slice())
        .unwrap();
    txn.commit().unwrap();
    assert!(db.begin_read().unwrap().open_table(BY_TEAM).is_err());
    drop(db);
    assert_eq!(kept(&Store::open(&path).unwrap()), before);
    assert_eq!(problems(&path), [""; 0]);
}

#[test]
fn a_backup_holds_the_sums() {
    let dir = tempfile::tempdir().unwrap();
    let (path, copy) = (dir.path().join("store.redb"), dir.path().join("copy.redb"));
    filled(&path);
    let store = Store::open(&path).unwrap();
    backup::backup(&store.read().unwrap(), &copy).unwrap();
    let db = Database::open(&copy).unwrap();
    assert!(
        db.begin_read().unwrap().open_table(BY_TEAM).is_ok(),
        "copied, not counted anew"
    );
    drop(db);
    assert_eq!(kept(&Store::open(&copy).unwrap()), kept(&store));
}
