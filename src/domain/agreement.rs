//! 协议: what organisation, volunteers and recipient agree on (article 13).

use crate::domain::field::{Field, Seek, Type};
use crate::domain::kind::{Code, Kind, KindSpec, state};
use crate::domain::lifecycle::Step;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Said, Text, t};
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, World, name};
use crate::say;

/// How a party signs.
pub const WAYS: &[Text] = &[
    t("当面签字", "signed face to face"),
    t("盖章", "seal"),
    t("电子签名", "electronic"),
    t("寄回", "by mail"),
];

/// A signature.
pub const SIGNED: &[Field] = &[
    Field::new("party", "签署方", "Party", Type::Line(60)).required(),
    Field::new("on", "签署日期", "On", Type::Day),
    Field::new("way", "方式", "Way", Type::Choice(WAYS)),
    Field::new("by", "签字人", "By", Type::Line(30)),
    Field::new("version", "版本", "Version", Type::Int(1, 10_000)),
];

const SIGN: &[Field] = &[
    Field::new("party", "签署方", "Party", Type::Line(60))
        .required()
        .help(
            "组织、志愿者（编号或姓名）、服务对象",
            "org, a volunteer (code or name), recipient",
        ),
    Field::new("on", "签署日期", "On", Type::Day).help("不填即今天", "today if empty"),
    Field::new("way", "方式", "Way", Type::Choice(WAYS)),
    Field::new("by", "签字人", "By", Type::Line(30)),
];

/// The seven elements of article 13, and rights and duties before them.
pub const ELEMENTS: [&str; 8] = [
    "rights",
    "content",
    "way",
    "time",
    "place",
    "conditions",
    "safety",
    "other",
];

/// What else of an agreement its paper says.
const PRINTED: [&str; 6] = ["org", "volunteers", "recipient", "activity", "from", "to"];

const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(1000));

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Agreement,
    key: "agreement",
    label: t("协议", "Agreement"),
    prefix: "XY",
    yearly: true,
    title: "title",
    owner: Some("org"),
    recency: Some("from"),
    states: &[
        state("待签", "to be signed", true),
        state("草稿", "draft", true),
        state("生效", "in force", true),
        state("期满", "expired", false),
        state("终止", "ended", false),
    ],
    first: "草稿",
    fields: &[
        Field::new("title", "名称", "Title", Type::Line(80))
            .seek(Seek::Name)
            .indexed()
            .width(30)
            .headings(&["协议名称"])
            .help(
                "不填即由双方名称得出",
                "made of the parties' names if empty",
            ),
        Field::new("org", "组织", "Organisation", Type::Ref(Kind::Organisation))
            .required()
            .seek(Seek::Term)
            .indexed()
            .width(20)
            .headings(&["甲方", "科技志愿服务组织"]),
        Field::new(
            "volunteers",
            "志愿者",
            "Volunteers",
            Type::Refs(Kind::Volunteer, 300),
        )
        .indexed()
        .headings(&["科技志愿者"]),
        Field::new("recipient", "服务对象", "Recipient", Type::Line(60))
            .seek(Seek::Term)
            .headings(&["科技服务对象"]),
        Field::new("activity", "活动", "Activity", Type::Ref(Kind::Activity))
            .indexed()
            .headings(&["活动编号"]),
        Field::new(
            "rights",
            "权利和义务",
            "Rights and duties",
            Type::Lines(3000),
        ),
        Field::new("content", "内容", "Content", Type::Lines(3000)),
        Field::new("way", "方式", "Way", Type::Lines(1000)),
        Field::new("time", "时间", "Time", Type::Lines(1000)),
        Field::new("place", "地点", "Place", Type::Lines(1000)),
        Field::new(
            "conditions",
            "工作条件",
            "Working conditions",
            Type::Lines(2000),
        ),
        Field::new("safety", "安全保障措施", "Safety", Type::Lines(2000)),
        Field::new("other", "其他事项", "Other", Type::Lines(3000))
            .help("没有的写「无」", "say so if there is nothing"),
        Field::new("from", "起始日期", "From", Type::Day)
            .seek(Seek::Day)
            .width(10),
        Field::new("to", "终止日期", "To", Type::Day)
            .seek(Seek::Day)
            .width(10),
        Field::new("version", "版本", "Version", Type::Int(1, 10_000)).system(),
        Field::new("offered_on", "送签日期", "Offered on", Type::Day).system(),
        Field::new("effective_on", "生效日期", "In force since", Type::Day).system(),
        Field::new("ended_on", "终止于", "Ended on", Type::Day)
            .seek(Seek::Day)
            .system(),
        Field::new("signatures", "签署", "Signatures", Type::Rows(SIGNED)).system(),
        Field::new(
            "status",
            "状态",
            "Status",
            Type::Choice(&[
                t("草稿", "draft"),
                t("待签", "to be signed"),
                t("生效", "in force"),
                t("期满", "expired"),
                t("终止", "ended"),
            ]),
        )
        .system()
        .indexed()
        .width(6),
        Field::new("note", "备注", "Note", Type::Lines(1000)),
    ],
    steps: &[
        Step::new("offer", "送签", "Offer", &["草稿"], Some("待签"))
            .seen_by("签署各方", "the parties")
            .help("文本送各方签署", "the text goes to the parties")
            .stamp("offered_on"),
        Step::new("sign", "签署", "Sign", &["待签"], None)
            .help(
                "一方已签；各方签齐即生效",
                "one party has signed; with the last one it is in force",
            )
            .asks(SIGN)
            .own(sign),
        Step::new("activate", "生效", "Activate", &["待签"], Some("生效"))
            .seen_by("签署各方", "the parties")
            .help(
                "七项要素和各方签署齐备才能生效",
                "needs all elements and all signatures",
            )
            .stamp("effective_on"),
        Step::new("recall", "收回修改", "Recall", &["待签"], Some("草稿"))
            .seen_by("签署各方", "the parties")
            .help("收回草稿再改", "back to the draft"),
        Step::new("expire", "期满", "Expire", &["生效"], Some("期满"))
            .help("到了终止日期", "its last day has passed")
            .stamp("ended_on"),
        Step::new(
            "end",
            "终止",
            "End",
            &["草稿", "待签", "生效"],
            Some("终止"),
        )
        .seen_by("签署各方", "the parties")
        .voids()
        .help("提前终止，写明原因", "ends before its time, with a reason")
        .asks(&[REASON])
        .stamp("ended_on"),
        Step::new("renew", "续签", "Renew", &["生效", "期满", "终止"], None)
            .help("照原文另立一份草稿", "a new draft with the same text"),
    ],
    reckon,
    then,
    tell,
    article: "第十三条",
    ..KindSpec::BASE
};

