//! The one thread that writes: many requests share one durable commit.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use crate::domain::kind::Code;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::Notice;
use crate::say;
use crate::service::{Service, draft, lock, reading, today, unbroken, writing};
use crate::store::writer::Writer;
use crate::store::{Store, StoreError};

/// What a change left: the records before and after, or none for one that was done already.
#[derive(Default)]
pub struct Made {
    /// Before and after.
    pub records: Vec<(Option<Record>, Record)>,
    /// The record that answers the request.
    pub code: Option<Code>,
    /// Whether something went out of the log with it.
    pub erased: bool,
    /// So many records came in that memory is better built anew.
    pub many: bool,
}

/// What a job gives: a refused one has written nothing; a store error spoils the whole batch.
pub type Ran = Result<Result<Made, Refusal>, StoreError>;
/// What a queued change does in the transaction.
pub type Run = Box<dyn FnOnce(&mut Writer) -> Ran + Send>;

/// What spoils a batch.
enum Spoilt {
    /// The disk, or the file: it must be opened again.
    Store(StoreError),
    /// A fault of the program in one of the jobs.
    Panic,
}

impl From<StoreError> for Spoilt {
    fn from(error: StoreError) -> Self {
        Spoilt::Store(error)
    }
}

/// One queued change.
pub struct Job {
    run: Run,
    reply: Reply,
}

type Reply = SyncSender<Result<Made, Refusal>>;

const QUEUE: usize = 1024;
const BATCH: usize = 512;

/// Starts the thread.
pub fn start(service: &Arc<Service>) {
    let (sender, receiver) = sync_channel::<Job>(QUEUE);
    *lock(&service.queue) = Some(sender);
    let weak = Arc::downgrade(service);
    let spawned = std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || work(&weak, &receiver));
    if let Ok(handle) = spawned {
        *lock(&service.writer) = Some(handle);
    }
}

