//! Imports within the service: what dies, what others write, scopes, and any cells at all.

use std::path::Path;

use kezhi::domain::kind::Kind;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Fields;
use kezhi::protocol::{Act, Answer, Change, Request, SheetRow};
use kezhi::service::{Service, Session};
use proptest::prelude::*;

fn open(dir: &Path) -> (std::sync::Arc<Service>, Session) {
    let service = Service::open(dir, 1, true).unwrap();
    let session = service.join(service.identify(1, Some("试")).unwrap(), |_| ());
    (service, session)
}

fn row(row: u64, cells: &[(&str, &str)]) -> SheetRow {
    let fields: Fields = cells
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).into()))
        .collect();
    SheetRow {
        row,
        fields,
        problems: Vec::new(),
    }
}

fn person(phone: &str) -> [(&str, &str); 3] {
    [("name", "甲"), ("phone", phone), ("teams", "ZZ-0035")]
}

fn people(service: &Service, session: &Session) -> usize {
    let export = Request::Export {
        kind: Kind::Volunteer,
        after: 0,
        full: None,
    };
    match service.handle(session, export).unwrap() {
        Answer::Views(views) => views.len(),
        other => panic!("{other:?}"),
    }
}

fn start(service: &Service, session: &Session) {
    let open = Request::ImportOpen {
        kind: Kind::Volunteer,
        source: "a.csv".into(),
    };
    service.handle(session, open).unwrap();
}

#[test]
fn a_session_that_goes_away_in_the_middle_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (service, session) = open(dir.path());
    start(&service, &session);
    let rows = vec![row(2, &person("13912344471"))];
    service.handle(&session, Request::ImportRows(rows)).unwrap();
    service.leave(&session);
    drop(session);
    let other = service.join(service.identify(1, None).unwrap(), |_| ());
    assert_eq!(people(&service, &other), 0);
    let close = service.handle(&other, Request::ImportClose { write: true });
    assert_eq!(close.unwrap_err().kind, RefusalKind::Usage);
    service.close();
}

#[test]
fn what_others_write_meanwhile_is_seen_at_the_close_and_stops_all_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let (service, session) = open(dir.path());
    start(&service, &session);
    let rows = vec![
        row(2, &person("13912344471")),
        row(3, &person("13912344472")),
    ];
    let Answer::Problems(answer) = service.handle(&session, Request::ImportRows(rows)).unwrap()
    else {
        panic!("no answer");
    };
    assert_eq!((answer.new, answer.problems.len()), (2, 0));
    let change = Change {
        act: Act::New(Kind::Volunteer),
        fields: row(0, &person("13912344472")).fields,
        confirmed: false,
        reason: String::new(),
    };
    service
        .handle(&session, Request::Make { token: 0, change })
        .unwrap();
    let refusal = service
        .handle(&session, Request::ImportClose { write: true })
        .unwrap_err();
    assert!(
        refusal.message.zh.starts_with("第 3 行："),
        "{}",
        refusal.message.zh
    );
    assert_eq!(people(&service, &session), 1);
    // The service is as it was: the next import goes through.
    start(&service, &session);
    let rows = vec![row(2, &person("13912344471"))];
    service.handle(&session, Request::ImportRows(rows)).unwrap();
    let close = Request::ImportClose { write: true };
    assert_eq!(service.handle(&session, close).unwrap(), Answer::Done(1));
    assert_eq!(people(&service, &session), 2);
    service.close();
}

#[test]
fn an_import_reaches_no_further_than_the_scope_of_who_makes_it() {
    let dir = tempfile::tempdir().unwrap();
    let (service, session) = open(dir.path());
    start(&service, &session);
    let mine = [
        ("name", "单立文"),
        ("id_number", "11010519491231002X"),
        ("phone", "13912344471"),
        ("teams", "ZZ-0002"),
    ];
    service
        .handle(&session, Request::ImportRows(vec![row(2, &mine)]))
        .unwrap();
    service
        .handle(&session, Request::ImportClose { write: true })
        .unwrap();
    let who = kezhi::protocol::Who {
        uid: 7,
        name: "赤峰".into(),
        roles: vec![kezhi::domain::operator::Role::Operator],
        scope: vec![kezhi::domain::kind::Code::new(Kind::Organisation, 5)],
        ..Default::default()
    };
    let other = service.join(who, |_| ());
    start(&service, &other);
    let rows = vec![
        row(2, &mine),
        row(
            3,
            &[
                ("name", "甲"),
                ("phone", "13912344472"),
                ("teams", "呼和浩特市"),
            ],
        ),
        row(4, &[("code", "ZY-000001"), ("employer", "某局")]),
        row(5, &person("13912344473")),
    ];
    let Answer::Problems(answer) = service.handle(&other, Request::ImportRows(rows)).unwrap()
    else {
        panic!("no answer");
    };
    let mut rows: Vec<u64> = answer.problems.iter().map(|problem| problem.0).collect();
    rows.dedup();
    assert_eq!(
        (rows, answer.new),
        (vec![2, 3, 4], 1),
        "{:?}",
        answer.problems
    );
    let told = format!("{:?}", answer.problems);
    assert!(
        !told.contains("单立文"),
        "who is out of sight is not named: {told}"
    );
    service.close();
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        any::<String>(),
        "[0-9xX.+E中 '/、-]{0,20}",
        Just("红山区".to_owned()),
        Just("13912344471".to_owned()),
        Just("11010519491231002X".to_owned()),
        Just("ZZ-0035".to_owned()),
        Just("ZY-000001".to_owned()),
        Just("2024-03-05".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_cells_are_taken_or_refused_with_a_sentence(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 27), 1..30),
        kind in prop_oneof![Just(Kind::Volunteer), Just(Kind::Organisation)],
    ) {
        let dir = tempfile::tempdir().unwrap();
        let (service, session) = open(dir.path());
        let path = dir.path().join("a.csv");
        let mut writer = csv::WriterBuilder::new().flexible(true).from_path(&path).unwrap();
        let fields = kind.spec().fields;
        writer.write_record(std::iter::once("编号").chain(fields.iter().map(|field| field.label.zh))).unwrap();
        for cells in &rows {
            writer.write_record(cells.iter().take(fields.len() + 1)).unwrap();
        }
        drop(writer);
        let sheet = kezhi::exchange::sheet::read(&path, fields).unwrap();
        service.handle(&session, Request::ImportOpen { kind, source: "a.csv".into() }).unwrap();
        let mut sent = Vec::new();
        for (row, line) in sheet.lines(kind.spec().prefix) {
            match line {
                kezhi::exchange::sheet::Line::Record(fields, problems) => sent.push(SheetRow { row, fields, problems }),
                kezhi::exchange::sheet::Line::Beside(said) => prop_assert!(!said.is_empty()),
            }
        }
        let count = sent.len() as u64;
        let Answer::Problems(answer) = service.handle(&session, Request::ImportRows(sent)).unwrap() else {
            panic!("no answer");
        };
        let mut refused: Vec<u64> = answer.problems.iter().map(|problem| problem.0).collect();
        refused.dedup();
        prop_assert_eq!(answer.new + answer.updated + answer.unchanged + refused.len() as u64, count);
        for (_, refusal) in &answer.problems {
            prop_assert!(!refusal.message.zh.is_empty() && !refusal.message.en.is_empty());
        }
        let written = service.handle(&session, Request::ImportClose { write: true });
        prop_assert_eq!(written, Ok(Answer::Done(answer.new + answer.updated)));
        service.close();
    }
}
