//! Who may do what: one table, read by every request.

use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::Step;
use crate::domain::operator::Role::{self, Admin, Head, Inspector, Operator, Viewer};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::permit::{Shut, TOLD, refusal};
use crate::protocol::undo::Undo;
use crate::protocol::work::Print;
use crate::protocol::{Act, Request, Who};
use crate::say;

/// A row: the act, the kind it is done to, the roles that may.
pub struct Row {
    /// The act.
    pub act: &'static str,
    /// The kind; none where there is none.
    pub kind: Option<Kind>,
    /// Any one of these.
    pub roles: &'static [Role],
    /// Whether it is done to the whole store, and so takes the whole region as scope.
    pub whole: bool,
    /// Whether an inspector may too, of the activities assigned alone, wherever they lie.
    pub seat: bool,
    /// Whether it reads alone: nothing is changed, revealed or taken out, and no act is logged.
    pub reads: bool,
}

impl Row {
    /// Reads alone.
    const fn reads(mut self) -> Row {
        self.reads = true;
        self
    }
}

const fn row(act: &'static str, kind: Option<Kind>, roles: &'static [Role]) -> Row {
    Row {
        act,
        kind,
        roles,
        whole: false,
        seat: false,
        reads: false,
    }
}

/// A row that holds for inspectors too, of what is assigned to them.
const fn seat(act: &'static str, kind: Option<Kind>, roles: &'static [Role]) -> Row {
    Row {
        seat: true,
        ..row(act, kind, roles)
    }
}

const fn whole(act: &'static str, roles: &'static [Role]) -> Row {
    Row {
        whole: true,
        ..row(act, None, roles)
    }
}

const EVERYBODY: &[Role] = &[Viewer, Operator, Head, Inspector, Admin];
const READERS: &[Role] = &[Viewer, Operator, Head];
const DAILY: &[Role] = &[Operator, Head];

