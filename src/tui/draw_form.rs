//! Drawing forms.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::field::Need;
use crate::domain::said::Lang;
use crate::tui::app::App;
use crate::tui::cells::{fit, wrap};
use crate::tui::draw_over::{cursor, frame};
use crate::tui::form::Form;
use crate::tui::paint::{at, line};

/// Draws a form; gives the place of the cursor.
pub fn form(app: &App, form: &Form, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let hint = if form.confirmed {
        app.say("再按 F8 确认保存", "F8 again saves it")
    } else {
        app.say(
            "F8 保存  Esc 离开（草稿保留）",
            "F8 saves  Esc leaves (draft kept)",
        )
    };
    let inside = frame(app, buffer, area, &form.title, hint);
    let label_width = if app.lang == Lang::Zh { 18 } else { 22 };
    let rows = usize::from(inside.height.saturating_sub(2));
    let mut place = None;
    for (row, nth) in (form.top..form.fields.len()).take(rows).enumerate() {
        let (Some(field), Some(input)) = (form.fields.get(nth), form.inputs.get(nth)) else {
            break;
        };
        let mark = if field.need == Need::Required {
            "*"
        } else {
            " "
        };
        let here = nth == form.at;
        let label = format!(
            "{}{mark}{}",
            if here { ">" } else { " " },
            field.label.get(app.lang)
        );
        let problem = form.problems.get(field.key);
        let room = usize::from(inside.width).saturating_sub(label_width);
        let value_width = room * 2 / 5;
        at(
            buffer,
            inside,
            0,
            row,
            &fit(&label, label_width),
            app.theme.role(if here { "text.strong" } else { "text" }),
        );
        let role = if problem.is_some() {
            "input.invalid"
        } else {
            "input"
        };
        let scroll = input.visual_scroll(value_width.saturating_sub(1));
        let shown: String = visible(input.value(), scroll);
        at(
            buffer,
            inside,
            label_width,
            row,
            &fit(&shown, value_width),
            app.theme.role(role),
        );
        let kept = form.kept(field) && input.value().is_empty();
        let note = match problem {
            Some(problem) => format!("! {problem}"),
            None if kept => app
                .say("不填则保持原值", "empty keeps what is there")
                .to_owned(),
            None if here && !field.words().is_empty() => choices(field, app.lang),
            None if here => field.help.get(app.lang).to_owned(),
            None => String::new(),
        };
        let role = if problem.is_some() {
            "msg.error"
        } else {
            "text.muted"
        };
        at(
            buffer,
            inside,
            label_width + value_width + 1,
            row,
            &fit(&note, room.saturating_sub(value_width + 1)),
            app.theme.role(role),
        );
        if here {
            let column = label_width + input.visual_cursor().saturating_sub(scroll);
            place = cursor(inside, column, row);
        }
    }
    // A long problem is told in full below.
    if let Some(problem) = form
        .fields
        .get(form.at)
        .and_then(|field| form.problems.get(field.key))
    {
        for (nth, text) in wrap(problem, usize::from(inside.width))
            .into_iter()
            .take(2)
            .enumerate()
        {
            line(
                buffer,
                inside,
                rows + nth,
                &text,
                app.theme.role("msg.error"),
            );
        }
    } else if let Some((_, text)) = &app.message {
        line(buffer, inside, rows, text, app.theme.role("msg.warn"));
    }
    place
}

fn visible(text: &str, scroll: usize) -> String {
    let mut skipped = 0;
    text.chars()
        .skip_while(|c| {
            let skip = skipped < scroll;
            skipped += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
            skip
        })
        .collect()
}

fn choices(field: &crate::domain::field::Field, lang: Lang) -> String {
    field
        .words()
        .iter()
        .enumerate()
        .map(|(nth, word)| format!("{} {}", nth + 1, word.get(lang)))
        .collect::<Vec<_>>()
        .join("  ")
}
