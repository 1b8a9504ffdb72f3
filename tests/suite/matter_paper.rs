//! Papers of complaints and sanctions: what stands in them, for whom, and what is not there yet.

use std::path::Path;
use std::sync::Arc;

use kezhi::domain::change::Entry;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::work::{Paper, Print};
use kezhi::protocol::{Answer, Request, Who};
use kezhi::service::{Service, Session};
use kezhi::store::Store;

use crate::paper::read;
use crate::right::who;

const MATTER: Code = Code::new(Kind::Complaint, 2_026_417_302);
const SANCTION: Code = Code::new(Kind::Sanction, 2_026_550_121);
const HANDLER: Code = Code::new(Kind::Operator, 7);

/// 5 is 赤峰市, which receives; 35 is 红山区 below it, which is accused.
const MATTER_FIELDS: &[(&str, &str)] = &[
    ("kind", "投诉"),
    ("channel", "电话"),
    ("title", "分队长收材料费"),
    ("facts", "四月十二日的讲座后每人收三十元。"),
    ("claims", "退还三十元"),
    ("complainant", "乌兰托娅"),
    ("contact", "13900001111"),
    ("received_at", "2026-04-13T09:20"),
    ("day", "2026-04-13"),
    ("accused_other", "某甲"),
    ("receiver", "ZZ-0005"),
    ("against", "ZZ-0035"),
    (
        "route",
        "被反映的是红山区的组织，上一级是赤峰市的组织（第十九条）",
    ),
    ("handler", "CZ-007"),
    ("status", "登记"),
];

struct Desk {
    service: Arc<Service>,
    _dir: tempfile::TempDir,
}

fn put(store: &Store, code: Code, fields: &[(&str, &str)], more: &[(&str, &str)]) {
    let mut record = Record::new(code.kind, code.number, Fields::new());
    record.rev = 1;
    for (key, value) in fields.iter().chain(more) {
        let number = matches!(*key, "extended_days").then(|| value.parse().unwrap());
        let number = number.map(Value::Int);
        let flag = (*value == "是").then_some(Value::Flag(true));
        record.set(key, number.or(flag).unwrap_or_else(|| (*value).into()));
    }
    let mut writer = store.write().unwrap();
    writer.put(&record).unwrap();
    let entry = Entry {
        at: "2026-04-13T09:25:00+08:00".into(),
        who: "值班员甲".into(),
        code: Some(code),
        to_rev: 1,
        action: "new".into(),
        ..Entry::default()
    };
    writer.log(&entry).unwrap();
    writer.commit().unwrap();
}

impl Desk {
    /// A service in which the matter stands as the fields beyond the first ones say.
    fn new(more: &[(&str, &str)]) -> Desk {
        let dir = tempfile::tempdir().unwrap();
        lay(dir.path(), more);
        Desk {
            service: Service::open(dir.path(), 1, true).unwrap(),
            _dir: dir,
        }
    }

    fn session(&self, who: Who) -> Session {
        self.service.join(who, |_| {})
    }

    fn head(&self) -> Session {
        self.session(who(&[Role::Head], 5))
    }

    fn print(&self, session: &Session, code: Code, paper: Paper) -> Result<String, Refusal> {
        let asked = |pdf| Print {
            code,
            paper,
            pdf,
            to: String::new(),
        };
        let (_, pdf) = self.service.print(session, asked(true))?;
        let (_, text) = self.service.print(session, asked(false))?;
        let text = String::from_utf8(text).unwrap();
        let bare =
            |text: &str| -> String { text.chars().filter(|one| !one.is_whitespace()).collect() };
        // What a person reads in one stands in the other too.
        let title = read(&pdf).title;
        assert!(bare(&read(&pdf).text()).contains(&bare(&title)));
        assert!(bare(&text).contains(&bare(&title)), "{text}");
        Ok(bare(&text))
    }

    fn says(&self, paper: Paper, parts: &[&str]) -> String {
        let text = self.print(&self.head(), MATTER, paper).unwrap();
        for part in parts {
            assert!(text.contains(part), "no {part} in {text}");
        }
        text
    }

    fn refused(&self, code: Code, paper: Paper, said: &str, step: &str) {
        let refusal = self.print(&self.head(), code, paper).unwrap_err();
        assert_eq!(refusal.kind, RefusalKind::Rule);
        assert!(refusal.message.zh.contains(said), "{refusal:?}");
        let hint = refusal.hint.zh;
        assert!(hint.contains(step), "{hint}");
    }
}

