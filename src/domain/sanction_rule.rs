//! What the regulation asks of what follows from an upheld complaint (articles 9 (7), 10; reading A21).

use crate::domain::clock::running;
use crate::domain::harm::walled;
use crate::domain::kind::Kind;
use crate::domain::organisation_rule::missing;
use crate::domain::rule::{Case, Found, Rule, STANDING, Strength, stands};
use crate::domain::said::{Said, t};
use crate::domain::sanction::{IN_FORCE, in_force, measure};
use crate::say;

const SANCTION: Rule = Rule {
    kind: Kind::Sanction,
    article: "第九条（七）",
    acts: &["new", "edit"],
    field: "status",
    ..Rule::BASE
};

/// What removal asks, when it is decided and ever after.
const GRAVE: Rule = Rule {
    acts: &[STANDING, "notify", "decide", "enforce"],
    field: "serious",
    way_out: t(
        "补写：kezhi edit 编号 serious=... evidence=... grounds=...；已告知的先退回：kezhi do again 编号",
        "kezhi edit CODE serious=... evidence=... grounds=...; if told already, first kezhi do again CODE",
    ),
    ..SANCTION
};

const WAITS: Rule = Rule {
    acts: &[],
    field: "due_on",
    way_out: t(
        "决定或不予处理：F8，或 kezhi do decide、enforce、drop 编号",
        "decide it or drop it: F8, or kezhi do decide, enforce, drop CODE",
    ),
    ..SANCTION
};

const APPEALED: Rule = Rule {
    way_out: t(
        "答复：kezhi do uphold 编号 answer=...，或 kezhi do revoke 编号 answer=...",
        "decide it: kezhi do uphold CODE answer=... or kezhi do revoke CODE answer=...",
    ),
    ..WAITS
};

const OVER: Rule = Rule {
    field: "until",
    way_out: t(
        "期满解除：kezhi do lift 编号 note=...",
        "lift it: kezhi do lift CODE note=...",
    ),
    ..WAITS
};

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(GRAVE, "R09七-02", "第九条（七）", Must, ungrounded()),
    stands!(
        WAITS,
        "SANCTION-SLOW",
        "本单位规定",
        Should,
        late("sanction")
    ),
    stands!(
        APPEALED,
        "SANCTION-APPEAL",
        "本单位规定",
        Should,
        late("appeal")
    ),
    stands!(OVER, "SANCTION-OVER", "第九条（七）", Should, over()),
    Rule {
        id: "SANCTION-BASIS",
        acts: &["new", "edit", "notify", "decide"],
        field: "complaint",
        check: baseless,
        way_out: t(
            "写明依据：查实的投诉 complaint=... ，事件 incident=... ，或检查情况 inspection=...",
            "name it: complaint=... that was found true, incident=..., or inspection=...",
        ),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-SUBJECT",
        field: "measure",
        judges: &["measure", "subject"],
        check: misfit,
        way_out: t(
            "改处理或对象：measure=... subject=...",
            "choose another: measure=... subject=...",
        ),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-RECORDS",
        acts: &["new", "edit", "notify", "decide"],
        field: "records",
        check: targets,
        way_out: t(
            "填本人的记录：records=编号,...；看 kezhi list service_record --where volunteer=...",
            "name the person's records: records=CODE,...; see kezhi list service_record --where volunteer=...",
        ),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-WALL",
        article: "第十九条",
        field: "org",
        judges: &["org", "complaint", "subject"],
        check: |case| {
            let org = case.after.refs("org").next()?;
            walled(case.after, case.world, org).then(|| {
                say!(
                    "被处理的组织、本人任职的组织不能作决定",
                    "the team it is about, or in which the person holds a post, cannot decide"
                )
            })
        },
        way_out: t("由上一级决定：org=...", "a level above decides: org=..."),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-TWICE",
        strength: Strength::Ask,
        acts: &["new"],
        field: "subject",
        check: twice,
        way_out: t(
            "确要另作的加 --yes；否则办理原来那件",
            "add --yes if another is meant; otherwise go on with that one",
        ),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-UNTIL",
        article: "",
        field: "until",
        judges: &["until"],
        check: |case| {
            let until = case
                .after
                .day("until")
                .filter(|until| *until < case.today)?;
            Some(say!("{until} 已经过去", "{until} is past already"))
        },
        way_out: t("改日期：until=...", "choose a later day: until=..."),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-FIXED",
        acts: &["edit"],
        field: "facts",
        judges: &[
            "measure",
            "subject",
            "complaint",
            "incident",
            "inspection",
            "facts",
            "serious",
            "evidence",
            "grounds",
            "records",
            "until",
        ],
        check: |case| {
            let told = case.before.is_some_and(|before| before.status() != "拟议");
            told.then(|| {
                say!(
                    "已告知本人，事实和处理不能再改",
                    "the person was told; facts and measure stay as they are"
                )
            })
        },
        way_out: t(
            "要改先重拟，再告知：kezhi do again 编号 note=...",
            "propose it anew and tell it again: kezhi do again CODE note=...",
        ),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-SECRET",
        article: "第十九条",
        acts: &["notify", "decide"],
        field: "decision",
        check: secret,
        way_out: t(
            "告知和决定只写事实、处理和依据",
            "notice and decision tell facts, measure and grounds alone",
        ),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-DAYS",
        article: "",
        acts: &["notify", "hear", "appeal"],
        field: "told_on",
        check: disordered,
        way_out: t("请核对日期：day=...", "check the day: day=..."),
        ..SANCTION
    },
    Rule {
        id: "SANCTION-LIFT",
        acts: &["lift"],
        check: |case| {
            let measure = measure(case.after);
            let stays = measure.grave || measure.takes.is_some();
            let name = measure.name;
            stays.then(|| {
                say!(
                    "{name}没有期满，不能解除",
                    "this measure has no term and is not lifted"
                )
            })
        },
        way_out: t(
            "错了的撤销：kezhi do revoke 编号 answer=...",
            "if it was wrong: kezhi do revoke CODE answer=...",
        ),
        ..SANCTION
    },
];

