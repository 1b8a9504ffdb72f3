//! The keys of the screen, printed.

use crate::cli::{Desk, print};
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::tui::action::ACTIONS;
use crate::tui::keymap::Keymap;

pub(crate) fn print(desk: &Desk) -> Result<u8, Refusal> {
    let keymap = Keymap::new();
    if desk.global.json {
        let all: Vec<_> = ACTIONS
            .iter()
            .map(|action| {
                serde_json::json!({
                    "action": action.key, "keys": keymap.keys(action.key), "label": action.label.get(desk.lang),
                    "place": action.place.label().get(desk.lang),
                })
            })
            .collect();
        outln!("{}", serde_json::Value::Array(all));
        return Ok(0);
    }
    let rows = ACTIONS
        .iter()
        .map(|action| {
            vec![
                action.place.label().get(desk.lang).to_owned(),
                keymap.keys(action.key).join(" "),
                action.label.get(desk.lang).to_owned(),
                action.key.to_owned(),
            ]
        })
        .collect();
    let heads = match desk.lang {
        Lang::Zh => ["哪里", "键", "做什么", ""],
        Lang::En => ["Where", "Keys", "What they do", ""],
    };
    outln!("{}", print::table(&heads, rows));
    Ok(0)
}
