//! F1 in a field: what is to be written, why it is asked, and the rules that look at it.

use crate::domain::digest::{Look, limits, looks, parts, why, written};
use crate::domain::field::{Field, Need};
use crate::domain::said::Lang;
use crate::tui::app::App;
use crate::tui::cells::wrap_words;
use crate::tui::draw::form::about;
use crate::tui::draw::help::{Line, plain, told};
use crate::tui::form::{Form, REASON};
use crate::tui::pick::source;

/// How the field is written, and how much it takes.
fn form_of(app: &App, field: &Field) -> String {
    let how = written(field).get(app.lang);
    let most = match (limits(field), parts(field), app.lang) {
        (Some((least, most)), ..) => format!(" {least} - {most}"),
        (_, Some(most), Lang::Zh) => format!("，至多 {most} 个"),
        (_, Some(most), Lang::En) => format!(", {most} at most"),
        _ => String::new(),
    };
    format!("{}{how}{most}", app.say("填法 ", "write "))
}

/// A rule in a line: article, strength, the sentence.
fn ruled(app: &App, look: &Look) -> String {
    let article = match look.article {
        "" => app.say("核对", "any record"),
        article => article,
    };
    let strength = look.strength.word().get(app.lang);
    let whole = match look.whole {
        true => app.say("（本步）", "(step) "),
        false => "",
    };
    let sentence = look.sentence.get(app.lang);
    match app.lang {
        Lang::Zh => format!("{article} {strength}：{whole}{sentence}"),
        Lang::En => format!("{article} {strength}: {whole}{sentence}"),
    }
}

/// What the field with the cursor asks for: its name, whether it must be filled, how and why, the rules.
pub(super) fn asked(app: &App, form: &Form, width: usize) -> Vec<Line> {
    let Some(field) = form.field() else {
        return Vec::new();
    };
    let must = match field.need {
        Need::Required => app.say("（必填）", " (required)"),
        _ => "",
    };
    let name = format!("{}{must}", field.label.get(app.lang));
    let mut lines = vec![plain(name, "text.strong")];
    let mut texts = about(app, form, form.at, field);
    texts.push((form_of(app, field), "text"));
    if source(field).is_some() {
        let key = app.keymap.named_where("search", "  ", true);
        let text = format!(
            "{key} {}",
            app.say("列出可选的", "lists what can be chosen")
        );
        texts.push((text, "key"));
    }
    let kind = form.kind();
    // The line that a rule asks for belongs to no kind: its help says why.
    if field.key != REASON.key
        && let Some(why) = why(kind, field.key)
    {
        let text = format!("{}{}", app.say("为何 ", "why "), why.get(app.lang));
        texts.push((text, "text"));
    }
    let looks = looks(kind, form.taken(), field.key);
    texts.extend(looks.iter().map(|look| (ruled(app, look), "text")));
    let article = kind.spec().article;
    if looks.is_empty() && !article.is_empty() {
        texts.push((
            format!("{}{article}", app.say("依据 ", "by ")),
            "text.muted",
        ));
    }
    for (text, role) in texts {
        let parts = wrap_words(&text, width.saturating_sub(2)).into_iter();
        lines.extend(parts.map(|part| plain(part, role)));
    }
    lines.push(told("", "text", ""));
    lines
}
