//! A session without a service: fixed records, a fixed clock, keys in, cells out.

use std::cell::RefCell;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::protocol::draft::{Draft, Drafting};
use kezhi::protocol::pin::{Pin, PinView};
use kezhi::protocol::undo::Undone;
use kezhi::protocol::work::ManyDone;
use kezhi::protocol::{Act, Answer, Request, StepView, View, Welcome, Who};
use kezhi::say;
use kezhi::service::{Service, Session};
use kezhi::tui::app::App;
use kezhi::tui::draw;
use kezhi::tui::tag::Tag;
use kezhi::tui::theme::read::read;
use kezhi::tui::theme::{ROLES, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

use crate::look_data::{entry, found, nodes, show};

pub struct Stage {
    pub app: App,
    pub terminal: Terminal<TestBackend>,
    /// Every request so far.
    pub asked: Vec<Request>,
    /// The record was changed by somebody else: the next edit is refused as stale.
    pub theirs: Option<View>,
    /// A step of this record is refused.
    pub stubborn: Option<Code>,
    /// Changes are refused until a reason is written.
    pub wants_reason: bool,
    /// What is kept of what is typed.
    pub drafts: RefCell<Vec<Draft>>,
    /// A rule asks whether it is meant.
    pub asks: bool,
    /// A service that answers instead, and who asks it.
    pub live: Option<(Arc<Service>, Session)>,
    /// What is shown of the selected record waits until it rests.
    pub moving: bool,
    waiting: Option<(Tag, Request)>,
    /// Whoever measures draws it elsewhere.
    pub blind: bool,
    /// The digits of the cover.
    pub pin: RefCell<Option<String>>,
}

/// A theme in which every role has a colour of its own, so that cells tell their roles.
pub fn coded(style: &str) -> Theme {
    let mut text = format!("[frame]\nstyle = \"{style}\"\n[role]\n");
    for (nth, (role, _)) in ROLES.iter().enumerate() {
        text.push_str(&format!("\"{role}\" = {{ fg = \"{nth}\" }}\n"));
    }
    let (theme, flaws) = read(&text, Theme::default());
    assert_eq!(flaws, []);
    theme
}

impl Stage {
    pub fn new(lang: Lang, theme: Theme, width: u16, height: u16) -> Stage {
        let welcome = Welcome {
            protocol: 1,
            version: "0.0.0".into(),
            who: Who {
                uid: 1,
                name: "Li Min".into(),
                roles: vec![Role::Operator],
                scope: vec![Code::new(Kind::Organisation, 1)],
                ..Default::default()
            },
            session: 7,
            demo: true,
            read_only: false,
            shut: Vec::new(),
        };
        let now = NaiveDate::from_ymd_opt(2024, 5, 25).unwrap();
        let now = now.and_hms_opt(14, 32, 0).unwrap();
        Stage::with(welcome, None, now, lang, theme, (width, height))
    }

    /// A stage on which a service answers.
    pub fn live(service: &Arc<Service>, who: Who, theme: Theme, width: u16, height: u16) -> Stage {
        let session = service.join(who.clone(), |_| {});
        let welcome = Welcome {
            protocol: 1,
            version: "0.0.0".into(),
            who,
            session: 7,
            demo: true,
            read_only: false,
            shut: Vec::new(),
        };
        let now = chrono::Local::now().naive_local();
        let live = Some((Arc::clone(service), session));
        Stage::with(welcome, live, now, Lang::Zh, theme, (width, height))
    }

    fn with(
        welcome: Welcome,
        live: Option<(Arc<Service>, Session)>,
        now: NaiveDateTime,
        lang: Lang,
        theme: Theme,
        (width, height): (u16, u16),
    ) -> Stage {
        let mut app = App::new(welcome, lang, theme);
        app.tick(now);
        app.begin();
        let mut stage = Stage {
            app,
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            asked: Vec::new(),
            theirs: None,
            stubborn: None,
            wants_reason: false,
            drafts: RefCell::default(),
            asks: false,
            blind: live.is_some(),
            live,
            moving: false,
            waiting: None,
            pin: RefCell::default(),
        };
        stage.draw();
        stage
    }

    fn answer(&self, request: &Request) -> Option<Result<Answer, Refusal>> {
        if let Some((service, session)) = &self.live {
            return Some(service.handle(session, request.clone()));
        }
        let board = self.app.board().is_some();
        if let Some(answer) =
            crate::look_board_data::answer(request, self.stubborn).filter(|_| board)
        {
            return Some(answer);
        }
        Some(Ok(match request {
            Request::Tree => Answer::Tree(nodes()),
            Request::Find(find) => Answer::Found(found(find)),
            Request::Show(code) => match &self.theirs {
                Some(view) if view.code == *code && self.asked.iter().any(makes) => {
                    Answer::View(view.clone())
                }
                _ => Answer::View(show(*code)),
            },
            Request::History { .. } => Answer::Entries(vec![
                entry(12, "edit", "employer", "红山区农机站", "红山区农牧局"),
                entry(9, "import", "note", "不便爬楼", "可周末"),
            ]),
            Request::Steps(code) if code.kind == Kind::Complaint => {
                Answer::Steps(crate::look_matter_data::case(*code).steps)
            }
            Request::Steps(code) => Answer::Steps(
                code.kind
                    .spec()
                    .steps
                    .iter()
                    .map(|step| StepView {
                        key: step.key.into(),
                        refusal: (step.key == "confirm").then(|| {
                            Refusal::new(
                                RefusalKind::Rule,
                                say!("已在册，不必再确认", "registered already"),
                            )
                        }),
                    })
                    .collect(),
            ),
            Request::Try(change) if self.asks && !change.confirmed => {
                let said = say!("已有同名的一件", "there is one of the same name");
                return Some(Err(
                    Refusal::new(RefusalKind::Confirm, said).article("第八条")
                ));
            }
            Request::Try(_) => Answer::Done(0),
            Request::Undo(undo) if self.stubborn == Some(undo.code) => {
                let refusal = Refusal::new(RefusalKind::Rule, say!("别人已看到", "seen by others"));
                return Some(Err(refusal));
            }
            Request::Undo(undo) => Answer::Undone(Undone {
                code: undo.code,
                act: "suspend".into(),
                count: if undo.rev.is_none() { 2 } else { 1 },
                ended: String::new(),
                left: Vec::new(),
            }),
            Request::Make { change, .. } if self.wants_reason && change.reason.is_empty() => {
                let said = say!("一般不少于 50 人", "at least 50 as a rule");
                let mut refusal = Refusal::new(RefusalKind::Confirm, said).article("第七条");
                refusal.reason = true;
                return Some(Err(refusal));
            }
            Request::Make { change, .. } => match (&change.act, &self.theirs) {
                (Act::Edit { code, rev } | Act::Step { code, rev, .. }, Some(view))
                    if view.code == *code && *rev != Some(view.rev) =>
                {
                    let refusal = Refusal::new(
                        RefusalKind::Stale,
                        say!("{code} 已被别人改过", "{code} was changed by somebody"),
                    );
                    return Some(Err(refusal));
                }
                (Act::Step { code, .. }, _) if self.stubborn == Some(*code) => {
                    let refusal = Refusal::new(RefusalKind::Rule, say!("不行", "no"));
                    return Some(Err(refusal));
                }
                (Act::Edit { code, .. } | Act::Step { code, .. }, _) => Answer::View(show(*code)),
                (Act::New(kind), _) => Answer::View(show(Code::new(*kind, 1))),
            },
            Request::Many { many, .. } => {
                let (refused, done) = many
                    .codes
                    .iter()
                    .copied()
                    .partition::<Vec<Code>, _>(|code| self.stubborn == Some(*code));
                let refusal = Refusal::new(RefusalKind::Rule, say!("不行", "no"));
                let refused = refused.into_iter().map(|code| (code, refusal.clone()));
                Answer::Many(ManyDone {
                    done,
                    refused: refused.collect(),
                })
            }
            Request::Queue(queue) => Answer::Queue(crate::look_matter_data::queue(queue)),
            Request::Case(code) => Answer::Case(Box::new(crate::look_matter_data::case(*code))),
            Request::List(_) => Answer::Views(Vec::new()),
            Request::Pin(asked) => return pinned(&mut self.pin.borrow_mut(), asked),
            Request::Draft(asked) => return drafting(&mut self.drafts.borrow_mut(), asked),
            Request::Reveal { .. } => Answer::Revealed("14000004471".into()),
            _ => return None,
        }))
    }

    /// Answers what is asked until nothing is, and draws.
    pub fn draw(&mut self) {
        for _ in 0..8 {
            self.app.tick(self.app.now);
            let rested = self.waiting.take_if(|_| !self.moving);
            let calls = self.app.take_calls();
            for (tag, request) in rested.into_iter().chain(calls) {
                self.asked.push(request.clone());
                if self.moving && matches!(tag, Tag::Peek(_) | Tag::Preview(_)) {
                    self.waiting = Some((tag, request));
                    continue;
                }
                if let Some(answer) = self.answer(&request) {
                    self.app.answer(tag, answer);
                }
            }
            let app = &mut self.app;
            if self.blind {
                let size = self.terminal.size().unwrap();
                draw::measure(app, Rect::from((Position::ORIGIN, size)));
                continue;
            }
            self.terminal
                .draw(|frame| {
                    draw::measure(app, frame.area());
                    draw::draw(app, frame);
                })
                .unwrap();
        }
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(width, height);
        self.draw();
    }

    /// Names of keys, or text to type.
    pub fn keys(&mut self, keys: &[&str]) -> &mut Stage {
        for key in keys {
            match code(key) {
                Some(event) => self.app.key(&event),
                None => {
                    for c in key.chars() {
                        self.app
                            .key(&KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
                    }
                }
            }
            self.draw();
        }
        self
    }

    pub fn buffer(&self) -> &Buffer {
        self.terminal.backend().buffer()
    }

    pub fn text(&self) -> String {
        lines(self.buffer()).join("\n")
    }

    pub fn roles(&self) -> String {
        roles(self.buffer())
    }

    pub fn cursor(&mut self) -> Position {
        self.terminal.get_cursor_position().unwrap()
    }
}

/// The digits as the service judges them; `9999` is told to wait for half a minute.
fn pinned(kept: &mut Option<String>, asked: &Pin) -> Option<Result<Answer, Refusal>> {
    let mut right = true;
    let mut wait = 0;
    match asked {
        Pin::Known => {}
        Pin::Set(digits) => *kept = Some(digits.clone()),
        Pin::Clear => *kept = None,
        Pin::Try(digits) => {
            right = kept.as_ref().is_none_or(|held| held == digits);
            wait = if digits == "9999" { 30 } else { 0 };
        }
    }
    let set = kept.is_some();
    Some(Ok(Answer::Pin(PinView { set, right, wait })))
}

/// The drafts as the service keeps them, at a fixed time.
fn drafting(all: &mut Vec<Draft>, asked: &Drafting) -> Option<Result<Answer, Refusal>> {
    const AT: &str = "2024-05-25T14:32:09+08:00";
    let of = |id: &u64, all: &[Draft]| all.iter().position(|draft| draft.id == *id);
    Some(Ok(match asked {
        Drafting::Keep(draft) => {
            all.retain(|held| held.id != draft.id);
            let mut draft = (**draft).clone();
            draft.kept = AT.into();
            all.insert(0, draft);
            Answer::Kept(AT.into())
        }
        Drafting::List => Answer::Drafts(all.clone()),
        Drafting::Take(id) => {
            let at = of(id, all)?;
            all[at].turn += 1;
            Answer::Draft(Box::new(all[at].clone()))
        }
        Drafting::Discard(id) => {
            let at = of(id, all)?;
            all[at].discarded = Some(AT.into());
            Answer::Done(0)
        }
        Drafting::Restore(id) => {
            let at = of(id, all)?;
            all[at].discarded = None;
            Answer::Done(0)
        }
        Drafting::Forget(id) => {
            all.retain(|held| held.id != *id);
            Answer::Done(0)
        }
    }))
}

fn makes(request: &Request) -> bool {
    matches!(request, Request::Make { .. })
}

pub fn code(name: &str) -> Option<KeyEvent> {
    let plain = |code| Some(KeyEvent::new(code, KeyModifiers::NONE));
    if let Some(letter) = name.strip_prefix("Ctrl-") {
        let letter = letter.chars().next()?.to_ascii_lowercase();
        return Some(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
    }
    if let Some(number) = name.strip_prefix('F').and_then(|rest| rest.parse().ok()) {
        return plain(KeyCode::F(number));
    }
    match name {
        "Enter" => plain(KeyCode::Enter),
        "Esc" => plain(KeyCode::Esc),
        "Tab" => plain(KeyCode::Tab),
        "BackTab" => plain(KeyCode::BackTab),
        "Up" => plain(KeyCode::Up),
        "Down" => plain(KeyCode::Down),
        "Left" => plain(KeyCode::Left),
        "Right" => plain(KeyCode::Right),
        "Home" => plain(KeyCode::Home),
        "End" => plain(KeyCode::End),
        "PageUp" => plain(KeyCode::PageUp),
        "PageDown" => plain(KeyCode::PageDown),
        "Space" => plain(KeyCode::Char(' ')),
        "Backspace" => plain(KeyCode::Backspace),
        _ => None,
    }
}

/// The rows of a buffer; each must fill its width exactly.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.top()..area.bottom())
        .map(|y| {
            let mut text = String::new();
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                x += (symbol.width() as u16).max(1);
            }
            assert_eq!(
                x,
                area.right(),
                "row {y} is cut through a character: {text}"
            );
            assert_eq!(text.width(), usize::from(area.width), "row {y}: {text}");
            text.trim_end().to_owned()
        })
        .collect()
}

/// A letter per cell: `.` is plain text, `b` the second role of the table and so on, `A` behind `z`.
pub fn roles(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut text = String::new();
    for y in area.top()..area.bottom() {
        let mut row = String::new();
        let mut wide = false;
        for x in area.left()..area.right() {
            let cell = &buffer[(x, y)];
            let letter = match cell.fg {
                _ if std::mem::take(&mut wide) => {
                    row.pop().inspect(|last| row.push(*last)).unwrap()
                }
                Color::Indexed(0) => '.',
                Color::Indexed(nth @ 26..) => char::from(b'A' + nth - 26),
                Color::Indexed(nth) => char::from(b'a' + nth),
                _ => '?',
            };
            wide = cell.symbol().width() > 1;
            row.push(letter);
        }
        text.push_str(row.trim_end_matches('.'));
        text.push('\n');
    }
    text
}