/// What removal cannot do without; what was told, heard and decided once it is in force.
fn ungrounded(case: &Case) -> Option<Found> {
    let record = case.after;
    let deciding = case.act != STANDING || in_force(record);
    if !measure(record).grave || !deciding {
        return None;
    }
    let mut keys = vec!["facts", "serious", "evidence", "grounds", "notice"];
    // What is only being told was not answered yet.
    keys.extend(Some("heard_on").filter(|_| case.act != "notify"));
    if IN_FORCE.contains(&record.status()) {
        keys.extend(["decided_by", "confirmed_by"]);
    }
    let one = record.get("decider").is_some() && record.get("decider") == record.get("confirmer");
    let said = missing(record, &keys).or_else(|| {
        one.then(|| say!("只有一人决定，须两人", "one person decided; it takes two"))
    })?;
    Some((said, record.day("effective_on")))
}

/// Whether one of its clocks has run out.
fn late(case: &Case, key: &str) -> Option<Found> {
    let clocks = running(case.after, case.world, case.today);
    let clock = clocks.into_iter().find(|one| one.clock.key == key)?;
    let over = -clock.left(case.today);
    (over > 0).then(|| {
        let (label, due) = (clock.clock.label, clock.due.day);
        let (zh, en) = (label.zh, label.en);
        let said = say!(
            "{zh}：{due} 已过，逾 {over} 天",
            "{en}: {due} is past by {over} days"
        );
        (said, Some(clock.due.from))
    })
}

fn over(case: &Case) -> Option<Found> {
    let until = case.after.day("until").filter(|_| in_force(case.after))?;
    (until < case.today).then(|| {
        let said = say!(
            "{until} 期满，还没有解除",
            "it lasted until {until} and was not lifted"
        );
        (said, Some(until))
    })
}

fn baseless(case: &Case) -> Option<Said> {
    let record = case.after;
    if let Some(complaint) = record.refs("complaint").next() {
        // One that the caller does not see was judged when this was proposed.
        let complaint = case.world.record(complaint)?;
        let found = matches!(complaint.text("outcome"), "属实" | "部分属实");
        return (!found).then(|| {
            say!(
                "依据的投诉没有查实",
                "the complaint behind it was not found true"
            )
        });
    }
    let none = record.text("incident").is_empty() && record.text("inspection").is_empty();
    none.then(|| say!("没有依据", "it has no basis"))
}

