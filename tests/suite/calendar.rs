//! The calendar: what is on by day, for whom, and which days are worked on.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::moment;
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::value::Value;
use kezhi::protocol::work::{Calendar, CalendarRow};
use kezhi::protocol::{Answer, Request};
use kezhi::service::{Service, Session};

use crate::command::{Desk, json, kezhi, ok};
use crate::hours::{lay, record};
use crate::right::{org, who};

fn activity(number: u64, title: &str, team: &str, times: &str) -> Record {
    let mut one = record(
        Kind::Activity,
        2_026_000_000 + number,
        &[
            ("title", title),
            ("org", team),
            ("status", "招募"),
            ("area", "150402"),
        ],
    );
    let today = "2026-01-01".parse().unwrap();
    let sessions = moment::sessions(&Value::from(times), today).unwrap();
    let spans = moment::spans(Some(&sessions));
    let days: Vec<String> = spans
        .iter()
        .flat_map(moment::Span::days)
        .map(|day| day.to_string())
        .collect();
    one.set("sessions", sessions);
    one.set("days", days.into());
    one.set("needed", 3.into());
    one
}

fn data() -> Vec<Record> {
    let yes = |number, status| {
        let fields = [
            ("activity", "HD-2026-0001"),
            ("volunteer", "ZY-000001"),
            ("status", status),
        ];
        record(Kind::Enrolment, number, &fields)
    };
    vec![
        activity(
            1,
            "天文观测",
            "ZZ-0035",
            "2026-10-09 20:00 - 2026-10-10 02:00",
        ),
        activity(
            2,
            "科技馆讲解",
            "ZZ-0002",
            "2026-10-10 09:00-11:00;2026-10-10 14:00-16:00",
        ),
        activity(
            3,
            "科普大篷车",
            "ZZ-0005",
            "2026-10-09 08:00 - 2026-10-11 18:00",
        ),
        activity(4, "下月讲座", "ZZ-0005", "2026-11-01 08:00-09:00"),
        yes(1, "同意"),
        yes(2, "到场"),
        yes(3, "谢绝"),
    ]
}

fn ask(service: &Service, session: &Session, within: Option<Code>) -> Vec<CalendarRow> {
    let asked = Calendar {
        from: "2026-10-01".parse().unwrap(),
        to: "2026-10-31".parse().unwrap(),
        within,
    };
    match service.handle(session, Request::Calendar(asked)) {
        Ok(Answer::Calendar(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

fn said(rows: &[CalendarRow]) -> Vec<String> {
    let line = |row: &CalendarRow| format!("{} {} {}", row.day.format("%d"), row.time, row.title);
    rows.iter().map(line).collect()
}

#[test]
fn an_activity_stands_on_each_of_its_days_with_its_time_there() {
    let dir = tempfile::tempdir().unwrap();
    lay(dir.path(), &data());
    let service = Service::open(dir.path(), 1, true).unwrap();
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let rows = ask(&service, &head, None);
    assert_eq!(
        said(&rows),
        [
            "09 08:00-24:00 科普大篷车",
            "09 20:00-24:00 天文观测",
            "10  科普大篷车",
            "10 00:00-02:00 天文观测",
            "10 09:00-11:00、14:00-16:00 科技馆讲解",
            "11 00:00-18:00 科普大篷车",
        ]
    );
    let watch = &rows[1];
    assert_eq!(
        watch.people,
        (2, 3),
        "who agreed or came, and how many are needed"
    );
    assert!(
        watch.team.contains("红山区") && watch.area.contains("红山区"),
        "{watch:?}"
    );
    assert_eq!(ask(&service, &head, Some(org(35))).len(), 2);
    assert_eq!(
        ask(&service, &head, Some(org(5))).len(),
        5,
        "with those below"
    );
}

#[test]
fn a_calendar_tells_nothing_of_what_lies_outside() {
    let dir = tempfile::tempdir().unwrap();
    lay(dir.path(), &data());
    let service = Service::open(dir.path(), 1, true).unwrap();
    let chifeng = service.join(who(&[Role::Operator], 5), |_| {});
    assert_eq!(ask(&service, &chifeng, None).len(), 5);
    let asked = |from: &str, to: &str, within| {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        service.handle(&chifeng, Request::Calendar(Calendar { from, to, within }))
    };
    for hidden in [org(2), org(999)] {
        let refusal = asked("2026-10-01", "2026-10-31", Some(hidden)).unwrap_err();
        assert_eq!(refusal.kind.exit_code(), 4, "{refusal:?}");
    }
    assert!(
        asked("2026-10-31", "2026-10-01", None).is_err(),
        "backwards"
    );
    assert!(
        asked("2000-01-01", "2026-10-01", None).is_err(),
        "without end"
    );
}

#[test]
fn the_command_draws_a_month_and_marks_its_days() {
    let desk = Desk::new();
    let dir = desk.path();
    lay(dir, &data());
    let grid = ok(dir, &["calendar", "2026-10"]);
    for part in [
        "2026 年 10 月",
        "国庆节",
        "10 班",
        " 1 休",
        "20:00 天文观测",
    ] {
        assert!(grid.contains(part), "{part} in\n{grid}");
    }
    let cells: Vec<&str> = grid.lines().skip(2).collect();
    assert!(cells[0].find(" 1 休") < cells[0].find(" 2 休"), "{grid}");
    // 1 October 2026 is a Thursday: three empty cells before it.
    assert!(cells[0].starts_with(&" ".repeat(48)), "{grid}");
    let list = ok(dir, &["calendar", "2026-10", "--list", "--org", "ZZ-0035"]);
    assert!(
        list.contains("天文观测") && !list.contains("大篷车"),
        "{list}"
    );
    assert!(list.contains("2/3"), "{list}");
    let days = json(dir, &["calendar", "2026-10"]);
    let days = days.as_array().unwrap();
    let kind = |day: usize| days[day - 1]["workday"].as_str().unwrap();
    assert_eq!(days.len(), 31);
    assert_eq!(
        (kind(1), kind(9), kind(10), kind(11)),
        ("holiday", "work", "made_up", "weekend")
    );
    assert_eq!(days[8]["activities"][1]["code"], "HD-2026-0001");
    let far = ok(dir, &["calendar", "2031-02"]);
    assert!(far.contains("2031 年尚无放假安排"), "{far}");
    assert_eq!(json(dir, &["calendar", "2031-02"])[0]["known"], false);
    let this = ok(dir, &["calendar", "--as-of", "2026-11-15"]);
    assert!(
        this.contains("2026 年 11 月") && this.contains("下月讲座"),
        "{this}"
    );
    assert_eq!(kezhi(dir, &["calendar", "2026-13"]).status.code(), Some(2));
}
