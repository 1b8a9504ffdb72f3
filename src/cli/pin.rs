//! `kezhi pin`: whether a covered screen asks for digits; who forgot them takes them away.

use crate::cli::{Desk, odd};
use crate::domain::refusal::Refusal;
use crate::domain::said::Said;
use crate::protocol::pin::{Pin, PinView};
use crate::protocol::{Answer, Request};
use crate::say;

/// Says it, or takes them away: whoever could log in needs no other proof.
pub(crate) fn pin(desk: &Desk, clear: bool) -> Result<u8, Refusal> {
    let asked = if clear { Pin::Clear } else { Pin::Known };
    let Answer::Pin(view) = desk.connect()?.ask(Request::Pin(asked))? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!(
            "{}",
            serde_json::json!({ "set": view.set, "wait": view.wait })
        );
    } else {
        outln!("{}", told(view, clear).get(desk.lang));
    }
    Ok(0)
}

fn told(view: PinView, clear: bool) -> Said {
    let wait = view.wait;
    match (view.set, wait) {
        _ if clear => say!(
            "遮挡口令已去掉：屏幕遮挡后按 Enter 回来",
            "the PIN is taken away: a covered screen comes back with Enter"
        ),
        (false, _) => say!(
            "没有设遮挡口令；在屏幕上按 F9 设",
            "no PIN is set; F9 on the screen sets one"
        ),
        (true, 0) => say!(
            "设了遮挡口令；忘了执行 kezhi pin --clear",
            "a PIN is set; if you forgot it: kezhi pin --clear"
        ),
        (true, _) => say!(
            "设了遮挡口令，错得太多，{wait} 秒后再试；忘了执行 kezhi pin --clear",
            "a PIN is set and was wrong too often, the next try counts in {wait} s; if you forgot it: kezhi pin --clear"
        ),
    }
}
