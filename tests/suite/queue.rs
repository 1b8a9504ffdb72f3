//! The queue: what is lost first, on whose desk it lies, and what does not exist for whom.

use std::sync::Arc;

use chrono::NaiveDate;
use kezhi::domain::clock::running;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Value;
use kezhi::protocol::matter::{CaseView, Queue, QueueView, Which};
use kezhi::protocol::{Answer, Request, Who};
use kezhi::service::Service;
use kezhi::service::docket::Docket;
use kezhi::store::Store;

use crate::command::{Desk, json, kezhi, ok};
use crate::hours::{lay, record};
use crate::right::{org, who};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(number: u64) -> Code {
    Code::new(Kind::Complaint, 2_026_000_000 + number)
}

fn complaint(
    number: u64,
    receiver: &str,
    status: &str,
    came: &str,
    more: &[(&str, &str)],
) -> Record {
    let mut fields = vec![
        ("title", "活动安全"),
        ("kind", "投诉"),
        ("complainant", "王秀英"),
        ("receiver", receiver),
        ("status", status),
        ("day", came),
    ];
    fields.extend(more);
    record(Kind::Complaint, code(number).number, &fields)
}

/// As of 2026-06-30: two past the day of the law, one past that of the house, and so on.
fn data() -> Vec<Record> {
    let mut urgent = complaint(5, "ZZ-0005", "登记", "2026-06-26", &[]);
    urgent.set("urgent", Value::Flag(true));
    // About the region's own team: nobody but who took it sees it until it is handed over.
    let more = [("against", "ZZ-0001"), ("outside", "科协机关纪委")];
    let mut handed = complaint(10, "ZZ-0001", "登记", "2026-06-20", &more);
    handed.set("taker", 99.into());
    vec![
        complaint(
            1,
            "ZZ-0035",
            "登记",
            "2026-05-01",
            &[("title", "时长登记不实")],
        ),
        complaint(2, "ZZ-0005", "登记", "2026-06-22", &[]),
        complaint(3, "ZZ-0035", "登记", "2026-06-10", &[]),
        complaint(4, "ZZ-0005", "登记", "2026-06-26", &[]),
        urgent,
        complaint(
            6,
            "ZZ-0005",
            "答复",
            "2026-06-01",
            &[("answered_on", "2026-06-20")],
        ),
        complaint(7, "ZZ-0005", "中止", "2026-06-01", &[]),
        complaint(8, "ZZ-0005", "办结", "2026-03-01", &[]),
        complaint(
            9,
            "ZZ-0001",
            "登记",
            "2026-05-02",
            &[("against", "ZZ-0005")],
        ),
        handed,
    ]
}

fn service() -> (tempfile::TempDir, Arc<Service>) {
    let dir = tempfile::tempdir().unwrap();
    lay(dir.path(), &data());
    let service = Service::open(dir.path(), 1, true).unwrap();
    (dir, service)
}

fn ask(service: &Arc<Service>, who: Who, queue: Queue) -> QueueView {
    let session = service.join(who, |_| {});
    let queue = Queue {
        as_of: queue.as_of.or(Some(day("2026-06-30"))),
        limit: if queue.limit == 0 { 100 } else { queue.limit },
        ..queue
    };
    match service.handle(&session, Request::Queue(queue)).unwrap() {
        Answer::Queue(view) => view,
        other => panic!("{other:?}"),
    }
}

fn numbers(view: &QueueView) -> Vec<u64> {
    let rows = view.rows.iter();
    rows.map(|row| row.code.number - 2_026_000_000).collect()
}

fn which(which: Which) -> Queue {
    Queue {
        which,
        ..Queue::default()
    }
}

const DAILY: &[Role] = &[Role::Operator];

