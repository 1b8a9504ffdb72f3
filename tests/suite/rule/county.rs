//! A county's team at the borders of its rules: thirty days, two terms, fifty people.

use super::row::{Few, record, today};
use super::team::{COUNTY, WORLD};
use kezhi::domain::record::Record;
use kezhi::domain::rule::{Case, STANDING, standing};

/// What is held against a county's team as it stands, by id.
fn ids(team: &Record, world: &Few) -> Vec<&'static str> {
    let case = Case {
        before: None,
        after: team,
        act: STANDING,
        today: today(),
        world,
        sees: None,
    };
    standing(&case).map(|(rule, _)| rule.id).collect()
}

#[test]
fn a_post_may_stay_vacant_for_thirty_days_and_one_day_parts_two_terms() {
    let world = Few::of(WORLD);
    let led = |posts: &str| {
        let others = "(post:副队长;holder:乙)(post:副队长;holder:丙)";
        let team = record(&format!("{COUNTY} posts={posts}{others}"));
        ids(&team, &world).contains(&"R06.2六-02")
    };
    let left =
        |day: &str| format!("(post:队长;holder:甲;holder_post:科协主席;from:2024-01-01;to:{day})");
    let next = |day: &str| format!("(post:队长;holder:乙;holder_post:科协主席;from:{day})");
    assert!(!led(&left("2026-05-31")), "30 days");
    assert!(led(&left("2026-05-30")), "31 days");
    let today = today().to_string();
    for day in [today.as_str(), "2026-06-29"] {
        assert!(
            !led(&format!("{}{}", left(day), next(day))),
            "hands over on {day}"
        );
    }
    assert!(
        led(&format!("{}{}", left("2026-07-01"), next("2026-06-30"))),
        "two today"
    );
    assert!(
        led(&format!("{}{}", left("2026-01-01"), next("2026-07-01"))),
        "to come"
    );
}

#[test]
fn fifty_count_once_each_with_sub_teams_confirmed_and_able() {
    let mut world = Few::of(WORLD);
    world
        .0
        .retain(|_, one| one.kind == kezhi::domain::kind::Kind::Organisation);
    world.put(record(
        "ZZ-0010 name=分队 kind=分队 parent=ZZ-0003 area=150402 status=已成立",
    ));
    let person = |number: u64, more: &str| {
        record(&format!(
            "ZY-{number:06} name=甲 teams=ZZ-0003,ZZ-0010 status=在册 confirmed_on=2025-01-01 skills=心理 id_number=I{number} {more}"
        ))
    };
    for number in 1..=48 {
        world.put(person(number, ""));
    }
    world.put(person(49, "teams=ZZ-0010"));
    for (number, more) in [
        (60, "id_number=I1"),
        (61, "confirmed_on="),
        (62, "skills="),
        (63, "status=待核"),
        (64, "status=已退出"),
        (65, "teams=ZZ-0002"),
    ] {
        world.put(person(number, more));
    }
    let team = record(COUNTY);
    assert!(ids(&team, &world).contains(&"R06.2六-07"), "49 are too few");
    world.put(person(50, "teams=ZZ-0010"));
    assert!(!ids(&team, &world).contains(&"R06.2六-07"), "50 are enough");
}

#[test]
fn a_team_as_article_6_wants_it_has_no_finding() {
    let mut world = Few::of(WORLD);
    for number in 1..=50 {
        world.put(record(&format!(
            "ZY-{number:06} name=甲 teams=ZZ-0003 status=在册 confirmed_on=2025-01-01 skills=心理 platform_no=Y"
        )));
    }
    assert_eq!(ids(&record(COUNTY), &world), Vec::<&str>::new());
    let gone = record(&format!(
        "{COUNTY} status=已注销 posts= parent= area= name=错名 founder="
    ));
    assert_eq!(
        ids(&gone, &world),
        Vec::<&str>::new(),
        "what is dissolved is not judged"
    );
}
