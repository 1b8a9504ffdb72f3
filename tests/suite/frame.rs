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
        Meter {
            stage: Stage::new(Lang::Zh, Theme::named(theme), width, height),
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

#[test]
fn every_event_stays_within_its_bytes() {
    let mut table = String::new();
    let mut over = Vec::new();
    for (name, before, keys, most) in BUDGET {
        let mut row = format!("{name:<24}");
        for ((width, height), most) in SIZES.into_iter().zip(most) {
            let mut meter = Meter::new("dark", Depth::True, Profile::Narrow, width, height);
            let mut bytes = meter.draw();
            if *name != "first paint" {
                meter.keys(before);
                bytes = meter.keys(keys);
            }
            row.push_str(&format!("{:>7} /{most:>6}", bytes.len()));
            if bytes.len() > *most {
                over.push(format!("{name} at {width}x{height}: {}", bytes.len()));
            }
        }
        table.push_str(row.trim_end());
        table.push('\n');
    }
    println!("{table}");
    insta::assert_snapshot!("bytes", table);
    assert!(over.is_empty(), "{over:#?}");
}
