//! A session without a service: fixed records, a fixed clock, keys in, cells out.

use chrono::NaiveDate;
use kezhi::domain::change::{Entry, FieldChange};
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::domain::value::{Fields, Value};
use kezhi::protocol::{
    Act, Answer, Find, Found, LogEntry, Node, Request, Row, StepView, View, Welcome, Who, Why,
};
use kezhi::say;
use kezhi::tui::app::App;
use kezhi::tui::draw;
use kezhi::tui::theme::{ROLES, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Position;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

pub struct Stage {
    pub app: App,
    pub terminal: Terminal<TestBackend>,
    /// Every request so far.
    pub asked: Vec<Request>,
    /// The record was changed by somebody else: the next edit is refused as stale.
    pub theirs: Option<View>,
}

pub fn volunteer(number: u64) -> Code {
    Code::new(Kind::Volunteer, number)
}

const PEOPLE: &[(&str, &str, &str, &str, &str)] = &[
    ("单立文", "ZZ-0035", "140****4471", "在册", "2024-05-20"),
    ("张伟", "ZZ-0035", "140****5521", "在册", "2024-05-18"),
    (
        "敖日格乐哈斯其木格",
        "ZZ-0038",
        "140****0042",
        "暂停",
        "2024-04-02",
    ),
    ("欧阳静怡", "ZZ-0036", "140****9917", "待核", "2024-03-11"),
    ("王·巴特尔", "ZZ-0003", "140****2208", "在册", "2024-03-09"),
    ("郑婉清", "ZZ-0004", "140****7736", "已退出", "2023-11-30"),
];

const UNITS: &[(u64, u64, &str, &str, &str, u32)] = &[
    (1, 0, "内蒙古自治区科技志愿服务总队", "总队", "已成立", 0),
    (2, 1, "呼和浩特市科技志愿服务队", "盟市队", "已成立", 12),
    (3, 1, "包头市科技志愿服务队", "盟市队", "已成立", 8),
    (4, 1, "乌海市科技志愿服务队", "盟市队", "筹建", 1),
    (5, 1, "赤峰市科技志愿服务队", "盟市队", "已成立", 30),
    (35, 5, "红山区科技志愿者队", "旗县队", "已成立", 41),
    (36, 5, "元宝山区科技志愿者队", "旗县队", "应成立", 0),
    (
        38,
        5,
        "莫力达瓦达斡尔族自治旗科技志愿者队",
        "旗县队",
        "筹建",
        3,
    ),
];

fn unit(code: &str) -> &'static str {
    let number = Code::read(code).unwrap().number;
    UNITS.iter().find(|unit| unit.0 == number).unwrap().2
}

fn row(kind: Kind, number: u64, title: &str, owner: &str, status: &str, day: &str) -> Row {
    Row {
        code: Code::new(kind, number),
        kind,
        title: title.into(),
        subtitle: owner.into(),
        area: String::new(),
        phone: String::new(),
        status: status.into(),
        day: day.into(),
        why: Vec::new(),
    }
}

fn rows(kind: Kind) -> Vec<Row> {
    match kind {
        Kind::Volunteer => PEOPLE
            .iter()
            .zip(1..)
            .map(|((name, team, phone, status, day), number)| Row {
                area: "赤峰市红山区".into(),
                phone: (*phone).into(),
                ..row(kind, number, name, unit(team), status, day)
            })
            .collect(),
        Kind::Organisation => UNITS
            .iter()
            .map(|(number, parent, name, kind_of, status, _)| {
                let above = UNITS.iter().find(|unit| unit.0 == *parent);
                let above = above.map_or("", |unit| unit.2);
                let owner = format!("{kind_of} {above}");
                row(kind, *number, name, owner.trim_end(), status, "2022-12-19")
            })
            .collect(),
        Kind::Activity => vec![
            row(
                kind,
                2_024_000_147,
                "草原防火科普行",
                unit("ZZ-0035"),
                "计划",
                "2024-05-26",
            ),
            row(
                kind,
                2_024_000_151,
                "科技活动周进社区、进学校、进园区巡讲",
                unit("ZZ-0005"),
                "进行",
                "2024-05-28",
            ),
            row(
                kind,
                2_024_000_139,
                "科技馆讲解",
                unit("ZZ-0002"),
                "计划",
                "2024-05-02",
            ),
            row(
                kind,
                2_024_000_100,
                "冬季农技服务",
                unit("ZZ-0038"),
                "完成",
                "2024-01-12",
            ),
        ],
        Kind::Complaint => vec![
            row(
                kind,
                2_024_000_012,
                "活动现场安全隐患",
                unit("ZZ-0005"),
                "受理",
                "2024-05-24",
            ),
            row(
                kind,
                2_024_000_009,
                "服务时长登记有误",
                unit("ZZ-0002"),
                "办理",
                "2024-05-11",
            ),
            row(
                kind,
                2_024_000_003,
                "变相收取费用",
                unit("ZZ-0003"),
                "办结",
                "2024-03-02",
            ),
        ],
        Kind::Operator => Vec::new(),
    }
}

