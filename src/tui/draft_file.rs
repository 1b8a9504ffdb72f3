//! Where texts go while there is no service: a file for each draft, for their user alone.

use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::Request;
use crate::protocol::draft::{Draft, Drafting};
use crate::tui::app::{App, Level, Tag};

fn path(dir: &Path, id: u64) -> PathBuf {
    dir.join(format!("{id:016x}.json"))
}

/// Writes a draft so that it is on the disk, or an older one of the same number is.
fn store(dir: &Path, draft: &Draft) -> std::io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)?;
    let (to, new) = (
        path(dir, draft.id),
        dir.join(format!("{:016x}.new", draft.id)),
    );
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&new)?;
    serde_json::to_writer(&mut file, draft)?;
    file.flush()?;
    file.sync_all()?;
    std::fs::rename(&new, &to)?;
    std::fs::File::open(dir)?.sync_all()
}

fn load(file: &Path) -> Option<Draft> {
    let bytes = std::fs::read(file).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn all(dir: &Path) -> Vec<Draft> {
    let files = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let files = files.map(|entry| entry.path());
    let files = files.filter(|file| file.extension().is_some_and(|end| end == "json"));
    files.filter_map(|file| load(&file)).collect()
}

impl App {
    /// Puts a draft into a file.
    pub(super) fn file_draft(&mut self, draft: &Draft) {
        let Some(dir) = &self.drafts.dir else { return };
        match store(dir, draft) {
            Ok(()) => self.filed(draft.id, draft.number),
            Err(error) => {
                let told = match self.lang {
                    Lang::Zh => format!(
                        "服务不在，草稿也写不进 {}：{error}。内容只在屏幕上，请不要关窗",
                        dir.display()
                    ),
                    Lang::En => format!(
                        "no service, and {} takes no draft: {error}. The text is on the screen alone: do not close it",
                        dir.display()
                    ),
                };
                self.tell(Level::Error, told);
            }
        }
    }

    /// The service holds a write as new as the file, or the draft is sent: the file goes.
    pub(super) fn unfile(&self, id: u64, number: u64) {
        let Some(dir) = &self.drafts.dir else { return };
        let file = path(dir, id);
        let older = load(&file).is_some_and(|draft| draft.number <= number);
        if older {
            let _ = std::fs::remove_file(file);
        }
    }

    /// Sends the service what sessions left in files.
    pub(super) fn send_files(&mut self) {
        let Some(dir) = self.drafts.dir.clone() else {
            return;
        };
        for draft in all(&dir) {
            // What is open here is written by the one who types.
            if !self.types(draft.id) {
                let tag = Tag::Filed(draft.id, draft.number);
                self.call(tag, Request::Draft(Drafting::Keep(Box::new(draft))));
            }
        }
    }

    /// A draft from a file was not taken: one that another session goes on with becomes another draft.
    pub(super) fn unsent_file(&mut self, id: u64, refusal: &Refusal) {
        let (Some(dir), true) = (self.drafts.dir.clone(), refusal.kind == RefusalKind::Stale)
        else {
            if refusal.kind != RefusalKind::Unavailable {
                self.tell(Level::Error, refusal.line(self.lang));
            }
            return;
        };
        let Some(mut draft) = load(&path(&dir, id)) else {
            return;
        };
        (draft.id, draft.turn) = (crate::tui::board::token(), 0);
        // Who goes on with it must know that it was sent before: else the record would be there twice.
        let note = match (refusal.made, self.lang) {
            (Some(code), Lang::Zh) => format!("（提交前后所填，{code} 已存）"),
            (Some(code), Lang::En) => format!(" (typed when {code} was saved)"),
            (None, _) => self.say("（断线时所填）", " (typed offline)").to_owned(),
        };
        draft.title.push_str(&note);
        if store(&dir, &draft).is_ok() {
            let _ = std::fs::remove_file(path(&dir, id));
            let tag = Tag::Filed(draft.id, draft.number);
            self.call(tag, Request::Draft(Drafting::Keep(Box::new(draft))));
        }
    }
}