fn lay(dir: &Path, more: &[(&str, &str)]) {
    let store = Store::open(&dir.join("store.redb")).unwrap();
    kezhi::service::found::lay(&store).unwrap();
    put(&store, MATTER, MATTER_FIELDS, more);
    let operator = [
        ("user", "nobody7"),
        ("name", "其其格"),
        ("scope", "ZZ-0005"),
        ("status", "启用"),
    ];
    put(&store, HANDLER, &operator, &[]);
}

const ACCEPTED: &[(&str, &str)] = &[
    ("status", "核查"),
    ("told_on", "2026-04-20"),
    ("told_how", "书面送达"),
    ("accepted_on", "2026-04-20"),
];

const ANSWERED: &[(&str, &str)] = &[
    ("status", "答复"),
    ("told_on", "2026-04-20"),
    ("accepted_on", "2026-04-20"),
    ("answered_on", "2026-05-29"),
    ("found", "收取三十元属实，无收费依据。"),
    ("reasons", "志愿服务应当无偿。"),
    ("outcome", "属实"),
    ("decision", "支持"),
    ("basis", "第十条（五）"),
    ("remedy", "自收到之日起三十日内向赤峰市的上一级申请复查"),
];

#[test]
fn a_receipt_is_there_from_the_first_minute() {
    let desk = Desk::new(&[]);
    let receipt = ["受理回执", "乌兰托娅", "TS-2026-417302", "13900001111"];
    desk.says(Paper::Receipt, &receipt);
    assert_eq!(
        desk.says(Paper::Own, &["受理回执"]),
        desk.says(Paper::Receipt, &[])
    );
    let refusal = desk.print(&desk.head(), MATTER, Paper::SignIn).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::Usage);
}

#[test]
fn acceptance_says_until_when() {
    let desk = Desk::new(ACCEPTED);
    let parts = [
        "受理告知书",
        "2026年4月20日起予以受理",
        "信访工作条例第三十四条",
    ];
    desk.says(Paper::Acceptance, &parts);
    // Sixty days from the twentieth of April end in the holidays of 端午.
    desk.says(Paper::Own, &["2026年6月22日前", "其其格"]);
    Desk::new(&[]).refused(MATTER, Paper::Acceptance, "还没有受理", "do accept");
}

#[test]
fn a_refusal_says_why_and_whom_to_turn_to() {
    let desk = Desk::new(&[
        ("status", "不予受理"),
        ("told_on", "2026-04-20"),
        ("turn_to", "红山区市场监督管理局"),
        ("note", "2026-04-20 不予受理：属商业收费\n与志愿服务无关"),
    ]);
    let text = desk.says(
        Paper::Own,
        &[
            "不予受理告知书",
            "属商业收费",
            "与志愿服务无关",
            "红山区市场监督管理局",
        ],
    );
    assert!(!text.contains("不予受理：属商业收费"), "{text}");
    Desk::new(&[]).refused(MATTER, Paper::Refusal, "没有作出不予受理", "do reject");
}

#[test]
fn an_extension_says_its_reason_and_the_new_day() {
    let more = [
        ("extended_on", "2026-06-10"),
        ("extended_days", "30"),
        (
            "note",
            "2026-06-10 延期：证人在外地\n2026-06-11 催办：问进度",
        ),
    ];
    let desk = Desk::new(&[ACCEPTED, &more].concat());
    let parts = ["延期告知书", "延长30日", "证人在外地", "2026年7月20日前"];
    let text = desk.says(Paper::Own, &parts);
    assert!(!text.contains("问进度"), "{text}");
    // The acceptance told another day, and still does.
    desk.says(Paper::Acceptance, &["2026年6月22日前"]);
    Desk::new(ACCEPTED).refused(MATTER, Paper::Extension, "没有延期", "do extend");
}

