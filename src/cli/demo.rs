//! Making a demonstration data directory.

use std::io::IsTerminal;
use std::path::PathBuf;

use chrono::NaiveDate;
use indicatif::ProgressBar;

use crate::cli::{Desk, home};
use crate::demo::{MARK, Plan, Size};
use crate::domain::change::{Bulk, Entry};
use crate::domain::kind::Kind;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::say;
use crate::store::Store;
use crate::wire::place::private_dir;

/// Records of one transaction.
const BATCH: usize = 50_000;

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
        size.people = people;
        size.further = people >= 10_000;
    }
    let dir = directory(desk, args)?;
    let path = dir.join("store.redb");
    if path.exists() {
        return kept(desk, dir, args);
    }
    private_dir(&dir).map_err(Refusal::fault)?;
    // Made beside and renamed: a demonstration that was cut off is no half-filled one.
    let partial = dir.join("store.redb.partial");
    let _ = std::fs::remove_file(&partial);
    let store = Store::open(&partial)?;
    let plan = Plan::new(size, args.day);
    let total = plan.teams.len() + size.people + size.activities + size.complaints;
    let bar = if std::io::stderr().is_terminal() {
        ProgressBar::new(total as u64)
    } else {
        ProgressBar::hidden()
    };
    let counts = [
        load(&store, Kind::Organisation, plan.organisations(), &bar)?,
        load(&store, Kind::Volunteer, plan.volunteers(), &bar)?,
        load(&store, Kind::Activity, plan.activities(), &bar)?,
        load(&store, Kind::Complaint, plan.complaints(), &bar)?,
    ];
    let mut writer = store.write()?;
    writer.mark("demo", MARK)?;
    writer.commit()?;
    drop(store);
    std::fs::rename(&partial, &path).map_err(Refusal::fault)?;
    bar.finish_and_clear();
    let name = dir.display();
    if desk.global.json {
        println!(
            "{}",
            serde_json::json!({ "data": dir, "organisation": counts.first(), "volunteer": counts.get(1),
                "activity": counts.get(2), "complaint": counts.get(3) })
        );
    } else {
        let list: Vec<String> = counts.iter().map(u64::to_string).collect();
        let list = list.join(" / ");
        println!("{}", say!("演示数据在 {name}：组织/志愿者/活动/投诉 {list}", "demonstration data in {name}: organisations/volunteers/activities/complaints {list}").get(desk.lang));
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
    if !desk.global.json {
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

fn load(
    store: &Store,
    kind: Kind,
    records: impl Iterator<Item = Record>,
    bar: &ProgressBar,
) -> Result<u64, Refusal> {
    let mut batch = Vec::new();
    let mut count = 0;
    let mut records = records.peekable();
    while records.peek().is_some() {
        batch.clear();
        batch.extend(records.by_ref().take(BATCH));
        let mut writer = store.write()?;
        writer.load(kind, &batch)?;
        for run in batch.chunk_by(|one, other| one.number + 1 == other.number) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let entry = Entry {
                at: "2026-06-30T00:00:00+08:00".to_owned(),
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
        count += batch.len() as u64;
        bar.inc(batch.len() as u64);
    }
    Ok(count)
}
