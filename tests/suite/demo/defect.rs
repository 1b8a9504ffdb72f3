//! D01 to D12, D21, D25 and D26: exactly so many, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, Months, NaiveDate};
use kezhi::domain::organisation::{SPELLINGS, may_be_under};
use kezhi::domain::place::{by_code, within};
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};

use super::{M, S, Seen};

fn text<'a>(row: &'a Fields, key: &str) -> &'a str {
    row.get(key).and_then(Value::text).unwrap_or("")
}

fn date(row: &Fields, key: &str) -> Option<NaiveDate> {
    text(row, key).parse().ok()
}

fn posts(team: &Record) -> Vec<&Fields> {
    let rows = team.get("posts").map_or(&[][..], Value::parts);
    rows.iter()
        .map(|row| match row {
            Value::Map(row) => row,
            other => panic!("{other:?}"),
        })
        .collect()
}

/// Who holds a post today: come on that day or before, gone after it or not at all.
fn holders<'a>(team: &'a Record, post: &str, today: NaiveDate) -> Vec<&'a Fields> {
    posts(team)
        .into_iter()
        .filter(|row| text(row, "post") == post)
        .filter(|row| date(row, "from").unwrap() <= today)
        .filter(|row| date(row, "to").is_none_or(|to| to > today))
        .collect()
}

fn place(team: &Record) -> &'static str {
    by_code(team.text("area")).unwrap().name
}

/// What each kind must have, by article 6.
fn counts(seen: &Seen, kind: &str, post: &str, wrong: impl Fn(usize) -> bool) -> usize {
    seen.of_kind(kind)
        .into_iter()
        .filter(|team| wrong(holders(team, post, seen.today).len()))
        .count()
}

#[test]
fn leagues_and_counties_that_are_missing() {
    for (seen, league, missing, late) in [(&*M, 1, 11, 4), (&*S, 1, 85, 1)] {
        let due = |kind: &str| -> Vec<&Record> {
            let all = seen.teams.iter().filter(|team| team.text("kind") == kind);
            all.filter(|team| team.status() != "已成立").collect()
        };
        assert_eq!(due("总队").len(), 0);
        assert_eq!(due("盟市队").len(), league, "D01");
        assert_eq!(due("旗县队").len(), missing, "D02");
        let past = |team: &&&Record| team.day("plan_on").unwrap() < seen.today;
        assert_eq!(due("旗县队").iter().filter(past).count(), late, "D02");
        assert_eq!(due("盟市队").iter().filter(past).count(), 0);
        for team in due("旗县队").into_iter().chain(due("盟市队")) {
            assert_eq!(team.status(), "应成立");
            assert_eq!(holders(team, "联系人", seen.today).len(), 1);
        }
        let other = seen.teams.iter().filter(|team| team.status() == "筹建");
        for team in other {
            assert!(team.day("plan_on").unwrap() > seen.today);
        }
    }
}

#[test]
fn leaders_deputies_and_secretaries() {
    for (seen, m) in [(&*M, true), (&*S, false)] {
        let few = |at_m: usize, at_s: usize| if m { at_m } else { at_s };
        let vacant = |kind: &str| -> usize {
            let open = seen.of_kind(kind).into_iter().filter(|team| {
                let none = holders(team, "队长", seen.today).is_empty();
                let last = posts(team)
                    .into_iter()
                    .filter(|row| text(row, "post") == "队长")
                    .filter_map(|row| date(row, "to"))
                    .max();
                assert!(!none || seen.today - last.unwrap() > Duration::days(30));
                none
            });
            open.count()
        };
        assert_eq!(vacant("旗县队"), few(3, 1), "D03");
        assert_eq!(vacant("学会队"), 1, "D03");
        assert_eq!(vacant("盟市队") + vacant("高校队"), 0);
        assert_eq!(counts(seen, "旗县队", "队长", |n| n > 1), few(2, 1), "D04");
        for kind in ["盟市队", "学会队", "高校队"] {
            assert_eq!(counts(seen, kind, "队长", |n| n > 1), 0, "{kind}");
        }
        assert_eq!(counts(seen, "总队", "总队长", |n| n != 1), 0);
        assert_eq!(counts(seen, "总队", "副总队长", |n| n < 1), 0);
        let league = counts(seen, "盟市队", "副队长", |n| !(3..=5).contains(&n));
        assert_eq!(league, few(3, 1), "D05");
        let county = counts(seen, "旗县队", "副队长", |n| !(2..=3).contains(&n));
        assert_eq!(county, few(9, 1), "D06");
        assert_eq!(counts(seen, "盟市队", "秘书长", |n| n == 0), 1, "D07");
        assert_eq!(counts(seen, "盟市队", "秘书长", |n| n == 2), 1, "D07");
        assert_eq!(counts(seen, "盟市队", "秘书长", |n| n > 2), 0);
        for kind in ["学会队", "高校队"] {
            assert_eq!(counts(seen, kind, "副队长", |n| n == 0), 0, "{kind}");
        }
        for kind in ["企业队", "园区队", "分队"] {
            assert_eq!(counts(seen, kind, "负责人", |n| n != 1), 0, "{kind}");
        }
    }
}

