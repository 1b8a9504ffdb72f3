//! The fields of a card, line by line.

use crate::domain::certificate::hours;
use crate::domain::field::{Field, Privacy, Type};
use crate::domain::kind::Kind;
use crate::domain::reading::surname;
use crate::domain::said::Lang;
use crate::domain::value::Value;
use crate::protocol::View;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::first::alarm;
use crate::tui::draw::several;
use crate::tui::draw::tree::word;
use crate::tui::paint::Run;
use crate::tui::rank::pinyin;

pub use crate::tui::draw::grouped::{Group, groups};

/// The fields of a group; what no group names stands in the last one of the left column.
pub fn fields(kind: Kind, group: &Group) -> Vec<&'static Field> {
    let spec = kind.spec();
    // Of what is sealed, whom it is kept from is no text to read.
    let shown = |field: &&'static Field| !(field.inner && spec.sealed);
    let mut found: Vec<&'static Field> = group
        .fields
        .iter()
        .filter_map(|key| spec.field(key))
        .collect();
    let last = groups(kind).iter().rfind(|group| group.left);
    if last.is_some_and(|last| std::ptr::eq(last, group)) {
        let named = |key: &str| groups(kind).iter().any(|group| group.fields.contains(&key));
        let rest = spec.fields.iter();
        found.extend(rest.filter(|field| field.key != "posts" && !named(field.key)));
    }
    found.retain(shown);
    found
}

/// A person's name read out, the surname as surnames are read.
pub fn spelled(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    match surname(&chars) {
        Some(head) => {
            let rest: String = chars.iter().skip(head.len()).collect();
            format!("{} {}", head.join(" "), pinyin(&rest))
                .trim()
                .to_owned()
        }
        None => pinyin(name),
    }
}

/// A part of a value by itself: yes and no in the session's language, moments with a blank.
fn plain(app: &App, field: &Field, part: &Value) -> String {
    match (field.of, part) {
        (_, Value::Flag(true)) => app.say("是", "yes").to_owned(),
        (_, Value::Flag(false)) => app.say("否", "no").to_owned(),
        (Type::Moment, Value::Text(text)) => text.replace('T', " "),
        _ => part.to_string(),
    }
}

/// A value as it is read: words in the session's language, names behind codes.
pub fn told(app: &App, view: &View, field: &Field, value: &Value) -> String {
    let parts: Vec<String> = value
        .parts()
        .iter()
        .map(|part| {
            let text = plain(app, field, part);
            match view.names.get(&text) {
                Some(name) if matches!(field.of, Type::Area) => name.clone(),
                Some(name) => format!("{text} {name}"),
                None => word(field.words(), &text, app.lang),
            }
        })
        .collect();
    let text = parts.join(app.say("、", ", "));
    if let (Value::Int(minutes), "minutes") = (value, field.key) {
        let unit = app.say("分钟", "min");
        return format!("{text} {unit}  {}", hours(*minutes).get(app.lang));
    }
    if view.kind == Kind::Volunteer && field.key == "name" {
        return format!("{text} ({})", spelled(&text));
    }
    text
}

/// The line or lines of a field.
pub fn lines(app: &App, view: &View, field: &Field, value: &Value, width: usize) -> Vec<Vec<Run>> {
    let name = field.label.get(app.lang);
    // A longer label moves its value a little to the right: neither is cut.
    let label = if app.lang == Lang::Zh { 12 } else { 15 }.max(name.width());
    let room = width.saturating_sub(label + 3).max(4);
    let masked = view.masked.iter().any(|key| key == field.key);
    if !masked && let Some(lines) = tall(app, view, field, value, width, label) {
        return lines;
    }
    let long = app.say("  Ctrl-E 显示", "  Ctrl-E shows");
    let until = app
        .shown_until()
        .map(|at| at.format("%H:%M:%S").to_string());
    let until = until.map_or_else(String::new, |at| {
        format!(" {} {at}", app.say("至", "until"))
    });
    let (text, role, note) = match app.revealed(view, field.key) {
        Some(text) => (text.to_owned(), "pii.shown", until.as_str()),
        None if masked => {
            let hidden = field.privacy == Privacy::Hidden;
            let text = if hidden {
                app.say("有记录，已隐去", "on record, hidden").to_owned()
            } else {
                value.to_string()
            };
            let short = text.width() + long.width() > room;
            (text, "pii.masked", if short { "  Ctrl-E" } else { long })
        }
        None => {
            let text = told(app, view, field, value);
            let status = value.text().filter(|_| field.key == "status");
            let role = status.and_then(|status| alarm(view.kind, status));
            (text, role.unwrap_or("text"), "")
        }
    };
    let mut lines = Vec::new();
    for (nth, part) in wrap_words(&text, room).into_iter().enumerate() {
        let name = if nth == 0 {
            fit(name, label)
        } else {
            " ".repeat(label)
        };
        lines.push(vec![(format!("  {name} "), "text.muted"), (part, role)]);
    }
    let room = room.saturating_sub(text.width());
    if let (1, Some(line)) = (lines.len(), lines.first_mut())
        && note.width() <= room
    {
        line.push((note.to_owned(), "text.muted"));
    }
    lines
}

/// Sessions, rows and long texts: beside their label where they fit there, else below it.
fn tall(
    app: &App,
    view: &View,
    field: &Field,
    value: &Value,
    width: usize,
    label: usize,
) -> Option<Vec<Vec<Run>>> {
    let name = field.label.get(app.lang);
    let room = width.saturating_sub(label + 3).max(4);
    let beside = several::lines(app, view, field, value, room)?;
    let fits = match field.of {
        Type::Lines(_) => beside.len() <= 2,
        Type::Sessions => beside.iter().all(|line| line.width() <= room),
        _ => false,
    };
    if fits {
        let lines = beside.into_iter().enumerate().map(|(nth, text)| {
            let name = if nth == 0 { name } else { "" };
            vec![
                (format!("  {} ", fit(name, label)), "text.muted"),
                (text, "text"),
            ]
        });
        return Some(lines.collect());
    }
    let room = width.saturating_sub(4).max(4);
    let mut lines = vec![vec![(format!("  {name}"), "text.muted")]];
    let below = several::lines(app, view, field, value, room)?;
    let below = below.iter().flat_map(|line| wrap_words(line, room));
    lines.extend(below.map(|text| vec![("    ".to_owned(), "text"), (text, "text")]));
    Some(lines)
}
