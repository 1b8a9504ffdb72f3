//! 删除个人信息: what goes and what stays when a volunteer asks for it (个人信息保护法 47).
//!
//! What a law wants kept is stored on and used for nothing else (47, second paragraph): the truth of
//! records of service and of the certificates that rest on them (志愿服务条例 19; 志愿服务记录与证明出具办法).

use chrono::{NaiveDate, NaiveTime};

use crate::domain::call;
use crate::domain::complaint;
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle;
use crate::domain::moment;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route;
use crate::domain::said::{Text, t};
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, World, holding};
use crate::say;

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Kept,
    /// The year of a day stays.
    Year,
    /// It goes, but for somebody removed, whose return it tells of.
    Barred,
    /// It goes.
    Gone,
}

use Fate::{Barred, Gone, Kept, Year};

const SERVICE: Text = t(
    "服务记录与证明须如实写明是谁（志愿服务条例第十九条）",
    "records of service and certificates must truly say whose they are (志愿服务条例 19)",
);
const REGISTER: Text = t(
    "登记与退出的经过，属服务情况（第七条；志愿服务条例第十九条）",
    "when somebody came and went belongs to the record of service (article 7)",
);
const PROOF: Text = t(
    "处理个人信息合法的证据（个人信息保护法第十三、六十九条）",
    "proof that the data was handled lawfully (个人信息保护法 13, 69)",
);
const TRAINING: Text = t(
    "培训情况须如实记录（志愿服务条例第十九条）",
    "training must be truly recorded (志愿服务条例 19)",
);
const JUDGED: Text = t(
    "评价情况须如实记录（志愿服务条例第十九条）",
    "what was found of somebody's service must be truly recorded (志愿服务条例 19)",
);
const BAR: Text = t(
    "已清退的留作核对，执行清退所必需（第九条（七）；个人信息保护法第十三条（三））；其他人的即删",
    "kept of somebody removed, to carry the removal out and for nothing else (article 9 (7)); erased of others",
);
const DONE: Text = t(
    "只为联系和派任务而收集，目的已实现（个人信息保护法第四十七条（一））",
    "gathered to reach and place somebody: that purpose is over (个人信息保护法 47 (1))",
);
const SENSITIVE: Text = t(
    "敏感个人信息，撤回同意即删（个人信息保护法第二十八、四十七条）",
    "sensitive: goes with the consent (个人信息保护法 28, 47)",
);
const FREE: Text = t(
    "随手所记，没有法律要求保存",
    "free text that no law asks to keep",
);

/// What becomes of each field of a volunteer, and why.
pub const FATES: &[(&str, Fate, Text)] = &[
    ("name", Kept, SERVICE),
    ("gender", Kept, SERVICE),
    ("birth", Year, SERVICE),
    ("id_type", Gone, SENSITIVE),
    ("id_number", Barred, BAR),
    ("ethnicity", Gone, SENSITIVE),
    ("phone", Gone, DONE),
    ("phone2", Gone, DONE),
    ("employer", Gone, DONE),
    ("title", Gone, DONE),
    ("identity", Kept, REGISTER),
    ("skills", Gone, DONE),
    ("targets", Gone, DONE),
    ("area", Kept, REGISTER),
    ("address", Gone, DONE),
    ("languages", Gone, DONE),
    ("teams", Kept, REGISTER),
    ("platform_no", Kept, SERVICE),
    ("status", Kept, REGISTER),
    ("joined_on", Kept, REGISTER),
    ("confirmed_on", Kept, REGISTER),
    ("consent_on", Kept, PROOF),
    ("pledge_on", Kept, REGISTER),
    ("guardian", Gone, SENSITIVE),
    ("health_note", Gone, SENSITIVE),
    ("trained_on", Kept, TRAINING),
    ("remarks", Kept, JUDGED),
    ("note", Gone, FREE),
];

/// The step that erases.
const STEP: &str = "erase";

/// The state that stays whatever else goes: nobody washes a removal off by asking.
const REMOVED: &str = "已清退";

/// Whose data a complaint is about.
fn subject(complaint: &Record, world: &dyn World) -> Option<Record> {
    world.record(complaint.refs("subject").next()?)
}

/// What stands in the way of erasing somebody's data, as far as the caller sees it.
fn standing(person: Code, world: &dyn World, today: NaiveDate) -> Vec<Code> {
    let mut found = Vec::new();
    let enrolments = holding(world, Kind::Enrolment, "volunteer", person);
    let open = enrolments.iter().filter(|one| {
        let activity = one.refs("activity").next();
        let activity = activity.and_then(|activity| world.record(activity));
        let ahead = activity.is_none_or(|activity| activity.live());
        ahead && matches!(one.status(), "拟派" | "已邀" | "同意" | "候补")
    });
    found.extend(open.map(Record::code));
    let policies = holding(world, Kind::Insurance, "covers", person);
    let running = policies.iter().filter(|policy| {
        let until = moment::ends(policy.text("to"));
        policy.live() && until.is_none_or(|until| until > today.and_time(NaiveTime::MIN))
    });
    found.extend(running.map(Record::code));
    let matters = holding(world, Kind::Complaint, "accused", person);
    found.extend(
        matters
            .iter()
            .filter(|one| complaint::open(one))
            .map(Record::code),
    );
    let sanctions = holding(world, Kind::Sanction, "subject", person);
    found.extend(
        sanctions
            .iter()
            .filter(|one| one.status() == "拟议")
            .map(Record::code),
    );
    found
}

