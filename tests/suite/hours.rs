//! Hours: totals by scope, what they unfold to, and that rows add up to what stands above them.

use std::path::Path;
use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::value::Fields;
use kezhi::protocol::work::{Hours, HoursView};
use kezhi::protocol::{Answer, Request};
use kezhi::service::{Service, Session, found};
use kezhi::store::Store;

use crate::command::{Desk, json, kezhi, ok};
use crate::right::{org, who};
use crate::sum::served;

/// A record with these fields.
pub fn record(kind: Kind, number: u64, fields: &[(&str, &str)]) -> Record {
    let mut record = Record::new(kind, number, Fields::new());
    record.rev = 1;
    for (key, value) in fields {
        record.set(key, (*value).into());
    }
    record
}

/// Stores records as they are, before there is a service.
pub fn lay(dir: &Path, records: &[Record]) {
    let store = Store::open(&dir.join("store.redb")).unwrap();
    found::lay(&store).unwrap();
    let mut writer = store.write().unwrap();
    for record in records {
        writer
            .load(record.kind, std::slice::from_ref(record))
            .unwrap();
    }
    writer.commit().unwrap();
}

const LECTURE: u64 = 2_026_000_001;

fn person(number: u64, name: &str, team: &str) -> Record {
    record(
        Kind::Volunteer,
        number,
        &[("name", name), ("teams", team), ("status", "在册")],
    )
}

/// 35 is 红山区 below 5 赤峰市; 2 is 呼和浩特市: minutes of two people in three teams over two years.
fn data() -> Vec<Record> {
    let mut lecture = record(
        Kind::Activity,
        LECTURE,
        &[
            ("title", "科普讲座"),
            ("org", "ZZ-0035"),
            ("status", "结项"),
        ],
    );
    lecture.set("days", vec!["2026-03-05".to_owned()].into());
    let mut pending = served(6, 1, 35, "2026-07-01", 500);
    pending.set("status", "待确认".into());
    let mut proved = served(1, 1, 35, "2026-03-05", 125);
    proved.set("evidence", "签到表第 2 页".into());
    vec![
        person(1, "单立文", "ZZ-0035"),
        person(2, "乌云", "ZZ-0002"),
        lecture,
        proved,
        served(2, 1, 35, "2026-03-06", 60),
        served(3, 1, 2, "2026-05-01", 30),
        served(4, 2, 5, "2026-05-02", 45),
        served(5, 1, 35, "2025-12-31", 15),
        pending,
    ]
}

fn service(dir: &Path) -> Arc<Service> {
    lay(dir, &data());
    Service::open(dir, 1, true).unwrap()
}

fn ask(service: &Service, session: &Session, of: Option<Code>, year: i32) -> HoursView {
    match service.handle(
        session,
        Request::Hours(Hours {
            of,
            year,
            own: false,
        }),
    ) {
        Ok(Answer::Hours(view)) => view,
        other => panic!("{other:?}"),
    }
}

fn rows(view: &HoursView) -> Vec<(String, i64)> {
    let rows = view.rows.iter();
    rows.map(|row| (row.code.to_string(), row.minutes))
        .collect()
}

fn is(view: &HoursView, minutes: i64, wanted: &[(&str, i64)]) {
    let wanted: Vec<(String, i64)> = wanted
        .iter()
        .map(|(code, minutes)| ((*code).to_owned(), *minutes))
        .collect();
    assert_eq!((view.minutes, rows(view)), (minutes, wanted), "{view:?}");
}

#[test]
fn a_region_unfolds_to_leagues_and_leagues_to_counties() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let all = ask(&service, &head, None, 2026);
    is(&all, 260, &[("ZZ-0005", 230), ("ZZ-0002", 30)]);
    assert_eq!(all, ask(&service, &head, Some(org(1)), 2026));
    assert!(all.name.contains("内蒙古"), "{}", all.name);
    // Its own minutes are a row beside those below.
    let league = ask(&service, &head, Some(org(5)), 2026);
    is(&league, 230, &[("ZZ-0035", 185), ("ZZ-0005", 45)]);
    is(
        &ask(&service, &head, Some(org(35)), 2026),
        185,
        &[("ZZ-0035", 185)],
    );
    is(&ask(&service, &head, None, 2025), 15, &[("ZZ-0005", 15)]);
    is(
        &ask(&service, &head, None, 0),
        275,
        &[("ZZ-0005", 245), ("ZZ-0002", 30)],
    );
    is(&ask(&service, &head, None, 2024), 0, &[]);
}

