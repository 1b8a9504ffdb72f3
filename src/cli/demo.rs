//! Making a demonstration data directory.

use std::io::IsTerminal;
use std::path::PathBuf;

use chrono::NaiveDate;
use indicatif::ProgressBar;
use sm3::{Digest, Sm3};

use crate::cli::{Desk, home};
use crate::demo::{MARK, Plan, Size};
use crate::domain::change::{Bulk, Entry};
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::t;
use crate::say;
use crate::store::chain::hex;
use crate::store::coding::encode_record;
use crate::store::{Store, StoreError};
use crate::wire::place::private_dir;

/// Records of one transaction; one more batch is made meanwhile.
const BATCH: usize = 25_000;

/// What `kezhi demo` was asked.
#[derive(clap::Args)]
pub struct DemoArgs {
    /// S, M or L
    #[arg(long, default_value = "M")]
    size: String,
    /// So many volunteers instead 志愿者人数
    #[arg(long)]
    people: Option<usize>,
    /// As if made on this day 以此日为今天
    #[arg(long, default_value = "2026-06-30")]
    day: NaiveDate,
    /// Do not open the workstation 不打开工作台
    #[arg(long)]
    no_open: bool,
}

fn directory(desk: &Desk, args: &DemoArgs) -> Result<PathBuf, Refusal> {
    match (&desk.global.data, args.people) {
        (Some(_), _) => Ok(desk.dir.clone()),
        (None, Some(people)) => home(&format!("kezhi-demo-{people}")),
        (None, None) => home(&format!("kezhi-demo-{}", args.size.to_ascii_lowercase())),
    }
}

pub(crate) fn demo(desk: &Desk, args: &DemoArgs) -> Result<(PathBuf, bool), Refusal> {
    let mut size = Size::named(&args.size).ok_or_else(|| {
        let size = &args.size;
        Refusal::new(
            RefusalKind::Usage,
            say!(
                "规模只有 S、M、L，不认识「{size}」",
                "the sizes are S, M and L, not \"{size}\""
            ),
        )
    })?;
    if let Some(people) = args.people {
        size = size.with_people(people);
    }
    let dir = directory(desk, args)?;
    let path = dir.join("store.redb");
    if path.exists() {
        return kept(desk, dir, args);
    }
    if desk.global.read_only {
        return Err(Refusal::read_only());
    }
    private_dir(&dir).map_err(Refusal::fault)?;
    // Made beside and renamed: a demonstration that was cut off is no half-filled one.
    let partial = dir.join("store.redb.partial");
    let _ = std::fs::remove_file(&partial);
    let store = Store::open(&partial)?;
    let plan = Plan::new(size, args.day);
    let total = plan.about();
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(total as u64)
    } else {
        ProgressBar::hidden()
    };
    let mut load = Load {
        store: &store,
        bar: &bar,
        day: args.day,
        hash: Sm3::new(),
    };
    let counts = [
        load.kind(Kind::Organisation, plan.organisations())?,
        load.kind(Kind::Operator, plan.operators())?,
        load.kind(Kind::Volunteer, plan.volunteers())?,
        load.kind(Kind::Need, plan.needs())?,
        load.kind(Kind::Activity, plan.activities())?,
        load.kind(Kind::Enrolment, plan.enrolments())?,
        load.kind(Kind::Insurance, plan.policies())?,
        load.kind(Kind::Agreement, plan.agreements())?,
        load.kind(Kind::ServiceRecord, plan.services())?,
        load.kind(Kind::Certificate, plan.certificates())?,
        load.kind(Kind::Complaint, plan.complaints())?,
        load.kind(Kind::Incident, plan.incidents())?,
        load.kind(Kind::Oversight, plan.oversights())?,
        load.kind(Kind::Sanction, plan.sanctions())?,
        load.kind(Kind::Call, plan.calls())?,
    ];
    let hash = hex(&load.hash.finalize().into());
    let mut writer = store.write()?;
    writer.mark("demo", MARK)?;
    writer.commit()?;
    drop(store);
    std::fs::rename(&partial, &path).map_err(Refusal::fault)?;
    bar.finish_and_clear();
    if desk.global.json {
        let mut answer = serde_json::Map::new();
        for (kind, count) in counts {
            answer.insert(kind.spec().key.to_owned(), count.into());
        }
        answer.insert("sm3".to_owned(), hash.into());
        answer.insert("data".to_owned(), serde_json::json!(dir));
        let answer = serde_json::Value::Object(answer);
        println!("{answer}");
    } else {
        let name = dir.display();
        let list: Vec<String> = counts
            .iter()
            .map(|(kind, count)| format!("{} {count}", kind.spec().label.get(desk.lang)))
            .collect();
        let list = list.join(t("、", ", ").get(desk.lang));
        println!(
            "{}",
            say!(
                "演示数据在 {name}：{list}；全部记录的 SM3 {hash}",
                "demonstration data in {name}: {list}; SM3 of all records {hash}"
            )
            .get(desk.lang)
        );
    }
    Ok((dir, args.no_open))
}