#[test]
fn what_is_lost_first_stands_first() {
    let (_dir, service) = service();
    let view = ask(&service, who(DAILY, 1), which(Which::Open));
    // Past the law, the longest first; past the house; urgent before the others of the same day;
    // a right of the complainant; nothing that runs.
    assert_eq!(numbers(&view), [1, 9, 3, 2, 5, 4, 6, 7]);
    assert_eq!(
        (view.total, view.open, view.overdue, view.urgent),
        (8, 8, 4, 1)
    );
    let row = &view.rows[3];
    assert_eq!(
        (row.due, row.left, row.workdays),
        (Some(day("2026-06-25")), -3, true)
    );
    let all = ask(&service, who(DAILY, 1), which(Which::All));
    assert_eq!(numbers(&all).last(), Some(&8));
    assert_eq!(
        numbers(&ask(&service, who(DAILY, 1), which(Which::Overdue))),
        [1, 9, 3, 2]
    );
    // Three days before, what is over now still ran.
    let before = Queue {
        as_of: Some(day("2026-06-24")),
        ..which(Which::Overdue)
    };
    assert_eq!(numbers(&ask(&service, who(DAILY, 1), before)), [1, 9, 3]);
    let page = Queue {
        offset: 2,
        limit: 2,
        ..which(Which::Open)
    };
    let page = ask(&service, who(DAILY, 1), page);
    assert_eq!((numbers(&page), page.total), (vec![3, 2], 8));
}

#[test]
fn words_kind_state_and_subtree_narrow_it() {
    let (_dir, service) = service();
    let ask = |queue| numbers(&ask(&service, who(DAILY, 1), queue));
    let text = |text: &str| Queue {
        text: text.into(),
        ..Queue::default()
    };
    assert_eq!(ask(text("时长")), [1]);
    assert_eq!(ask(text("scdjbs")), [1]);
    assert_eq!(ask(text("000003")), [3]);
    assert_eq!(ask(text("红山")), [1, 3]);
    assert_eq!(ask(text("红山 安全")), [3]);
    assert_eq!(ask(text("王秀英")), [0; 0]);
    let status = Queue {
        status: "答复".into(),
        ..Queue::default()
    };
    assert_eq!(ask(status), [6]);
    let kind = |kind: &str| Queue {
        kind: kind.into(),
        ..Queue::default()
    };
    assert_eq!(
        (
            ask(kind("投诉")).len(),
            ask(kind("complaint")).len(),
            ask(kind("表扬")).len()
        ),
        (8, 8, 0)
    );
    let within = Queue {
        within: Some(org(35)),
        ..Queue::default()
    };
    assert_eq!(ask(within), [1, 3]);
}

#[test]
fn an_overdue_matter_climbs_a_level_a_week_and_stays_where_it_was() {
    let (_dir, service) = service();
    let today = |scope| numbers(&ask(&service, who(DAILY, scope), which(Which::Today)));
    assert_eq!(today(35), [1, 3]);
    // Five days over: one level. Weeks over: as far as there is somebody.
    assert_eq!(today(5), [1, 3, 2]);
    assert_eq!(today(1), [1, 9, 2]);
    // On the day itself nothing climbs; the day before it is not on the list.
    let on = |scope, as_of: &str| {
        let queue = Queue {
            as_of: Some(day(as_of)),
            ..which(Which::Today)
        };
        numbers(&ask(&service, who(DAILY, scope), queue))
    };
    assert!(on(35, "2026-06-15").contains(&3) && !on(35, "2026-06-12").contains(&3));
    assert!(!on(5, "2026-06-15").contains(&3) && on(5, "2026-06-16").contains(&3));
    assert!(!on(1, "2026-06-22").contains(&3), "a week is one level");
}

#[test]
fn who_is_walled_off_has_neither_row_nor_count() {
    let (_dir, service) = service();
    let with = ask(&service, who(DAILY, 5), which(Which::All));
    assert_eq!(numbers(&with), [1, 3, 2, 5, 4, 6, 7, 8]);
    assert_eq!((with.open, with.overdue, with.today), (7, 3, 3));
    // Byte for byte as if the walled one were not there.
    let dir = tempfile::tempdir().unwrap();
    let rest: Vec<Record> = data()
        .into_iter()
        .filter(|one| one.code() != code(9))
        .collect();
    lay(dir.path(), &rest);
    let without = Service::open(dir.path(), 1, true).unwrap();
    assert_eq!(ask(&without, who(DAILY, 5), which(Which::All)), with);
    let session = service.join(who(DAILY, 5), |_| {});
    let refused = service
        .handle(&session, Request::Case(code(9)))
        .unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotFound);
    let elsewhere = ask(&service, who(DAILY, 2), which(Which::All));
    assert_eq!(elsewhere, QueueView::default());
    let session = service.join(who(&[Role::Viewer], 1), |_| {});
    let refused = service
        .handle(&session, Request::Queue(Queue::default()))
        .unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
}

