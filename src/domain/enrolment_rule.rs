//! Rules on enrolments: article 7 on minors, article 9 (4) and (7), article 10 (2), clashes.

use crate::domain::activity::{dangerous, sessions};
use crate::domain::cover::{Cover, told_before};
use crate::domain::day::age;
use crate::domain::enrolment::{OPEN, pair, takes_part};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::begins;
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::domain::setting::{HOUSE, OLD_AGE, TRAVEL};
use crate::domain::world::{holding, name};
use crate::say;

/// The acts by which somebody comes to take part.
const COME: &[&str] = &["new", "edit", "invite", "agree", "reserve"];
const WHO: &[&str] = &["volunteer", "activity", "status"];

/// Nobody takes part without an own yes.
const YES: Rule = Rule {
    id: "R10二-01",
    article: "第十条（二）",
    kind: Kind::Enrolment,
    acts: &["arrive", "edit"],
    field: "agreed_by",
    judges: &["agreed_by", "status"],
    check: |case| {
        let bare = takes_part(case.after) && case.after.text("agreed_by").is_empty();
        bare.then(|| {
            say!(
                "没有本人同意，不能派遣",
                "nobody is sent without an own yes"
            )
        })
    },
    way_out: t(
        "先办本人同意：kezhi do agree 编号 agreed_by=本人",
        "have them agree first: kezhi do agree CODE agreed_by=...",
    ),
    ..Rule::BASE
};

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "TWICE",
        article: "",
        kind: Kind::Enrolment,
        acts: &["new", "edit"],
        field: "volunteer",
        judges: &["volunteer", "activity"],
        check: |case| {
            let found = case.world.equal(Kind::Enrolment, "pair", &pair(case.after));
            let other = found
                .into_iter()
                .find(|number| *number != case.after.number)?;
            let other = case.world.record(Code::new(Kind::Enrolment, other))?;
            let (code, status) = (other.code(), other.status().to_owned());
            let name = name(case.world, &other);
            Some(say!(
                "{name} 已在这项活动中：{code}（{status}）",
                "{name} is enrolled in it already: {code} ({status})"
            ))
        },
        way_out: t("打开那一条办理，不要重复登记", "open that one instead"),
        ..Rule::BASE
    },
    Rule {
        id: "FIXED",
        article: "第十条（二）",
        kind: Kind::Enrolment,
        acts: &["edit"],
        field: "volunteer",
        judges: &["volunteer", "activity"],
        check: |case| {
            let before = case.before.filter(|before| before.status() != "拟派")?;
            let same = ["volunteer", "activity"]
                .iter()
                .all(|key| before.get(key) == case.after.get(key));
            let status = before.status();
            (!same).then(|| {
                say!(
                    "已「{status}」，本人的同意和告知不能转给别人或别的活动",
                    "it is {status}: a yes and a telling are of this person and this activity"
                )
            })
        },
        way_out: t(
            "另立一条派遣：kezhi new enrolment activity=... volunteer=...",
            "make another enrolment: kezhi new enrolment activity=... volunteer=...",
        ),
        ..Rule::BASE
    },
    Rule {
        acts: &["agree"],
        way_out: t(
            "填「谁答应」：本人，或本人加方式；命令行 agreed_by=本人",
            "fill Agreed by: the person, and how; on the command line agreed_by=...",
        ),
        ..YES
    },
    YES,
    Rule {
        id: "R09七-02",
        article: "第九条（七）",
        kind: Kind::Enrolment,
        acts: COME,
        field: "volunteer",
        judges: WHO,
        check: |case| {
            let person = person(case)?;
            let out = person.status() == "已清退" && OPEN.contains(&case.after.status());
            let name = person.title();
            out.then(|| {
                say!(
                    "{name} 已清退，不能派遣",
                    "{name} was removed and cannot be sent"
                )
            })
        },
        way_out: t("换人", "choose somebody else"),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "LEFT",
        article: "第七条",
        kind: Kind::Enrolment,
        acts: COME,
        field: "volunteer",
        judges: WHO,
        check: |case| {
            let person = person(case)?;
            let out =
                matches!(person.status(), "已退出" | "暂停") && OPEN.contains(&case.after.status());
            let (name, status) = (person.title(), person.status());
            out.then(|| {
                say!(
                    "{name} {status}，不能派遣",
                    "{name} is not registered ({status})"
                )
            })
        },
        way_out: t(
            "换人，或先恢复登记：暂停的 kezhi do resume，已退出的 kezhi do register",
            "choose somebody else, or register again: kezhi do resume, or register of who left",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "R07-06",
        article: "第七条、民法典第十九条",
        kind: Kind::Enrolment,
        acts: COME,
        field: "volunteer",
        judges: WHO,
        check: |case| {
            let person = person(case)?;
            let years = years(case, &person)?;
            let bare = years < 18
                && person.text("guardian").is_empty()
                && OPEN.contains(&case.after.status());
            let name = person.title();
            bare.then(|| {
                say!(
                    "{name} {years} 周岁，没有监护人同意，不能派遣",
                    "{name} is {years}: no guardian has agreed"
                )
            })
        },
        way_out: t(
            "登记监护人：kezhi edit 志愿者编号 guardian=...",
            "enter the guardian: kezhi edit VOLUNTEER guardian=...",
        ),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09四-02",
        article: "第九条（四）",
        kind: Kind::Enrolment,
        acts: COME,
        field: "volunteer",
        judges: WHO,
        check: |case| {
            let person = person(case)?;
            let years = years(case, &person)?;
            let minor = years < 18 && danger(case)? && OPEN.contains(&case.after.status());
            let name = person.title();
            minor.then(|| {
                say!(
                    "{name} {years} 周岁，未成年人不派危险活动",
                    "{name} is {years}: no minor is sent into danger"
                )
            })
        },
        way_out: t("换成年人", "send an adult"),
        lists: true,
        since: |case| case.after.day("day"),
        ..Rule::BASE
    },
    Rule {
        id: "R09四-02H",
        article: "第九条（四）",
        strength: Strength::Should,
        kind: Kind::Enrolment,
        acts: &["new", "agree"],
        field: "volunteer",
        judges: WHO,
        check: |case| {
            let person = person(case)?;
            let old = OLD_AGE.now(case.world);
            let years = years(case, &person);
            let aged = years.filter(|years| i64::from(*years) >= old);
            let ill = !person.text("health_note").is_empty();
            let name = person.title();
            match (danger(case)?, aged, ill) {
                (true, Some(years), _) => Some(say!(
                    "{name} {years} 周岁，危险活动与年龄不相适应",
                    "{name} is {years}: too old for a dangerous activity"
                )),
                (true, None, true) => Some(say!(
                    "{name} 有健康限制，请核对是否适合危险活动",
                    "{name} has a health note: check whether danger suits"
                )),
                _ => None,
            }
        },
        way_out: t(
            "换人；确要派的写明原因：--reason ...",
            "choose somebody else, or say why: --reason ...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "CLASH",
        article: HOUSE,
        strength: Strength::Should,
        kind: Kind::Enrolment,
        acts: &["new", "edit", "agree"],
        field: "activity",
        judges: WHO,
        check: clash,
        way_out: t(
            "换时间或换人；确要派的写明原因：--reason ...",
            "change the time or the person, or say why: --reason ...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "OVER",
        article: "",
        kind: Kind::Enrolment,
        acts: &["new", "invite", "agree", "reserve"],
        field: "activity",
        check: |case| {
            let activity = activity(case)?;
            let over = matches!(activity.status(), "结项" | "取消");
            let (title, status) = (activity.title(), activity.status());
            over.then(|| say!("活动「{title}」已{status}", "{title} is over ({status})"))
        },
        way_out: t("改选别的活动", "choose another activity"),
        ..Rule::BASE
    },
    Rule {
        id: "R09六-02A",
        article: "第九条（六）",
        kind: Kind::Enrolment,
        acts: &["arrive"],
        field: "told_on",
        check: |case| {
            let activity = activity(case).filter(dangerous)?;
            let spans = sessions(&activity);
            let cover = Cover::of(case.world, &activity);
            let person = case.after.refs("volunteer").next()?;
            let (told, holes) = (
                told_before(case.after, &spans),
                cover.holes(case.world, person),
            );
            let name = name(case.world, case.after);
            match (told, holes.first()) {
                (false, _) => Some(say!(
                    "{name} 未在活动前告知人身危险，不能参加",
                    "{name} was not told of the danger before and cannot take part"
                )),
                (true, Some(hole)) => {
                    let when = hole.said();
                    Some(say!(
                        "{name} 的人身意外伤害保险有缺口（{when}），不能参加",
                        "{name} is not insured throughout ({when}) and cannot take part"
                    ))
                }
                _ => None,
            }
        },
        way_out: t(
            "逐人告知并登记保单，或换人",
            "tell them and enter a policy, or send somebody else",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "TOLD-AFTER",
        article: "第九条（六）",
        kind: Kind::Enrolment,
        acts: &["tell", "edit", "new"],
        field: "told_on",
        judges: &["told_on"],
        check: |case| {
            let told = begins(case.after.text("told_on"))?;
            let activity = activity(case)?;
            let first = sessions(&activity).first()?.start;
            (dangerous(&activity) && told >= first).then(|| {
                say!(
                    "告知晚于活动开始（{first}），应在之前告知",
                    "told after the activity began ({first}); it must be before"
                )
            })
        },
        way_out: t(
            "核对告知时间：told_on=...；事后补记的请写入备注",
            "check the moment: told_on=...; what was told later goes into the note",
        ),
        ..Rule::BASE
    },
];

fn person(case: &Case) -> Option<Record> {
    case.world.record(case.after.refs("volunteer").next()?)
}

fn activity(case: &Case) -> Option<Record> {
    case.world.record(case.after.refs("activity").next()?)
}

fn danger(case: &Case) -> Option<bool> {
    Some(dangerous(&activity(case)?))
}

/// The age on the day of the activity.
fn years(case: &Case, person: &Record) -> Option<i32> {
    let day = case.after.day("day").unwrap_or(case.today);
    person.day("birth").map(|birth| age(birth, day))
}

/// Another activity of the same person at the same time, the way between them added.
fn clash(case: &Case) -> Option<Said> {
    if !OPEN.contains(&case.after.status()) {
        return None;
    }
    let mine = sessions(&activity(case)?);
    let way = chrono::Duration::minutes(TRAVEL.now(case.world));
    let person = case.after.refs("volunteer").next()?;
    let others = holding(case.world, Kind::Enrolment, "volunteer", person);
    for other in others {
        let same = other.get("activity") == case.after.get("activity");
        if same || !(takes_part(&other) || other.status() == "已邀") {
            continue;
        }
        let Some(busy) = other
            .refs("activity")
            .next()
            .and_then(|code| case.world.record(code))
        else {
            continue;
        };
        if busy.status() == "取消" {
            continue;
        }
        let spans = sessions(&busy);
        let met = spans.iter().find(|span| {
            let wide = crate::domain::moment::Span {
                start: span.start - way,
                end: span.end + way,
            };
            mine.iter().any(|span| span.overlaps(&wide))
        });
        if let Some(met) = met {
            let (busy, when) = (case.told(&busy), met.said());
            let (name, zh, en) = (name(case.world, case.after), busy.zh, busy.en);
            return Some(say!(
                "{name} 那时已有活动：{zh}（{when}）",
                "{name} is in another activity then: {en} ({when})"
            ));
        }
    }
    None
}