fn work(service: &Weak<Service>, receiver: &Receiver<Job>) {
    // The day on which the drafts were swept last.
    let mut swept = None;
    loop {
        let first = receiver.recv_timeout(Duration::from_secs(2));
        let Some(service) = service.upgrade() else {
            return;
        };
        match first {
            Ok(first) => {
                let mut batch = vec![first];
                while batch.len() < BATCH
                    && let Ok(job) = receiver.try_recv()
                {
                    batch.push(job);
                }
                if unbroken(|| service.write_batch(batch)).is_none() {
                    unbroken(|| service.reopen());
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                if service.read_only.load(Ordering::SeqCst) {
                    service.reopen();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
        let today = Some(today());
        if swept != today && !service.read_only.load(Ordering::SeqCst) {
            swept = today;
            // Nobody waits for it.
            let (reply, _) = sync_channel(1);
            let run: Run = Box::new(draft::sweep);
            unbroken(|| service.write_batch(vec![Job { run, reply }]));
        }
    }
}

fn refuse(waiting: Vec<Reply>, refusal: &Refusal) {
    for reply in waiting {
        let _ = reply.send(Err(refusal.clone()));
    }
}

fn not_saved(cause: &StoreError) -> Refusal {
    Refusal::new(
        RefusalKind::Unavailable,
        say!(
            "没有保存：磁盘写不进去（{cause}）。屏幕上的内容还在",
            "nothing was saved: the disk does not take it ({cause}). What is on the screen is safe"
        ),
    )
    .hint(say!(
        "请管理员腾出磁盘空间，之后再按一次保存；查询照常",
        "have the administrator free some space, then save again; reading goes on"
    ))
}

fn broken() -> Refusal {
    Refusal::new(
        RefusalKind::Fault,
        say!(
            "没有保存：程序出了故障。屏幕上的内容还在",
            "nothing was saved: a fault of the program. What is on the screen is safe"
        ),
    )
    .hint(say!(
        "再按一次保存；仍不行请告诉管理员看服务的日志",
        "save again; if it stays, have the administrator look at the service's output"
    ))
}

impl Service {
    /// Queues a change and waits until it is durable or refused.
    pub fn submit(&self, run: Run) -> Result<Made, Refusal> {
        let queue = lock(&self.queue).clone();
        let (reply, answer) = sync_channel(1);
        let sent = queue.and_then(|queue| queue.send(Job { run, reply }).ok());
        match sent.and_then(|()| answer.recv().ok()) {
            Some(answer) => answer,
            None => Err(Refusal::new(
                RefusalKind::Unavailable,
                say!(
                    "服务正在停止，没有保存",
                    "the service is stopping; nothing was saved"
                ),
            )
            .hint(say!("稍后重试", "try again in a moment"))),
        }
    }

    fn write_batch(self: &Arc<Self>, batch: Vec<Job>) {
        if self.read_only.load(Ordering::SeqCst) {
            self.reopen();
        }
        let mut waiting = Vec::with_capacity(batch.len());
        let result = self.run_batch(batch, &mut waiting);
        match result {
            Ok(made) => {
                let many = made
                    .iter()
                    .any(|made| made.as_ref().is_ok_and(|made| made.many));
                // What is committed is saved, whatever breaks now: memory is read anew from it.
                if unbroken(|| self.take_in(&made, many)).is_none() {
                    unbroken(|| self.renew_now());
                }
                let codes = made
                    .iter()
                    .flatten()
                    .flat_map(|made| made.records.iter().map(|(_, after)| after.code()));
                let (sealed, codes): (Vec<Code>, Vec<Code>) =
                    codes.partition(|code| code.kind.spec().sealed);
                for (reply, made) in waiting.into_iter().zip(made) {
                    let _ = reply.send(made);
                }
                if many && sealed.is_empty() || codes.len() > 64 {
                    self.notify(&Notice::Changed(Vec::new()));
                } else if !codes.is_empty() {
                    self.notify(&Notice::Changed(codes));
                }
                // Apart, each told only to whoever sees it: neither that something changed nor how
                // much at once may be known to the others.
                if !sealed.is_empty() {
                    self.notify(&Notice::Changed(sealed));
                }
            }
            Err(Spoilt::Panic) => refuse(waiting, &broken()),
            Err(Spoilt::Store(error)) => {
                self.read_only.store(true, Ordering::SeqCst);
                let refusal = not_saved(&error);
                self.notify(&Notice::Announce(refusal.message.clone()));
                refuse(waiting, &refusal);
                self.reopen();
            }
        }
    }

    fn run_batch(
        &self,
        batch: Vec<Job>,
        waiting: &mut Vec<Reply>,
    ) -> Result<Vec<Result<Made, Refusal>>, Spoilt> {
        let mut jobs = Vec::with_capacity(batch.len());
        for job in batch {
            waiting.push(job.reply);
            jobs.push(job.run);
        }
        let store = reading(&self.store);
        let Some(store) = &*store else {
            return Err(StoreError::Busy.into());
        };
        let mut writer = store.write()?;
        let before = writer.heads();
        let mut made = Vec::with_capacity(jobs.len());
        for run in jobs {
            // Caught here, so that the transaction is dropped by a thread that does not unwind.
            let Some(ran) = unbroken(|| run(&mut writer)) else {
                writer.abort()?;
                return Err(Spoilt::Panic);
            };
            made.push(ran?);
        }
        if writer.heads() == before
            && !writer.touched()
            && made
                .iter()
                .all(|made| made.as_ref().is_ok_and(|m| m.records.is_empty()) || made.is_err())
        {
            writer.abort()?;
        } else {
            writer.commit()?;
        }
        Ok(made)
    }

    /// After an error of the disk the file must be closed and opened again.
    fn reopen(&self) {
        let mut slot = writing(&self.store);
        slot.take();
        let opened = Store::open(&self.dir.join("store.redb")).and_then(|store| {
            // A write that goes through is the proof that there is room again: more than the
            // free pages inside the file hold, or the disk would be called back while it is full.
            for probe in ["x".repeat(256 << 10), String::new()] {
                let mut writer = store.write()?;
                writer.mark("probe", &probe)?;
                writer.commit()?;
            }
            Ok(store)
        });
        match opened {
            Ok(store) => {
                *slot = Some(store);
                drop(slot);
                if self.read_only.swap(false, Ordering::SeqCst) {
                    self.notify(&Notice::Announce(say!(
                        "磁盘恢复，可以保存了",
                        "the disk is back: saving works again"
                    )));
                }
            }
            Err(_) => {
                if let Ok(store) = Store::open(&self.dir.join("store.redb")) {
                    *slot = Some(store);
                }
            }
        }
    }
}
