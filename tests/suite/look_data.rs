//! The records of the sessions that are played without a service.

use kezhi::domain::change::{Entry, FieldChange};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Find, Found, LogEntry, Node, Row, View, Why};

pub fn volunteer(number: u64) -> Code {
    Code::new(Kind::Volunteer, number)
}

const PEOPLE: &[(&str, &str, &str, &str, &str)] = &[
    ("单立文", "ZZ-0035", "140****4471", "在册", "2024-05-20"),
    ("张伟", "ZZ-0035", "140****5521", "在册", "2024-05-18"),
    (
        "敖日格乐哈斯其木格",
        "ZZ-0038",
        "140****0042",
        "暂停",
        "2024-04-02",
    ),
    ("欧阳静怡", "ZZ-0036", "140****9917", "待核", "2024-03-11"),
    ("王·巴特尔", "ZZ-0003", "140****2208", "在册", "2024-03-09"),
    ("郑婉清", "ZZ-0004", "140****7736", "已退出", "2023-11-30"),
];

const UNITS: &[(u64, u64, &str, &str, &str, u32)] = &[
    (1, 0, "内蒙古自治区科技志愿服务总队", "总队", "已成立", 0),
    (2, 1, "呼和浩特市科技志愿服务队", "盟市队", "已成立", 12),
    (3, 1, "包头市科技志愿服务队", "盟市队", "已成立", 8),
    (4, 1, "乌海市科技志愿服务队", "盟市队", "筹建", 1),
    (5, 1, "赤峰市科技志愿服务队", "盟市队", "已成立", 30),
    (35, 5, "红山区科技志愿者队", "旗县队", "已成立", 41),
    (36, 5, "元宝山区科技志愿者队", "旗县队", "应成立", 0),
    (
        38,
        5,
        "莫力达瓦达斡尔族自治旗科技志愿者队",
        "旗县队",
        "筹建",
        3,
    ),
];

pub fn unit(code: &str) -> &'static str {
    let number = Code::read(code).unwrap().number;
    UNITS.iter().find(|unit| unit.0 == number).unwrap().2
}

pub fn row(kind: Kind, number: u64, title: &str, owner: &str, status: &str, day: &str) -> Row {
    Row {
        code: Code::new(kind, number),
        kind,
        title: title.into(),
        subtitle: owner.into(),
        area: String::new(),
        phone: String::new(),
        status: status.into(),
        day: day.into(),
        why: Vec::new(),
        facts: Default::default(),
    }
}

fn rows(kind: Kind) -> Vec<Row> {
    match kind {
        Kind::Volunteer => PEOPLE
            .iter()
            .zip(1..)
            .map(|((name, team, phone, status, day), number)| Row {
                area: "赤峰市红山区".into(),
                phone: (*phone).into(),
                ..row(kind, number, name, unit(team), status, day)
            })
            .collect(),
        Kind::Organisation => UNITS
            .iter()
            .map(|(number, parent, name, kind_of, status, _)| {
                let above = UNITS.iter().find(|unit| unit.0 == *parent);
                let above = above.map_or("", |unit| unit.2);
                let owner = format!("{kind_of} {above}");
                row(kind, *number, name, owner.trim_end(), status, "2022-12-19")
            })
            .collect(),
        Kind::Activity => crate::look_work::with_facts(vec![
            row(
                kind,
                2_024_000_147,
                "草原防火科普行",
                unit("ZZ-0035"),
                "招募",
                "2024-05-26",
            ),
            row(
                kind,
                2_024_000_151,
                "科技活动周进社区、进学校、进园区巡讲",
                unit("ZZ-0005"),
                "进行",
                "2024-05-28",
            ),
            row(
                kind,
                2_024_000_139,
                "科技馆讲解",
                unit("ZZ-0002"),
                "招募",
                "2024-05-02",
            ),
            row(
                kind,
                2_024_000_100,
                "冬季农技服务",
                unit("ZZ-0038"),
                "结项",
                "2024-01-12",
            ),
        ]),
        Kind::Complaint => vec![
            row(
                kind,
                2_024_000_012,
                "活动现场安全隐患",
                unit("ZZ-0005"),
                "受理",
                "2024-05-24",
            ),
            row(
                kind,
                2_024_000_009,
                "服务时长登记有误",
                unit("ZZ-0002"),
                "办理",
                "2024-05-11",
            ),
            row(
                kind,
                2_024_000_003,
                "变相收取费用",
                unit("ZZ-0003"),
                "办结",
                "2024-03-02",
            ),
        ],
        _ => crate::look_work::rows(kind),
    }
}

pub fn view(code: Code, fields: &[(&str, Value)], masked: &[&str]) -> View {
    let fields: Fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect();
    let mut names: std::collections::BTreeMap<String, String> = UNITS
        .iter()
        .map(|unit| {
            (
                Code::new(Kind::Organisation, unit.0).to_string(),
                unit.2.to_owned(),
            )
        })
        .collect();
    names.insert("150402".into(), "赤峰市红山区".into());
    View {
        code,
        kind: code.kind,
        rev: 3,
        fields,
        names,
        masked: masked.iter().map(|key| (*key).to_owned()).collect(),
        told: Vec::new(),
        findings: Vec::new(),
        calls: Vec::new(),
    }
}

pub fn list(words: &[&str]) -> Value {
    Value::from(
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>(),
    )
}

fn post(post: &str, holder: &str, phone: &str, to: Option<&str>) -> Value {
    let mut row = Fields::from([
        ("post".to_owned(), post.into()),
        ("holder".to_owned(), holder.into()),
        ("holder_post".to_owned(), "区科协".into()),
        ("phone".to_owned(), phone.into()),
        ("from".to_owned(), "2022-12-19".into()),
    ]);
    if let Some(to) = to {
        row.insert("to".to_owned(), to.into());
    }
    Value::Map(row)
}