fn view(code: Code, fields: &[(&str, Value)], masked: &[&str]) -> View {
    let fields: Fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect();
    let mut names: std::collections::BTreeMap<String, String> = UNITS
        .iter()
        .map(|unit| {
            (
                Code::new(Kind::Organisation, unit.0).to_string(),
                unit.2.to_owned(),
            )
        })
        .collect();
    names.insert("150402".into(), "赤峰市红山区".into());
    View {
        code,
        kind: code.kind,
        rev: 3,
        fields,
        names,
        masked: masked.iter().map(|key| (*key).to_owned()).collect(),
    }
}

fn list(words: &[&str]) -> Value {
    Value::from(
        words
            .iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>(),
    )
}

fn post(post: &str, holder: &str, phone: &str, to: Option<&str>) -> Value {
    let mut row = Fields::from([
        ("post".to_owned(), post.into()),
        ("holder".to_owned(), holder.into()),
        ("holder_post".to_owned(), "区科协".into()),
        ("phone".to_owned(), phone.into()),
        ("from".to_owned(), "2022-12-19".into()),
    ]);
    if let Some(to) = to {
        row.insert("to".to_owned(), to.into());
    }
    Value::Map(row)
}

pub fn show(code: Code) -> View {
    let found = rows(code.kind);
    let found = found
        .iter()
        .find(|row| row.code == code)
        .unwrap_or(&found[0]);
    match code.kind {
        Kind::Volunteer => {
            let team = PEOPLE[(code.number as usize + PEOPLE.len() - 1) % PEOPLE.len()].1;
            view(
                code,
                &[
                    ("name", found.title.as_str().into()),
                    ("gender", "男".into()),
                    ("birth", "1990-03-05".into()),
                    ("id_type", "居民身份证".into()),
                    ("id_number", "150***********6394".into()),
                    ("phone", found.phone.as_str().into()),
                    ("address", "已登记，内容隐藏".into()),
                    ("area", "150402".into()),
                    ("employer", "红山区农牧局".into()),
                    ("identity", "科技工作者".into()),
                    ("skills", list(&["农牧技术", "科普宣讲"])),
                    ("targets", list(&["农牧民"])),
                    ("teams", list(&[team])),
                    ("status", found.status.as_str().into()),
                    ("joined_on", found.day.as_str().into()),
                    ("health_note", "已登记，内容隐藏".into()),
                    ("note", "可周末；不便爬楼".into()),
                ],
                &["id_number", "phone", "address", "health_note"],
            )
        }
        Kind::Organisation => view(
            code,
            &[
                ("name", found.title.as_str().into()),
                ("kind", "旗县队".into()),
                ("form", "队伍".into()),
                ("parent", "ZZ-0005".into()),
                ("area", "150402".into()),
                ("status", found.status.as_str().into()),
                ("phone", "0476-8233310".into()),
                ("founded_on", "2022-12-19".into()),
                ("founder", "红山区科学技术协会".into()),
                ("aliases", list(&["红山区"])),
                (
                    "posts",
                    Value::List(vec![
                        post("队长", "王超思", "14097065284", None),
                        post("联系人", "李博玉", "0476-8233311", None),
                        post("队长", "孙旧", "", Some("2024-01-08")),
                    ]),
                ),
            ],
            &[],
        ),
        _ => view(
            code,
            &[
                ("title", found.title.as_str().into()),
                ("status", found.status.as_str().into()),
                ("day", found.day.as_str().into()),
            ],
            &[],
        ),
    }
}

fn found(find: &Find) -> Found {
    let kinds = if find.kinds.is_empty() {
        vec![Kind::Organisation, Kind::Volunteer, Kind::Activity]
    } else {
        find.kinds.clone()
    };
    let mut rows: Vec<Row> = kinds
        .into_iter()
        .flat_map(rows)
        .filter(|row| {
            kezhi::tui::rank::ways(&row.title)
                .iter()
                .any(|way| way.contains(&find.text))
        })
        .collect();
    for row in rows.iter_mut().filter(|_| !find.text.is_empty()) {
        row.why = vec![Why {
            word: find.text.clone(),
            field: row.kind.spec().title.to_owned(),
            text: row.title.clone(),
        }];
    }
    Found {
        total: rows.len(),
        fuzzy: false,
        rows: rows.into_iter().skip(find.offset).collect(),
    }
}