#[test]
fn the_queue_holds_what_can_be_shown_and_nothing_else() {
    let (_dir, service) = service();
    let taker = Who {
        uid: 99,
        ..who(DAILY, 35)
    };
    for who in [
        who(DAILY, 1),
        who(DAILY, 2),
        who(DAILY, 5),
        who(DAILY, 35),
        taker,
    ] {
        let session = service.join(who.clone(), |_| {});
        let shown = |number: &u64| {
            service
                .handle(&session, Request::Show(code(*number)))
                .is_ok()
        };
        let seen: Vec<u64> = (1..=10).filter(shown).collect();
        let mut listed = numbers(&ask(&service, who.clone(), which(Which::All)));
        listed.sort_unstable();
        assert_eq!(listed, seen, "{:?}", who.scope);
    }
}

#[test]
fn no_row_tells_who_complained() {
    let (_dir, service) = service();
    let view = ask(&service, who(DAILY, 1), which(Which::All));
    assert!(!serde_json::to_string(&view).unwrap().contains("王秀英"));
}

#[test]
fn a_docket_that_followed_changes_is_as_one_read_anew() {
    let dir = tempfile::tempdir().unwrap();
    lay(dir.path(), &data());
    let reader = Store::open(&dir.path().join("store.redb"))
        .unwrap()
        .read()
        .unwrap();
    let mut records = data();
    let mut followed = Docket::default();
    records.iter().for_each(|record| followed.put(record));
    let today = day("2026-06-30");
    let _ = followed.turn(today, &reader);
    for (nth, record) in records.iter_mut().enumerate() {
        match nth % 3 {
            0 => record.set("status", "受理".into()),
            1 => record.set("day", "2026-06-29".into()),
            _ => record.set("status", "办结".into()),
        }
        record.set("accepted_on", "2026-06-25".into());
        followed.put(record);
    }
    let mut fresh = Docket::default();
    records.iter().for_each(|record| fresh.put(record));
    assert_eq!(
        followed.turn(today, &reader).keys,
        fresh.turn(today, &reader).keys
    );
    // The day is that of the clock which the record itself would tell.
    for key in &fresh.turn(today, &reader).keys {
        let entry = fresh.entry(key.at).unwrap();
        let record = records.iter().find(|one| one.code() == entry.code).unwrap();
        let dues: Vec<_> = running(record, &reader, today)
            .iter()
            .map(|one| one.due.day)
            .collect();
        assert_eq!(key.due().is_some(), !dues.is_empty(), "{}", entry.code);
        assert!(
            key.due().is_none_or(|due| dues.contains(&due)),
            "{}",
            entry.code
        );
    }
}

#[test]
fn a_case_tells_its_clocks_its_steps_and_what_stands_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut records = data();
    for record in records.iter_mut().take(2) {
        record.set("accused", vec!["ZZ-0036".to_owned()].into());
    }
    records[0].set("linked", vec![code(3).to_string()].into());
    // One about the same that its own handler stepped back from is not there for that handler.
    records[1].set("recused", vec!["CZ-0007".to_owned()].into());
    lay(dir.path(), &records);
    let service = Service::open(dir.path(), 1, true).unwrap();
    let case = |who: Who| -> CaseView {
        let session = service.join(who, |_| {});
        match service.handle(&session, Request::Case(code(1))).unwrap() {
            Answer::Case(case) => *case,
            other => panic!("{other:?}"),
        }
    };
    let seen = case(who(DAILY, 1));
    let keys: Vec<&str> = seen.clocks.iter().map(|one| one.key.as_str()).collect();
    // Both are over: that of the law goes first.
    assert_eq!(keys, ["tell", "move"]);
    let tell = &seen.clocks[0];
    assert!(
        tell.left < 0 && tell.used == 100 && tell.told.zh.contains("次日起算"),
        "{tell:?}"
    );
    assert!(tell.stops.iter().any(|stop| stop.zh == "受理"));
    assert!(!serde_json::to_string(&seen).unwrap().contains("王秀英"));
    let beside =
        |case: &CaseView| -> Vec<Code> { case.beside.iter().map(|one| one.code).collect() };
    assert_eq!(beside(&seen), [org(36), code(3), code(2)]);
    let recused = Who {
        operator: Code::read("CZ-0007"),
        ..who(DAILY, 1)
    };
    assert!(recused.operator.is_some());
    assert_eq!(beside(&case(recused)), [org(36), code(3)]);
}