#[test]
fn no_terms_overlap_but_the_planted_ones_and_some_hand_over_on_one_day() {
    let mut same_day = 0;
    let mut overlapping = BTreeSet::new();
    for team in M.established() {
        let founded = team.day("founded_on").unwrap();
        let mut terms: BTreeMap<&str, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
        for row in posts(team) {
            let (from, to) = (date(row, "from").unwrap(), date(row, "to"));
            assert!(founded <= from && from <= M.today, "{}", team.code());
            assert!(to.is_none_or(|to| from < to && to <= M.today));
            for key in ["holder", "holder_post", "phone"] {
                assert!(!text(row, key).is_empty(), "{}", team.code());
            }
            let post = text(row, "post");
            if matches!(post, "总队长" | "队长" | "负责人") {
                terms
                    .entry(post)
                    .or_default()
                    .push((from, to.unwrap_or(NaiveDate::MAX)));
            }
        }
        for terms in terms.values_mut() {
            terms.sort();
            for pair in terms.windows(2) {
                same_day += usize::from(pair[0].1 == pair[1].0);
                if pair[0].1 > pair[1].0 {
                    overlapping.insert(team.number);
                }
            }
        }
    }
    assert_eq!(overlapping.len(), 2, "D04");
    assert!(same_day > 20, "{same_day}");
}

#[test]
fn leaders_hold_the_office_that_article_6_wants() {
    for (seen, expected) in [(&*M, 14), (&*S, 1)] {
        let mut without = 0;
        for team in seen.established() {
            let base = team.text("founder").trim_end_matches("科学技术协会");
            for row in posts(team) {
                let office = text(row, "holder_post");
                let right = match (team.text("kind"), text(row, "post")) {
                    ("总队", "总队长") => office.starts_with("内蒙古自治区科协"),
                    ("盟市队", "队长") => ["主席", "副主席"]
                        .iter()
                        .any(|post| office == format!("{}科协{post}", place(team))),
                    ("盟市队", "秘书长") => ["副主席（分管科普）", "科普部长"]
                        .iter()
                        .any(|post| office == format!("{}科协{post}", place(team))),
                    ("旗县队", "队长") => office == format!("{}科协主席", place(team)),
                    ("学会队", "队长") => ["理事长", "秘书长"]
                        .iter()
                        .any(|post| office == format!("{base}{post}")),
                    ("高校队", "队长") => ["副校长（分管科协）", "科协主席", "科协秘书长"]
                        .iter()
                        .any(|post| office == format!("{base}{post}")),
                    ("企业队" | "园区队", "负责人") => office == format!("{base}科协主席"),
                    _ => true,
                };
                let kind = team.text("kind");
                let to = date(row, "to");
                if !right {
                    assert!(matches!(kind, "盟市队" | "旗县队"), "{}", team.code());
                    assert!(!office.contains("科协"));
                    without += usize::from(to.is_none());
                }
            }
        }
        assert_eq!(without, expected, "D10");
    }
}

/// The name by article 6; none where it prescribes nothing.
fn prescribed(seen: &Seen, team: &Record) -> Option<String> {
    let founder = team.text("founder");
    Some(match team.text("kind") {
        "总队" => "内蒙古自治区科技志愿服务总队".to_owned(),
        "盟市队" => format!("{}科技志愿服务队", place(team)),
        "旗县队" => format!("{}科技志愿者队", place(team)),
        "学会队" | "企业队" | "园区队" => format!("{founder}科技志愿服务队"),
        "高校队" => format!("{founder}科技志愿者服务队"),
        "分队" if seen.parent(team).unwrap().text("kind") == "高校队" => {
            let part = team
                .title()
                .strip_prefix(founder)
                .and_then(|rest| rest.strip_prefix("科技志愿服务队"))
                .and_then(|rest| rest.strip_suffix("分队"))
                .filter(|part| part.ends_with(['院', '系', '部']));
            assert!(part.is_some(), "{}", team.title());
            return None;
        }
        _ => return None,
    })
}

