//! Reading a theme file: what is wrong in it is told, and the rest of it counts.

use std::ops::Range;

use ratatui::style::{Color, Modifier};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::said::{Said, t};
use crate::say;
use crate::terminal::colour::Depth;
use crate::terminal::width::width;
use crate::tui::theme::{FrameStyle, ROLES, THEMES, Theme};

/// What is wrong at a place of a theme file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line, from 1.
    pub line: usize,
    /// The key, with its dots; empty where it is not even one.
    pub key: String,
    /// What is wrong.
    pub said: Said,
}

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

/// A theme from the text of its file, with what is wrong there; what the file does not state is as in its base.
pub fn read(text: &str, base: Theme) -> (Theme, Vec<Flaw>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        text,
        theme: base,
        flaws: Vec::new(),
    };
    for error in errors {
        let what = error.message().to_owned();
        reader.flaw(
            error.span().unwrap_or_default(),
            "",
            say!("写法不对：{what}", "not TOML: {what}"),
        );
    }
    let table = table.get_ref();
    // Whatever the order in the file, the differences come after what they differ from.
    let base = table
        .iter()
        .filter(|(key, _)| key.get_ref().as_ref() == "base");
    let others = table
        .iter()
        .filter(|(key, _)| key.get_ref().as_ref() != "base");
    for (key, value) in base.chain(others) {
        reader.top(key, value);
    }
    reader.flaws.sort_by_key(|flaw| flaw.line);
    (reader.theme, reader.flaws)
}

struct Reader<'a> {
    text: &'a str,
    theme: Theme,
    flaws: Vec<Flaw>,
}

impl Reader<'_> {
    fn flaw(&mut self, span: Range<usize>, key: &str, said: Said) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        self.flaws.push(Flaw {
            line: before.matches('\n').count() + 1,
            key: key.to_owned(),
            said,
        });
    }

    fn unknown(&mut self, key: &Key, path: &str) {
        let said = t("没有这一项", "there is no such key").said();
        self.flaw(key.span(), path, said);
    }

    /// One word of a list, or what may stand here.
    fn word<T: Copy>(
        &mut self,
        value: &Spanned<DeValue>,
        path: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = value.get_ref().as_str();
        let known = words.iter().find(|(word, _)| Some(*word) == text);
        if known.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let all = all.join(" ");
            self.flaw(
                value.span(),
                path,
                say!("只能是 {all} 之一", "must be one of {all}"),
            );
        }
        known.map(|(_, meant)| *meant)
    }

    fn top(&mut self, key: &Key, value: &Spanned<DeValue>) {
        let path = key.get_ref().as_ref();
        match path {
            "base" => {
                let names: Vec<(&str, &str)> =
                    THEMES.iter().map(|one| (one.name, one.name)).collect();
                if let Some(name) = self.word(value, path, &names) {
                    self.theme = Theme::named(name);
                }
            }
            "name" => match value.get_ref().as_str() {
                Some(name) => self.theme.name = name.to_owned(),
                None => {
                    let said = t("应为文字", "must be a text").said();
                    self.flaw(value.span(), path, said);
                }
            },
            "depth" => {
                let words = [
                    ("truecolor", Depth::True),
                    ("256", Depth::C256),
                    ("16", Depth::C16),
                    ("mono", Depth::Mono),
                ];
                if let Some(depth) = self.word(value, path, &words) {
                    self.theme.depth = depth;
                }
            }
            "frame" | "role" => match value.get_ref().as_table() {
                Some(table) if path == "frame" => {
                    for (key, value) in table.iter() {
                        self.frame(key, value);
                    }
                }
                Some(table) => {
                    for (key, value) in table.iter() {
                        self.role(key, value, key.get_ref());
                    }
                }
                None => {
                    let said = say!("应为 [{path}] 一节", "must be the table [{path}]");
                    self.flaw(value.span(), path, said);
                }
            },
            _ => self.unknown(key, path),
        }
    }

    fn frame(&mut self, key: &Key, value: &Spanned<DeValue>) {
        if key.get_ref() != "style" {
            let path = format!("frame.{}", key.get_ref());
            return self.unknown(key, &path);
        }
        let words = [("line", FrameStyle::Line), ("title", FrameStyle::Title)];
        if let Some(style) = self.word(value, "frame.style", &words) {
            self.theme.frame = style;
        }
    }

    fn role(&mut self, key: &Key, value: &Spanned<DeValue>, path: &str) {
        // A head such as `status` stands for all roles below it that the file does not name.
        let heads = |role: &&str| {
            role.strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if !ROLES.iter().map(|(role, _)| role).any(heads) {
            let said = t("没有这个角色", "there is no such role").said();
            return self.flaw(key.span(), path, said);
        }
        let Some(table) = value.get_ref().as_table() else {
            let said = t(
                "应为 { fg = \"#d8dee6\", bg = ..., mod = \"bold\" }",
                "must be { fg = \"#d8dee6\", bg = ..., mod = \"bold\" }",
            );
            return self.flaw(value.span(), path, said.said());
        };
        self.theme.roles.entry(path.to_owned()).or_default();
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            let inside = format!("{path}.{name}");
            match (name, path) {
                ("fg" | "bg", _) => self.colour(value, path, name),
                ("mod", _) => self.modifier(value, path),
                ("scope", "row.select") => {
                    let words = [("row", true), ("marker", false)];
                    if let Some(whole) = self.word(value, &inside, &words) {
                        self.theme.whole = whole;
                    }
                }
                ("marker", "row.select") => match value.get_ref().as_str() {
                    Some(text) if width(text) == 1 => self.theme.marker = text.to_owned(),
                    _ => {
                        let said = t(
                            "应为一列宽的一个字符",
                            "must be one character of one column",
                        );
                        self.flaw(value.span(), &inside, said.said());
                    }
                },
                _ if value.get_ref().is_table() => self.role(key, value, &inside),
                _ => self.unknown(key, &inside),
            }
        }
    }

    fn colour(&mut self, value: &Spanned<DeValue>, path: &str, name: &str) {
        let text = value.get_ref().as_str().unwrap_or_default();
        let Ok(colour) = text.parse::<Color>() else {
            let said = t(
                "不是颜色：写 #rrggbb、颜色名（red、lightblue）或 0 至 255",
                "no colour: #rrggbb, a name (red, lightblue) or 0 to 255",
            );
            return self.flaw(value.span(), &format!("{path}.{name}"), said.said());
        };
        if let Some(role) = self.theme.roles.get_mut(path) {
            match name {
                "fg" => role.fg = Some(colour),
                _ => role.bg = Some(colour),
            }
        }
    }

    fn modifier(&mut self, value: &Spanned<DeValue>, path: &str) {
        let words = [
            ("bold", Modifier::BOLD),
            ("underline", Modifier::UNDERLINED),
            ("reverse", Modifier::REVERSED),
        ];
        let text = value.get_ref().as_str();
        let mut all = Modifier::empty();
        let mut unknown = text.is_none();
        for word in text.unwrap_or_default().split_whitespace() {
            match words.iter().find(|(known, _)| *known == word) {
                Some((_, one)) => all |= *one,
                None => unknown = true,
            }
        }
        if unknown {
            let said = t(
                "只能是 bold、underline、reverse，可并列，空为无",
                "only bold, underline, reverse, several or none",
            );
            self.flaw(value.span(), &format!("{path}.mod"), said.said());
        }
        if let Some(role) = self.theme.roles.get_mut(path) {
            role.modifier = all;
        }
    }
}
