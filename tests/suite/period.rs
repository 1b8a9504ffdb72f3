//! Periods: what they mean on a day, how they are written, and what lists let pass by them.

use std::sync::Arc;

use chrono::NaiveDate;
use kezhi::domain::field::{Field, Privacy, Seek, Type};
use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::period::{OFFERED, Period, day_of};
use kezhi::domain::record::Record;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Answer, Find, List, Request};
use kezhi::search::{Dated, Doc, Index, Query};
use kezhi::service::Service;
use kezhi::store::Store;

use crate::command::{Desk, json, kezhi, ok};
use crate::right::who;

/// Fields with the days they must have, and the numbers that are found.
type Asked = (&'static [(u8, Option<(i32, i32)>)], &'static [u64]);

/// A kind, its filters, and the numbers that they let pass.
type Listed = (
    Kind,
    &'static [(&'static str, &'static str)],
    &'static [u64],
);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What a period means on a day, as `first..last`.
fn told(raw: &str, today: &str) -> String {
    match Period::read(raw, day(today)) {
        Ok(period) => period.told(day(today)),
        Err(said) => said.zh,
    }
}

#[test]
fn every_period_means_its_days() {
    // 2026-11-26 is a Thursday.
    let thursday = "2026-11-26";
    for (raw, expected) in [
        ("今天", "2026-11-26"),
        ("明天", "2026-11-27"),
        ("昨天", "2026-11-25"),
        ("本周", "2026-11-23..2026-11-29"),
        ("下周", "2026-11-30..2026-12-06"),
        ("上周", "2026-11-16..2026-11-22"),
        ("本月", "2026-11"),
        ("下月", "2026-12"),
        ("上月", "2026-10"),
        ("今年", "2026"),
        ("去年", "2025"),
        ("明年", "2027"),
        ("今后 30 天", "2026-11-26..2026-12-26"),
        ("next-7-days", "2026-11-26..2026-12-03"),
        ("已过", "..2026-11-25"),
        ("this week", "2026-11-23..2026-11-29"),
        ("this-month", "2026-11"),
        ("bz", "2026-11-23..2026-11-29"),
        ("2026", "2026"),
        ("2026年", "2026"),
        ("2026-2", "2026-02"),
        ("2024年2月", "2024-02"),
        ("202602", "2026-02"),
        ("12月", "2026-12"),
        ("2026-11-20", "2026-11-20"),
        ("11-20", "2026-11-20"),
        ("２０２６－１１－２０", "2026-11-20"),
        ("11-20..12-05", "2026-11-20..2026-12-05"),
        ("12-20..01-05", "2026-12-20..2027-01-05"),
        ("2027-12-20..01-05", "2027-12-20..2028-01-05"),
        ("2026-11-01 至 2026-11-15", "2026-11-01..2026-11-15"),
        ("2026-10..2026-11", "2026-10-01..2026-11-30"),
        ("11月到12月", "2026-11-01..2026-12-31"),
        ("..2026-12-01", "..2026-12-01"),
        ("2026-12-01..", "2026-12-01.."),
        ("今天..2026-12-31", "2026-11-26..2026-12-31"),
        ("<2026-12-01", "..2026-11-30"),
        ("<=2026-11", "..2026-11-30"),
        (">2026-11", "2026-12-01.."),
        (">=2026-11", "2026-11-01.."),
        ("没填", ""),
        ("已填", ""),
    ] {
        assert_eq!(told(raw, thursday), expected, "{raw}");
    }
    // Monday is the first day of the week, Sunday the last; weeks and months run over the year's end.
    for (today, raw, expected) in [
        ("2026-11-23", "本周", "2026-11-23..2026-11-29"),
        ("2026-11-29", "本周", "2026-11-23..2026-11-29"),
        ("2026-12-31", "本周", "2026-12-28..2027-01-03"),
        ("2026-12-31", "明天", "2027-01-01"),
        ("2026-12-31", "下月", "2027-01"),
        ("2027-01-01", "上月", "2026-12"),
        ("2027-01-03", "下周", "2027-01-04..2027-01-10"),
        ("2026-01-31", "下月", "2026-02"),
        ("2024-02-29", "去年", "2023"),
        ("2024-01-31", "下月", "2024-02"),
    ] {
        assert_eq!(told(raw, today), expected, "{raw} on {today}");
    }
    assert_eq!(
        Period::read("没填", day(thursday))
            .unwrap()
            .days(day(thursday)),
        None
    );
    assert_eq!(Period::read("", day(thursday)), Ok(Period::Empty));
}

