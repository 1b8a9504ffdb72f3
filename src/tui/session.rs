//! A session: keys and answers in, requests and frames out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::buffer::Cell;
use ratatui::crossterm::Command;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::KeyEventKind;
use ratatui::style::Modifier;

use crate::domain::refusal::Refusal;
use crate::protocol::Request;
use crate::terminal::decode::{Decoder, Input};
use crate::terminal::probe::{Answer, Probe};
use crate::terminal::screen::Screen;
use crate::terminal::tty::{self, Tty};
use crate::tui::app::{App, Heard};
use crate::tui::draw;
use crate::tui::ending;
use crate::tui::link::{Happened, Link};
use crate::tui::pace::Pace;
use crate::tui::tag::Tag;
use crate::wire::client::unavailable;

/// A window that is being pulled is drawn when it rests.
const REST: Duration = Duration::from_millis(60);

/// How a session ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The operator left, or was asked to.
    Left,
    /// The terminal is gone.
    Gone,
}

/// A session.
pub struct Session {
    app: App,
    link: Link,
    receiver: Receiver<Happened>,
    tty: Tty,
    terminal: Terminal<Screen>,
    decoder: Decoder,
    probe: Probe,
    pace: Pace,
    /// Whether the screen is ours already.
    entered: bool,
    /// When the size is to be looked at.
    resize: Option<Instant>,
    resized: Option<Instant>,
    /// Whether the terminal reports its mouse.
    mouse: bool,
    /// What is asked of the selected record when the selection rests.
    rest: Option<(Tag, Request)>,
}

impl Session {
    /// A session on a terminal that was taken; `wait` is how long a lone Esc is held.
    pub fn new(
        app: App,
        link: Link,
        receiver: Receiver<Happened>,
        tty: Tty,
        screen: Screen,
        wait: Duration,
    ) -> Result<Session, Refusal> {
        let terminal = Terminal::new(screen).map_err(Refusal::fault)?;
        tty.send(Probe::question().into_bytes());
        Ok(Session {
            app,
            link,
            receiver,
            tty,
            terminal,
            decoder: Decoder::new(wait),
            probe: Probe::new(Instant::now()),
            pace: Pace::default(),
            entered: false,
            resize: None,
            resized: None,
            mouse: false,
            rest: None,
        })
    }

    /// Runs until the operator leaves or the terminal is gone; what is typed is kept however it ends.
    pub fn run(&mut self) -> Result<(), Refusal> {
        let turns = catch_unwind(AssertUnwindSafe(|| {
            let turns = self.turns();
            let last = self.decoder.last();
            self.inputs(last, Instant::now());
            turns
        }));
        ending::end(&mut self.app, &mut self.link, &self.receiver);
        turns.unwrap_or_else(|_| Err(Refusal::fault("the screen broke")))
    }

