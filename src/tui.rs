//! The workstation: state and events in, a drawn screen and requests out.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyEventKind,
};
use ratatui::crossterm::execute;

use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::tui::app::{App, Heard};
use crate::tui::link::{Happened, Link};
use crate::wire::client::Client;

pub mod act;
pub mod action;
pub mod answer;
pub mod app;
pub mod ask;
pub mod board;
pub mod calendar;
pub mod case;
pub mod cells;
pub mod check;
pub mod config;
pub mod conflict;
pub mod draw;
pub mod entry;
pub mod fill;
pub mod filter;
pub mod findings;
pub mod form;
pub mod fresh;
pub mod hours;
pub mod hours_sum;
pub mod jump;
pub mod key;
pub mod keyfile;
pub mod keymap;
pub mod keyname;
pub mod layout;
mod link;
pub mod list;
pub mod many;
pub mod mark;
pub mod matching;
pub mod menu;
pub mod message;
pub mod month;
pub mod mouse;
pub mod named;
pub mod open;
pub mod overlay;
pub mod paint;
pub mod pane;
pub mod paste;
pub mod pick;
pub mod prefer;
pub mod rank;
pub mod roster;
pub mod sheet;
pub mod tag;
pub mod theme;
pub mod tour;
pub mod tree;
pub mod work;

/// Opens a session; called again when the service went away.
pub type Connect = Box<dyn Fn() -> Result<Client, Refusal>>;

/// Runs the workstation until the operator leaves.
pub fn run(connect: Connect, lang: Lang) -> Result<(), Refusal> {
    let (sender, receiver) = channel();
    let mut link = Link::new(connect, sender.clone());
    let welcome = link.open()?;
    let theme = match std::env::var("KEZHI_THEME") {
        Ok(name) => name,
        Err(_) if std::env::var_os("NO_COLOR").is_some() => "mono".to_owned(),
        Err(_) => "default".to_owned(),
    };
    let mut app = App::new(welcome, lang, crate::tui::theme::Theme::named(&theme));
    app.take_keys();
    signals(&sender)?;
    // The panic hook of `init` gives the terminal back.
    let mut terminal = ratatui::try_init().map_err(Refusal::fault)?;
    let _ = execute!(std::io::stdout(), EnableBracketedPaste);
    std::thread::spawn(move || {
        loop {
            let happened = event::read().map_or(Happened::End, Happened::Input);
            // The terminal is gone: so is the session.
            let over = matches!(happened, Happened::End);
            if sender.send(happened).is_err() || over {
                return;
            }
        }
    });
    let result = events(&mut terminal, &mut app, &mut link, &receiver);
    let _ = execute!(std::io::stdout(), DisableBracketedPaste);
    ratatui::restore();
    result
}

fn signals(sender: &Sender<Happened>) -> Result<(), Refusal> {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGHUP, SIGTERM]).map_err(Refusal::fault)?;
    let sender = sender.clone();
    std::thread::spawn(move || {
        for _ in signals.forever() {
            let _ = sender.send(Happened::End);
        }
    });
    Ok(())
}

fn events(
    terminal: &mut DefaultTerminal,
    app: &mut App,
    link: &mut Link,
    receiver: &Receiver<Happened>,
) -> Result<(), Refusal> {
    app.tick(chrono::Local::now().naive_local());
    app.begin();
    loop {
        for (tag, request) in app.take_calls() {
            if let Err((tag, refusal)) = link.send(tag, request) {
                app.failed(&tag, &refusal);
            }
        }
        if let Some(text) = app.clip.take() {
            let copy = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
            execute!(std::io::stdout(), copy).map_err(Refusal::fault)?;
        }
        if app.redraw {
            app.redraw = false;
            // `clear` would ask the terminal where the cursor is and wait for an answer that the
            // input thread takes; a resize to the same size clears without asking.
            if let Ok(size) = terminal.size() {
                let _ = terminal.resize(ratatui::layout::Rect::from((
                    ratatui::layout::Position::ORIGIN,
                    size,
                )));
            }
        }
        terminal
            .draw(|frame| {
                draw::measure(app, frame.area());
                draw::draw(app, frame);
            })
            .map_err(Refusal::fault)?;
        if app.ended {
            return Ok(());
        }
        let first = match receiver.recv_timeout(Duration::from_millis(500)) {
            Ok(first) => Some(first),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => None,
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
        };
        app.tick(chrono::Local::now().naive_local());
        for happened in first.into_iter().chain(receiver.try_iter().take(200)) {
            match happened {
                Happened::End => return Ok(()),
                Happened::Input(Event::Key(key)) if key.kind != KeyEventKind::Release => {
                    app.key(&key)
                }
                Happened::Input(Event::Paste(text)) => app.paste(&text),
                Happened::Input(_) => {}
                Happened::Heard(number, Heard::Answer(id, answer)) => {
                    if let Some(tag) = link.answered(number, id) {
                        app.answer(tag, *answer);
                    }
                }
                Happened::Heard(number, Heard::Notice(notice)) if link.is(number) => {
                    app.notice(&notice)
                }
                Happened::Lost(number) if link.is(number) => {
                    app.lost();
                    for tag in link.drop_all() {
                        app.failed(&tag, &crate::wire::client::unavailable("EOF"));
                    }
                }
                Happened::Heard(..) | Happened::Lost(_) => {}
            }
        }
        if link.again() {
            app.found_again();
        }
    }
}