#[test]
fn what_is_no_period_is_told_with_an_example() {
    for raw in [
        "下个世纪",
        "2026-13",
        "..",
        "2026-12-05..2026-11-20",
        "1800",
        "2026-02-30",
        "32",
        "mt",
    ] {
        let said = Period::read(raw, day("2026-11-26")).unwrap_err();
        assert!(
            said.zh.contains(raw) || said.zh.contains("年份"),
            "{raw}: {}",
            said.zh
        );
    }
    assert!(told("下个世纪", "2026-11-26").contains("2026-11-20..2026-12-05"));
}

#[test]
fn a_period_is_stored_as_it_was_meant() {
    let today = day("2026-11-26");
    for raw in OFFERED {
        let period = Period::read(raw, today).unwrap();
        assert_eq!(period.key(), raw, "a word stays a word");
    }
    for raw in [
        "今后45天",
        "11-20..12-05",
        "..12-01",
        "11月",
        "2026",
        "11-20",
    ] {
        let period = Period::read(raw, today).unwrap();
        // A year later it is read as the same days, or moves with them.
        let later = Period::read(&period.key(), day("2027-03-01")).unwrap();
        assert_eq!(period, later, "{raw}");
    }
}

#[test]
fn a_midnight_ends_the_day_before() {
    let of = |seek| Field::new("to", "止", "To", Type::Moment).seek(seek);
    let day_of = |seek, text| day_of(&of(seek), text).map(|day| day.to_string());
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        day_of(Seek::LastDay, "2027-01-01T00:00"),
        some("2026-12-31")
    );
    assert_eq!(day_of(Seek::Day, "2027-01-01T00:00"), some("2027-01-01"));
    assert_eq!(
        day_of(Seek::LastDay, "2026-12-31T23:59"),
        some("2026-12-31")
    );
    assert_eq!(day_of(Seek::LastDay, "2026-12-31"), some("2026-12-31"));
    for text in ["", "在册", "2026-1-1", "2026-02-30", "２０２６-01-01"] {
        assert_eq!(day_of(Seek::Day, text), None, "{text}");
    }
}

#[test]
fn nothing_that_is_masked_or_a_birth_is_looked_for_by_periods() {
    for spec in KINDS {
        for field in spec.fields.iter().filter(|field| field.by_day()) {
            let open = field.privacy == Privacy::Open && !field.aged;
            assert!(open && field.is_dated(), "{} {}", spec.key, field.key);
        }
    }
    let birth = Kind::Volunteer.spec().field("birth").unwrap();
    assert!(!birth.is_dated());
}

/// Docs of two kinds with days: none, several, and such that no two bytes hold.
fn docs() -> Vec<Doc<'static>> {
    let doc = |kind, number, days: &[(u8, i32)]| Doc {
        kind,
        number,
        name: format!("n{number}").into(),
        live: true,
        // Other organisations: the base stands in another order than they come.
        scope: vec![9 - number as u32 % 7],
        days: days.to_vec(),
        ..Doc::default()
    };
    vec![
        doc(1, 1, &[(3, 739_000)]),
        doc(2, 1, &[(3, 739_000)]),
        doc(1, 2, &[]),
        doc(1, 3, &[(3, 739_001), (3, 739_009), (4, 739_000)]),
        doc(1, 4, &[(3, 693_600)]),
        doc(1, 5, &[(3, 768_300), (3, 693_600)]),
        doc(1, 6, &[(4, 739_000)]),
    ]
}

