//! What a colour becomes on a terminal that has fewer of them.

use kezhi::terminal::colour::{Depth, code, map};
use ratatui::style::Color;

fn codes(colour: Color, foreground: bool) -> String {
    let mut out = String::new();
    code(&mut out, colour, foreground);
    out
}

#[test]
fn named_colours_have_the_codes_that_every_terminal_knows() {
    let table = [
        (Color::Black, "30", "40"),
        (Color::Red, "31", "41"),
        (Color::Green, "32", "42"),
        (Color::Yellow, "33", "43"),
        (Color::Blue, "34", "44"),
        (Color::Magenta, "35", "45"),
        (Color::Cyan, "36", "46"),
        (Color::Gray, "37", "47"),
        (Color::DarkGray, "90", "100"),
        (Color::LightRed, "91", "101"),
        (Color::LightGreen, "92", "102"),
        (Color::LightYellow, "93", "103"),
        (Color::LightBlue, "94", "104"),
        (Color::LightMagenta, "95", "105"),
        (Color::LightCyan, "96", "106"),
        (Color::White, "97", "107"),
        (Color::Reset, "39", "49"),
        (Color::Indexed(240), "38;5;240", "48;5;240"),
        (Color::Rgb(1, 2, 3), "38;2;1;2;3", "48;2;1;2;3"),
    ];
    for (colour, foreground, ground) in table {
        assert_eq!(codes(colour, true), foreground, "{colour:?}");
        assert_eq!(codes(colour, false), ground, "{colour:?}");
        // What has a code of its own is never sent as one of 256.
        for depth in [Depth::C16, Depth::C256, Depth::True] {
            if !matches!(colour, Color::Indexed(_) | Color::Rgb(..)) {
                assert_eq!(map(colour, depth), colour);
            }
        }
    }
}

#[test]
fn a_colour_becomes_the_nearest_that_there_is() {
    let table = [
        ((0, 0, 0), 16, Color::Black),
        ((255, 255, 255), 231, Color::White),
        ((255, 0, 0), 196, Color::LightRed),
        ((95, 135, 175), 67, Color::DarkGray),
        ((36, 80, 122), 24, Color::DarkGray),
        ((16, 20, 24), 233, Color::Black),
        ((128, 128, 128), 244, Color::DarkGray),
        ((200, 10, 10), 160, Color::Red),
        ((86, 180, 233), 74, Color::Cyan),
    ];
    for ((r, g, b), index, named) in table {
        let colour = Color::Rgb(r, g, b);
        assert_eq!(map(colour, Depth::True), colour);
        assert_eq!(map(colour, Depth::C256), Color::Indexed(index), "{colour}");
        assert_eq!(map(colour, Depth::C16), named, "{colour}");
        assert_eq!(map(colour, Depth::Mono), Color::Reset);
    }
}

#[test]
fn every_index_keeps_its_place_and_has_a_name_nearby() {
    for index in 16..=255 {
        let colour = Color::Indexed(index);
        assert_eq!(map(colour, Depth::C256), colour);
        let named = codes(map(colour, Depth::C16), true);
        assert!(named.len() == 2, "{index}: {named}");
    }
    assert_eq!(map(Color::Indexed(9), Depth::C16), Color::LightRed);
}
