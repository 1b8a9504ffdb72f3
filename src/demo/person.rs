//! One volunteer.

use chrono::{Duration, NaiveDate};

use crate::demo::material::{surnames, words};
use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::demo::{MARK, Plan};
use crate::domain::day::age;
use crate::domain::identity::check;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::value::Fields;

/// People who stand for the hard cases, by the numbers they get.
const FIXED: &[(&str, &str, &str)] = &[
    ("单立文", "男", "1990-03-05"),
    ("娜", "女", "1984-02-29"),
    ("阿尔斯楞巴特尔额尔德尼朝鲁", "男", "1979-11-02"),
    ("那顺巴雅尔", "男", "1988-07-11"),
    ("那英兰", "女", "1991-01-20"),
    ("阿拉坦·乌拉", "男", "1975-05-30"),
    ("尉迟敬", "男", "1969-10-01"),
    ("解晓东", "男", "1982-06-18"),
    ("曾国庆", "男", "1971-10-01"),
    ("王志强", "男", "1985-04-04"),
    ("王志强", "男", "1985-09-09"),
];

/// A telephone number that rings nowhere.
pub fn phone(random: &mut Random) -> String {
    format!("140{:08}", random.below(100_000_000))
}

/// A Han name.
pub fn han(random: &mut Random) -> String {
    let surname = match random.below(100) {
        0..2 => random.pick(words("special")),
        _ => random.weighted(surnames()),
    };
    let given = match random.below(100) {
        0..22 => random.pick(words("one")).to_owned(),
        22..45 => random.pick(words("two")).to_owned(),
        _ => format!("{}{}", random.pick(words("one")), random.pick(words("one"))),
    };
    format!("{surname}{given}")
}

fn mongol(random: &mut Random, woman: bool) -> String {
    if random.below(100) < 28 {
        let surname = random.pick(words("mongol_surnames"));
        return format!("{surname}{}", random.pick(words("two")));
    }
    let stock = words(if woman { "female" } else { "male" });
    let one = random.pick(stock);
    match random.below(10) {
        0..5 => one.to_owned(),
        5 => format!("{one}·{}", random.pick(words("male"))),
        _ => {
            let two = random.pick(stock);
            if one == two {
                one.to_owned()
            } else {
                format!("{one}{two}")
            }
        }
    }
}

fn identity_number(birth: NaiveDate, order: u64, woman: bool) -> String {
    let order = order % 500 * 2 + u64::from(!woman);
    let body = format!("159900{}{order:03}", birth.format("%Y%m%d"));
    let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
    let last = check(&digits).unwrap_or('0');
    format!("{body}{last}")
}

fn born(random: &mut Random, today: NaiveDate, student: bool) -> NaiveDate {
    let band = if student { 1 } else { random.below(100) };
    let (from, to) = match band {
        _ if student && random.below(100) < 78 => (18, 25),
        0 => (16, 17),
        1..25 => (18, 25),
        25..47 => (26, 35),
        47..76 => (36, 50),
        76..90 => (51, 60),
        90..99 => (61, 75),
        _ => (76, 85),
    };
    let days = from * 365 + random.below((to - from) * 365 + 300) + from / 4 + 1;
    today - Duration::days(days as i64)
}

/// Identity numbers are unique as long as one day has fewer than 500 births of a gender: the order runs with the number.
fn order(number: u64) -> u64 {
    number.wrapping_mul(7919)
}

/// The volunteer with a number in a team.
pub fn volunteer(plan: &Plan, team: &Team, number: u64) -> Record {
    let mut record = Record::new(Kind::Volunteer, number, Fields::new());
    record.rev = 1;
    plain(plan, team, number, &mut record);
    planted(plan, team, number, &mut record);
    record
}