#[test]
fn the_index_knows_days_built_in_and_waiting() {
    let asked: &[Asked] = &[
        (&[(3, Some((739_000, 739_001)))], &[1, 3]),
        (&[(3, Some((739_002, 739_010)))], &[3]),
        (&[(3, Some((0, 700_000)))], &[4, 5]),
        (&[(3, Some((768_300, 768_300)))], &[5]),
        (&[(3, Some((i32::MIN, i32::MAX)))], &[1, 3, 4, 5]),
        (&[(3, None)], &[2, 6]),
        (&[(4, None)], &[1, 2, 4, 5]),
        (&[(3, None), (4, Some((739_000, 739_000)))], &[6]),
        (&[(7, None)], &[1, 2, 3, 4, 5, 6]),
        (&[(7, Some((0, i32::MAX)))], &[]),
    ];
    let docs = docs();
    // Wholly built in, wholly waiting, and half of it changed since.
    for built in [docs.len(), 0, 4] {
        let mut index = Index::new();
        docs.iter().take(built).for_each(|doc| index.push(doc));
        index.build();
        docs.iter()
            .skip(built)
            .for_each(|doc| index.put(doc.clone()));
        if built > 0 {
            index.put(docs[0].clone());
        }
        for (days, numbers) in asked {
            let days = days.iter().map(|(field, within)| Dated {
                field: *field,
                within: *within,
            });
            let days: Vec<Dated> = days.collect();
            assert_eq!(index.dated(1, &days), *numbers, "{built} {days:?}");
            let hits = index.find(&Query {
                kinds: 1 << 1,
                days: &days,
                limit: 100,
                ..Query::default()
            });
            let mut found: Vec<u64> = hits.rows.iter().map(|hit| hit.number).collect();
            found.sort_unstable();
            assert_eq!(
                (found.as_slice(), hits.total),
                (*numbers, numbers.len()),
                "{built} {days:?}"
            );
        }
    }
}

fn person(number: u64, joined: &str, trained: &str) -> Record {
    let mut record = Record::new(Kind::Volunteer, number, Fields::new());
    let name = format!("张{number}");
    for (key, value) in [
        ("name", name.as_str()),
        ("teams", "ZZ-0035"),
        ("status", "在册"),
        ("joined_on", joined),
        ("trained_on", trained),
        ("birth", "1990-03-05"),
    ] {
        record.set(key, value.into());
    }
    record.rev = 1;
    record
}

fn row(cells: &[(&str, &str)]) -> Value {
    let cells = cells
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).into()));
    Value::Map(cells.collect())
}

fn service(dir: &std::path::Path) -> Arc<Service> {
    {
        let store = Store::open(&dir.join("store.redb")).unwrap();
        kezhi::service::found::lay(&store).unwrap();
        let mut writer = store.write().unwrap();
        for (number, joined, trained) in [
            (1, "2026-11-23", "2026-11-02"),
            (2, "2026-11-29", ""),
            (3, "2026-11-30", "2025-11-26"),
            (4, "2026-11-01", ""),
            (5, "2026-10-31", ""),
            (6, "", "2026-11-26"),
            // Such that an index pays.
            (7, "2020-01-01", ""),
            (8, "2020-01-01", ""),
            (9, "2020-01-01", ""),
            (10, "2020-01-01", ""),
            (11, "2020-01-01", ""),
            (12, "2020-01-01", ""),
        ] {
            writer.put(&person(number, joined, trained)).unwrap();
        }
        for (number, to) in [
            (1, "2026-12-01T00:00"),
            (2, "2026-12-01T12:00"),
            (3, "2026-11-30"),
        ] {
            let mut policy = Record::new(Kind::Insurance, number, Fields::new());
            for (key, value) in [
                ("number", "P"),
                ("org", "ZZ-0035"),
                ("status", "有效"),
                ("to", to),
            ] {
                policy.set(key, value.into());
            }
            policy.rev = 1;
            writer.put(&policy).unwrap();
        }
        let mut activity = Record::new(Kind::Activity, 2_026_000_001, Fields::new());
        for (key, value) in [
            ("title", "讲座"),
            ("org", "ZZ-0035"),
            ("status", "进行"),
            ("day", "2026-10-01"),
        ] {
            activity.set(key, value.into());
        }
        activity.set(
            "days",
            vec!["2026-10-01".to_owned(), "2026-11-25".to_owned()].into(),
        );
        activity.rev = 1;
        writer.put(&activity).unwrap();
        let mut team = Record::new(Kind::Organisation, 2000, Fields::new());
        for (key, value) in [
            ("name", "某队"),
            ("parent", "ZZ-0035"),
            ("kind", "其他"),
            ("status", "已成立"),
        ] {
            team.set(key, value.into());
        }
        let posts = vec![
            row(&[
                ("post", "队长"),
                ("holder", "甲"),
                ("to", "2026-11-30"),
                ("phone", "13800000000"),
            ]),
            row(&[("post", "队长"), ("holder", "乙"), ("to", "2030-01-01")]),
        ];
        team.set("posts", Value::List(posts));
        team.rev = 1;
        writer.put(&team).unwrap();
        writer.commit().unwrap();
    }
    Service::open(dir, 1, true).unwrap()
}

