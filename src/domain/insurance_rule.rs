//! Rules on policies: article 9 (6).

use std::collections::{BTreeSet, HashSet};

use crate::domain::activity::dangerous;
use crate::domain::cover::Cover;
use crate::domain::enrolment::takes_part;
use crate::domain::insurance::ACCIDENT;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::{Span, begins, ends};
use crate::domain::record::Record;
use crate::domain::rule::{Case, Rule, Strength};
use crate::domain::said::{Said, t};
use crate::domain::world::World;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        id: "POLICY-TERM",
        article: "",
        kind: Kind::Insurance,
        acts: &["new", "edit"],
        field: "to",
        judges: &["from", "to"],
        check: |case| {
            let (from, to) = (
                begins(case.after.text("from"))?,
                ends(case.after.text("to"))?,
            );
            (to <= from).then(|| {
                let (from, to) = (
                    case.after.text("from").replace('T', " "),
                    case.after.text("to").replace('T', " "),
                );
                say!(
                    "保险止 {to} 不晚于起 {from}",
                    "the policy ends {to}, not after it begins {from}"
                )
            })
        },
        way_out: t(
            "请核对起止：from=... to=...",
            "check the term: from=... to=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "POLICY-WHOM",
        article: "第九条（六）",
        kind: Kind::Insurance,
        acts: &["new", "edit"],
        field: "covers",
        judges: &["covers", "activity"],
        check: |case| {
            let nobody = case.after.get("covers").is_none() && case.after.get("activity").is_none();
            nobody.then(|| say!("没有写明保了谁", "it does not say whom it covers"))
        },
        way_out: t(
            "填被保险人或活动：covers=... 或 activity=...",
            "fill covers=... or activity=...",
        ),
        ..Rule::BASE
    },
    Rule {
        id: "POLICY-TWICE",
        article: "",
        strength: Strength::Ask,
        kind: Kind::Insurance,
        acts: &["new", "edit"],
        field: "policy_no",
        judges: &["policy_no"],
        check: |case| {
            let same = case
                .world
                .equal(Kind::Insurance, "policy_no", case.after.title());
            let other = same
                .into_iter()
                .find(|number| *number != case.after.number)?;
            let found = case.world.record(Code::new(Kind::Insurance, other))?;
            let told = case.told(&found);
            let (zh, en) = (told.zh, told.en);
            Some(say!(
                "保单号已登记：{zh}",
                "this policy is entered already: {en}"
            ))
        },
        way_out: t("确是另一份的请确认", "confirm if it is another one"),
        ..Rule::BASE
    },
    Rule {
        id: "POLICY-GAP",
        article: "第九条（六）",
        strength: Strength::Ask,
        kind: Kind::Insurance,
        acts: &["cancel", "edit"],
        field: "status",
        judges: &["status", "from", "to", "covers", "activity", "kind"],
        check: |case| {
            let lost = lost(case);
            let (people, activities) = (lost.people.len(), lost.activities);
            let told: Vec<Said> = activities.iter().map(|one| case.told(one)).collect();
            let zh: Vec<&str> = told.iter().map(|said| said.zh.as_str()).collect();
            let en: Vec<&str> = told.iter().map(|said| said.en.as_str()).collect();
            let (zh, en) = (zh.join("、"), en.join(", "));
            (people > 0).then(|| {
                say!(
                    "这样 {people} 人就没有保险了：{zh}",
                    "{people} people would be without insurance then: {en}"
                )
            })
        },
        way_out: t("确要这样的请确认", "confirm if you mean it"),
        ..Rule::BASE
    },
];

/// So many enrolments of those who are covered are looked at, the newest.
const ENROLMENTS: usize = 200;

/// So many of those who are covered by their team are looked for.
const PEOPLE: usize = 1000;

/// Who would no longer be insured throughout, and in what.
#[derive(Default)]
struct Lost {
    people: HashSet<Code>,
    activities: Vec<Record>,
}

