//! Text in cells: Han characters take two.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The text in exactly so many cells: cut with `~`, or filled with blanks.
pub fn fit(text: &str, width: usize) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let full = clean.width();
    if full <= width {
        return format!("{clean}{}", " ".repeat(width - full));
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in clean.graphemes(true) {
        if used + grapheme.width() + 1 > width {
            break;
        }
        used += grapheme.width();
        out.push_str(grapheme);
    }
    if used < width {
        out.push('~');
        used += 1;
    }
    out.push_str(&" ".repeat(width - used));
    out
}

/// Left and right text with blanks between, in exactly so many cells; the left one yields.
pub fn spread(left: &str, right: &str, width: usize) -> String {
    let right_width = right.width();
    if right_width >= width {
        return fit(right, width);
    }
    format!("{}{right}", fit(left, width - right_width))
}

/// Breaks a text into lines of at most so many cells.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for grapheme in paragraph.graphemes(true) {
            if used + grapheme.width() > width.max(2) {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            used += grapheme.width();
            line.push_str(grapheme);
        }
        lines.push(line);
    }
    lines
}