    fn turns(&mut self) -> Result<(), Refusal> {
        self.app.tick(chrono::Local::now().naive_local());
        self.app.begin();
        self.pace.own();
        loop {
            self.send(false);
            self.paint()?;
            if self.app.ended {
                break;
            }
            let wait = self.wait();
            let first = match self.receiver.recv_timeout(wait) {
                Ok(first) => Some(first),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            self.app.tick(chrono::Local::now().naive_local());
            let all: Vec<Happened> = first
                .into_iter()
                .chain(self.receiver.try_iter().take(500))
                .collect();
            if let Some(end) = self.take(all) {
                if end == End::Gone {
                    self.tty.abandon();
                }
                break;
            }
            self.settle();
            self.link.again();
        }
        Ok(())
    }

    /// What has to be asked goes out; what others caused is drawn at leisure.
    fn send(&mut self, others: bool) {
        let now = Instant::now();
        for (tag, request) in self.app.take_calls() {
            match tag.rests() {
                true => self.rest = Some((tag, request)),
                false => self.call(tag, request, others),
            }
        }
        let rests = self.pace.rests(now) <= now;
        if let Some((tag, request)) = self.rest.take_if(|_| rests) {
            self.call(tag, request, others);
        }
    }

    fn call(&mut self, tag: Tag, request: Request, others: bool) {
        if let Err((tag, refusal)) = self.link.send(tag, request, others) {
            self.app.failed(&tag, &refusal);
            self.pace.own();
        }
    }

    /// How long nothing needs to be done if nothing happens.
    fn wait(&mut self) -> Duration {
        let now = Instant::now();
        let due = if self.entered && self.tty.ready() {
            self.pace.due(now, self.app.typing())
        } else {
            None
        };
        let probe = (!self.entered).then(|| self.probe.until());
        let rest = self.rest.as_ref().map(|_| self.pace.rests(now));
        let moments = [due, probe, self.decoder.due(), self.resize, rest];
        let next = moments.into_iter().flatten().min();
        let most = self.app.patience();
        next.map_or(most, |at| at.saturating_duration_since(now).min(most))
    }

    /// What is due by now: only behind everything that came, since that may complete what is held.
    fn settle(&mut self) {
        let now = Instant::now();
        let held = self.decoder.expire(now);
        self.inputs(held, now);
        if std::mem::take(&mut self.app.stirred) {
            self.pace.others();
        }
        if self.resize.is_some_and(|at| at <= now) {
            self.resize = None;
            self.terminal.backend_mut().resize(Tty::size());
            self.pace.own();
        }
        if !self.entered
            && let Some(answer) = self.probe.settled(now)
        {
            self.learnt(answer);
            self.tty.enter();
            self.entered = true;
            // The screen is empty: nothing needs to be cleared.
            self.app.redraw = false;
            self.app.repaint = false;
        }
    }

    /// What the terminal proved.
    fn learnt(&mut self, answer: Answer) {
        let screen = self.terminal.backend_mut();
        screen.proved = answer.proved;
        screen.repeats = answer.repeats;
        self.app.settle_profile(answer.profile);
        if let Some(trip) = answer.trip {
            self.pace.trip(trip);
        }
        self.app.doubt_encoding(answer.proved, answer.odd);
        self.pace.own();
    }

    /// Everything that happened, in its order; the end if it was one.
    fn take(&mut self, all: Vec<Happened>) -> Option<End> {
        let now = Instant::now();
        for happened in all {
            match happened {
                Happened::Tty(tty::Happened::Bytes(read, at)) => {
                    let inputs = self.decoder.feed(&read, at);
                    self.inputs(inputs, now);
                }
                Happened::Connected(found) => {
                    if self.link.take(found) {
                        self.app.found_again();
                        self.pace.own();
                    }
                }
                Happened::Tty(tty::Happened::Gone) => return Some(End::Gone),
                Happened::Tty(tty::Happened::Ended) => return Some(End::Left),
                Happened::Tty(tty::Happened::Resized) => self.pulled(now),
                Happened::Tty(tty::Happened::Resumed) => {
                    self.tty.take_again();
                    self.mouse = false;
                    self.app.redraw = true;
                    self.pace.own();
                }
                Happened::Tty(_) => {}
                Happened::Heard(number, Heard::Answer(id, answer)) => {
                    if let Some((tag, others)) = self.link.answered(number, id) {
                        // What goes on beside the typing must not move the screen under it.
                        let others = others || tag.beside();
                        self.app.answer(tag, *answer);
                        match others {
                            true => self.pace.others(),
                            false => self.pace.own(),
                        }
                        self.send(others);
                    }
                }
                Happened::Heard(number, Heard::Notice(notice)) if self.link.is(number) => {
                    self.send(false);
                    self.app.notice(&notice);
                    self.send(true);
                    self.pace.others();
                }
                Happened::Lost(number) if self.link.is(number) => {
                    self.app.lost();
                    for tag in self.link.drop_all() {
                        self.app.failed(&tag, &unavailable("EOF"));
                    }
                    self.pace.own();
                }
                Happened::Heard(..) | Happened::Lost(_) => {}
            }
        }
        None
    }

    /// The window is being pulled: the first size counts at once, then the one at which it rests.
    fn pulled(&mut self, now: Instant) {
        let calm = self.resized.is_none_or(|at| now - at > REST);
        self.resize = Some(if calm { now } else { now + REST });
        self.resized = Some(now);
    }

    fn inputs(&mut self, inputs: Vec<Input>, now: Instant) {
        for input in inputs {
            match input {
                Input::Key(key) if key.kind != KeyEventKind::Release => {
                    self.app.key_at(&key, now);
                    self.pace.key(now);
                }
                Input::Paste(text) => {
                    self.app.paste(&text);
                    self.pace.key(now);
                }
                Input::Cursor(_, column) => {
                    if let Some(answer) = self.probe.heard(column, now)
                        && self.entered
                    {
                        self.learnt(answer);
                    }
                }
                Input::Synchronised(known) => {
                    self.terminal.backend_mut().synchronised = known;
                }
                Input::Garbled => {
                    self.app.garbled();
                    self.pace.key(now);
                }
                Input::Mouse(mouse) if self.app.mouse_wanted => {
                    self.app.mouse(mouse);
                    self.pace.key(now);
                }
                Input::Key(_) | Input::Mouse(_) => {}
            }
        }
    }

    /// Whatever the terminal shows is another from what is drawn next: every cell goes out, and nothing is cleared.
    fn stale(&mut self) {
        let screen = self.terminal.backend_mut();
        // Where the cursor is was told by widths that may be others.
        if let Ok(size) = screen.size() {
            screen.resize(size);
        }
        let mut stale = Cell::new("~");
        stale.modifier = Modifier::HIDDEN;
        self.terminal.current_buffer_mut().content.fill(stale);
        self.terminal.swap_buffers();
    }

    /// Draws if something is due and the terminal takes it.
    fn paint(&mut self) -> Result<(), Refusal> {
        let now = Instant::now();
        if let Some(text) = self.app.clip.take() {
            let mut copy = String::new();
            let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut copy);
            self.terminal.backend_mut().beside(&copy);
            self.pace.own();
        }
        let due = self.pace.due(now, self.app.typing());
        let wanted = due.is_some_and(|at| at <= now) || self.app.ended;
        if !self.entered || !wanted || !self.tty.ready() {
            return Ok(());
        }
        let profile = self.app.profile;
        let screen = self.terminal.backend_mut();
        screen.profile = profile;
        // What the operator says of the terminal is not what it proved.
        screen.proved &= self.app.probed_profile() == Some(profile);
        if std::mem::replace(&mut self.mouse, self.app.mouse_wanted) != self.app.mouse_wanted {
            let [off, on] = tty::MOUSE;
            screen.beside(if self.mouse { on } else { off });
        }
        let depth = self.app.theme.depth;
        let other = std::mem::replace(&mut screen.depth, depth) != depth;
        let repaint = std::mem::take(&mut self.app.repaint) || other;
        if std::mem::take(&mut self.app.redraw) {
            self.terminal.clear().map_err(Refusal::fault)?;
        } else if repaint {
            self.stale();
        }
        let app = &mut self.app;
        self.terminal
            .draw(|frame| {
                draw::measure(app, frame.area());
                draw::draw(app, frame);
            })
            .map_err(Refusal::fault)?;
        self.pace.drawn(now);
        // Whatever stirred by now was drawn with it.
        self.app.stirred = false;
        Ok(())
    }
}