#[test]
fn names_follow_the_pattern_of_their_kind() {
    for (seen, spelled, named) in [(&*M, 12, 6), (&*S, 1, 1)] {
        let (mut other, mut wrong) = (0, 0);
        let mut names = BTreeSet::new();
        for team in seen.established() {
            assert!(names.insert(team.title()), "{} comes twice", team.title());
            let Some(right) = prescribed(seen, team) else {
                continue;
            };
            if team.title() == right {
                continue;
            }
            let base = SPELLINGS
                .iter()
                .find_map(|one| right.strip_suffix(one))
                .unwrap();
            if SPELLINGS
                .iter()
                .any(|one| team.title() == format!("{base}{one}"))
            {
                other += 1;
            } else {
                wrong += 1;
            }
        }
        assert_eq!((other, wrong), (spelled, named), "D09");
    }
}

#[test]
fn every_team_stands_where_it_belongs() {
    for (seen, expected) in [(&*M, 2), (&*S, 1)] {
        let mut misplaced = 0;
        for team in &seen.teams {
            seen.line(team.number);
            let Some(up) = seen.parent(team) else {
                assert_eq!(team.text("kind"), "总队");
                continue;
            };
            let level = may_be_under(team.text("kind")).contains(&up.text("kind"));
            let area = within(team.text("area"), up.text("area"));
            misplaced += usize::from(!(level && area));
            if team.status() == "已成立" && team.text("kind") == "分队" {
                assert_eq!(up.status(), "已成立", "{}", team.code());
            }
        }
        assert_eq!(misplaced, expected, "D11");
    }
}

#[test]
fn counties_below_fifty() {
    let m = vec![20, 24, 28, 31, 36, 41, 45, 49];
    for (seen, expected, fifty) in [(&*M, m, 2), (&*S, vec![49], 1)] {
        // Members: everybody once, sub-teams included. Strictly: confirmed and with a skill as well.
        let mut plain: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
        let mut strict: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
        let mut direct: BTreeMap<u64, usize> = BTreeMap::new();
        for person in seen.people.iter().filter(|person| person.status == "在册") {
            *direct.entry(person.teams[0]).or_default() += 1;
            let lines = person.teams.iter().flat_map(|team| seen.line(*team));
            for team in lines.collect::<BTreeSet<_>>() {
                plain.entry(team).or_default().insert(&person.id);
                if person.confirmed && !person.skills.is_empty() {
                    strict.entry(team).or_default().insert(&person.id);
                }
            }
        }
        for count in [&plain, &strict] {
            let mut below = Vec::new();
            let mut exactly = 0;
            for team in seen.of_kind("旗县队") {
                let members = count.get(&team.number).map_or(0, BTreeSet::len);
                match members {
                    0..50 => below.push(members),
                    50 => exactly += 1,
                    _ => assert!(direct[&team.number] > 50, "{}", team.code()),
                }
            }
            below.sort_unstable();
            assert_eq!(below, expected, "D08");
            assert_eq!(exactly, fifty, "exactly 50");
        }
        for team in seen
            .established()
            .filter(|team| team.text("kind") != "总队")
        {
            assert!(
                direct.contains_key(&team.number),
                "{} is empty",
                team.code()
            );
        }
    }
}

#[test]
fn who_is_not_on_the_platform() {
    for (seen, expected) in [(&*M, 3), (&*S, 1)] {
        let mut seen_by_team: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
        for person in &seen.people {
            for team in &person.teams {
                let count = seen_by_team.entry(*team).or_default();
                count.0 += 1;
                count.1 += usize::from(person.on_platform);
            }
        }
        let wholly: BTreeSet<u64> = seen_by_team
            .iter()
            .filter(|(_, (_, on))| *on == 0)
            .map(|(team, _)| *team)
            .collect();
        assert_eq!(wholly.len(), expected, "D12");
        for team in seen.established() {
            let none = team.text("platform_no").is_empty();
            assert_eq!(none, wholly.contains(&team.number), "{}", team.code());
        }
        let others = seen
            .people
            .iter()
            .filter(|one| !wholly.contains(&one.teams[0]));
        let others: Vec<bool> = others.map(|one| one.on_platform).collect();
        let off = others.iter().filter(|on| !**on).count();
        let permille = off * 1000 / others.len();
        assert!((105..=135).contains(&permille), "D12: {permille}");
    }
}

