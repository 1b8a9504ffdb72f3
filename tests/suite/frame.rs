//! What goes over the wire: the bytes of every event against a budget, and the order within a frame.

use std::sync::{Arc, Mutex};

use kezhi::domain::said::Lang;
use kezhi::terminal::colour::Depth;
use kezhi::terminal::screen::Screen;
use kezhi::terminal::width::Profile;
use kezhi::tui::draw;
use kezhi::tui::theme::Theme;
use ratatui::Terminal;
use ratatui::layout::Size;

use crate::look::Stage;

/// A stage whose frames are counted.
pub struct Meter {
    pub stage: Stage,
    terminal: Terminal<Screen>,
    pub frames: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Meter {
    pub fn new(theme: &str, depth: Depth, profile: Profile, width: u16, height: u16) -> Meter {
        let frames = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&frames);
        let sink = Box::new(move |frame| {
            kept.lock().unwrap().push(frame);
            Ok(())
        });
        let mut screen = Screen::new(Size::new(width, height), depth, sink);
        screen.profile = profile;
        screen.proved = profile != Profile::Unknown;
        screen.synchronised = true;
        screen.repeats = screen.proved;
        let mut stage = Stage::new(Lang::Zh, Theme::named(theme), width, height);
        stage.app.profile = profile;
        Meter {
            stage,
            terminal: Terminal::new(screen).unwrap(),
            frames,
        }
    }

    /// Draws once, as after all waiting input was read; gives the bytes of this frame.
    pub fn draw(&mut self) -> Vec<u8> {
        self.frames.lock().unwrap().clear();
        let app = &mut self.stage.app;
        self.terminal
            .draw(|frame| {
                draw::measure(app, frame.area());
                draw::draw(app, frame);
            })
            .unwrap();
        let frames = self.frames.lock().unwrap();
        assert!(frames.len() <= 1, "{} writes for one frame", frames.len());
        frames.first().cloned().unwrap_or_default()
    }

    pub fn keys(&mut self, keys: &[&str]) -> Vec<u8> {
        self.stage.keys(keys);
        self.draw()
    }
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// An event, the keys before it, the keys of it, and the most bytes in the three sizes.
type Event = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    [usize; 3],
);

#[rustfmt::skip]
const BUDGET: &[Event] = &[
    ("first paint", &[], &[], [3500, 8000, 11000]),
    ("nothing changed", &[], &[], [0, 0, 0]),
    ("arrow, whole row", &["Esc", "Down"], &["Down"], [640, 640, 640]),
    ("typed, list unchanged", &["F7"], &["x"], [96, 96, 96]),
    ("typed, list replaced", &["F2", "h"], &["s"], [1500, 2500, 3500]),
    ("open overlay", &[], &["F2"], [4000, 7000, 10000]),
    ("close overlay", &["F2"], &["Esc"], [4000, 7000, 10000]),
    ("open form", &[], &["F7"], [4000, 7000, 10000]),
    ("open menu", &[], &["F9"], [4000, 7000, 10000]),
];

/// The same where the terminal has not proved what it does: every wide character is followed by a move.
#[rustfmt::skip]
const SAFE: &[Event] = &[
    ("first paint", &[], &[], [7000, 11000, 15000]),
    ("nothing changed", &[], &[], [0, 0, 0]),
    ("arrow, whole row", &["Esc", "Down"], &["Down"], [640, 640, 900]),
    ("typed, list unchanged", &["F7"], &["x"], [96, 96, 96]),
    ("typed, list replaced", &["F2", "h"], &["s"], [2000, 2500, 3500]),
    ("open overlay", &[], &["F2"], [4000, 7000, 10000]),
    ("close overlay", &["F2"], &["Esc"], [4000, 7000, 10000]),
];

fn minute(meter: &mut Meter) -> Vec<u8> {
    let now = meter.stage.app.now;
    meter.stage.app.tick(now + chrono::TimeDelta::minutes(1));
    meter.draw()
}

/// The bytes of every event, and those over their budget.
fn measured(budget: &[Event], theme: &str, profile: Profile) -> (String, Vec<String>) {
    let mut table = String::new();
    let mut over = Vec::new();
    let mut row = |name: &str, most: [usize; 3], measure: &dyn Fn(u16, u16) -> usize| {
        let mut line = format!("{name:<24}");
        for ((width, height), most) in SIZES.into_iter().zip(most) {
            let bytes = measure(width, height);
            line.push_str(&format!("{bytes:>7} /{most:>6}"));
            if bytes > most {
                over.push(format!("{name} at {width}x{height}: {bytes}"));
            }
        }
        table.push_str(line.trim_end());
        table.push('\n');
    };
    for (name, before, keys, most) in budget {
        row(name, *most, &|width, height| {
            let mut meter = Meter::new(theme, Depth::True, profile, width, height);
            let first = meter.draw().len();
            if *name == "first paint" {
                return first;
            }
            meter.keys(before);
            meter.keys(keys).len()
        });
    }
    row("minute clock", [64; 3], &|width, height| {
        let mut meter = Meter::new(theme, Depth::True, profile, width, height);
        meter.draw();
        minute(&mut meter).len()
    });
    println!("{table}");
    (table, over)
}

#[test]
fn every_event_stays_within_its_bytes() {
    let (table, over) = measured(BUDGET, "dark", Profile::Narrow);
    insta::assert_snapshot!("bytes", table);
    assert!(over.is_empty(), "{over:#?}");
}

#[test]
fn the_safe_form_stays_within_its_bytes_too() {
    let (table, over) = measured(SAFE, "ansi16", Profile::Unknown);
    insta::assert_snapshot!("bytes-safe", table);
    assert!(over.is_empty(), "{over:#?}");
    let (table, _) = measured(SAFE, "dark", Profile::Unknown);
    insta::assert_snapshot!("bytes-safe-dark", table);
}
