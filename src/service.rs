//! The service: owns the store, decides who may do what, and tells every session what changed.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use crate::domain::kind::{Code, Kind};
use crate::domain::operator::Role;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{Answer, Notice, Request, Who};
use crate::say;
use crate::service::desk::Desk;
use crate::service::gate::Gate;
use crate::service::renewal::Renewal;
use crate::service::writer::Job;
use crate::store::{Store, StoreError};

pub mod admin;
pub mod calendar;
pub mod call;
pub mod case;
pub mod certificate;
pub mod change;
pub mod check;
pub mod cover;
pub mod deed;
pub mod desk;
pub mod docket;
mod draft;
mod draft_erase;
mod draft_sight;
mod effect;
pub mod facts;
pub mod filter;
pub mod found;
mod gate;
mod hold;
pub mod hours;
pub mod import;
pub mod intake;
pub mod line;
pub mod list;
pub mod many;
pub mod matching;
pub mod matter;
pub mod permit;
mod pin;
pub mod plan;
mod preference;
mod presence;
pub mod print;
pub mod project;
pub mod read;
mod recall;
pub mod renewal;
mod repeat;
pub mod seat;
pub mod setting;
pub mod sight;
mod steps;
mod strip;
pub mod tell;
pub mod term;
pub mod tree;
pub mod turn;
pub mod typing;
pub mod undo;
mod undo_why;
pub mod veil;
pub mod view;
pub mod wall;
pub mod writer;

/// One caller.
pub struct Session {
    /// Number within the service.
    pub id: u64,
    /// Who it is.
    pub who: Who,
    /// The import that it has open.
    pub import: Mutex<Option<import::Import>>,
    /// What it did lately.
    pub deeds: Mutex<deed::Deeds>,
    /// Whether it was opened to read alone.
    pub read_only: bool,
}

type Listener = Box<dyn Fn(&Notice) + Send + Sync>;

/// The service.
pub struct Service {
    dir: PathBuf,
    store: RwLock<Option<Store>>,
    desk: RwLock<Desk>,
    renewal: Mutex<Renewal>,
    gate: Gate,
    queue: Mutex<Option<SyncSender<Job>>>,
    writer: Mutex<Option<std::thread::JoinHandle<()>>>,
    listeners: Mutex<HashMap<u64, (u32, Listener)>>,
    open: presence::Open,
    sessions: AtomicU64,
    read_only: AtomicBool,
    stop: AtomicBool,
    started: Instant,
    owner: u32,
    personal: bool,
}

/// A lock whose holder panicked is still a lock: what it guards is replaced whole or not at all.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn reading<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn writing<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

/// Does work whose panic ends neither its thread nor what others wait for; none if it panicked.
///
/// Whoever calls it must put right, or throw away, what the work left half done.
pub fn unbroken<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Refusal::new(
                RefusalKind::Unavailable,
                say!(
                    "数据文件正被另一个进程使用",
                    "another process has the store open"
                ),
            )
            .hint(say!("先停掉它：kezhi stop", "stop it first: kezhi stop")),
            StoreError::Newer { found, known } => Refusal::new(
                RefusalKind::Unavailable,
                say!(
                    "数据文件是第 {found} 版格式，本程序只认到第 {known} 版",
                    "the store has schema {found}, this program knows up to {known}"
                ),
            )
            .hint(say!("请换用新版程序", "use the newer program")),
            other => Refusal::fault(other),
        }
    }
}

impl Service {
    /// Opens the store of a data directory, lays the skeleton if it is new, and builds the index.
    ///
    /// `owner` is the uid that the service runs under; in personal mode it holds all roles.
    pub fn open(dir: &Path, owner: u32, personal: bool) -> Result<Arc<Service>, Refusal> {
        let store = Store::open(&dir.join("store.redb"))?;
        found::lay(&store)?;
        let desk = Desk::build(&store.read()?)?;
        let service = Arc::new(Service {
            dir: dir.to_owned(),
            store: RwLock::new(Some(store)),
            desk: RwLock::new(desk),
            renewal: Mutex::new(Renewal::default()),
            gate: Gate::new(),
            queue: Mutex::new(None),
            writer: Mutex::new(None),
            listeners: Mutex::new(HashMap::new()),
            open: presence::Open::default(),
            sessions: AtomicU64::new(0),
            read_only: AtomicBool::new(false),
            stop: AtomicBool::new(false),
            started: Instant::now(),
            owner,
            personal,
        });
        writer::start(&service);
        Ok(service)
    }

