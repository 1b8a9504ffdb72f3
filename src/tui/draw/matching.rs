//! Drawing who fits: why, what speaks against it, and what was said on the phone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::kind::Kind;
use crate::domain::need::RESULTS;
use crate::domain::said::{Lang, Said};
use crate::protocol::work::Match;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::board::Board;
use crate::tui::cells::{fit, wrap};
use crate::tui::draw::board::{cells, count, empty, lead, longest, names, rest, rows, tail};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::roster::{named, short};
use crate::tui::draw::tree::word;
use crate::tui::matching::Matching;
use crate::tui::paint::{Run, line, part, runs};

/// Cells that reasons take where names leave them.
const WHY: usize = 24;

/// Reasons that fit into a width, whole ones alone; the first may be cut.
fn reasons(said: &[Said], lang: Lang, width: usize) -> String {
    let gap = if lang == Lang::Zh { "，" } else { ", " };
    let mut text = String::new();
    for one in said {
        let one = one.get(lang);
        if text.is_empty() {
            one.clone_into(&mut text);
        } else if text.width() + gap.width() + one.width() <= width {
            text.push_str(gap);
            text.push_str(one);
        } else {
            break;
        }
    }
    text
}

/// What was said here last, or elsewhere.
fn asked(app: &App, one: &Matching, row: &Match) -> (String, &'static str) {
    let here = one.result(row);
    let here = match one.code.kind {
        Kind::Activity => Kind::Enrolment.spec().said(&here, app.lang).to_owned(),
        _ => word(RESULTS, &here, app.lang),
    };
    if !here.is_empty() {
        return (here, "status.ok");
    }
    match &row.asked {
        Some((day, result)) => {
            let result = word(RESULTS, result, app.lang);
            (format!("{} {result}", short(day)), "text.muted")
        }
        None => (app.say("没问过", "never").to_owned(), "text.muted"),
    }
}

/// Draws it.
pub fn matching(app: &App, board: &Board, one: &Matching, buffer: &mut Buffer, area: Rect) {
    let title = format!(
        "{}  {}",
        app.say("找人", "Who fits"),
        named(one.view.as_ref(), one.code)
    );
    let inside = shell(app, buffer, area, &title, &count(app, board));
    let (yes, all) = one.answers();
    let needed = one.needed();
    let needed = if needed.is_empty() {
        "-"
    } else {
        needed.as_str()
    };
    let enough = needed.parse::<usize>().is_ok_and(|needed| yes >= needed);
    let head: [Run; 2] = [
        (
            format!("{} {yes}/{needed}  ", app.say("答应", "yes")),
            if enough { "status.ok" } else { "status.warn" },
        ),
        (format!("{} {all}", app.say("已联系", "asked")), "text"),
    ];
    runs(buffer, inside, 0, &head, &app.theme);
    let width = usize::from(inside.width);
    let wide = width >= 100;
    let most = if wide { 20 } else { 16 };
    let place = longest(
        board,
        one.found.iter().map(|row| row.area.as_str()),
        6,
        most - 4,
    );
    let last = match (wide, app.lang) {
        (false, Lang::Zh) => 10,
        (false, Lang::En) => 12,
        (true, _) => 18,
    };
    // Who is asked is told in full; the reasons stand in full at the foot.
    let mut beside = [(12, 11), (last, 6), (place, 4), (WHY, 10)];
    let known = one.found.iter().map(|row| row.name.as_str());
    let name = names(board, known, width.saturating_sub(2 + 5), &mut beside);
    let [(phone_width, _), (last, _), (place, _), _] = beside;
    let why = width.saturating_sub(2 + name + phone_width + place + last + 5);
    let say = |zh, en| app.say(zh, en);
    let heads = format!(
        "  {} {} {} {} {}",
        fit(say("姓名", "name"), name),
        fit(say("电话", "phone"), phone_width),
        fit(say("属地", "area"), place),
        fit(say("联系", "asked"), last),
        say("理由；! 不利", "why; ! against"),
    );
    line(buffer, inside, 1, &heads, app.theme.role("text.muted"));
    let list = rest(inside, 2);
    let list = Rect {
        height: list.height.saturating_sub(2),
        ..list
    };
    empty(
        app,
        board,
        buffer,
        list,
        app.say("没有合适的人", "nobody fits"),
    );
    rows(app, board, buffer, list, |at, chosen| {
        let Some(row) = one.found.get(at) else {
            return Vec::new();
        };
        let (asked, role) = asked(app, one, row);
        let (phone, shown) = app.phone(row.code, &row.phone);
        let mut line = vec![lead(chosen, false)];
        line.extend(cells(
            chosen,
            &[
                (&row.name, name, "text"),
                (phone, phone_width, shown),
                (&row.area, place, "text"),
                (&asked, last, role),
            ],
        ));
        let against = reasons(&row.against, app.lang, why / 2);
        let against = if against.is_empty() {
            against
        } else {
            format!("! {against}  ")
        };
        let room = why.saturating_sub(against.width());
        line.push((against, "status.warn"));
        line.push(tail(chosen, &reasons(&row.why, app.lang, room), "text"));
        line
    });
    let foot = usize::from(inside.height.saturating_sub(2));
    rule(app, buffer, area, foot + 1, "");
    let full = part(inside, 0, foot as u16 + 1, inside.width, 1);
    if let Some(row) = one.found.get(board.at) {
        let said = row
            .against
            .iter()
            .chain(&row.why)
            .map(|one| one.get(app.lang));
        let text: Vec<&str> = said.collect();
        let text = format!("{}  {}", row.code, text.join(app.say("；", "; ")));
        let first = wrap(&text, width).into_iter().next().unwrap_or_default();
        line(buffer, full, 0, &first, app.theme.role("text.muted"));
    }
}