pub fn show(code: Code) -> View {
    let found = rows(code.kind);
    let found = found
        .iter()
        .find(|row| row.code == code)
        .unwrap_or(&found[0]);
    match code.kind {
        Kind::Volunteer => {
            let team = PEOPLE[(code.number as usize + PEOPLE.len() - 1) % PEOPLE.len()].1;
            view(
                code,
                &[
                    ("name", found.title.as_str().into()),
                    ("gender", "男".into()),
                    ("birth", "1990-03-05".into()),
                    ("id_type", "居民身份证".into()),
                    ("id_number", "150***********6394".into()),
                    ("phone", found.phone.as_str().into()),
                    ("address", "已登记，内容隐藏".into()),
                    ("area", "150402".into()),
                    ("employer", "红山区农牧局".into()),
                    ("identity", "科技工作者".into()),
                    ("skills", list(&["农牧技术", "科普宣讲"])),
                    ("targets", list(&["农牧民"])),
                    ("teams", list(&[team])),
                    ("status", found.status.as_str().into()),
                    ("joined_on", found.day.as_str().into()),
                    ("health_note", "已登记，内容隐藏".into()),
                    ("note", "可周末；不便爬楼".into()),
                ],
                &["id_number", "phone", "address", "health_note"],
            )
        }
        Kind::Organisation => view(
            code,
            &[
                ("name", found.title.as_str().into()),
                ("kind", "旗县队".into()),
                ("form", "队伍".into()),
                ("parent", "ZZ-0005".into()),
                ("area", "150402".into()),
                ("status", found.status.as_str().into()),
                ("phone", "0476-8233310".into()),
                ("founded_on", "2022-12-19".into()),
                ("founder", "红山区科学技术协会".into()),
                ("aliases", list(&["红山区"])),
                (
                    "posts",
                    Value::List(vec![
                        post("队长", "王超思", "140****5284", None),
                        post("联系人", "李博玉", "0476-8233311", None),
                        post("队长", "孙旧", "", Some("2024-01-08")),
                    ]),
                ),
            ],
            &["posts.1.phone"],
        ),
        _ if crate::look_work::show(code).is_some() => crate::look_work::show(code).unwrap(),
        _ => view(
            code,
            &[
                ("title", found.title.as_str().into()),
                ("status", found.status.as_str().into()),
                ("day", found.day.as_str().into()),
            ],
            &[],
        ),
    }
}

pub fn found(find: &Find) -> Found {
    let kinds = if find.kinds.is_empty() {
        vec![Kind::Organisation, Kind::Volunteer, Kind::Activity]
    } else {
        find.kinds.clone()
    };
    let mut rows: Vec<Row> = kinds
        .into_iter()
        .flat_map(rows)
        .filter(|row| {
            kezhi::tui::rank::ways(&row.title)
                .iter()
                .any(|way| way.contains(&find.text))
        })
        .collect();
    for row in rows.iter_mut().filter(|_| !find.text.is_empty()) {
        row.why = vec![Why {
            word: find.text.clone(),
            field: row.kind.spec().title.to_owned(),
            text: row.title.clone(),
        }];
    }
    // The check code of a certificate, and digits that are part of a phone.
    if find.text == crate::look_work::CHECK {
        rows = rows_of(&[Kind::Volunteer, Kind::Certificate]);
    }
    Found {
        total: rows.len(),
        fuzzy: false,
        rows: rows.into_iter().skip(find.offset).collect(),
    }
}

pub fn entry(seq: u64, action: &str, field: &str, from: &str, to: &str) -> LogEntry {
    LogEntry {
        seq,
        entry: Entry {
            at: "2024-05-20T14:05:09+08:00".into(),
            who: "李敏".into(),
            action: action.into(),
            to_rev: 3,
            changes: vec![FieldChange {
                field: field.into(),
                from: Some(from.into()),
                to: Some(to.into()),
            }],
            ..Entry::default()
        },
    }
}

fn rows_of(kinds: &[Kind]) -> Vec<Row> {
    let first = kinds
        .iter()
        .filter_map(|kind| rows(*kind).into_iter().next());
    first.collect()
}

/// The tree.
pub fn nodes() -> Vec<Node> {
    UNITS
        .iter()
        .map(|(number, parent, name, kind, status, members)| Node {
            number: *number,
            parent: *parent,
            name: (*name).into(),
            kind: (*kind).into(),
            status: (*status).into(),
            area: "150400".into(),
            members: *members,
        })
        .collect()
}

/// Every Chinese text of the records that is no word of ours.
pub fn known() -> String {
    let kinds = [
        Kind::Volunteer,
        Kind::Organisation,
        Kind::Activity,
        Kind::Complaint,
    ];
    let mut texts = String::from("红山区农机站 李敏 单 常年在外 赤峰市红山区 区科协");
    texts.push_str(&crate::look_matter_data::known());
    for row in kinds.into_iter().flat_map(rows) {
        let view = show(row.code);
        let own = |key: &String| {
            let field = row.kind.spec().field(key).unwrap();
            field.words().is_empty() && key != "posts" && !view.masked.contains(key)
        };
        for (_, value) in view.fields.iter().filter(|(key, _)| own(key)) {
            texts.push_str(&format!(" {value}"));
        }
        for post in view.fields.get("posts").map_or(&[][..], Value::parts) {
            if let Value::Map(post) = post {
                texts.push_str(&format!(" {}", post["holder"]));
            }
        }
    }
    UNITS
        .iter()
        .for_each(|unit| texts.push_str(&format!(" {}", unit.2)));
    texts
}
