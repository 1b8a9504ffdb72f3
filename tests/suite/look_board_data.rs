//! What the service answers to boards that are played without one.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Said;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::work::{
    CalendarRow, CoverRow, CoverView, Finding, HoursRow, HoursView, ManyDone, Match,
};
use kezhi::protocol::{Act, Answer, Request, View};
use kezhi::say;

/// An activity of 30 people that is still to come, one of 500, and one that is over.
pub const COMING: u64 = 2_024_000_147;
pub const LARGE: u64 = 2_024_000_151;
pub const OVER: u64 = 2_024_000_139;

const NAMES: &[&str] = &[
    "单立文",
    "敖日格乐哈斯其木格",
    "欧阳静怡",
    "王·巴特尔",
    "郑婉清",
];

fn person(number: u64, status: &str, holes: &[(&str, &str)], told_on: &str) -> CoverRow {
    let pair = |(from, to): &(&str, &str)| ((*from).to_owned(), (*to).to_owned());
    CoverRow {
        enrolment: Code::new(Kind::Enrolment, number),
        volunteer: Code::new(Kind::Volunteer, number),
        name: NAMES[number as usize % NAMES.len()].into(),
        phone: format!("140****{:04}", number * 37 % 10_000),
        role: ["讲解", "引导", ""][number as usize % 3].into(),
        status: status.into(),
        said: String::new(),
        told_on: told_on.into(),
        told: !told_on.is_empty() && told_on < "2024-05-26T09:00",
        holes: holes.iter().map(pair).collect(),
    }
}

pub fn cover(activity: Code) -> CoverView {
    let whole = [
        ("2024-05-26T09:00", "2024-05-26T11:00"),
        ("2024-05-26T14:00", "2024-05-26T15:00"),
    ];
    let people = match activity.number {
        OVER => (1..=10)
            .map(|number| {
                let status = match number {
                    1..=7 => "到场",
                    8 => "同意",
                    9 => "缺席",
                    _ => "谢绝",
                };
                person(number, status, &[], "")
            })
            .collect(),
        number => (1..=if number == LARGE { 500 } else { 30 })
            .map(|nth: u64| {
                let status = match nth {
                    1..=12 => "同意",
                    13..=18 => "拟派",
                    19..=24 => "已邀",
                    25..=27 => "候补",
                    28 => "谢绝",
                    29 | 30 => "不能来",
                    _ => "同意",
                };
                // Some have no policy, some one that begins late, some one that ends in between.
                let holes: &[(&str, &str)] = match nth % 6 {
                    2 => &whole,
                    3 => &[("2024-05-26T09:00", "2024-05-26T10:00")],
                    4 => &whole[1..],
                    _ => &[],
                };
                let told = match nth % 5 {
                    0 => "",
                    1 => "2024-05-26T10:00",
                    _ => "2024-05-20T10:00",
                };
                person(nth, status, holes, told)
            })
            .collect(),
    };
    let session = |(from, to): &(&str, &str)| ((*from).to_owned(), (*to).to_owned());
    CoverView {
        sessions: whole.iter().map(session).collect(),
        dangerous: activity.number != OVER,
        people,
    }
}

fn view(code: Code, fields: &[(&str, Value)]) -> View {
    View {
        code,
        kind: code.kind,
        rev: 2,
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect::<Fields>(),
        names: Default::default(),
        masked: Vec::new(),
        told: Vec::new(),
        findings: Vec::new(),
        calls: Vec::new(),
    }
}

fn list(words: &[&str]) -> Value {
    let words = words.iter().map(|word| (*word).to_owned());
    Value::from(words.collect::<Vec<_>>())
}

/// The activity, the need.
fn about(code: Code) -> View {
    let asked = |number: u64, result: &str| {
        Value::Map(Fields::from([
            (
                "volunteer".to_owned(),
                Code::new(Kind::Volunteer, number).to_string().into(),
            ),
            ("result".to_owned(), result.into()),
        ]))
    };
    view(
        code,
        &[
            ("title", "草原防火科普行".into()),
            ("needed", Value::Int(20)),
            ("dangers", list(&["草原森林防火", "驾乘长途"])),
            (
                "asked",
                Value::List(vec![asked(1, "没接"), asked(1, "去"), asked(2, "不去")]),
            ),
        ],
    )
}

pub fn record(number: u64) -> Code {
    Code::new(Kind::ServiceRecord, number)
}