fn pairs(filters: &[(&str, &str)]) -> Vec<(String, String)> {
    let filters = filters.iter();
    filters
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// The numbers that a list lets pass, and that a search lets pass.
fn listed(
    service: &Arc<Service>,
    kind: Kind,
    filters: &[(&str, &str)],
    sort: Option<&str>,
) -> Result<Vec<u64>, (RefusalKind, String)> {
    let session = service.join(who(&[Role::Head], 1), |_| {});
    let list = List {
        kind,
        filters: pairs(filters),
        within: None,
        sort: sort.map(str::to_owned),
        after: None,
        as_of: Some(day("2026-11-26")),
        limit: 100,
    };
    match service.handle(&session, Request::List(list)) {
        Ok(Answer::Views(views)) => Ok(views.iter().map(|view| view.code.number).collect()),
        Ok(other) => panic!("{other:?}"),
        Err(refusal) => Err((refusal.kind, refusal.message.zh)),
    }
}

fn found(service: &Arc<Service>, kind: Kind, filters: &[(&str, &str)]) -> Vec<u64> {
    let session = service.join(who(&[Role::Head], 1), |_| {});
    let find = Find {
        kinds: vec![kind],
        filters: pairs(filters),
        sort: kezhi::protocol::Order::Code,
        as_of: Some(day("2026-11-26")),
        limit: 100,
        ..Find::default()
    };
    match service.handle(&session, Request::Find(find)).unwrap() {
        Answer::Found(found) => found.rows.iter().map(|row| row.code.number).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn lists_and_searches_let_pass_the_same_days() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let cases: &[Listed] = &[
        (Kind::Volunteer, &[("joined_on", "本周")], &[1, 2]),
        (Kind::Volunteer, &[("joined_on", "下周")], &[3]),
        (Kind::Volunteer, &[("joined_on", "本月")], &[1, 2, 3, 4]),
        (Kind::Volunteer, &[("joined_on", "上月")], &[5]),
        (Kind::Volunteer, &[("joined_on", "没填")], &[6]),
        (
            Kind::Volunteer,
            &[("joined_on", "2026-10-31..2026-11-01")],
            &[4, 5],
        ),
        (
            Kind::Volunteer,
            &[("joined_on", "本月"), ("trained_on", "没填")],
            &[2, 4],
        ),
        (
            Kind::Volunteer,
            &[
                ("joined_on", "本月"),
                ("status", "在册"),
                ("trained_on", "..2025-12"),
            ],
            &[3],
        ),
        (Kind::Volunteer, &[("trained_on", "今天")], &[6]),
        (Kind::Insurance, &[("to", "本月")], &[1, 3]),
        (Kind::Insurance, &[("to", "今后30天")], &[1, 2, 3]),
        // A day on which it is held, not the first alone.
        (Kind::Activity, &[("days", "本周")], &[2_026_000_001]),
        (Kind::Activity, &[("days", "上周")], &[]),
    ];
    for (kind, filters, numbers) in cases {
        for sort in [None, Some("status")] {
            assert_eq!(
                listed(&service, *kind, filters, sort).as_deref(),
                Ok(*numbers),
                "{filters:?}"
            );
        }
        assert_eq!(found(&service, *kind, filters), *numbers, "{filters:?}");
    }
    // A column of rows, and days that no index knows.
    let heads = listed(&service, Kind::Organisation, &[("posts.to", "本月")], None);
    assert_eq!(heads, Ok(vec![2000]));
    let none = listed(&service, Kind::Organisation, &[("posts.to", "2027")], None);
    assert_eq!(none, Ok(vec![]));
    let first = listed(&service, Kind::Activity, &[("day", "2026-10")], None);
    assert_eq!(first, Ok(vec![2_026_000_001]));
    // To the minute a moment is looked for as it stands.
    let minute = listed(
        &service,
        Kind::Insurance,
        &[("to", "2026-12-01 12:00")],
        None,
    );
    assert_eq!(minute, Ok(vec![2]));
}

#[test]
fn a_change_is_let_pass_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let session = service.join(who(&[Role::Head], 1), |_| {});
    let code = kezhi::domain::kind::Code::new(Kind::Volunteer, 4);
    service
        .handle(
            &session,
            Request::Make {
                token: 7,
                change: kezhi::protocol::Change {
                    act: kezhi::protocol::Act::Edit { code, rev: None },
                    fields: Fields::from([
                        ("joined_on".to_owned(), "2026-11-24".into()),
                        ("phone".to_owned(), "13912344471".into()),
                    ]),
                    confirmed: true,
                    reason: "更正".into(),
                },
            },
        )
        .unwrap();
    let filters = [("joined_on", "本周")];
    assert_eq!(found(&service, Kind::Volunteer, &filters), [1, 2, 4]);
    assert_eq!(
        listed(&service, Kind::Volunteer, &filters, None),
        Ok(vec![1, 2, 4])
    );
}

#[test]
fn births_and_masked_columns_take_no_period() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    for (kind, key) in [
        (Kind::Volunteer, "birth"),
        (Kind::Organisation, "posts.phone"),
        (Kind::Organisation, "posts.nothing"),
    ] {
        let refused = listed(&service, kind, &[(key, "本月")], None);
        assert!(refused.is_err(), "{key}");
    }
    // One day is what a name is told apart by.
    assert_eq!(
        listed(&service, Kind::Volunteer, &[("birth", "1990-03-05")], None)
            .unwrap()
            .len(),
        12
    );
    let (kind, said) =
        listed(&service, Kind::Volunteer, &[("joined_on", "乱写")], None).unwrap_err();
    assert_eq!(kind, RefusalKind::Invalid);
    assert!(said.contains("登记日期") && said.contains("本周"), "{said}");
}

