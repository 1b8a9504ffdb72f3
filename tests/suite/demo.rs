//! Demonstration data: what is wrong with it is counted here from the records alone, by the plain
//! meaning of each article, sharing nothing with what planted it.

use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};
use kezhi::demo::{MARK, Plan, Size};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::value::Value;
use kezhi::store::chain::hex;
use kezhi::store::coding::encode_record;
use sm3::{Digest, Sm3};

use crate::command::{Desk, json, kezhi, ok};

mod check;
mod deed;
mod defect;
mod edge;
mod matter;
mod share;

/// What is kept of a volunteer.
struct Person {
    number: u64,
    name: String,
    gender: String,
    birth: NaiveDate,
    id: String,
    phone: String,
    people: String,
    area: String,
    status: String,
    teams: Vec<u64>,
    skills: Vec<String>,
    identity: String,
    employer: String,
    joined: NaiveDate,
    confirmed: bool,
    pledged: bool,
    on_platform: bool,
    guarded: bool,
    trained: Option<NaiveDate>,
}

/// What is kept of an enrolment.
struct Enrolled {
    activity: u64,
    person: u64,
    status: String,
    told: Option<NaiveDateTime>,
}

/// What is kept of a service record.
struct Served {
    number: u64,
    activity: u64,
    person: u64,
    day: NaiveDate,
    span: Option<(NaiveDateTime, NaiveDateTime)>,
    minutes: i64,
    status: String,
}

/// Everything that a size holds.
struct Seen {
    today: NaiveDate,
    teams: Vec<Record>,
    operators: Vec<Record>,
    people: Vec<Person>,
    needs: Vec<Record>,
    activities: Vec<Record>,
    enrolled: Vec<Enrolled>,
    policies: Vec<Record>,
    agreements: Vec<Record>,
    served: Vec<Served>,
    certificates: Vec<Record>,
    complaints: Vec<Record>,
    incidents: Vec<Record>,
    oversights: Vec<Record>,
    sanctions: Vec<Record>,
    calls: Vec<Record>,
    hash: String,
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap()
}

fn person(record: &Record) -> Person {
    let text = |key: &str| record.text(key).to_owned();
    assert_eq!(record.text("note"), MARK);
    assert_eq!(record.text("id_type"), "居民身份证");
    Person {
        number: record.number,
        name: text("name"),
        gender: text("gender"),
        birth: record.day("birth").unwrap(),
        id: text("id_number"),
        phone: text("phone"),
        people: text("ethnicity"),
        area: text("area"),
        status: text("status"),
        teams: record.refs("teams").map(|code| code.number).collect(),
        skills: record.texts("skills").map(str::to_owned).collect(),
        identity: text("identity"),
        employer: text("employer"),
        joined: record.day("joined_on").unwrap(),
        confirmed: record.day("confirmed_on").is_some(),
        pledged: record.day("pledge_on").is_some(),
        on_platform: !record.text("platform_no").is_empty(),
        guarded: !record.text("guardian").is_empty(),
        trained: record.day("trained_on"),
    }
}

fn one(record: &Record, key: &str) -> u64 {
    record.refs(key).next().unwrap().number
}

/// A moment as it is stored; a day alone begins at midnight.
fn moment(text: &str) -> Option<NaiveDateTime> {
    let full = match text.len() {
        10 => format!("{text}T00:00"),
        _ => text.to_owned(),
    };
    NaiveDateTime::parse_from_str(&full, "%Y-%m-%dT%H:%M").ok()
}

fn enrolled(record: &Record) -> Enrolled {
    Enrolled {
        activity: one(record, "activity"),
        person: one(record, "volunteer"),
        status: record.status().to_owned(),
        told: moment(record.text("told_on")),
    }
}

fn served(record: &Record) -> Served {
    let span = moment(record.text("start")).zip(moment(record.text("end")));
    let Some(Value::Int(minutes)) = record.get("minutes") else {
        panic!("{} has no minutes", record.code());
    };
    Served {
        number: record.number,
        activity: one(record, "activity"),
        person: one(record, "volunteer"),
        day: record.day("day").unwrap(),
        span,
        minutes: *minutes,
        status: record.status().to_owned(),
    }
}

