//! What the command line says, as it is done on the screen: whoever sits there has keys, and no shell.

use crate::domain::kind::{Code, KINDS};
use crate::domain::lifecycle::Step;
use crate::domain::said::{Lang, t};
use crate::tui::app::App;
use crate::tui::keymap::Keymap;
use crate::tui::overlay::Overlay;

/// What a command becomes.
#[derive(Clone, Copy)]
enum Way {
    /// A step, by its name in the menu.
    Do,
    /// An action, on the record that is named.
    On(&'static str),
    /// An action that names no record.
    Key(&'static str),
    /// The look-up, with what is looked for.
    Find,
    /// No key: an act of the administrator.
    Administrator,
}

/// The commands that are turned; the others stay as they are.
const WAYS: &[(&str, Way)] = &[
    ("do", Way::Do),
    ("show", Way::Find),
    ("find", Way::Find),
    ("list", Way::Find),
    ("history", Way::On("history")),
    ("steps", Way::On("steps")),
    ("edit", Way::On("edit")),
    ("reveal", Way::On("reveal")),
    ("new", Way::Key("new")),
    ("queue", Way::Key("pane4")),
    ("check", Way::Key("findings")),
    ("setting", Way::Administrator),
    ("calendar", Way::Administrator),
    ("import", Way::Administrator),
    ("export", Way::Administrator),
    ("backup", Way::Administrator),
];

const NAME: &str = "kezhi ";

/// What may stand between two ways of which one is enough.
const OR: &[&str] = &["，或 ", "；或 ", " 或 ", "；或", "，或", ", or ", " or "];

/// The text as the screen shows it; `here` is the record that is shown.
pub fn turned(text: &str, lang: Lang, keymap: &Keymap, here: Option<Code>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(NAME) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let command = from.get(NAME.len()..).unwrap_or_default();
        let verb = word(command);
        let Some((_, way)) = WAYS.iter().find(|(name, _)| *name == verb) else {
            out.push_str(NAME);
            rest = command;
            continue;
        };
        if matches!(way, Way::Administrator) {
            let asked = sentence(&out);
            if !asked.contains("管理员") && !asked.contains("administrator") {
                out.push_str(t("请管理员执行 ", "the administrator runs ").get(lang));
            }
            out.push_str(NAME);
            rest = command;
            continue;
        }
        let mut line = Line {
            rest: command.get(verb.len()..).unwrap_or_default(),
            lang,
            keymap,
            here,
        };
        let (said, key) = line.said(*way);
        rest = line.rest;
        put(&mut out, &said, &key);
        // The text may go on with the key itself.
        for or in OR {
            if let Some(after) = rest.strip_prefix(or)
                && let Some(end) = after.strip_prefix(key.as_str())
                && !key.is_empty()
                && !end.starts_with(|c: char| c.is_ascii_alphanumeric())
            {
                rest = end;
                break;
            }
        }
    }
    out.push_str(rest);
    bare(&out)
}

/// Adds a way, unless the same stands before it already.
fn put(out: &mut String, said: &str, key: &str) {
    if let Some(before) = OR.iter().find_map(|or| out.strip_suffix(or)) {
        let whole = sentence(before);
        let named = said.split_once(['「', ' ']).map(|(_, name)| {
            let name = name.trim_end_matches('」');
            !name.is_empty() && whole.contains(name)
        });
        let held = key.len() > 1 && whole.contains(key);
        let same = before.ends_with(key) || (held && named.unwrap_or(true));
        if same && !key.is_empty() {
            let end = before.len();
            out.truncate(end);
            return;
        }
    }
    out.push_str(said);
}

/// The sentence that a text ends in.
fn sentence(text: &str) -> &str {
    let at = text.rfind('。').map(|at| at + '。'.len_utf8());
    let other = text.rfind(". ").map(|at| at + 2);
    text.get(at.max(other).unwrap_or(0)..).unwrap_or_default()
}

/// The small letters at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// A step by its key: of the record's own kind, else of the first that has one.
fn step(key: &str, of: Option<Code>) -> Option<&'static Step> {
    let own = of.and_then(|code| code.kind.spec().step(key));
    own.or_else(|| KINDS.iter().find_map(|spec| spec.step(key)))
}

