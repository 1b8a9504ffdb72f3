//! Power cuts: a medium that loses what was not synced, sector by sector.

use std::sync::{Arc, Mutex};

use kezhi::domain::change::Entry;
use kezhi::domain::kind::Kind;
use kezhi::store::{Store, verify};
use redb::StorageBackend;

use crate::store::person;

const SECTOR: usize = 512;

#[derive(Debug, Default)]
struct Medium {
    durable: Vec<u8>,
    seen: Vec<u8>,
    dirty: std::collections::BTreeSet<usize>,
    resized: bool,
    /// Writes and syncs left before the power goes.
    left: Option<u64>,
    random: u64,
}

impl Medium {
    fn random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn spend(&mut self) -> std::io::Result<()> {
        match &mut self.left {
            Some(0) => Err(std::io::Error::other("no power")),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What is on the medium after the cut: synced bytes, and some of the sectors that were not.
    fn cut(&mut self) {
        let dirty = std::mem::take(&mut self.dirty);
        if self.resized && self.random().is_multiple_of(2) {
            self.durable.resize(self.seen.len(), 0);
        }
        for sector in dirty {
            if self.random().is_multiple_of(2) {
                let (from, to) = (
                    sector * SECTOR,
                    ((sector + 1) * SECTOR).min(self.seen.len()),
                );
                if from < to && to <= self.durable.len() {
                    self.durable[from..to].copy_from_slice(&self.seen[from..to]);
                }
            }
        }
        self.seen = self.durable.clone();
        self.resized = false;
        self.left = None;
    }
}

#[derive(Clone, Debug)]
struct Disk(Arc<Mutex<Medium>>);

impl StorageBackend for Disk {
    fn len(&self) -> std::io::Result<u64> {
        Ok(self.0.lock().unwrap().seen.len() as u64)
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> std::io::Result<()> {
        let medium = self.0.lock().unwrap();
        let from = offset as usize;
        out.copy_from_slice(&medium.seen[from..from + out.len()]);
        Ok(())
    }
    fn set_len(&self, len: u64) -> std::io::Result<()> {
        let mut medium = self.0.lock().unwrap();
        medium.spend()?;
        medium.seen.resize(len as usize, 0);
        medium.resized = true;
        Ok(())
    }
    fn sync_data(&self) -> std::io::Result<()> {
        let mut medium = self.0.lock().unwrap();
        medium.spend()?;
        medium.durable = medium.seen.clone();
        medium.dirty.clear();
        medium.resized = false;
        Ok(())
    }
    fn write(&self, offset: u64, data: &[u8]) -> std::io::Result<()> {
        let mut medium = self.0.lock().unwrap();
        medium.spend()?;
        let from = offset as usize;
        medium.seen[from..from + data.len()].copy_from_slice(data);
        for sector in from / SECTOR..=(from + data.len().max(1) - 1) / SECTOR {
            medium.dirty.insert(sector);
        }
        Ok(())
    }
}

#[test]
fn four_hundred_power_cuts_lose_nothing_that_was_acknowledged() {
    let disk = Disk(Arc::new(Mutex::new(Medium {
        random: 7,
        ..Medium::default()
    })));
    drop(Store::open_on(disk.clone()).unwrap());
    let (mut acknowledged, mut next) = (0, 1);
    for round in 0..400 {
        {
            let mut medium = disk.0.lock().unwrap();
            let left = medium.random() % 120;
            medium.left = Some(left);
        }
        if let Ok(store) = Store::open_on(disk.clone()) {
            while let Ok(mut writer) = store.write() {
                let record = person(next, "停电", &format!("139{next:08}"));
                let entry = Entry {
                    code: Some(record.code()),
                    to_rev: 1,
                    action: "new".into(),
                    ..Entry::default()
                };
                let saved = writer.put(&record).is_ok()
                    && writer.log(&entry).is_ok()
                    && writer.commit().is_ok();
                next += 1;
                if saved {
                    acknowledged += 1;
                    MARK.with(|mark| mark.borrow_mut().push(next - 1));
                } else {
                    break;
                }
            }
        }
        disk.0.lock().unwrap().cut();
        let store =
            Store::open_on(disk.clone()).unwrap_or_else(|error| panic!("round {round}: {error}"));
        let reader = store.read().unwrap();
        MARK.with(|mark| {
            for number in mark.borrow_mut().drain(..) {
                let code = kezhi::domain::kind::Code::new(Kind::Volunteer, number);
                assert!(
                    reader.get(code).unwrap().is_some(),
                    "round {round}: {code} was acknowledged and is lost"
                );
            }
        });
        if round % 20 == 0 {
            let found = verify::all(&reader).unwrap();
            assert!(
                found.problems.is_empty(),
                "round {round}: {:?}",
                found.problems
            );
        }
    }
    assert!(
        acknowledged > 400,
        "only {acknowledged} writes were acknowledged: the test proves nothing"
    );
}

thread_local! {
    static MARK: std::cell::RefCell<Vec<u64>> = const { std::cell::RefCell::new(Vec::new()) };
}
