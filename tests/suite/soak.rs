//! Random keys on four sessions of one service: nothing breaks, nothing grows, nothing typed is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use kezhi::domain::said::Lang;
use kezhi::protocol::draft::{Draft, Drafting};
use kezhi::protocol::{Answer, Notice, Request};
use kezhi::tui::app::{App, Tag};
use kezhi::tui::draw;
use kezhi::tui::form::Form;
use kezhi::tui::overlay::Overlay;
use kezhi::tui::theme::Theme;
use kezhi::wire::client::{Arrived, Client};
use kezhi::wire::place;
use ratatui::Terminal as Drawn;
use ratatui::backend::TestBackend;

use kezhi::terminal::decode::{Decoder, Input};

use crate::command::{Desk, json, kezhi, ok};
use crate::relay::Chance;
use crate::screen::Terminal;

const SEED: u64 = 20_240_525;
/// Strokes of each session, in two halves.
const STROKES: usize = 500;

/// What may be pressed, each with its weight.
const KEYS: &[(u64, &[&str])] = &[
    (
        30,
        &[
            "a", "c", "e", "f", "h", "j", "k", "m", "n", "o", "p", "r", "s", "t", "v", "y", "z",
            "g", "q", "x",
        ],
    ),
    (
        14,
        &[
            "张",
            "单立文",
            "红山区",
            "试",
            "活动",
            "：",
            "、",
            "？",
            "（",
        ],
    ),
    (18, &["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]),
    (14, &["\r"]),
    (14, &["\x1b", "\x07"]),
    (
        24,
        &[
            "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F",
        ],
    ),
    (14, &["\t", "\x1b[Z"]),
    (
        22,
        &[
            "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[18~",
            "\x1b[19~", "\x1b[20~", "\x1b[24~",
        ],
    ),
    (
        16,
        &[
            "\x03", "\x04", "\x05", "\x06", "\x0b", "\x0c", "\x0f", "\x10", "\x12", "\x13", "\x14",
            "\x15", "\x17", "\x18", "\x19", "\x1a",
        ],
    ),
    (
        6,
        &["\x08", "\x7f", "\x1b[3~", " ", ".", "[", "]", "=", "/"],
    ),
    (
        5,
        &[
            "\x1b[200~13900000000\r\nq\x1b[201~",
            "\x1b[200~一段\n两行\x1b[201~",
        ],
    ),
];

const SIZES: &[(u16, u16)] = &[(80, 24), (120, 36), (200, 50), (40, 10), (100, 30), (7, 3)];

enum Stroke {
    Keys(&'static str),
    Size(u16, u16),
}

fn stroke(chance: &mut Chance) -> Stroke {
    if chance.below(40) == 0 {
        let (width, height) = SIZES[chance.below(SIZES.len() as u64) as usize];
        return Stroke::Size(width, height);
    }
    let all = KEYS.iter().map(|(weight, _)| weight).sum();
    let mut at = chance.below(all);
    for (weight, keys) in KEYS {
        if at < *weight {
            return Stroke::Keys(keys[chance.below(keys.len() as u64) as usize]);
        }
        at -= weight;
    }
    unreachable!()
}

/// Bytes of memory that a process holds.
fn memory(pid: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/statm")).unwrap();
    let pages: u64 = text.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

/// A session whose state can be looked into, over a connection like any other.
struct Inside {
    app: App,
    client: Client,
    arrived: Receiver<Arrived>,
    calls: BTreeMap<u64, Tag>,
    drawn: Drawn<TestBackend>,
    decoder: Decoder,
    /// Forms in which something was typed, by the number of their draft.
    touched: BTreeMap<u64, String>,
    /// Those of them that were saved, emptied or thrown away here, or gone on with elsewhere.
    settled: BTreeSet<u64>,
}

impl Inside {
    fn new(dir: &Path) -> Inside {
        let client = Client::connect(&place::socket(dir), Lang::Zh).unwrap();
        let mut reading = client.twin().unwrap();
        let (sender, arrived) = channel();
        std::thread::spawn(move || {
            while let Ok(one) = reading.arrive() {
                if sender.send(one).is_err() {
                    return;
                }
            }
        });
        let mut app = App::new(client.welcome.clone(), Lang::Zh, Theme::named("dark"));
        app.drafts.dir = Some(dir.join("state").join("inside"));
        app.tick(chrono::Local::now().naive_local());
        app.begin();
        let mut one = Inside {
            app,
            client,
            arrived,
            calls: BTreeMap::new(),
            drawn: Drawn::new(TestBackend::new(120, 36)).unwrap(),
            decoder: Decoder::new(Duration::ZERO),
            touched: BTreeMap::new(),
            settled: BTreeSet::new(),
        };
        one.turn(true);
        one
    }

    fn forms(&self) -> impl Iterator<Item = &Form> {
        let open = self.app.over.iter().filter_map(|over| match over {
            Overlay::Form(form) => Some(form.as_ref()),
            _ => None,
        });
        open.chain(&self.app.drafts.left)
    }

    /// Sends what is asked and takes what came; with `all` until nothing is awaited any more.
    fn turn(&mut self, all: bool) {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let touched = self.forms().filter(|form| form.touched());
            let touched: Vec<(u64, String)> = touched
                .map(|form| (form.ahead.id, form.title.clone()))
                .collect();
            self.touched.extend(touched);
            self.app.tick(chrono::Local::now().naive_local());
            for (tag, request) in self.app.take_calls() {
                if let Request::Draft(Drafting::Forget(id) | Drafting::Discard(id)) = &request {
                    self.settled.insert(*id);
                }
                let id = self.client.send(request).unwrap();
                self.calls.insert(id, tag);
            }
            let next = self.arrived.recv_timeout(Duration::from_millis(5));
            match next {
                Ok(Arrived::Answer(id, answer)) => {
                    let tag = self.calls.remove(&id).unwrap();
                    if let (Tag::Sent(token) | Tag::Many(token), Ok(_)) = (&tag, &answer) {
                        self.settled.insert(*token);
                    }
                    self.app.answer(tag, answer);
                }
                Ok(Arrived::Notice(notice)) => {
                    if let Notice::Taken(id, _) = &notice {
                        self.settled.insert(*id);
                    }
                    self.app.notice(&notice);
                }
                Err(_) if !all || self.calls.is_empty() => break,
                Err(_) => assert!(Instant::now() < until, "no answer: {:?}", self.calls),
            }
        }
        let app = &mut self.app;
        let drawn = self.drawn.draw(|frame| {
            draw::measure(app, frame.area());
            draw::draw(app, frame);
        });
        drawn.unwrap();
    }

    fn stroke(&mut self, stroke: &Stroke) {
        match stroke {
            Stroke::Size(width, height) => self.drawn.backend_mut().resize(*width, *height),
            Stroke::Keys(keys) => {
                let now = Instant::now();
                let mut inputs = self.decoder.feed(keys.as_bytes(), now);
                inputs.extend(self.decoder.expire(now + Duration::from_secs(1)));
                for input in inputs {
                    match input {
                        Input::Key(key) => self.app.key(&key),
                        Input::Paste(text) => self.app.paste(&text),
                        _ => {}
                    }
                }
            }
        }
        // Who left is here again.
        self.app.ended = false;
        self.turn(false);
    }

    /// What is typed reaches the service; gives what that must hold now.
    fn end(&mut self) -> BTreeMap<u64, BTreeMap<String, String>> {
        self.turn(true);
        self.app.flush_drafts();
        self.turn(true);
        assert!(!self.app.unkept(), "something is typed and not kept");
        let mut open = BTreeMap::new();
        for form in self
            .forms()
            .filter(|form| form.touched() && !form.ahead.taken)
        {
            let texts =
                (0..form.fields.len()).map(|at| (form.fields[at].key.to_owned(), form.text(at)));
            open.insert(form.ahead.id, texts.collect());
        }
        open
    }
}

/// What a real terminal does in one half; the session is begun anew where it was left.
fn pound(dir: &Path, one: &mut Terminal, chance: &mut Chance, strokes: usize, name: &str) {
    for nth in 0..strokes {
        let mut told = String::new();
        match stroke(chance) {
            Stroke::Size(width, height) => one.resize(width, height),
            Stroke::Keys(keys) => {
                told = format!("{keys:?}");
                one.write(keys.as_bytes());
            }
        }
        std::thread::sleep(Duration::from_millis(12));
        if let Some(well) = one.outcome() {
            sound(one, name);
            assert!(
                well,
                "seed {SEED}, {name}, stroke {nth} {told}:\n{}",
                one.text()
            );
            *one = Terminal::open(dir, 120, 36, &[]);
            one.wait("2 志愿者");
        }
    }
    sound(one, name);
}

fn sound(one: &Terminal, name: &str) {
    let raw = String::from_utf8_lossy(&one.raw()).into_owned();
    for word in ["panicked", "RUST_BACKTRACE", "the screen broke"] {
        let at = raw.find(word);
        assert!(
            at.is_none(),
            "seed {SEED}, {name}: {}",
            &raw[at.unwrap_or(0)..]
        );
    }
}

/// Whatever it shows: out of it, a new form, and a word that nobody else types.
fn mark(one: &mut Terminal, word: &str) {
    one.resize(120, 36);
    one.rest();
    // The display test is left by two of them, one after the other.
    for _ in 0..2 {
        one.write(b"\x1b");
        std::thread::sleep(Duration::from_millis(60));
    }
    for keys in [
        "\x1b", "\x07", "\x1b", "\x07", "\x1b", "\x07", "\x07", "\x07", "\x07", "\x07", "\x0c",
    ] {
        one.write(keys.as_bytes());
        one.rest();
    }
    // The frame is that of whatever theme and width it came to.
    one.send("2");
    one.wait(" 2 志愿者");
    one.send("\x1b[18~");
    one.wait("新建");
    one.rest();
    if one.text().contains("新建空白") {
        one.send("新建空白");
        one.rest();
        one.send("\r");
        one.rest();
    }
    one.wait("新建 志愿者");
    one.send("\x15");
    one.send(word);
    one.wait(word);
    one.hang_up();
    assert!(one.ended());
}

struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn four_sessions_stand_random_keys() {
    let (desk, aside) = (Desk::new(), tempfile::tempdir().unwrap());
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let _ = kezhi(dir, &["stop"]);
    let log = aside.path().join("log");
    let out = std::fs::File::create(&log).unwrap();
    let service = Command::new(env!("CARGO_BIN_EXE_kezhi"))
        .arg("--data")
        .arg(dir)
        .arg("serve")
        .stdout(out.try_clone().unwrap())
        .stderr(out)
        .stdin(Stdio::null())
        .spawn();
    let mut service = Service(service.unwrap());
    ok(dir, &["find", "hsq"]);

    let mut outside: Vec<Terminal> = (0..2).map(|_| Terminal::open(dir, 120, 36, &[])).collect();
    let mut inside: Vec<Inside> = (0..2).map(|_| Inside::new(dir)).collect();
    for one in &outside {
        one.wait("/2000");
    }
    let mut halves: Vec<Vec<u64>> = Vec::new();
    let mut chances: Vec<Chance> = (0..4).map(|nth| Chance::new(SEED + 1000 * nth)).collect();
    for _ in 0..2 {
        let (out, within) = chances.split_at_mut(2);
        std::thread::scope(|scope| {
            for (nth, (one, chance)) in outside.iter_mut().zip(out).enumerate() {
                let name = format!("terminal {nth}");
                scope.spawn(move || pound(dir, one, chance, STROKES / 2, &name));
            }
            // Both by turns: neither may be given to another thread.
            for _ in 0..STROKES / 2 {
                for (one, chance) in inside.iter_mut().zip(within.iter_mut()) {
                    one.stroke(&stroke(chance));
                }
            }
        });
        assert_eq!(service.0.try_wait().unwrap(), None, "the service ended");
        let pids = outside
            .iter()
            .map(Terminal::pid)
            .chain([service.0.id(), std::process::id()]);
        halves.push(pids.map(memory).collect());
    }
    println!("memory of sessions, service and tests, half and whole: {halves:?}");
    for (half, whole) in halves[0].iter().zip(&halves[1]).take(3) {
        assert!(
            *whole * 2 < *half * 3,
            "seed {SEED}: memory grows: {halves:?}"
        );
    }
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(!said.contains("panicked"), "seed {SEED}: {said}");

    let words = ["浸泡之一", "浸泡之二"];
    for (one, word) in outside.iter_mut().zip(words) {
        mark(one, word);
    }
    let held: Vec<Draft> = serde_json::from_value(json(dir, &["drafts"])).unwrap();
    for word in words {
        let there = held
            .iter()
            .any(|draft| draft.texts.values().any(|text| text == word));
        assert!(there, "seed {SEED}: {word} is lost");
    }
    let mut count = 0;
    for one in &mut inside {
        let open = one.end();
        let held: Vec<Draft> = serde_json::from_value(json(dir, &["drafts"])).unwrap();
        let of = |id: &u64| held.iter().find(|draft| draft.id == *id);
        for (id, title) in one
            .touched
            .iter()
            .filter(|(id, _)| !one.settled.contains(id))
        {
            count += 1;
            assert!(of(id).is_some(), "seed {SEED}: {title} is lost");
        }
        for (id, texts) in open {
            let Some(draft) = of(&id) else { continue };
            for (key, text) in &draft.texts {
                assert_eq!(texts.get(key), Some(text), "seed {SEED}: {}", draft.title);
            }
        }
    }
    println!("{count} forms that were left are drafts");
    assert!(count > 0, "nothing was typed: other keys are wanted");
    let client = Client::connect(&place::socket(dir), Lang::Zh).unwrap();
    let Ok(Answer::Checked(checked)) = client.ask(Request::Verify) else {
        panic!()
    };
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
}
