//! What is listed against what stands: by the command, within rights, and exactly what was planted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use kezhi::demo::{Plan, Size};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::region_rule;
use kezhi::domain::rule::{Case, STANDING, World, standing};
use kezhi::domain::value::Fields;
use kezhi::protocol::work::{Check, Finding};
use kezhi::protocol::{Answer, Request};
use kezhi::service::{Service, Session};
use kezhi::store::Store;

use crate::command::{Desk, json, kezhi, ok};
use crate::right::{org, service, who};

/// Rule, effect, and how many were planted at sizes S and M (D01 to D11, D12, D21, D25, D26).
const PLANTED: &[(&str, &str, usize, usize)] = &[
    ("R06.1-01", "违规", 1, 1),
    ("R06.2-02", "违规", 85, 11),
    ("R06.2六-02", "违规", 2, 5),
    ("R06.2三-02", "违规", 1, 1),
    ("R06.2二-04", "偏离", 1, 3),
    ("R06.2六-04", "偏离", 1, 9),
    ("R06.2二-06", "违规", 2, 2),
    ("R06.2六-07", "偏离", 1, 8),
    ("R06.2六-01", "违规", 1, 2),
    ("R06.2三-01", "违规", 0, 2),
    ("R06.2五-01", "违规", 0, 2),
    ("R06.2六-01", "提示", 1, 4),
    ("R06.2三-01", "提示", 0, 2),
    ("R06.2四-01", "提示", 0, 2),
    ("R06.2五-01", "提示", 0, 4),
    ("R06.2六-03", "偏离", 1, 12),
    ("R06.2二-03", "偏离", 0, 2),
    ("R06.2-01", "违规", 1, 2),
    ("R08.1-01", "违规", 1, 3),
    ("R08.1-03", "违规", 3, 110),
    ("R08.1-03", "疑点", 1, 40),
    ("R06.1-03", "违规", 1, 21),
];

/// What the lists of societies, universities, enterprises and parks leave open, and the plan's shares.
const SHARES: &[(&str, &str)] = &[
    ("R06.2-03", "违规"),
    ("R06.2-04", "违规"),
    ("R06.2-05", "违规"),
    ("R06.2-06", "违规"),
    ("R05.2-02", "提示"),
    ("R08.2-01", "违规"),
];

