//! What is said of a record first: what to read aloud, then what the rules hold against it.

use crate::domain::kind::Kind;
use crate::domain::refusal::RefusalKind;
use crate::domain::value::Value;
use crate::protocol::View;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::cells::wrap_words;
use crate::tui::paint::Run;

fn put(lines: &mut Vec<Vec<Run>>, lead: &str, text: &str, role: &'static str, width: usize) {
    let indent = lead.width();
    let parts = wrap_words(text, width.saturating_sub(indent).max(8));
    for (nth, part) in parts.into_iter().enumerate() {
        let lead = match nth {
            0 => lead.to_owned(),
            _ => " ".repeat(indent),
        };
        lines.push(vec![(format!("{lead}{part}"), role)]);
    }
}

/// The role of a state in which a record must not be relied on: a certificate that no longer stands is red.
pub fn alarm(kind: Kind, status: &str) -> Option<&'static str> {
    (kind == Kind::Certificate && matches!(status, "待更正" | "已撤销")).then_some("status.danger")
}

/// The lines, in a width; none where there is nothing to say.
pub fn first(app: &App, view: &View, width: usize) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    let status = view.fields.get("status").and_then(Value::text);
    let role = status
        .and_then(|status| alarm(view.kind, status))
        .unwrap_or("text.strong");
    for (nth, said) in view.told.iter().enumerate() {
        // The first sentence is what there is to say; the others go with it.
        let role = match (nth, role) {
            (1.., "text.strong") => "text",
            _ => role,
        };
        let text = app.way_of(said.get(app.lang), Some(view.code));
        put(&mut lines, "", &text, role, width);
    }
    for finding in &view.findings {
        let breach = finding.kind == RefusalKind::Rule;
        let (mark, role) = match breach {
            true => (app.say("违 ", "!! "), "status.danger"),
            false => (app.say("注 ", "!  "), "status.warn"),
        };
        let mut text = app.way_of(finding.message.get(app.lang), Some(view.code));
        if let Some(article) = &finding.article {
            text.push_str(&format!("（{article}）"));
        }
        put(&mut lines, mark, &text, role, width);
        if !finding.hint.is_empty() {
            let hint = app.way_of(finding.hint.get(app.lang), Some(view.code));
            put(
                &mut lines,
                app.say("   办法：", "   way out: "),
                &hint,
                "text.muted",
                width,
            );
        }
    }
    lines
}