#[test]
fn rows_add_up_to_the_total_everywhere() {
    let dir = tempfile::tempdir().unwrap();
    let teams: Vec<Record> = (1..=600u64)
        .map(|nth| {
            served(
                nth,
                nth % 7 + 1,
                nth % 116 + 1,
                "2026-05-01",
                (nth * 37 % 400 + 1) as i64,
            )
        })
        .collect();
    lay(dir.path(), &teams);
    let service = Service::open(dir.path(), 1, true).unwrap();
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let all: i64 = teams
        .iter()
        .map(kezhi::domain::service_record::minutes)
        .sum();
    assert_eq!(ask(&service, &head, None, 2026).minutes, all);
    for number in 1..=116 {
        let view = ask(&service, &head, Some(org(number)), 2026);
        let rows: i64 = view.rows.iter().map(|row| row.minutes).sum();
        assert_eq!(view.minutes, rows, "{}", view.name);
        for row in view.rows.iter().filter(|row| row.code != org(number)) {
            let below = ask(&service, &head, Some(row.code), 2026);
            assert_eq!((below.minutes, &below.name), (row.minutes, &row.name));
        }
        assert!(
            view.rows
                .is_sorted_by(|one, other| one.minutes >= other.minutes)
        );
    }
}

#[test]
fn a_scope_sees_its_own_hours_alone() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let chifeng = service.join(who(&[Role::Operator], 5), |_| {});
    is(
        &ask(&service, &chifeng, None, 2026),
        230,
        &[("ZZ-0035", 185), ("ZZ-0005", 45)],
    );
    for hidden in [org(1), org(2), Code::new(Kind::Volunteer, 2)] {
        let asked = Request::Hours(Hours {
            of: Some(hidden),
            year: 2026,
            own: false,
        });
        let refusal = service.handle(&chifeng, asked).unwrap_err();
        assert_eq!(refusal.kind.exit_code(), 4, "{hidden}: {refusal:?}");
    }
    // Two roots stand side by side.
    let mut both = who(&[Role::Viewer], 35);
    both.scope.push(org(2));
    let both = service.join(both, |_| {});
    is(
        &ask(&service, &both, None, 2026),
        215,
        &[("ZZ-0035", 185), ("ZZ-0002", 30)],
    );
    // A volunteer of theirs served elsewhere too: the minutes count, the record is not shown.
    let view = ask(
        &service,
        &chifeng,
        Some(Code::new(Kind::Volunteer, 1)),
        2026,
    );
    is(
        &view,
        215,
        &[
            ("FW-0000006", 500),
            ("FW-0000002", 60),
            ("FW-0000001", 125),
            ("ZY-000001", 30),
        ],
    );
    assert!(!format!("{view:?}").contains("2026-05-01"), "{view:?}");
}

#[test]
fn hours_of_a_person_and_of_an_activity_unfold_to_records_with_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let view = ask(&service, &head, Some(Code::new(Kind::Volunteer, 1)), 2026);
    assert_eq!((view.name.as_str(), view.minutes), ("单立文", 215));
    let told: Vec<(&str, &str, &str)> = view
        .rows
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.status.as_str(),
                row.evidence.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2026-07-01 科普讲座", "待确认", ""),
            ("2026-05-01 科普讲座", "已确认", ""),
            ("2026-03-06 科普讲座", "已确认", ""),
            ("2026-03-05 科普讲座", "已确认", "签到表第 2 页"),
        ]
    );
    let view = ask(&service, &head, Some(Code::new(Kind::Activity, LECTURE)), 0);
    assert_eq!(
        (view.name.as_str(), view.minutes, view.rows.len()),
        ("科普讲座", 275, 6)
    );
    assert_eq!(view.rows[2].name, "2026-05-01 单立文");
    let asked = Hours {
        of: Some(Code::new(Kind::ServiceRecord, 1)),
        year: 0,
        own: false,
    };
    let refusal = service.handle(&head, Request::Hours(asked)).unwrap_err();
    assert!(
        refusal.hint.zh.contains("志愿者、组织或活动"),
        "{refusal:?}"
    );
}