fn plain(plan: &Plan, team: &Team, number: u64, record: &mut Record) {
    let mut random = Random::of("person", number);
    let today = plan.today;
    let student = team.record.text("kind") == "高校队";
    let mut woman = random.below(100) < 52;
    let is_mongol = random.below(1000) < team.mongol;
    let mut birth = born(&mut random, today, student);
    let mut name = if is_mongol {
        mongol(&mut random, woman)
    } else {
        han(&mut random)
    };
    let fixed = number
        .checked_sub(101)
        .and_then(|at| FIXED.get(at as usize));
    if let Some((fixed, gender, day)) = fixed {
        name = (*fixed).to_owned();
        woman = *gender == "女";
        birth = day.parse().unwrap_or(birth);
    }
    record.set("name", name.into());
    record.set("gender", (if woman { "女" } else { "男" }).into());
    record.set("birth", birth.to_string().into());
    record.set("id_type", "居民身份证".into());
    record.set(
        "id_number",
        identity_number(birth, order(number), woman).into(),
    );
    let nation = match (is_mongol, random.below(1000)) {
        (true, _) => "蒙古族",
        (_, 0..25) => "满族",
        (_, 25..35) => "回族",
        (_, 35..39) => "达斡尔族",
        (_, 39..41) => "鄂温克族",
        _ => "汉族",
    };
    record.set("ethnicity", nation.into());
    record.set(
        "phone",
        format!("140{:08}", number.wrapping_mul(61_680_629) % 100_000_000).into(),
    );
    let short = team.record.texts("aliases").last().unwrap_or("").to_owned();
    let employer = random.weighted(&[
        ("第一中学", 16),
        ("实验小学", 15),
        ("人民医院", 11),
        ("中蒙医院", 7),
        ("农牧业技术推广站", 9),
        ("水利站", 3),
        ("林草局", 3),
        ("科学技术协会", 4),
        ("教育局", 4),
        ("气象局", 4),
        ("农牧业有限公司", 6),
        ("新能源有限公司", 5),
        ("研究所", 9),
        ("退休", 4),
    ]);
    record.set("employer", format!("{short}{employer}").into());
    record.set(
        "title",
        random
            .weighted(&[
                ("正高级", 4),
                ("副高级", 17),
                ("中级", 38),
                ("初级", 22),
                ("", 19),
            ])
            .into(),
    );
    record.set(
        "identity",
        random
            .weighted(&[
                ("科技工作者", 68),
                ("科技爱好者", 22),
                ("热心科技传播人士", 10),
            ])
            .into(),
    );
    let skills = [
        ("农牧技术", 17),
        ("医疗健康", 16),
        ("青少年科技教育", 15),
        ("科普宣讲", 14),
        ("信息技术", 9),
        ("生态环保", 6),
        ("应急避险与防灾", 6),
        ("食品安全", 4),
        ("气象与地质", 3),
        ("能源化工", 3),
        ("机械电气", 3),
        ("心理", 2),
        ("法律与知识产权", 1),
        ("标准计量", 1),
    ];
    let mut picked: Vec<String> = Vec::new();
    for _ in 0..1 + random.below(4).min(random.below(4)) {
        let skill = random.weighted(&skills).to_owned();
        if !picked.contains(&skill) {
            picked.push(skill);
        }
    }
    record.set("skills", picked.into());
    let target = random.weighted(&[
        ("青少年", 30),
        ("农牧民", 26),
        ("社区居民", 22),
        ("老年人", 12),
        ("企业职工", 6),
        ("困难群众", 4),
    ]);
    record.set("targets", vec![target.to_owned()].into());
    record.set("area", team.record.text("area").into());
    let mut languages = vec!["普通话".to_owned()];
    if random.below(100) < if is_mongol { 71 } else { 1 } {
        languages.push("蒙古语".to_owned());
    }
    record.set("languages", languages.into());
    let mut teams = vec![team.record.code().to_string()];
    if random.below(100) < 8 {
        let other = plan
            .teams
            .get(random.below(plan.teams.len() as u64) as usize);
        if let Some(other) =
            other.filter(|other| other.members > 0 && other.record.number != team.record.number)
        {
            teams.push(other.record.code().to_string());
        }
    }
    record.set("teams", teams.into());
    if random.below(100) < 88 {
        record.set(
            "platform_no",
            format!("YS{:010}", 1_000_000 + number).into(),
        );
    }
    let status = random
        .weighted(&[
            ("在册", 900),
            ("待核", 40),
            ("已退出", 45),
            ("已清退", 3),
            ("暂停", 12),
        ])
        .to_owned();
    let joined = today - Duration::days(30 + random.below(2200) as i64);
    record.set("joined_on", joined.to_string().into());
    if status != "待核" && random.below(100) < 93 {
        record.set(
            "confirmed_on",
            (joined + Duration::days(random.below(20) as i64))
                .to_string()
                .into(),
        );
        record.set("consent_on", joined.to_string().into());
    }
    record.set("status", status.into());
    if age(birth, today) < 18 {
        record.set(
            "guardian",
            format!("{} {}", han(&mut random), phone(&mut random)).into(),
        );
    }
    if random.below(100) < 3 {
        record.set("health_note", "不宜重体力（演示）".into());
    }
    record.set("note", MARK.into());
}

/// D25 25 pairs of one document and 40 of one name and phone, D26 35 wrong check digits and 50 short phones.
fn planted(plan: &Plan, team: &Team, number: u64, record: &mut Record) {
    // Each kind of defect has a stretch of numbers of its own, far from the fixed people.
    let nth = |from: u64, count: usize, step: u64| {
        let past = number.checked_sub(from)?;
        (past.is_multiple_of(step) && past / step < plan.size.planted(count) as u64).then_some(())
    };
    if nth(300, 25, 4).is_some() {
        let other = twin(plan, team, number);
        for key in ["id_number", "birth", "gender"] {
            record.set(key, other.text(key).into());
        }
        if let Some(guardian) = other.get("guardian") {
            record.set("guardian", guardian.clone());
        }
    } else if nth(402, 40, 4).is_some() {
        let other = twin(plan, team, number);
        record.set("name", other.title().into());
        record.set("phone", other.text("phone").into());
    } else if nth(603, 35, 4).is_some() {
        let id = record.text("id_number").to_owned();
        let (body, last) = id.split_at_checked(17).unwrap_or((&id, ""));
        let wrong = if last == "0" { "1" } else { "0" };
        // The defect is what an old sheet brought in: the register would refuse it today.
        record.set("id_number", format!("{body}{wrong}").into());
    } else if nth(801, 50, 4).is_some() {
        let phone = record.text("phone").to_owned();
        record.set("phone", phone.get(..10).unwrap_or("").into());
    }
}

fn twin(plan: &Plan, team: &Team, number: u64) -> Record {
    let mut other = Record::new(Kind::Volunteer, number - 1, Fields::new());
    plain(plan, team, number - 1, &mut other);
    other
}
