//! What stands where on a card: groups of fields by kind.

use unicode_width::UnicodeWidthStr;

use crate::domain::field::{Field, Privacy, Type};
use crate::domain::kind::Kind;
use crate::domain::reading::surname;
use crate::domain::said::{Lang, Text, t};
use crate::domain::value::Value;
use crate::protocol::View;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap};
use crate::tui::draw::tree::word;
use crate::tui::paint::Run;
use crate::tui::rank::pinyin;

/// A group of fields.
pub struct Group {
    /// Its heading.
    pub title: Text,
    /// Whether it stands in the left column.
    pub left: bool,
    /// Its fields by key.
    pub fields: &'static [&'static str],
}

const fn group(title: Text, left: bool, fields: &'static [&'static str]) -> Group {
    Group {
        title,
        left,
        fields,
    }
}

const BASIC: Text = t("基本", "Basic");
const CONTACT: Text = t("联系", "Contact");
const OTHER: Text = t("其他", "Other");

const ORGANISATION: &[Group] = &[
    group(
        BASIC,
        true,
        &["name", "kind", "form", "parent", "area", "status"],
    ),
    group(CONTACT, true, &["phone", "address"]),
    group(
        t("成立", "Founding"),
        true,
        &[
            "founded_on",
            "founder",
            "founding_doc",
            "plan_on",
            "credit_code",
            "platform_no",
        ],
    ),
    group(OTHER, true, &["aliases", "note"]),
];

const VOLUNTEER: &[Group] = &[
    group(
        BASIC,
        true,
        &[
            "name",
            "gender",
            "birth",
            "ethnicity",
            "id_type",
            "id_number",
        ],
    ),
    group(CONTACT, true, &["phone", "phone2", "address", "guardian"]),
    group(t("备注", "Notes"), true, &["health_note", "note"]),
    group(
        t("归属", "Belonging"),
        false,
        &["teams", "area", "identity", "employer", "title", "status"],
    ),
    group(
        t("服务", "Service"),
        false,
        &["skills", "targets", "languages"],
    ),
    group(
        t("登记", "Registration"),
        false,
        &[
            "joined_on",
            "confirmed_on",
            "consent_on",
            "pledge_on",
            "platform_no",
        ],
    ),
];

const REST: &[Group] = &[group(BASIC, true, &[])];

/// The groups of a kind.
pub fn groups(kind: Kind) -> &'static [Group] {
    match kind {
        Kind::Organisation => ORGANISATION,
        Kind::Volunteer => VOLUNTEER,
        _ => REST,
    }
}

/// The fields of a group; what no group names stands in the last one of the left column.
pub fn fields(kind: Kind, group: &Group) -> Vec<&'static Field> {
    let spec = kind.spec();
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

/// A value as it is read: words in the session's language, names behind codes.
pub fn told(app: &App, view: &View, field: &Field, value: &Value) -> String {
    let parts: Vec<String> = value
        .parts()
        .iter()
        .map(|part| {
            let text = part.to_string();
            match view.names.get(&text) {
                Some(name) if matches!(field.of, Type::Area) => name.clone(),
                Some(name) => format!("{text} {name}"),
                None => word(field.words(), &text, app.lang),
            }
        })
        .collect();
    let text = parts.join(app.say("、", ", "));
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
    let long = app.say("  Ctrl-E 显示", "  Ctrl-E shows");
    let (text, role, note) = match app.revealed(view, field.key) {
        Some(text) => (text.to_owned(), "pii.shown", app.say("  20 秒", "  20 s")),
        None if view.masked.iter().any(|key| key == field.key) => {
            let hidden = field.privacy == Privacy::Hidden;
            let text = if hidden {
                app.say("有记录，已隐去", "on record, hidden").to_owned()
            } else {
                value.to_string()
            };
            let short = text.width() + long.width() > room;
            (text, "pii.masked", if short { "  Ctrl-E" } else { long })
        }
        None => (told(app, view, field, value), "text", ""),
    };
    let mut lines = Vec::new();
    for (nth, part) in wrap(&text, room).into_iter().enumerate() {
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
