//! The screen over a real terminal: what an operator does and sees.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::command::{Desk, json, ok};
use crate::relay::Line;

/// What is done with bytes that came.
type Take = Box<dyn FnMut(&[u8]) + Send>;

pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    input: Option<Arc<Mutex<Box<dyn Write + Send>>>>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    pub screen: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    gone: Arc<AtomicBool>,
}

/// A window of so many cells.
fn sized(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

impl Terminal {
    pub fn open(dir: &Path, columns: u16, rows: u16, args: &[&str]) -> Terminal {
        Terminal::with(dir, columns, rows, args, &[])
    }

    pub fn with(
        dir: &Path,
        columns: u16,
        rows: u16,
        args: &[&str],
        env: &[(&str, &str)],
    ) -> Terminal {
        let size = sized(columns, rows);
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kezhi"));
        command.arg("--data");
        command.arg(dir);
        command.args(args);
        Terminal::run(dir, size, command, env)
    }

    /// The program as a line for the shell begins it: its call is `"$0" "$@"` there.
    pub fn shell(dir: &Path, columns: u16, rows: u16, line: &str) -> Terminal {
        let size = sized(columns, rows);
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line, env!("CARGO_BIN_EXE_kezhi"), "--data"]);
        command.arg(dir);
        Terminal::run(dir, size, command, &[])
    }

    /// The same at the end of a line on which everything takes so long each way.
    pub fn afar(dir: &Path, columns: u16, rows: u16, lag: Duration, args: &[&str]) -> Terminal {
        let size = sized(columns, rows);
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kezhi"));
        command.arg("--data");
        command.arg(dir);
        command.args(args);
        // The far end is an SSH session.
        command.env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
        Terminal::line(dir, size, command, &[], Some(lag))
    }

    fn run(dir: &Path, size: PtySize, command: CommandBuilder, env: &[(&str, &str)]) -> Terminal {
        Terminal::line(dir, size, command, env, None)
    }

    fn line(
        dir: &Path,
        size: PtySize,
        mut command: CommandBuilder,
        env: &[(&str, &str)],
        lag: Option<Duration>,
    ) -> Terminal {
        let (rows, columns) = (size.rows, size.cols);
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TERM", "xterm-256color");
        command.env("KEZHI_STATE", dir.join("state"));
        command.env("COLORTERM", "truecolor");
        for (name, value) in env {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let parser = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 0);
        let screen = Arc::new(Mutex::new(parser));
        let raw = Arc::new(Mutex::new(Vec::new()));
        let (mut reading, seen) = (pair.master.try_clone_reader().unwrap(), Arc::clone(&screen));
        let all = Arc::clone(&raw);
        let mut writer = pair.master.take_writer().unwrap();
        let writer: Box<dyn Write + Send> = match lag {
            Some(lag) => Box::new(Line::new(lag, 7, move |bytes: &[u8]| {
                let _ = writer.write_all(bytes).and_then(|()| writer.flush());
            })),
            None => writer,
        };
        let input = Arc::new(Mutex::new(writer));
        // Held by the terminal alone: closing it is a hang-up.
        let answer = Arc::downgrade(&input);
        let gone = Arc::new(AtomicBool::new(false));
        let left = Arc::clone(&gone);
        let mut held = Vec::new();
        let mut take = move |bytes: &[u8]| {
            // Where the cursor is behind the sample: ambiguous characters are narrow here.
            let asks = |wanted: &[u8]| bytes.windows(wanted.len()).any(|part| part == wanted);
            if asks(b"\x1b[6n") {
                let input = answer.upgrade();
                let _ =
                    input.map(|input| input.lock().unwrap().write_all(b"\x1b[1;25R\x1b[?2026;2$y"));
            }
            // A frame is shown when it is whole, as terminals do that say they can.
            held.extend_from_slice(bytes);
            let last = |wanted: &[u8]| held.windows(wanted.len()).rposition(|part| part == wanted);
            let whole = match (last(b"\x1b[?2026h"), last(b"\x1b[?2026l")) {
                (Some(begun), ended) if ended.is_none_or(|ended| ended < begun) => begun,
                _ => held.len(),
            };
            seen.lock().unwrap().process(&held[..whole]);
            held.drain(..whole);
            all.lock().unwrap().extend_from_slice(bytes);
        };
        let mut take: Take = match lag {
            Some(lag) => {
                let line = Line::new(lag, 11, take);
                Box::new(move |bytes| line.send(bytes))
            }
            None => Box::new(move |bytes| take(bytes)),
        };
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count) = reading.read(&mut bytes) {
                if count == 0 {
                    return;
                }
                take(&bytes[..count]);
                if left.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        Terminal {
            master: Some(pair.master),
            input: Some(input),
            child,
            screen,
            raw,
            gone,
        }
    }

    /// The process of the session.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// What comes is not read any more, and the line is held by the one who types alone.
    pub fn let_go(&mut self) {
        // The reading thread lets go with what it reads next.
        self.gone.store(true, Ordering::SeqCst);
        self.send("\x0c");
        let until = Instant::now() + Duration::from_secs(30);
        while Arc::strong_count(&self.gone) > 1 {
            assert!(Instant::now() < until, "nothing is drawn any more");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The line breaks: nobody holds the other end any more.
    pub fn hang_up(&mut self) {
        if Arc::strong_count(&self.gone) > 1 {
            self.let_go();
        }
        self.input = None;
        self.master = None;
    }

    /// How many bytes came so far.
    pub fn received(&self) -> usize {
        self.raw.lock().unwrap().len()
    }

    /// Every byte that came.
    pub fn raw(&self) -> Vec<u8> {
        self.raw.lock().unwrap().clone()
    }

    /// Waits until nothing comes any more.
    pub fn rest(&self) {
        let (mut before, mut quiet) = (self.received(), 0);
        while quiet < 8 {
            std::thread::sleep(Duration::from_millis(20));
            let now = self.received();
            quiet = if now == before { quiet + 1 } else { 0 };
            before = now;
        }
    }

    /// Column and row of the cursor; none while it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let held = self.screen.lock().unwrap();
        let (row, column) = held.screen().cursor_position();
        (!held.screen().hide_cursor()).then_some((column, row))
    }

    /// The window is pulled to another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = sized(columns, rows);
        self.master.as_ref().unwrap().resize(size).unwrap();
        let (rows, columns) = (rows.try_into().unwrap(), columns.try_into().unwrap());
        let mut held = self.screen.lock().unwrap();
        held.screen_mut().set_size(rows, columns);
    }

    /// How the session ended, if it did: whether it says that all went well.
    pub fn outcome(&mut self) -> Option<bool> {
        let left = self.child.try_wait().unwrap();
        left.map(|status| status.success())
    }

    pub fn text(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// Types: what stands between two line breaks or tabs at a time, since more at once would be a paste.
    pub fn send(&mut self, keys: &str) {
        for part in keys.split_inclusive(['\r', '\t']) {
            let text = part.trim_end_matches(['\r', '\t']);
            let long = text.chars().count() >= 8;
            let (text, end) = part.split_at(if long { text.len() } else { 0 });
            for piece in [text, end] {
                self.write(piece.as_bytes());
                if keys.len() > 20 || long {
                    std::thread::sleep(Duration::from_millis(40));
                }
            }
        }
    }

    /// Sends bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) {
        let mut input = self.input.as_ref().unwrap().lock().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// Waits until the screen shows a text; the limit is there only to end a test that fails.
    pub fn wait(&self, wanted: &str) -> String {
        self.until(wanted, |text| {
            text.contains(wanted).then(|| text.to_owned())
        })
    }

    /// Waits until something can be read off the screen.
    pub fn until<T>(&self, wanted: &str, read: impl Fn(&str) -> Option<T>) -> T {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let text = self.text();
            if let Some(found) = read(&text) {
                return found;
            }
            assert!(Instant::now() < until, "never saw {wanted:?}:\n{text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn ended(&mut self) -> bool {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until {
            if self.child.try_wait().unwrap().is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

pub const F2: &str = "\x1bOQ";
pub const F4: &str = "\x1bOS";
pub const F7: &str = "\x1b[18~";
pub const F8: &str = "\x1b[19~";

#[test]
fn a_call_is_answered_and_a_person_registered() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    let mut one = Terminal::open(dir, 120, 36, &[]);
    let mut other = Terminal::open(dir, 80, 24, &[]);
    one.wait("2 志愿者");
    one.wait("/2000");
    other.wait("/2000");
    one.send("danlw");
    one.wait("单立文");
    one.send(F2);
    one.wait("来电查询");
    one.send("hsq cf");
    one.wait("红山区科技志愿者队  ZZ-0035");
    one.send("\x1b");
    one.wait("━ 2 志愿者");
    one.send(F7);
    one.wait("新建 志愿者");
    one.send("试新人\r\r\r\r110105194912310021\r\r13900000001");
    one.wait("校验位");
    one.send(F8);
    one.wait("不行");
    one.send("\x1511010519491231002X");
    one.wait("11010519491231002X");
    for _ in 0..12 {
        one.send("\r");
    }
    one.wait(">*所属组织");
    one.send("红山区");
    one.send(F8);
    one.wait("已保存 ZY-002001");
    other.send("sxr");
    other.wait("试新人");
    assert_eq!(json(dir, &["find", "试新人"])[0]["code"], "ZY-002001");
    one.send("\x1b");
    one.wait("2 志愿者");
}

#[test]
fn no_size_breaks_it_and_quitting_gives_the_terminal_back() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = Terminal::open(dir, 80, 24, &["--lang", "en"]);
    one.wait("2 Volunteers");
    for (columns, rows) in [
        (1, 1),
        (3, 50),
        (39, 9),
        (40, 10),
        (79, 23),
        (100, 30),
        (160, 40),
        (300, 80),
        (5, 5),
        (120, 36),
    ] {
        one.resize(columns, rows);
        std::thread::sleep(Duration::from_millis(60));
        for keys in [F2, "\x1b", F7, "\x1b", "\x1b[20~", "\x1b", "\x1bOP", "\x1b"] {
            one.send(keys);
            std::thread::sleep(Duration::from_millis(15));
        }
    }
    // What was on its way while the size changed is drawn over.
    std::thread::sleep(Duration::from_millis(1000));
    let mut fresh = vt100::Parser::new(36.try_into().unwrap(), 120.try_into().unwrap(), 0);
    fresh.process(b"\x1b[?1049h");
    *one.screen.lock().unwrap() = fresh;
    one.send("\x0c");
    one.wait("1 Organisations");
    one.send("\x1b");
    std::thread::sleep(Duration::from_millis(300));
    one.send("\x1b");
    std::thread::sleep(Duration::from_millis(300));
    one.send("qq");
    assert!(one.ended(), "q does not end it:\n{}", one.text());
    // What the program wrote last may still be on its way.
    let back = |_| {
        std::thread::sleep(Duration::from_millis(50));
        !one.screen.lock().unwrap().screen().alternate_screen()
    };
    assert!((0..100).any(back), "the terminal was not given back");
}

#[test]
fn a_hang_up_ends_the_session() {
    let desk = Desk::new();
    let mut one = Terminal::open(desk.path(), 80, 24, &[]);
    one.wait("1 组织");
    let pid = one.child.process_id().unwrap();
    std::process::Command::new("kill")
        .args(["-HUP", &pid.to_string()])
        .status()
        .unwrap();
    assert!(one.ended());
}

#[test]
fn a_killed_service_is_reached_again() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = Terminal::open(dir, 100, 30, &[]);
    one.wait("1 组织");
    let pid = json(dir, &["status"])["pid"].as_u64().unwrap();
    std::process::Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status()
        .unwrap();
    one.wait("已重新连上");
    one.send(F2);
    one.wait("来电查询");
    one.send("hsq");
    one.wait("红山区");
}

