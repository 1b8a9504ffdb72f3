//! How many colours a terminal has, the nearest of them, and the codes that set them.

use std::fmt::Write as _;

use ratatui::style::Color;

/// The colours that a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, underline and reverse only.
    Mono,
    /// The sixteen named ones, whatever the operator made of them.
    C16,
    /// The fixed palette of 256.
    C256,
    /// Every colour.
    True,
}

/// The steps of one channel in the colour cube of the palette of 256.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The named colours in the order of their codes, as xterm paints them.
const NAMED: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The nearest colour that a terminal of this depth can show.
pub fn map(colour: Color, depth: Depth) -> Color {
    match (depth, colour) {
        (_, Color::Reset) | (Depth::Mono, _) => Color::Reset,
        (Depth::True, _) => colour,
        (Depth::C256, Color::Rgb(r, g, b)) => Color::Indexed(nearest_of_256([r, g, b])),
        (Depth::C256, _) => colour,
        (Depth::C16, Color::Rgb(r, g, b)) => nearest_named([r, g, b]),
        (Depth::C16, Color::Indexed(index)) => match NAMED.get(usize::from(index)) {
            Some((named, _)) => *named,
            None => nearest_named(of_index(index)),
        },
        (Depth::C16, _) => colour,
    }
}

/// How much red, green and blue a colour has; what operators repaint has no certain ones.
pub fn parts(colour: Color) -> Option<[u8; 3]> {
    match colour {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(index @ 16..) => Some(of_index(index)),
        _ => None,
    }
}

/// Appends the parameters that set a colour; the sixteen named ones have codes of their own, which every terminal knows.
pub fn code(out: &mut String, colour: Color, foreground: bool) {
    let ground = if foreground { 0 } else { 10 };
    let _ = match colour {
        Color::Reset => write!(out, "{}", 39 + ground),
        Color::Indexed(index) => write!(out, "{};5;{index}", 38 + ground),
        // What stands in the fixed palette too is said shorter by its number there.
        Color::Rgb(r, g, b) => match (16..=255).find(|index| of_index(*index) == [r, g, b]) {
            Some(index) => write!(out, "{};5;{index}", 38 + ground),
            None => write!(out, "{};2;{r};{g};{b}", 38 + ground),
        },
        named => {
            let at = NAMED.iter().position(|(other, _)| *other == named);
            match at.unwrap_or(7) {
                dark @ ..8 => write!(out, "{}", 30 + ground + dark),
                bright => write!(out, "{}", 82 + ground + bright),
            }
        }
    };
}

/// The cube or the grey ramp, whichever is nearer; the first sixteen are left out because operators repaint them.
fn nearest_of_256(colour: [u8; 3]) -> u8 {
    let [r, g, b] = colour.map(step);
    let cube = 16 + 36 * r + 6 * g + b;
    let sum: u16 = colour.iter().copied().map(u16::from).sum();
    let level = (sum / 3).saturating_sub(3) / 10;
    let grey = 232 + u8::try_from(level.min(23)).unwrap_or(23);
    match distance(colour, of_index(grey)) < distance(colour, of_index(cube)) {
        true => grey,
        false => cube,
    }
}

fn step(value: u8) -> u8 {
    let near = (0..)
        .zip(STEPS)
        .min_by_key(|(_, step)| step.abs_diff(value));
    near.map_or(0, |(at, _)| at)
}

fn of_index(index: u8) -> [u8; 3] {
    if let Some((_, named)) = NAMED.get(usize::from(index)) {
        return *named;
    }
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let cube = index - 16;
    [cube / 36, cube / 6 % 6, cube % 6]
        .map(|at| STEPS.get(usize::from(at)).copied().unwrap_or_default())
}

fn nearest_named(colour: [u8; 3]) -> Color {
    let near = NAMED
        .iter()
        .min_by_key(|(_, other)| distance(colour, *other));
    near.map_or(Color::Reset, |(named, _)| *named)
}

/// How unlike two colours look: squares weighted by the mean of red, which comes near the eye for the price of integers.
fn distance(one: [u8; 3], other: [u8; 3]) -> i32 {
    let [r, g, b] = one;
    let [s, h, c] = other;
    let square = |x: u8, y: u8| (i32::from(x) - i32::from(y)).pow(2);
    let mean = (i32::from(r) + i32::from(s)) / 2;
    (512 + mean) * square(r, s) + 1024 * square(g, h) + (767 - mean) * square(b, c)
}