    /// Who a uid is; `name` is its login name.
    pub fn identify(&self, uid: u32, name: Option<&str>) -> Result<Who, Refusal> {
        if self.personal && uid == self.owner {
            return Ok(Who {
                uid,
                name: name.unwrap_or("owner").to_owned(),
                roles: crate::domain::operator::ROLES
                    .iter()
                    .map(|(role, _)| *role)
                    .collect(),
                scope: vec![Code::new(Kind::Organisation, 1)],
                ..Who::default()
            });
        }
        let number = uid.to_string();
        let login = name.unwrap_or(&number);
        let reader = self.reader()?;
        let mut own = Vec::new();
        for user in [login, number.as_str()] {
            for found in reader.numbers(Kind::Operator, "user", user)? {
                own.extend(reader.get(Code::new(Kind::Operator, found))?);
            }
        }
        if let Some(record) = own.iter().find(|record| record.live()) {
            let other = own.iter().filter(|other| other.code() != record.code());
            let codes = other.flat_map(|other| other.refs("volunteer").chain([other.code()]));
            return Ok(Who {
                uid,
                name: record.title().to_owned(),
                roles: record.texts("roles").filter_map(Role::named).collect(),
                scope: record.refs("scope").collect(),
                operator: Some(record.code()),
                volunteer: record.refs("volunteer").next(),
                also: codes.collect(),
            });
        }
        if uid == self.owner {
            return Ok(Who {
                uid,
                name: login.to_owned(),
                roles: vec![Role::Admin],
                scope: vec![Code::new(Kind::Organisation, 1)],
                ..Who::default()
            });
        }
        Err(Refusal::new(
            RefusalKind::NotPermitted,
            say!(
                "您（{login}，uid {uid}）还不是操作员",
                "you ({login}, uid {uid}) are not an operator"
            ),
        )
        .hint(say!(
            "请告诉管理员：「请登记操作员 {login}」，管理员执行 kezhi new operator user={login} name=... roles=... scope=...",
            "tell the administrator: \"please enter the operator {login}\"; the command is kezhi new operator user={login} name=... roles=... scope=..."
        )))
    }

    /// Opens a session; `listener` gets the notices.
    pub fn join(&self, who: Who, listener: impl Fn(&Notice) + Send + Sync + 'static) -> Session {
        let id = self.sessions.fetch_add(1, Ordering::Relaxed) + 1;
        lock(&self.listeners).insert(id, (who.uid, Box::new(listener)));
        Session {
            id,
            who,
            import: Mutex::new(None),
            deeds: Mutex::new(deed::Deeds::default()),
            read_only: false,
        }
    }

    /// Ends a session.
    pub fn leave(&self, session: &Session) {
        lock(&self.listeners).remove(&session.id);
        self.closes(session.id);
    }

    /// How many sessions are open.
    pub fn present(&self) -> usize {
        lock(&self.listeners).len()
    }

