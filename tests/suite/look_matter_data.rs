//! The matters of the sessions that are played without a service.

use chrono::NaiveDate;
use kezhi::domain::change::{Entry, FieldChange};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::{Said, t};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::matter::{Beside, CaseView, ClockView, Matter, Queue, QueueView, Which};
use kezhi::protocol::{LogEntry, StepView};
use kezhi::say;

use crate::look_data::{list, unit, view};

/// The complaint that is urgent and under investigation.
pub const URGENT: Code = Code::new(Kind::Complaint, 2_024_000_012);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn matter(number: u64, title: &str, status: &str, due: &str, left: i64, workdays: bool) -> Matter {
    Matter {
        code: Code::new(Kind::Complaint, number),
        title: title.into(),
        kind: "投诉".into(),
        status: status.into(),
        urgent: false,
        receiver: unit("ZZ-0005").into(),
        handler: String::new(),
        day: "2024-05-20".into(),
        clock: say!("受理或转办", "accept or pass on"),
        whose: say!("受理组织", "the receiver"),
        due: due.parse().ok(),
        left,
        workdays,
    }
}

fn rows() -> Vec<Matter> {
    vec![
        Matter {
            handler: "王磊".into(),
            clock: say!("办结申诉求决", "decide the appeal"),
            ..matter(
                2_024_000_009,
                "服务时长登记有误，三个月未更正",
                "核查",
                "2024-05-22",
                -3,
                false,
            )
        },
        Matter {
            urgent: true,
            handler: "李敏".into(),
            ..matter(
                2_024_000_012,
                "活动现场安全隐患",
                "核查",
                "2024-05-25",
                0,
                true,
            )
        },
        matter(2_024_000_016, "冒用队名募捐", "登记", "2024-05-29", 3, true),
        matter(
            2_024_000_017,
            "建议增加蒙古语讲解",
            "登记",
            "2024-06-07",
            13,
            false,
        ),
        Matter {
            clock: say!("来人可申请复查", "a review may be asked for"),
            ..matter(
                2_024_000_003,
                "变相收取费用",
                "答复",
                "2024-06-20",
                26,
                false,
            )
        },
        matter(2_024_000_001, "已转有关单位", "中止", "", 0, false),
    ]
}

/// What is data in the queue, and so Chinese in an English session too.
pub fn known() -> String {
    let own = rows().into_iter();
    own.map(|one| format!(" {} {}", one.title, one.handler))
        .collect()
}

pub fn queue(asked: &Queue) -> QueueView {
    let today = |one: &Matter| one.due.is_some_and(|due| due <= day("2024-05-25"));
    let fits = |one: &Matter| match asked.which {
        Which::Today => today(one),
        Which::Overdue => one.left < 0,
        _ => true,
    };
    let all = rows();
    let found: Vec<Matter> = all
        .iter()
        .filter(|one| fits(one) && one.title.contains(&asked.text))
        .filter(|one| asked.status.is_empty() || one.status == asked.status)
        .cloned()
        .collect();
    QueueView {
        total: found.len(),
        open: all.len(),
        overdue: 1,
        today: all.iter().filter(|one| today(one)).count(),
        urgent: 1,
        rows: found.into_iter().skip(asked.offset).collect(),
    }
}

fn clock(key: &str, label: Said, due: &str, left: i64, workdays: bool, used: u8) -> ClockView {
    ClockView {
        key: key.into(),
        label,
        article: "信访工作条例第三十四条".into(),
        whose: say!("承办人", "the handler"),
        stops: vec![t("答复", "Answer").said(), t("撤回", "Withdraw").said()],
        due: day(due),
        left,
        workdays,
        right: false,
        told: say!(
            "受理 2024-05-10 -> 次日起算 -> 60 日 = 2025-01-25；2025 年尚无放假安排，只按周末计",
            "accepted 2024-05-10 -> counted from the next day -> 60 days = 2025-01-25; the holidays of 2025 are not known, only weekends count"
        ),
        used,
        estimated: key == "handle",
    }
}

fn entry(seq: u64, at: &str, action: &str, changes: &[(&str, &str)]) -> LogEntry {
    let change = |(field, to): &(&str, &str)| FieldChange {
        field: (*field).into(),
        from: None,
        to: Some((*to).into()),
    };
    LogEntry {
        seq,
        entry: Entry {
            at: format!("2024-05-{at}:09+08:00"),
            who: "李敏".into(),
            action: action.into(),
            to_rev: 1,
            changes: changes.iter().map(change).collect(),
            ..Entry::default()
        },
    }
}

pub fn case(code: Code) -> CaseView {
    let found = rows().into_iter().find(|one| one.code == code);
    let one = found.unwrap_or_else(|| rows()[1].clone());
    let evidence = |name: &str, kind: &str, kept: &str| {
        let cells = [("name", name), ("kind", kind), ("kept", kept)];
        let cells = cells.map(|(key, text)| (key.to_owned(), Value::from(text)));
        Value::Map(Fields::from(cells))
    };
    let mut shown = view(
        code,
        &[
            ("title", one.title.as_str().into()),
            ("kind", "投诉".into()),
            ("channel", "电话".into()),
            ("received_at", "2024-05-09T16:02".into()),
            ("complainant", "王**".into()),
            ("contact", "已登记，内容隐藏".into()),
            ("confidential", Value::Flag(true)),
            ("urgent", Value::Flag(one.urgent)),
            ("accused", list(&["ZZ-0035"])),
            ("topic", "活动安全".into()),
            (
                "facts",
                "未成年志愿者被安排靠近水边捡拾垃圾，现场无救生设备与成年人陪同；曾向队长反映未果。".into(),
            ),
            ("claims", "查明责任；书面答复；对外不公开其姓名电话".into()),
            (
                "evidence",
                Value::List(vec![
                    evidence("现场照片", "照片", "科普部档案柜"),
                    evidence("来电录音", "录音", "值班电脑"),
                ]),
            ),
            ("receiver", "ZZ-0005".into()),
            ("status", one.status.as_str().into()),
            ("taken_by", "李敏".into()),
            ("taker", 1000.into()),
        ],
        &["complainant", "contact"],
    );
    shown.told = vec![say!(
        "去向：被反映的是红山区科技志愿者队，上一级是赤峰市科技志愿服务队（第十九条）",
        "goes to: one level up"
    )];
    let first = say!("办理时限", "target of the desk");
    let second = say!("办结申诉求决", "decide the appeal");
    let held = Refusal::new(
        RefusalKind::Rule,
        say!("已受理，不能再受理", "accepted already"),
    );
    let steps = code.kind.spec().steps.iter().map(|step| StepView {
        key: step.key.into(),
        refusal: (!step.from.contains(&one.status.as_str())).then(|| held.clone()),
    });
    CaseView {
        view: shown,
        clocks: vec![
            clock("target", first, "2024-05-25", one.left, true, 100),
            clock("handle", second, "2024-07-09", 45, false, 25),
        ],
        timeline: vec![
            entry(31, "20T10:20", "investigate", &[]),
            entry(
                30,
                "10T09:05",
                "accept",
                &[("told_how", "书面送达"), ("accepted_on", "2024-05-10")],
            ),
            entry(
                28,
                "09T16:02",
                "new",
                &[
                    ("complainant", "王**"),
                    ("topic", "活动安全"),
                    ("taker", "1000"),
                ],
            ),
        ],
        steps: steps.collect(),
        beside: vec![Beside {
            code: Code::new(Kind::Complaint, 2_024_000_003),
            name: "变相收取费用".into(),
            status: "答复".into(),
            why: say!("同一对象的另一件", "another about the same"),
        }],
    }
}