#[test]
fn the_command_line_takes_periods_and_says_how_they_are_written() {
    let desk = Desk::new();
    let dir = desk.path();
    for (name, phone, joined) in [
        ("甲一", "13800000001", "2026-11-23"),
        ("乙二", "13800000002", "2026-12-01"),
        ("丙三", "13800000003", "2025-01-01"),
    ] {
        let (name, phone) = (format!("name={name}"), format!("phone={phone}"));
        let joined = format!("joined_on={joined}");
        ok(
            dir,
            &[
                "new",
                "volunteer",
                &name,
                &phone,
                &joined,
                "teams=红山区",
                "--yes",
            ],
        );
    }
    let listed = |filter: &str| {
        let rows = json(
            dir,
            &[
                "list",
                "volunteer",
                "--where",
                filter,
                "--as-of",
                "2026-11-26",
            ],
        );
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["fields"]["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    for (filter, names) in [
        ("joined_on=本周", &["甲一"][..]),
        ("joined_on=this-week", &["甲一"]),
        ("joined_on=下周", &["乙二"]),
        ("joined_on=2026-11-01..2026-11-30", &["甲一"]),
        ("joined_on=2026", &["甲一", "乙二"]),
        ("joined_on=..2026-11-25", &["甲一", "丙三"]),
        ("joined_on=<2026-11-23", &["丙三"]),
        ("joined_on=今后30天", &["乙二"]),
        ("trained_on=没填", &["甲一", "乙二", "丙三"]),
    ] {
        assert_eq!(listed(filter), names, "{filter}");
    }
    let refused = kezhi(dir, &["list", "volunteer", "--where", "joined_on=下个世纪"]);
    assert_eq!(refused.status.code(), Some(3));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        said.contains("登记日期") && said.contains("2026-11-20..2026-12-05"),
        "{said}"
    );
    let file = dir.join("out.csv");
    let file = file.to_str().unwrap();
    ok(
        dir,
        &[
            "export",
            "volunteer",
            "-o",
            file,
            "--where",
            "joined_on=2026-11..2026-12",
        ],
    );
    let text = std::fs::read_to_string(file).unwrap();
    assert!(
        text.contains("甲一") && text.contains("乙二") && !text.contains("丙三"),
        "{text}"
    );
    let nothing = json(dir, &["queue", "--where", "due_on=本周"]);
    assert_eq!(nothing.as_array().unwrap().len(), 0);
    let refused = kezhi(dir, &["queue", "--where", "due_on=乱写"]);
    assert_eq!(refused.status.code(), Some(3));
}
