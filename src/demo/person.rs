//! One volunteer.

use chrono::Duration;

use crate::demo::birth::{Ages, identity_number, kept_order};
use crate::demo::class::Class;
use crate::demo::employer::work;
use crate::demo::material::leagues;
use crate::demo::planted::Defect;
use crate::demo::random::Random;
use crate::demo::standing::standing;
use crate::demo::team::Team;
use crate::demo::{MARK, Plan, name};
use crate::domain::day::age;
use crate::domain::kind::Kind;
use crate::domain::place::{self, Place};
use crate::domain::record::Record;
use crate::domain::value::Fields;

/// People who stand for the hard cases, by the numbers they get from 101 on: name, gender, people, birth.
const FIXED: &[(&str, &str, &str, &str)] = &[
    ("单立文", "男", "汉族", "1990-03-05"),
    ("娜", "女", "蒙古族", "1984-02-29"),
    ("阿尔斯楞巴特尔额尔德尼朝鲁", "男", "蒙古族", "1979-11-02"),
    ("那顺巴雅尔", "男", "蒙古族", "1988-07-11"),
    ("那英兰", "女", "满族", "1991-01-20"),
    ("阿拉坦·乌拉", "男", "蒙古族", "1975-05-30"),
    ("尉迟敬", "男", "汉族", "1969-10-01"),
    ("解晓东", "男", "汉族", "1982-06-18"),
    ("曾国庆", "男", "汉族", "1971-10-01"),
    ("王志强", "男", "汉族", "1985-04-04"),
    ("王志强", "男", "汉族", "1985-09-09"),
];

/// The first of their numbers.
const FIRST_FIXED: u64 = 101;

/// The county in which all of them live.
const THEIR_AREA: &str = "150102";

const SKILLS: &[(&str, u64)] = &[
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

const TARGETS: &[(&str, u64)] = &[
    ("青少年", 30),
    ("农牧民", 26),
    ("社区居民", 22),
    ("老年人", 12),
    ("企业职工", 6),
    ("困难群众", 4),
];

const HEALTH: [&str; 3] = ["不宜重体力劳动", "不宜长时间户外活动", "不宜登高涉水"];

/// A telephone number that rings nowhere.
pub fn phone(random: &mut Random) -> String {
    format!("140{:08}", random.below(100_000_000))
}

/// The volunteer at a place among the members of a team.
pub fn volunteer(plan: &Plan, team: &Team, nth: u64) -> Record {
    let mut record = plain(plan, team, nth);
    if let Some((_, fault)) = team.faults.iter().find(|(place, _)| *place == nth) {
        fault.plant(&mut record, || plain(plan, team, nth - 1));
    }
    record
}

fn plain(plan: &Plan, team: &Team, nth: u64) -> Record {
    let number = team.before + nth + 1;
    let mut record = Record::new(Kind::Volunteer, number, Fields::new());
    record.rev = 1;
    let mut random = Random::of("volunteer", number);
    let ages = team.class.row().ages;
    let (league, mut place) = home(plan, team, &mut random);
    let mut woman = random.below(100) < 52;
    let (mut birth, mut order) = plan.births.draw(&mut random, ages, number);
    let (mut people, mut name) = name::draw(&mut random, league, woman);
    let fixed = number.checked_sub(FIRST_FIXED);
    if let Some((at, row)) = fixed.and_then(|at| Some((at, FIXED.get(at as usize)?))) {
        name = row.0.to_owned();
        woman = row.1 == "女";
        people = row.2;
        birth = row.3.parse().unwrap_or(birth);
        order = kept_order(at);
        place = place::by_code(THEIR_AREA);
    }
    let years = age(birth, plan.today);
    let student = ages == Ages::Campus && years <= 22;
    record.set("name", name.into());
    record.set("gender", (if woman { "女" } else { "男" }).into());
    record.set("birth", birth.to_string().into());
    record.set("id_type", "居民身份证".into());
    record.set("id_number", identity_number(birth, order, woman).into());
    record.set("ethnicity", people.into());
    let phone = number.wrapping_mul(61_680_629) % 100_000_000;
    record.set("phone", format!("140{phone:08}").into());
    let skill = work(team, place, years, student, &mut random, &mut record);
    let identity: &[(&str, u64)] = if student || years < 18 {
        &[("科技爱好者", 80), ("热心科技传播人士", 20)]
    } else {
        &[
            ("科技工作者", 79),
            ("科技爱好者", 13),
            ("热心科技传播人士", 8),
        ]
    };
    record.set("identity", random.weighted(identity).into());
    let first = if random.below(4) > 0 { skill } else { "" };
    let count = 1 + random.below(4).min(random.below(4));
    record.set("skills", several(&mut random, SKILLS, first, count).into());
    let count = 1 + random.below(3) / 2;
    record.set("targets", several(&mut random, TARGETS, "", count).into());
    record.set("area", place.map_or("", |place| place.code).into());
    let mut languages = vec!["普通话".to_owned()];
    if random.below(100) < if people == "蒙古族" { 71 } else { 1 } {
        languages.push("蒙古语".to_owned());
    }
    record.set("languages", languages.into());
    record.set("teams", plan.teams_of(team, league, &mut random).into());
    if random.below(100) < 88 && !team.has(Defect::Unregistered) {
        let number = 1_000_000 + number;
        record.set("platform_no", format!("YS{number:010}").into());
    }
    standing(plan, team, nth, &mut random, &mut record);
    if years < 18 {
        let guardian = format!(
            "{} {}",
            name::anybody(&mut random, league),
            self::phone(&mut random)
        );
        record.set("guardian", guardian.into());
    }
    if random.below(100) < 3 {
        record.set("health_note", random.pick(&HEALTH).into());
    }
    trained(plan, number, &mut record);
    record.set("note", MARK.into());
    record
}

/// The last training: for 55 in a hundred within a year, for some before that.
fn trained(plan: &Plan, number: u64, record: &mut Record) {
    let mut random = Random::of("trained", number);
    let back = match random.below(100) {
        0..55 => random.below(365),
        55..75 => 365 + random.below(500),
        _ => return,
    };
    let day = plan.today - Duration::days(back as i64);
    let member = record.day("joined_on").is_some_and(|joined| joined <= day);
    if member && record.status() == "在册" {
        record.set("trained_on", day.to_string().into());
    }
}

/// The league and the county where somebody of a team lives.
fn home(plan: &Plan, team: &Team, random: &mut Random) -> (usize, Option<&'static Place>) {
    if matches!(team.class, Class::County | Class::Township) {
        return (team.league, team.place);
    }
    let league = match team.class {
        Class::Society | Class::Discipline => random.at(leagues().iter().map(|row| row.share)),
        _ => team.league,
    };
    (league, plan.county(league, random))
}

fn several(random: &mut Random, from: &[(&str, u64)], first: &str, count: u64) -> Vec<String> {
    let mut picked: Vec<String> = Vec::new();
    if !first.is_empty() {
        picked.push(first.to_owned());
    }
    while (picked.len() as u64) < count {
        let one = random.weighted(from);
        if picked.iter().any(|other| other == one) {
            break;
        }
        picked.push(one.to_owned());
    }
    picked
}
