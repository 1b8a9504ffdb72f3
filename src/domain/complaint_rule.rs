//! What the regulation and the law ask of complaints when one is entered or passed on (article 19; 信访工作条例).

use crate::domain::complaint_same::same;
use crate::domain::kind::Kind;
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::route;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::domain::setting::HOUSE;
use crate::domain::value::Value;
use crate::say;

const BASE: Rule = Rule {
    kind: Kind::Complaint,
    ..Rule::BASE
};

const ENTRY: Rule = Rule {
    acts: &["new", "edit", "correct"],
    ..BASE
};

/// What the log says of the letter with which a matter is handed over.
pub const LETTER: &str = "print:移送函";

/// At most so many speak for all (信访工作条例 20).
const MOST: usize = 5;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "XF-17",
        article: "信访工作条例第十七条",
        strength: Strength::Must,
        field: "received_at",
        judges: &["received_at"],
        check: |case| {
            let day = case.after.day("day").filter(|day| *day > case.today)?;
            Some(say!(
                "收到日期 {day} 还没有到",
                "it cannot have come on {day}, which is still to come"
            ))
        },
        way_out: t("请核对：received_at=...", "check it: received_at=..."),
        ..ENTRY
    },
    Rule {
        id: "XF-19",
        article: "信访工作条例第十九条",
        strength: Strength::Should,
        acts: &["new"],
        field: "complainant",
        check: |case| {
            let none = text(case, "complainant").is_empty() && text(case, "contact").is_empty();
            (none && !flag(case.after, "anonymous")).then(|| {
                say!(
                    "没有来人的姓名，也没有联系方式",
                    "neither the complainant's name nor a contact is given"
                )
            })
        },
        way_out: t(
            "complainant=... contact=...；不愿留名的 anonymous=是",
            "complainant=... contact=...; anonymous=yes for one who gives no name",
        ),
        ..BASE
    },
    Rule {
        id: "ANONYMOUS",
        article: HOUSE,
        strength: Strength::Must,
        field: "anonymous",
        judges: &["anonymous", "complainant", "contact"],
        check: |case| {
            let named = !text(case, "complainant").is_empty() || !text(case, "contact").is_empty();
            (named && flag(case.after, "anonymous")).then(|| {
                say!(
                    "既填了匿名，又填了来人或联系方式",
                    "it is anonymous, and yet names the complainant or a contact"
                )
            })
        },
        way_out: t(
            "要求保密而留名的填 confidential=是；匿名的清空 complainant= contact=",
            "confidential=yes keeps a name secret; an anonymous one has none: complainant= contact=",
        ),
        ..ENTRY
    },
    Rule {
        id: "XF-20",
        article: "信访工作条例第二十条",
        strength: Strength::Must,
        field: "representatives",
        judges: &["representatives"],
        check: |case| {
            let count = case.after.texts("representatives").count();
            (count > MOST).then(|| {
                say!(
                    "推选了 {count} 名代表，不得超过 5 人",
                    "{count} representatives are named: five at most"
                )
            })
        },
        way_out: t(
            "请来人另行推选：representatives=...",
            "have them choose again: representatives=...",
        ),
        ..ENTRY
    },
    Rule {
        id: "EVIDENCE",
        article: HOUSE,
        strength: Strength::Must,
        acts: &["new", "edit", "evidence"],
        field: "evidence",
        judges: &["evidence"],
        check: |case| {
            let sums = case.after.rows("evidence").enumerate();
            let mut wrong = sums.filter_map(|(nth, row)| {
                let sum = row.get("sm3").and_then(Value::text)?;
                let sound = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
                (!sound).then_some(nth + 1)
            });
            let nth = wrong.next()?;
            Some(say!(
                "第 {nth} 件证据的 SM3 不是 64 位十六进制",
                "the SM3 of evidence {nth} has not 64 hexadecimal digits"
            ))
        },
        way_out: t(
            "用 kezhi evidence 编号 文件 自动计算",
            "kezhi evidence CODE FILE works it out",
        ),
        ..BASE
    },
    Rule {
        id: "ABOUT",
        article: "第十九条",
        strength: Strength::Ask,
        acts: &["new"],
        field: "accused",
        check: |case| {
            let about = ["accused", "activity", "accused_other"];
            let none = about.iter().all(|key| case.after.get(key).is_none());
            (none && matches!(text(case, "kind"), "投诉" | "举报" | "损害")).then(|| {
                say!(
                    "没有写明反映谁，由登记的组织受理",
                    "nobody is named that it is about: the team that enters it receives it"
                )
            })
        },
        way_out: t(
            "请问来人：accused=... 或 accused_other=...；问不清的确认即可",
            "ask: accused=... or accused_other=...; go on if the caller cannot tell",
        ),
        ..BASE
    },
    Rule {
        id: "SELF",
        article: HOUSE,
        strength: Strength::Ask,
        field: "complainant",
        judges: &["complainant", "accused", "accused_other"],
        check: |case| {
            let name = Some(text(case, "complainant")).filter(|name| !name.is_empty())?;
            let accused = case
                .after
                .refs("accused")
                .filter(|code| code.kind == Kind::Volunteer);
            let mut names = accused.map(|code| route::title(case.world, code));
            let own = names.any(|one| one == name) || text(case, "accused_other") == name;
            own.then(|| {
                say!(
                    "来人与被反映人同名：{name}",
                    "the complainant has the name of the accused: {name}"
                )
            })
        },
        way_out: t(
            "同名不同人的确认；本人陈述、申辩的改类别 kind=申诉求决",
            "go on if they are two people; somebody's own statement is an appeal: kind=appeal",
        ),
        ..ENTRY
    },
    Rule {
        id: "SAME-MATTER",
        article: "信访工作条例第十九条",
        strength: Strength::Ask,
        acts: &["new"],
        field: "facts",
        check: same_matter,
        way_out: t(
            "同一事的不另登记，在原件上 kezhi do remind 或 edit；要另登记的确认，登记后 kezhi do link 编号 to=...",
            "the same matter: kezhi do remind or edit the old one; otherwise go on, then kezhi do link CODE to=...",
        ),
        ..BASE
    },
    Rule {
        id: "LINK-SELF",
        article: HOUSE,
        acts: &["link"],
        field: "to",
        check: |case| {
            let own = case.after.code();
            let itself = case.after.refs("linked").any(|code| code == own);
            itself.then(|| say!("不能与自己关联", "it cannot be tied to itself"))
        },
        way_out: t("填另一件：to=TS-...", "name the other one: to=TS-..."),
        ..BASE
    },
    Rule {
        id: "XF-19B",
        article: "信访工作条例第十九条",
        strength: Strength::Ask,
        acts: &["accept"],
        field: "receiver",
        check: pending_below,
        way_out: t(
            "等下级办结；仍要受理的确认",
            "let the lower level finish; go on if it is accepted all the same",
        ),
        ..BASE
    },
    Rule {
        id: "XF-30",
        article: "信访工作条例第三十条",
        strength: Strength::Ask,
        acts: &["accept"],
        field: "kind",
        check: |case| {
            (text(case, "kind") == "举报").then(|| {
                let body = route::outside(case.world);
                say!(
                    "检举控告违纪违法的，应移送{body}，本单位只留回执",
                    "an accusation of a breach of discipline goes to {body}; only the receipt stays here"
                )
            })
        },
        way_out: t(
            "移送：kezhi do handover 编号 outside=...；不涉违纪违法的确认受理",
            "kezhi do handover CODE outside=...; go on if no breach of discipline is meant",
        ),
        ..BASE
    },
    Rule {
        id: "HANDOVER",
        article: HOUSE,
        acts: &["handover"],
        field: "letter",
        check: |case| {
            let code = case.after.code();
            let kept = case.after.get("letter").is_some() || case.world.logged(code, LETTER);
            (!kept).then(|| {
                say!(
                    "移送函还没有打印，也没有填文号，移送后再也印不出来",
                    "the letter is not printed and has no number; it cannot be printed after this"
                )
            })
        },
        way_out: t(
            "先 kezhi print 编号 --paper handover；函已另行发出的填 letter=文号",
            "kezhi print CODE --paper handover first; letter=NUMBER if one was sent otherwise",
        ),
        ..BASE
    },
    Rule {
        id: "HANDOVER-ERASE",
        article: HOUSE,
        strength: Strength::Ask,
        acts: &["handover"],
        field: "outside",
        check: |case| {
            (case.after.status() == "移送").then(|| {
                say!(
                    "移送后只留受理号、收到时间、渠道和移送单位；来人、事实、请求、证据和经过都清除，不能恢复",
                    "only number, day, channel and body are kept: complainant, facts, claims, evidence and course are erased for good"
                )
            })
        },
        way_out: t("确认已经移交，再移送", "go on once it is in their hands"),
        ..BASE
    },
    Rule {
        id: "XF-28",
        article: "信访工作条例第二十八条",
        strength: Strength::Must,
        field: "handler",
        judges: &["handler", "accused", "recused"],
        check: handler,
        way_out: t(
            "另定承办人：kezhi do assign 编号 handler=...",
            "name another: kezhi do assign CODE handler=...",
        ),
        ..BASE
    },
    Rule {
        id: "R19-03",
        article: "第十九条",
        field: "outside",
        check: leaves,
        way_out: t(
            "先打印移送函，再 kezhi do handover 编号 outside=...",
            "print the letter, then kezhi do handover CODE outside=...",
        ),
        ..BASE
    },
    Rule {
        id: "XF-28",
        article: "信访工作条例第二十八条",
        strength: Strength::Ask,
        acts: &["assign", "recuse"],
        field: "handler",
        judges: &["handler"],
        check: namesake,
        way_out: t(
            "是同一人的另定承办人；同名不同人的确认，并写明原因",
            "name another if it is one person; go on if they are two, and say why",
        ),
        ..BASE
    },
];

