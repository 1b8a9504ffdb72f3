//! The digits of the cover: a salted hash for each operator, and a wait that grows with wrong tries.
//!
//! They keep a passer-by from a screen that is left open. Whoever logs in as the same user may take
//! them away: the login itself is the authority.

use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::Answer;
use crate::protocol::pin::{DIGITS, Pin, PinView, valid};
use crate::say;
use crate::service::writer::{Made, Ran};
use crate::service::{Service, Session};
use crate::store::StoreError;
use crate::store::writer::Writer;

const KEY: &str = "pin";
/// How often the hash is taken of itself: what one guess costs.
const ROUNDS: u32 = 60_000;
/// So many wrong tries are free.
const FREE: u32 = 3;
/// Seconds after the last free one; each further one doubles them.
const WAIT: i64 = 30;
/// Seconds at most.
const LONGEST: i64 = 3600;

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    salt: String,
    hash: String,
    rounds: u32,
    /// Wrong tries since the last right one.
    wrong: u32,
    /// The second before which no try counts.
    until: i64,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hashed(salt: &str, digits: &str, rounds: u32) -> String {
    let link = |before: &[u8]| -> [u8; 32] {
        let mut hash = Sm3::new();
        hash.update(before);
        hash.update(salt.as_bytes());
        hash.update(digits.as_bytes());
        hash.finalize().into()
    };
    let mut hash = link(&[]);
    for _ in 0..rounds {
        hash = link(&hash);
    }
    hex(&hash)
}

fn clock() -> i64 {
    chrono::Utc::now().timestamp()
}

impl Kept {
    fn new(digits: &str) -> Result<Kept, Refusal> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt).map_err(Refusal::fault)?;
        let salt = hex(&salt);
        Ok(Kept {
            hash: hashed(&salt, digits, ROUNDS),
            salt,
            rounds: ROUNDS,
            wrong: 0,
            until: 0,
        })
    }

    fn read(bytes: &[u8]) -> Result<Kept, StoreError> {
        serde_json::from_slice(bytes).map_err(|error| StoreError::Broken(error.to_string()))
    }

    fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|error| StoreError::Broken(error.to_string()))
    }

    /// Seconds until a try counts; a clock that was put back makes it no longer than the longest.
    fn wait(&self, now: i64) -> u32 {
        (self.until - now).clamp(0, LONGEST).unsigned_abs() as u32
    }

    fn missed(&mut self, now: i64) {
        self.wrong = self.wrong.saturating_add(1);
        if let Some(over) = self.wrong.checked_sub(FREE) {
            self.until = now + (WAIT << over.min(10)).min(LONGEST);
        }
    }

    fn view(&self, right: bool, now: i64) -> PinView {
        PinView {
            set: true,
            right,
            wait: self.wait(now),
        }
    }
}

const NONE: PinView = PinView {
    set: false,
    right: true,
    wait: 0,
};

fn unfit() -> Refusal {
    let (least, most) = (DIGITS.start(), DIGITS.end());
    Refusal::new(
        RefusalKind::Usage,
        say!(
            "口令是 {least} 至 {most} 位数字，没有设",
            "a PIN has {least} to {most} digits; none was set"
        ),
    )
    .hint(say!("再输一次", "type it again"))
}

fn held(writer: &Writer, uid: u32) -> Result<Option<Kept>, StoreError> {
    let found = writer.own(uid, KEY)?;
    let own = found.iter().find(|(key, _)| key == KEY);
    own.map(|(_, bytes)| Kept::read(bytes)).transpose()
}

/// Counts a try, in this very transaction: two at once are two.
fn count(writer: &mut Writer, uid: u32, salt: &str, right: bool) -> Result<PinView, StoreError> {
    let Some(mut kept) = held(writer, uid)? else {
        return Ok(NONE);
    };
    let now = clock();
    // What was set meanwhile is not what was compared.
    if kept.wait(now) > 0 || kept.salt != salt {
        return Ok(kept.view(false, now));
    }
    match right {
        true => (kept.wrong, kept.until) = (0, 0),
        false => kept.missed(now),
    }
    writer.keep(uid, KEY, Some(&kept.bytes()?))?;
    Ok(kept.view(right, now))
}

impl Service {
    /// Whatever is asked about the caller's own digits.
    pub(super) fn pin(&self, session: &Session, asked: Pin) -> Result<Answer, Refusal> {
        let uid = session.who.uid;
        let view = match asked {
            Pin::Known => self
                .own_pin(uid)?
                .map_or(NONE, |kept| kept.view(false, clock())),
            Pin::Set(digits) if !valid(&digits) => return Err(unfit()),
            Pin::Set(digits) => {
                let kept = Kept::new(&digits)?;
                let bytes = kept.bytes()?;
                self.keep_pin(uid, Some(bytes))?;
                kept.view(true, clock())
            }
            Pin::Clear => {
                self.keep_pin(uid, None)?;
                NONE
            }
            Pin::Try(digits) => self.try_pin(uid, &digits)?,
        };
        Ok(Answer::Pin(view))
    }

    fn own_pin(&self, uid: u32) -> Result<Option<Kept>, Refusal> {
        let found = self.reader()?.own(uid, KEY)?;
        let own = found.iter().find(|(key, _)| key == KEY);
        Ok(own.map(|(_, bytes)| Kept::read(bytes)).transpose()?)
    }

    fn keep_pin(&self, uid: u32, bytes: Option<Vec<u8>>) -> Result<(), Refusal> {
        self.submit(Box::new(move |writer| {
            writer.keep(uid, KEY, bytes.as_deref())?;
            Ok(Ok(Made::default()))
        }))?;
        Ok(())
    }

    /// Hashes beside the writing thread: nobody else waits for it.
    fn try_pin(&self, uid: u32, digits: &str) -> Result<PinView, Refusal> {
        let Some(kept) = self.own_pin(uid)? else {
            return Ok(NONE);
        };
        let now = clock();
        if kept.wait(now) > 0 {
            return Ok(kept.view(false, now));
        }
        let right = valid(digits) && hashed(&kept.salt, digits, kept.rounds) == kept.hash;
        // A disk that takes nothing keeps nobody out who knows them.
        if right && kept.wrong == 0 {
            return Ok(kept.view(true, now));
        }
        let (sender, told) = std::sync::mpsc::sync_channel(1);
        let salt = kept.salt;
        self.submit(Box::new(move |writer| -> Ran {
            let view = count(writer, uid, &salt, right)?;
            let _ = sender.send(view);
            Ok(Ok(Made::default()))
        }))?;
        told.recv().map_err(Refusal::fault)
    }
}
