//! The steps of a sanction: told, heard, decided by one, decided by another, appealed.

use chrono::NaiveDate;

use crate::domain::clock::roll;
use crate::domain::due::Unit;
use crate::domain::field::{Field, Type};
use crate::domain::kind::Code;
use crate::domain::lifecycle::{Step, answered};
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::sanction::OPEN;
use crate::domain::sanction_effect::undo;
use crate::domain::sanction_field::TELLING;
use crate::domain::setting::{APPEAL_DAYS, STATEMENT_DAYS, Setting};
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, World};
use crate::say;

const HEAD: &[Role] = &[Role::Head];
const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(1000)).required();
const DAY: Field = Field::new("day", "日期", "Day", Type::Day)
    .past()
    .help("不填即今天", "today if empty");
const ANSWER: Field = Field::new(
    "answer",
    "申诉决定",
    "Decision on appeal",
    Type::Lines(3000),
)
.required();

/// The steps.
pub const STEPS: &[Step] = &[
    Step::new("notify", "告知", "Tell", &["拟议"], Some("告知"))
        .seen_by("本人", "the person")
        .help(
            "告知本人：事实、拟作的处理、依据，以及如何陈述和申诉",
            "the person is told: facts, measure, grounds, how to answer and to appeal",
        )
        .asks(&[
            Field::new("told_how", "告知方式", "Told how", Type::Choice(TELLING)).required(),
            Field::new("notice", "告知内容", "Notice", Type::Lines(3000))
                .required()
                .help(
                    "只写事实和处理，不写投诉编号和来人",
                    "facts and measure alone: no complaint, no complainant",
                ),
            Field::new("remedy", "申诉途径", "Way of appeal", Type::Lines(3000))
                .required()
                .help("向谁、几日内申诉", "to whom, in how many days"),
            DAY,
        ])
        .stamp("told_on"),
    Step::new("hear", "陈述", "Hear", &["告知"], Some("陈述"))
        .help(
            "记下本人的陈述；期满未陈述的，不填即可",
            "what the person said; empty after the term if nothing was said",
        )
        .asks(&[
            Field::new("statement", "本人陈述", "Statement", Type::Lines(3000)),
            DAY,
        ])
        .stamp("heard_on")
        .after("told_on")
        .own(hear),
    Step::new("decide", "初定", "Decide", &["陈述"], Some("初定"))
        .seen_by("作第二次决定的负责人", "the head who decides second")
        .help(
            "第一名负责人决定，写明决定内容",
            "the first head decides and writes the decision",
        )
        .roles(HEAD)
        .asks(&[
            Field::new("decision", "决定内容", "Decision", Type::Lines(500))
                .required()
                .help(
                    "告知本人、记入档案的话，不写投诉编号和来人",
                    "what the person is told and the record says: no complaint, no complainant",
                ),
        ])
        .stamp("decided_on")
        .own(decide),
    Step::new("enforce", "生效", "Put in force", &["初定"], Some("生效"))
        .for_good(
            "处理生效并送达；撤销也不恢复退出的活动",
            "in force and served; even revoked, places in activities do not return",
        )
        .help(
            "另一名负责人同意后生效，送达本人",
            "in force once another head agrees; the person is served",
        )
        .roles(HEAD)
        .asks(&[Field::new(
            "served_how",
            "送达方式",
            "Served how",
            Type::Choice(TELLING),
        )
        .required()])
        .stamp("effective_on")
        .own(enforce),
    Step::new(
        "again",
        "重拟",
        "Propose anew",
        &["告知", "陈述", "初定"],
        Some("拟议"),
    )
    .help(
        "改事实或处理的，重新告知和听取陈述",
        "to change facts or measure: told and heard anew",
    )
    .asks(&[REASON])
    .own(again),
    Step::new("drop", "不予处理", "Drop", OPEN, Some("不予处理"))
        .seen_by(
            "本人和提出的组织",
            "the person, and the team that proposed it",
        )
        .voids()
        .help("不作处理，写明原因", "nothing follows; why")
        .asks(&[REASON])
        .stamp("ended_on"),
    Step::new("appeal", "申诉", "Appeal", &["生效"], Some("申诉"))
        .help(
            "本人不服，期限内提出申诉",
            "the person appeals within the term",
        )
        .asks(&[
            Field::new("appeal", "申诉理由", "Appeal", Type::Lines(3000)).required(),
            DAY,
        ])
        .stamp("appealed_on")
        .after("effective_on")
        .own(appeal),
    Step::new("uphold", "维持", "Uphold", &["申诉"], Some("维持"))
        .seen_by("本人", "the person")
        .help(
            "申诉不成立，维持；由未参与决定的负责人决定",
            "it stands; decided by a head who took no part",
        )
        .roles(HEAD)
        .asks(&[ANSWER])
        .own(answer),
    Step::new(
        "revoke",
        "撤销",
        "Revoke",
        &["生效", "申诉", "维持"],
        Some("撤销"),
    )
    .seen_by(
        "本人；恢复其人员、时长和证明",
        "the person; state, hours and certificates return",
    )
    .help(
        "撤销处理，恢复原状：人员、时长、证明；退出的活动不恢复",
        "taken back: state, hours and certificates return, places in activities do not",
    )
    .roles(HEAD)
    .asks(&[ANSWER])
    .stamp("ended_on")
    .own(answer),
    Step::new("lift", "解除", "Lift", &["生效", "维持"], Some("解除"))
        .seen_by("本人", "the person")
        .help(
            "暂停、提醒、提示期满或已改正，解除",
            "a suspension, remark or warning has served its time",
        )
        .roles(HEAD)
        .asks(&[REASON])
        .stamp("ended_on"),
];

