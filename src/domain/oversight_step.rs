//! The steps of an oversight: who is named, when they were there, what they remark and ask.

use crate::domain::field::{Field, Type};
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::{Step, answered};
use crate::domain::moment;
use crate::domain::operator::Role;
use crate::domain::oversight::{OFFICES, STAGES, inspector, is_named, lies, open_questions};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route::within;
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, holding};
use crate::say;

/// The inspector; for one without an account a head above the team.
const SEAT: &[Role] = &[Role::Head, Role::Inspector];
const OPEN: &[&str] = &["监督"];

/// The steps.
pub const STEPS: &[Step] = &[
    Step::new("attend", "到场", "Attend", OPEN, None)
        .help(
            "监督员本人登记事前、事中或事后到场，看了什么；没有账号的由上级负责人登记",
            "the inspector enters the presence before, during or after; for one without an account a head above the team does",
        )
        .roles(SEAT)
        .asks(&[
            Field::new("stage", "阶段", "Stage", Type::Choice(STAGES)).required(),
            Field::new("day", "时间", "When", Type::Moment).help(
                "日期，或日期和时间；不填即现在",
                "a day, or a day and a time; now if empty",
            ),
            Field::new("note", "看了什么", "What was looked at", Type::Lines(1000)),
        ])
        .own(attend),
    Step::new("ask", "提问", "Ask", OPEN, None)
        .seen_by("主办组织：须答复", "the organising team: it must answer")
        .help(
            "监督员提出问题，主办组织必须答复",
            "the inspector asks; the team must answer",
        )
        .roles(SEAT)
        .asks(&[Field::new("text", "问题", "Question", Type::Lines(2000)).required()])
        .own(ask),
    Step::new("answer", "答复", "Answer", OPEN, None)
        .seen_by("监督员", "the inspector")
        .help(
            "主办组织答复监督员的问题",
            "the team answers the inspector's question",
        )
        .asks(&[
            Field::new("question", "第几问", "Question no.", Type::Int(1, 999)).help(
                "只有一个待答时可不填",
                "may stay empty while only one is open",
            ),
            Field::new("answer", "答复", "Answer", Type::Lines(3000)).required(),
        ])
        .own(answer),
    Step::new("remark", "意见", "Remark", OPEN, None)
        .seen_by("主办组织", "the organising team")
        .help("监督员写下意见", "the inspector writes a remark")
        .roles(SEAT)
        .asks(&[Field::new("text", "意见", "Remark", Type::Lines(2000)).required()])
        .own(remark),
    Step::new("name", "换人", "Change inspector", OPEN, None)
        .seen_by(
            "新监督员；原来的人不再看得到",
            "the new inspector; the one before sees it no more",
        )
        .help(
            "改由别人监督，写明原因；原来的人不再看得到",
            "somebody else oversees, with a reason; the one before sees it no more",
        )
        .asks(&[
            Field::new(
                "inspector",
                "监督员",
                "Inspector",
                Type::Ref(Kind::Operator),
            )
            .anew()
            .help("登录名、编号或姓名", "login, code or name"),
            Field::new(
                "inspector_name",
                "监督人（无账号）",
                "Inspector without account",
                Type::Line(40),
            )
            .anew(),
            Field::new("note", "原因", "Reason", Type::Lines(1000)),
        ]),
    Step::new("finish", "完成", "Finish", OPEN, Some("完成"))
        .seen_by("主办组织", "the organising team")
        .help(
            "三个阶段都到场、问题都已答复",
            "there at all three stages, every question answered",
        )
        .roles(SEAT)
        .stamp("finished_on")
        .own(finish),
];

fn push(record: &mut Record, key: &str, row: &[(&str, Value)]) {
    let mut rows = record.get(key).map_or(&[][..], Value::parts).to_vec();
    let cells = row.iter().filter(|(_, value)| !value.is_empty());
    let cells = cells.map(|(key, value)| ((*key).to_owned(), value.clone()));
    rows.push(Value::Map(cells.collect()));
    record.set(key, Value::List(rows));
}

fn given(answers: &Fields, key: &str) -> Value {
    answers.get(key).cloned().unwrap_or_else(|| "".into())
}

/// Refuses whatever is done in an inspector's name by anybody else: whoever is overseen would fill their own gate.
///
/// The owner of a personal store is all of them.
fn own_seat(record: &Record, reckon: &Reckon) -> Result<(), Refusal> {
    let Some(caller) = reckon.operator else {
        return Ok(());
    };
    let code = record.code();
    let no = |said| Refusal::new(RefusalKind::NotPermitted, said).article("第十九条");
    if let Some(named) = record.refs("inspector").next() {
        let name = inspector(reckon.world, record);
        return match named == caller {
            true => Ok(()),
            false => Err(no(say!(
                "只有这个部门指定的监督员 {name} 本人能办",
                "only {name}, the inspector whom this office named, may do this"
            ))
            .hint(say!(
                "请监督员用自己的账号登录办理；换人：kezhi do name {code} inspector=登录名",
                "the inspector does it under their own login; to change the inspector: kezhi do name {code} inspector=LOGIN"
            ))),
        };
    }
    match above(record, caller, reckon) {
        true => Ok(()),
        false => Err(no(say!(
            "没有账号的监督人，由主办组织上级的负责人登记",
            "for an inspector without an account a head above the team enters it"
        ))
        .hint(say!(
            "请上级负责人登记；或指定有账号的：kezhi do name {code} inspector=登录名",
            "have a head above enter it; or name one with an account: kezhi do name {code} inspector=LOGIN"
        ))),
    }
}

