//! What teams do, and what is wrong with it on purpose, told from the records alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use kezhi::domain::record::Record;
use kezhi::domain::value::Value;

use super::{Enrolled, M, Person, S, Seen, Served, moment};

type Span = (NaiveDateTime, NaiveDateTime);

fn sessions(activity: &Record) -> Vec<Span> {
    let rows = activity.get("sessions").map_or(&[][..], Value::parts);
    let cell = |row: &Value, key: &str| match row {
        Value::Map(row) => moment(row[key].text().unwrap()).unwrap(),
        _ => panic!("no row"),
    };
    rows.iter()
        .map(|row| (cell(row, "start"), cell(row, "end")))
        .collect()
}

fn minutes((start, end): &Span) -> i64 {
    (*end - *start).num_minutes()
}

fn danger(activity: &Record) -> bool {
    activity.get("dangers").is_some()
}

fn goes(activity: &Record) -> bool {
    matches!(activity.status(), "就绪" | "进行" | "结项")
}

/// The records of a size by what they belong to.
struct Around<'a> {
    seen: &'a Seen,
    activity: HashMap<u64, &'a Record>,
    enrolled: HashMap<u64, Vec<&'a Enrolled>>,
}

impl<'a> Around<'a> {
    fn of(seen: &'a Seen) -> Around<'a> {
        let mut enrolled: HashMap<u64, Vec<&Enrolled>> = HashMap::new();
        for one in &seen.enrolled {
            enrolled.entry(one.activity).or_default().push(one);
        }
        let activity = seen.activities.iter().map(|one| (one.number, one));
        Around {
            seen,
            activity: activity.collect(),
            enrolled,
        }
    }

    fn person(&self, number: u64) -> &'a Person {
        &self.seen.people[number as usize - 1]
    }

    fn taking(&self, activity: &Record) -> Vec<&'a Enrolled> {
        let all = self.enrolled.get(&activity.number).into_iter().flatten();
        let taking = all.filter(|one| matches!(&*one.status, "同意" | "到场"));
        taking.copied().collect()
    }

    fn years(&self, enrolled: &Enrolled) -> u32 {
        let day = self.activity[&enrolled.activity].day("day").unwrap();
        let birth = self.person(enrolled.person).birth;
        day.years_since(birth).unwrap()
    }
}

fn both(test: impl Fn(&Around, bool)) {
    test(&Around::of(&S), false);
    test(&Around::of(&M), true);
}

fn few(m: bool, at_m: usize) -> usize {
    if m { at_m } else { 1 }
}

#[test]
fn everybody_is_told_of_the_danger_before_but_the_planted_ones() {
    both(|around, m| {
        let (mut late, mut just) = (0, 0);
        for activity in around.seen.activities.iter().filter(|one| danger(one)) {
            let start = sessions(activity)[0].0;
            let taking = around.taking(activity);
            if !goes(activity) {
                continue;
            }
            let after = taking.iter().filter(|one| one.told.unwrap() > start);
            late += usize::from(after.count() > 0);
            let on_time = taking.iter().filter(|one| one.told.unwrap() == start);
            assert_eq!(on_time.count(), 0);
            just += taking
                .iter()
                .filter(|one| (start - one.told.unwrap()).num_minutes() == 1)
                .count();
        }
        assert_eq!(late, few(m, 2), "D13");
        assert!(just > 0, "told a minute before");
    });
}

/// Until when a stored moment lasts.
fn until(text: &str) -> NaiveDateTime {
    let at = moment(text).unwrap();
    match text.len() {
        10 => at + chrono::Duration::days(1),
        _ => at,
    }
}

#[test]
fn everybody_in_danger_is_insured_for_every_minute_but_the_planted_ones() {
    both(|around, m| {
        let seen = around.seen;
        let (mut none, mut short, mut exact, mut by_team) = (0, 0, 0, 0);
        for activity in seen
            .activities
            .iter()
            .filter(|one| danger(one) && goes(one))
        {
            let code = activity.code().to_string();
            let policies: Vec<&Record> = seen
                .policies
                .iter()
                .filter(|one| one.text("kind") == "人身意外伤害" && one.status() == "有效")
                .filter(|one| matches!(one.text("activity"), "") || one.text("activity") == code)
                .collect();
            let spans = sessions(activity);
            let last = spans[spans.len() - 1].1;
            let own = |one: &&&Record| !one.text("activity").is_empty();
            exact += policies
                .iter()
                .filter(own)
                .filter(|one| until(one.text("to")) == last && one.text("to").len() > 10)
                .count();
            let mut holes = 0;
            for enrolled in around.taking(activity) {
                let person = format!("ZY-{:06}", enrolled.person);
                let teams = &around.person(enrolled.person).teams;
                let lines: BTreeSet<u64> = teams.iter().flat_map(|team| seen.line(*team)).collect();
                let mine: Vec<&&Record> = policies
                    .iter()
                    .filter(|one| {
                        let mut covers = one.refs("covers").peekable();
                        covers.peek().is_none()
                            || one.texts("covers").any(|code| code == person)
                            || covers.any(|code| {
                                code.to_string().starts_with("ZZ") && lines.contains(&code.number)
                            })
                    })
                    .collect();
                let terms: Vec<Span> = mine
                    .iter()
                    .map(|one| (moment(one.text("from")).unwrap(), until(one.text("to"))))
                    .collect();
                let open = spans.iter().any(|(start, end)| {
                    (0..minutes(&(*start, *end))).any(|minute| {
                        let at = *start + chrono::Duration::minutes(minute);
                        !terms.iter().any(|(from, to)| *from <= at && at < *to)
                    })
                });
                holes += usize::from(open);
                by_team += usize::from(!open && !mine.iter().any(|one| own(one)));
            }
            let any = policies.iter().filter(own).count() > 0;
            none += usize::from(holes > 0 && !any);
            short += usize::from(holes > 0 && any);
        }
        assert_eq!((none, short), (few(m, 3), few(m, 2)), "D14");
        assert!(exact > 0, "policies that end with the activity");
        assert!(!m || by_team > 0, "insured with the team");
        assert_eq!(seen.policies.len(), if m { 900 } else { 30 });
    });
}

