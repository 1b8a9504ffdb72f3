//! Rules on a volunteer's entry in the register: pledge, confirmation, skills, basic data (articles 5, 7 and 8).

use std::collections::HashSet;

use crate::domain::kind::{Code, Kind};
use crate::domain::organisation_rule::missing;
use crate::domain::phone::phone;
use crate::domain::record::Record;
use crate::domain::remark;
use crate::domain::rule::{Case, Found, Rule, STANDING, Strength, stands};
use crate::domain::said::{Said, t};
use crate::domain::setting::CONFIRM_DAYS;
use crate::say;

/// What holds of all rows that list what an entry lacks.
const ENTRY: Rule = Rule {
    kind: Kind::Volunteer,
    field: "status",
    way_out: t(
        "补录：kezhi edit 编号 字段=...",
        "complete it: kezhi edit CODE FIELD=...",
    ),
    ..Rule::BASE
};

const CONFIRM: Rule = Rule {
    field: "confirmed_on",
    way_out: t(
        "回访本人后登记：待核的 kezhi do confirm 编号；不愿参加的 kezhi do leave 编号 note=...",
        "ask the person: kezhi do confirm CODE for one who waits, kezhi do leave CODE note=... for one who declines",
    ),
    ..ENTRY
};

const PHONE: Rule = Rule {
    field: "phone",
    way_out: t(
        "核对后改正：kezhi edit 编号 phone=...",
        "correct it: kezhi edit CODE phone=...",
    ),
    ..ENTRY
};

/// Somebody who was removed comes to no team unnoticed.
const REMOVED: Rule = Rule {
    acts: &[STANDING, "new", "edit", "register", "confirm"],
    field: "name",
    judges: &["name", "phone", "id_number", "birth", "gender", "status"],
    way_out: t(
        "不是同一人，或已准其重新参加的，写明原因：--reason，或在表单里填写",
        "if it is another person, or the return was allowed, say why: --reason, or in the form",
    ),
    ..ENTRY
};

/// What the platform asks of a person, beside name and phone, which no entry lacks.
const BASIC: &[&str] = &["id_number", "gender", "birth", "area"];

/// The rules.
pub const RULES: &[Rule] = &[
    stands!(
        ENTRY,
        "R05.2-01",
        "第五条第二款",
        Must,
        lacks("在册", &["pledge_on"])
    ),
    stands!(CONFIRM, "R05.2-02", "第五条第二款", May, unconfirmed()),
    stands!(
        ENTRY,
        "R05.2-03",
        "第五条第二款",
        Ask,
        lacks("在册", &["identity"])
    ),
    stands!(ENTRY, "R07-05", "第七条", Must, lacks("在册", &["skills"])),
    stands!(
        ENTRY,
        "R08.1-02",
        "第八条第一款",
        Must,
        lacks("在册", BASIC)
    ),
    stands!(PHONE, "R08.1-03", "第八条第一款", Must, misdialled()),
    stands!(REMOVED, "REMOVED", "第九条（七）", Should, removed()),
    Rule {
        id: "SUSPENDED",
        article: "第九条（七）",
        strength: Strength::Should,
        acts: &["resume"],
        check: suspended,
        way_out: t(
            "等期满，或由作出决定的组织解除；确要恢复的写明原因 --reason",
            "wait, or let the team that decided lift it; to resume all the same say why with --reason",
        ),
        ..ENTRY
    },
];

/// What of some fields somebody in a state lacks.
fn lacks(case: &Case, status: &str, keys: &[&str]) -> Option<Found> {
    let person = Some(case.after).filter(|person| person.status() == status)?;
    Some((missing(person, keys)?, person.day("joined_on")))
}

fn unconfirmed(case: &Case) -> Option<Found> {
    let person = case.after;
    let joined = person.day("joined_on").filter(|_| person.live())?;
    let (days, most) = (
        (case.today - joined).num_days(),
        CONFIRM_DAYS.now(case.world),
    );
    (person.get("confirmed_on").is_none() && days > most).then(|| {
        let said = say!(
            "登记 {days} 天，本人还没有确认",
            "entered {days} days ago and not confirmed by the person"
        );
        (said, Some(joined))
    })
}