fn said<'a>(answers: &'a Fields, key: &str) -> &'a str {
    answers.get(key).and_then(Value::text).unwrap_or("")
}

fn refuse(
    field: &str,
    message: crate::domain::said::Said,
    hint: crate::domain::said::Said,
) -> Refusal {
    Refusal::new(RefusalKind::Rule, message)
        .field(field)
        .article("第九条（七）")
        .hint(hint)
}

/// The last day of a term, as its clock counts it.
fn term(from: NaiveDate, days: Setting, world: &dyn World) -> NaiveDate {
    let count = u16::try_from(days.now(world)).unwrap_or(0);
    let unit = Unit::Days(roll(world));
    world.calendar().due(from, count, unit).day
}

fn hear(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    answered(record, answers, reckon);
    let silent = said(answers, "statement").trim().is_empty();
    let told = record.day("told_on");
    let until = told.map(|day| term(day, STATEMENT_DAYS, reckon.world));
    if silent && let Some(until) = until.filter(|until| reckon.today <= *until) {
        return Err(refuse(
            "statement",
            say!(
                "{until} 前本人还可以陈述，不能记为未陈述",
                "a statement may be made until {until}; it is not waived yet"
            ),
            say!(
                "记下陈述：statement=...；或等期满",
                "note it: statement=...; or wait for the end of the term"
            ),
        ));
    }
    record.set("silent", Value::Flag(silent));
    Ok(())
}

fn decide(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    answered(record, answers, reckon);
    record.set("decided_by", reckon.who.into());
    record.set("decider", i64::from(reckon.uid).into());
    let operator = reckon.operator.map(|code| code.to_string());
    record.set("decider_operator", operator.unwrap_or_default().into());
    Ok(())
}

/// Whether the caller is somebody whose login or record was kept: one person with two logins among them.
fn same(record: &Record, login: &str, operator: &str, reckon: &Reckon) -> bool {
    let uid = record.get(login) == Some(&Value::Int(reckon.uid.into()));
    let kept = record.refs(operator).next();
    let person = |code: Code| reckon.world.record(code)?.refs("volunteer").next();
    let both = kept.zip(reckon.operator);
    uid || both.is_some_and(|(kept, now)| {
        kept == now || person(kept).is_some_and(|one| person(now) == Some(one))
    })
}

fn enforce(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let way = say!(
        "请另一名负责人用自己的账号登录办理",
        "another head takes this step under their own login"
    );
    if same(record, "decider", "decider_operator", reckon) {
        let by = record.text("decided_by").to_owned();
        return Err(refuse(
            "confirmed_by",
            say!(
                "{by} 已作第一次决定，须由另一人作第二次决定",
                "{by} decided first; the second decision is another person's"
            ),
            way,
        ));
    }
    if same(record, "proposer", "proposer_operator", reckon) {
        return Err(refuse(
            "confirmed_by",
            say!(
                "拟议的人可以作第一次决定，不能作第二次决定",
                "whoever proposed it may decide first, not second"
            ),
            way,
        ));
    }
    answered(record, answers, reckon);
    record.set("confirmed_by", reckon.who.into());
    record.set("confirmer", i64::from(reckon.uid).into());
    let operator = reckon.operator.map(|code| code.to_string());
    record.set("confirmer_operator", operator.unwrap_or_default().into());
    undo(record, reckon.world);
    Ok(())
}

/// What was told, heard and decided was about what is now proposed anew.
fn again(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    answered(record, answers, reckon);
    for key in [
        "told_on",
        "told_how",
        "notice",
        "remedy",
        "heard_on",
        "statement",
        "decision",
        "decided_on",
        "decided_by",
        "decider_operator",
    ] {
        record.set(key, "".into());
    }
    record.fields.remove("silent");
    record.fields.remove("decider");
    Ok(())
}

fn appeal(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    answered(record, answers, reckon);
    let since = record.day("effective_on");
    let until = since.map(|day| term(day, APPEAL_DAYS, reckon.world));
    let late = until.filter(|until| record.day("appealed_on").is_some_and(|day| day > *until));
    if let Some(until) = late {
        return Err(refuse(
            "appealed_on",
            say!("申诉期 {until} 已过", "the term of appeal ended on {until}"),
            say!(
                "确有理由的由负责人撤销：kezhi do revoke 编号；期限由管理员定：kezhi setting appeal_days=...",
                "with good reason a head revokes it: kezhi do revoke CODE; the term is a setting: kezhi setting appeal_days=..."
            ),
        ));
    }
    Ok(())
}

/// An appeal is decided by somebody who took no part in the decision; without one a head takes it back freely.
fn answer(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let waits = !record.text("appealed_on").is_empty() && record.text("answered_on").is_empty();
    let took = same(record, "decider", "decider_operator", reckon)
        || same(record, "confirmer", "confirmer_operator", reckon);
    if waits && took {
        return Err(refuse(
            "answered_by",
            say!(
                "参与决定的人不能答复对它的申诉",
                "whoever took part in the decision does not decide the appeal"
            ),
            say!(
                "由另一名或上一级负责人办理",
                "another head, or one a level above, takes this step"
            ),
        ));
    }
    answered(record, answers, reckon);
    record.set("answered_by", reckon.who.into());
    record.set("answered_on", reckon.today.to_string().into());
    Ok(())
}