/// The demonstration data, by number and by the value of an indexed field.
#[derive(Default)]
struct Data {
    records: HashMap<Code, Record>,
    by: HashMap<(Kind, &'static str, String), Vec<u64>>,
}

impl Data {
    fn of(size: &str) -> Data {
        let plan = Plan::new(Size::named(size).unwrap(), day());
        let mut data = Data::default();
        let all = plan.organisations().chain(plan.volunteers());
        for record in all.chain(plan.activities()) {
            for field in record.kind.spec().fields.iter().filter(|one| one.indexed) {
                for text in record.texts(field.key) {
                    let key = (record.kind, field.key, text.to_owned());
                    data.by.entry(key).or_default().push(record.number);
                }
            }
            data.records.insert(record.code(), record);
        }
        data.by
            .values_mut()
            .for_each(|numbers| numbers.sort_unstable());
        data
    }
}

impl World for Data {
    fn record(&self, code: Code) -> Option<Record> {
        self.records.get(&code).cloned()
    }
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        let field = kind.spec().field(field).unwrap().key;
        let key = (kind, field, value.to_owned());
        self.by.get(&key).cloned().unwrap_or_default()
    }
    fn each(&self, _: Kind, _: &mut dyn FnMut(Record) -> bool) {
        unreachable!("a rule reads everything");
    }
    fn setting(&self, _: &str) -> Option<i64> {
        None
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap()
}

type Counts = BTreeMap<(String, String), usize>;

fn counts(data: &Data) -> Counts {
    let mut counts = Counts::new();
    let mut add = |rule: &str, effect: &str| {
        let key = (rule.to_owned(), effect.to_owned());
        *counts.entry(key).or_default() += 1;
    };
    let people = |code: &&Code| matches!(code.kind, Kind::Organisation | Kind::Volunteer);
    for code in data.records.keys().filter(people) {
        let case = Case {
            before: None,
            after: &data.records[code],
            act: STANDING,
            today: day(),
            world: data,
            sees: None,
        };
        standing(&case).for_each(|(rule, _)| add(rule.id, rule.strength.effect().zh));
    }
    for row in region_rule::RULES {
        let found = (row.list)(data, day());
        found
            .iter()
            .for_each(|_| add(row.rule.id, row.rule.strength.effect().zh));
    }
    counts
}

/// Exactly what was planted, and nothing else.
fn exactly(found: &Counts, at: fn(&(&str, &str, usize, usize)) -> usize) {
    let wanted: Counts = PLANTED
        .iter()
        .map(|row| ((row.0.to_owned(), row.1.to_owned()), at(row)))
        .filter(|row| row.1 > 0)
        .collect();
    let shares: BTreeSet<_> = SHARES
        .iter()
        .map(|(rule, effect)| ((*rule).to_owned(), (*effect).to_owned()))
        .collect();
    let rest: Counts = found
        .iter()
        .filter(|(key, _)| !shares.contains(*key))
        .map(|(key, count)| (key.clone(), *count))
        .collect();
    assert_eq!(rest, wanted);
}

#[test]
fn what_was_planted_at_size_m_is_found_and_nothing_else() {
    let data = Data::of("M");
    exactly(&counts(&data), |row| row.3);
    let late = (region_rule::RULES[2].list)(&data, day());
    let past = late
        .iter()
        .filter(|one| one.since.is_some_and(|since| since < day()));
    assert_eq!(past.count(), 4, "D02: the planned day has passed");
}

#[test]
fn the_command_finds_what_was_planted_and_narrows_it() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(
        dir,
        &["demo", "--size", "S", "--day", "2026-06-30", "--no-open"],
    );
    let check = |more: &[&str]| {
        let mut all = vec!["check", "--as-of", "2026-06-30"];
        all.extend(more);
        json(dir, &all).as_array().unwrap().clone()
    };
    let all = check(&[]);
    let keys: BTreeSet<&str> = BTreeSet::from([
        "rule", "article", "strength", "effect", "code", "name", "message", "since",
    ]);
    let mut found = Counts::new();
    for row in &all {
        let row = row.as_object().unwrap();
        assert_eq!(
            row.keys().map(String::as_str).collect::<BTreeSet<_>>(),
            keys
        );
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let article: u32 = text("rule")[1..3].parse().unwrap_or(0);
        if (4..=8).contains(&article) && !text("code").starts_with("PQ") {
            *found.entry((text("rule"), text("effect"))).or_default() += 1;
        }
    }
    exactly(&found, |row| row.2);
    assert!(
        check(&["--article", "8"])
            .iter()
            .all(|row| row["article"].as_str().unwrap().starts_with("第八条"))
    );
    assert_eq!(
        check(&["--article", "第八条"]).len(),
        check(&["--article", "8"]).len()
    );
    assert_eq!(check(&["--article", "15"]).len(), 0);
    let missing = check(&["--rule", "r06.1-01"]);
    assert_eq!((missing.len(), &missing[0]["code"]), (1, &"152900".into()));
    assert_eq!(missing[0]["since"], serde_json::Value::Null);
    let vacant = &check(&["--rule", "R06.2三-02"])[0];
    assert_eq!(vacant["since"], "2026-05-30");
    assert_eq!(
        (&vacant["strength"], &vacant["effect"]),
        (&"必须".into(), &"违规".into())
    );
    for named in ["ZZ-0005", "赤峰市科技志愿服务队", "赤峰"] {
        let rows = check(&["--org", named, "--rule", "R06.2-02"]);
        let codes: Vec<&str> = rows
            .iter()
            .map(|row| row["code"].as_str().unwrap())
            .collect();
        assert!(
            codes.len() > 3 && codes.iter().all(|code| code.starts_with("1504")),
            "{codes:?}"
        );
    }
    let english = check(&["--lang", "en", "--rule", "R06.2三-02"]);
    assert_eq!(english[0]["message"], "it has had no 队长 for 31 days");
    let said = ok(dir, &["check", "--as-of", "2026-06-30", "--article", "6"]);
    for part in [
        "R06.2-02  第六条第二款  违规 85 条",
        "… 还有 75 条：kezhi check --rule R06.2-02",
        "已空缺 31 天",
        "共 ",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    for (args, exit, part) in [
        (["--article", "22"], 2, "没有「22」条"),
        (["--article", "零"], 2, "没有「零」条"),
        (["--rule", "R99-01"], 2, "没有规则"),
        (["--org", "无此队"], 4, "没有叫「无此队」"),
        (["--org", "ZZ-9999"], 4, "ZZ-9999"),
        (["--org", "ZY-000001"], 4, "ZY-000001"),
        (["--org", "左旗"], 4, "可指"),
    ] {
        let out = kezhi(dir, &["check", args[0], args[1]]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(exit), "{args:?}: {said}");
        assert!(said.contains(part), "{args:?}: {said}");
    }
}

fn checked(service: &Service, session: &Session, check: Check) -> Vec<Finding> {
    match service.handle(session, Request::Check(check)) {
        Ok(Answer::Findings(found)) => found,
        other => panic!("{other:?}"),
    }
}

/// Teams and people with something against them: two in 赤峰, one in 呼和浩特.
fn put(dir: &std::path::Path) {
    drop(service(dir));
    let store = Store::open(&dir.join("store.redb")).unwrap();
    let mut writer = store.write().unwrap();
    for (kind, number, fields) in [
        (
            Kind::Organisation,
            117,
            &[
                ("name", "藏队"),
                ("kind", "旗县队"),
                ("parent", "ZZ-0001"),
                ("area", "150402"),
                ("status", "已成立"),
            ][..],
        ),
        (
            Kind::Volunteer,
            1,
            &[
                ("name", "藏名人"),
                ("phone", "139"),
                ("id_number", "11010519491231002X"),
                ("teams", "ZZ-0002"),
                ("status", "在册"),
            ],
        ),
        (
            Kind::Volunteer,
            2,
            &[
                ("name", "单立文"),
                ("phone", "13912344471"),
                ("id_number", "11010519491231002X"),
                ("teams", "ZZ-0035"),
                ("status", "在册"),
            ],
        ),
    ] {
        let mut record = Record::new(kind, number, Fields::new());
        record.rev = 1;
        for (key, text) in fields {
            let value = match *key {
                "teams" => vec![(*text).to_owned()].into(),
                _ => (*text).into(),
            };
            record.set(key, value);
        }
        writer.put(&record).unwrap();
    }
    writer.commit().unwrap();
}

#[test]
fn one_sees_what_is_against_ones_own_and_nothing_of_others() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path());
    let service = Service::open(dir.path(), 1, true).unwrap();
    let head = service.join(who(&[Role::Head], 1), |_| {});
    let chifeng = service.join(who(&[Role::Operator], 5), |_| {});
    let admin = service.join(who(&[Role::Admin], 1), |_| {});
    let all = checked(&service, &head, Check::default());
    assert!(all.iter().any(|one| one.message.zh.contains("藏名人")));
    let mine = checked(&service, &chifeng, Check::default());
    let said = format!("{mine:?}");
    assert!(
        !said.contains("藏名人") && !said.contains("ZY-000001"),
        "{said}"
    );
    assert!(
        said.contains("您管辖范围之外的记录"),
        "the double is told without its name"
    );
    let places: BTreeSet<&str> = mine
        .iter()
        .map(|one| one.code.as_str())
        .filter(|code| code.starts_with('1'))
        .collect();
    assert_eq!(
        places.len(),
        12,
        "the league and the eleven counties without a team"
    );
    assert!(places.iter().all(|code| code.starts_with("1504")));
    // What is listed below one organisation is the same for both.
    let within = |session| {
        let check = Check {
            within: Some(org(5)),
            ..Check::default()
        };
        checked(&service, session, check).len()
    };
    assert_eq!(within(&head), mine.len());
    assert_eq!(within(&chifeng), mine.len());
    for check in [
        Check {
            within: Some(org(2)),
            ..Check::default()
        },
        Check {
            named: "呼和浩特市".into(),
            ..Check::default()
        },
    ] {
        let refused = service.handle(&chifeng, Request::Check(check)).unwrap_err();
        assert_eq!(refused.kind, RefusalKind::NotFound);
    }
    let refused = service.handle(&admin, Request::Check(Check::default()));
    assert_eq!(refused.unwrap_err().kind, RefusalKind::NotPermitted);
}

#[test]
fn what_is_listed_of_a_record_is_what_its_card_says() {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path());
    let service = Service::open(dir.path(), 1, true).unwrap();
    for roots in [1, 5] {
        let session = service.join(who(&[Role::Operator], roots), |_| {});
        let listed = checked(&service, &session, Check::default());
        let mut some = 0;
        for code in (1..=117)
            .map(org)
            .chain((1..=2).map(|number| Code::new(Kind::Volunteer, number)))
        {
            let Ok(Answer::View(view)) = service.handle(&session, Request::Show(code)) else {
                continue;
            };
            let mut card: Vec<_> = view
                .findings
                .iter()
                .map(|one| {
                    (
                        one.message.zh.clone(),
                        one.article.clone().unwrap_or_default(),
                    )
                })
                .collect();
            let of = listed.iter().filter(|one| one.code == code.to_string());
            let mut list: Vec<_> = of
                .map(|one| (one.message.zh.clone(), one.article.clone()))
                .collect();
            card.sort();
            list.sort();
            some += list.len();
            assert_eq!(card, list, "{code}");
        }
        assert!(some > 3, "{some}");
    }
}
