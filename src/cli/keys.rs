//! The keys of the screen, printed.

use crate::cli::{Desk, print};
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::tui::action::ACTIONS;
use crate::tui::keyfile::{FILE, Problem, load};

/// Prints the keys as they are for this user, or what is wrong with the user's file.
pub(crate) fn print(desk: &Desk, check: bool) -> Result<u8, Refusal> {
    let dir = crate::tui::config::dir();
    let (keymap, problems) = load(dir.as_deref());
    if check {
        let file = dir.map(|dir| dir.join(FILE).display().to_string());
        return Ok(checked(desk, &file.unwrap_or_default(), &problems));
    }
    if desk.global.json {
        let all: Vec<_> = ACTIONS
            .iter()
            .map(|action| {
                serde_json::json!({
                    "action": action.key, "keys": keymap.keys(action.key), "label": action.label.get(desk.lang),
                    "place": action.place.label().get(desk.lang), "palette": action.listed,
                })
            })
            .collect();
        outln!("{}", serde_json::Value::Array(all));
        return Ok(0);
    }
    let rows = ACTIONS
        .iter()
        .map(|action| {
            let keys = keymap.named(action.key, " ");
            vec![
                action.place.label().get(desk.lang).to_owned(),
                if keys.is_empty() {
                    "F9".to_owned()
                } else {
                    keys
                },
                action.label.get(desk.lang).to_owned(),
                action.key.to_owned(),
            ]
        })
        .collect();
    let heads = match desk.lang {
        Lang::Zh => ["哪里", "键", "做什么", "动作"],
        Lang::En => ["Where", "Keys", "What they do", "Action"],
    };
    outln!("{}", print::table(&heads, rows));
    for problem in &problems {
        eprintln!("{}", problem.line(desk.lang));
    }
    Ok(0)
}

/// What is wrong with the user's file; 1 if anything is.
fn checked(desk: &Desk, file: &str, problems: &[Problem]) -> u8 {
    if desk.global.json {
        let all: Vec<_> = problems
            .iter()
            .map(|one| {
                serde_json::json!({
                    "file": one.file.display().to_string(), "line": one.line,
                    "problem": one.said.get(desk.lang),
                })
            })
            .collect();
        outln!("{}", serde_json::Value::Array(all));
    } else if problems.is_empty() {
        let said = match desk.lang {
            Lang::Zh => "没有问题",
            Lang::En => "nothing is wrong with it",
        };
        outln!("{file}: {said}");
    }
    for problem in problems.iter().filter(|_| !desk.global.json) {
        outln!("{}", problem.line(desk.lang));
    }
    u8::from(!problems.is_empty())
}