/// Judges a request to erase: that it is one, and that nothing open still needs what would go.
pub fn erase(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    if record.text("kind") != "个人信息" || record.text("right") != "删除" {
        return Err(Refusal::new(
            RefusalKind::Rule,
            say!(
                "只有本人要求删除的个人信息请求才能清除",
                "only a request about personal data that asks to erase it leads to this"
            ),
        )
        .field("right")
        .article("个人信息保护法第四十七条")
        .hint(say!(
            "类别填个人信息，请求的权利填删除，所涉本人填编号",
            "kind 个人信息, right 删除, subject the person's code"
        )));
    }
    let receiver = record.refs("receiver").next();
    let person = subject(record, reckon.world);
    let inside = |person: &Record| {
        let mut teams = person.refs("teams");
        teams.any(|team| receiver.is_some_and(|root| route::within(reckon.world, team, root)))
    };
    let Some(person) = person.filter(inside) else {
        return Err(Refusal::new(
            RefusalKind::Rule,
            say!(
                "没有填所涉本人，或本人不在受理组织之下",
                "whose data it is about is not filled in, or stands under no team of the receiver"
            ),
        )
        .field("subject")
        .article("个人信息保护法第四十七条")
        .hint(say!(
            "先补填：kezhi edit 编号 subject=志愿者编号",
            "fill it in first: kezhi edit CODE subject=VOLUNTEER"
        )));
    };
    let standing = standing(person.code(), reckon.world, reckon.today);
    if !standing.is_empty() {
        let list: Vec<String> = standing.iter().take(8).map(Code::to_string).collect();
        let (count, list) = (standing.len(), list.join("、"));
        return Err(Refusal::new(
            RefusalKind::Rule,
            say!(
                "还有 {count} 件没有了结，信息仍需使用：{list}",
                "{count} things are still open and need the data: {list}"
            ),
        )
        .field("subject")
        .article("个人信息保护法第四十七条")
        .hint(say!(
            "先了结：请假、退保、办结，再清除",
            "end them first: absence, cancelling, closing; then erase"
        )));
    }
    if stripped(person.clone()) == person {
        let code = person.code();
        return Err(Refusal::new(
            RefusalKind::Rule,
            say!(
                "{code} 的信息已经清除过",
                "the data of {code} is erased already"
            ),
        )
        .field("subject")
        .article("个人信息保护法第四十七条")
        .hint(say!(
            "告知本人后答复办结：kezhi do answer 编号 ...",
            "tell the person and answer it: kezhi do answer CODE ..."
        )));
    }
    lifecycle::noted(record, answers, reckon);
    Ok(())
}

/// What of somebody's record would go.
pub fn goes(person: &Record) -> Vec<Text> {
    let after = stripped(person.clone());
    let fates = FATES.iter().map(|(key, ..)| *key);
    let gone = fates.filter(|key| *key != "status" && person.get(key) != after.get(key));
    let labels = gone.filter_map(|key| person.kind.spec().field(key));
    labels.map(|field| field.label).collect()
}

/// The person's record after a request to erase was granted.
pub fn then(after: &Record, reckon: &Reckon) -> Vec<Record> {
    if reckon.act != STEP {
        return Vec::new();
    }
    let person = subject(after, reckon.world);
    let calls = person.iter();
    let mut gone: Vec<Record> = calls
        .flat_map(|person| call::stripped(reckon.world, person.code()))
        .collect();
    gone.splice(0..0, person.map(stripped));
    gone
}

/// The records that the log forgets with it.
pub fn erases(after: &Record, reckon: &Reckon) -> Vec<Code> {
    let subject = after.refs("subject").next();
    let Some(subject) = subject.filter(|_| reckon.act == STEP) else {
        return Vec::new();
    };
    let calls = reckon
        .world
        .equal(Kind::Call, "about", &subject.to_string());
    let calls = calls
        .into_iter()
        .map(|number| Code::new(Kind::Call, number));
    std::iter::once(subject).chain(calls).collect()
}

/// A volunteer's record without what no law keeps.
pub fn stripped(mut person: Record) -> Record {
    let removed = person.status() == REMOVED;
    for (key, fate, _) in FATES {
        match fate {
            Kept => {}
            Barred if removed => {}
            Gone | Barred => person.set(key, Value::from("")),
            Year => {
                let year: String = person.text(key).chars().take(4).collect();
                person.set(key, year.into());
            }
        }
    }
    if !removed {
        person.set("status", "已退出".into());
    }
    person
}
