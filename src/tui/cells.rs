//! Text in cells: Han characters take two.

use unicode_segmentation::UnicodeSegmentation;

use crate::terminal::width::Measure;

/// The text in exactly so many cells: cut with `~`, or filled with blanks.
pub fn fit(text: &str, width: usize) -> String {
    let full = text.width();
    if full <= width {
        return format!("{text}{}", " ".repeat(width - full));
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
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

/// Breaks a text into lines between its words: a day, a code or a number stays whole, and no line begins with a closing mark.
pub fn wrap_words(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in words(paragraph) {
            if line.width() + word.trim_end().width() > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            line.push_str(word);
            // What is longer than a line is broken where the line ends.
            if line.width() > width {
                let mut parts = wrap(line.trim_end(), width);
                line = parts.pop().unwrap_or_default();
                lines.append(&mut parts);
            }
        }
        lines.push(line);
    }
    lines
}

/// The pieces of a text between which a line may end.
fn words(text: &str) -> Vec<&str> {
    let whole = |c: char| c.is_ascii_graphic();
    let closing = |c: char| "，。、；：）」】？！,.;:)".contains(c);
    let mut found = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let joined = before.is_none_or(|last| {
            whole(last) && whole(c) || closing(c) || c == ' ' || "（「【".contains(last)
        });
        if !joined {
            found.push(text.get(from..at).unwrap_or_default());
            from = at;
        }
        before = Some(c);
    }
    found.push(text.get(from..).unwrap_or_default());
    found
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
