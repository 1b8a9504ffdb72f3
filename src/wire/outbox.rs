//! What a session is sent: answers in turn, notices without ever waiting for the peer.

use std::collections::VecDeque;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard, TryLockError};

use rustix::net::SendFlags;

use crate::protocol::{Notice, ToSession};
use crate::service::lock;
use crate::wire::frame::{self, FrameError};

/// So many notices may wait while an answer is taken, which is cut off before long.
const MOST: usize = 4096;

/// The writing half of a session.
pub struct Outbox {
    turn: Mutex<UnixStream>,
    waiting: Mutex<VecDeque<Vec<u8>>>,
}

impl Outbox {
    /// Over a stream.
    pub fn new(stream: UnixStream) -> Outbox {
        Outbox {
            turn: Mutex::new(stream),
            waiting: Mutex::new(VecDeque::new()),
        }
    }

    /// The stream; while somebody holds it, notices wait.
    pub fn turn(&self) -> MutexGuard<'_, UnixStream> {
        lock(&self.turn)
    }

    /// Sends something that was asked for, and then the notices that waited behind it.
    pub fn send(&self, value: &ToSession) -> Result<(), FrameError> {
        let sent = frame::write(&mut *self.turn(), value);
        self.flush();
        sent
    }

    /// Tells a notice now, or after what is being sent; never waits.
    pub fn tell(&self, notice: Notice) {
        let mut bytes = Vec::new();
        if frame::write(&mut bytes, &ToSession::Notice(notice)).is_ok() {
            let mut waiting = lock(&self.waiting);
            if waiting.len() < MOST {
                waiting.push_back(bytes);
            }
            drop(waiting);
            self.flush();
        }
    }

    /// Sends what waits, unless somebody has the turn: then they do it.
    pub fn flush(&self) {
        loop {
            let stream = match self.turn.try_lock() {
                Ok(stream) => stream,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => return,
            };
            while let Some(bytes) = { lock(&self.waiting).pop_front() } {
                // A peer whose buffer is full of notices does not read: it is cut, the others go on.
                let flags = SendFlags::DONTWAIT | SendFlags::NOSIGNAL;
                if rustix::net::send(&*stream, &bytes, flags) != Ok(bytes.len()) {
                    lock(&self.waiting).clear();
                    let _ = stream.shutdown(Shutdown::Both);
                }
            }
            drop(stream);
            // Who found the turn taken a moment ago relies on this look.
            if lock(&self.waiting).is_empty() {
                return;
            }
        }
    }
}
