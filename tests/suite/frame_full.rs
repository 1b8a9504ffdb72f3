//! The bytes of every event on demonstration data, where all panes are full: every kind of terminal, every size.

use std::sync::Arc;

use kezhi::service::Service;
use kezhi::terminal::colour::Depth;
use kezhi::terminal::width::Profile;
use kezhi::tui::theme::Theme;

use crate::command::{Desk, ok};
use crate::frame::{Meter, SIZES, moves};
use crate::look::Stage;

/// A kind of terminal: what is said of it, what it does with ambiguous characters, whether it repeats, its first paint.
type Kind = (&'static str, Profile, bool, [usize; 3]);

const KINDS: [Kind; 3] = [
    (
        "answers, repeats",
        Profile::Narrow,
        true,
        [3500, 8000, 11000],
    ),
    ("answers", Profile::Narrow, false, [7000, 11000, 15000]),
    ("silent", Profile::Unknown, false, [7000, 11000, 15000]),
];

/// An event, the keys before it, the keys of it, and the most bytes in the three sizes.
type Event = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    [usize; 3],
);

/// One after the other on the same screen. What is shown of the selected record comes when it rests: an event of its own.
#[rustfmt::skip]
const EVENTS: &[Event] = &[
    ("first paint", &[], &[], [0; 3]),
    ("nothing changed", &[], &[], [0, 0, 0]),
    ("arrow, whole row", &["Esc", "Down"], &["Down"], [640, 640, 640]),
    ("preview of that row", &[], &[], [0, 0, 1500]),
    ("another page", &[], &["PageDown"], [1500, 2500, 3500]),
    ("first character", &["F7"], &["x"], [128, 128, 128]),
    ("typed, list unchanged", &[], &["y"], [96, 96, 96]),
    ("typed, list replaced", &["Backspace", "Backspace", "Esc", "F2", "h"], &["s"], [1500, 2500, 3500]),
    ("facts of its first row", &[], &[], [1500, 2500, 3500]),
    ("filtered, list replaced", &["Esc", "Esc", "/", "h"], &["s"], [1500, 2500, 3500]),
    ("open overlay", &["Esc", "Esc"], &["F2"], [4000, 7000, 10000]),
    ("close overlay", &[], &["Esc"], [4000, 7000, 10000]),
    ("open form", &[], &["F7"], [4000, 7000, 10000]),
    ("open menu", &["Esc"], &["F9"], [4000, 7000, 10000]),
    ("open card", &["Esc"], &["Enter"], [4000, 7000, 10000]),
];

/// The frames of all events.
fn frames(
    service: &Arc<Service>,
    theme: &str,
    (_, profile, repeats, _): Kind,
    (width, height): (u16, u16),
) -> Vec<usize> {
    let who = service.identify(1, Some("李敏")).unwrap();
    let stage = Stage::live(service, who, Theme::named(theme), width, height);
    let mut meter = Meter::of(stage, Depth::True, profile, repeats);
    let mut bytes = Vec::new();
    for (_, before, keys, _) in EVENTS {
        meter.stage.moving = false;
        if !before.is_empty() {
            meter.keys(before);
        }
        meter.stage.moving = moves(keys);
        meter.stage.draw();
        bytes.push(meter.keys(keys).len());
    }
    bytes
}

#[test]
fn every_event_stays_within_its_bytes_on_full_panes() {
    let desk = Desk::new();
    ok(desk.path(), &["demo", "--size", "S", "--no-open"]);
    let service = Service::open(desk.path(), 1, true).unwrap();
    let mut over = Vec::new();
    for theme in ["dark", "ansi16"] {
        for kind in KINDS {
            let columns = SIZES.map(|size| frames(&service, theme, kind, size));
            println!("{theme}, {}", kind.0);
            for (nth, (name, _, _, most)) in EVENTS.iter().enumerate() {
                let most = if nth == 0 { kind.3 } else { *most };
                let mut line = format!("{name:<24}");
                for (at, (width, _)) in SIZES.iter().enumerate() {
                    let (bytes, most) = (columns[at][nth], most[at]);
                    line.push_str(&format!("{bytes:>7} /{most:>6}"));
                    if bytes > most {
                        over.push(format!("{theme}, {}: {name} at {width}: {bytes}", kind.0));
                    }
                }
                println!("{line}");
            }
        }
    }
    service.close();
    assert!(over.is_empty(), "{over:#?}");
}

/// The panes are full indeed: of a store without records the table would say nothing.
#[test]
fn the_measured_screen_is_full() {
    let desk = Desk::new();
    ok(desk.path(), &["demo", "--size", "S", "--no-open"]);
    let service = Service::open(desk.path(), 1, true).unwrap();
    let who = service.identify(1, Some("李敏")).unwrap();
    let stage = Stage::live(&service, who, Theme::named("dark"), 200, 50);
    let mut meter = Meter::of(stage, Depth::True, Profile::Narrow, true);
    meter.draw();
    let rows = crate::look::lines(&meter.meant);
    let phones = rows.iter().filter(|row| row.contains("140****")).count();
    assert!(phones > 25, "{phones}:\n{}", rows.join("\n"));
    service.close();
}