/// A party: how it is stored in a signature, and what it is called.
pub struct Party {
    /// `组织`, a volunteer's code, or `服务对象`.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// The parties of an agreement, the organisation first.
pub fn parties(world: &dyn World, record: &Record) -> Vec<Party> {
    let named = |code: Code| {
        world
            .record(code)
            .map_or_else(|| code.to_string(), |found| name(world, &found))
    };
    let org = record.refs("org").next().map(|code| Party {
        key: "组织".to_owned(),
        name: named(code),
    });
    let volunteers = record.refs("volunteers").map(|code| Party {
        key: code.to_string(),
        name: named(code),
    });
    let recipient = Some(record.text("recipient")).filter(|text| !text.is_empty());
    let recipient = recipient.map(|text| Party {
        key: "服务对象".to_owned(),
        name: text.to_owned(),
    });
    org.into_iter().chain(volunteers).chain(recipient).collect()
}

fn version(record: &Record) -> i64 {
    match record.get("version") {
        Some(Value::Int(version)) => *version,
        _ => 1,
    }
}

/// The signatures of the version that stands: party and day.
pub fn signed(record: &Record) -> Vec<(&str, &str)> {
    let version = version(record);
    let current = record
        .rows("signatures")
        .filter(|row| row.get("version") == Some(&Value::Int(version)));
    current
        .map(|row| {
            let text = |key: &str| row.get(key).and_then(Value::text).unwrap_or("");
            (text("party"), text("on"))
        })
        .collect()
}

/// The parties that have not signed the version that stands.
pub fn unsigned(world: &dyn World, record: &Record) -> Vec<Party> {
    let signed = signed(record);
    let mut parties = parties(world, record);
    parties.retain(|party| !signed.iter().any(|(key, _)| *key == party.key));
    parties
}

/// The elements that are not filled.
pub fn missing(record: &Record) -> Vec<&'static Field> {
    let empty = ELEMENTS
        .iter()
        .filter(|key| record.text(key).trim().is_empty());
    empty.filter_map(|key| SPEC.field(key)).collect()
}

