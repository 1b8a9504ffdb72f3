//! The teams: the skeleton of the region, mostly founded, and what stands below and beside it.

use chrono::{Duration, NaiveDate};

use crate::demo::material::{leagues, words};
use crate::demo::person::{han, phone};
use crate::demo::random::Random;
use crate::demo::{MARK, Size};
use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::skeleton::skeleton;
use crate::domain::value::{Fields, Value};

/// A team.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its record.
    pub record: Record,
    /// How many volunteers have it as their primary team.
    pub members: usize,
    /// Mongolian permille of its place.
    pub mongol: u64,
}

/// Whether the `nth` of `all` is among `chosen` that lie evenly spread.
fn chosen(nth: usize, all: usize, chosen: usize) -> bool {
    chosen > 0 && nth * chosen / all != (nth + 1) * chosen / all
}

/// All teams with their members.
pub fn teams(size: Size, today: NaiveDate) -> Vec<Team> {
    let mut teams: Vec<(Team, u64)> = Vec::new();
    let (mut leagues_seen, mut counties) = (0, 0);
    for record in skeleton() {
        let mut random = Random::of("team", record.number);
        let kind = record.text("kind").to_owned();
        // D01 one league and D02 eleven counties are not founded; four of those are past their day.
        let (founded, planned, weight) = match kind.as_str() {
            "总队" => (true, None, 0),
            "盟市队" => {
                leagues_seen += 1;
                let share = share(record.text("area")).0;
                (
                    leagues_seen != 12,
                    (leagues_seen == 12).then_some(60),
                    180 + share / 3,
                )
            }
            _ => {
                let open = chosen(counties, 103, 11);
                let past = open && chosen(counties, 103, 4 * 103 / 11);
                counties += 1;
                (
                    !open,
                    open.then_some(if past { -40 } else { 90 }),
                    40 + random.below(400),
                )
            }
        };
        teams.push(dressed(record, founded, planned, weight, today));
    }
    if size.further {
        further(&mut teams, today);
    }
    allot(teams, size)
}

fn share(area: &str) -> (u64, u64) {
    let league = area.get(..4).unwrap_or("");
    let found = leagues().iter().find(|row| row.0.starts_with(league));
    found.map_or((800, 177), |row| (row.1, row.2))
}

fn dressed(
    mut record: Record,
    founded: bool,
    planned: Option<i64>,
    weight: u64,
    today: NaiveDate,
) -> (Team, u64) {
    let mut random = Random::of("team", record.number);
    if founded {
        let day = today - Duration::days(200 + random.below(1900) as i64);
        record.set("status", "已成立".into());
        record.set("founded_on", day.to_string().into());
        record.set("founder", "（演示）科学技术协会".into());
        record.set("form", "队伍".into());
        record.set("phone", phone(&mut random).into());
        record.set("platform_no", format!("YS{:010}", record.number).into());
        let (first, deputies): (&str, u64) = match record.text("kind") {
            "总队" => ("总队长", 4),
            "盟市队" => ("队长", 4),
            "旗县队" => ("队长", 2),
            _ => ("负责人", 0),
        };
        let mut posts = vec![post(first, &mut random, day)];
        let second = if first == "总队长" {
            "副总队长"
        } else {
            "副队长"
        };
        posts.extend((0..deputies).map(|_| post(second, &mut random, day)));
        if deputies > 0 {
            posts.push(post("秘书长", &mut random, day));
        }
        posts.push(post("联系人", &mut random, day));
        record.set("posts", Value::List(posts));
    } else if let Some(days) = planned {
        record.set("status", "筹建".into());
        record.set("plan_on", (today + Duration::days(days)).to_string().into());
    }
    record.set("note", MARK.into());
    let mongol = share(record.text("area")).1;
    let team = Team {
        record,
        members: 0,
        mongol,
    };
    (team, if founded { weight } else { 0 })
}

fn post(name: &str, random: &mut Random, from: NaiveDate) -> Value {
    Value::Map(Fields::from([
        ("post".to_owned(), name.into()),
        ("holder".to_owned(), han(random).into()),
        ("holder_post".to_owned(), "（演示）科协".into()),
        ("phone".to_owned(), phone(random).into()),
        ("from".to_owned(), from.to_string().into()),
    ]))
}

