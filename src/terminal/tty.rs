//! The device: bytes in, frames out, and the moment when it is gone.
//!
//! One thread reads and one writes, so that a terminal that takes nothing holds up nobody: while a
//! frame is on its way no other is made, and the next one shows what holds then.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec};

/// What happens to the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// Bytes came, at this moment.
    Bytes(Vec<u8>, Instant),
    /// Its size may be another.
    Resized,
    /// It must be drawn from nothing: the process was stopped, and goes on.
    Resumed,
    /// A frame went out.
    Written,
    /// It is gone: nothing can be read from it, nor written to it.
    Gone,
    /// Somebody asks the program to end.
    Ended,
}

/// Whoever had the terminal before may have left it reporting its mouse and its focus.
const ENTER: &str =
    "\x1b[?1006l\x1b[?1004l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1049h\x1b[2J\x1b[?2004h\x1b[?25l";
const LEAVE: &str = "\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[m\x1b[?1049l\x1b[?25h";

/// What switches the reports of the mouse on and off.
pub const MOUSE: [&str; 2] = ["\x1b[?1006l\x1b[?1000l", "\x1b[?1000h\x1b[?1006h"];

/// As long as the end may wait for a terminal that takes nothing.
const LONGEST: Duration = Duration::from_secs(2);

static HELD: AtomicBool = AtomicBool::new(false);

/// A terminal in raw mode; it is given back when this is dropped.
pub struct Tty {
    frames: SyncSender<Vec<u8>>,
    busy: Arc<AtomicBool>,
    gone: Arc<AtomicBool>,
}

impl Tty {
    /// Takes the terminal: from now on its keys come as they are. `tell` is called from other threads;
    /// false ends them.
    pub fn open(
        tell: impl Fn(Happened) -> bool + Send + Sync + Clone + 'static,
    ) -> io::Result<Tty> {
        enable_raw_mode()?;
        HELD.store(true, Ordering::SeqCst);
        give_back_on_panic();
        let busy = Arc::new(AtomicBool::new(false));
        let gone = Arc::new(AtomicBool::new(false));
        signals(tell.clone())?;
        let (reading, over) = (tell.clone(), Arc::clone(&gone));
        std::thread::Builder::new()
            .name("keys".to_owned())
            .spawn(move || read(&reading, &over))?;
        let (frames, waiting) = sync_channel::<Vec<u8>>(1);
        let (free, over) = (Arc::clone(&busy), Arc::clone(&gone));
        std::thread::Builder::new()
            .name("frames".to_owned())
            .spawn(move || {
                for frame in waiting {
                    let sent = write(&frame, None);
                    free.store(false, Ordering::SeqCst);
                    let told = match sent {
                        Ok(()) => tell(Happened::Written),
                        Err(_) => {
                            over.store(true, Ordering::SeqCst);
                            tell(Happened::Gone);
                            false
                        }
                    };
                    if !told {
                        return;
                    }
                }
            })?;
        Ok(Tty { frames, busy, gone })
    }

    /// Goes to the screen that leaves no trace.
    pub fn enter(&self) {
        self.send(ENTER.as_bytes().to_vec());
    }

    /// Takes it again after the process was stopped: whoever had it meanwhile set it up anew.
    pub fn take_again(&self) {
        let _ = disable_raw_mode().and_then(|()| enable_raw_mode());
        self.enter();
    }

    /// Whether the last frame went out.
    pub fn ready(&self) -> bool {
        !self.busy.load(Ordering::SeqCst)
    }

    /// Sends bytes.
    pub fn send(&self, bytes: Vec<u8>) {
        self.busy.store(true, Ordering::SeqCst);
        if self.frames.send(bytes).is_err() {
            self.busy.store(false, Ordering::SeqCst);
        }
    }

    /// A function that sends frames.
    pub fn sink(&self) -> crate::terminal::screen::Sink {
        let (frames, busy) = (self.frames.clone(), Arc::clone(&self.busy));
        Box::new(move |frame| {
            busy.store(true, Ordering::SeqCst);
            frames.send(frame).map_err(io::Error::other)
        })
    }

