//! A case on the screen: what it is, what happened, the answer beside the evidence, and what comes next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::field::Type;
use crate::domain::kind::Kind;
use crate::domain::said::{Lang, Text, t};
use crate::domain::setting::HOUSE;
use crate::domain::value::Value;
use crate::protocol::View;
use crate::protocol::matter::CaseView;
use crate::terminal::width::Measure;
use crate::tui::app::App;
use crate::tui::case::open_steps;
use crate::tui::draw::border::{divider, more, rule, shell};
use crate::tui::draw::card::{ON, paint, spaced, title};
use crate::tui::draw::clock::{Lines, clock, counted, left, put};
use crate::tui::draw::first::first;
use crate::tui::draw::group::lines;
use crate::tui::draw::history;
use crate::tui::draw::others::beside_others;
use crate::tui::overlay::Card;
use crate::tui::paint::{Run, part, runs};

/// The way from its entry to its end, of the kinds that have states beside it.
const WAYS: &[(Kind, &[&str])] = &[
    (Kind::Complaint, &["登记", "受理", "核查", "答复", "办结"]),
    (Kind::Sanction, &["拟议", "告知", "陈述", "初定", "生效"]),
];

/// From so many columns on the answer has a column of its own.
const THREE: u16 = 160;

/// The fields on the left: who and what, then what is only sometimes there.
const LEFT: &[&str] = &[
    "kind",
    "channel",
    "received_at",
    "complainant",
    "anonymous",
    "confidential",
    "contact",
    "wanted",
    "representatives",
    "accused",
    "accused_other",
    "activity",
    "subject",
    "right",
    "topic",
    "receiver",
    "outside",
    "handler",
    "recused",
];

/// What the timeline, the title or another line tells already.
const TOLD: &[&str] = &[
    "title",
    "status",
    "clock",
    "due_on",
    "day",
    "route",
    "taken_by",
    "linked",
    "transfers",
    "urgent",
];

/// What was said and found: the evidence for the answer.
const EVIDENCE: &[&str] = &["facts", "happened_at", "place", "claims", "evidence"];

/// What the answer says.
const ANSWER: &[&str] = &["found", "reasons", "outcome", "decision", "basis", "remedy"];

/// The fields that stand nowhere else; the days of a complaint stand in its timeline.
fn rest(view: &View) -> Vec<&'static str> {
    let named = [LEFT, TOLD, EVIDENCE, ANSWER];
    let fields = view.kind.spec().fields.iter();
    let free = fields.filter(|field| {
        let told = named.iter().any(|keys| keys.contains(&field.key));
        let dated = view.kind == Kind::Complaint && matches!(field.of, Type::Day);
        !told && !dated && !field.inner && field.key != "against"
    });
    free.map(|field| field.key).collect()
}

fn head(text: Text, lang: Lang) -> Vec<Run> {
    vec![(text.get(lang).to_owned(), "text.strong")]
}

fn shown(app: &App, view: &View, keys: &[&str], width: usize) -> Lines {
    let spec = view.kind.spec();
    let held = keys.iter().filter_map(|key| {
        let field = spec.field(key)?;
        Some((field, view.fields.get(*key)?))
    });
    held.flat_map(|(field, value)| lines(app, view, field, value, width))
        .collect()
}

/// The states on the way, the present one in brackets; one beside the way stands behind it.
fn way(app: &App, view: &View, width: usize) -> Lines {
    let spec = view.kind.spec();
    let now = view.fields.get("status");
    let now = now.map_or_else(String::new, ToString::to_string);
    let mut all: Vec<&str> = match WAYS.iter().find(|(kind, _)| *kind == view.kind) {
        Some((_, way)) => way.to_vec(),
        None => spec.states.iter().map(|state| state.name.zh).collect(),
    };
    let beside = !all.contains(&now.as_str());
    if beside {
        all.push(&now);
    }
    let mut line: Vec<Run> = vec![("  ".to_owned(), "text")];
    let (mut lines, mut used) = (Lines::new(), 2);
    for (nth, state) in all.iter().enumerate() {
        let name = spec.said(state, app.lang);
        let here = *state == now;
        let text = if here {
            format!("[{name}]")
        } else {
            name.to_owned()
        };
        let gap = match nth {
            0 => "",
            _ if here && beside => " ",
            _ => ">",
        };
        if used + gap.width() + text.width() > width {
            lines.push(std::mem::replace(
                &mut line,
                vec![("    ".to_owned(), "text")],
            ));
            used = 4;
        }
        used += gap.width() + text.width();
        line.push((gap.to_owned(), "text.muted"));
        line.push((text, if here { "text.strong" } else { "text.muted" }));
    }
    lines.push(line);
    lines
}