impl Seen {
    fn of(size: &str) -> Seen {
        let today = day();
        let plan = Plan::new(Size::named(size).unwrap(), today);
        let mut hash = Sm3::new();
        let mut note = |record: &Record| {
            // The note of a call begins with what was said: its first line is its title.
            let marked = match record.kind {
                Kind::Call => record.text("note").ends_with(MARK),
                _ => record.text("note").starts_with(MARK),
            };
            assert!(marked, "{}", record.code());
            hash.update(record.number.to_le_bytes());
            hash.update(encode_record(record).unwrap());
        };
        let teams: Vec<Record> = plan.organisations().inspect(&mut note).collect();
        let operators = plan.operators().inspect(&mut note).collect();
        let people = plan.volunteers().inspect(&mut note).map(|one| person(&one));
        let people = people.collect();
        let needs = plan.needs().inspect(&mut note).collect();
        let activities = plan.activities().inspect(&mut note).collect();
        let enrolled = plan
            .enrolments()
            .inspect(&mut note)
            .map(|one| enrolled(&one));
        let enrolled = enrolled.collect();
        let policies = plan.policies().inspect(&mut note).collect();
        let agreements = plan.agreements().inspect(&mut note).collect();
        let served = plan.services().inspect(&mut note).map(|one| served(&one));
        let served = served.collect();
        let certificates = plan.certificates().inspect(&mut note).collect();
        let complaints = plan.complaints().inspect(&mut note).collect();
        let incidents = plan.incidents().inspect(&mut note).collect();
        let oversights = plan.oversights().inspect(&mut note).collect();
        let sanctions = plan.sanctions().inspect(&mut note).collect();
        let calls = plan.calls().inspect(&mut note).collect();
        Seen {
            today,
            teams,
            operators,
            people,
            needs,
            activities,
            enrolled,
            policies,
            agreements,
            served,
            certificates,
            complaints,
            incidents,
            oversights,
            sanctions,
            calls,
            hash: hex(&hash.finalize().into()),
        }
    }

    fn established(&self) -> impl Iterator<Item = &Record> {
        self.teams.iter().filter(|team| team.status() == "已成立")
    }

    fn of_kind(&self, kind: &str) -> Vec<&Record> {
        let all = self.established();
        all.filter(|team| team.text("kind") == kind).collect()
    }

    fn team(&self, number: u64) -> &Record {
        let team = &self.teams[number as usize - 1];
        assert_eq!(team.number, number);
        team
    }

    fn parent(&self, team: &Record) -> Option<&Record> {
        team.refs("parent")
            .next()
            .map(|code: Code| self.team(code.number))
    }

    /// A team and all above it.
    fn line(&self, number: u64) -> Vec<u64> {
        let mut line = vec![number];
        let mut at = self.team(number);
        while let Some(up) = self.parent(at) {
            assert!(!line.contains(&up.number), "a circle at {}", up.code());
            line.push(up.number);
            at = up;
        }
        line
    }
}

static S: LazyLock<Seen> = LazyLock::new(|| Seen::of("S"));
static M: LazyLock<Seen> = LazyLock::new(|| Seen::of("M"));

#[test]
fn the_same_seed_size_and_day_give_the_same_bytes() {
    assert_eq!(
        S.hash,
        "df528c6d1da309ae8246c9c42b6e5ae12e78c1eb0cdfb99ae2d371fef48d673f"
    );
    assert_eq!(
        M.hash,
        "79765c060ad4489f355048d9f09033bacd8290900dcca95ee3e07c471aed1bd4"
    );
}

#[test]
fn another_day_moves_the_data_and_nothing_breaks() {
    for day in ["2024-02-29", "2027-01-03"] {
        let today: NaiveDate = day.parse().unwrap();
        let plan = Plan::new(Size::named("S").unwrap(), today);
        for record in plan.volunteers().chain(plan.organisations()) {
            for key in ["birth", "joined_on", "confirmed_on", "founded_on"] {
                assert!(
                    record.day(key).is_none_or(|day| day <= today),
                    "{}",
                    record.code()
                );
            }
        }
        let days = [
            "asked_on",
            "verified_on",
            "answered_on",
            "agreed_on",
            "absent_on",
            "recorded_on",
            "confirmed_on",
            "finished_on",
            "issued_on",
            "effective_on",
            "ended_on",
            "told_on",
            "accepted_on",
            "closed_on",
            "called_on",
            "entered_on",
            "named_on",
        ];
        let deeds = plan.needs().chain(plan.activities());
        let deeds = deeds.chain(plan.enrolments()).chain(plan.agreements());
        let deeds = deeds.chain(plan.services()).chain(plan.certificates());
        let deeds = deeds.chain(plan.complaints()).chain(plan.incidents());
        let watched = plan.oversights().chain(plan.sanctions());
        for record in deeds.chain(watched).chain(plan.calls()) {
            for key in days {
                let day = record.text(key).get(..10).map(|day| day.parse().unwrap());
                assert!(
                    day.is_none_or(|day: NaiveDate| day <= today),
                    "{} {key}",
                    record.code()
                );
            }
        }
        let last = plan.activities().last().unwrap();
        assert!(last.day("day").unwrap() > today);
    }
}