fn records() -> Vec<View> {
    let one = |number: u64, volunteer: u64, minutes: i64, status: &str| {
        view(
            record(number),
            &[
                (
                    "volunteer",
                    Code::new(Kind::Volunteer, volunteer).to_string().into(),
                ),
                ("minutes", Value::Int(minutes)),
                ("day", "2024-05-02".into()),
                ("evidence", "签到表 3 页".into()),
                ("status", status.into()),
            ],
        )
    };
    vec![
        one(1, 1, 120, "已确认"),
        one(2, 2, 180, "待确认"),
        one(3, 2, 60, "退回"),
        one(4, 3, 600, "待确认"),
        one(5, 4, 90, "撤销"),
    ]
}

fn hours(of: Option<Code>, own: bool) -> HoursView {
    let row = |code: Code, name: &str, minutes: i64, status: &str| HoursRow {
        code,
        name: name.into(),
        minutes,
        status: status.into(),
        evidence: if status.is_empty() {
            ""
        } else {
            "签到表 3 页"
        }
        .into(),
    };
    let org = |number| Code::new(Kind::Organisation, number);
    let rows = match of {
        Some(code) if code.kind == Kind::Volunteer => vec![
            row(record(9), "2024-05-02 科技馆讲解", 120, "已确认"),
            row(record(8), "2024-03-01 冬季农技服务", 95, "已确认"),
        ],
        Some(code) if own => vec![
            row(record(9), "2024-05-02 乌云 科技馆讲解", 120, "已确认"),
            row(code, "", 700, "已确认"),
        ],
        Some(code) if code.number > 1 => vec![
            row(code, "红山区科技志愿者队", 40, ""),
            row(org(36), "元宝山区科技志愿者队", 0, ""),
        ],
        _ => vec![
            row(org(1), "内蒙古自治区科技志愿服务总队", 61, ""),
            row(org(2), "呼和浩特市科技志愿服务队", 86_400, ""),
            row(org(5), "赤峰市科技志愿服务队", 1_234_567, ""),
        ],
    };
    HoursView {
        name: rows[0].name.clone(),
        minutes: rows.iter().map(|row| row.minutes).sum(),
        rows,
        more: if own { 7 } else { 0 },
    }
}

fn matches() -> Vec<Match> {
    (1..=40)
        .map(|number: u64| Match {
            code: Code::new(Kind::Volunteer, number),
            name: NAMES[number as usize % NAMES.len()].into(),
            phone: format!("140****{:04}", number * 37 % 10_000),
            area: "赤峰市红山区".into(),
            why: vec![
                say!("技能 农牧技术", "skill wanted"),
                say!("同一旗县", "same county"),
                say!("懂蒙古语", "speaks Mongolian"),
            ],
            against: if number.is_multiple_of(4) {
                vec![say!("当天另有活动", "is elsewhere on that day")]
            } else {
                Vec::new()
            },
            asked: number
                .is_multiple_of(3)
                .then(|| ("2024-04-02T09:00".to_owned(), "没接".to_owned())),
        })
        .collect()
}

fn calendar(from: chrono::NaiveDate) -> Vec<CalendarRow> {
    let row = |day: u32, time: &str, number: u64, title: &str, status: &str, people| CalendarRow {
        day: from + chrono::Days::new(u64::from(day) - 1),
        time: time.into(),
        code: Code::new(Kind::Activity, number),
        title: title.into(),
        team: "红山区科技志愿者队".into(),
        area: "赤峰市红山区".into(),
        status: status.into(),
        people,
    };
    vec![
        row(2, "09:00-12:00", OVER, "科技馆讲解", "结项", (8, 8)),
        row(25, "08:00-09:00", 2_024_000_160, "义诊", "招募", (3, 3)),
        row(
            25,
            "14:00-15:00",
            LARGE,
            "科技活动周进社区、进学校、进园区巡讲",
            "进行",
            (500, 500),
        ),
        row(
            26,
            "09:00-11:00",
            COMING,
            "草原防火科普行",
            "招募",
            (12, 20),
        ),
    ]
}

