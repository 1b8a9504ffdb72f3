//! Tables of cases: for every row of the rules a record that passes, and what makes it fail.
//!
//! A record is a line: its code, then `key=value`. A list has commas, rows of fields stand in brackets.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kezhi::domain::field::{Field, Type};
use kezhi::domain::kind::{Code, KINDS, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::rule::{Case, World, rules};
use kezhi::domain::value::{Fields, Value};

use super::{harm, matter, oversight, person, team, work};

/// The records that a case looks at.
#[derive(Clone, Default)]
pub struct Few(pub BTreeMap<(u8, u64), Record>);

impl Few {
    pub fn put(&mut self, record: Record) {
        self.0.insert((record.kind.bit(), record.number), record);
    }
    pub fn of(lines: &[&str]) -> Few {
        let mut few = Few::default();
        lines.iter().for_each(|line| few.put(record(line)));
        few
    }
}

impl World for Few {
    fn confides(&self, _: &Record) -> bool {
        true
    }

    fn record(&self, code: Code) -> Option<Record> {
        self.0.get(&(code.kind.bit(), code.number)).cloned()
    }
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        let indexed = kind.spec().field(field).is_some_and(|field| field.indexed);
        assert!(indexed, "{field} of {kind:?} has no index");
        let fits =
            |record: &&Record| record.kind == kind && record.texts(field).any(|text| text == value);
        let found = self.0.values().filter(fits);
        found.map(|record| record.number).collect()
    }
    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        let all = self.0.values().filter(|record| record.kind == kind);
        let _ = all.cloned().all(found);
    }
    fn setting(&self, key: &str) -> Option<i64> {
        match key {
            "alike_rows" => Some(3),
            "notice_days" => Some(2),
            _ => None,
        }
    }
}

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap()
}

fn cells(columns: &[Field], text: &str) -> Value {
    let cells = text.split(';').map(|cell| {
        let (key, text) = cell.split_once(':').unwrap();
        let field = columns.iter().find(|one| one.key == key).unwrap();
        (key.to_owned(), value(field, text))
    });
    Value::Map(cells.collect())
}

fn value(field: &Field, text: &str) -> Value {
    if text.is_empty() {
        return Value::Text(String::new());
    }
    match field.of {
        Type::Int(..) => Value::Int(text.parse().unwrap()),
        Type::Flag => Value::Flag(text == "是"),
        Type::Words { .. } | Type::Refs(..) | Type::Codes(..) => {
            Value::from(text.split(',').map(str::to_owned).collect::<Vec<String>>())
        }
        Type::Sessions => {
            let rows = text.split(',').map(|row| {
                let (start, end) = row.split_once('/').unwrap();
                let row = [("start", start), ("end", end)];
                Value::Map(Fields::from(
                    row.map(|(key, text)| (key.to_owned(), text.into())),
                ))
            });
            Value::List(rows.collect())
        }
        Type::Rows(columns) => {
            let inner = text.trim_start_matches('(').trim_end_matches(')');
            let rows = inner.split(")(").map(|row| cells(columns, row));
            Value::List(rows.collect())
        }
        _ => text.into(),
    }
}

/// Reads a line; a key that comes again replaces what was said before, an empty value takes it away.
pub fn record(line: &str) -> Record {
    let mut words = line.split_whitespace();
    let code = Code::read(words.next().unwrap()).unwrap();
    let mut record = Record::new(code.kind, code.number, Fields::new());
    for word in words {
        let (key, text) = word.split_once('=').unwrap();
        let field = code.kind.spec().field(key);
        let field = field.unwrap_or_else(|| panic!("{code} has no {key}"));
        record.set(key, value(field, text));
    }
    record
}

/// One row of a table.
#[derive(Clone, Copy, Default)]
pub struct Row {
    /// The rule's id.
    pub id: &'static str,
    /// The act; `check` for looking at what stands.
    pub act: &'static str,
    /// The record that passes.
    pub good: &'static str,
    /// What is added to make it fail.
    pub bad: &'static str,
    /// Part of what is said then.
    pub said: &'static str,
    /// Before: where the change itself is judged.
    pub before: &'static str,
    /// What else there is where it fails.
    pub beside: &'static [&'static str],
}

