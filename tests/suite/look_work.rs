//! Pane 3 in its five lists, and the cards of the work: cells and roles, in three sizes.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::{Lang, Said};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::work::Facts;
use kezhi::protocol::{Request, Row, View};
use kezhi::say;
use kezhi::tui::theme::Theme;

use crate::look::{Stage, coded};
use crate::look_data::{list, row, unit, view};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// A check code whose digits agree.
pub const CHECK: &str = "1234567889";

pub fn with_facts(mut rows: Vec<Row>) -> Vec<Row> {
    let facts = [
        (Some((12, 20)), 2, Some((2, 1)), "2024-05-26"),
        (Some((30, 30)), 0, Some((0, 0)), "2024-05-28"),
        (Some((6, 8)), 1, None, "2024-05-02"),
        (Some((10, 0)), 1, None, "2024-01-12"),
    ];
    for (row, (people, agreements, lacking, day)) in rows.iter_mut().zip(facts) {
        row.facts = Facts {
            people,
            agreements: Some((agreements, agreements)),
            holes: lacking.map(|one: (usize, usize)| one.0),
            untold: lacking.map(|one| one.1),
            day: day.into(),
            ..Facts::default()
        };
    }
    rows
}

fn fact(row: Row, day: &str, about: &str, signed: Option<(usize, usize)>) -> Row {
    Row {
        facts: Facts {
            agreements: signed,
            day: day.into(),
            about: about.into(),
            ..Facts::default()
        },
        ..row
    }
}

pub fn rows(kind: Kind) -> Vec<Row> {
    let of = |number: u64, title: &str, team: &str, status: &str, day: &str| {
        row(kind, number, title, unit(team), status, day)
    };
    match kind {
        Kind::Agreement => vec![
            fact(
                of(
                    2_024_000_093,
                    "红山区队与张伟、红山区第三小学服务协议",
                    "ZZ-0035",
                    "待签",
                    "2024-05-20",
                ),
                "2025-05-19",
                "",
                Some((2, 3)),
            ),
            fact(
                of(
                    2_024_000_040,
                    "科技馆讲解服务协议",
                    "ZZ-0002",
                    "生效",
                    "2023-05-20",
                ),
                "2024-05-19",
                "",
                Some((2, 2)),
            ),
            fact(
                of(2_024_000_094, "长期农技服务协议", "ZZ-0038", "草稿", ""),
                "",
                "",
                Some((0, 2)),
            ),
        ],
        Kind::Need => vec![
            fact(
                of(
                    2_024_000_021,
                    "请派人讲草原鼠害防治",
                    "ZZ-0035",
                    "待核",
                    "2024-05-10",
                ),
                "2024-05-17",
                "红山区某嘎查",
                None,
            ),
            fact(
                of(2_024_000_022, "小学科学课", "ZZ-0036", "已核", "2024-05-23"),
                "2024-05-30",
                "红山区第三小学",
                None,
            ),
            fact(
                of(2_024_000_009, "义诊", "ZZ-0002", "未受理", "2024-03-01"),
                "2024-03-08",
                "某社区",
                None,
            ),
        ],
        Kind::Certificate => [
            (
                2_024_000_011,
                "敖日格乐哈斯其木格",
                "有效",
                "2024-05-20",
                1250,
            ),
            (2_024_000_012, "张伟", "待更正", "2024-05-02", 150),
            (2_024_000_013, "欧阳静怡", "申请", "2024-05-29", 0),
        ]
        .into_iter()
        .map(|(number, name, status, day, minutes)| {
            let mut row = fact(
                of(number, name, "ZZ-0035", status, ""),
                day,
                "2024-01-01/2024-05-01",
                None,
            );
            row.facts.minutes = (minutes > 0).then_some(minutes);
            row
        })
        .collect(),
        Kind::Insurance => vec![
            fact(
                of(7, "PICC-2024-778120", "ZZ-0035", "有效", "2024-01-01"),
                "2024-12-31",
                "人保财险",
                None,
            ),
            fact(
                of(8, "TB-0099", "ZZ-0002", "退保", "2024-03-01"),
                "2024-03-31",
                "太平洋保险",
                None,
            ),
        ],
        _ => Vec::new(),
    }
}

fn map(cells: &[(&str, Value)]) -> Value {
    Value::Map(Fields::from_iter(
        cells
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone())),
    ))
}

fn sessions() -> Value {
    let one = |start: &str, end: &str| map(&[("start", start.into()), ("end", end.into())]);
    Value::List(vec![
        one("2024-05-26T09:00", "2024-05-26T11:30"),
        one("2024-05-27T22:00", "2024-05-28T02:00"),
    ])
}