#[test]
fn the_letter_goes_before_the_content_does() {
    let outside = ("outside", "驻会纪检监察组");
    let parts = [
        "移送函",
        "驻会纪检监察组：",
        "每人收三十元",
        "乌兰托娅",
        "13900001111",
    ];
    Desk::new(&[outside]).says(Paper::Handover, &parts);
    // To whom is written in by hand where it is not decided; a case file has no letter that nobody sent.
    let desk = Desk::new(&[]);
    desk.says(Paper::Handover, &["移送函", "科协机关纪委"]);
    assert!(!desk.says(Paper::Case, &[]).contains("移送函编号："));
    let desk = Desk::new(&[outside, ("confidential", "是")]);
    let text = desk.says(Paper::Handover, &["姓名和联系方式不随函"]);
    assert!(
        !text.contains("乌兰") && !text.contains("1390000"),
        "{text}"
    );
    let desk = Desk::new(&[outside, ("status", "移送"), ("handed_on", "2026-04-15")]);
    desk.refused(MATTER, Paper::Handover, "内容不再留存", "--paper receipt");
    desk.says(Paper::Own, &["受理回执", "驻会纪检监察组于2026年4月15日"]);
}

#[test]
fn an_answer_has_its_four_parts_and_its_level() {
    let desk = Desk::new(ANSWERED);
    let parts = [
        "答复意见书",
        "退还三十元",
        "收取三十元属实",
        "应当无偿",
        "支持。",
        "第十条（五）",
        "三十日内",
        "2026年5月29日",
    ];
    desk.says(Paper::Own, &parts);
    let again = [
        ("review_on", "2026-06-10"),
        ("review_answered_on", "2026-06-25"),
    ];
    let desk = Desk::new(&[ANSWERED, &again].concat());
    desk.says(Paper::Answer, &["复查意见书", "2026年6月25日"]);
    Desk::new(ACCEPTED).refused(MATTER, Paper::Answer, "还没有答复", "do answer");
}

#[test]
fn a_review_is_told_with_its_days() {
    let more = [
        ("status", "复查"),
        ("review_on", "2026-06-10"),
        ("note", "2026-06-10 复查：金额算错"),
    ];
    let desk = Desk::new(&[ANSWERED, &more].concat());
    desk.says(
        Paper::Own,
        &["复查受理告知书", "金额算错", "30日内", "第三十五条"],
    );
    let more = [("status", "复核"), ("recheck_on", "2026-06-20")];
    let desk = Desk::new(&[ANSWERED, &more].concat());
    desk.says(Paper::Review, &["复核受理告知书", "第三十六条"]);
    Desk::new(ANSWERED).refused(MATTER, Paper::Review, "没有申请复查", "do review");
}

#[test]
fn a_settlement_is_signed_by_both_sides() {
    let more = [
        ("status", "办结"),
        ("closed_on", "2026-05-08"),
        ("settlement", "某甲退还三十元并道歉。"),
    ];
    let desk = Desk::new(&[ACCEPTED, &more].concat());
    let parts = [
        "调解（和解）协议书",
        "某甲退还三十元",
        "另一方",
        "第三十三条",
    ];
    desk.says(Paper::Own, &parts);
    Desk::new(ACCEPTED).refused(MATTER, Paper::Settlement, "没有达成", "do mediate");
}

#[test]
fn only_handler_and_head_print_the_name_and_each_print_is_logged() {
    let desk = Desk::new(ACCEPTED);
    let operator = |code: Option<Code>| {
        desk.session(Who {
            operator: code,
            ..who(&[Role::Operator], 5)
        })
    };
    let other = desk.print(&operator(None), MATTER, Paper::Receipt).unwrap();
    assert!(other.contains("来人（乌**）"), "{other}");
    assert!(!other.contains("托娅") && !other.contains("13900001111"));
    let letter = desk
        .print(&operator(None), MATTER, Paper::Handover)
        .unwrap();
    assert!(!letter.contains("托娅") && !letter.contains("13900001111"));
    let own = operator(Some(HANDLER));
    let text = desk.print(&own, MATTER, Paper::Receipt).unwrap();
    assert!(text.contains("乌兰托娅：") && text.contains("13900001111"));
    let history = Request::History {
        code: MATTER,
        limit: 9,
    };
    let Ok(Answer::Entries(entries)) = desk.service.handle(&own, history) else {
        panic!("no history")
    };
    let prints: Vec<(&str, &str)> = entries
        .iter()
        .filter(|one| one.entry.action.starts_with("print:"))
        .map(|one| (one.entry.action.as_str(), one.entry.reason.as_str()))
        .collect();
    // Each paper was made twice, as PDF and as text.
    let named = ("print:受理回执", "含来人姓名");
    assert_eq!(prints[..2], [named, named]);
    assert_eq!(prints[2..4], [("print:移送函", ""); 2]);
    assert_eq!(prints[4..], [("print:受理回执", ""); 2]);
}

