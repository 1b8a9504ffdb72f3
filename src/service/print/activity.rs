//! Papers of an activity: its plan, the sign-in list, the notice to volunteers.

use crate::domain::activity::{dangerous, sessions};
use crate::domain::enrolment::OPEN;
use crate::domain::kind::Kind;
use crate::domain::mask::middle;
use crate::domain::place;
use crate::domain::world::holding;
use crate::exchange::document::Document;
use crate::service::print::{Source, now_said, span};

fn times(source: &Source) -> String {
    let spans = sessions(source.record);
    spans.iter().map(span).collect::<Vec<_>>().join("；")
}

fn site(source: &Source) -> String {
    let area = place::by_code(source.text("area")).map_or_else(String::new, place::Place::path);
    format!("{area}{}", source.text("place"))
}

fn words(source: &Source, key: &str) -> String {
    source.record.texts(key).collect::<Vec<_>>().join("、")
}

fn number(source: &Source, key: &str) -> String {
    source
        .record
        .get(key)
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn fee(source: &Source) -> String {
    match number(source, "fee").as_str() {
        "" => "未填".to_owned(),
        "0" => "0 元（科技志愿服务无偿）".to_owned(),
        fee => format!("{fee} 元"),
    }
}

/// The plan.
pub(super) fn plan(source: &Source) -> Document {
    let mut document = Document::new("科技志愿服务活动登记表")
        .number(format!("编号：{}", source.record.code()))
        .pair("名称", source.text("title"))
        .pair("主办组织", source.called("org"))
        .pair("服务范围", source.text("scope"))
        .pair("大型活动", source.text("event"))
        .pair("五进", words(source, "visits"))
        .pair("时间", times(source))
        .pair("地点", site(source))
        .pair("服务对象", source.text("recipient"))
        .pair("需要人数", number(source, "needed"))
        .pair("负责人", source.text("in_charge"))
        .pair("可能的危险", words(source, "dangers"))
        .pair("风险说明", source.text("risk_note"))
        .pair("工作条件", source.text("conditions"))
        .pair("向对象收费", fee(source))
        .pair("状态", source.record.status());
    document = document.heading("派遣人员");
    let rows = enrolled(source)
        .into_iter()
        .map(|(name, role, phone, status)| vec![name, role, phone, status]);
    document
        .table(
            &[("姓名", 16), ("岗位", 16), ("手机", 18), ("状态", 10)],
            rows,
        )
        .sign("填表人", "负责人")
}

/// Everybody who may come: name, role, masked phone, state.
fn enrolled(source: &Source) -> Vec<(String, String, String, String)> {
    let mut found = holding(
        source.world,
        Kind::Enrolment,
        "activity",
        source.record.code(),
    );
    found.retain(|one| OPEN.contains(&one.status()));
    found
        .iter()
        .filter_map(|one| {
            let person = source.world.record(one.refs("volunteer").next()?)?;
            Some((
                person.title().to_owned(),
                one.text("role").to_owned(),
                middle(person.text("phone"), 3, 4),
                one.status().to_owned(),
            ))
        })
        .collect()
}

/// The sign-in list, rows tall enough for handwriting, some of them free.
pub(super) fn sign_in(source: &Source) -> Document {
    let mut rows: Vec<Vec<String>> = enrolled(source)
        .into_iter()
        .zip(1..)
        .map(|((name, role, phone, _), nth)| {
            let blank = String::new;
            vec![
                nth.to_string(),
                name,
                role,
                phone,
                blank(),
                blank(),
                blank(),
            ]
        })
        .collect();
    let known = rows.len();
    rows.extend((known + 1..=known + 3).map(|nth| {
        let mut row = vec![String::new(); 7];
        if let Some(first) = row.first_mut() {
            *first = nth.to_string();
        }
        row
    }));
    Document::new("科技志愿服务签到表")
        .landscape()
        .number(format!("编号：{}", source.record.code()))
        .pair("活动", source.text("title"))
        .pair("主办组织", source.called("org"))
        .pair("时间", times(source))
        .pair("地点", site(source))
        .form(
            &[
                ("序", 5),
                ("姓名", 16),
                ("岗位", 12),
                ("手机", 22),
                ("签到时间", 13),
                ("签退时间", 13),
                ("本人签名", 19),
            ],
            rows,
        )
        .sign("记录人", "负责人")
}

/// The notice: what article 9 (4) and (6) want volunteers to be told.
pub(super) fn notice(source: &Source) -> Document {
    let title = source.text("title");
    let or = |text: String| {
        if text.is_empty() {
            "另行通知".to_owned()
        } else {
            text
        }
    };
    let mut document = Document::new("科技志愿服务活动通知")
        .number(format!("编号：{}", source.record.code()))
        .flush("各位科技志愿者：")
        .paragraph(format!("现将“{title}”活动的有关事项告知如下。"))
        .pair("主办组织", source.called("org"))
        .pair(
            "服务内容",
            or([source.text("scope"), source.text("form")]
                .join(" ")
                .trim()
                .to_owned()),
        )
        .pair("服务对象", or(source.text("recipient").to_owned()))
        .pair("时间", or(times(source)))
        .pair("地点", or(site(source)))
        .pair("负责人", or(source.text("in_charge").to_owned()))
        .pair("工作条件", or(source.text("conditions").to_owned()));
    document = match dangerous(source.record) {
        true => document
            .heading("可能发生的人身危险")
            .paragraph(format!(
                "本次活动可能发生人身危险：{}。{}请在活动开始前确认已知悉；主办组织为参加者购买人身意外伤害保险，未告知、未投保的不安排参加。",
                words(source, "dangers"),
                source.text("risk_note")
            )),
        false => document.pair("风险", or(source.text("risk_note").to_owned())),
    };
    document
        .paragraph("参加与否由本人自愿决定。因故不能参加的，请及时告知主办组织，以便安排替补。")
        .seal(source.called("org"), now_said())
}
