//! The steps of an oversight: who is named, when they were there, what they remark and ask.

use crate::domain::field::{Field, Type};
use crate::domain::kind::Kind;
use crate::domain::lifecycle::Step;
use crate::domain::moment;
use crate::domain::operator::Role;
use crate::domain::oversight::{OFFICES, STAGES, inspector, is_named, lies, open_questions};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, holding};
use crate::say;

const BOTH: &[Role] = &[Role::Operator, Role::Head, Role::Inspector];
const INSPECTOR: &[Role] = &[Role::Inspector];
const OPEN: &[&str] = &["监督"];

/// The steps.
pub const STEPS: &[Step] = &[
    Step::new("attend", "到场", "Attend", OPEN, None)
        .help(
            "记下监督员在事前、事中或事后到场，看了什么",
            "the inspector was there before, during or after; what was looked at",
        )
        .roles(BOTH)
        .asks(&[
            Field::new("stage", "阶段", "Stage", Type::Choice(STAGES)).required(),
            Field::new("day", "时间", "When", Type::Moment).help(
                "日期，或日期和时间；不填即现在",
                "a day, or a day and a time; now if empty",
            ),
            Field::new("who", "到场人", "Who", Type::Line(40))
                .help("不填即指定的监督员", "the inspector named if empty"),
            Field::new("note", "看了什么", "What was looked at", Type::Lines(1000)),
        ])
        .own(attend),
    Step::new("ask", "提问", "Ask", OPEN, None)
        .help(
            "监督员提出问题，主办组织必须答复",
            "the inspector asks; the team must answer",
        )
        .roles(INSPECTOR)
        .asks(&[Field::new("text", "问题", "Question", Type::Lines(2000)).required()])
        .own(ask),
    Step::new("answer", "答复", "Answer", OPEN, None)
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
        .help("监督员写下意见", "the inspector writes a remark")
        .roles(INSPECTOR)
        .asks(&[Field::new("text", "意见", "Remark", Type::Lines(2000)).required()])
        .own(remark),
    Step::new("name", "换人", "Change inspector", OPEN, None)
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
            .help("登录名、编号或姓名", "login, code or name"),
            Field::new(
                "inspector_name",
                "监督人（无账号）",
                "Inspector without account",
                Type::Line(40),
            ),
            Field::new("note", "原因", "Reason", Type::Lines(1000)),
        ]),
    Step::new("finish", "完成", "Finish", OPEN, Some("完成"))
        .help(
            "三个阶段都到场、问题都已答复",
            "there at all three stages, every question answered",
        )
        .roles(BOTH)
        .stamp("finished_on"),
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

/// Refuses words in an inspector's name from anybody else; the owner of a personal store is all of them.
fn own_words(record: &Record, reckon: &Reckon) -> Result<(), Refusal> {
    let named = record.refs("inspector").next();
    if reckon.operator.is_none() || reckon.operator == named {
        return Ok(());
    }
    let code = record.code();
    Err(Refusal::new(
        RefusalKind::NotPermitted,
        say!(
            "只有这个部门指定的监督员能写",
            "only the inspector whom this office named may write here"
        ),
    )
    .hint(say!(
        "换人：kezhi do name {code} inspector=登录名",
        "to change the inspector: kezhi do name {code} inspector=LOGIN"
    )))
}

fn attend(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
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
            "事前：早于开始；事中：活动的日子；事后：最后一场当天或之后。改阶段或时间：stage=… day=…",
            "before: earlier than the start; during: a day of the activity; after: the last day or later. Change stage=… or day=…"
        )));
    }
    let who = match given(answers, "who") {
        who if who.is_empty() => inspector(reckon.world, record).into(),
        who => who,
    };
    let row = [
        ("stage", stage),
        ("day", when.into()),
        ("who", who),
        ("note", given(answers, "note")),
        ("by", reckon.who.into()),
        ("noted_on", reckon.today.to_string().into()),
    ];
    push(record, "presence", &row);
    Ok(())
}

fn remark(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    own_words(record, reckon)?;
    let row = [
        ("day", reckon.today.to_string().into()),
        ("by", reckon.who.into()),
        ("text", given(answers, "text")),
    ];
    push(record, "remarks", &row);
    Ok(())
}

fn ask(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    own_words(record, reckon)?;
    let number = record.rows("questions").count() as i64 + 1;
    let row = [
        ("no", number.into()),
        ("day", reckon.today.to_string().into()),
        ("by", reckon.who.into()),
        ("text", given(answers, "text")),
    ];
    push(record, "questions", &row);
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
            .hint(say!("写明第几问：question=…", "say which: question=…")));
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