fn text<'a>(case: &'a Case, key: &str) -> &'a str {
    case.after.text(key)
}

pub(super) fn flag(record: &Record, key: &str) -> bool {
    matches!(record.get(key), Some(Value::Flag(true)))
}

fn same_matter(case: &Case) -> Option<Said> {
    let found = same(case.after, case.world, case.today);
    let first = found.first()?;
    let (told, count) = (case.told(first), found.len());
    let (zh, en, state) = (told.zh, told.en, first.status());
    Some(match count {
        1 => say!(
            "可能已登记过：{zh}（{state}）",
            "it may be entered already: {en}"
        ),
        _ => say!(
            "可能已登记过 {count} 件，最近一件：{zh}（{state}）",
            "it may be entered already, {count} times, last as {en}"
        ),
    })
}

/// The same matter, which a lower level has accepted and not finished.
fn pending_below(case: &Case) -> Option<Said> {
    let own = case.after.refs("receiver").next()?;
    let below = |other: &Record| {
        let at = other.refs("receiver").next();
        at.is_some_and(|at| at != own && route::within(case.world, at, own))
    };
    let found = same(case.after, case.world, case.today);
    let pending = |one: &&Record| matches!(one.status(), "受理" | "核查" | "中止") && below(one);
    let other = found.iter().find(pending)?;
    let Said { zh, en } = case.told(other);
    Some(say!(
        "下级正在办理同一事：{zh}；本级不再受理",
        "a lower level is at work on the same: {en}; the level above does not accept it again"
    ))
}