#[test]
fn agreements_in_force_are_whole_but_the_planted_ones() {
    let keys = [
        "rights",
        "content",
        "way",
        "time",
        "place",
        "conditions",
        "safety",
        "other",
    ];
    both(|around, m| {
        let seen = around.seen;
        let mut lacking: Vec<&str> = Vec::new();
        for agreement in &seen.agreements {
            let open = keys.iter().filter(|key| agreement.text(key).is_empty());
            let open: Vec<&str> = open.copied().collect();
            let signed = agreement
                .get("signatures")
                .map_or(0, |rows| rows.parts().len());
            let people = agreement.refs("volunteers").count();
            let recipient = usize::from(!agreement.text("recipient").is_empty());
            assert!(people + recipient > 0, "{}", agreement.code());
            match agreement.status() {
                "生效" => {
                    assert!(signed > people + recipient, "{}", agreement.code());
                    assert!(agreement.day("to").unwrap() >= seen.today);
                    lacking.extend(open);
                }
                "草稿" => assert_eq!(signed, 0),
                _ => assert!(open.is_empty()),
            }
        }
        assert_eq!(lacking.len(), few(m, 5), "D15");
        let distinct: BTreeSet<_> = lacking.iter().collect();
        assert_eq!(distinct.len(), lacking.len());
        assert_eq!(seen.agreements.len(), if m { 2_700 } else { 60 });
    });
}

#[test]
fn minors_come_with_a_guardian_and_never_into_danger_but_the_planted_ones() {
    both(|around, m| {
        let (mut bare, mut danger_too, mut guarded, mut removed) = (0, 0, 0, 0);
        for one in &around.seen.enrolled {
            if !matches!(&*one.status, "拟派" | "已邀" | "同意" | "候补" | "到场") {
                continue;
            }
            let person = around.person(one.person);
            let minor = around.years(one) < 18;
            bare += usize::from(minor && !person.guarded);
            guarded += usize::from(minor && person.guarded);
            danger_too += usize::from(minor && danger(around.activity[&one.activity]));
            removed += usize::from(person.status == "已清退");
            assert!(
                !matches!(&*person.status, "已退出" | "暂停"),
                "{}",
                one.person
            );
            let day = around.activity[&one.activity].day("day").unwrap();
            assert!(person.joined <= day, "{}", one.person);
        }
        assert_eq!((bare, danger_too), (few(m, 2), 1), "D20");
        assert_eq!(removed, 1, "D29");
        assert!(guarded > 5, "{guarded}");
    });
}

#[test]
fn hours_overlap_only_where_planted_and_are_no_longer_than_the_activity() {
    both(|around, m| {
        let mut of: BTreeMap<u64, Vec<&Served>> = BTreeMap::new();
        let (mut long, mut exact) = (0, 0);
        for one in &around.seen.served {
            let activity = around.activity[&one.activity];
            assert_eq!(activity.status(), "结项");
            let spans = sessions(activity);
            let on = spans.iter().filter(|span| span.0.date() == one.day);
            let held: i64 = on.map(minutes).sum();
            assert!(held > 0, "{}", one.number);
            exact += usize::from(one.minutes == held);
            long += usize::from(one.minutes > held);
            if let Some(span) = one.span {
                assert_eq!(one.minutes, minutes(&span));
                assert!(spans.iter().any(|of| of.0 <= span.0 && span.1 <= of.1));
            }
            of.entry(one.person).or_default().push(one);
        }
        assert_eq!(long, few(m, 12), "D23");
        assert!(exact * 2 > around.seen.served.len(), "{exact}");
        let (mut met, mut touching) = (0, 0);
        for all in of.values() {
            let counts = |one: &&&Served| matches!(&*one.status, "已确认" | "待确认");
            let mut spans: Vec<Span> = all
                .iter()
                .filter(counts)
                .filter_map(|one| one.span)
                .collect();
            spans.sort_unstable();
            for (at, one) in spans.iter().enumerate() {
                let later = spans[at + 1..].iter();
                met += later.clone().filter(|other| other.0 < one.1).count();
                touching += later.filter(|other| other.0 == one.1).count();
            }
        }
        assert_eq!(met, few(m, 30), "D22");
        assert!(touching > 0);
    });
}