/// What is left of a command behind its verb.
struct Line<'a> {
    rest: &'a str,
    lang: Lang,
    keymap: &'a Keymap,
    here: Option<Code>,
}

/// The record that a command names.
enum Named {
    /// None, or the one that is shown.
    Here,
    /// Another, by its code or by what it is.
    Other(String),
}

impl<'a> Line<'a> {
    fn key(&self, action: &str) -> String {
        self.keymap
            .keys(action)
            .first()
            .cloned()
            .unwrap_or_default()
    }

    /// The next word, up to a blank or a mark that ends a clause.
    fn peek(&self) -> Option<&'a str> {
        let text = self.rest.strip_prefix(' ')?;
        let mut quoted = false;
        let mut end = text.len();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let last = chars.peek().is_none_or(|(_, next)| *next == ' ');
            match c {
                '"' => quoted = !quoted,
                _ if quoted => {}
                ' ' | '，' | '。' | '；' | '：' | '、' | '（' | '）' | ')' => {
                    end = at;
                    break;
                }
                ',' | ';' | ':' if last => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        text.get(..end).filter(|word| !word.is_empty())
    }

    fn skip(&mut self, word: &str) {
        self.rest = self.rest.get(word.len() + 1..).unwrap_or_default();
    }

    /// The record, where one is named.
    fn record(&mut self) -> Named {
        let Some(word) = self.peek() else {
            return Named::Here;
        };
        if let Some(code) = Code::read(word) {
            self.skip(word);
            return match Some(code) == self.here {
                true => Named::Here,
                false => Named::Other(word.to_owned()),
            };
        }
        let capital = |c: char| c.is_ascii_uppercase() || c == '-' || c == '.';
        let placed = word.ends_with("编号") || word.chars().all(capital);
        if !placed {
            return Named::Here;
        }
        self.skip(word);
        match word {
            "编号" | "CODE" => Named::Here,
            word => Named::Other(word.to_owned()),
        }
    }