    /// Answers a request.
    pub fn handle(&self, session: &Session, request: Request) -> Result<Answer, Refusal> {
        permit::request(&session.who, &request)?;
        if session.read_only && !permit::reads(&request) {
            return Err(Refusal::read_only());
        }
        match request {
            Request::Find(find) => self.find(&session.who, &find).map(Answer::Found),
            Request::List(list) => self.list(&session.who, &list).map(Answer::Views),
            Request::Mean { text, kinds } => {
                self.mean(&session.who, &text, &kinds).map(Answer::Meant)
            }
            Request::Show(code) => self.open_record(session, code).map(Answer::View),
            Request::History { code, limit } => {
                self.history(&session.who, code, limit).map(Answer::Entries)
            }
            Request::Tree => Ok(Answer::Tree(reading(&self.desk).tree.nodes(&session.who))),
            Request::Reveal {
                code,
                field,
                reason,
            } => self
                .reveal(session, code, &field, &reason)
                .map(Answer::Revealed),
            Request::Try(change) => self.try_out(session, &change).map(|()| Answer::Done(0)),
            Request::Make { token, change } => self.make(session, token, &change).map(Answer::View),
            Request::Undo(undo) => self
                .undo(session, &undo, Instant::now())
                .map(Answer::Undone),
            Request::Many { token, many } => self.many(session, token, many).map(Answer::Many),
            Request::Certificate(typed) => self.certificate(&session.who, &typed).map(Answer::View),
            Request::Check(check) => self.check(&session.who, &check).map(Answer::Findings),
            Request::Cover(code) => self.cover(&session.who, code).map(Answer::Cover),
            Request::Hours(hours) => self.hours(&session.who, hours).map(Answer::Hours),
            Request::Match { code, limit } => self
                .matching(&session.who, code, limit)
                .map(Answer::Matches),
            Request::Print(print) => self
                .print(session, print)
                .map(|(name, bytes)| Answer::File(name, bytes)),
            Request::Calendar(days) => self.calendar(&session.who, days).map(Answer::Calendar),
            Request::Queue(queue) => self.queue(&session.who, &queue).map(Answer::Queue),
            Request::Case(code) => self
                .case(session, code)
                .map(|case| Answer::Case(Box::new(case))),
            Request::Due(term) => self.term(term).map(Answer::Due),
            Request::Holidays => self.holidays().map(Answer::Holidays),
            Request::Learn { text, reason } => {
                self.learn(session, &text, &reason)?;
                Ok(Answer::Done(0))
            }
            Request::Steps(code) => self.steps(session, code).map(Answer::Steps),
            Request::ImportOpen { kind, source } => import::open(self, session, kind, source),
            Request::ImportRows(rows) => import::rows(self, session, rows),
            Request::ImportClose { write } => import::close(self, session, write),
            Request::Export { kind, after, full } => self
                .export(session, kind, after, full.as_deref())
                .map(Answer::Views),
            Request::Settings => self.settings().map(Answer::Settings),
            Request::Set { key, value, reason } => self
                .set(session, &key, &value, &reason)
                .map(Answer::Settings),
            Request::Preferences => self.preferences(session).map(Answer::Preferences),
            Request::Prefer { key, value } => {
                self.prefer(session, &key, &value)?;
                Ok(Answer::Done(0))
            }
            Request::Pin(asked) => self.pin(session, asked),
            Request::Draft(asked) => self.draft(session, asked),
            Request::Open { code, edits } => Ok(Answer::Others(self.opens(session, code, edits))),
            Request::Status => self.status(&session.who).map(Answer::Status),
            Request::Stop => {
                self.end();
                Ok(Answer::Done(0))
            }
            Request::Backup(path) => self.backup(Path::new(&path)).map(Answer::Done),
            Request::Verify => self.verify().map(Answer::Checked),
            Request::LogVerify(known) => self.log_verify(known).map(Answer::Checked),
            Request::LogHead => self.log_head(),
            Request::LogPage { from, limit } => self
                .log_page(&session.who, from, limit)
                .map(Answer::Entries),
        }
    }

    /// Whether somebody asked it to end.
    pub fn stopping(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Asks it to end.
    pub fn end(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    /// Whether the store holds demonstration data.
    pub fn is_demo(&self) -> bool {
        let mark = self
            .reader()
            .ok()
            .and_then(|reader| reader.mark("demo").ok().flatten());
        mark.is_some()
    }

    /// Ends it: what is queued is written first.
    pub fn close(&self) {
        lock(&self.queue).take();
        let writer = lock(&self.writer).take();
        if let Some(writer) = writer {
            let _ = writer.join();
        }
        writing(&self.store).take();
    }

    pub(crate) fn notify(&self, notice: &Notice) {
        for (_, listener) in lock(&self.listeners).values() {
            unbroken(|| listener(notice));
        }
    }

    /// Tells those sessions alone that are meant, by their number and user.
    pub(crate) fn whisper(&self, notice: &Notice, to: impl Fn(u64, u32) -> bool) {
        for (id, (uid, listener)) in lock(&self.listeners).iter() {
            if to(*id, *uid) {
                unbroken(|| listener(notice));
            }
        }
    }

    pub(crate) fn reader(&self) -> Result<crate::store::reader::Reader, Refusal> {
        match &*reading(&self.store) {
            Some(store) => Ok(store.read()?),
            None => Err(Refusal::new(
                RefusalKind::Unavailable,
                say!(
                    "服务正在重新打开数据文件",
                    "the service is reopening its store"
                ),
            )),
        }
    }
}

/// Now, as the log writes it.
pub fn now() -> String {
    chrono::Local::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// Today.
pub(crate) fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}
