//! Every request there is, asked about the walled matter.

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::draft::{Draft, Drafting, Within};
use kezhi::protocol::matter::{Queue, Term, Which};
use kezhi::protocol::undo::Undo;
use kezhi::protocol::work::{Calendar, Check, Hours, Many, Paper, Print};
use kezhi::protocol::{Act, Change, Find, List, Order, Request, SheetRow};

use super::lay::{ACCUSED, INCIDENT, OLD, SANCTION, SEEN, TITLE, operator, person};
use crate::right::org;

/// Every variant of a request, once: a new one does not compile until it stands here, and the test
/// fails until somebody asks it.
macro_rules! every {
    ($($name:ident)*) => {
        pub(super) fn variant(request: &Request) -> &'static str {
            match request {
                $(Request::$name { .. } => stringify!($name),)*
            }
        }
        pub(super) const VARIANTS: &[&str] = &[$(stringify!($name)),*];
    };
}

every!(
    Find List Mean Show History Tree Reveal Try Make Steps Many Certificate Check Cover Hours Match
    Print Calendar ImportOpen ImportRows ImportClose Export Settings Set Queue Case Due Learn Holidays Status
    Preferences Prefer Pin Draft Open Undo
    Stop Backup Verify LogVerify LogHead LogPage
);

pub(super) fn fields(of: &[(&str, &str)]) -> Fields {
    let of = of.iter();
    of.map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
        .collect()
}

pub(super) fn change(act: Act, of: &[(&str, &str)]) -> Change {
    Change {
        act,
        fields: fields(of),
        confirmed: true,
        reason: "因工作需要".into(),
    }
}

pub(super) fn new(kind: Kind, of: &[(&str, &str)]) -> Change {
    change(Act::New(kind), of)
}

pub(super) fn edit(code: Code, of: &[(&str, &str)]) -> Change {
    change(Act::Edit { code, rev: None }, of)
}

pub(super) fn step_of(code: Code, step: &str, of: &[(&str, &str)]) -> Change {
    let step = step.to_owned();
    let rev = None;
    change(Act::Step { code, step, rev }, of)
}

pub(super) fn print(code: Code) -> Print {
    Print {
        code,
        paper: Paper::Own,
        pdf: false,
        to: String::new(),
    }
}

pub(super) fn list(
    kind: Kind,
    filters: &[(&str, &str)],
    sort: Option<&str>,
    after: Option<Code>,
) -> Request {
    Request::List(List {
        kind,
        filters: filters
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
        within: None,
        sort: sort.map(str::to_owned),
        after,
        as_of: None,
        limit: 200,
    })
}

/// A draft of a step of the matter, whoever claims to have written one.
fn about(matter: Code) -> Draft {
    Draft {
        id: 9,
        within: Within::Form(Act::Step {
            code: matter,
            step: "answer".into(),
            rev: Some(1),
        }),
        title: "拟答复".into(),
        texts: [("found".to_owned(), "属实".to_owned())].into(),
        base: Default::default(),
        shown: Default::default(),
        at: String::new(),
        all: vec![matter],
        turn: 0,
        number: 1,
        kept: String::new(),
        discarded: None,
        closed: false,
    }
}

