//! The note line below the look-up, and the last calls beside a record's facts.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::said::{Lang, t};
use crate::protocol::View;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap};
use crate::tui::draw::card::head;
use crate::tui::draw::typed;
use crate::tui::overlay::Look;
use crate::tui::paint::{Run, at, line, part};

/// The rows that the note takes: a rule and the line.
pub const ROWS: u16 = 2;

/// From so many columns on the time of a call stands beside its day.
const WIDE: usize = 48;

/// Whom the note is about, and since when it is kept.
fn about(app: &App, look: &Look) -> String {
    if !look.noted() && !look.noting {
        return String::new();
    }
    let whom = match look.about() {
        Some(row) => format!("{} {}", row.title, row.code),
        None => app.say("没有选中对象", "nobody is chosen").to_owned(),
    };
    match app.lang {
        Lang::Zh => format!("来电关于: {whom}"),
        Lang::En => format!("call about: {whom}"),
    }
}

/// Paints the note below its rule, with whom it is about; gives the place of the cursor if it is there.
pub fn note(app: &App, look: &Look, buffer: &mut Buffer, inside: Rect) -> Option<Position> {
    let above = part(inside, 2, 0, inside.width.saturating_sub(4), 1);
    let whom = about(app, look);
    if !whom.is_empty() {
        let style = app.theme.role("text.strong");
        at(buffer, above, 0, 0, &format!(" {whom} "), style);
    }
    let place = part(inside, 0, 1, inside.width, 1);
    let lead = app.say("记: ", "note: ");
    let (role, hint) = match (look.noting, look.noted()) {
        (false, false) => (
            "input.placeholder",
            app.keyed(
                "{desk.note} 记下来电，随打随存",
                "{desk.note} to note the call, kept as you type",
            ),
        ),
        _ => ("input", String::new()),
    };
    line(buffer, place, 0, lead, app.theme.role(role));
    let kept = match look.note.sending {
        true => app.say("正在存...", "storing...").to_owned(),
        false => app.said_ahead(&look.note.ahead),
    };
    let width = usize::from(inside.width);
    let end = match kept.width() {
        0 => width,
        kept => width.saturating_sub(kept + 2),
    };
    let from = lead.width() as u16;
    let room = part(place, from, 0, (end as u16).saturating_sub(from), 1);
    let style = app.theme.role(role);
    if !hint.is_empty() {
        line(buffer, room, 0, &hint, style);
    }
    at(
        buffer,
        place,
        end + 2,
        0,
        &kept,
        app.theme.role("status.draft"),
    );
    let nth = look.note.place("note")?;
    let input = look.note.inputs.get(nth)?;
    match hint.is_empty() {
        true => typed::field(buffer, room, input, false, look.noting, style),
        false => None,
    }
}

/// The last calls about a record, under their heading; none where there were none.
pub fn last(app: &App, view: &View, width: usize) -> Vec<Vec<Run>> {
    if view.calls.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![head(t("近三次来电", "Last calls"), app.lang)];
    for call in &view.calls {
        // Beside the facts of a small screen the words need the room of the time.
        let until = if width < WIDE { 10 } else { 16 };
        let when = call.when.get(5..until).unwrap_or("").replace('T', " ");
        let status = call.code.kind.spec().said(&call.status, app.lang);
        let rest = format!("  {}  {status}", call.by);
        let room = width.saturating_sub(2 + when.width() + 1 + rest.width());
        // Who took it and whether it is answered are never cut: the words are.
        let words = wrap(&call.title, room.max(4));
        let cut = words.len() > 1 && room > 8;
        let first = match cut {
            true => {
                let part = wrap(&call.title, room - 2);
                format!("{}..", part.first().map_or("", String::as_str))
            }
            false => words.first().cloned().unwrap_or_default(),
        };
        lines.push(vec![
            (format!("  {when} "), "text.muted"),
            (
                format!("{}{rest}", fit(&first, room.min(first.width()))),
                "text",
            ),
        ]);
    }
    lines
}