#[test]
fn any_number_of_people_is_made() {
    let size = Size::named("M").unwrap();
    for people in [1, 150, 2_000, 9_999, 10_000] {
        let plan = Plan::new(size.with_people(people), day());
        assert_eq!(plan.volunteers().count(), people, "{people}");
    }
    for people in [100_000, 1_000_000] {
        let plan = Plan::new(size.with_people(people), day());
        let members: usize = plan.teams.iter().map(|team| team.members).sum();
        assert_eq!(members, people);
    }
}

#[test]
fn the_command_prints_rows_and_hash_and_never_touches_a_real_store() {
    let desk = Desk::new();
    let dir = desk.path();
    let made = json(dir, &["demo", "--size", "S", "--no-open"]);
    assert_eq!(made["organisation"], S.teams.len());
    assert_eq!(made["volunteer"], 2000);
    assert_eq!(made["need"], S.needs.len());
    assert_eq!(made["activity"], 300);
    assert_eq!(made["enrolment"], 3000);
    assert_eq!(made["insurance"], 30);
    assert_eq!(made["agreement"], 60);
    assert_eq!(made["service_record"], S.served.len());
    assert_eq!(made["certificate"], S.certificates.len());
    assert_eq!(made["operator"], S.operators.len());
    assert_eq!(made["complaint"], 12);
    assert_eq!(made["incident"], 8);
    assert_eq!(made["oversight"], S.oversights.len());
    assert_eq!(made["sanction"], 3);
    assert_eq!(made["call"], 60);
    assert_eq!(made["sm3"], S.hash.as_str());
    assert!(ok(dir, &["verify"]).contains("一致"));
    for word in ["单立文", "slw", "danlw"] {
        assert_eq!(json(dir, &["find", word])[0]["code"], "ZY-000101", "{word}");
    }
    let again = Desk::new();
    let said = ok(again.path(), &["demo", "--size", "S", "--no-open"]);
    assert!(
        said.contains("志愿者 2000") && said.contains(&S.hash),
        "{said}"
    );
    assert_eq!(
        json(dir, &["log", "head"])["hash"],
        json(again.path(), &["log", "head"])["hash"]
    );
    let real = Desk::new();
    ok(real.path(), &["list", "organisation"]);
    let refused = kezhi(real.path(), &["demo", "--size", "S", "--no-open"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn a_planted_defect_does_not_stand_in_the_way_of_other_changes() {
    use kezhi::domain::identity::identity;
    use kezhi::domain::organisation::may_be_under;
    let desk = Desk::new();
    let dir = desk.path();
    let day = day().to_string();
    ok(dir, &["demo", "--size", "S", "--day", &day, "--no-open"]);
    let misplaced = S.teams.iter().find(|team| {
        let up = S.parent(team);
        up.is_some_and(|up| !may_be_under(team.text("kind")).contains(&up.text("kind")))
    });
    let team = misplaced.unwrap().code().to_string();
    ok(dir, &["edit", &team, "phone=0476-8221234"]);
    ok(dir, &["do", "appoint", &team, "post=联系人", "holder=刘洋"]);
    let moved = kezhi(dir, &["do", "move", &team, "parent=ZZ-0001"]);
    assert_eq!(moved.status.code(), Some(0), "it stands there already");
    let wrong = S
        .people
        .iter()
        .find(|person| identity(&person.id, S.today).is_err());
    let person = format!("ZY-{:06}", wrong.unwrap().number);
    ok(dir, &["edit", &person, "employer=某局"]);
    let spoilt = format!("id_number={}", "110105194912310021");
    let refused = kezhi(dir, &["edit", &person, &spoilt]);
    assert_eq!(refused.status.code(), Some(3));
}
