//! A day of the month: its number, its glyph, its name, and what happens.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::said::{Text, t};
use crate::domain::workday::Kind;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::wrap_words;
use crate::tui::month::{DayCell, Entry};
use crate::tui::paint::{at, line, part, runs};

/// What marks a kind of day: a glyph and a role.
const MARKS: &[(Kind, Text, &str)] = &[
    (Kind::Work, t("", ""), "text"),
    (Kind::MadeUp, t("班", " on"), "day.made_up"),
    (Kind::Weekend, t("休", " off"), "day.rest"),
    (Kind::Holiday, t("休", " off"), "day.holiday"),
];

/// Draws it; the first column of its place is the gutter.
pub fn day(app: &App, buffer: &mut Buffer, place: Rect, cell: &DayCell) {
    let known = MARKS.iter().find(|(kind, ..)| *kind == cell.kind);
    let (glyph, role) = known.map_or(("", "text"), |(_, glyph, role)| {
        (glyph.get(app.lang), *role)
    });
    let inside = part(place, 1, 0, place.width.saturating_sub(1), place.height);
    let (width, height) = (usize::from(inside.width), usize::from(inside.height));
    let lit = cell.chosen && app.theme.whole;
    let pick = |role: &'static str| app.theme.row(cell.chosen, true, role);
    if lit {
        line(buffer, inside, 0, "", app.theme.role("row.select"));
    }
    let mark = match (cell.chosen, cell.today) {
        (true, _) => app.theme.marker.as_str(),
        (false, true) => "*",
        _ => "",
    };
    at(buffer, place, 0, 0, mark, app.theme.role("row.mark"));
    let number = format!("{:>2}{glyph}", cell.day.format("%-d"));
    let named = if cell.kind == Kind::Holiday {
        role
    } else {
        "day.named"
    };
    // A label that is too long goes on below, where nothing else needs the rows.
    let room = width.saturating_sub(number.width() + 1);
    let free = height.saturating_sub(1 + cell.entries.len());
    let lines = words(&cell.label, width);
    let below = cell.label.width() > room && lines.len() <= free;
    let (beside, lines) = match (height, below) {
        (1, _) if !cell.entries.is_empty() => (more(&cell.entries), Vec::new()),
        (_, true) => (String::new(), lines),
        (_, false) => (cell.label.clone(), Vec::new()),
    };
    let mut head = vec![(number, pick(role))];
    if !beside.is_empty() {
        head.push((format!(" {beside}"), pick(named)));
    }
    runs(buffer, inside, 0, &head, &app.theme);
    for (row, text) in lines.iter().enumerate() {
        at(buffer, inside, 0, row + 1, text, app.theme.role(named));
    }
    let top = 1 + lines.len();
    let body = part(
        inside,
        0,
        u16::try_from(top).unwrap_or(u16::MAX),
        inside.width,
        inside.height,
    );
    entries(app, buffer, body, &cell.entries);
}

/// Breaks a label between its words; a word that is wider than the cell breaks anywhere.
fn words(label: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in label.split(' ') {
        match lines.last_mut() {
            Some(last) if last.width() + 1 + word.width() <= width => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.extend(wrap_words(word, width)),
        }
    }
    lines
}

/// `+3`, with `!` where one of them has something in its way.
fn more(hidden: &[Entry]) -> String {
    let alarm = hidden.iter().any(|entry| entry.alarm);
    format!("+{}{}", hidden.len(), if alarm { " !" } else { "" })
}

fn entries(app: &App, buffer: &mut Buffer, body: Rect, entries: &[Entry]) {
    let role = |alarm| app.theme.role(if alarm { "status.danger" } else { "text" });
    let rows = usize::from(body.height);
    let shown = if entries.len() > rows {
        rows.saturating_sub(1)
    } else {
        rows
    };
    for (row, entry) in entries.iter().take(shown).enumerate() {
        let lead = if entry.alarm { "!" } else { "" };
        let text = format!("{lead}{}", entry.text);
        at(buffer, body, 0, row, &text, role(entry.alarm));
    }
    let hidden = entries.get(shown..).unwrap_or_default();
    if !hidden.is_empty() {
        let alarm = hidden.iter().any(|entry| entry.alarm);
        let style = if alarm {
            role(true)
        } else {
            app.theme.role("text.muted")
        };
        at(buffer, body, 0, shown, &more(hidden), style);
    }
}