/// The table.
pub const MATRIX: &[Row] = &[
    row("read", Some(Kind::Organisation), EVERYBODY).reads(),
    row("read", Some(Kind::Volunteer), &[Viewer, Operator, Head]).reads(),
    row("read", Some(Kind::Need), READERS).reads(),
    seat("read", Some(Kind::Activity), READERS).reads(),
    seat("read", Some(Kind::Enrolment), READERS).reads(),
    seat("read", Some(Kind::Insurance), READERS).reads(),
    seat("read", Some(Kind::Agreement), READERS).reads(),
    seat("read", Some(Kind::ServiceRecord), READERS).reads(),
    seat("read", Some(Kind::Certificate), READERS).reads(),
    row("read", Some(Kind::Complaint), DAILY).reads(),
    seat("read", Some(Kind::Incident), READERS).reads(),
    seat("read", Some(Kind::Oversight), READERS).reads(),
    row("read", Some(Kind::Sanction), DAILY).reads(),
    row("read", Some(Kind::Call), DAILY).reads(),
    row("read", Some(Kind::Operator), &[Admin]).reads(),
    row("write", Some(Kind::Organisation), DAILY),
    row("write", Some(Kind::Volunteer), DAILY),
    row("write", Some(Kind::Need), DAILY),
    row("write", Some(Kind::Activity), DAILY),
    row("write", Some(Kind::Enrolment), DAILY),
    row("write", Some(Kind::Insurance), DAILY),
    row("write", Some(Kind::Agreement), DAILY),
    row("write", Some(Kind::ServiceRecord), DAILY),
    row("write", Some(Kind::Certificate), DAILY),
    row("write", Some(Kind::Complaint), DAILY),
    row("write", Some(Kind::Incident), DAILY),
    row("write", Some(Kind::Oversight), DAILY),
    row("write", Some(Kind::Sanction), DAILY),
    row("write", Some(Kind::Call), DAILY),
    row("write", Some(Kind::Operator), &[Admin]),
    row("step", Some(Kind::Organisation), DAILY),
    row("step", Some(Kind::Volunteer), DAILY),
    row("step", Some(Kind::Need), DAILY),
    row("step", Some(Kind::Activity), DAILY),
    row("step", Some(Kind::Enrolment), DAILY),
    row("step", Some(Kind::Insurance), DAILY),
    row("step", Some(Kind::Agreement), DAILY),
    row("step", Some(Kind::ServiceRecord), DAILY),
    row("step", Some(Kind::Certificate), DAILY),
    row("step", Some(Kind::Complaint), DAILY),
    row("step", Some(Kind::Incident), DAILY),
    seat("step", Some(Kind::Oversight), DAILY),
    row("step", Some(Kind::Sanction), DAILY),
    row("step", Some(Kind::Call), DAILY),
    row("step", Some(Kind::Operator), &[Admin]),
    row("reveal", Some(Kind::Organisation), DAILY),
    row("reveal", Some(Kind::Volunteer), DAILY),
    row("reveal", Some(Kind::Need), DAILY),
    row("reveal", Some(Kind::Activity), DAILY),
    row("reveal", Some(Kind::Complaint), DAILY),
    row("reveal", Some(Kind::Incident), DAILY),
    row("reveal", Some(Kind::Call), DAILY),
    row("import", Some(Kind::Organisation), DAILY),
    row("import", Some(Kind::Volunteer), DAILY),
    row("import", Some(Kind::Activity), DAILY),
    row("import", Some(Kind::Enrolment), DAILY),
    row("import", Some(Kind::Insurance), DAILY),
    row("import", Some(Kind::ServiceRecord), DAILY),
    // Rows and close belong to an import that was opened with the right to it.
    row("import_rows", None, EVERYBODY),
    row(
        "export",
        Some(Kind::Organisation),
        &[Viewer, Operator, Head],
    ),
    row("export", Some(Kind::Volunteer), DAILY),
    row("export", Some(Kind::Need), READERS),
    row("export", Some(Kind::Activity), READERS),
    row("export", Some(Kind::Enrolment), READERS),
    row("export", Some(Kind::Insurance), READERS),
    row("export", Some(Kind::Agreement), READERS),
    row("export", Some(Kind::ServiceRecord), READERS),
    row("export", Some(Kind::Certificate), READERS),
    row("export", Some(Kind::Call), DAILY),
    row("export_full", Some(Kind::Organisation), DAILY),
    row("export_full", Some(Kind::Volunteer), &[Head]),
    seat("check", None, READERS).reads(),
    row("hours", None, READERS).reads(),
    seat("calendar", None, READERS).reads(),
    row("match", Some(Kind::Need), DAILY).reads(),
    row("match", Some(Kind::Activity), DAILY).reads(),
    row("print", Some(Kind::Activity), DAILY),
    row("print", Some(Kind::Agreement), DAILY),
    row("print", Some(Kind::Certificate), DAILY),
    row("print", Some(Kind::Complaint), DAILY),
    row("print", Some(Kind::Sanction), DAILY),
    row("queue", Some(Kind::Complaint), DAILY).reads(),
    row("due", None, EVERYBODY).reads(),
    row("find", None, EVERYBODY).reads(),
    row("status", None, EVERYBODY).reads(),
    row("draft", None, EVERYBODY),
    row("own", None, EVERYBODY).reads(),
    row("settings", None, EVERYBODY).reads(),
    whole("set", &[Admin]),
    row("log_head", None, EVERYBODY).reads(),
    whole("learn", &[Admin]),
    whole("stop", &[Admin]),
    whole("backup", &[Admin]),
    whole("verify", &[Admin]).reads(),
    whole("log_verify", &[Admin]).reads(),
    row("log", None, &[Admin]).reads(),
];

/// Whether these roles may do an act to a kind, in their scope or in an inspector's seat.
pub fn may(roles: &[Role], act: &str, kind: Option<Kind>) -> bool {
    in_scope(roles, act, kind) || roles.contains(&Inspector) && is_seat(act, kind)
}

/// Whether these roles may do an act to whatever of a kind lies in their scope.
pub fn in_scope(roles: &[Role], act: &str, kind: Option<Kind>) -> bool {
    let mut rows = rows(act, kind);
    rows.any(|row| row.roles.iter().any(|role| roles.contains(role)))
}

/// Whether an inspector may do an act to what is assigned.
pub fn is_seat(act: &str, kind: Option<Kind>) -> bool {
    rows(act, kind).any(|row| row.seat)
}

fn rows(act: &str, kind: Option<Kind>) -> impl Iterator<Item = &'static Row> {
    let all = MATRIX.iter();
    all.filter(move |row| row.act == act && row.kind == kind)
}

/// Whether a session that reads alone may ask this.
pub fn reads(request: &Request) -> bool {
    let (act, kind) = act(request);
    // What one prefers is one's own, and kept all the same.
    !matches!(request, Request::Prefer { .. }) && rows(act, kind).any(|row| row.reads)
}