#[test]
fn the_queue_and_a_case_from_the_command_line() {
    let desk = Desk::new();
    let new = |fields: &[&str]| -> String {
        let mut args = vec!["new", "complaint"];
        args.extend(fields);
        json(desk.path(), &args)["code"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let late = new(&[
        "kind=投诉",
        "complainant=王秀英",
        "accused=ZZ-0005",
        "facts=活动现场无人负责",
        "received_at=2026-01-05 09:00",
    ]);
    let fresh = new(&["kind=表扬", "complainant=李强", "facts=感谢红山区队员"]);
    let rows = json(desk.path(), &["queue"]);
    let codes: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, [late.as_str(), fresh.as_str()]);
    assert!(rows[0]["left"].as_i64().unwrap() < 0 && rows[0]["whose"].as_str().is_some());
    let text = ok(desk.path(), &["queue"]);
    assert!(
        text.contains("待办 2 件") && text.contains("逾") && !text.contains("王秀英"),
        "{text}"
    );
    let early = json(
        desk.path(),
        &["queue", "--overdue", "--as-of", "2026-01-06"],
    );
    assert_eq!(early, serde_json::json!([]));
    let kind = json(desk.path(), &["queue", "--kind", "表扬"]);
    assert_eq!(kind[0]["code"], fresh.as_str());
    assert_eq!(
        kezhi(desk.path(), &["queue", "--kind", "没有"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        json(desk.path(), &["queue", "感谢"])[0]["code"],
        fresh.as_str()
    );
    let case = json(desk.path(), &["case", &late]);
    assert_eq!(case["clocks"][0]["key"], "tell");
    assert_eq!(case["fields"]["complainant"], "王**");
    let text = ok(desk.path(), &["case", &late]);
    assert!(
        text.contains("次日起算") && text.contains("kezhi do accept"),
        "{text}"
    );
    assert_eq!(
        kezhi(desk.path(), &["case", "TS-2026-999999"])
            .status
            .code(),
        Some(4)
    );
}

#[test]
fn the_queue_is_narrowed_by_the_days_of_coming_and_of_the_clock() {
    let (_dir, service) = service();
    let days = |key: &str, period: &str| {
        let queue = Queue {
            days: vec![(key.to_owned(), period.to_owned())],
            ..which(Which::Open)
        };
        ask(&service, who(DAILY, 1), queue)
    };
    let all = ask(&service, who(DAILY, 1), which(Which::Open));
    for (period, fits) in [
        (
            "已过",
            &(|due| due < day("2026-06-30")) as &dyn Fn(chrono::NaiveDate) -> bool,
        ),
        ("本月", &|due| {
            (day("2026-06-01")..=day("2026-06-30")).contains(&due)
        }),
        ("2026-07..", &|due| due >= day("2026-07-01")),
    ] {
        let expected: Vec<_> = all
            .rows
            .iter()
            .filter(|row| row.due.is_some_and(fits))
            .map(|row| row.code)
            .collect();
        let found = days("due_on", period);
        let codes: Vec<_> = found.rows.iter().map(|row| row.code).collect();
        assert_eq!(codes, expected, "{period}");
        assert_eq!(
            (found.total, found.open),
            (expected.len(), all.open),
            "{period}"
        );
    }
    assert!(
        days("due_on", "没填")
            .rows
            .iter()
            .all(|row| row.due.is_none())
    );
    let came = days("day", "2026-06");
    assert!(
        came.rows.iter().all(|row| row.day.starts_with("2026-06")),
        "{came:?}"
    );
    let session = service.join(who(DAILY, 1), |_| {});
    for (key, period) in [
        ("due_on", "乱写"),
        ("closed_on", "本月"),
        ("contact", "本月"),
    ] {
        let queue = Queue {
            days: vec![(key.to_owned(), period.to_owned())],
            ..which(Which::Open)
        };
        assert!(
            service.handle(&session, Request::Queue(queue)).is_err(),
            "{key}"
        );
    }
}
