//! Frames on a terminal: every cell, its colours and its lines, whatever the order and the moves by which it came.

use std::collections::HashMap;

use kezhi::terminal::colour::{Depth, code};
use kezhi::terminal::width::{Profile, ambiguous};
use ratatui::style::{Color, Modifier};

use crate::frame::Meter;

/// How a terminal shows a colour that it is told by our codes.
#[derive(Default)]
struct Colours(HashMap<(Color, bool), vt100::Color>);

impl Colours {
    fn shown(&mut self, colour: Color, foreground: bool) -> vt100::Color {
        *self.0.entry((colour, foreground)).or_insert_with(|| {
            let mut text = "\x1b[".to_owned();
            code(&mut text, colour, foreground);
            let mut parser = terminal(8, 1);
            parser.process(format!("{text}mx").as_bytes());
            let cell = parser.screen().cell(0, 0).unwrap();
            if foreground {
                cell.fgcolor()
            } else {
                cell.bgcolor()
            }
        })
    }
}

fn terminal(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0)
}

/// Cells that the terminal shows otherwise than they were meant.
fn wrong(meter: &Meter, parser: &vt100::Parser, colours: &mut Colours) -> Vec<String> {
    let (meant, mut wrong) = (&meter.meant, Vec::new());
    for y in 0..meant.area.height {
        let mut x = 0;
        while x < meant.area.width {
            let cell = &meant[(x, y)];
            let shown = parser.screen().cell(y, x).unwrap();
            let text = if shown.contents().is_empty() {
                " "
            } else {
                shown.contents()
            };
            let has = |modifier| cell.modifier.contains(modifier);
            let lined = has(Modifier::UNDERLINED) || has(Modifier::REVERSED);
            let mut same = text == cell.symbol()
                && shown.bgcolor() == colours.shown(cell.bg, false)
                && shown.underline() == has(Modifier::UNDERLINED)
                && shown.inverse() == has(Modifier::REVERSED);
            if cell.symbol() != " " || lined {
                same &= shown.fgcolor() == colours.shown(cell.fg, true)
                    && shown.bold() == has(Modifier::BOLD);
            }
            if !same {
                wrong.push(format!("{x},{y}: {shown:?} for {cell:?}"));
            }
            x += unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1) as u16;
        }
    }
    wrong
}

/// Keys that lead through panes, boxes and forms, and back.
const WALK: &[&str] = &[
    "Esc", "Down", "Down", "Up", "F2", "h", "s", "q", "Down", "Esc", "Esc", "F7", "张", "x",
    "Left", "Tab", "Esc", "F9", "z", "Esc", "Enter", "h", "Esc", "Esc", "/", "z", "Esc", "F1",
    "Esc", "g", "l", "Esc", "3", "p", "4", "1", "Down", "Space", "2", "Space", "Down", "Space",
    "F8", "Esc", "F6", "F6",
];

#[test]
fn every_cell_is_shown_as_it_was_meant_after_every_frame() {
    let mut colours = Colours::default();
    for (width, height) in [(80, 24), (200, 50)] {
        for theme in ["dark", "ansi16", "contrast"] {
            for (profile, repeats) in [
                (Profile::Narrow, true),
                (Profile::Narrow, false),
                (Profile::Unknown, false),
            ] {
                let mut meter = Meter::told(theme, Depth::True, profile, repeats, width, height);
                let mut parser = terminal(width, height);
                for keys in [&""].into_iter().chain(WALK) {
                    let frame = if keys.is_empty() {
                        meter.draw()
                    } else {
                        meter.keys(&[keys])
                    };
                    let text = String::from_utf8(frame).unwrap();
                    assert!(
                        profile == Profile::Narrow || !text.contains(ambiguous),
                        "{keys}"
                    );
                    parser.process(text.as_bytes());
                    let wrong = wrong(&meter, &parser, &mut colours);
                    let place = format!("{theme} {width} {profile:?} {repeats} after {keys:?}");
                    assert!(
                        wrong.is_empty(),
                        "{place}: {:#?}",
                        &wrong[..wrong.len().min(9)]
                    );
                }
            }
        }
    }
}