fn further(teams: &mut Vec<(Team, u64)>, today: NaiveDate) {
    let by_area = |teams: &[(Team, u64)], area: &str| {
        teams
            .iter()
            .find(|(team, _)| team.record.text("area") == area)
            .map(|(team, _)| team.record.code())
    };
    let top = Code::new(Kind::Organisation, 1);
    let add = |teams: &mut Vec<(Team, u64)>,
               kind: &str,
               name: String,
               short: String,
               area: &str,
               up: Code,
               all: (usize, usize, usize),
               weight: u64| {
        let number = teams.len() as u64 + 1;
        let mut record = Record::new(Kind::Organisation, number, Fields::new());
        record.rev = 1;
        record.set("name", name.into());
        record.set("kind", kind.into());
        record.set("aliases", vec![short].into());
        record.set("area", area.into());
        record.set("parent", up.to_string().into());
        record.set("status", "应成立".into());
        let founded = chosen(all.0, all.1, all.2);
        teams.push(dressed(
            record,
            founded,
            (!founded).then_some(120),
            weight,
            today,
        ));
    };
    for (nth, society) in words("societies").iter().enumerate() {
        let weight = 25 + Random::of("society", nth as u64).below(230);
        add(
            teams,
            "学会队",
            format!("{society}科技志愿服务队"),
            (*society).to_owned(),
            "150000",
            top,
            (nth, 120, 78),
            weight,
        );
    }
    for (nth, university) in words("universities").iter().enumerate() {
        let Some((name, area)) = university.split_once('/') else {
            continue;
        };
        let weight = 60 + Random::of("university", nth as u64).below(600);
        add(
            teams,
            "高校队",
            format!("{name}科技志愿服务队"),
            name.to_owned(),
            area,
            top,
            (nth, 53, 44),
            weight,
        );
    }
    let trades = [
        "煤炭",
        "稀土",
        "乳业",
        "羊绒",
        "风电",
        "光伏",
        "化工",
        "铝业",
        "农牧",
        "物流",
        "钢铁",
        "中蒙医药",
    ];
    for nth in 0..63usize {
        let Some((area, _, _)) = leagues().get(nth % 12) else {
            continue;
        };
        let Some(place) = crate::domain::place::by_code(area) else {
            continue;
        };
        let Some(up) = by_area(teams, area) else {
            continue;
        };
        let weight = 20 + Random::of("enterprise", nth as u64).below(130);
        if nth < 45 {
            let trade = trades.get(nth * 7 % 12).copied().unwrap_or("");
            let company = format!(
                "{}{}{trade}有限公司",
                place.short,
                ["恒泰", "蒙源", "北辰", "金盛"]
                    .get(nth % 4)
                    .copied()
                    .unwrap_or("")
            );
            add(
                teams,
                "企业队",
                format!("{company}科技志愿服务队"),
                company,
                area,
                up,
                (nth, 45, 38),
                weight,
            );
        } else {
            let park = format!(
                "{}{}",
                place.short,
                ["高新技术产业开发区", "农牧业科技园区"]
                    .get(nth % 2)
                    .copied()
                    .unwrap_or("")
            );
            add(
                teams,
                "园区队",
                format!("{park}科技志愿服务队"),
                park,
                area,
                up,
                (nth - 45, 18, 13),
                weight / 2,
            );
        }
    }
    for (nth, township) in words("townships").iter().enumerate() {
        let Some((name, county)) = township.split_once('/') else {
            continue;
        };
        let Some(up) = by_area(teams, county) else {
            continue;
        };
        let weight = 8 + Random::of("township", nth as u64).below(30);
        add(
            teams,
            "分队",
            format!("{name}科技志愿服务分队"),
            name.to_owned(),
            county,
            up,
            (nth, 10, 10),
            weight,
        );
    }
}

/// Shares the people out by weight; eight counties stay below 50, one at 49, two at exactly 50 (D08).
fn allot(teams: Vec<(Team, u64)>, size: Size) -> Vec<Team> {
    let small = [20, 24, 28, 31, 36, 41, 45, 49, 50, 50];
    let mut fixed = small.iter().copied();
    let mut teams: Vec<(Team, u64)> = teams;
    let mut left = size.people;
    if size.further {
        let counties = teams
            .iter_mut()
            .filter(|(team, weight)| team.record.text("kind") == "旗县队" && *weight > 0);
        for (team, weight) in counties.step_by(9) {
            let Some(members) = fixed.next() else { break };
            team.members = members;
            left -= members;
            *weight = 0;
        }
    }
    let sum: u64 = teams.iter().map(|(_, weight)| *weight).sum();
    let mut given = 0;
    for (team, weight) in &mut teams {
        if *weight > 0 {
            team.members = (left as u64 * *weight / sum.max(1)) as usize;
            given += team.members;
        }
    }
    if let Some((team, _)) = teams.iter_mut().max_by_key(|(_, weight)| *weight) {
        team.members += left.saturating_sub(given);
    }
    teams.into_iter().map(|(team, _)| team).collect()
}