#[test]
fn hours_belong_to_people_who_came() {
    both(|around, _| {
        let mut seats = BTreeMap::new();
        for one in &around.seen.enrolled {
            let seat = seats.insert((one.activity, one.person), &one.status);
            assert!(seat.is_none(), "{} twice in {}", one.person, one.activity);
        }
        for one in &around.seen.served {
            assert_eq!(seats[&(one.activity, one.person)], "到场", "{}", one.number);
        }
    });
}

#[test]
fn nobody_pays_but_once() {
    both(|around, _| {
        let fee = |one: &&Record| one.get("fee") != Some(&Value::Int(0));
        let paid = around.seen.activities.iter().filter(fee).count();
        assert_eq!(paid, 1, "D27");
    });
}

#[test]
fn certificates_add_up_confirmed_records() {
    both(|around, m| {
        let seen = around.seen;
        let served: HashMap<String, &Served> = seen
            .served
            .iter()
            .map(|one| (format!("FW-{:07}", one.number), one))
            .collect();
        let mut codes = BTreeSet::new();
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for certificate in &seen.certificates {
            *states.entry(certificate.status()).or_default() += 1;
            let (asked, due) = (certificate.text("asked_on"), certificate.text("due_on"));
            assert!(asked < due, "{}", certificate.code());
            if certificate.status() == "申请" {
                assert!(certificate.get("rows").is_none());
                continue;
            }
            let code = certificate.text("check_code");
            assert!(code.parse::<u64>().unwrap() % 97 == 1 && code.len() == 10);
            assert!(codes.insert(code));
            let (mut sum, mut withdrawn) = (0, 0);
            for row in certificate.get("rows").unwrap().parts() {
                let Value::Map(row) = row else { panic!() };
                let one = served[row["record"].text().unwrap()];
                assert_eq!(
                    format!("ZY-{:06}", one.person),
                    certificate.text("volunteer")
                );
                assert_eq!(row["minutes"], Value::Int(one.minutes));
                let day = one.day.to_string();
                assert!(certificate.text("from") <= &*day && &*day <= certificate.text("to"));
                withdrawn += usize::from(one.status != "已确认");
                sum += one.minutes;
            }
            assert_eq!(certificate.get("minutes"), Some(&Value::Int(sum)));
            assert_eq!(withdrawn > 0, certificate.status() == "待更正");
        }
        assert!(
            states["有效"] * 10 > seen.certificates.len() * 7,
            "{states:?}"
        );
        assert!(!m || states.len() == 5, "{states:?}");
    });
}

#[test]
fn about_as_many_of_everything_as_the_plan_says() {
    both(|around, m| {
        let seen = around.seen;
        let (activities, enrolled) = if m { (18_000, 216_000) } else { (300, 3_000) };
        assert_eq!(seen.activities.len(), activities);
        assert_eq!(seen.enrolled.len(), enrolled);
        assert!(
            seen.served.len().abs_diff(enrolled) * 20 < enrolled,
            "{}",
            seen.served.len()
        );
        let of = |test: &dyn Fn(&Record) -> bool| {
            seen.activities.iter().filter(|one| test(one)).count() * 1000 / activities
        };
        let slack = if m { 5 } else { 25 };
        for (what, found, aim) in [
            ("dangerous", of(&danger), 29),
            ("major", of(&|one| one.get("major").is_some()), 8),
            ("online", of(&|one| !one.text("online").is_empty()), 50),
            (
                "villages",
                of(&|one| one.texts("visits").any(|one| one == "进乡村")),
                310,
            ),
        ] {
            let slack = if aim > 100 { 3 * slack } else { slack };
            assert!(found.abs_diff(aim) <= slack, "{what}: {found}");
        }
        for state in ["进行", "招募", "待批", "草拟", "就绪", "结项", "取消"] {
            let some = seen.activities.iter().any(|one| one.status() == state);
            assert!(some || !m && state == "就绪", "{state}");
        }
        let all: i64 = seen.served.iter().map(|one| one.minutes).sum();
        let mean = all / 60 / seen.people.len() as i64;
        assert!((4..=11).contains(&mean), "{mean} hours a head");
        let year: NaiveDate = seen.today - chrono::Months::new(12);
        let trained = seen
            .people
            .iter()
            .filter(|one| one.trained.is_some_and(|day| day > year));
        let trained = trained.count() * 100 / seen.people.len();
        assert!((30..=55).contains(&trained), "{trained}");
        let night = seen.activities.iter().any(|one| {
            sessions(one)
                .iter()
                .any(|(start, end)| start.date() < end.date())
        });
        assert!(night, "one beyond midnight");
    });
}