fn misfit(case: &Case) -> Option<Said> {
    let subject = case.after.refs("subject").next()?;
    let (measure, name) = (measure(case.after), case.after.text("measure"));
    if subject.kind == Kind::Organisation {
        return (!measure.teams).then(|| {
            say!(
                "{name}只对志愿者；对组织可记录提醒、推荐提示",
                "this measure is for volunteers; a team gets a remark or a warning"
            )
        });
    }
    let state = case.world.record(subject)?.status().to_owned();
    let gone = match measure.state {
        Some("暂停") => matches!(state.as_str(), "已清退" | "已退出"),
        Some(to) => state == to,
        None => false,
    };
    gone.then(|| say!("本人{state}，不必{name}", "the person is {state} already"))
}

fn targets(case: &Case) -> Option<Said> {
    let record = case.after;
    let subject = record.refs("subject").next()?;
    let named: Vec<_> = record.refs("records").collect();
    let Some((kind, states, _)) = measure(record).takes else {
        return (!named.is_empty()).then(|| {
            say!(
                "这种处理不改记录，所涉记录应为空",
                "this measure changes no records"
            )
        });
    };
    let label = kind.spec().label;
    let (zh, en) = (label.zh, label.en);
    if named.is_empty() {
        return Some(say!("没有写明撤销哪些{zh}", "it does not say which: {en}"));
    }
    let fits = |code: &&crate::domain::kind::Code| {
        code.kind == kind
            && case.world.record(**code).is_some_and(|one| {
                one.refs("volunteer").next() == Some(subject) && states.contains(&one.status())
            })
    };
    let wrong = named.iter().find(|code| !fits(code))?;
    Some(say!(
        "{wrong} 不是本人计入的{zh}",
        "{wrong} is no valid {en} of this person"
    ))
}

fn twice(case: &Case) -> Option<Said> {
    let subject = case.after.refs("subject").next()?;
    let found = crate::domain::world::holding(case.world, Kind::Sanction, "subject", subject);
    let same =
        |key: &str, one: &crate::domain::record::Record| one.text(key) == case.after.text(key);
    let other = found.into_iter().find(|one| {
        one.number != case.after.number
            && one.live()
            && same("measure", one)
            && same("complaint", one)
            && same("incident", one)
    })?;
    let (code, title, state) = (other.code(), other.title(), other.status());
    Some(say!(
        "已有 {code} {title}：{state}",
        "there is {code} {title}: {state}"
    ))
}

/// What is told to the person must not tell who complained.
fn secret(case: &Case) -> Option<Said> {
    let told = ["notice", "remedy", "decision"].map(|key| case.after.text(key));
    let prefix = format!("{}-", Kind::Complaint.spec().prefix);
    let holds = |what: &str| told.iter().any(|text| text.contains(what));
    if holds(&prefix) {
        return Some(say!("写了投诉编号", "it names the number of a complaint"));
    }
    let complaint = case.after.refs("complaint").next();
    let complaint = complaint.and_then(|code| case.world.record(code))?;
    let name = complaint.text("complainant");
    let named = name.chars().count() >= 2 && name != "匿名" && holds(name);
    named.then(|| say!("写了来人的姓名", "it names who complained"))
}

fn disordered(case: &Case) -> Option<Said> {
    let order = [
        "proposed_on",
        "told_on",
        "heard_on",
        "effective_on",
        "appealed_on",
    ];
    let days: Vec<_> = order.iter().filter_map(|key| case.after.day(key)).collect();
    if let Some(day) = days.iter().find(|day| **day > case.today) {
        return Some(say!("{day} 还没有到", "{day} has not come yet"));
    }
    let mut pairs = days.iter().zip(days.iter().skip(1));
    let (one, next) = pairs.find(|(one, next)| one > next)?;
    Some(say!(
        "{next} 早于前一步的 {one}",
        "{next} is before {one}, the step before it"
    ))
}