/// Id, act, the record that passes, what makes it fail, part of what is said.
pub const fn row(
    id: &'static str,
    act: &'static str,
    good: &'static str,
    bad: &'static str,
    said: &'static str,
) -> Row {
    Row {
        id,
        act,
        good,
        bad,
        said,
        before: "",
        beside: &[],
    }
}

impl Row {
    /// Where the change itself is judged.
    pub const fn before(self, before: &'static str) -> Row {
        Row { before, ..self }
    }
    /// What else there is where it fails.
    pub const fn beside(self, beside: &'static [&'static str]) -> Row {
        Row { beside, ..self }
    }
}

/// The places in the tables of the rows that hold something against a record, each with what it says.
fn against(row: &Row, after: &Record, world: &Few) -> Vec<(usize, String)> {
    let before = (!row.before.is_empty()).then(|| record(row.before));
    let mut world = world.clone();
    world.put(after.clone());
    let case = Case {
        before: before.as_ref(),
        after,
        act: row.act,
        today: today(),
        world: &world,
        sees: None,
    };
    let all = rules(after.kind).enumerate();
    let applying = all.filter(|(_, rule)| rule.id == row.id && rule.applies(&case));
    let found = applying.filter_map(|(at, rule)| {
        let said = (rule.check)(&case)?;
        assert!(!said.en.is_empty(), "{} in English", row.id);
        Some((at, said.zh))
    });
    found.collect()
}

fn tables() -> [(&'static [&'static str], &'static [Row]); 6] {
    [
        (team::WORLD, team::ROWS),
        (person::WORLD, person::ROWS),
        (work::WORLD, work::ROWS),
        (oversight::WORLD, oversight::ROWS),
        (harm::WORLD, harm::ROWS),
        (matter::WORLD, matter::ROWS),
    ]
}

