//! Reading the whole store once, when the service starts and when memory is built anew.

use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::refusal::Refusal;
use crate::service::desk::Desk;
use crate::service::docket;
use crate::service::project::Uses;
use crate::store::reader::Reader;
use crate::store::{StoreError, projection};

/// Records that go from the reading thread to the building one at once.
const TOGETHER: usize = 2000;

/// Records as they were read: only the fields that are of use, texts end to end.
struct Read {
    kind: Kind,
    text: String,
    fields: Vec<(u8, Range<u32>)>,
    records: Vec<(u64, Range<u32>)>,
}

impl Read {
    fn new(kind: Kind) -> Read {
        Read {
            kind,
            text: String::with_capacity(TOGETHER * 200),
            fields: Vec::with_capacity(TOGETHER * 16),
            records: Vec::with_capacity(TOGETHER),
        }
    }

    fn add(&mut self, uses: &Uses, number: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let from = self.fields.len() as u32;
        projection::texts(bytes, &mut |key, text| {
            if let Some(nth) = uses.nth(self.kind, key) {
                let start = self.text.len() as u32;
                self.text.push_str(text);
                self.fields.push((nth, start..self.text.len() as u32));
            }
        })?;
        self.records.push((number, from..self.fields.len() as u32));
        Ok(())
    }

    fn texts(&self, range: &Range<u32>) -> impl Iterator<Item = (u8, &str)> + Clone {
        let fields = self.fields.get(range.start as usize..range.end as usize);
        fields.unwrap_or(&[]).iter().map(|(nth, at)| {
            let text = self.text.get(at.start as usize..at.end as usize);
            (*nth, text.unwrap_or(""))
        })
    }
}

impl Desk {
    /// Reads what a view of the store holds.
    pub fn build(reader: &Reader) -> Result<Desk, Refusal> {
        let mut desk = Desk::default();
        reader.each(Kind::Organisation, 0, |record| {
            desk.tree.put(&record);
            true
        })?;
        let kept = |kind: Kind| kind.spec().sealed || docket::holds(kind);
        for spec in KINDS.iter().filter(|spec| kept(spec.kind)) {
            reader.each(spec.kind, 0, |record| {
                if spec.sealed {
                    desk.wall.put(&record);
                }
                if docket::holds(spec.kind) {
                    desk.docket.put(&record);
                }
                true
            })?;
        }
        reader.each(Kind::Oversight, 0, |record| {
            desk.seats.put(&record);
            true
        })?;
        // One thread reads and decodes while the other takes in.
        let (sender, receiver) = sync_channel(4);
        std::thread::scope(|scope| {
            let uses = Uses::default();
            let read = scope.spawn(move || scan(reader, &uses, &sender));
            // Owned there: if taking in breaks, the reading thread is not left waiting.
            desk.take_all(receiver);
            read.join()
                .unwrap_or_else(|_| Err(StoreError::Broken("reading failed".to_owned())))
        })?;
        desk.index.build();
        Ok(desk)
    }

    fn take_all(&mut self, receiver: Receiver<Read>) {
        while let Ok(read) = receiver.recv() {
            let nth = |key| self.uses.nth(read.kind, key);
            let (status, teams) = (nth("status"), nth("teams"));
            let scope = nth("scope");
            for (number, range) in &read.records {
                let text = |wanted: Option<u8>| {
                    let mut texts = read.texts(range);
                    texts.find(|one| Some(one.0) == wanted).map(|one| one.1)
                };
                match read.kind {
                    Kind::Volunteer => self.count(text(status), text(teams)),
                    Kind::Operator => {
                        let texts = read.texts(range).filter(|one| Some(one.0) == scope);
                        let scope = texts.filter_map(|one| Code::read(one.1)).collect();
                        self.scopes.insert(*number, scope);
                    }
                    _ => {}
                }
                let texts = read.texts(range);
                let doc = self
                    .uses
                    .doc(read.kind, *number, texts, &mut self.index, &self.tree);
                self.index.push(&doc);
            }
        }
    }

    /// Counts a member of its primary team.
    fn count(&mut self, status: Option<&str>, team: Option<&str>) {
        let state = status.and_then(|status| Kind::Volunteer.spec().state(status));
        if state.is_none_or(|state| state.live)
            && let Some(code) = team.and_then(Code::read)
        {
            self.tree.count(code.number, 1);
        }
    }
}

fn scan(reader: &Reader, uses: &Uses, sender: &SyncSender<Read>) -> Result<(), StoreError> {
    for spec in KINDS.iter().filter(|spec| spec.searched) {
        let mut read = Read::new(spec.kind);
        reader.scan(spec.kind, 0, |number, bytes| {
            read.add(uses, number, bytes)?;
            let full = read.records.len() >= TOGETHER;
            let gone = full
                && sender
                    .send(std::mem::replace(&mut read, Read::new(spec.kind)))
                    .is_err();
            Ok(!gone)
        })?;
        let _ = sender.send(read);
    }
    Ok(())
}