fn sign(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let text = |key: &str| {
        answers
            .get(key)
            .and_then(Value::text)
            .unwrap_or("")
            .to_owned()
    };
    let typed = text("party");
    let parties = parties(reckon.world, record);
    let mut meant: Vec<&Party> = parties
        .iter()
        .filter(|party| {
            let volunteer = Code::read(&party.key).is_some_and(|code| code.kind == Kind::Volunteer);
            let code = Code::read(&typed);
            party.key == typed
                || code.is_some_and(|code| code.to_string() == party.key)
                || (volunteer && matches!(typed.as_str(), "志愿者" | "volunteers" | "volunteer"))
                || (party.key == "组织"
                    && (matches!(typed.as_str(), "org" | "organisation")
                        || code.is_some_and(|code| record.refs("org").next() == Some(code))))
                || (party.key == "服务对象" && typed == "recipient")
        })
        .collect();
    if meant.is_empty() {
        meant = parties.iter().filter(|party| party.name == typed).collect();
        if meant.len() > 1 {
            let keys: Vec<&str> = meant.iter().map(|party| party.key.as_str()).collect();
            let list = keys.join("、");
            return Err(Refusal::invalid(
                "party",
                say!(
                    "「{typed}」有几方：{list}",
                    "\"{typed}\" names several parties: {list}"
                ),
            )
            .hint(say!("写编号：party=编号", "write the code: party=CODE")));
        }
    }
    if meant.is_empty() {
        let list: Vec<String> = parties
            .iter()
            .map(|party| format!("{}（{}）", party.key, party.name))
            .collect();
        let list = list.join("、");
        return Err(Refusal::invalid(
            "party",
            say!("「{typed}」不是签署方", "\"{typed}\" is no party"),
        )
        .hint(say!("签署方有：{list}", "the parties are: {list}")));
    }
    let mut rows: Vec<Value> = record
        .get("signatures")
        .map(|rows| rows.parts().to_vec())
        .unwrap_or_default();
    let done: Vec<String> = signed(record)
        .iter()
        .map(|(key, _)| (*key).to_owned())
        .collect();
    let fresh: Vec<&&Party> = meant
        .iter()
        .filter(|party| !done.contains(&party.key))
        .collect();
    if fresh.is_empty() {
        return Err(Refusal::invalid(
            "party",
            say!(
                "{typed}已经签过这一版",
                "{typed} has signed this version already"
            ),
        ));
    }
    for party in fresh {
        let mut row = answers.clone();
        row.insert("party".to_owned(), party.key.clone().into());
        row.entry("on".to_owned())
            .or_insert_with(|| reckon.today.to_string().into());
        row.insert("version".to_owned(), version(record).into());
        rows.push(Value::Map(row));
    }
    record.set("signatures", Value::List(rows));
    if unsigned(reckon.world, record).is_empty() {
        record.set("status", "生效".into());
        record.set("effective_on", reckon.today.to_string().into());
    }
    Ok(())
}

fn reckon(record: &mut Record, reckon: &Reckon) {
    if record.text("title").is_empty() {
        let parties = parties(reckon.world, record);
        let names: Vec<&str> = parties
            .iter()
            .take(3)
            .map(|party| party.name.as_str())
            .collect();
        let title: String = format!("{}服务协议", names.join("与"))
            .chars()
            .take(80)
            .collect();
        record.set("title", title.into());
    }
    let Some(before) = reckon.before else {
        record.set("version", 1.into());
        return;
    };
    // What was signed is this text: another text, or one that was called back, must be signed again.
    let mut keys = ELEMENTS.iter().chain(&PRINTED);
    let changed = keys.any(|key| before.get(key) != record.get(key));
    let offered = matches!(before.status(), "待签" | "生效");
    let held = !signed(before).is_empty() && !matches!(before.status(), "期满" | "终止");
    if (changed && (offered || held)) || (reckon.act == "recall" && held) {
        record.set("version", (version(before) + 1).into());
    }
    if changed && offered {
        record.set("status", "待签".into());
        record.set("effective_on", "".into());
        record.set("offered_on", reckon.today.to_string().into());
    }
}

fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    if reckon.act != "renew" {
        return Vec::new();
    }
    let mut draft = after.clone();
    draft.number = 0;
    draft.rev = 0;
    for key in [
        "signatures",
        "offered_on",
        "effective_on",
        "ended_on",
        "from",
        "to",
        "note",
    ] {
        draft.set(key, "".into());
    }
    draft.set("version", 1.into());
    draft.set("status", "草稿".into());
    let code = after.code();
    draft.set("note", format!("续签自 {code}").into());
    vec![draft]
}

fn tell(record: &Record, world: &dyn World, today: chrono::NaiveDate) -> Vec<Said> {
    let mut told = Vec::new();
    if matches!(record.status(), "期满" | "终止") {
        return told;
    }
    let missing = missing(record);
    if !missing.is_empty() {
        let join = |lang| {
            missing
                .iter()
                .map(|field| field.label.get(lang))
                .collect::<Vec<_>>()
        };
        let [zh, en] = [crate::domain::said::Lang::Zh, crate::domain::said::Lang::En].map(join);
        let (zh, en) = (zh.join("、"), en.join(", "));
        told.push(say!(
            "第十三条要素未填：{zh}",
            "elements of article 13 still open: {en}"
        ));
    }
    if record.status() == "待签" {
        let names: Vec<String> = unsigned(world, record)
            .into_iter()
            .map(|party| party.name)
            .collect();
        let (version, list) = (version(record), names.join("、"));
        told.push(say!(
            "第 {version} 版待签：{list}",
            "version {version} is to be signed by: {list}"
        ));
    }
    if let Some(to) = record.day("to").filter(|_| record.status() == "生效") {
        let left = (to - today).num_days();
        if left < 0 {
            told.push(say!(
                "已于 {to} 到期，请办期满或续签",
                "expired on {to}: expire or renew it"
            ));
        } else if left <= 30 {
            told.push(say!(
                "还有 {left} 天到期（{to}）",
                "expires in {left} days ({to})"
            ));
        }
    }
    told
}