fn kept(desk: &Desk, dir: PathBuf, args: &DemoArgs) -> Result<(PathBuf, bool), Refusal> {
    // A running service has the file: then the mark is asked over the socket.
    let marked = match crate::wire::start::connect_running(&dir, desk.lang) {
        Ok(client) => client.welcome.demo,
        Err(_) => Store::open(&dir.join("store.redb"))?
            .read()?
            .mark("demo")?
            .is_some(),
    };
    let name = dir.display();
    if !marked {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "{name} 里是真实数据，不会写入演示数据",
                "{name} holds a real store; no demonstration data goes there"
            ),
        )
        .hint(say!(
            "用 --data 指定另一个目录",
            "name another directory with --data"
        )));
    }
    if desk.global.json {
        println!("{}", serde_json::json!({ "data": dir, "kept": true }));
    } else {
        println!(
            "{}",
            say!(
                "演示数据已在 {name}",
                "the demonstration data is there already: {name}"
            )
            .get(desk.lang)
        );
    }
    Ok((dir, args.no_open))
}

/// Fills the store kind by kind; the hash grows with every record's stored bytes.
struct Load<'a> {
    store: &'a Store,
    bar: &'a ProgressBar,
    day: NaiveDate,
    hash: Sm3,
}

impl Load<'_> {
    /// Stores the records of a kind; the next batch is made and hashed while one is written.
    fn kind(
        &mut self,
        kind: Kind,
        mut records: impl Iterator<Item = Record> + Send,
    ) -> Result<(Kind, u64), Refusal> {
        let (send, receive) = std::sync::mpsc::sync_channel::<Vec<Record>>(0);
        let mut hash = self.hash.clone();
        let (made, written) = std::thread::scope(|scope| {
            let maker = scope.spawn(move || -> Result<Sm3, StoreError> {
                loop {
                    let batch: Vec<Record> = records.by_ref().take(BATCH).collect();
                    for record in &batch {
                        hash.update(record.number.to_le_bytes());
                        hash.update(encode_record(record)?);
                    }
                    // Nobody takes it any more when writing failed; that error is told.
                    if batch.is_empty() || send.send(batch).is_err() {
                        return Ok(hash);
                    }
                }
            });
            let written: Result<u64, StoreError> = receive
                .iter()
                .try_fold(0, |sum, batch| Ok(sum + self.batch(kind, &batch)?));
            drop(receive);
            (maker.join(), written)
        });
        let count = written?;
        self.hash = made.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok((kind, count))
    }

    fn batch(&self, kind: Kind, batch: &[Record]) -> Result<u64, StoreError> {
        let mut writer = self.store.write()?;
        writer.load(kind, batch)?;
        for run in batch.chunk_by(|one, other| one.number + 1 == other.number) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let entry = Entry {
                at: format!("{}T00:00:00+08:00", self.day),
                who: MARK.to_owned(),
                action: "demo".to_owned(),
                bulk: Some(Bulk {
                    kind,
                    first: first.number,
                    last: last.number,
                }),
                to_rev: 1,
                ..Entry::default()
            };
            writer.log(&entry)?;
        }
        writer.commit()?;
        self.bar.inc(batch.len() as u64);
        Ok(batch.len() as u64)
    }
}
