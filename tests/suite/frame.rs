//! What goes over the wire: the bytes of every event against a budget, and the order within a frame.

use std::sync::{Arc, Mutex};

use kezhi::domain::said::Lang;
use kezhi::terminal::colour::Depth;
use kezhi::terminal::screen::Screen;
use kezhi::terminal::width::Profile;
use kezhi::tui::draw;
use kezhi::tui::theme::Theme;
use ratatui::Terminal;
use ratatui::buffer::Buffer;

use crate::look::Stage;

/// A stage whose frames are counted.
pub struct Meter {
    pub stage: Stage,
    terminal: Terminal<Screen>,
    pub frames: Arc<Mutex<Vec<Vec<u8>>>>,
    /// The cells that were meant last.
    pub meant: Buffer,
}

impl Meter {
    pub fn new(theme: &str, depth: Depth, profile: Profile, width: u16, height: u16) -> Meter {
        let repeats = profile != Profile::Unknown;
        Meter::told(theme, depth, profile, repeats, width, height)
    }

    pub fn told(
        theme: &str,
        depth: Depth,
        profile: Profile,
        repeats: bool,
        width: u16,
        height: u16,
    ) -> Meter {
        let stage = Stage::new(Lang::Zh, Theme::named(theme), width, height);
        Meter::of(stage, depth, profile, repeats)
    }

    /// The frames of a stage.
    pub fn of(mut stage: Stage, depth: Depth, profile: Profile, repeats: bool) -> Meter {
        let frames = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&frames);
        let sink = Box::new(move |frame| {
            kept.lock().unwrap().push(frame);
            Ok(())
        });
        let size = stage.terminal.size().unwrap();
        let mut screen = Screen::new(size, depth, sink);
        screen.profile = profile;
        screen.proved = profile != Profile::Unknown;
        screen.synchronised = true;
        screen.repeats = repeats;
        stage.app.profile = profile;
        stage.blind = true;
        Meter {
            stage,
            terminal: Terminal::new(screen).unwrap(),
            frames,
            meant: Buffer::default(),
        }
    }

    /// Draws once, as after all waiting input was read; gives the bytes of this frame.
    pub fn draw(&mut self) -> Vec<u8> {
        self.frames.lock().unwrap().clear();
        let app = &mut self.stage.app;
        let drawn = self.terminal.draw(|frame| {
            draw::measure(app, frame.area());
            draw::draw(app, frame);
        });
        self.meant = drawn.unwrap().buffer.clone();
        let frames = self.frames.lock().unwrap();
        assert!(frames.len() <= 1, "{} writes for one frame", frames.len());
        frames.first().cloned().unwrap_or_default()
    }

    pub fn keys(&mut self, keys: &[&str]) -> Vec<u8> {
        self.stage.keys(keys);
        self.draw()
    }
}

pub const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// An event, the keys before it, the keys of it, and the most bytes in the three sizes.
type Event = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    [usize; 3],
);

/// An arrow and a character leave what is shown of the selected record to the next frame.
#[rustfmt::skip]
const BUDGET: &[Event] = &[
    ("first paint", &[], &[], [0; 3]),
    ("nothing changed", &[], &[], [0, 0, 0]),
    ("arrow, whole row", &["Esc", "Down"], &["Down"], [640, 640, 640]),
    ("first character", &["F7"], &["x"], [128, 128, 128]),
    ("typed, list unchanged", &["F7", "x"], &["y"], [96, 96, 96]),
    ("typed, list replaced", &["F2", "h"], &["s"], [1500, 2500, 3500]),
    ("open overlay", &[], &["F2"], [4000, 7000, 10000]),
    ("close overlay", &["F2"], &["Esc"], [4000, 7000, 10000]),
    ("open form", &[], &["F7"], [4000, 7000, 10000]),
    ("open menu", &[], &["F9"], [4000, 7000, 10000]),
];

/// Whether keys move the selection: what is shown of it comes when it rests.
pub fn moves(keys: &[&str]) -> bool {
    matches!(keys, ["Down"] | ["s"])
}

fn minute(meter: &mut Meter) -> Vec<u8> {
    let now = meter.stage.app.now;
    meter.stage.app.tick(now + chrono::TimeDelta::minutes(1));
    meter.draw()
}

/// The bytes of every event, and those over their budget.
fn measured(first: [usize; 3], theme: &str, profile: Profile) -> (String, Vec<String>) {
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
    for (name, before, keys, most) in BUDGET {
        let most = if *name == "first paint" { first } else { *most };
        row(name, most, &|width, height| {
            let mut meter = Meter::new(theme, Depth::True, profile, width, height);
            let first = meter.draw().len();
            if *name == "first paint" {
                return first;
            }
            meter.keys(before);
            meter.stage.moving = moves(keys);
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
    let (table, over) = measured([3500, 8000, 11000], "dark", Profile::Narrow);
    insta::assert_snapshot!("bytes", table);
    assert!(over.is_empty(), "{over:#?}");
}

/// Where the terminal has not proved what it does a move follows the wide characters, and nothing is repeated.
#[test]
fn the_safe_form_stays_within_its_bytes_too() {
    for (theme, name) in [("ansi16", "bytes-safe"), ("dark", "bytes-safe-dark")] {
        let (table, over) = measured([7000, 11000, 15000], theme, Profile::Unknown);
        insta::assert_snapshot!(name, table);
        assert!(over.is_empty(), "{over:#?}");
    }
}
