//! 成批证明: a certificate of one activity for everybody who served in it.

use std::collections::{BTreeMap, HashSet};

use crate::domain::certificate;
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::service_record::CONFIRMED;
use crate::domain::setting::HOUSE;
use crate::domain::value::Fields;
use crate::domain::world::{Reckon, holding};
use crate::say;

/// A certificate of this activity alone for everybody with confirmed hours in it who has none yet:
/// issued where the public notice is over, else asked for.
pub fn certificates(after: &Record, reckon: &Reckon) -> Vec<Record> {
    let mut had = holding(reckon.world, Kind::Certificate, "activity", after.code());
    had.retain(Record::live);
    let mut records = holding(reckon.world, Kind::ServiceRecord, "activity", after.code());
    records.retain(|record| record.status() == CONFIRMED);
    // By person, the first and the last day.
    let mut people: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for record in &records {
        let day = record.text("day");
        let days = people.entry(record.text("volunteer")).or_insert((day, day));
        *days = (days.0.min(day), days.1.max(day));
    }
    people.retain(|person, _| had.iter().all(|one| one.text("volunteer") != *person));
    let asked = people.into_iter().map(|(person, (from, to))| {
        let mut record = Record::new(Kind::Certificate, 0, Fields::new());
        let fields = [
            ("volunteer", person),
            ("from", from),
            ("to", to),
            ("org", after.text("org")),
            ("activity", &after.code().to_string()),
            ("status", "申请"),
        ];
        for (key, text) in fields {
            record.set(key, text.into());
        }
        let own = Reckon {
            before: None,
            ..*reckon
        };
        certificate::reckon(&mut record, &own);
        record
    });
    let mut made: Vec<Record> = asked.collect();
    let own = |one: &Record| one.text("org") == after.text("org");
    made.extend(
        had.into_iter()
            .filter(|one| one.status() == "申请" && own(one)),
    );
    let mut taken = HashSet::new();
    for record in &mut made {
        if certificate::noticed(reckon.world, record, reckon.today).is_some() {
            continue;
        }
        let code = certificate::free_code(reckon.world, reckon.chance, &taken);
        let mut issued = record.clone();
        issued.set("check_code", code.clone().into());
        if certificate::issue(&mut issued, &Fields::new(), reckon).is_ok() {
            issued.set("status", "有效".into());
            taken.insert(code);
            *record = issued;
        }
    }
    // Those that stand as they stood are none of this act's making.
    made.retain(|record| record.number == 0 || record.status() != "申请");
    made
}

/// Refuses where there is nothing to issue or to ask for.
pub fn certify(record: &mut Record, _: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    if certificates(record, reckon).is_empty() {
        let code = record.code();
        let asked = holding(reckon.world, Kind::Certificate, "activity", code);
        let noticed = asked
            .iter()
            .filter(|one| one.status() == "申请")
            .filter_map(|one| certificate::noticed(reckon.world, one, reckon.today));
        if let Some(until) = noticed.min() {
            return Err(Refusal::new(
                RefusalKind::Rule,
                say!(
                    "都在公示，最早至 {until}",
                    "all are under public notice, the first until {until}"
                ),
            )
            .article(HOUSE)
            .hint(say!(
                "公示期满再办：kezhi do certify {code}",
                "take the step again then: kezhi do certify {code}"
            )));
        }
        return Err(Refusal::new(
            RefusalKind::Rule,
            say!(
                "没有可以出具的：没有已确认的时长，或都已出具",
                "nothing to issue: no confirmed hours, or all have one"
            ),
        )
        .article("第九条（五）")
        .hint(say!(
            "先确认时长：kezhi list service_record --where activity={code}",
            "confirm the hours first: kezhi list service_record --where activity={code}"
        )));
    }
    Ok(())
}