/// Every request there is, about the walled matter wherever it can be about one.
pub(super) fn requests(matter: Code, backup: String) -> Vec<Request> {
    let text = matter.to_string();
    let make = |token, change| Request::Make { token, change };
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let mut all = vec![];
    let words = [
        TITLE,
        "克扣",
        "kkbt",
        "kekoubutei",
        "qicai",
        "器材",
        "",
        "包志强",
        "bzq",
        "场地脏乱",
        "changdi",
        "czl",
        text.as_str(),
        &text[8..],
        "摔伤",
        "bao zhi qang",
    ];
    for text in words {
        for kinds in [
            vec![],
            vec![Kind::Complaint],
            vec![Kind::Complaint, Kind::Volunteer],
        ] {
            for sort in [Order::Rank, Order::Name, Order::Recent, Order::Code] {
                all.push(Request::Find(Find {
                    text: text.to_owned(),
                    kinds: kinds.clone(),
                    sort,
                    limit: 50,
                    ..Find::default()
                }));
            }
        }
    }
    for (field, value) in [("status", "受理"), ("status", "登记")] {
        all.push(Request::Find(Find {
            kinds: vec![Kind::Complaint],
            filters: vec![(field.to_owned(), value.to_owned())],
            within: Some(org(5)),
            limit: 50,
            ..Find::default()
        }));
    }
    for spec in kezhi::domain::kind::KINDS {
        all.push(list(spec.kind, &[], None, None));
        for after in [matter, OLD, SANCTION, SEEN] {
            all.push(list(spec.kind, &[], None, Some(after)));
            all.push(list(spec.kind, &[], Some("status"), Some(after)));
        }
        let mut days: Vec<&str> = spec
            .fields
            .iter()
            .filter(|field| field.is_dated())
            .map(|field| field.key)
            .collect();
        days.extend(["remarks.day", "remarks.until", "posts.to"]);
        for key in days {
            for period in ["今年", "已过", "没填", "..2030"] {
                all.push(list(spec.kind, &[(key, period)], None, None));
                all.push(list(spec.kind, &[(key, period)], Some("status"), None));
                all.push(Request::Find(Find {
                    kinds: vec![spec.kind],
                    filters: vec![(key.to_owned(), period.to_owned())],
                    limit: 50,
                    ..Find::default()
                }));
            }
        }
        for full in [None, Some("核对用".to_owned())] {
            let (kind, after) = (spec.kind, 0);
            all.push(Request::Export { kind, after, full });
        }
        all.push(Request::Mean {
            text: TITLE.into(),
            kinds: vec![spec.kind],
        });
        let source = "表.xlsx".to_owned();
        let kind = spec.kind;
        all.push(Request::ImportOpen { kind, source });
    }
    for code in [OLD, matter, SEEN] {
        let code = code.to_string();
        let filters: [&[(&str, &str)]; 2] = [&[("complaint", &code)], &[("complaint", "")]];
        for filter in filters {
            all.push(list(Kind::Incident, filter, None, None));
            all.push(list(Kind::Sanction, filter, Some("-complaint"), None));
        }
        for filter in [
            ("linked", code.as_str()),
            ("linked", ""),
            ("accused", "ZZ-0035"),
        ] {
            all.push(list(Kind::Complaint, &[filter], None, None));
        }
        all.push(make(
            0,
            edit(INCIDENT, &[("complaint", &code), ("note", "改")]),
        ));
        all.push(make(0, step_of(SEEN, "link", &[("to", &code)])));
    }
    all.push(list(Kind::Incident, &[], Some("complaint"), None));
    all.push(list(Kind::Incident, &[], Some("-complaint"), None));
    all.push(list(Kind::Complaint, &[], Some("linked"), None));
    let codes = [
        matter,
        OLD,
        SANCTION,
        SEEN,
        INCIDENT,
        ACCUSED,
        person(2),
        org(35),
        operator(1),
        Code::new(Kind::Activity, 2_026_000_001),
        Code::new(Kind::Need, 2_026_000_001),
    ];
    for code in codes {
        let reason = "回访核对".to_owned();
        all.extend([
            Request::Show(code),
            Request::History { code, limit: 100 },
            Request::Steps(code),
            Request::Case(code),
            Request::Cover(code),
            Request::Match { code, limit: 20 },
            Request::Print(print(code)),
            Request::Hours(Hours {
                of: Some(code),
                year: 2026,
                own: false,
            }),
            Request::Try(edit(code, &[("note", "改")])),
            Request::Try(step_of(code, "accept", &[("told_how", "电话")])),
            make(0, step_of(code, "close", &[])),
        ]);
        for field in ["contact", "complainant", "phone"] {
            let (field, reason) = (field.to_owned(), reason.clone());
            all.push(Request::Reveal {
                code,
                field,
                reason,
            });
        }
        let many = |codes: Vec<Code>, step: &str| Many {
            codes,
            step: step.into(),
            fields: fields(&[("told_how", "电话")]),
            confirmed: true,
            reason: String::new(),
        };
        // The tokens of the handler too: what they did is nothing to whoever repeats them.
        for token in [0, 77, 78] {
            let many = many(vec![SEEN, code], "remind");
            all.push(Request::Many { token, many });
        }
    }
    for token in [0, 77, 78, 1000] {
        all.push(make(
            token,
            new(
                Kind::Volunteer,
                &[
                    ("name", "新来"),
                    ("phone", "13700001234"),
                    ("teams", "ZZ-0035"),
                ],
            ),
        ));
        all.push(make(token, edit(person(2), &[("employer", "农场")])));
    }
    all.push(make(
        0,
        new(
            Kind::Incident,
            &[
                ("title", "又一次"),
                ("org", "ZZ-0035"),
                ("direction", "服务对象致志愿者"),
                ("happened_at", "2026-05-02T10:00"),
            ],
        ),
    ));
    for (article, within, named) in [
        (None, None, ""),
        (Some(19), None, ""),
        (None, Some(org(35)), ""),
        (None, None, "红山区"),
    ] {
        all.push(Request::Check(Check {
            article,
            within,
            named: named.into(),
            as_of: None,
        }));
    }
    for which in [
        Which::Open,
        Which::Today,
        Which::Overdue,
        Which::Mine,
        Which::All,
    ] {
        for text in ["", TITLE, text.as_str()] {
            for days in [
                vec![],
                vec![("day", "今年")],
                vec![("due_on", "已过")],
                vec![("due_on", "没填")],
            ] {
                let days = days
                    .into_iter()
                    .map(|(key, period)| (key.to_owned(), period.to_owned()));
                all.push(Request::Queue(Queue {
                    which,
                    text: text.to_owned(),
                    days: days.collect(),
                    limit: 50,
                    ..Queue::default()
                }));
            }
        }
    }
    let row = |row, code: &str| SheetRow {
        row,
        fields: fields(&[("code", code), ("name", "单立文"), ("phone", "13912344472")]),
        problems: vec![],
    };
    all.extend([
        Request::ImportOpen {
            kind: Kind::Volunteer,
            source: "人.xlsx".into(),
        },
        Request::ImportRows(vec![row(1, &text), row(2, "ZY-000002"), row(3, "")]),
        Request::ImportClose { write: true },
        Request::Tree,
        Request::Certificate("1234567897".into()),
        Request::Hours(Hours {
            of: None,
            year: 0,
            own: false,
        }),
        Request::Calendar(Calendar {
            from: day("2026-04-01"),
            to: day("2026-06-30"),
            within: None,
        }),
        Request::Settings,
        Request::Set {
            key: "most_teams".into(),
            value: "5".into(),
            reason: "办公会".into(),
        },
        Request::Due(Term {
            from: day("2026-09-01"),
            days: 15,
            workdays: true,
        }),
        Request::Learn {
            text: String::new(),
            reason: "通知".into(),
        },
        Request::Holidays,
        Request::Undo(Undo {
            code: matter,
            rev: None,
        }),
        Request::Undo(Undo {
            code: SANCTION,
            rev: Some(1),
        }),
        Request::Preferences,
        Request::Pin(kezhi::protocol::pin::Pin::Known),
        Request::Prefer {
            key: "sort".into(),
            value: "name".into(),
        },
        Request::Draft(Drafting::Keep(Box::new(about(matter)))),
        Request::Draft(Drafting::List),
        Request::Draft(Drafting::Take(9)),
        Request::Draft(Drafting::Discard(9)),
        Request::Draft(Drafting::List),
        Request::Draft(Drafting::Restore(9)),
        Request::Draft(Drafting::Forget(9)),
        Request::Open {
            code: Some(matter),
            edits: true,
        },
        Request::Open {
            code: Some(SEEN),
            edits: false,
        },
        Request::Open {
            code: None,
            edits: false,
        },
        Request::Undo(Undo {
            code: matter,
            rev: None,
        }),
        Request::Undo(Undo {
            code: SANCTION,
            rev: Some(1),
        }),
        Request::Status,
        Request::Backup(backup),
        Request::Verify,
        Request::LogVerify(None),
        Request::LogHead,
    ]);
    for from in [0, 5, 20, 100] {
        all.push(Request::LogPage { from, limit: 500 });
    }
    // Last: its number is drawn, and so is its place in lists.
    all.push(make(
        0,
        new(
            Kind::Complaint,
            &[
                ("kind", "投诉"),
                ("title", TITLE),
                ("facts", "同一件事又来一次"),
                ("accused", "ZY-000003"),
                ("complainant", "举报人王某"),
                ("contact", "13600002222"),
            ],
        ),
    ));
    all.push(Request::Stop);
    all
}