    /// The size of the terminal; the usual one where it does not tell.
    pub fn size() -> Size {
        let told = rustix::termios::tcgetwinsize(rustix::stdio::stdout());
        let size = told.map(|size| Size::new(size.ws_col, size.ws_row));
        let known = |size: &Size| size.width > 0 && size.height > 0;
        size.ok().filter(known).unwrap_or(Size::new(80, 24))
    }

    /// The terminal is gone: nothing more is written to it.
    pub fn abandon(&self) {
        self.gone.store(true, Ordering::SeqCst);
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // A terminal that takes nothing must not keep the program.
        let until = Instant::now() + LONGEST;
        let gone = || self.gone.load(Ordering::SeqCst);
        while !self.ready() && !gone() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        // After a panic it was given back already.
        if HELD.swap(false, Ordering::SeqCst) {
            give_back(!gone() && self.ready());
        }
    }
}

/// Gives the terminal back; where it takes nothing, its modes alone.
fn give_back(writes: bool) {
    if writes {
        let _ = write(LEAVE.as_bytes(), Some(Instant::now() + LONGEST));
    }
    let _ = disable_raw_mode();
}

/// Writes all bytes, until a moment if there is one: past the lock of the standard output, which a
/// thread may hold that waits for the terminal.
fn write(mut bytes: &[u8], until: Option<Instant>) -> io::Result<()> {
    let out = rustix::stdio::stdout();
    while !bytes.is_empty() {
        let mut poll = [PollFd::from_borrowed_fd(out, PollFlags::OUT)];
        let wait = Timespec {
            tv_sec: 0,
            tv_nsec: 200_000_000,
        };
        let ready = rustix::event::poll(&mut poll, Some(&wait));
        if until.is_some_and(|until| Instant::now() > until) {
            return Err(io::ErrorKind::TimedOut.into());
        }
        if ready == Ok(0) {
            continue;
        }
        match rustix::io::write(out, bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// A panic is told on a terminal that is as it was.
fn give_back_on_panic() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let before = std::panic::take_hook();
        let owner = std::thread::current().id();
        std::panic::set_hook(Box::new(move |info| {
            let held = HELD.load(Ordering::SeqCst);
            // The screen goes on when another thread ends: what it says would be lost among the cells.
            if held && std::thread::current().id() != owner {
                return;
            }
            if HELD.swap(false, Ordering::SeqCst) {
                give_back(true);
            }
            before(info);
        }));
    });
}

/// Reads until the terminal is gone.
fn read(tell: &impl Fn(Happened) -> bool, gone: &AtomicBool) {
    let input = rustix::stdio::stdin();
    let mut bytes = [0; 4096];
    let wait = Timespec {
        tv_sec: 5,
        tv_nsec: 0,
    };
    loop {
        let mut poll = [PollFd::from_borrowed_fd(input, PollFlags::IN)];
        match rustix::event::poll(&mut poll, Some(&wait)) {
            Ok(0) | Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => continue,
            Ok(_) => {}
            Err(_) => break,
        }
        match rustix::io::read(input, &mut bytes) {
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            // The end of the input, and every error, mean that nobody is there any more.
            Ok(0) | Err(_) => break,
            Ok(count) => {
                let read = bytes.get(..count).unwrap_or_default().to_vec();
                if !tell(Happened::Bytes(read, Instant::now())) {
                    return;
                }
            }
        }
    }
    gone.store(true, Ordering::SeqCst);
    tell(Happened::Gone);
}

fn signals(tell: impl Fn(Happened) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    let all = [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let told = match signal {
                    SIGWINCH => tell(Happened::Resized),
                    SIGCONT => tell(Happened::Resumed),
                    // Operators have no shell to come back from.
                    SIGTSTP => true,
                    _ => tell(Happened::Ended),
                };
                if !told {
                    return;
                }
            }
        })?;
    Ok(())
}
