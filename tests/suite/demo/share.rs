//! How much there is of everything, against the figures that the generator aims at.

use std::collections::BTreeMap;

use chrono::Datelike;
use kezhi::demo::{Plan, Size};
use kezhi::domain::kind::Kind;
use kezhi::domain::record::Record;

use super::{M, S, day};

fn permille(count: usize, of: usize) -> usize {
    (count * 1000 + of / 2) / of
}

#[track_caller]
fn near(found: usize, aim: usize, slack: usize) {
    assert!(
        found.abs_diff(aim) <= slack,
        "{found} is not {aim} ± {slack}"
    );
}

fn kinds<'a>(teams: impl Iterator<Item = &'a Record>) -> BTreeMap<&'a str, usize> {
    let mut kinds = BTreeMap::new();
    for team in teams {
        *kinds.entry(team.text("kind")).or_default() += 1;
    }
    kinds
}

#[test]
fn so_many_teams_of_each_kind() {
    let m = [
        ("总队", 1),
        ("盟市队", 11),
        ("旗县队", 92),
        ("学会队", 78),
        ("高校队", 44),
        ("企业队", 38),
        ("园区队", 13),
        ("分队", 193),
    ];
    assert_eq!(kinds(M.established()), BTreeMap::from(m));
    let listed = [
        ("总队", 1),
        ("盟市队", 12),
        ("旗县队", 103),
        ("学会队", 120),
        ("高校队", 53),
        ("企业队", 45),
        ("园区队", 18),
        ("分队", 193),
    ];
    assert_eq!(kinds(M.teams.iter()), BTreeMap::from(listed));
    let town = M.of_kind("分队").into_iter();
    let town = town.filter(|team| M.parent(team).unwrap().text("kind") == "旗县队");
    assert_eq!(town.count(), 142);
    assert_eq!(M.established().count(), 470);
    assert_eq!(S.established().count(), 40);
    let l = Plan::new(Size::named("L").unwrap(), day());
    let l: Vec<Record> = l.organisations().collect();
    let founded = kinds(l.iter().filter(|team| team.status() == "已成立"));
    assert_eq!(founded.values().sum::<usize>(), 1_600, "{founded:?}");
    for (number, team) in (1..).zip(&l) {
        assert_eq!((team.kind, team.number), (Kind::Organisation, number));
    }
    let names: std::collections::BTreeSet<_> = l.iter().map(Record::title).collect();
    assert_eq!(names.len(), l.len());
}

#[test]
fn counties_have_members_about_as_many_as_planned() {
    let mut members: BTreeMap<u64, usize> = BTreeMap::new();
    for person in &M.people {
        let county = M.line(person.teams[0]).into_iter();
        for team in county {
            *members.entry(team).or_default() += 1;
        }
    }
    let mut counties: Vec<usize> = M
        .of_kind("旗县队")
        .iter()
        .map(|team| members[&team.number])
        .collect();
    counties.sort_unstable();
    near(counties[counties.len() / 2], 170, 40);
    assert!(counties[counties.len() - 1] <= 700, "{counties:?}");
}

#[test]
fn people_are_shared_out_by_the_shares_of_the_plan() {
    let all = M.people.len();
    assert_eq!(all, 60_000);
    let share = |test: &dyn Fn(&super::Person) -> bool| {
        permille(M.people.iter().filter(|person| test(person)).count(), all)
    };
    for (status, aim, slack) in [
        ("在册", 900, 4),
        ("待核", 40, 3),
        ("已退出", 45, 3),
        ("暂停", 12, 2),
        ("已清退", 3, 1),
    ] {
        near(share(&|person| person.status == status), aim, slack);
    }
    near(share(&|person| person.on_platform), 880, 8);
    near(share(&|person| person.confirmed), 930, 5);
    near(share(&|person| person.gender == "女"), 520, 8);
    for (from, to, aim, slack) in [
        (16, 17, 10, 1),
        (18, 25, 240, 15),
        (26, 35, 220, 15),
        (36, 50, 290, 15),
        (51, 60, 140, 15),
        (61, 75, 90, 15),
        (76, 90, 10, 4),
    ] {
        let band = |person: &super::Person| {
            let years = day().years_since(person.birth).unwrap();
            (from..=to).contains(&years)
        };
        near(share(&band), aim, slack);
    }
    for (identity, aim) in [
        ("科技工作者", 680),
        ("科技爱好者", 220),
        ("热心科技传播人士", 100),
    ] {
        near(share(&|person| person.identity == identity), aim, 25);
    }
    near(share(&|person| person.people == "蒙古族"), 177, 30);
    assert!(share(&|person| person.people == "满族") > 10);
    near(share(&|person| person.teams.len() == 1), 920, 6);
    near(share(&|person| person.teams.len() == 2), 70, 5);
    near(share(&|person| person.teams.len() == 3), 10, 3);
    let skills: Vec<&String> = M.people.iter().flat_map(|one| &one.skills).collect();
    for (skill, aim) in [
        ("农牧技术", 170),
        ("医疗健康", 160),
        ("青少年科技教育", 150),
        ("科普宣讲", 140),
    ] {
        let mentions = skills.iter().filter(|one| **one == skill).count();
        near(permille(mentions, skills.len()), aim, 40);
    }
    let employers: std::collections::BTreeSet<_> =
        M.people.iter().map(|person| &person.employer).collect();
    assert!(employers.len() > 2_000, "{}", employers.len());
}

