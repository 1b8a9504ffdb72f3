//! What the tests of harm and of sanctions share: people with logins, and a complaint that was upheld.

use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::Refusal;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{Act, Answer, Change, Request, View, Who};
use kezhi::service::{Service, Session};
use kezhi::store::Store;

use crate::right::who;

/// 赤峰市 leads 红山区; 呼和浩特市 is elsewhere.
pub const LEAGUE: u64 = 5;
pub const COUNTY: u64 = 35;
pub const ELSEWHERE: u64 = 2;

/// A service whose store holds these records beside the region's teams.
pub fn service(dir: &std::path::Path, lines: &[&str]) -> Arc<Service> {
    {
        let store = Store::open(&dir.join("store.redb")).unwrap();
        kezhi::service::found::lay(&store).unwrap();
        let mut writer = store.write().unwrap();
        for line in lines {
            let mut record = crate::rule::row::record(line);
            record.rev = 1;
            writer.put(&record).unwrap();
            writer.reserve(record.code()).unwrap();
        }
        writer.commit().unwrap();
    }
    Service::open(dir, 1, true).unwrap()
}

/// Somebody with a login of their own.
pub fn login(uid: u32, name: &str, scope: u64) -> Who {
    Who {
        uid,
        name: name.into(),
        ..who(&[Role::Operator, Role::Head], scope)
    }
}

pub fn session(service: &Arc<Service>, who: Who) -> Session {
    service.join(who, |_| {})
}

/// A change; a reason beginning with `?` is none: what a rule asks is refused then.
pub fn ask(
    service: &Service,
    session: &Session,
    act: Act,
    fields: &[(&str, &str)],
    reason: &str,
) -> Result<View, Refusal> {
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    let change = Change {
        act,
        fields: fields.collect(),
        confirmed: !reason.is_empty(),
        reason: reason.to_owned(),
    };
    match service.handle(session, Request::Make { token: 0, change })? {
        Answer::View(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

pub fn new(
    service: &Service,
    session: &Session,
    kind: Kind,
    fields: &[(&str, &str)],
) -> Result<View, Refusal> {
    ask(service, session, Act::New(kind), fields, "")
}

pub fn take(
    service: &Service,
    session: &Session,
    code: Code,
    step: &str,
    fields: &[(&str, &str)],
) -> Result<View, Refusal> {
    let act = Act::Step {
        code,
        step: step.into(),
        rev: None,
    };
    ask(service, session, act, fields, "")
}

pub fn show(service: &Service, session: &Session, code: Code) -> Result<View, Refusal> {
    match service.handle(session, Request::Show(code))? {
        Answer::View(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

/// Everything a caller is answered about a record, as text.
pub fn heard(service: &Service, session: &Session, code: Code) -> String {
    let asked = [
        Request::Show(code),
        Request::Steps(code),
        Request::History { code, limit: 50 },
    ];
    let answers = asked.map(|request| service.handle(session, request));
    format!("{answers:?}")
}

/// A stored field of what was answered.
pub fn text(view: &View, key: &str) -> String {
    let record = Record::new(view.kind, view.code.number, view.fields.clone());
    match record.get(key) {
        Some(Value::Text(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// What is said first, in a text.
pub fn told(view: &View) -> String {
    let lines = view.told.iter().map(|said| said.zh.clone());
    lines.collect::<Vec<_>>().join("\n")
}

pub fn code(text: &str) -> Code {
    Code::read(text).unwrap()
}

/// The rows of a field.
pub fn rows(view: &View, key: &str) -> Vec<Fields> {
    let parts = view.fields.get(key).map_or(&[][..], Value::parts).iter();
    let rows = parts.filter_map(|part| match part {
        Value::Map(row) => Some(row.clone()),
        _ => None,
    });
    rows.collect()
}
