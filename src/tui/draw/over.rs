//! Drawing what lies over the panes.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;

use crate::domain::spot::label;
use crate::tui::app::App;
use crate::tui::ask::Asked;
use crate::tui::draw::border::shell;
use crate::tui::draw::typed::typed;
use crate::tui::draw::{
    board, card, case, confirm, conflict, cover, form, help, log, look, menu, pick, selftest,
};
use crate::tui::form::Form;
use crate::tui::key::REASONS;
use crate::tui::overlay::Overlay;
use crate::tui::paint::{line, part};

/// The box of an overlay, in the middle; on a small screen the large ones take it all.
fn place(area: Rect, width: u16, height: u16) -> Rect {
    // The last two rows keep message and hints.
    let free = area.height.saturating_sub(2);
    let (width, height) = (width.min(area.width), height.min(free));
    part(
        area,
        (area.width - width) / 2,
        (free - height) / 2,
        width,
        height,
    )
}

fn large(area: Rect) -> Rect {
    if area.width < 100 {
        return place(area, area.width, area.height);
    }
    let width = 132.min(area.width.saturating_sub(8));
    place(area, width, area.height.saturating_sub(6))
}

/// From so many columns on the evidence stands beside the form of a step.
const BESIDE: u16 = 120;

/// Where a form stands, and where what is asked about stands beside it.
fn form_place(area: Rect, case: bool) -> (Rect, Option<Rect>) {
    if !case || area.width < BESIDE {
        return (large(area), None);
    }
    let whole = place(area, area.width, area.height);
    let wide = whole.width * 3 / 5;
    let beside = part(whole, wide, 0, whole.width - wide, whole.height);
    (part(whole, 0, 0, wide, whole.height), Some(beside))
}

/// Tells the look-up and the form how many rows they have.
pub fn measure(app: &mut App, area: Rect) {
    let large = large(area);
    let (beside, _) = form_place(area, app.beside_form().is_some());
    match app.over.last_mut() {
        Some(Overlay::Look(look)) => {
            look.list.height = usize::from(look::rows(large.height));
            look.list.keep();
        }
        Some(Overlay::Form(one)) => form::scroll(one, beside),
        Some(Overlay::Board(one)) => {
            one.height = board::height(one, place(area, area.width, area.height));
            one.keep();
        }
        _ => {}
    }
}

/// Draws a form, where there is room with what it asks about beside it.
fn with_evidence(app: &App, one: &Form, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let (room, beside) = form_place(area, app.beside_form().is_some());
    if let (Some(card), Some(beside)) = (app.beside_form(), beside) {
        case::beside(app, &card.view, buffer, beside);
    }
    form::form(app, one, buffer, room)
}

/// Draws the topmost overlay, and below a small one what it belongs to; gives the place of the cursor.
pub fn draw(app: &App, buffer: &mut Buffer, area: Rect) -> Option<Position> {
    match app.covered() {
        true => layer(app, &[Overlay::Cover], buffer, area),
        false => layer(app, &app.over, buffer, area),
    }
}

fn layer(app: &App, over: &[Overlay], buffer: &mut Buffer, area: Rect) -> Option<Position> {
    let (top, below) = over.split_last()?;
    if top.small() {
        let below = match below {
            // A form that asks nothing was never seen.
            [rest @ .., Overlay::Form(form)] if form.fields.is_empty() => rest,
            all => all,
        };
        layer(app, below, buffer, area);
    }
    match top {
        Overlay::Look(one) => look::look(app, one, buffer, large(area)),
        Overlay::Card(one) => {
            let whole = place(area, area.width, area.height);
            let room = if one.case.is_some() {
                whole
            } else {
                large(area)
            };
            card::card(app, one, buffer, room);
            None
        }
        Overlay::Form(one) => with_evidence(app, one, buffer, area),
        Overlay::Menu(one) => {
            let width = 84.min(area.width.saturating_sub(6).max(40));
            let high = menu::height(one).min(area.height.saturating_sub(4));
            menu::menu(app, one, buffer, place(area, width, high))
        }
        Overlay::Pick(one) => {
            let width = 76.min(area.width.saturating_sub(6).max(40));
            pick::pick(app, one, buffer, place(area, width, pick::height(one)))
        }
        Overlay::Confirm(one) => {
            let width = confirm::WIDE.min(area.width);
            let high = confirm::height(app, one, width);
            confirm::confirm(app, one, buffer, place(area, width, high))
        }
        Overlay::Conflict(one) => {
            conflict::conflict(app, one, buffer, large(area));
            None
        }
        Overlay::Log(one) => log::log(app, one, buffer, large(area)),
        Overlay::Ask(one) => {
            let inside = shell(app, buffer, place(area, 60, 6), &one.title, "");
            let (lead, text) = match one.of {
                Asked::Period(..) => (
                    app.say("日期: ", "days: "),
                    app.say(
                        "2026-11、11-20..12-05、..12-01；Enter 筛选，Esc 返回",
                        "2026-11, 11-20..12-05, ..12-01; Enter filters, Esc back",
                    ),
                ),
                Asked::Pin(_) => (
                    app.say("口令: ", "PIN: "),
                    app.say("Enter 存下，Esc 返回", "Enter keeps it, Esc goes back"),
                ),
                _ => (
                    app.say("名称: ", "name: "),
                    app.say("Enter 存下，Esc 返回", "Enter keeps it, Esc goes back"),
                ),
            };
            let style = app.theme.role("input");
            let place = match &one.of {
                // Whoever looks over the shoulder counts stars.
                Asked::Pin(_) => {
                    let stars = "*".repeat(one.input.value().chars().count());
                    typed(buffer, inside, 1, lead, &Input::new(stars), style)
                }
                _ => typed(buffer, inside, 1, lead, &one.input, style),
            };
            line(buffer, inside, 3, text, app.theme.role("text.muted"));
            place
        }
        Overlay::Help(one) => help::help(app, one, buffer, large(area)),
        Overlay::Reason(code, field, input) => {
            let title = app.say(
                "显示隐藏项：写明原因，将记入日志",
                "Show a masked field: the reason is logged",
            );
            let inside = shell(app, buffer, place(area, 72, 9), title, "");
            let label = label(code.kind, field, app.lang);
            let text = format!("{code}  {label}");
            line(buffer, inside, 0, &text, app.theme.role("text.strong"));
            let lead = app.say("原因: ", "reason: ");
            let style = app.theme.role("input");
            let place = typed(buffer, inside, 2, lead, input, style);
            let digits: Vec<String> = REASONS
                .iter()
                .enumerate()
                .map(|(nth, reason)| format!("{} {}", nth + 1, reason.get(app.lang)))
                .collect();
            let text = digits.join("  ");
            line(buffer, inside, 4, &text, app.theme.role("text"));
            let text = app.say(
                "数字即选，或写明后 Enter；显示 20 秒",
                "a digit at once, or write it and Enter; shown for 20 seconds",
            );
            line(buffer, inside, 5, text, app.theme.role("text.muted"));
            place
        }
        Overlay::Board(one) => board::board(app, one, buffer, place(area, area.width, area.height)),
        Overlay::Selftest(one) => {
            selftest::selftest(app, one, buffer, large(area));
            None
        }
        // The tour fills the screen and is drawn before anything else.
        Overlay::Tour(_) => None,
        Overlay::Cover => cover::cover(app, buffer, area),
    }
}