fn rule(zh: &str, en: &str, article: &str, hint: (&str, &str), must: bool) -> Refusal {
    let kind = if must {
        RefusalKind::Rule
    } else {
        RefusalKind::Confirm
    };
    let said = |zh: &str, en: &str| Said {
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    Refusal::new(kind, said(zh, en))
        .article(article)
        .hint(said(hint.0, hint.1))
}

pub fn show(code: Code) -> Option<View> {
    Some(match (code.kind, code.number % 1_000_000) {
        (Kind::Activity, 147) => activity(code),
        (Kind::Agreement, _) => agreement(code),
        (Kind::Certificate, number) => certificate(code, number == 12),
        _ => return None,
    })
}

fn activity(code: Code) -> View {
    let mut shown = view(
        code,
        &[
            ("title", "草原防火科普行".into()),
            ("org", "ZZ-0035".into()),
            ("status", "招募".into()),
            ("area", "150402".into()),
            ("place", "红山区某林场".into()),
            ("sessions", sessions()),
            ("day", "2024-05-26".into()),
            ("days", list(&["2024-05-26", "2024-05-27", "2024-05-28"])),
            ("needed", 20.into()),
            (
                "parts",
                Value::List(vec![
                    map(&[("role", "讲解".into()), ("count", 4.into())]),
                    map(&[("role", "安全员".into()), ("count", 2.into())]),
                ]),
            ),
            ("scope", "基层阵地科普服务".into()),
            ("dangers", list(&["野外", "草原森林防火"])),
            ("fee", 0.into()),
            ("major", Value::Flag(false)),
            ("recipient", "红山区某林场".into()),
        ],
        &[],
    );
    shown.told = vec![
        say!("12/20 人同意，3 人待答", "12 of 20 agreed, 3 open"),
        say!(
            "有人身危险：1 人未告知，2 人保险有缺口",
            "dangerous: 1 not told, 2 not insured throughout"
        ),
    ];
    shown.findings = vec![
        rule(
            "2 人在活动期间没有保险：张伟、王·巴特尔",
            "2 people are not insured throughout",
            "第九条（六）",
            ("登记保单：F7 保单", "enter a policy: F7"),
            true,
        ),
        rule(
            "形式未填",
            "no form is given",
            "第十二条",
            ("F4 补上", "F4 adds it"),
            false,
        ),
    ];
    shown
}

fn agreement(code: Code) -> View {
    let mut shown = view(
        code,
        &[
            ("title", "红山区队与张伟、红山区第三小学服务协议".into()),
            ("status", "待签".into()),
            ("version", 2.into()),
            ("org", "ZZ-0035".into()),
            ("volunteers", list(&["ZY-000002"])),
            ("recipient", "红山区第三小学".into()),
            ("activity", "HD-2024-0147".into()),
            ("from", "2024-05-20".into()),
            ("to", "2025-05-19".into()),
            ("rights", "组织提供培训和保险；志愿者按约定到场；学校安排教室。\n任何一方不能继续的，提前七日通知其他各方，商定交接后终止。".into()),
            ("content", "每周一次科学课".into()),
            ("way", "到校授课".into()),
            ("time", "每周三下午".into()),
            ("place", "红山区第三小学".into()),
            ("conditions", "教室、投影".into()),
            ("other", "无".into()),
            (
                "signatures",
                Value::List(vec![
                    map(&[
                        ("party", "组织".into()),
                        ("on", "2024-05-21".into()),
                        ("way", "盖章".into()),
                        ("version", 2.into()),
                    ]),
                    map(&[
                        ("party", "ZY-000002".into()),
                        ("on", "2024-05-20".into()),
                        ("way", "当面签字".into()),
                        ("by", "张伟".into()),
                        ("version", 1.into()),
                    ]),
                ]),
            ),
        ],
        &[],
    );
    shown.names.insert("ZY-000002".into(), "张伟".into());
    shown
        .names
        .insert("HD-2024-0147".into(), "草原防火科普行".into());
    shown.told = vec![
        say!(
            "第十三条要素未填：安全保障措施",
            "elements of article 13 still open: Safety"
        ),
        say!(
            "第 2 版待签：张伟、红山区第三小学",
            "version 2 is to be signed by: 张伟、红山区第三小学"
        ),
    ];
    shown
}

fn certificate(code: Code, red: bool) -> View {
    let line = |record: &str, day: &str, activity: &str, minutes: i64| {
        map(&[
            ("record", record.into()),
            ("day", day.into()),
            ("activity", activity.into()),
            ("org", "红山区科技志愿者队".into()),
            ("minutes", minutes.into()),
        ])
    };
    let status = if red { "待更正" } else { "有效" };
    let mut shown = view(
        code,
        &[
            ("volunteer", "ZY-000002".into()),
            ("name", "张伟".into()),
            ("from", "2024-01-01".into()),
            ("to", "2024-05-01".into()),
            ("purpose", "评优".into()),
            ("minutes", 150.into()),
            ("check_code", CHECK.into()),
            ("org", "ZZ-0035".into()),
            ("issued_on", "2024-05-02".into()),
            ("version", 1.into()),
            ("status", status.into()),
            (
                "rows",
                Value::List(vec![
                    line("FW-0000101", "2024-02-10", "科技馆讲解", 90),
                    line("FW-0000102", "2024-03-11", "冬季农技服务", 60),
                ]),
            ),
        ],
        &[],
    );
    shown.names.insert("ZY-000002".into(), "张伟".into());
    shown.told = match red {
        true => vec![
            say!(
                "待更正：所据记录有撤销或改动，原载 2 小时 30 分 不能再作证明",
                "to be corrected: records below it changed, the 2 h 30 min it says no longer stand"
            ),
            say!(
                "须告知：张伟本人，及收到证明的单位（评优）；现在已确认 1 小时 30 分",
                "to be told: 张伟, and whoever received it (评优); confirmed now: 1 h 30 min"
            ),
        ],
        false => vec![say!(
            "有效：张伟，2024-01-01 至 2024-05-01 服务 2 小时 30 分，2024-05-02 出具",
            "valid: 张伟, 2 h 30 min from 2024-01-01 to 2024-05-01, issued on 2024-05-02"
        )],
    };
    shown
}

/// The screens, and the keys that lead there.
const SCREENS: &[(&str, &[&str])] = &[
    ("activities", &["Esc", "3"]),
    ("agreements", &["Esc", "3", "p"]),
    ("needs", &["Esc", "3", "p", "p"]),
    ("certificates", &["Esc", "3", "p", "p", "p"]),
    ("policies", &["Esc", "3", "p", "p", "p", "p"]),
    ("card-activity", &["Esc", "3", "Enter"]),
    ("card-agreement", &["Esc", "3", "p", "Enter"]),
    ("card-certificate", &["Esc", "3", "p", "p", "p", "Enter"]),
    ("card-red", &["Esc", "3", "p", "p", "p", "Down", "Enter"]),
    ("check-code", &["F2", CHECK]),
    ("new-below", &["Esc", "3", "F7"]),
    ("templates", &["Esc", "3", "p", "F7"]),
];

#[test]
fn the_work_in_three_sizes() {
    for (name, keys) in SCREENS {
        for (width, height) in SIZES {
            let mut stage = Stage::new(Lang::Zh, coded("line"), width, height);
            stage.keys(keys);
            insta::assert_snapshot!(format!("{name}-{width}"), stage.text());
            insta::assert_snapshot!(format!("{name}-{width}-roles"), stage.roles());
            if matches!(
                *name,
                "activities" | "agreements" | "card-activity" | "card-agreement" | "card-red"
            ) {
                let mut stage = Stage::new(Lang::En, coded("line"), width, height);
                stage.keys(keys);
                insta::assert_snapshot!(format!("{name}-en-{width}"), stage.text());
            }
        }
    }
}

#[test]
fn every_fact_of_a_row_is_told_at_every_width() {
    for (lang, facts) in [
        (Lang::Zh, ["12/20", "保缺2告缺1", "保全", "签 2/3", "05-19"]),
        (
            Lang::En,
            ["12/20", "ins-2 told-1", "covered", "sig 2/3", "05-19"],
        ),
    ] {
        for (width, height) in SIZES {
            let mut stage = Stage::new(lang, Theme::named("dark"), width, height);
            stage.keys(&["Esc", "3"]);
            let mut text = stage.text();
            stage.keys(&["p"]);
            text.push_str(&stage.text());
            for fact in facts {
                assert!(text.contains(fact), "{fact} at {width}:\n{text}");
            }
        }
    }
}

#[test]
fn p_turns_the_lists_and_each_keeps_what_was_looked_for() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(&["Esc", "p"]);
    assert_eq!(stage.app.focus, 2, "from another pane it goes there first");
    assert!(stage.text().contains("3 活动"), "{}", stage.text());
    stage.keys(&["Space", "p", "/", "农技"]);
    assert!(
        stage.text().contains("3 协议  查找: 农技"),
        "{}",
        stage.text()
    );
    stage.app.key(&crate::look::code("Esc").unwrap());
    stage.draw();
    stage.keys(&["Esc", "p", "p", "p", "p"]);
    assert_eq!(stage.app.work_kind(), Kind::Activity);
    assert_eq!(
        stage.app.lists[1].marked.len(),
        1,
        "the mark is still there"
    );
    // On the tree it shows the work of the selected unit.
    stage.keys(&["1", "Down", "p"]);
    assert_eq!(stage.app.focus, 2);
    assert_eq!(stage.app.lists[1].within, stage.app.tree.code());
    stage.keys(&["p"]);
    assert_eq!(stage.app.lists[1].within, stage.app.tree.code());
}

#[test]
fn an_answer_to_another_list_is_dropped() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("dark"), 120, 36);
    stage.keys(&["Esc", "3"]);
    stage.app.key(&crate::look::code("F5").unwrap());
    let old = stage.app.take_calls();
    stage.keys(&["p"]);
    for (tag, request) in old {
        if let Request::Find(find) = &request {
            let answer = kezhi::protocol::Answer::Found(crate::look_data::found(find));
            stage.app.answer(tag, Ok(answer));
        }
    }
    stage.draw();
    let kinds: Vec<Kind> = stage.app.lists[1].rows.iter().map(|row| row.kind).collect();
    assert!(
        kinds.iter().all(|kind| *kind == Kind::Agreement),
        "{kinds:?}"
    );
}