fn findings(article: Option<u32>) -> Vec<Finding> {
    let one = |rule: &str, article: &str, effect: Said, code: String, message: Said| Finding {
        rule: rule.into(),
        article: article.into(),
        strength: say!("必须", "must"),
        effect,
        code,
        name: "红山区科技志愿者队".into(),
        message,
        since: chrono::NaiveDate::from_ymd_opt(2024, 1, 12),
    };
    let org = |number| Code::new(Kind::Organisation, number).to_string();
    let breach = || say!("违规", "breach");
    let mut all = vec![
        one(
            "R07-02",
            "第七条",
            breach(),
            org(35),
            say!("没有队长", "it has no leader"),
        ),
        one(
            "R07-02",
            "第七条",
            breach(),
            org(36),
            say!("没有队长", "it has no leader"),
        ),
        one(
            "R08-01",
            "第八条",
            say!("提示", "hint"),
            "150402".into(),
            say!("没有队伍", "no team here"),
        ),
        one(
            "R09六-02",
            "第九条（六）",
            breach(),
            Code::new(Kind::Activity, COMING).to_string(),
            say!("2 人没有保险", "2 are not insured"),
        ),
    ];
    all.retain(|one| article.is_none_or(|number| number == 9 && one.article.contains('九')));
    all
}

/// Every Chinese text of these answers.
pub fn known() -> String {
    let mut texts = String::from(
        "讲解 引导 签到表 页 赤峰市红山区 红山区科技志愿者队 草原防火科普行 科技馆讲解 义诊 冬季农技服务 \
         元宝山区科技志愿者队 第七条 第八条 第九条（六） 六 科技活动周进社区、进学校、进园区巡讲 九",
    );
    NAMES
        .iter()
        .for_each(|name| texts.push_str(&format!(" {name}")));
    texts
}

/// The answer, if a board asks.
pub fn answer(request: &Request, stubborn: Option<Code>) -> Option<Result<Answer, Refusal>> {
    Some(Ok(match request {
        Request::Cover(code) => Answer::Cover(cover(*code)),
        Request::Show(code) if matches!(code.kind, Kind::Activity | Kind::Need) => {
            Answer::View(about(*code))
        }
        Request::Show(code) if code.kind == Kind::Enrolment => {
            Answer::View(view(*code, &[("note", "自带午饭".into())]))
        }
        Request::Show(code) if !matches!(code.kind, Kind::Volunteer | Kind::Organisation) => {
            Answer::View(view(*code, &[]))
        }
        Request::List(_) => Answer::Views(records()),
        Request::Hours(hours) => Answer::Hours(self::hours(hours.of, hours.own)),
        Request::Match { .. } => Answer::Matches(matches()),
        Request::Calendar(asked) => Answer::Calendar(calendar(asked.from)),
        Request::Check(check) => Answer::Findings(findings(check.article)),
        Request::Try(change) => match change.act {
            Act::Step { code, .. } if code == record(4) => {
                let said = say!(
                    "600 分钟多于活动的 180 分钟",
                    "600 minutes, the activity has 180"
                );
                let mut refusal = Refusal::new(RefusalKind::Confirm, said);
                refusal.article = Some("第九条（三）".into());
                return Some(Err(refusal));
            }
            _ => Answer::Done(0),
        },
        Request::Many { many, .. } => {
            let held = |code: &Code| stubborn == Some(*code) && !many.confirmed;
            let refusal = Refusal::new(RefusalKind::Confirm, say!("疑点", "a doubt"));
            let refused = many.codes.iter().filter(|code| held(code));
            Answer::Many(ManyDone {
                done: many
                    .codes
                    .iter()
                    .copied()
                    .filter(|code| !held(code))
                    .collect(),
                refused: refused.map(|code| (*code, refusal.clone())).collect(),
            })
        }
        Request::Make { change, .. } => match &change.act {
            Act::New(Kind::ServiceRecord) => {
                let text = |key: &str| change.fields.get(key).map(ToString::to_string);
                let volunteer = text("volunteer").and_then(|code| Code::read(&code))?;
                if stubborn == Some(volunteer) {
                    let said = say!("时长多于场次", "longer than the session");
                    return Some(Err(Refusal::new(RefusalKind::Rule, said)));
                }
                let fields: Vec<(&str, Value)> = change
                    .fields
                    .iter()
                    .map(|(key, value)| (key.as_str(), value.clone()))
                    .collect();
                let mut made = view(record(100 + volunteer.number), &fields);
                made.fields.insert("status".into(), "待确认".into());
                Answer::View(made)
            }
            Act::New(Kind::Enrolment) => Answer::View(view(Code::new(Kind::Enrolment, 900), &[])),
            Act::Step { code, .. } | Act::Edit { code, .. } if code.kind != Kind::Volunteer => {
                Answer::View(view(*code, &[]))
            }
            _ => return None,
        },
        _ => return None,
    }))
}