/// Whether somebody is a head whose scope begins above the team that is overseen.
fn above(record: &Record, caller: Code, reckon: &Reckon) -> bool {
    let (Some(team), Some(operator)) = (record.refs("org").next(), reckon.world.record(caller))
    else {
        return false;
    };
    let mut roles = operator.texts("roles").filter_map(Role::named);
    let mut roots = operator.refs("scope");
    roles.any(|role| role == Role::Head)
        && roots.any(|root| root != team && within(reckon.world, team, root))
}

/// In whose name it stands: the inspector's, and who entered it for one without an account.
fn signed(record: &Record, reckon: &Reckon) -> Value {
    let (name, by) = (inspector(reckon.world, record), reckon.who);
    match record.refs("inspector").next() {
        Some(_) => by.into(),
        None => format!("{name}（{by} 登记）").into(),
    }
}

fn attend(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    own_seat(record, reckon)?;
    let stage = given(answers, "stage");
    let stage_word = stage.text().unwrap_or("").to_owned();
    let when = given(answers, "day");
    let when = match when.text() {
        None | Some("") => reckon.now.to_owned(),
        Some(text) => moment::on(text, reckon.today),
    };
    if moment::begins(&when)
        .zip(moment::begins(reckon.now))
        .is_none_or(|(day, now)| day > now)
    {
        return Err(Refusal::invalid(
            "day",
            say!("到场时间 {when} 还没有到", "{when} is still to come"),
        )
        .hint(say!("到场之后再登记", "enter it once they were there")));
    }
    if let Some(activity) = reckon.named(record, "activity")
        && !lies(&activity, &stage_word, &when)
    {
        let (from, to) = (activity.text("day"), activity.text("until"));
        return Err(Refusal::invalid(
            "stage",
            say!(
                "{when} 不是「{stage_word}」：活动在 {from} 至 {to}",
                "{when} is not {stage_word}: the activity is on from {from} to {to}"
            ),
        )
        .article("第十九条")
        .hint(say!(
            "事前：早于开始；事中：活动的日子；事后：最后一场当天或之后。改阶段或时间：stage=... day=...",
            "before: earlier than the start; during: a day of the activity; after: the last day or later. Change stage=... or day=..."
        )));
    }
    let row = [
        ("stage", stage),
        ("day", when.into()),
        ("who", inspector(reckon.world, record).into()),
        ("note", given(answers, "note")),
        ("by", reckon.who.into()),
        ("noted_on", reckon.today.to_string().into()),
    ];
    push(record, "presence", &row);
    Ok(())
}

fn remark(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    own_seat(record, reckon)?;
    let row = [
        ("day", reckon.today.to_string().into()),
        ("by", signed(record, reckon)),
        ("text", given(answers, "text")),
    ];
    push(record, "remarks", &row);
    Ok(())
}

fn ask(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    own_seat(record, reckon)?;
    let number = record.rows("questions").count() as i64 + 1;
    let row = [
        ("no", number.into()),
        ("day", reckon.today.to_string().into()),
        ("by", signed(record, reckon)),
        ("text", given(answers, "text")),
    ];
    push(record, "questions", &row);
    Ok(())
}

fn finish(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    own_seat(record, reckon)?;
    answered(record, answers, reckon);
    Ok(())
}

fn answer(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    let open = open_questions(record);
    let list = open
        .iter()
        .map(i64::to_string)
        .collect::<Vec<_>>()
        .join("、");
    let number = match (answers.get("question"), open.as_slice()) {
        (Some(Value::Int(number)), open) if open.contains(number) => *number,
        (None, [only]) => *only,
        (_, []) => {
            return Err(Refusal::invalid(
                "question",
                say!("没有待答的问题", "no question is open"),
            ));
        }
        _ => {
            return Err(Refusal::invalid(
                "question",
                say!("答哪一问？待答：{list}", "which question? Open: {list}"),
            )
            .hint(say!("写明第几问：question=...", "say which: question=...")));
        }
    };
    let mut rows = record
        .get("questions")
        .map_or(&[][..], Value::parts)
        .to_vec();
    for row in &mut rows {
        if let Value::Map(row) = row
            && row.get("no") == Some(&Value::Int(number))
        {
            row.insert("answer".to_owned(), given(answers, "answer"));
            row.insert("answered_by".to_owned(), reckon.who.into());
            row.insert("answered_on".to_owned(), reckon.today.to_string().into());
        }
    }
    record.set("questions", Value::List(rows));
    Ok(())
}

/// The activity tells who oversees it: its own history shows since when.
pub fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    let Some(mut activity) = reckon.named(after, "activity") else {
        return Vec::new();
    };
    let mut all = holding(reckon.world, Kind::Oversight, "activity", activity.code());
    all.retain(|one| one.number != after.number);
    all.push(after.clone());
    let named = OFFICES.iter().filter_map(|office| {
        let one = all.iter().find(|one| one.text("office") == office.zh);
        let one = one.filter(|one| is_named(one))?;
        Some(format!("{} {}", office.zh, inspector(reckon.world, one)))
    });
    let named = named.collect::<Vec<_>>().join("、");
    activity.set("overseers", named.into());
    vec![activity]
}