/// The act that a request is, and to which kind.
pub fn act(request: &Request) -> (&'static str, Option<Kind>) {
    match request {
        Request::Find(_) | Request::Mean { .. } => ("find", None),
        Request::List(list) => ("read", Some(list.kind)),
        Request::Show(code) | Request::History { code, .. } | Request::Steps(code) => {
            ("read", Some(code.kind))
        }
        Request::Many { many, .. } => ("step", many.codes.first().map(|code| code.kind)),
        Request::Undo(undo) => ("step", Some(undo.code.kind)),
        Request::Certificate(_) => ("read", Some(Kind::Certificate)),
        Request::Check(_) => ("check", None),
        Request::Cover(_) => ("read", Some(Kind::Enrolment)),
        // Those of an activity are its service records.
        Request::Hours(hours) => match hours.of {
            Some(code) if code.kind == Kind::Activity => ("read", Some(Kind::ServiceRecord)),
            _ => ("hours", None),
        },
        Request::Match { code, .. } => ("match", Some(code.kind)),
        Request::Print(print) => ("print", Some(print.code.kind)),
        Request::Calendar(_) => ("calendar", None),
        Request::Tree => ("read", Some(Kind::Organisation)),
        Request::Reveal { code, .. } => ("reveal", Some(code.kind)),
        Request::Try(change) | Request::Make { change, .. } => match &change.act {
            Act::New(kind) => ("write", Some(*kind)),
            Act::Edit { code, .. } => ("write", Some(code.kind)),
            Act::Step { code, .. } => ("step", Some(code.kind)),
        },
        Request::ImportOpen { kind, .. } => ("import", Some(*kind)),
        Request::ImportRows(_) | Request::ImportClose { .. } => ("import_rows", None),
        Request::Export {
            kind, full: None, ..
        } => ("export", Some(*kind)),
        Request::Export {
            kind,
            full: Some(_),
            ..
        } => ("export_full", Some(*kind)),
        Request::Queue(_) => ("queue", Some(Kind::Complaint)),
        Request::Case(code) => ("read", Some(code.kind)),
        Request::Due(_) | Request::Holidays => ("due", None),
        Request::Learn { .. } => ("learn", None),
        Request::Preferences | Request::Prefer { .. } | Request::Pin(_) | Request::Open { .. } => {
            ("own", None)
        }
        Request::Draft(_) => ("draft", None),
        Request::Status => ("status", None),
        Request::Settings => ("settings", None),
        Request::Set { .. } => ("set", None),
        Request::Stop => ("stop", None),
        Request::Backup(_) => ("backup", None),
        Request::Verify => ("verify", None),
        Request::LogHead => ("log_head", None),
        Request::LogVerify(_) => ("log_verify", None),
        Request::LogPage { .. } => ("log", None),
    }
}

/// Refuses a request that none of the caller's roles allows.
pub fn request(who: &Who, request: &Request) -> Result<(), Refusal> {
    let (act, kind) = act(request);
    let all = who.scope.iter().any(|root| root.number == 1);
    if may(&who.roles, act, kind) {
        let row = MATRIX.iter().find(|row| row.act == act && row.kind == kind);
        return if row.is_some_and(|row| row.whole) && !all {
            Err(part())
        } else {
            Ok(())
        };
    }
    // A kind that may not even be read answers as if it were not there.
    if let Some(code) = target(request)
        && !may(&who.roles, "read", Some(code.kind))
    {
        return Err(Refusal::not_found(&code.to_string()));
    }
    match kind {
        Some(kind) if act.starts_with("export") && rows(act, kind.into()).next().is_none() => {
            Err(never(kind))
        }
        _ => {
            let mut lacks = shut(&who.roles).into_iter();
            let lack = lacks.find(|one| one.act == act && Some(one.kind) == kind);
            Err(lack.map_or_else(|| denied(who), |one| one.refusal(&who.roles)))
        }
    }
}

/// What these roles do not allow, of what a session is told beforehand.
pub fn shut(roles: &[Role]) -> Vec<Shut> {
    let told = |act: &str| TOLD.iter().any(|(one, _)| *one == act);
    let rows = MATRIX.iter().filter(|row| told(row.act));
    rows.filter_map(|row| {
        let kind = row.kind.filter(|_| !may(roles, row.act, row.kind))?;
        Some(Shut {
            act: row.act.to_owned(),
            kind,
            roles: row.roles.to_vec(),
        })
    })
    .collect()
}

/// The refusal of a step to whoever has none of its roles.
pub fn no_step(who: &Who, step: &Step) -> Refusal {
    let (zh, en) = (step.label.zh, step.label.en);
    let what = say!("办「{zh}」", "take the step {en}");
    refusal(&who.roles, &what, step.roles)
}