/// What may be done with a matter that no team of the region may receive.
const LEAVING: &[&str] = &["handover", "evidence", "report", "remind", "link", "assign"];

/// No team may receive it: nothing ends it but the hand-over.
fn leaves(case: &Case) -> Option<Said> {
    let before = case.before.unwrap_or(case.after);
    if !route::leaves(before) {
        return None;
    }
    let step = case.after.kind.spec().step(case.act)?;
    (!LEAVING.contains(&step.key)).then(|| {
        let (body, zh, en) = (before.text("outside"), step.label.zh, step.label.en);
        say!(
            "本级无权办理，不能{zh}，应移送{body}",
            "no team of the region may handle it: not \"{en}\", it goes to {body}"
        )
    })
}

/// The handler has the name of somebody whom it is about, and no record that tells them apart.
fn namesake(case: &Case) -> Option<Said> {
    let operator = case.world.record(case.after.refs("handler").next()?)?;
    let name = operator.title();
    route::namesake(case.after, case.world, &operator).then(|| {
        say!(
            "承办人与被反映人同名：{name}",
            "the handler has the name of somebody whom it is about: {name}"
        )
    })
}

/// Whether somebody could be told of a matter at all and may handle it.
fn handler(case: &Case) -> Option<Said> {
    let code = case.after.refs("handler").next()?;
    let operator = case.world.record(code)?;
    let name = operator.title();
    if route::interested(case.after, &operator) {
        return Some(say!(
            "{name}与此事有利害关系，应当回避",
            "{name} has an interest in this matter and must step back"
        ));
    }
    let roles = operator.texts("roles").filter_map(Role::named);
    let mut daily = roles.filter(|role| matches!(role, Role::Operator | Role::Head));
    if daily.next().is_none() {
        return Some(say!(
            "{name}不是值班员或负责人",
            "{name} is neither operator nor head"
        ));
    }
    let scope: Vec<_> = operator.refs("scope").collect();
    let leaves = route::leaves(case.after);
    // What is about the region's team is about everybody's: somebody must see to its hand-over.
    let mut against = case
        .after
        .refs("against")
        .filter(|org| !leaves || *org != route::TOP);
    let walled = against.any(|org| {
        let mut roots = scope.iter();
        roots.all(|root| route::within(case.world, *root, org))
    });
    if walled {
        return Some(say!(
            "{name}属被反映的一方，应当回避",
            "{name} belongs to those it is about and must step back"
        ));
    }
    let receiver = case.after.refs("receiver").next().filter(|_| !leaves)?;
    let looks_after = scope
        .iter()
        .any(|root| route::within(case.world, receiver, *root));
    (!looks_after).then(|| {
        let team = route::title(case.world, receiver);
        say!(
            "{name}不管辖受理组织{team}",
            "{name} does not look after {team}, which receives it"
        )
    })
}
