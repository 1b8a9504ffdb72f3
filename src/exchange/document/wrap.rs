//! Where a line of Chinese text may end.

/// Breaks a text into lines no wider than `width`, the first narrower by `indent`; there is always one.
pub fn lines(text: &str, width: f32, indent: f32, measure: impl Fn(char) -> f32) -> Vec<String> {
    let mut filled = Vec::new();
    let mut room = width - indent;
    for part in text.split('\n') {
        let mut line = Line::default();
        for piece in pieces(part) {
            let wide: f32 = piece.trim_end_matches(space).chars().map(&measure).sum();
            if line.width + wide > room + SLACK && !line.text.is_empty() {
                filled.push(line.take());
                room = width;
            }
            if line.text.is_empty() && wide > room + SLACK {
                for one in piece.chars() {
                    if line.width + measure(one) > room + SLACK && !line.text.is_empty() {
                        filled.push(line.take());
                        room = width;
                    }
                    line.push(one, &measure);
                }
            } else {
                piece.chars().for_each(|one| line.push(one, &measure));
            }
        }
        filled.push(line.take());
        room = width;
    }
    filled
}

/// The text as it can be printed: without controls and marks that have no shape of their own.
pub fn printable(text: &str) -> String {
    text.chars()
        .filter_map(|one| match one {
            '\t' => Some(' '),
            '\n' => Some('\n'),
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}' => None,
            one if one.is_control() => None,
            one => Some(one),
        })
        .collect()
}

/// Sums of widths are not exact.
const SLACK: f32 = 0.01;

#[derive(Default)]
struct Line {
    text: String,
    width: f32,
}

impl Line {
    fn push(&mut self, one: char, measure: impl Fn(char) -> f32) {
        if !(self.text.is_empty() && space(one)) {
            self.width += measure(one);
            self.text.push(one);
        }
    }

    fn take(&mut self) -> String {
        self.width = 0.0;
        let text = std::mem::take(&mut self.text);
        text.trim_end_matches(space).to_owned()
    }
}

/// The parts of a text that stay whole, each with the spaces that follow it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for one in text.chars() {
        let opened = piece.trim_end_matches(space).ends_with(begins);
        if let Some(before) = piece.chars().next_back()
            && !opened
            && parts(before, one)
        {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push(one);
    }
    pieces.push(piece);
    pieces
}

/// Whether a line may end between two characters.
fn parts(before: char, after: char) -> bool {
    if ENDS.contains(after) || space(after) {
        return false;
    }
    let stroke = before == after && matches!(before, '—' | '…');
    let counted = before.is_ascii_digit() && UNITS.contains(after);
    space(before) || !(stroke || counted || word(before) && word(after))
}

/// What no line begins with.
const ENDS: &str = "，。、；：？！）〕】》〉」』〗｝］”’％‰℃°′″…·•～〜－–,.;:?!)]}%々〻ー￠";

/// What no line ends with.
const BEGINS: &str = "（〔【《〈「『〖｛［“‘([{￥¥＄$№＃#";

/// What stays with the number before it.
const UNITS: &str = "年月日号时分秒岁元";

fn begins(one: char) -> bool {
    BEGINS.contains(one)
}

fn space(one: char) -> bool {
    matches!(one, ' ' | '\u{3000}')
}

/// Whether a character belongs to a Latin word, a number, or an address.
fn word(one: char) -> bool {
    one.is_ascii_graphic() || one == '\u{a0}' || (one.is_alphanumeric() && one < '\u{2000}')
}