fn entry(seq: u64, action: &str, field: &str, from: &str, to: &str) -> LogEntry {
    LogEntry {
        seq,
        entry: Entry {
            at: "2024-05-20T14:05:09+08:00".into(),
            who: "李敏".into(),
            action: action.into(),
            to_rev: 3,
            changes: vec![FieldChange {
                field: field.into(),
                from: Some(from.into()),
                to: Some(to.into()),
            }],
            ..Entry::default()
        },
    }
}

/// A theme in which every role has a colour of its own, so that cells tell their roles.
pub fn coded(style: &str) -> Theme {
    let mut text = format!("[frame]\nstyle = \"{style}\"\n[role]\n");
    for (nth, role) in ROLES.iter().enumerate() {
        text.push_str(&format!("\"{role}\" = {{ fg = \"{nth}\" }}\n"));
    }
    Theme::read(&text).unwrap()
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
            },
            session: 7,
            demo: true,
        };
        let mut app = App::new(welcome, lang, theme);
        let now = NaiveDate::from_ymd_opt(2024, 5, 25).unwrap();
        app.tick(now.and_hms_opt(14, 32, 0).unwrap());
        app.begin();
        let mut stage = Stage {
            app,
            terminal: Terminal::new(TestBackend::new(width, height)).unwrap(),
            asked: Vec::new(),
            theirs: None,
        };
        stage.draw();
        stage
    }

    fn answer(&self, request: &Request) -> Option<Result<Answer, Refusal>> {
        Some(Ok(match request {
            Request::Tree => Answer::Tree(
                UNITS
                    .iter()
                    .map(|(number, parent, name, kind, status, members)| Node {
                        number: *number,
                        parent: *parent,
                        name: (*name).into(),
                        kind: (*kind).into(),
                        status: (*status).into(),
                        area: "150400".into(),
                        members: *members,
                    })
                    .collect(),
            ),
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
            Request::Make { change, .. } => match (&change.act, &self.theirs) {
                (Act::Edit { code, rev }, Some(view)) if *rev != Some(view.rev) => {
                    let refusal = Refusal::new(
                        RefusalKind::Stale,
                        say!("{code} 已被别人改过", "{code} was changed by somebody"),
                    );
                    return Some(Err(refusal));
                }
                (Act::Edit { code, .. } | Act::Step { code, .. }, _) => Answer::View(show(*code)),
                (Act::New(kind), _) => Answer::View(show(Code::new(*kind, 1))),
            },
            Request::Reveal { .. } => Answer::Revealed("14000004471".into()),
            _ => return None,
        }))
    }

    /// Answers what is asked until nothing is, and draws.
    pub fn draw(&mut self) {
        for _ in 0..8 {
            for (tag, request) in self.app.take_calls() {
                self.asked.push(request.clone());
                if let Some(answer) = self.answer(&request) {
                    self.app.answer(tag, answer);
                }
            }
            let app = &mut self.app;
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

/// A letter per cell: `.` is plain text, `b` the second role of the table and so on.
fn roles(buffer: &Buffer) -> String {
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

/// Every Chinese text of the records that is no word of ours.
pub fn known() -> String {
    let kinds = [
        Kind::Volunteer,
        Kind::Organisation,
        Kind::Activity,
        Kind::Complaint,
    ];
    let mut texts = String::from("红山区农机站 李敏 单 常年在外 赤峰市红山区 区科协");
    for row in kinds.into_iter().flat_map(rows) {
        let view = show(row.code);
        let own = |key: &String| {
            let field = row.kind.spec().field(key).unwrap();
            field.words().is_empty() && key != "posts" && !view.masked.contains(key)
        };
        for (_, value) in view.fields.iter().filter(|(key, _)| own(key)) {
            texts.push_str(&format!(" {value}"));
        }
        for post in view.fields.get("posts").map_or(&[][..], Value::parts) {
            if let Value::Map(post) = post {
                texts.push_str(&format!(" {}", post["holder"]));
            }
        }
    }
    UNITS
        .iter()
        .for_each(|unit| texts.push_str(&format!(" {}", unit.2)));
    texts
}
