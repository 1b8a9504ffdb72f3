//! Drawing the people of an activity: who they are, what they were told, and the strip of their insurance.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::protocol::View;
use crate::protocol::work::{CoverRow, CoverView};
use crate::tui::app::App;
use crate::tui::board::Board;
use crate::tui::cells::fit;
use crate::tui::draw::board::{cells, count, empty, lead, longest, names, rest, rows, state_width};
use crate::tui::draw::border::shell;
use crate::tui::draw::tree::word;
use crate::tui::paint::{Run, line, runs};
use crate::tui::roster::{Piece, Roster, counts, field, minutes, strip, sums};
use crate::tui::theme::FrameStyle;

/// The strip is no wider than this: more cells tell nothing more.
const WIDEST: usize = 60;
/// And no narrower while another column can give way.
const LEAST: usize = 6;

/// What a phone and a day need beside a long name.
const PHONE: usize = 11;
const DAY: usize = 8;

/// A stored moment as it is read: without the year.
pub fn short(moment: &str) -> String {
    moment.get(5..).unwrap_or(moment).replace('T', " ")
}

/// Code and title of an activity: the title yields.
pub fn named(view: Option<&View>, code: crate::domain::kind::Code) -> String {
    format!("{code}  {}", field(view, "title"))
        .trim_end()
        .to_owned()
}

/// When the sessions are: the first, and how many more.
pub fn when(app: &App, cover: &CoverView) -> String {
    let Some((from, to)) = cover.sessions.first() else {
        return app.say("时间未定", "no time yet").to_owned();
    };
    let same = from.get(..10) == to.get(..10);
    let to = if same {
        to.get(11..).unwrap_or("").to_owned()
    } else {
        short(to)
    };
    let first = format!("{}-{to}", short(from));
    match (cover.sessions.len(), app.lang) {
        (1, _) => first,
        (more, Lang::Zh) => format!("{first} 等 {more} 场"),
        (more, Lang::En) => format!("{first} and {} more", more - 1),
    }
}

/// The line of numbers below the title.
fn numbers(app: &App, one: &Roster) -> Vec<Run> {
    let [people, holes, untold] = sums(&one.cover);
    let needed = field(one.view.as_ref(), "needed");
    let needed = if needed.is_empty() {
        "-"
    } else {
        needed.as_str()
    };
    let mut line = vec![
        (format!("{}  ", when(app, &one.cover)), "text.strong"),
        (
            format!("{} {people}/{needed}  ", app.say("人", "people")),
            "text",
        ),
    ];
    if !one.cover.dangerous {
        line.push((
            app.say("未列危险", "no danger listed").to_owned(),
            "text.muted",
        ));
        return line;
    }
    let role = |count| {
        if count > 0 {
            "status.danger"
        } else {
            "status.ok"
        }
    };
    let number = |zh: &str, en: &str, count: usize| match app.lang {
        Lang::Zh => format!("{zh} {count} 人  "),
        Lang::En => format!("{en} {count}  "),
    };
    line.push((number("缺险", "uninsured", holes), role(holes)));
    line.push((number("未告知", "untold", untold), role(untold)));
    line
}

/// The dangers that were ticked.
fn dangers(app: &App, one: &Roster) -> String {
    let words = one
        .view
        .as_ref()
        .and_then(|view| view.fields.get("dangers"));
    let known = Kind::Activity
        .spec()
        .field("dangers")
        .map_or(&[][..], |field| field.words());
    let words: Vec<String> = words
        .map(|value| {
            value
                .texts()
                .map(|text| word(known, text, app.lang))
                .collect()
        })
        .unwrap_or_default();
    if words.is_empty() {
        return String::new();
    }
    format!(
        "{} {}",
        app.say("危险", "dangers"),
        words.join(app.say("、", ", "))
    )
}

/// What somebody was told, in words.
fn told(app: &App, row: &CoverRow, dangerous: bool) -> (String, &'static str) {
    match (row.told, row.told_on.is_empty()) {
        (true, _) => (format!("✓ {}", short(&row.told_on)), "status.ok"),
        (false, false) if !dangerous => (short(&row.told_on), "text.muted"),
        (false, false) => {
            let late = app.say("迟", "late");
            (format!("{late} {}", short(&row.told_on)), "status.danger")
        }
        (false, true) if dangerous && counts(row) => {
            (app.say("缺", "not told").to_owned(), "status.danger")
        }
        (false, true) => ("-".to_owned(), "text.muted"),
    }
}

/// How long nobody insures somebody, in words.
fn missing(app: &App, row: &CoverRow, dangerous: bool, alarm: bool) -> (String, &'static str) {
    let open: i64 = row.holes.iter().map(minutes).sum();
    let role = if alarm { "status.danger" } else { "text.muted" };
    match (open, app.lang) {
        // Nobody has to be insured where nothing is dangerous.
        (1.., _) if !dangerous => ("-".to_owned(), role),
        (0, Lang::Zh) => ("齐".to_owned(), "status.ok"),
        (0, Lang::En) => ("whole".to_owned(), "status.ok"),
        (_, Lang::Zh) => (format!("缺{open}分"), role),
        (_, Lang::En) => (format!("{open} open"), role),
    }
}