/// The refusal of a file of what nobody takes out of the register.
fn never(kind: Kind) -> Refusal {
    let (zh, key) = (kind.spec().label.zh, kind.spec().key);
    let said = say!(
        "{zh}不整批导出，任何角色都不能",
        "records of the kind {key} are exported by nobody"
    );
    Refusal::new(RefusalKind::NotPermitted, said).hint(match kind {
        Kind::Complaint => say!(
            "一件的全部材料打印成案卷：kezhi print 编号 --paper case",
            "everything of one matter is its case file: kezhi print CODE --paper case"
        ),
        _ => say!(
            "列出来看：kezhi list {key}",
            "look at them: kezhi list {key}"
        ),
    })
}

fn target(request: &Request) -> Option<Code> {
    match request {
        Request::Show(code)
        | Request::History { code, .. }
        | Request::Steps(code)
        | Request::Cover(code)
        | Request::Case(code)
        | Request::Match { code, .. }
        | Request::Print(Print { code, .. })
        | Request::Reveal { code, .. }
        | Request::Undo(Undo { code, .. }) => Some(*code),
        Request::Try(change) | Request::Make { change, .. } => match &change.act {
            Act::Edit { code, .. } | Act::Step { code, .. } => Some(*code),
            Act::New(_) => None,
        },
        _ => None,
    }
}

/// The refusal for want of a role.
pub fn denied(who: &Who) -> Refusal {
    let zh: Vec<&str> = who.roles.iter().map(|role| role.label().zh).collect();
    let en: Vec<&str> = who.roles.iter().map(|role| role.label().en).collect();
    let said = crate::domain::said::Said {
        zh: format!("您的角色（{}）不能做这件事", zh.join("、")),
        en: format!("your roles ({}) do not allow this", en.join(", ")),
    };
    Refusal::new(RefusalKind::NotPermitted, said).hint(say!(
        "需要时请管理员调整角色",
        "ask the administrator if you need it"
    ))
}

/// Refuses a change of the record that says who the caller is, or a second one for them: whoever could
/// change it could take themselves for somebody whom no complaint is about.
pub fn own(who: &Who, before: Option<&Record>, after: &Record) -> Result<(), Refusal> {
    if after.kind != Kind::Operator {
        return Ok(());
    }
    let mut mine = who.operator.into_iter().chain(who.also.iter().copied());
    let own = before.is_some_and(|before| mine.any(|code| code == before.code()));
    // The login is known by its record; the number of the user means the same person.
    let second = who.operator.is_some() && after.text("user") == who.uid.to_string();
    if !own && !second {
        return Ok(());
    }
    Err(Refusal::new(
        RefusalKind::NotPermitted,
        say!(
            "不能改自己的操作员记录",
            "nobody changes their own operator record"
        ),
    )
    .hint(say!(
        "请另一位管理员办理",
        "another administrator must do it"
    )))
}

/// The refusal of what concerns the whole store to somebody with a part of it.
fn part() -> Refusal {
    Refusal::new(
        RefusalKind::NotPermitted,
        say!(
            "这件事涉及全部数据，您只管辖一部分",
            "this concerns the whole store, and your scope is a part of it"
        ),
    )
    .hint(say!(
        "请由管辖全区的管理员办理",
        "an administrator of the whole region must do it"
    ))
}

/// The refusal of what lies outside the caller's subtrees.
pub fn outside(name: &str) -> Refusal {
    Refusal::new(
        RefusalKind::NotPermitted,
        say!(
            "「{name}」不在您的管辖范围内",
            "{name} lies outside your scope"
        ),
    )
    .hint(say!(
        "请由管辖它的单位办理",
        "the unit that it belongs to must do it"
    ))
}

/// The table as people read it.
pub fn print() -> String {
    let mut out = String::from("act          kind            ");
    for (_, text) in crate::domain::operator::ROLES {
        out.push_str(&format!("{:<11}", text.en));
    }
    for row in MATRIX {
        let kind = row.kind.map_or("-", |kind| kind.spec().key);
        out.push_str(&format!("\n{:<13}{kind:<16}", row.act));
        for (role, _) in crate::domain::operator::ROLES {
            let mark = match row.roles.contains(&role) {
                true => "yes",
                false if row.seat && role == Inspector => "assigned",
                false => ".",
            };
            out.push_str(&format!("{mark:<11}"));
        }
        if row.whole {
            out.push_str("whole region ");
        }
        if row.reads {
            out.push_str("read-only too");
        }
    }
    out.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}
