//! Whether a colour can be read on another, by the formula of WCAG 2.

use ratatui::style::Color;

use crate::terminal::colour::parts;

/// What a text needs at least.
const LEAST: f64 = 4.5;

/// Whether a text of one colour can be read on the other; of what the terminal paints as it likes nothing is known.
pub fn readable(text: Option<Color>, ground: Option<Color>) -> bool {
    match (text.and_then(light), ground.and_then(light)) {
        (Some(one), Some(other)) => {
            let (high, low) = (one.max(other), one.min(other));
            (high + 0.05) / (low + 0.05) >= LEAST
        }
        _ => ground.is_none(),
    }
}

fn light(colour: Color) -> Option<f64> {
    let [r, g, b] = parts(colour)?.map(|part| {
        let part = f64::from(part) / 255.0;
        match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    });
    Some(0.2126 * r + 0.7152 * g + 0.0722 * b)
}