/// The strip as runs: whole, open, and what parts two sessions.
fn pieces(app: &App, one: &Roster, row: &CoverRow, width: usize, alarm: bool) -> Vec<Run> {
    let (whole, open) = match app.frame() {
        FrameStyle::Line => ("━", "·"),
        FrameStyle::Title => ("=", "."),
    };
    let role = if alarm { "status.danger" } else { "text.muted" };
    let mut runs: Vec<Run> = Vec::new();
    for piece in strip(&one.cover.sessions, &row.holes, width) {
        let (glyph, role) = match piece {
            Piece::Covered => (whole, "status.ok"),
            Piece::Hole if !one.cover.dangerous => (" ", "text"),
            Piece::Hole => (open, role),
            Piece::Gap => (" ", "text"),
        };
        match runs.last_mut().filter(|last| last.1 == role) {
            Some(last) => last.0.push_str(glyph),
            None => runs.push((glyph.to_owned(), role)),
        }
    }
    runs
}

/// Draws it.
pub fn roster(app: &App, board: &Board, one: &Roster, buffer: &mut Buffer, area: Rect) {
    let title = format!(
        "{}  {}",
        app.say("名单", "People"),
        named(one.view.as_ref(), one.activity)
    );
    let inside = shell(app, buffer, area, &title, &count(app, board));
    runs(buffer, inside, 0, &numbers(app, one), &app.theme);
    line(
        buffer,
        inside,
        1,
        &dangers(app, one),
        app.theme.role("status.warn"),
    );
    let width = usize::from(inside.width);
    let people = || one.cover.people.iter();
    let state = state_width(app);
    let (time, hole) = if app.lang == Lang::Zh {
        (14, 8)
    } else {
        (16, 10)
    };
    // On a narrow screen the strip is worth more than the role.
    let most = if width < 90 { 6 } else { 16 };
    let role = longest(board, people().map(|row| row.role.as_str()), 4, most);
    let role = if 2 + state + 12 + time + hole + 6 + 6 + role + LEAST > width {
        0
    } else {
        role
    };
    let mut beside = [(12, PHONE), (time, DAY), (role, 0)];
    let others = 2 + state + hole + 6;
    let known = people().map(|row| row.name.as_str());
    let name = names(board, known, width.saturating_sub(others), &mut beside);
    let [(phone_width, _), (time, _), (role, _)] = beside;
    let used = others + name + phone_width + time + role;
    let room = width.saturating_sub(used).min(WIDEST);
    let say = |zh, en| app.say(zh, en);
    let heads = format!(
        "  {} {} {} {} {} {} {}",
        fit(say("状态", "state"), state),
        fit(say("姓名", "name"), name),
        fit(say("电话", "phone"), phone_width),
        fit(say("岗位", "role"), role),
        fit(say("告知", "told"), time),
        fit(say("保险", "insured"), hole),
        if room > 8 && one.cover.dangerous {
            match app.frame() {
                FrameStyle::Line => say("逐场：· 即缺", "by session: · is open"),
                FrameStyle::Title => say("逐场：. 即缺", "by session: . is open"),
            }
        } else {
            ""
        },
    );
    line(buffer, inside, 2, &heads, app.theme.role("text.muted"));
    let list = rest(inside, 3);
    let text = app.keyed(
        "还没有人：{new} 加人，{people.replace} 找人",
        "nobody yet: {new} adds, {people.replace} finds",
    );
    empty(app, board, buffer, list, &text);
    rows(app, board, buffer, list, |at, chosen| {
        let Some(row) = one.cover.people.get(at) else {
            return Vec::new();
        };
        let alarm = one.cover.dangerous && counts(row);
        let plain = if counts(row) { "text" } else { "text.muted" };
        let (phone, shown) = app.phone(row.volunteer, &row.phone);
        let (told, told_role) = told(app, row, one.cover.dangerous);
        let (open, open_role) = missing(app, row, one.cover.dangerous, alarm);
        let said = Kind::Enrolment.spec().said(&row.status, app.lang);
        let mut line = vec![lead(chosen, board.marked.contains(&row.enrolment))];
        line.extend(cells(
            chosen,
            &[
                (said, state, plain),
                (&row.name, name, plain),
                (
                    phone,
                    phone_width,
                    if shown == "text" { plain } else { shown },
                ),
                (&row.role, role, plain),
                (&told, time, told_role),
                (&open, hole, open_role),
            ],
        ));
        line.extend(pieces(app, one, row, room, alarm));
        line
    });
}
