//! What both stores hold before anybody comes.

use kezhi::domain::change::Entry;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::record::Record;
use kezhi::domain::value::{Fields, Value};
use kezhi::store::Store;

/// Title and facts of the walled matter; nothing else in the stores has these words.
pub(super) const TITLE: &str = "克扣补贴丢失器材";
/// A sanction that follows from it.
pub(super) const SANCTION: Code = Code::new(Kind::Sanction, 2_026_300_001);
/// A matter that everybody sees.
pub(super) const SEEN: Code = Code::new(Kind::Complaint, 2_026_100_001);
/// An earlier walled matter, which an incident and the seen matter name.
pub(super) const OLD: Code = Code::new(Kind::Complaint, 2_026_200_002);
pub(super) const INCIDENT: Code = Code::new(Kind::Incident, 2_026_000_001);
pub(super) const ACCUSED: Code = Code::new(Kind::Volunteer, 1);

pub(super) fn person(number: u64) -> Code {
    Code::new(Kind::Volunteer, number)
}

pub(super) fn operator(number: u64) -> Code {
    Code::new(Kind::Operator, number)
}

pub(super) fn record(code: Code, fields: &[(&str, &str)]) -> Record {
    let mut record = Record::new(code.kind, code.number, Fields::new());
    record.rev = 1;
    for (key, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        let list = code
            .kind
            .spec()
            .field(key)
            .is_some_and(|field| field.is_list());
        let value = match list {
            true => value
                .split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .into(),
            false => Value::from(*value),
        };
        record.set(key, value);
    }
    record
}

/// The whole store before anybody comes: the same in both but for what follows from the walled matter.
pub(super) fn lay(dir: &std::path::Path, walled: bool) {
    let store = Store::open(&dir.join("store.redb")).unwrap();
    kezhi::service::found::lay(&store).unwrap();
    let mut writer = store.write().unwrap();
    let mut put = |record: Record| {
        writer.put(&record).unwrap();
        if !record.kind.spec().sealed {
            writer.reserve(record.code()).unwrap();
        }
        writer
            .log(&Entry {
                at: "2026-06-01T09:00:00+08:00".into(),
                code: Some(record.code()),
                to_rev: 1,
                action: "new".into(),
                ..Entry::default()
            })
            .unwrap();
    };
    for (number, name, phone) in [
        (1, "包志强", "13912344471"),
        (2, "单立文", "13912344472"),
        (3, "乌云娜", "13912344473"),
    ] {
        put(record(
            person(number),
            &[
                ("name", name),
                ("phone", phone),
                ("teams", "ZZ-0035"),
                ("status", "在册"),
                ("joined_on", "2026-01-05"),
                ("area", "150402"),
            ],
        ));
    }
    for (number, name, roles, scope, volunteer) in [
        (1, "县联络", "值班员 负责人", "ZZ-0035", ""),
        (2, "包志强", "值班员 负责人", "ZZ-0001", "ZY-000001"),
        (3, "回避人", "值班员 负责人", "ZZ-0001", ""),
        (4, "盟负责", "值班员 负责人", "ZZ-0005", ""),
        (5, "管理员", "管理员", "ZZ-0001", ""),
    ] {
        let user = format!("u{number}");
        put(record(
            operator(number),
            &[
                ("user", &user),
                ("name", name),
                ("roles", roles),
                ("scope", scope),
                ("volunteer", volunteer),
                ("status", "启用"),
            ],
        ));
    }
    put(record(
        Code::new(Kind::Activity, 2_026_000_001),
        &[
            ("title", "科普进校园"),
            ("org", "ZZ-0035"),
            ("status", "结项"),
            ("day", "2026-05-01"),
            ("until", "2026-05-01"),
            ("days", "2026-05-01"),
        ],
    ));
    put(record(
        Code::new(Kind::Need, 2_026_000_001),
        &[
            ("title", "要讲座"),
            ("org", "ZZ-0035"),
            ("status", "登记"),
            ("area", "150402"),
            ("skills", "科普宣讲"),
        ],
    ));
    // What came of a walled matter is walled with it.
    let harm = [(1, OLD.to_string()), (2, String::new())];
    let harm = harm.iter().filter(|(number, _)| walled || *number == 2);
    for (number, complaint) in harm {
        put(record(
            Code::new(Kind::Incident, 2_026_000_000 + number),
            &[
                ("title", "摔伤"),
                ("org", "ZZ-0035"),
                ("direction", "服务对象致志愿者"),
                ("happened_at", "2026-05-01T10:00"),
                ("day", "2026-05-01"),
                ("complaint", complaint),
                ("status", "登记"),
            ],
        ));
    }
    let matter = |code: Code, title: &str, accused: &str, against: &str, linked: &str| {
        record(
            code,
            &[
                ("kind", "投诉"),
                ("title", title),
                ("facts", title),
                ("accused", accused),
                ("against", against),
                ("receiver", "ZZ-0001"),
                ("received_at", "2026-05-20T09:00"),
                ("day", "2026-05-20"),
                ("complainant", "来信人"),
                ("contact", "13500001111"),
                ("linked", linked),
                ("status", "受理"),
            ],
        )
    };
    let linked = if walled {
        OLD.to_string()
    } else {
        String::new()
    };
    put(matter(SEEN, "场地脏乱", "ZY-000003", "", &linked));
    if walled {
        let mut old = matter(OLD, TITLE, "ZZ-0035 ZY-000001", "ZZ-0035", "");
        old.set("recused", vec![operator(3).to_string()].into());
        put(old);
        put(record(
            SANCTION,
            &[
                ("measure", "记录提醒"),
                ("subject", "ZY-000001"),
                ("complaint", &OLD.to_string()),
                ("title", "包志强 记录提醒"),
                ("org", "ZZ-0005"),
                ("facts", "属实"),
                ("status", "拟议"),
            ],
        ));
    }
    writer.commit().unwrap();
}