#[test]
fn the_command_says_hours_and_minutes() {
    let desk = Desk::new();
    let dir = desk.path();
    lay(dir, &data());
    let all = json(dir, &["hours", "--year", "2026"]);
    assert_eq!(
        (&all["minutes"], &all["hours"]),
        (&260.into(), &"4:20".into())
    );
    assert_eq!(all["rows"][0]["hours"], "3:50");
    assert_eq!(
        json(dir, &["hours", "--as-of", "2025-06-30"])["minutes"],
        15
    );
    assert_eq!(
        json(dir, &["hours", "单立文", "--year", "2026"])["minutes"],
        215
    );
    let said = ok(dir, &["hours", "ZY-1", "--year", "2026"]);
    assert!(said.starts_with("单立文  2026 年  3:35\n"), "{said}");
    assert!(
        said.contains("签到表第 2 页") && !said.contains('.'),
        "{said}"
    );
    let said = ok(dir, &["--lang", "en", "hours", "--year", "0"]);
    assert!(said.contains("all years  4:35"), "{said}");
    // The place is the team's, whoever of its people the word also finds.
    let team = json(dir, &["hours", "红山区", "--year", "2026"]);
    assert_eq!(team["minutes"], 185, "{team}");
    let said = kezhi(dir, &["hours", "没有这个名字"]);
    assert_eq!(said.status.code(), Some(4));
}

#[test]
fn very_many_own_records_of_a_year_end_in_a_row_for_the_older_ones() {
    let dir = tempfile::tempdir().unwrap();
    // 1,100 of the year before come first by number; 1,003 of the year, ten minutes each.
    let mut data = data();
    let early = (100..1_200).map(|nth| served(nth, 1, 35, "2025-06-01", 7));
    data.extend(early);
    let late = (2_000..3_003).map(|nth| {
        let day = if nth < 2_003 {
            "2026-01-02"
        } else {
            "2026-02-03"
        };
        served(nth, 1, 35, day, 10)
    });
    data.extend(late);
    // Those of a team below are no part of it.
    data.push(served(5_000, 1, 5, "2026-09-01", 1));
    lay(dir.path(), &data);
    let service = Service::open(dir.path(), 1, true).unwrap();
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let ask = |team| {
        let asked = Hours {
            of: Some(org(team)),
            year: 2026,
            own: true,
        };
        match service.handle(&head, Request::Hours(asked)) {
            Ok(Answer::Hours(view)) => view,
            other => panic!("{other:?}"),
        }
    };
    let view = ask(35);
    // 125 and 60 minutes of March are the newest; the pending record does not count.
    assert_eq!((view.minutes, view.rows.len()), (10_030 + 185, 1_001));
    assert_eq!(view.rows[0].name, "2026-03-06 单立文 科普讲座");
    let last = view.rows.last().unwrap();
    assert_eq!((view.more, last.minutes), (5, 50));
    assert_eq!((last.code, last.name.as_str()), (org(35), ""));
    let sum: i64 = view.rows.iter().map(|row| row.minutes).sum();
    assert_eq!(sum, view.minutes);
    let league = ask(5);
    assert_eq!((league.minutes, league.more, league.rows.len()), (46, 0, 2));
}

#[test]
fn own_records_are_shown_by_the_command() {
    let desk = Desk::new();
    let dir = desk.path();
    lay(dir, &data());
    let said = ok(dir, &["hours", "赤峰市", "--own", "--year", "2026"]);
    assert!(said.contains("2026-05-02 乌云 科普讲座"), "{said}");
    assert!(!said.contains("单立文"), "{said}");
}