/// What a change of a policy opens: in its activity, else in the dangerous ones that its people take part in.
fn lost(case: &Case) -> Lost {
    let mut before = case.before.unwrap_or(case.after).clone();
    let mut after = case.after.clone();
    if case.act == "cancel" {
        before.set("status", "有效".into());
        after.set("status", "退保".into());
    }
    let (then, now) = (
        With {
            world: case.world,
            policy: &before,
        },
        With {
            world: case.world,
            policy: &after,
        },
    );
    let mut lost = Lost::default();
    if !before.live() || before.text("kind") != ACCIDENT {
        return lost;
    }
    for activity in concerned(case.world, &before) {
        let (was, is) = (Cover::of(&then, &activity), Cover::of(&now, &activity));
        let taking = was.enrolled.iter().filter(|one| takes_part(one));
        let open: Vec<Code> = taking
            .flat_map(|one| one.refs("volunteer"))
            .filter(|person| {
                let had = was.holes(&then, *person);
                let holes = is.holes(&now, *person);
                let same = |hole: &Span| {
                    had.iter()
                        .any(|old| old.start <= hole.start && hole.end <= old.end)
                };
                !holes.iter().all(same)
            })
            .collect();
        if !open.is_empty() {
            lost.people.extend(open);
            lost.activities.push(activity);
        }
    }
    lost
}

/// The activities in which a policy may be all the insurance there is.
fn concerned(world: &dyn World, policy: &Record) -> Vec<Record> {
    if let Some(code) = policy.refs("activity").next() {
        let only = world.record(code).filter(Record::live);
        return only.into_iter().collect();
    }
    let people = covered(world, policy);
    let numbers = people
        .iter()
        .flat_map(|person| world.equal(Kind::Enrolment, "volunteer", &person.to_string()));
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable_by(|one, other| other.cmp(one));
    numbers.truncate(ENROLMENTS);
    let enrolments = numbers
        .into_iter()
        .filter_map(|number| world.record(Code::new(Kind::Enrolment, number)));
    let enrolments = enrolments.filter(takes_part);
    let codes: BTreeSet<Code> = enrolments
        .flat_map(|one| one.refs("activity").collect::<Vec<_>>())
        .collect();
    let found = codes.into_iter().filter_map(|code| world.record(code));
    let open = |one: &Record| matches!(one.status(), "招募" | "就绪" | "进行");
    found.filter(|one| dangerous(one) && open(one)).collect()
}

/// The volunteers whom a policy names, themselves or by their team or one above it.
fn covered(world: &dyn World, policy: &Record) -> HashSet<Code> {
    let of = |kind| policy.refs("covers").filter(move |code| code.kind == kind);
    let mut people: HashSet<Code> = of(Kind::Volunteer).collect();
    let mut teams: Vec<Code> = of(Kind::Organisation).collect();
    let mut seen = HashSet::new();
    while let Some(team) = teams.pop().filter(|_| people.len() < PEOPLE) {
        if !seen.insert(team) {
            continue;
        }
        let of = |kind, field| {
            let found = world.equal(kind, field, &team.to_string()).into_iter();
            found.map(move |number| Code::new(kind, number))
        };
        people.extend(of(Kind::Volunteer, "teams"));
        teams.extend(of(Kind::Organisation, "parent"));
    }
    people
}

/// The other records, and a policy as it was or would be.
struct With<'a> {
    world: &'a dyn World,
    policy: &'a Record,
}

impl World for With<'_> {
    fn record(&self, code: Code) -> Option<Record> {
        match code == self.policy.code() {
            true => Some(self.policy.clone()),
            false => self.world.record(code),
        }
    }

    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        let mut found = self.world.equal(kind, field, value);
        if kind == Kind::Insurance {
            let own = self.policy.number;
            found.retain(|number| *number != own);
            if self.policy.texts(field).any(|text| text == value) {
                found.push(own);
            }
        }
        found
    }

    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.world.each(kind, found);
    }

    fn setting(&self, key: &str) -> Option<i64> {
        self.world.setting(key)
    }

    fn calendar(&self) -> &crate::domain::workday::Calendar {
        self.world.calendar()
    }
}