/// What was said and found of a case, for whoever writes the answer.
pub fn evidence(app: &App, view: &View, width: usize) -> Lines {
    let mut all = vec![head(t("事实与证据", "Facts and evidence"), app.lang)];
    all.extend(shown(app, view, EVIDENCE, width));
    all
}

fn elements(app: &App, case: &CaseView, view: &View, width: usize, apart: bool) -> Lines {
    let mut all = way(app, view, width);
    all.extend(case.clocks.iter().flat_map(|one| clock(app, one, width)));
    all.extend(first(app, view, width));
    all.extend(shown(app, view, LEFT, width));
    if view.kind.spec().sealed {
        let text = match view.kind {
            Kind::Complaint => app.say(
                "投诉人信息仅承办人和负责人可见；查看留痕",
                "who complained is seen by handler and heads alone; each look is logged",
            ),
            _ => app.say(
                "本件不对所涉组织和人员开放；查看隐藏项留痕",
                "kept from those whom it is about; each look at a masked field is logged",
            ),
        };
        let lead = app.say("保密 ", "sealed ");
        put(&mut all, lead, text, "status.locked", width);
    }
    if !apart {
        all.extend(evidence(app, view, width));
    }
    if !case.clocks.is_empty() {
        all.push(head(
            t("时限怎样算的", "How the clocks were counted"),
            app.lang,
        ));
        all.extend(case.clocks.iter().flat_map(|one| counted(app, one, width)));
    }
    if !case.beside.is_empty() {
        all.push(head(t("旁及", "Beside it"), app.lang));
        for one in &case.beside {
            let status = one.code.kind.spec().said(&one.status, app.lang);
            let text = format!(
                "{} {} {status}（{}）",
                one.code,
                one.name,
                one.why.get(app.lang)
            );
            put(&mut all, "  ", &text, "text", width);
        }
    }
    let below = shown(app, view, &rest(view), width);
    if !below.is_empty() {
        all.push(head(t("其他", "Other"), app.lang));
        all.extend(below);
    }
    all
}

/// The answer: what is drafted, or what was written, or how to begin.
fn answer(app: &App, view: &View, width: usize) -> Lines {
    if view.kind.spec().step("answer").is_none() {
        return Lines::new();
    }
    let drafted = app.drafted(view.code, "answer");
    let mut all = Lines::new();
    if let Some(texts) = drafted {
        all.push(head(
            t("拟答复（草稿，r 接着写）", "Draft answer (r goes on)"),
            app.lang,
        ));
        for (field, text) in texts {
            if !text.trim().is_empty() {
                let lead = format!("  {} ", field.label.get(app.lang));
                put(&mut all, &lead, text.trim(), "text", width);
            }
        }
        return all;
    }
    let written = shown(app, view, ANSWER, width);
    if !written.is_empty() {
        all.push(head(t("答复", "Answer"), app.lang));
        all.extend(written);
        return all;
    }
    let status = view
        .fields
        .get("status")
        .map_or_else(String::new, ToString::to_string);
    if matches!(status.as_str(), "核查" | "复查" | "复核") {
        all.push(head(t("拟答复", "Draft answer"), app.lang));
        let text = app.say(
            "  还没有写：r 起草，证据在旁",
            "  nothing yet: r begins, the evidence beside it",
        );
        all.push(vec![(text.to_owned(), "key")]);
    }
    all
}

/// The steps that can be taken, numbered.
fn next(app: &App, card: &Card, case: &CaseView, width: usize) -> Lines {
    if card.stale() {
        let text = app.say("正在更新...", "being renewed...");
        return vec![vec![(text.to_owned(), "stale")]];
    }
    let steps = open_steps(case);
    if steps.is_empty() {
        let text = app.say("现在没有可办的步骤", "no step can be taken now");
        return vec![vec![(text.to_owned(), "text.muted")]];
    }
    let (mut all, mut used): (Lines, usize) = (vec![Vec::new()], 0);
    for (step, nth) in steps.iter().zip(1..) {
        let key = match nth {
            1..10 => format!("{nth} "),
            _ => String::new(),
        };
        let text = format!("{}  ", step.label.get(app.lang));
        let wide = key.width() + text.width();
        if used + wide > width + 2 {
            all.push(Vec::new());
            used = 0;
        }
        used += wide;
        if let Some(last) = all.last_mut() {
            last.extend([(key, "key"), (text, "text")]);
        }
    }
    all
}