#[test]
fn codes_are_copied_and_frames_follow_the_theme() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = Terminal::open(dir, 100, 30, &[]);
    one.wait("━ 2 志愿者");
    one.wait("0/0");
    one.send("\x1b");
    std::thread::sleep(Duration::from_millis(300));
    one.send("1");
    one.wait("━ 1 组织");
    one.send("y");
    one.wait("已送剪贴板");
    // OSC 52 with ZZ-0001 in base 64.
    let until = Instant::now() + Duration::from_secs(30);
    let wanted = b"\x1b]52;c;WlotMDAwMQ==";
    while !one
        .raw
        .lock()
        .unwrap()
        .windows(wanted.len())
        .any(|part| part == wanted)
    {
        assert!(Instant::now() < until, "no OSC 52");
        std::thread::sleep(Duration::from_millis(20));
    }
    let mono = Terminal::with(dir, 100, 30, &[], &[("KEZHI_THEME", "mono")]);
    let text = mono.wait("== 2 志愿者");
    assert!(!text.contains('━') && !text.contains('│'), "{text}");
}

#[test]
fn long_texts_and_choices_reach_the_store() {
    let desk = Desk::new();
    let dir = desk.path();
    let mut one = Terminal::open(dir, 120, 36, &[]);
    one.wait("━ 2 志愿者");
    one.send(F7);
    one.wait("新建 志愿者");
    // Several characters of an input method come in one write.
    one.send("试新人\t2\t\t\t11010519491231002X\t\t13900000001");
    one.wait("13900000001");
    one.send(&"\t".repeat(10));
    one.wait(">*所属组织");
    one.send("\x1bOR");
    one.wait("选择 所属组织");
    one.send("hsq");
    one.wait("红山区科技志愿者队");
    one.send("\r");
    one.wait("[ZZ-0035");
    one.send(&"\t".repeat(7));
    one.wait("> 备注");
    // A paste with a line break stays a text.
    one.send("\x1b[200~第一行\r\n第二行\x1b[201~");
    one.wait("第二行");
    one.send("\r第三行");
    one.wait("第三行");
    one.send(F8);
    one.wait("已保存 ZY-000001");
    let fields = &json(dir, &["show", "ZY-000001"])["fields"];
    assert_eq!(fields["note"], "第一行\n第二行\n第三行");
    assert_eq!(fields["teams"][0], "ZZ-0035");
}
