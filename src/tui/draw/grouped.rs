//! What stands where on a card: groups of fields by kind.

use crate::domain::agreement::ELEMENTS;
use crate::domain::kind::Kind;
use crate::domain::said::{Text, t};

/// A group of fields.
pub struct Group {
    /// Its heading.
    pub title: Text,
    /// Whether it stands in the left column.
    pub left: bool,
    /// Its fields by key.
    pub fields: &'static [&'static str],
}

const fn group(title: Text, left: bool, fields: &'static [&'static str]) -> Group {
    Group {
        title,
        left,
        fields,
    }
}

const BASIC: Text = t("基本", "Basic");
const CONTACT: Text = t("联系", "Contact");
const OTHER: Text = t("其他", "Other");

const ORGANISATION: &[Group] = &[
    group(
        BASIC,
        true,
        &["name", "kind", "form", "parent", "area", "status"],
    ),
    group(CONTACT, true, &["phone", "address"]),
    group(
        t("成立", "Founding"),
        true,
        &[
            "founded_on",
            "founder",
            "founding_doc",
            "plan_on",
            "credit_code",
            "platform_no",
        ],
    ),
    group(OTHER, true, &["aliases", "note"]),
];

const VOLUNTEER: &[Group] = &[
    group(
        BASIC,
        true,
        &[
            "name",
            "gender",
            "birth",
            "ethnicity",
            "id_type",
            "id_number",
        ],
    ),
    group(CONTACT, true, &["phone", "phone2", "address", "guardian"]),
    group(t("备注", "Notes"), true, &["health_note", "note"]),
    group(
        t("归属", "Belonging"),
        false,
        &["teams", "area", "identity", "employer", "title", "status"],
    ),
    group(
        t("服务", "Service"),
        false,
        &["skills", "targets", "languages"],
    ),
    group(
        t("登记", "Registration"),
        false,
        &[
            "joined_on",
            "confirmed_on",
            "consent_on",
            "pledge_on",
            "platform_no",
        ],
    ),
];

const NOTES: Text = t("备注", "Notes");
const PARTIES: Text = t("各方", "Parties");
const PEOPLE: Text = t("人员", "People");
const COURSE: Text = t("办理", "Course");

const ACTIVITY: &[Group] = &[
    group(
        BASIC,
        true,
        &[
            "title",
            "org",
            "status",
            "area",
            "place",
            "sessions",
            "day",
            "until",
            "days",
            "recipient",
            "in_charge",
        ],
    ),
    group(
        t("危险", "Danger"),
        true,
        &[
            "dangers",
            "risk_note",
            "conditions",
            "major",
            "major_note",
            "overseers",
        ],
    ),
    group(NOTES, true, &["note"]),
    group(PEOPLE, false, &["needed", "parts", "targets", "served"]),
    group(
        t("类别", "Class"),
        false,
        &["scope", "event", "visits", "form", "online"],
    ),
    group(
        t("经费", "Money"),
        false,
        &["fee", "budget", "vouchers", "spent", "settled_on"],
    ),
    group(
        COURSE,
        false,
        &[
            "need",
            "approved_on",
            "opened_on",
            "finished_on",
            "evaluation",
        ],
    ),
];

const AGREEMENT: &[Group] = &[
    group(BASIC, true, &["title", "status", "version", "from", "to"]),
    group(
        PARTIES,
        true,
        &["org", "volunteers", "recipient", "activity"],
    ),
    group(
        t("签署", "Signatures"),
        true,
        &["signatures", "offered_on", "effective_on", "ended_on"],
    ),
    group(NOTES, true, &["note"]),
    group(
        t("要素（第十三条）", "Elements (article 13)"),
        false,
        &ELEMENTS,
    ),
];

const NEED: &[Group] = &[
    group(
        BASIC,
        true,
        &[
            "title",
            "status",
            "recipient",
            "contact",
            "phone",
            "org",
            "due_on",
        ],
    ),
    group(
        t("时间地点", "When and where"),
        true,
        &["sessions", "area", "place"],
    ),
    group(NOTES, true, &["note"]),
    group(
        t("要什么人", "Who is wanted"),
        false,
        &[
            "needed",
            "form",
            "skills",
            "languages",
            "targets",
            "served",
            "dangers",
        ],
    ),
    group(t("已联系", "Asked"), false, &["asked"]),
    group(COURSE, false, &["asked_on", "verified_on", "answered_on"]),
];

const ENROLMENT: &[Group] = &[
    group(
        BASIC,
        true,
        &["activity", "volunteer", "role", "status", "day", "org"],
    ),
    group(NOTES, true, &["note"]),
    group(
        t("本人答应", "Own yes"),
        false,
        &["agreed_on", "agreed_by", "agreed_how"],
    ),
    group(
        t("告知风险", "Told of the danger"),
        false,
        &["told_on", "told_by", "told_how"],
    ),
    group(
        t("到场", "Presence"),
        false,
        &["late", "absent_on", "absent_to"],
    ),
];

const INSURANCE: &[Group] = &[
    group(
        BASIC,
        true,
        &[
            "policy_no",
            "insurer",
            "kind",
            "status",
            "from",
            "to",
            "amount",
            "org",
        ],
    ),
    group(NOTES, true, &["note"]),
    group(
        t("保障谁", "Who is covered"),
        false,
        &["covers", "activity"],
    ),
];

const SERVICE_RECORD: &[Group] = &[
    group(
        BASIC,
        true,
        &[
            "volunteer",
            "activity",
            "org",
            "day",
            "start",
            "end",
            "minutes",
            "status",
        ],
    ),
    group(NOTES, true, &["note"]),
    group(
        t("依据与评价", "Evidence"),
        false,
        &["evidence", "evaluation", "team_evaluation"],
    ),
    group(
        COURSE,
        false,
        &["recorded_on", "recorded_by", "confirmed_on"],
    ),
];

const CERTIFICATE: &[Group] = &[
    group(
        BASIC,
        true,
        &[
            "volunteer",
            "name",
            "from",
            "to",
            "minutes",
            "purpose",
            "check_code",
            "status",
            "version",
        ],
    ),
    group(
        COURSE,
        true,
        &["org", "asked_on", "due_on", "issued_on", "issued_by"],
    ),
    group(NOTES, true, &["note"]),
    group(t("所据记录", "Records"), false, &["rows"]),
];

const REST: &[Group] = &[group(BASIC, true, &[])];

/// The groups of a kind.
pub fn groups(kind: Kind) -> &'static [Group] {
    match kind {
        Kind::Organisation => ORGANISATION,
        Kind::Volunteer => VOLUNTEER,
        Kind::Activity => ACTIVITY,
        Kind::Agreement => AGREEMENT,
        Kind::Need => NEED,
        Kind::Enrolment => ENROLMENT,
        Kind::Insurance => INSURANCE,
        Kind::ServiceRecord => SERVICE_RECORD,
        Kind::Certificate => CERTIFICATE,
        _ => REST,
    }
}
