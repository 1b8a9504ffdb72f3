//! The hard cases that every demonstration holds, and that all of it could have been typed.

use std::collections::{BTreeMap, BTreeSet};

use kezhi::demo::{Plan, Size};
use kezhi::domain::input::{Context, read};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::place;
use kezhi::domain::record::Record;
use kezhi::domain::said::Said;

use super::{M, Person, S, Seen, day};

fn named<'a>(seen: &'a Seen, name: &str) -> Vec<&'a Person> {
    seen.people.iter().filter(|one| one.name == name).collect()
}

#[test]
fn the_hard_names_and_births_are_there() {
    for seen in [&*M, &*S] {
        let fixed = &seen.people[100];
        assert_eq!((fixed.number, fixed.name.as_str()), (101, "单立文"));
        let short = named(seen, "娜");
        let leap = short
            .iter()
            .any(|one| one.birth.to_string() == "1984-02-29");
        assert!(leap && short.iter().any(|one| one.people == "蒙古族"));
        assert!(seen.people.iter().any(|one| one.name.chars().count() > 10));
        assert!(
            named(seen, "那顺巴雅尔")
                .iter()
                .any(|one| one.people == "蒙古族")
        );
        assert!(named(seen, "那英兰").iter().any(|one| one.people == "满族"));
        assert!(seen.people.iter().any(|one| one.name.contains('·')));
        let mut same: BTreeMap<_, usize> = BTreeMap::new();
        for one in named(seen, "王志强") {
            let year = one.birth.format("%Y").to_string();
            *same.entry((year, one.area.as_str())).or_default() += 1;
        }
        assert_eq!(same[&("1985".to_owned(), "150102")], 2);
    }
}

#[test]
fn teams_whose_places_hold_each_other_or_share_a_short_name_are_founded() {
    for seen in [&*M, &*S] {
        let counties = seen.of_kind("旗县队");
        let areas: BTreeSet<&str> = counties.iter().map(|team| team.text("area")).collect();
        for pair in [
            ["鄂托克旗", "鄂托克前旗"],
            ["杭锦旗", "杭锦后旗"],
            ["新巴尔虎左旗", "新巴尔虎右旗"],
        ] {
            for name in pair {
                assert!(areas.contains(place::place(name).unwrap().code), "{name}");
            }
        }
        assert!(areas.contains("150402"));
        let left = counties.iter().filter(|team| {
            let area = place::by_code(team.text("area")).unwrap();
            area.name.ends_with("左旗")
        });
        assert!(left.count() >= 1);
    }
    let converted = M.teams.iter().filter(|team| {
        let old = team
            .texts("aliases")
            .any(|alias| alias.ends_with("科普志愿者协会"));
        old && team.text("note").contains("整体转入")
    });
    assert!(converted.count() >= 1);
}

struct Typing;

impl Context for Typing {
    fn today(&self) -> chrono::NaiveDate {
        day()
    }

    fn reference(&self, _: Kind, raw: &str) -> Result<Code, Said> {
        Code::read(raw).ok_or_else(|| kezhi::say!("无此编号", "no such code"))
    }
}

fn refused(record: &Record) -> Vec<String> {
    let spec = record.kind.spec();
    for key in record.fields.keys() {
        assert!(spec.field(key).is_some(), "{key} is no field");
    }
    let fields = spec.fields.iter();
    fields
        .filter_map(|field| {
            let stored = record.get(field.key)?;
            match read(field, stored, &Typing) {
                Ok(value) => (value != *stored).then(|| format!("{} {stored}", record.code())),
                Err(refusal) => Some(format!("{} {}", record.code(), refusal.message.zh)),
            }
        })
        .collect()
}

#[test]
fn a_form_would_take_every_value_but_the_planted_phone() {
    let plan = Plan::new(Size::named("S").unwrap(), day());
    let wrong: Vec<String> = plan
        .volunteers()
        .chain(plan.needs())
        .chain(plan.activities())
        .chain(plan.enrolments())
        .chain(plan.policies())
        .chain(plan.agreements())
        .chain(plan.services())
        .chain(plan.certificates())
        .chain(plan.operators())
        .chain(plan.complaints())
        .chain(plan.incidents())
        .chain(plan.oversights())
        .chain(plan.sanctions())
        .chain(plan.calls())
        .flat_map(|record| refused(&record))
        .chain(M.teams.iter().flat_map(refused))
        .chain(M.activities.iter().step_by(7).flat_map(refused))
        .collect();
    assert_eq!(wrong.len(), 1, "{wrong:#?}");
    assert!(wrong[0].contains("手机"), "{wrong:?}");
}
