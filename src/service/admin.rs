//! How the service is, and looking after the store.

use std::collections::HashSet;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::Ordering;

use crate::domain::change::Entry;
use crate::domain::kind::{KINDS, Kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{Answer, Checked, LogEntry, MOST_ROWS, Status, Who};
use crate::say;
use crate::service::sight::Eyes;
use crate::service::{Service, reading, view};
use crate::store::book::{At, Book};
use crate::store::reader::{Head, Reader};
use crate::store::verify::Findings;
use crate::store::{SCHEMA, StoreError, backup, chain, verify};

fn checked(found: Findings) -> Checked {
    Checked {
        entries: found.entries,
        records: found.records,
        index_rows: found.index_rows,
        problems: found.problems,
    }
}

impl Service {
    /// How it is.
    ///
    /// How large everything is depends on what is sealed: that is told only to whoever owns the data
    /// directory, who can measure it anyway.
    pub fn status(&self, who: &Who) -> Result<Status, Refusal> {
        let reader = self.reader()?;
        let head = reader.head()?;
        let mut records = Vec::new();
        for spec in KINDS.iter().filter(|spec| !spec.sealed) {
            records.push((spec.kind, reader.count(spec.kind)?));
        }
        let owner = who.uid == self.owner;
        let disk = || {
            let file = std::fs::metadata(self.dir.join("store.redb"));
            file.map_or(0, |meta| meta.blocks() * 512)
        };
        Ok(Status {
            pid: std::process::id(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            uptime: self.started.elapsed().as_secs(),
            sessions: self.present() as u64,
            records,
            disk: owner.then(disk),
            memory: owner.then(memory),
            index: owner.then(|| reading(&self.desk).index.bytes() as u64),
            schema: SCHEMA,
            seq: head.seq,
            hash: chain::hex(&head.link),
            read_only: self.read_only.load(Ordering::SeqCst),
        })
    }

    /// Copies the store while writers go on; gives the number of rows.
    pub fn backup(&self, path: &Path) -> Result<u64, Refusal> {
        if !path.is_absolute() {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("请给出绝对路径", "give an absolute path"),
            ));
        }
        if path.exists() {
            let name = path.display();
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("文件已存在：{name}", "the file exists: {name}"),
            )
            .hint(say!(
                "换一个文件名，不覆盖旧备份",
                "choose another name; old backups are not overwritten"
            )));
        }
        backup::backup(&self.reader()?, path).map_err(|error| not_copied(path, error))
    }

    /// Checks everything.
    pub fn verify(&self) -> Result<Checked, Refusal> {
        Ok(checked(verify::all(&self.reader()?)?))
    }

    /// Checks the log chain.
    pub fn log_verify(&self, known: Option<(u64, String)>) -> Result<Checked, Refusal> {
        let known = match known {
            None => None,
            Some((seq, hash)) => Some(Head {
                seq,
                link: link(&hash).ok_or_else(|| {
                    Refusal::new(
                        RefusalKind::Usage,
                        say!("链头应为 64 位十六进制", "a head has 64 hexadecimal digits"),
                    )
                })?,
            }),
        };
        Ok(checked(verify::log(&self.reader()?, known)?.0))
    }

    /// Where the log ends.
    pub fn log_head(&self) -> Result<Answer, Refusal> {
        let head = self.reader()?.head()?;
        Ok(Answer::Head {
            seq: head.seq,
            hash: chain::hex(&head.link),
        })
    }

    /// A page of the log; entries about what the caller may not read are left out.
    pub fn log_page(&self, who: &Who, from: u64, limit: usize) -> Result<Vec<LogEntry>, Refusal> {
        let reader = self.reader()?;
        let last = reader.head()?.seq;
        let desk = reading(&self.desk);
        let eyes = Eyes::of(&desk, who);
        let mut page = Vec::new();
        for seq in from.max(1)..=last {
            if page.len() >= limit.min(MOST_ROWS) {
                break;
            }
            let book = Book::Open;
            let Some(entry) = reader.entry(At { book, seq })? else {
                continue;
            };
            let kind = entry.code.map(|code| code.kind);
            // Sealed entries of an older schema still stand in this book.
            let confidential = Book::takes(&entry) == Book::Sealed;
            if !confidential && about(&reader, who, &entry, eyes.scope.as_ref())? {
                page.push(LogEntry {
                    seq,
                    entry: view::entry(&reader, &eyes, kind, entry),
                });
            }
        }
        Ok(page)
    }
}

/// Whether an entry is about a scope; none means everything.
fn about(
    reader: &Reader,
    who: &Who,
    entry: &Entry,
    told: Option<&HashSet<u64>>,
) -> Result<bool, StoreError> {
    let Some(told) = told else {
        return Ok(true);
    };
    // What is about no single record is about the whole region, but for what one did oneself.
    let Some(code) = entry.code else {
        return Ok(entry.uid == who.uid);
    };
    if code.kind == Kind::Organisation {
        return Ok(told.contains(&code.number));
    }
    let Some(record) = reader.get(code)? else {
        return Ok(false);
    };
    let mut owners = record.owners().map(|owner| told.contains(&owner.number));
    Ok(match code.kind {
        Kind::Operator => owners.all(|theirs| theirs),
        _ => owners.any(|theirs| theirs),
    })
}

fn link(hash: &str) -> Option<chain::Link> {
    let mut link = chain::START;
    if hash.len() != 64 {
        return None;
    }
    for (at, byte) in link.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hash.get(at * 2..at * 2 + 2)?, 16).ok()?;
    }
    Some(link)
}

/// Why a copy was not made; the store itself was only read.
fn not_copied(path: &Path, error: StoreError) -> Refusal {
    let StoreError::Engine(cause) = error else {
        return error.into();
    };
    let name = path.display();
    Refusal::new(
        RefusalKind::Unavailable,
        say!(
            "备份没有做成，数据没有受影响：{name}（{cause}）",
            "no backup was made, the store is untouched: {name} ({cause})"
        ),
    )
    .hint(say!(
        "换一个服务的用户能写、地方够的目录；服务器上如 /var/lib/kezhi",
        "choose a directory with room that the service's user can write, on a server such as /var/lib/kezhi"
    ))
}

/// Resident memory in bytes; 0 where the system does not tell.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