#[test]
fn mongolians_live_where_the_census_found_them() {
    for (league, aim) in [("1505", 461), ("1522", 419), ("1502", 42), ("1504", 202)] {
        let people = M
            .people
            .iter()
            .filter(|person| person.area.starts_with(league));
        let (mut all, mut mongol) = (0, 0);
        for person in people {
            all += 1;
            mongol += usize::from(person.people == "蒙古族");
        }
        near(permille(mongol, all), aim, 30);
    }
    let daur = |league: &str| {
        let people = M
            .people
            .iter()
            .filter(|person| person.area.starts_with(league));
        let people: Vec<_> = people.collect();
        permille(
            people
                .iter()
                .filter(|person| person.people == "达斡尔族")
                .count(),
            people.len(),
        )
    };
    assert!(daur("1507") > daur("1501"));
}

#[test]
fn activities_follow_the_months() {
    assert_eq!(M.activities.len(), 18_000);
    let past: Vec<_> = M
        .activities
        .iter()
        .filter(|activity| activity.day("day").unwrap() <= M.today)
        .collect();
    let months = [
        350, 300, 1150, 850, 1750, 1000, 700, 650, 1800, 650, 400, 400,
    ];
    for (month, aim) in (1..).zip(months) {
        let inside = |activity: &&&Record| activity.day("day").unwrap().month() == month;
        near(
            permille(past.iter().filter(inside).count() * 10, past.len()),
            aim,
            60,
        );
    }
    let first = past.first().unwrap().day("day").unwrap();
    assert!(first >= "2023-07-01".parse().unwrap(), "{first}");
    let off = M
        .activities
        .iter()
        .filter(|activity| activity.status() == "取消");
    near(permille(off.count(), 18_000), 39, 8);
    let planned = M
        .activities
        .iter()
        .filter(|activity| matches!(activity.status(), "草拟" | "待批" | "招募" | "就绪"));
    near(permille(planned.count(), 18_000), 25, 4);
    let weekend = past.iter().filter(|activity| {
        let day = activity.day("day").unwrap();
        // The state's exceptions of these days would need the table: leave out the months that have them.
        matches!(day.month(), 3 | 7 | 8 | 11 | 12) && day.weekday().number_from_monday() > 5
    });
    let quiet = past
        .iter()
        .filter(|activity| matches!(activity.day("day").unwrap().month(), 3 | 7 | 8 | 11 | 12));
    near(permille(weekend.count(), quiet.count()), 320, 25);
    let titled = |part: &str| {
        M.activities
            .iter()
            .filter(|one| one.title().contains(part))
            .count()
    };
    for part in [
        "全国科普日",
        "学雷锋日",
        "全国科技活动周",
        "进乡村",
        "进校园",
        "进社区",
        "进企业",
        "进园区",
        "义诊咨询",
    ] {
        assert!(titled(part) > 20, "{part}");
    }
    let titles: std::collections::BTreeSet<_> = M.activities.iter().map(Record::title).collect();
    assert!(titles.len() > 12_000, "{}", titles.len());
    for activity in M
        .activities
        .iter()
        .filter(|one| one.title().contains("全国科普日"))
    {
        assert_eq!(activity.day("day").unwrap().month(), 9);
    }
}
