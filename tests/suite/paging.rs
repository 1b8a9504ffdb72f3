//! Pages: every row once, in the order that was asked for, however the list is cut.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::RefusalKind;
use kezhi::protocol::{Answer, List, Request};

use crate::command::{Desk, json, kezhi, ok};
use crate::right::{new_person, org, service, who};

fn rows(dir: &std::path::Path, args: &[&str]) -> Vec<serde_json::Value> {
    let mut all = vec!["list", "volunteer"];
    all.extend(args);
    json(dir, &all).as_array().unwrap().clone()
}

fn codes(rows: &[serde_json::Value]) -> Vec<String> {
    let code = |row: &serde_json::Value| row["code"].as_str().unwrap().to_owned();
    rows.iter().map(code).collect()
}

#[test]
fn a_sorted_list_of_five_thousand_is_paged_by_its_order() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(
        dir,
        &["demo", "--size", "S", "--people", "5000", "--no-open"],
    );
    let all = rows(dir, &["--limit", "9999"]);
    assert_eq!(all.len(), 5000);
    for (sort, filters) in [
        ("name", &[][..]),
        ("-joined_on", &[]),
        ("confirmed_on", &["--where", "status=在册"]),
    ] {
        // Many rows share a value, or have none: ties stand by their code in both directions.
        let key = sort.trim_start_matches('-');
        let mut expected: Vec<_> = all
            .iter()
            .filter(|row| filters.is_empty() || row["fields"]["status"] == "在册")
            .collect();
        expected.sort_by(|one, other| {
            let value = |row: &serde_json::Value| row["fields"][key].as_str().map(str::to_owned);
            let order = value(one).cmp(&value(other));
            if sort.starts_with('-') {
                order.reverse()
            } else {
                order
            }
        });
        let expected: Vec<String> = codes(&expected.into_iter().cloned().collect::<Vec<_>>());
        let mut paged: Vec<String> = Vec::new();
        loop {
            let mut args = vec!["--sort", sort, "--limit", "1300"];
            args.extend(filters);
            let last = paged.last().cloned();
            if let Some(last) = &last {
                args.extend(["--after", last]);
            }
            let page = codes(&rows(dir, &args));
            let full = page.len() == 1300;
            paged.extend(page);
            if !full {
                break;
            }
        }
        assert!(paged == expected, "by {sort}");
    }
    // A terminal is told how to go on, sorted or not.
    let out = kezhi(
        dir,
        &["list", "volunteer", "--sort", "name", "--limit", "3"],
    );
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("--after ZY-"), "{said}");
}

#[test]
fn a_page_begins_only_after_a_record_that_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let service = service(dir.path());
    let head = service.join(who(&[Role::Head], 1), |_| {});
    for (name, team) in [
        ("甲一", "ZZ-0035"),
        ("乙二", "ZZ-0002"),
        ("丙三", "ZZ-0035"),
    ] {
        service.handle(&head, new_person(name, team)).unwrap();
    }
    let chifeng = service.join(who(&[Role::Operator], 5), |_| {});
    let after = |code: Code| {
        let list = List {
            kind: Kind::Volunteer,
            filters: vec![],
            within: None,
            sort: Some("name".into()),
            after: Some(code),
            as_of: None,
            limit: 9,
        };
        match service.handle(&chifeng, Request::List(list)) {
            Ok(Answer::Views(views)) => Ok(views.len()),
            Ok(_) => panic!(),
            Err(refusal) => Err(refusal.kind),
        }
    };
    let person = |number| Code::new(Kind::Volunteer, number);
    assert_eq!(after(person(3)), Ok(1), "丙 stands before 甲");
    assert_eq!(after(person(1)), Ok(0));
    for hidden in [person(2), person(99), org(35)] {
        assert_eq!(after(hidden), Err(RefusalKind::NotFound));
    }
}
