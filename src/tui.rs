//! The workstation: state and events in, a drawn screen and requests out.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::terminal::screen::Screen;
use crate::terminal::tty::Tty;
use crate::tui::app::App;
use crate::tui::link::{Happened, Link};
use crate::tui::session::Session;
use crate::wire::client::Client;

pub mod act;
pub mod action;
pub mod ahead;
pub mod answer;
pub mod app;
pub mod ask;
mod away;
pub mod board;
mod burst;
pub mod calendar;
mod call;
pub mod case;
pub mod cells;
pub mod check;
pub mod config;
pub mod confirm;
pub mod conflict;
pub mod cover;
pub mod draft;
pub mod draft_box;
mod draft_file;
mod draft_form;
mod draft_go;
mod draft_left;
pub mod draw;
pub mod dress;
mod earlier;
mod ending;
pub mod entry;
pub mod fill;
pub mod filter;
pub mod findings;
pub mod form;
pub mod form_past;
pub mod fresh;
mod go;
pub mod held;
pub mod hours;
mod hours_row;
mod hours_save;
pub mod hours_sum;
pub mod jump;
pub mod key;
pub mod keyfile;
pub mod keymap;
pub mod keyname;
pub mod layout;
mod leave;
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
mod notice;
pub mod open;
pub mod overlay;
pub mod pace;
pub mod paint;
pub mod pane;
pub mod paste;
pub mod period;
pub mod pick;
pub mod pin;
pub mod prefer;
pub mod presence;
pub mod rank;
mod reading;
mod refusal;
pub mod roster;
pub mod selftest;
mod session;
pub mod sheet;
pub mod shown;
pub mod tag;
pub mod theme;
pub mod tour;
pub mod tree;
pub mod undo;
pub mod unsent;
pub mod waiting;
pub mod way;
pub mod work;

/// Opens a session; called again when the service went away.
pub type Connect = std::sync::Arc<dyn Fn() -> Result<Client, Refusal> + Send + Sync>;

/// How long a lone Esc may be the beginning of something: longer where a network lies between.
fn escape_wait() -> Duration {
    let told = std::env::var("KEZHI_ESC_MS").ok();
    let told = told.and_then(|text| text.trim().parse().ok());
    let usual = match std::env::var_os("SSH_CONNECTION") {
        Some(_) => 100,
        None => 25,
    };
    Duration::from_millis(told.unwrap_or(usual).min(2000))
}

/// Runs the workstation until the operator leaves; `state` is where texts go while there is no service.
pub fn run(connect: Connect, lang: Lang, state: Option<PathBuf>) -> Result<(), Refusal> {
    let (sender, receiver) = channel();
    let mut link = Link::new(connect, sender.clone());
    let welcome = link.open()?;
    let mut app = App::new(welcome, lang, crate::tui::theme::Theme::default());
    let environment = environment();
    app.client = selftest::client(&environment);
    app.locale = selftest::locale(&environment);
    app.dress(environment, config::dir());
    app.take_keys();
    app.drafts.dir = state;
    let tell = move |happened| sender.send(Happened::Tty(happened)).is_ok();
    let tty = Tty::open(tell).map_err(Refusal::fault)?;
    let screen = Screen::new(Tty::size(), app.theme.depth, tty.sink());
    Session::new(app, link, receiver, tty, screen, escape_wait())?.run()
}

fn environment() -> crate::tui::theme::choice::Environment {
    let text = |(key, value): (OsString, OsString)| {
        Some((key.into_string().ok()?, value.into_string().ok()?))
    };
    std::env::vars_os().filter_map(text).collect()
}