    /// What follows: fields, flags, and dots that stand for more.
    fn fields(&mut self) -> Option<&'a str> {
        let mut value = None;
        while let Some(word) = self.peek() {
            match word {
                _ if word.starts_with("--") => {
                    self.skip(word);
                    if !matches!(word, "--yes" | "--where")
                        && let Some(next) = self.peek()
                    {
                        self.skip(next);
                    }
                }
                "..." => self.skip(word),
                _ => match word.split_once('=') {
                    Some((_, text)) => {
                        value = Some(text);
                        self.skip(word);
                    }
                    None => break,
                },
            }
        }
        value
    }

    /// The way, and the key in it.
    fn said(&mut self, way: Way) -> (String, String) {
        match way {
            Way::Do => self.step(),
            Way::On(action) => {
                let to = self.record();
                if action == "reveal"
                    && let Some(word) = self.peek()
                {
                    self.skip(word);
                }
                self.fields();
                let key = self.key(action);
                // In the look-up letters are text: the record is opened first.
                let letter = key.chars().count() == 1;
                let open = if letter {
                    self.key("open")
                } else {
                    String::new()
                };
                (self.at(to, &[&open, &key]), key)
            }
            Way::Key(action) => {
                if let Some(word) = self.peek()
                    && KINDS.iter().any(|spec| spec.key == word)
                {
                    self.skip(word);
                }
                self.fields();
                let key = self.key(action);
                (key.clone(), key)
            }
            Way::Find => {
                if let Some(word) = self.peek()
                    && KINDS.iter().any(|spec| spec.key == word)
                {
                    self.skip(word);
                }
                let to = match self.record() {
                    Named::Here => self
                        .fields()
                        .and_then(Code::read)
                        .map(|code| code.to_string()),
                    Named::Other(to) => Some(to),
                };
                self.fields();
                let key = self.key("look");
                let said = to.map_or_else(|| key.clone(), |to| format!("{key} {to}"));
                (said, key)
            }
            Way::Administrator => (String::new(), String::new()),
        }
    }

    /// A step, or several that stand side by side.
    fn step(&mut self) -> (String, String) {
        let key = self.key("steps");
        let mut steps: Vec<&str> = Vec::new();
        let mut gaps: Vec<&str> = Vec::new();
        if let Some(first) = self.peek() {
            let name = word(first);
            if !name.is_empty() {
                steps.push(name);
                self.rest = self.rest.get(1 + name.len()..).unwrap_or_default();
            } else if matches!(first, "步骤" | "STEP") {
                self.skip(first);
            }
        }
        while !steps.is_empty() {
            let more = ["、", ", ", " 或 ", " or "].into_iter().find_map(|gap| {
                let name = word(self.rest.strip_prefix(gap)?);
                let known = name == "edit" || step(name, self.here).is_some();
                known.then_some((gap, name))
            });
            let Some((gap, name)) = more else { break };
            gaps.push(gap);
            steps.push(name);
            self.rest = self.rest.get(gap.len() + name.len()..).unwrap_or_default();
        }
        let to = self.record();
        self.fields();
        let of = match &to {
            Named::Here => self.here,
            Named::Other(word) => Code::read(word),
        };
        let mut said = String::new();
        for (nth, name) in steps.iter().enumerate() {
            if let Some(gap) = nth.checked_sub(1).and_then(|at| gaps.get(at)) {
                said.push_str(gap);
            }
            let part = match step(name, of) {
                None if *name == "edit" => self.key("edit"),
                None => key.clone(),
                Some(step) => match self.lang {
                    Lang::Zh => format!("{key}「{}」", step.label.zh),
                    Lang::En => format!("{key} {}", step.label.en),
                },
            };
            said.push_str(&part);
        }
        if said.is_empty() {
            said.push_str(&key);
        }
        (self.at(to, &[&said]), key)
    }

    /// Keys on a record: another one is looked up first.
    fn at(&self, to: Named, keys: &[&str]) -> String {
        let last = keys.last().copied().unwrap_or_default();
        let Named::Other(to) = to else {
            return last.to_owned();
        };
        let mut all = vec![format!("{} {to}", self.key("look"))];
        let keys = keys.iter().filter(|key| !key.is_empty());
        all.extend(keys.map(|key| (*key).to_owned()));
        all.join(t("，", ", ").get(self.lang))
    }
}

/// Without the keys of steps behind their names: they are for the command line.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['（', '(']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (open, close) = if from.starts_with('（') {
            ("（", "）")
        } else {
            ("(", ")")
        };
        let inside = from.get(open.len()..).unwrap_or_default();
        let name = word(inside);
        let after = inside
            .get(name.len()..)
            .and_then(|left| left.strip_prefix(close));
        let stands = |key: &str| {
            let labels = KINDS.iter().filter_map(|spec| spec.step(key));
            let mut labels = labels.flat_map(|step| [step.label.zh, step.label.en]);
            labels.any(|label| out.trim_end().ends_with(label))
        };
        match after {
            Some(left) if !name.is_empty() && stands(name) => {
                out.truncate(out.trim_end().len());
                rest = left;
            }
            _ => {
                out.push_str(open);
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    out
}

impl App {
    /// A text of the command line as it is done here, where a record is shown or typed into.
    pub fn way(&self, text: &str) -> String {
        let typed = self.over.iter().rev().find_map(|over| match over {
            Overlay::Form(form) => Some(form.code()),
            Overlay::Card(card) => Some(Some(card.view.code)),
            _ => None,
        });
        let here = typed.unwrap_or_else(|| self.current());
        self.way_of(text, here)
    }

    /// The same for a record.
    pub fn way_of(&self, text: &str, here: Option<Code>) -> String {
        turned(text, self.lang, &self.keymap, here)
    }
}