#[test]
fn a_walled_case_has_no_papers() {
    let desk = Desk::new(ANSWERED);
    let walled = desk.session(who(&[Role::Head], 35));
    for paper in [Paper::Own, Paper::Case, Paper::Answer] {
        let refusal = desk.print(&walled, MATTER, paper).unwrap_err();
        assert_eq!(refusal.kind, RefusalKind::NotFound);
    }
}

#[test]
fn a_case_file_bundles_what_there_is() {
    let more = [
        ("status", "办结"),
        ("closed_on", "2026-06-12"),
        ("note", "2026-04-22 回访：第一次"),
    ];
    let desk = Desk::new(&[ANSWERED, &more].concat());
    let text = desk.says(
        Paper::Case,
        &[
            "科技志愿服务投诉案卷",
            "卷内目录",
            "登记表",
            "受理回执",
            "受理告知书",
            "答复意见书",
            "时限",
            "2026-05-29未超期",
            "次日起算",
            "办理经过",
            "值班员甲",
            "2026-05-29答复日期",
        ],
    );
    assert!(
        !text.contains("延期告知书") && !text.contains("协议书"),
        "{text}"
    );
    // A file of something just entered has no answer in it.
    let text = Desk::new(&[]).says(Paper::Case, &["受理回执", "在走"]);
    assert!(!text.contains("答复意见书"), "{text}");
}

/// What led to an entry may not be told to whoever prints.
#[test]
fn a_case_file_names_no_matter_that_led_to_an_entry() {
    let dir = tempfile::tempdir().unwrap();
    lay(dir.path(), ANSWERED);
    {
        let store = Store::open(&dir.path().join("store.redb")).unwrap();
        let mut writer = store.write().unwrap();
        for (action, field, to) in [
            ("link:TS-2026-000009", "linked", "TS-2026-000009"),
            ("link", "linked", "TS-2026-000008"),
            ("enforce:CL-2026-000007", "note", "处理"),
        ] {
            let entry = Entry {
                at: "2026-05-30T10:00:00+08:00".into(),
                who: "值班员乙".into(),
                code: Some(MATTER),
                to_rev: 2,
                action: action.into(),
                reason: format!("因{to}"),
                changes: vec![kezhi::domain::change::FieldChange {
                    field: field.into(),
                    from: None,
                    to: Some(to.into()),
                }],
                ..Entry::default()
            };
            writer.log(&entry).unwrap();
        }
        writer.commit().unwrap();
    }
    let desk = Desk {
        service: Service::open(dir.path(), 1, true).unwrap(),
        _dir: dir,
    };
    let text = desk.says(Paper::Case, &["办理经过", "值班员乙", "修改"]);
    for code in ["00000", "link", "enforce"] {
        assert!(!text.contains(code), "{code} in {text}");
    }
}

fn sanction(status: &str, more: &[(&str, &str)]) -> Desk {
    let dir = tempfile::tempdir().unwrap();
    lay(dir.path(), &[]);
    let store = Store::open(&dir.path().join("store.redb")).unwrap();
    let fields = [
        ("measure", "清退"),
        ("subject", "ZZ-0035"),
        ("complaint", "TS-2026-417302"),
        ("org", "ZZ-0005"),
        ("facts", "收取三十元，经核查属实。"),
        ("status", status),
    ];
    put(&store, SANCTION, &fields, more);
    drop(store);
    Desk {
        service: Service::open(dir.path(), 1, true).unwrap(),
        _dir: dir,
    }
}

#[test]
fn a_sanction_is_announced_with_rights_and_decided_with_an_appeal() {
    let desk = sanction("拟议", &[]);
    let text = desk.print(&desk.head(), SANCTION, Paper::Own).unwrap();
    for part in ["拟处理告知书", "清退", "收取三十元", "陈述和申辩"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    assert!(!text.contains("TS-") && !text.contains("乌兰"), "{text}");
    desk.refused(SANCTION, Paper::Decision, "还没有生效", "do notify");
    let desk = sanction("生效", &[]);
    let text = desk.print(&desk.head(), SANCTION, Paper::Own).unwrap();
    assert!(
        text.contains("处理决定书") && text.contains("申诉"),
        "{text}"
    );
    let text = desk.print(&desk.head(), MATTER, Paper::Case).unwrap();
    assert!(text.contains("处理决定书"), "{text}");
    let desk = sanction("撤销", &[]);
    desk.refused(SANCTION, Paper::Proposal, "撤销", "history");
}