/// What stands at the right of the title: urgent, and what is left of the first clock.
fn alarm(app: &App, case: &CaseView, view: &View) -> String {
    let urgent = view.fields.get("urgent") == Some(&Value::Flag(true));
    let mut text = if urgent {
        app.say("急 ", "urgent ")
    } else {
        ""
    }
    .to_owned();
    // As in the queue: a day of the law that is past weighs more than one of the house.
    let mut duties = case.clocks.iter().filter(|one| !one.right);
    let first = duties.clone().next();
    let lost = duties.find(|one| one.left < 0 && one.article != HOUSE);
    match lost.or(first) {
        Some(one) => text.push_str(&left(app, one).0),
        None => text.push_str(&super::card::state(app, view)),
    }
    text
}

/// Kind, code and name: the code is never cut.
fn heading(app: &App, view: &View) -> String {
    let kind = view.kind.spec().label.get(app.lang);
    format!("{kind} {}  {}", view.code, title(view))
}

/// Draws a case.
pub fn case(app: &App, card: &Card, case: &CaseView, buffer: &mut Buffer, area: Rect) {
    let view = &card.view;
    let inside = shell(
        app,
        buffer,
        area,
        &heading(app, view),
        &beside_others(app, view, &alarm(app, case, view)),
    );
    let width = usize::from(inside.width);
    let steps = next(app, card, case, width);
    let most = if inside.height > 24 { 3 } else { 2 };
    let foot = steps.len().min(most) as u16;
    let high = inside.height.saturating_sub(foot + 1);
    let title = app.keyed(
        "下一步：数字即办，{steps} 全部",
        "Next: a digit takes it, {steps} lists all",
    );
    rule(app, buffer, area, usize::from(high) + 1, &title);
    for (nth, text) in steps.iter().take(usize::from(foot)).enumerate() {
        let row = usize::from(high) + 1 + nth;
        runs(buffer, inside, row, text, &app.theme);
    }
    let three = inside.width >= THREE - 4;
    let parts: &[u16] = match inside.width {
        _ if three => &[36, 32, 32],
        70.. => &[52, 48],
        _ => &[100],
    };
    let mut columns: Vec<Rect> = Vec::new();
    let mut from = 0;
    for (nth, share) in parts.iter().enumerate() {
        let last = nth + 1 == parts.len();
        let wide = match last {
            true => inside.width - from,
            false => inside.width * share / 100,
        };
        if nth > 0 {
            divider(app, buffer, inside.x + from - 2, area.y, area.y + high + 1);
        }
        columns.push(part(
            inside,
            from,
            0,
            if last { wide } else { wide.saturating_sub(3) },
            high,
        ));
        from += wide;
    }
    let cells = |at: usize| columns.get(at).map_or(0, |one| usize::from(one.width));
    let mut shown = vec![elements(app, case, view, cells(0), three)];
    let time = |width| {
        let mut all = vec![head(
            t("时间线（最新在上）", "What happened, newest first"),
            app.lang,
        )];
        all.extend(history::timeline(app, view, &case.timeline, width));
        all
    };
    let mut kept_back = 0;
    match columns.len() {
        3 => {
            shown.push(time(cells(1)));
            let mut last = answer(app, view, cells(2));
            last.extend(evidence(app, view, cells(2)));
            shown.push(last);
        }
        2 => {
            let draft = answer(app, view, cells(1));
            let mut right = time(cells(1));
            // The answer is in sight however much happened.
            let keep = usize::from(high)
                .saturating_sub(draft.len())
                .max(usize::from(high) / 2);
            if card.top == 0 && right.len() > keep && !draft.is_empty() {
                kept_back = right.len() - keep;
                right.truncate(keep);
            }
            right.extend(draft);
            shown.push(right);
        }
        _ => {
            if let Some(only) = shown.first_mut() {
                only.extend(answer(app, view, cells(0)));
                only.extend(time(cells(0)));
            }
        }
    }
    let below = shown.into_iter().zip(&columns).map(|(lines, column)| {
        let lines = spaced(lines, usize::from(column.height));
        paint(app, buffer, *column, &lines, card.top)
    });
    let hidden = below.max().unwrap_or(0).max(kept_back);
    let above = part(area, 0, 0, area.width, high + 2);
    more(app, buffer, above, hidden, ON);
}

/// Draws what the answer rests on, beside the form in which it is written.
pub fn beside(app: &App, view: &View, buffer: &mut Buffer, area: Rect) {
    let inside = shell(app, buffer, area, &heading(app, view), "");
    let mut all = evidence(app, view, usize::from(inside.width));
    all.extend(shown(
        app,
        view,
        &["accused", "accused_other", "activity", "topic"],
        usize::from(inside.width),
    ));
    all.extend(shown(app, view, ANSWER, usize::from(inside.width)));
    paint(app, buffer, inside, &all, 0);
}