/// A number that cannot be dialled: only what came in by another way than a form.
fn misdialled(case: &Case) -> Option<Found> {
    let wrong = ["phone", "phone2"].into_iter().find(|key| {
        let number = case.after.text(key);
        !number.is_empty() && phone(number).is_err()
    })?;
    // The number itself is not told: it is masked.
    let digits = case.after.text(wrong).chars().filter(char::is_ascii_digit);
    let (count, label) = (digits.count(), case.after.kind.spec().field(wrong)?.label);
    let (zh, en) = (label.zh, label.en);
    let said = say!(
        "{zh}不是电话号码，有 {count} 位数字",
        "{en}: no telephone number, it has {count} digits"
    );
    Some((said, None))
}

/// Somebody removed with the same document, or with the same name and phone, or name, birth and gender, where the documents do not differ.
fn removed(case: &Case) -> Option<Found> {
    // Of what stands only those count who are in the register.
    let counts = |person: &&Record| match case.act {
        STANDING => person.live(),
        _ => person.status() != "已清退",
    };
    let person = Some(case.after).filter(counts)?;
    let (number, name) = (person.text("id_number"), person.title());
    let alike = |key: &str| {
        let value = person.text(key);
        let found = (!value.is_empty()).then(|| case.world.equal(Kind::Volunteer, key, value));
        let codes = found
            .into_iter()
            .flatten()
            .map(|one| Code::new(Kind::Volunteer, one));
        let records = codes.filter_map(|code| case.world.record(code));
        records
            .filter(|one| one.status() == "已清退" && one.number != person.number)
            .collect::<Vec<_>>()
    };
    let other = |one: &Record| {
        let theirs = one.text("id_number");
        !number.is_empty() && !theirs.is_empty() && theirs != number
    };
    let same = alike("id_number").into_iter().next().or_else(|| {
        let mut found = alike("phone").into_iter();
        let phone = found.find(|one| one.title() == name && !other(one));
        let mut named = namesakes(case).into_iter();
        phone.or_else(|| named.find(|one| born_alike(person, one) && !other(one)))
    })?;
    let told = case.told(&same);
    let (zh, en) = (told.zh, told.en);
    let said = say!(
        "此人曾被清退（{zh}）",
        "this person was removed once ({en})"
    );
    Some((said, person.day("joined_on")))
}

/// Those removed who have somebody's name; of what stands nobody asks, for one name is that of thousands.
fn namesakes(case: &Case) -> Vec<Record> {
    let person = case.after;
    if case.act == STANDING || person.text("birth").is_empty() {
        return Vec::new();
    }
    let equal = |key: &str, value: &str| case.world.equal(Kind::Volunteer, key, value);
    let removed = equal("status", "已清退");
    let named: HashSet<u64> = match removed.is_empty() {
        true => HashSet::new(),
        false => equal("name", person.title()).into_iter().collect(),
    };
    let both = removed.into_iter();
    let both = both.filter(|one| named.contains(one) && *one != person.number);
    let codes = both.map(|one| Code::new(Kind::Volunteer, one));
    codes.filter_map(|code| case.world.record(code)).collect()
}

/// Whether two people were born on the same day, and are of one gender where both tell it.
///
/// Of somebody whose data was erased the year alone is left.
fn born_alike(one: &Record, other: &Record) -> bool {
    let (own, theirs) = (one.text("birth"), other.text("birth"));
    let born = match theirs.len() {
        0 => false,
        4 => own.starts_with(theirs),
        _ => own == theirs,
    };
    let (mine, its) = (one.text("gender"), other.text("gender"));
    born && (mine.is_empty() || its.is_empty() || mine == its)
}

fn suspended(case: &Case) -> Option<Said> {
    let row =
        remark::live(case.after, case.today).find(|row| remark::text(row, "measure") == "暂停")?;
    let (by, until) = (remark::text(row, "by"), remark::text(row, "until"));
    Some(match until {
        "" => say!(
            "{by}决定暂停，还没有解除",
            "suspended by {by}, and not lifted"
        ),
        _ => say!("{by}决定暂停至 {until}", "suspended by {by} until {until}"),
    })
}