#[test]
fn doubles_and_wrong_numbers() {
    for (seen, pairs, names, checks, phones) in [(&*M, 25, 40, 35, 50), (&*S, 1, 1, 1, 1)] {
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        let mut by_phone: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut phone_alone: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut bad_check, mut bad_phone) = (0, 0);
        for person in &seen.people {
            *by_id.entry(&person.id).or_default() += 1;
            *by_phone.entry((&person.name, &person.phone)).or_default() += 1;
            *phone_alone.entry(&person.phone).or_default() += 1;
            // The check of GB 11643, written out once more.
            let digits: Vec<u32> = person.id[..17]
                .chars()
                .map(|c| c.to_digit(10).unwrap())
                .collect();
            let sum: u32 = (0..17u32)
                .map(|at| digits[at as usize] * (2u32.pow(17 - at) % 11))
                .sum();
            let last = "10X98765432".chars().nth((sum % 11) as usize).unwrap();
            bad_check += usize::from(person.id.len() != 18 || !person.id.ends_with(last));
            bad_phone += usize::from(person.phone.len() != 11);
            assert!(person.phone.starts_with("140"));
            assert_eq!(&person.id[..6], "159900");
            assert_eq!(person.id[6..14], person.birth.format("%Y%m%d").to_string());
            let man = person.id.as_bytes()[16] % 2 == 1;
            assert_eq!(man, person.gender == "男", "{}", person.number);
        }
        let twice = |count: &&usize| {
            assert!(**count <= 2);
            **count == 2
        };
        assert_eq!(by_id.values().filter(twice).count(), pairs, "D21");
        assert_eq!(by_phone.values().filter(twice).count(), names, "D21");
        assert_eq!(phone_alone.values().filter(twice).count(), names);
        assert_eq!(bad_check, checks, "D26");
        assert_eq!(bad_phone, phones, "D26");
    }
}

#[test]
fn teams_that_did_nothing_for_a_year() {
    for (seen, expected) in [(&*M, 21), (&*S, 1)] {
        let start = seen.today - Months::new(12);
        let mut own = BTreeSet::new();
        let mut below = BTreeSet::new();
        for activity in &seen.activities {
            let day = activity.day("day").unwrap();
            let team = activity.refs("org").next().unwrap().number;
            let founded = seen.team(team).day("founded_on");
            assert!(
                founded.is_some_and(|founded| founded <= day),
                "{}",
                activity.code()
            );
            if activity.status() == "结项" && start <= day && day <= seen.today {
                own.insert(team);
                below.extend(seen.line(team));
            }
        }
        // Whether what sub-teams do counts for the team above them or not, the same ones did nothing.
        for active in [&own, &below] {
            let idle: Vec<&Record> = seen
                .established()
                .filter(|team| !active.contains(&team.number))
                .collect();
            assert_eq!(idle.len(), expected, "D25");
            for team in idle {
                assert!(team.day("founded_on").unwrap() < start, "{}", team.code());
            }
        }
        let year = seen.activities.iter().any(|activity| {
            let top = activity.refs("org").any(|code| code.number == 1);
            top && activity.text("day").starts_with("2026") && activity.status() == "结项"
        });
        assert!(
            year,
            "article 4 wants something of the 总队 within the year"
        );
    }
}

#[test]
fn nothing_is_missing_that_articles_5_to_8_want() {
    for seen in [&*M, &*S] {
        for team in seen.established() {
            for key in [
                "name",
                "kind",
                "form",
                "area",
                "founder",
                "founding_doc",
                "phone",
            ] {
                assert!(!team.text(key).is_empty(), "{} lacks {key}", team.code());
            }
            assert!(team.day("founded_on").unwrap() <= seen.today);
        }
        for person in &seen.people {
            let code = person.number;
            let years = seen.today.years_since(person.birth).unwrap();
            assert!((16..=85).contains(&years), "{code}: {years}");
            assert_eq!(person.guarded, years < 18, "{code}");
            assert!(
                !person.skills.is_empty() && !person.employer.is_empty(),
                "{code}"
            );
            assert!(person.status == "待核" || person.pledged, "{code}");
            assert!(!person.confirmed || person.status != "待核", "{code}");
            let team = seen.team(person.teams[0]);
            let founded = team.day("founded_on").unwrap();
            assert!(
                founded <= person.joined && person.joined <= seen.today,
                "{code}"
            );
            assert!(within(&person.area, team.text("area")), "{code}");
            for team in person.teams.iter().map(|team| seen.team(*team)) {
                let league = team.text("kind") == "盟市队";
                assert!(!league || within(&person.area, team.text("area")), "{code}");
                assert_eq!(team.status(), "已成立", "{code}");
            }
            let distinct: BTreeSet<_> = person.teams.iter().collect();
            assert_eq!(distinct.len(), person.teams.len(), "{code}");
            if matches!(team.text("kind"), "企业队" | "园区队") {
                assert_eq!(person.employer, team.text("founder"), "{code}");
            }
        }
    }
}