#[test]
fn one_record_passes_and_one_fails_for_every_row() {
    let mut met: BTreeMap<u8, BTreeSet<usize>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (lines, rows) in tables() {
        for row in rows {
            let world = Few::of(lines);
            let good = record(row.good);
            let passed = against(row, &good, &world);
            if !passed.is_empty() {
                wrong.push(format!("{} {} should pass: {passed:?}", row.id, row.good));
            }
            let mut world = world;
            row.beside.iter().for_each(|line| world.put(record(line)));
            let bad = record(&format!("{} {}", row.good, row.bad));
            let failed = against(row, &bad, &world);
            match failed.iter().find(|(_, said)| said.contains(row.said)) {
                Some((at, _)) => {
                    met.entry(bad.kind.bit()).or_default().insert(*at);
                }
                None => wrong.push(format!(
                    "{} {} does not say {}: {failed:?}",
                    row.id, row.bad, row.said
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let none = BTreeSet::new();
    let left: Vec<String> = KINDS
        .iter()
        .flat_map(|spec| {
            let met = met.get(&spec.kind.bit()).unwrap_or(&none);
            let all = rules(spec.kind).enumerate();
            let left = all.filter(|(at, _)| !met.contains(at));
            left.map(|(at, rule)| format!("{} {at} {}", spec.key, rule.id))
        })
        .collect();
    assert!(left.is_empty(), "rows without a case: {left:?}");
}

/// The ids that come from the regulation, and those of the house.
const IDS: &str = "
R02-01 R02-02 R04-01 R04-02 R05.1-01 R05.1-02 R05.2-01 R05.2-02 R05.2-03
R06.1-01 R06.1-02 R06.1-03 R06.2-01 R06.2-02 R06.2-03 R06.2-04 R06.2-05 R06.2-06
R06.2一-01 R06.2一-02 R06.2一-03 R06.2一-04 R06.2一-05 R06.2一-06
R06.2二-01 R06.2二-02 R06.2二-03 R06.2二-04 R06.2二-06 R06.2二-07
R06.2三-01 R06.2三-02 R06.2三-03 R06.2三-04
R06.2四-01 R06.2四-02 R06.2四-03 R06.2四-06 R06.2四-07 R06.2五-01 R06.2五-03
R06.2六-01 R06.2六-02 R06.2六-03 R06.2六-04 R06.2六-07 R06.2六-09
R07-05 R07-06 R08.1-01 R08.1-02 R08.1-03 R08.2-01
R09三-04 R09五-02 R09四-02 R09四-03 R09六-01 R09六-02 R09七-02 R10二-01
R16.1-02 R19-02
R10一-03 R10一-04 R10四-01 R10四-02 R10五-01 R19-03
R13-01 R13-02 R13-03 R13-04 R13-05 R13-06 R13-07 R13-08 R13-09
R18-01 R18-02 R18-03 R18-04 R18-05
";
const OWN: &str = "
SAME-NAME DISSOLVE-CHILD DISSOLVE-MEMBER POST-TOP POST-TWICE POST-TERM TEAMS-MOST TEAM-LIVE
FIXED R09六-02A CANCELLED DOUBT TWICE LEFT R09四-02H CLASH OVER TOLD-AFTER POLICY-TERM POLICY-WHOM POLICY-TWICE POLICY-GAP
R13-01S SIGN-DAY SIGN-FUTURE EXPIRE-DAY AGREEMENT-TERM AGREEMENT-OVER AGREEMENT-DUE SPAN MINUTES DAY-OUT ALIKE LATE-ENTRY
CERTIFICATE-TERM CERTIFICATE-FIXED CERTIFICATE-NOTICE SAME-USER
MAJOR-DECIDE MAJOR-WHY MAJOR-NAMES
OVERSIGHT-OPEN OVERSIGHT-FIXED OVERSIGHT-WHO OVERSIGHT-ROLE OVERSIGHT-TWICE OVERSIGHT-SAME OVERSIGHT-OWN
HARM-CLAIM HARM-POLICY HARM-TERM HARM-ORG HARM-WALL HARM-FUTURE
SANCTION-SLOW SANCTION-APPEAL SANCTION-OVER SANCTION-BASIS SANCTION-SUBJECT SANCTION-RECORDS SANCTION-WALL
SANCTION-TWICE SANCTION-UNTIL SANCTION-FIXED SANCTION-SECRET SANCTION-DAYS SANCTION-LIFT
REMOVED SUSPENDED NOMINATION ACCUSED-LESS ERASE
XF-17 XF-19 XF-19B XF-19W XF-20 XF-23B XF-23C XF-23N XF-25 XF-28 XF-30 XF-31 XF-32 XF-33 XF-34 XF-34L XF-35 XF-35C XF-35D XF-35L
XF-36 XF-36D XF-36L CORRECT RECEIVED DELIVERED REST REST-OVER LINK-SELF ANONYMOUS EVIDENCE ABOUT SELF SAME-MATTER HANDOVER HANDOVER-ERASE R19-03T MATTER-TARGET GB-45
";

#[test]
fn every_row_has_a_known_id_cites_its_article_and_speaks_both_languages() {
    use kezhi::domain::article::cited;
    use kezhi::domain::region_rule;
    use kezhi::domain::setting::HOUSE;
    let known: BTreeSet<&str> = IDS.split_whitespace().collect();
    let own: BTreeSet<&str> = OWN.split_whitespace().collect();
    let mut met = BTreeSet::new();
    let single = KINDS.iter().flat_map(|spec| rules(spec.kind));
    let whole = region_rule::RULES.iter().map(|row| &row.rule);
    for rule in single.chain(whole) {
        let id = rule.id;
        met.insert(id);
        assert!(known.contains(id) || own.contains(id), "{id} is unknown");
        if let Some(number) = id
            .strip_prefix('R')
            .filter(|_| known.contains(id))
            .and_then(|rest| rest.get(..2))
        {
            let number = number.parse().unwrap();
            assert_eq!(cited(rule.article).next(), Some(number), "{id}");
        } else {
            let house = rule.article.is_empty() || rule.article == HOUSE;
            // Of other laws the name stands before the article.
            let law = ["条例", "工作规则", "保护法"]
                .iter()
                .any(|law| rule.article.contains(law));
            assert!(house || law || cited(rule.article).count() > 0, "{id}");
        }
        let out = rule.way_out;
        assert!(!out.zh.is_empty() && !out.en.is_empty(), "{id}");
        assert_ne!(rule.strength.word().zh, rule.strength.word().en);
        assert!(!rule.lists || !rule.article.is_empty(), "{id} lists");
    }
    let gone: Vec<&&str> = known.union(&own).filter(|id| !met.contains(*id)).collect();
    assert!(gone.is_empty(), "no rule has {gone:?}");
}
