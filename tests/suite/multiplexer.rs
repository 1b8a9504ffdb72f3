//! In tmux, as many operators have it: sizes, kinds of terminal, the cursor in fields, leaving and coming back.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthStr;

use crate::command::{Desk, ok};
use crate::insertion::STROKES;
use crate::screen::Terminal;

/// A server of tmux, with one session; it ends with the test.
struct Mux(String);

impl Mux {
    /// Starts the workstation in it.
    fn new(dir: &Path, term: &str, width: u16, height: u16) -> Result<Mux, String> {
        let name = format!("kezhi-{}-{term}-{width}", std::process::id());
        let mux = Mux(name);
        let (width, height) = (width.to_string(), height.to_string());
        let line = format!(
            "KEZHI_STATE='{0}/state' exec '{1}' --data '{0}'",
            dir.display(),
            env!("CARGO_BIN_EXE_kezhi")
        );
        let args = ["-f", "/dev/null", "start-server", ";"];
        let set = ["set", "-g", "default-terminal", term, ";"];
        let new = ["new-session", "-d", "-x", &width, "-y", &height, &line];
        let all: Vec<&str> = args.into_iter().chain(set).chain(new).collect();
        let out = mux.run(&all).map_err(|error| format!("tmux: {error}"))?;
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.success(), "{said}");
        Ok(mux)
    }

    fn run(&self, args: &[&str]) -> std::io::Result<Output> {
        Command::new("tmux")
            .args(["-u", "-L", &self.0])
            .args(args)
            .env_remove("TMUX")
            .env("LC_ALL", "C.UTF-8")
            .env("TERM", "xterm-256color")
            .output()
    }

    fn ok(&self, args: &[&str]) -> String {
        let out = self.run(args).unwrap();
        let said = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{args:?}: {said}");
        String::from_utf8(out.stdout).unwrap()
    }

    fn types(&self, text: &str) {
        self.ok(&["send-keys", "-l", text]);
    }

    fn key(&self, key: &str) {
        self.ok(&["send-keys", key]);
    }

    fn text(&self) -> String {
        self.ok(&["capture-pane", "-p"])
    }

    fn until(&self, wanted: &str, met: impl Fn(&str) -> bool) -> String {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let text = self.text();
            if met(&text) {
                return text;
            }
            assert!(Instant::now() < until, "never saw {wanted}:\n{text}");
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    fn wait(&self, wanted: &str) -> String {
        self.until(wanted, |text| text.contains(wanted))
    }

    /// Column and row of the cursor, and whether it is seen.
    fn cursor(&self) -> String {
        let format = "#{cursor_x},#{cursor_y},#{cursor_flag}";
        self.ok(&["display", "-p", format]).trim().to_owned()
    }

    /// As it is drawn in this size: no row too long, the frame whole, the hints below.
    fn fits(&self, width: usize, height: usize) {
        let whole = |text: &str| {
            let rows: Vec<&str> = text.lines().collect();
            // The corners stand under each other where no character is wider than it is taken for.
            let framed = rows.iter().any(|row| row.width() == width);
            rows.len() == height
                && rows.iter().all(|row| row.width() <= width)
                && framed
                && rows[height - 1].contains("Esc")
                && rows[0].contains("科志")
        };
        self.until(&format!("a screen of {width}x{height}"), whole);
    }
}

impl Drop for Mux {
    fn drop(&mut self) {
        let _ = self.run(&["kill-server"]);
    }
}

/// Another terminal that looks at the session.
fn attach(mux: &Mux, dir: &Path, width: u16, height: u16) -> Terminal {
    let line = format!("LC_ALL=C.UTF-8 TMUX= exec tmux -u -L {} attach", mux.0);
    Terminal::shell(dir, width, height, &line)
}

fn strokes(mux: &Mux, field: &str) {
    let place = mux.cursor();
    let numbers: Vec<usize> = place.split(',').map(|text| text.parse().unwrap()).collect();
    let [column, row, seen] = numbers[..] else {
        panic!("{place}")
    };
    assert_eq!(seen, 1, "{field}: no cursor");
    for (key, before, behind) in STROKES {
        let name = match *key {
            "\x1b[D" => "Left",
            "\x1b[C" => "Right",
            "\x1b[H" => "Home",
            "\x1b[F" => "End",
            "\x1b[3~" => "DC",
            "\x7f" => "BSpace",
            "\x08" => "C-h",
            "\x15" => "C-u",
            _ => "",
        };
        match name {
            "" => mux.types(key),
            name => mux.key(name),
        }
        let wanted = format!("{},{row},1", column + before.width());
        let text = format!("{before}{behind}");
        mux.until(&format!("{field}: {wanted} after {key:?}"), |screen| {
            let row = screen.lines().nth(row).unwrap_or_default();
            mux.cursor() == wanted && row.contains(&text)
        });
    }
}

#[test]
fn in_tmux_it_is_drawn_typed_into_and_come_back_to() {
    if let Err(error) = Command::new("tmux").arg("-V").output() {
        return crate::skip("tmux", &error.to_string());
    }
    let desk = Desk::new();
    let dir = desk.path();
    ok(dir, &["demo", "--size", "S", "--no-open"]);
    for term in ["screen", "tmux-256color"] {
        let mux = match Mux::new(dir, term, 80, 24) {
            Ok(mux) => mux,
            Err(reason) => return crate::skip("tmux", &reason),
        };
        mux.wait("/2000");
        mux.fits(80, 24);
        mux.key("F2");
        mux.wait("来电查询");
        strokes(&mux, "look-up");
        mux.types("单立文");
        mux.wait("── 单立文");
        mux.key("C-g");
        mux.key("C-g");
        mux.wait("━ 2 志愿者");
        // What an input method commits at once starts a search where nothing is typed.
        mux.types("来电");
        mux.wait("来电");
        mux.key("C-g");
        mux.key("C-g");
        for (width, height) in [(80, 24), (120, 36), (200, 50), (80, 24)] {
            let (wide, high) = (width.to_string(), height.to_string());
            mux.ok(&["resize-window", "-x", &wide, "-y", &high]);
            mux.fits(width, height);
            mux.key("F7");
            mux.wait("新建 志愿者");
            strokes(&mux, "form");
            mux.types("试");
            mux.wait("试");
            mux.key("C-u");
            mux.key("C-g");
            mux.wait("━ 2 志愿者");
        }
        // Others look at it from windows of other sizes; it goes on while nobody does.
        mux.ok(&["set", "-w", "window-size", "latest"]);
        for (width, height) in [(100, 31), (132, 44)] {
            let mut one = attach(&mux, dir, width, height);
            // The last row is the status line of tmux itself.
            mux.fits(usize::from(width), usize::from(height) - 1);
            one.wait("━ 2 志愿者");
            one.wait("Esc");
            mux.ok(&["detach-client", "-a"]);
            mux.ok(&["detach-client"]);
            assert!(one.ended(), "tmux holds on");
            mux.key("F2");
            mux.wait("来电查询");
            mux.types("dlw");
            mux.wait("── 单立文");
            mux.key("C-g");
            mux.key("C-g");
            mux.wait("━ 2 志愿者");
        }
    }
}
