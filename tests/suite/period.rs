//! Periods: what they mean on a day, how they are written, and what lists let pass by them.

use chrono::NaiveDate;
use kezhi::domain::field::{Field, Privacy, Seek, Type};
use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::period::{OFFERED, Period, day_of};
use kezhi::search::{Dated, Doc, Index, Query};

/// Fields with the days they must have, and the numbers that are found.
type Asked = (&'static [(u8, Option<(i32, i32)>)], &'static [u64]);

pub fn day(text: &str) -> NaiveDate {
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
