//! Drawing the hours of an activity, and the sums of a year.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::kind::Kind;
use crate::domain::said::Lang;
use crate::domain::service_record::CONFIRMED;
use crate::tui::app::App;
use crate::tui::board::Board;
use crate::tui::cells::{fit, wrap_words};
use crate::tui::draw::board::{
    cells, count, duration, empty, lead, names, rest, right, rows, state_width,
};
use crate::tui::draw::border::{rule, shell};
use crate::tui::draw::roster::{named, when};
use crate::tui::draw::typed::typed;
use crate::tui::hours::{Hours, Line, PENDING};
use crate::tui::hours_sum::Sums;
use crate::tui::paint::{Run, line, runs};

/// How many rows are in a state, and their minutes.
fn sum(one: &Hours, state: &str) -> (usize, i64) {
    let records = one.lines.iter().filter_map(|line| line.record.as_ref());
    let minutes = records
        .filter(|record| record.status == state)
        .map(|record| record.minutes.parse::<i64>().unwrap_or(0));
    minutes.fold((0, 0), |(count, sum), minutes| (count + 1, sum + minutes))
}

/// When it was and how long, and what is not saved.
fn length(app: &App, one: &Hours) -> Vec<Run> {
    let mut line = vec![(format!("{}  ", when(app, &one.cover)), "text.strong")];
    let text = match app.lang {
        Lang::Zh => format!("场次 {} 分  ", one.length()),
        Lang::En => format!("sessions {} min  ", one.length()),
    };
    line.push((text, "text"));
    let kept = app.said_ahead(&one.ahead);
    if !kept.is_empty() {
        line.push((format!("{kept}  "), "text.muted"));
    }
    let typed = one.typed.len();
    if typed > 0 {
        let steps = app.keymap.short("steps");
        let text = match app.lang {
            Lang::Zh => format!("未保存 {typed} 行 {steps}"),
            Lang::En => format!("not saved {typed}: {steps}"),
        };
        line.push((text, "status.warn"));
    }
    line
}

/// What is confirmed and what is pending.
fn numbers(app: &App, one: &Hours) -> Vec<Run> {
    let number = |(state, role)| {
        let (count, minutes) = sum(one, state);
        let said = Kind::ServiceRecord.spec().said(state, app.lang);
        let text = match app.lang {
            Lang::Zh => format!("{said} {count} 条 {minutes} 分  "),
            Lang::En => format!("{said} {count}: {minutes} min  "),
        };
        (text, if count > 0 { role } else { "text.muted" })
    };
    [(CONFIRMED, "status.ok"), (PENDING, "status.new")]
        .map(number)
        .to_vec()
}

/// Minutes, evidence, state and what is held against a row.
type Told = (Run, Run, Run, Run);

fn told(app: &App, one: &Hours, row: &Line) -> Told {
    let none = || (String::new(), "text");
    if let Some(record) = &row.record {
        let held = one
            .trials
            .get(&record.code)
            .and_then(|trial| trial.held.as_ref());
        let said = Kind::ServiceRecord.spec().said(&record.status, app.lang);
        let role = match record.status.as_str() {
            CONFIRMED => "status.ok",
            PENDING => "status.new",
            _ => "status.warn",
        };
        let held = match held.filter(|_| record.status == PENDING) {
            Some(held) => (format!("! {held}"), "status.danger"),
            None => (record.day.clone(), "text.muted"),
        };
        let minutes = (format!("{:>6}", record.minutes), "text");
        return (
            minutes,
            (record.evidence.clone(), "text"),
            (said.to_owned(), role),
            held,
        );
    }
    if !row.open() {
        let text = app.say("不能填时长", "no hours here");
        return (none(), none(), none(), (text.to_owned(), "text.muted"));
    }
    let draft = one.typed.get(&row.slot());
    let minutes = draft.map_or("", |draft| draft.minutes.as_str());
    let evidence = draft.map_or_else(String::new, |draft| draft.evidence.clone());
    let state = if draft.is_some() {
        app.say("未保存", "not saved")
    } else {
        ""
    };
    let problem = draft.map_or_else(String::new, |draft| draft.problem.clone());
    (
        (format!("{minutes:_>6}"), "input"),
        (evidence, "input"),
        (state.to_owned(), "status.warn"),
        (problem, "msg.error"),
    )
}

/// Columns that evidence keeps beside a long name.
const PROOF: usize = 6;

/// Columns of a day without its year.
const DAY: usize = 5;

