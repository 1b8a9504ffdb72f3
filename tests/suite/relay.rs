//! A slow line: bytes arrive late, unevenly, and cut apart anywhere.

use std::io::Write;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// Numbers that look random, the same in every run.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed | 1)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit.max(1)
    }
}

/// One direction of the line.
pub struct Line(Sender<(Instant, Vec<u8>)>);

impl Line {
    /// A line on which everything takes so long, and pieces a little longer each.
    pub fn new(lag: Duration, seed: u64, mut out: impl FnMut(&[u8]) + Send + 'static) -> Line {
        let (sender, receiver) = channel::<(Instant, Vec<u8>)>();
        std::thread::spawn(move || {
            let mut chance = Chance::new(seed);
            for (sent, bytes) in receiver {
                let due = sent + lag;
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                let mut rest = bytes.as_slice();
                while !rest.is_empty() {
                    let count = 1 + chance.below(rest.len() as u64) as usize;
                    let (piece, more) = rest.split_at(count);
                    out(piece);
                    rest = more;
                    if !rest.is_empty() && rest.len() < 64 {
                        std::thread::sleep(Duration::from_millis(chance.below(20)));
                    }
                }
            }
        });
        Line(sender)
    }

    /// Sends bytes.
    pub fn send(&self, bytes: &[u8]) {
        let _ = self.0.send((Instant::now(), bytes.to_vec()));
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.send(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