/// Draws the hours of an activity; gives the place of the cursor while evidence is typed.
pub fn hours(
    app: &App,
    board: &Board,
    one: &Hours,
    buffer: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let title = format!(
        "{}  {}",
        app.say("时长", "Hours"),
        named(one.view.as_ref(), one.activity)
    );
    let inside = shell(app, buffer, area, &title, &count(app, board));
    let lead_text = app.say("依据: ", "evidence: ");
    let mut place = None;
    match &one.evidence {
        Some(input) => {
            let style = app.theme.role("input");
            place = typed(buffer, inside, 0, lead_text, input, style);
        }
        None => runs(buffer, inside, 0, &length(app, one), &app.theme),
    }
    runs(buffer, inside, 1, &numbers(app, one), &app.theme);
    let width = usize::from(inside.width);
    let wide = width >= 100;
    let (enrolled, state) = (state_width(app), if app.lang == Lang::Zh { 6 } else { 9 });
    let say = |zh, en| app.say(zh, en);
    // The day stands in a column of its own where an activity had several.
    let several = one.days().len() > 1;
    let others = 2 + enrolled + 6 + state + 5 + if several { DAY + 1 } else { 0 };
    let proof = if wide { 24 } else { 12 };
    let mut beside = [(proof, PROOF), (if wide { 10 } else { 0 }, 0)];
    let known = one.lines.iter().map(|line| line.name.as_str());
    let name = names(board, known, width.saturating_sub(others), &mut beside);
    let [(proof, _), _] = beside;
    let day = if several {
        format!("{} ", fit(say("日期", "day"), DAY))
    } else {
        String::new()
    };
    let heads = format!(
        "  {} {day}{} {} {} {} {}",
        fit(say("姓名", "name"), name),
        fit(say("派遣", "enrolled"), enrolled),
        fit(say("分钟", "min"), 6),
        fit(say("依据", "evidence"), proof),
        fit(say("状态", "state"), state),
        say("核对", "check"),
    );
    line(buffer, inside, 2, &heads, app.theme.role("text.muted"));
    let list = rest(inside, 3);
    let list = Rect {
        height: list.height.saturating_sub(3),
        ..list
    };
    empty(
        app,
        board,
        buffer,
        list,
        app.say("名单上还没有人：r 名单", "nobody is enrolled: r"),
    );
    rows(app, board, buffer, list, |at, chosen| {
        let Some(row) = one.lines.get(at) else {
            return Vec::new();
        };
        let again = at.checked_sub(1).and_then(|at| one.lines.get(at));
        let same = at > board.top && again.is_some_and(|last| last.volunteer == row.volunteer);
        let shown = if same { "" } else { row.name.as_str() };
        let own = if row.enrolled.is_empty() {
            say("不在名单", "not listed")
        } else {
            Kind::Enrolment.spec().said(&row.enrolled, app.lang)
        };
        let (minutes, evidence, status, held) = told(app, one, row);
        let plain = if row.open() || row.record.is_some() {
            "text"
        } else {
            "text.muted"
        };
        let mut line = vec![lead(chosen, board.marked.contains(&row.code()))];
        let mut parts = vec![
            (shown, name, plain),
            (own, enrolled, plain),
            (minutes.0.as_str(), 6, minutes.1),
            (evidence.0.as_str(), proof, evidence.1),
            (status.0.as_str(), state, status.1),
        ];
        if several {
            parts.insert(1, (row.day.get(5..).unwrap_or(""), DAY, plain));
        }
        line.extend(cells(chosen, &parts));
        line.push(held);
        line
    });
    // What is held against the selected row, in full.
    let foot = inside.height.saturating_sub(3);
    rule(app, buffer, area, usize::from(foot) + 1, "");
    if let Some(row) = one.lines.get(board.at) {
        let (_, _, _, held) = told(app, one, row);
        let full = rest(inside, foot + 1);
        let text = format!("{}  {}  {}", row.code(), row.name, held.0);
        for (nth, text) in wrap_words(&text, width).iter().take(2).enumerate() {
            line(buffer, full, nth, text, app.theme.role(held.1));
        }
    }
    place
}

/// Draws the sums of a year.
pub fn sums(app: &App, board: &Board, one: &Sums, buffer: &mut Buffer, area: Rect) {
    let title = match app.lang {
        Lang::Zh => format!("时长汇总  {}  {} 年", one.view.name, one.year),
        Lang::En => format!("Hours  {}  {}", one.view.name, one.year),
    };
    let inside = shell(app, buffer, area, &title, &count(app, board));
    let own = if one.own {
        app.say("本级记录  ", "its own records  ")
    } else {
        ""
    };
    let total = [
        (own.to_owned(), "text"),
        (app.say("已确认 ", "confirmed ").to_owned(), "text"),
        (duration(app, one.view.minutes), "text.strong"),
        (
            match app.lang {
                Lang::Zh => format!("  共 {} 分", one.view.minutes),
                Lang::En => format!("  {} min", one.view.minutes),
            },
            "text.muted",
        ),
    ];
    runs(buffer, inside, 0, &total, &app.theme);
    let list = rest(inside, 2);
    let width = usize::from(inside.width);
    let foot = inside.height.saturating_sub(2);
    let list = Rect {
        height: list.height.saturating_sub(2),
        ..list
    };
    empty(
        app,
        board,
        buffer,
        list,
        app.say("这一年没有时长：[ ] 换年", "none in this year: [ ]"),
    );
    let name = width.saturating_sub(50).clamp(12, 60);
    rows(app, board, buffer, list, |at, chosen| {
        let Some(row) = one.view.rows.get(at) else {
            return Vec::new();
        };
        let said = Kind::ServiceRecord.spec().said(&row.status, app.lang);
        let first = one.itself(row);
        let title = one.name(row, app.lang);
        let note = if first {
            app.say("本级", "itself")
        } else {
            said
        };
        let role = if first { "text.muted" } else { "text" };
        let mut line = vec![lead(chosen, false)];
        line.extend(cells(
            chosen,
            &[
                (&title, name, "text"),
                (&right(&duration(app, row.minutes), 18), 18, "text"),
                (note, 9, role),
                (&row.evidence, 14, "text.muted"),
            ],
        ));
        line
    });
    rule(app, buffer, area, usize::from(foot) + 1, "");
    if let Some(row) = one.view.rows.get(board.at) {
        let title = one.name(row, app.lang);
        let text = format!("{}  {title}  {}", row.code, row.evidence);
        line(
            buffer,
            inside,
            usize::from(foot) + 1,
            &text,
            app.theme.role("text.muted"),
        );
    }
}
