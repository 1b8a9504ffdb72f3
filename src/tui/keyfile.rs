//! The user's own key file: only what differs, and what is wrong with it told by line.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::domain::said::{Lang, Said};
use crate::say;
use crate::tui::action::ACTIONS;
use crate::tui::app::{App, Level};
use crate::tui::keymap::Keymap;
use crate::tui::keyname::{ALWAYS, read};

/// The name of the file.
pub const FILE: &str = "keymap.toml";

/// Something in a key file that does not count, or counts otherwise than it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what counts instead.
    pub said: Said,
}

impl Problem {
    /// In one line: file, line, what is wrong.
    pub fn line(&self, lang: Lang) -> String {
        format!(
            "{}:{} {}",
            self.file.display(),
            self.line,
            self.said.get(lang)
        )
    }
}

/// The keys of this user: those that the program comes with, changed by the file in a directory.
pub fn load(dir: Option<&Path>) -> (Keymap, Vec<Problem>) {
    let mut keymap = Keymap::new();
    let Some(file) = dir.map(|dir| dir.join(FILE)) else {
        return (keymap, Vec::new());
    };
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            return (keymap, Vec::new());
        }
        Err(cause) => {
            let said = say!(
                "读不了（{cause}）；按程序自带的键",
                "cannot be read ({cause}); the keys of the program count"
            );
            let line = 1;
            return (keymap, vec![Problem { file, line, said }]);
        }
    };
    let found = change(&mut keymap, &text);
    let problems = found
        .into_iter()
        .map(|(line, said)| Problem {
            file: file.clone(),
            line,
            said,
        })
        .collect();
    (keymap, problems)
}

/// An entry: its action, the keys with where they stand, where the entry stands.
struct Entry<'a> {
    action: String,
    value: &'a DeValue<'a>,
    at: Range<usize>,
}

/// Changes keys by the text of a file; gives what is wrong, by line.
pub fn change(keymap: &mut Keymap, text: &str) -> Vec<(usize, Said)> {
    let (good, mut wrong) = good(text);
    let line = |at: usize| 1 + good.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let Ok(table) = DeTable::parse(&good) else {
        return wrong;
    };
    let mut entries = entries(table.get_ref());
    entries.sort_by_key(|entry| entry.at.start);
    let mut given = Given {
        own: Vec::new(),
        later: entries
            .iter()
            .filter(|entry| keys(entry.value).is_some())
            .map(|entry| entry.action.clone())
            .collect(),
    };
    for entry in entries {
        let at = line(entry.at.start);
        let Some(row) = ACTIONS.iter().find(|row| row.key == entry.action) else {
            let action = &entry.action;
            let said = say!(
                "没有动作「{action}」；这一行不算。kezhi keys 列出全部",
                "there is no action \"{action}\"; this line does not count. kezhi keys lists them"
            );
            wrong.push((at, said));
            continue;
        };
        let Some(keys) = keys(entry.value) else {
            let said = say!(
                "「{}」的值应是键名的列表，如 [\"F4\", \"e\"]；这一行不算",
                "\"{}\" wants a list of keys such as [\"F4\", \"e\"]; this line does not count",
                row.key
            );
            wrong.push((at, said));
            continue;
        };
        let mut taken = Vec::new();
        for (key, span) in keys {
            let at = line(span.start);
            match one(keymap, &given, row.key, key) {
                Ok((key, told)) => {
                    wrong.extend(told.map(|said| (at, said)));
                    if !taken.contains(&key) {
                        taken.push(key);
                    }
                }
                Err(said) => wrong.push((at, said)),
            }
        }
        // What has no place in a menu must keep a key.
        if taken.is_empty() && !listed(row.key) {
            keymap.restore(row.key);
            let kept = keymap.named(row.key, " ");
            let said = say!(
                "「{}」不在命令面板里，不能没有键；仍用 {kept}",
                "\"{}\" is not in the palette and cannot be without a key; it keeps {kept}",
                row.key
            );
            wrong.push((at, said));
        } else {
            keymap.set(row.key, taken);
        }
        given.own.push(row.key.to_owned());
    }
    for (key, action) in ALWAYS {
        keymap.ensure(action, key);
    }
    wrong.sort_by_key(|(line, _)| *line);
    wrong
}

/// Whether an entry or a table begins in a line; what stands within the list of one begins otherwise.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let rest = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map_or("", |(_, rest)| rest),
        None => line.trim_start_matches(name),
    };
    line.starts_with('[') || rest.len() < line.len() && rest.trim_start().starts_with('=')
}

/// Blanks the entries that cannot be read by themselves: what one leaves open must not take the next with it.
fn apart(lines: &mut [&str], wrong: &mut Vec<(usize, Said)>) {
    let starts: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|line| begins(line)))
        .collect();
    for (nth, start) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).copied().unwrap_or(lines.len());
        let Some(entry) = lines.get_mut(*start..end) else {
            continue;
        };
        let whole = |count: &usize| {
            let text = entry.get(..*count).unwrap_or_default().join("\n");
            DeTable::parse(&text).is_ok()
        };
        if (1..=entry.len()).any(|count| whole(&count)) {
            continue;
        }
        let text = entry.join("\n");
        if let Err(error) = DeTable::parse(&text) {
            wrong.push((start + 1, bad(error.message())));
        }
        entry.fill("");
    }
}

fn bad(cause: &str) -> Said {
    let cause = cause.replace('\n', ", ");
    say!(
        "写法不对（{cause}）；这一行不算，其余照用",
        "is not well written ({cause}); this line does not count, the others do"
    )
}

/// A text with its bad lines blanked, and what is wrong with those.
fn good(text: &str) -> (String, Vec<(usize, Said)>) {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let mut wrong = Vec::new();
    apart(&mut lines, &mut wrong);
    for _ in 0..lines.len() {
        let now = lines.join("\n");
        let Err(error) = DeTable::parse(&now) else {
            break;
        };
        let at = error.span().map_or(0, |span| span.start);
        let mut nth = now.bytes().take(at).filter(|byte| *byte == b'\n').count();
        // What is missing at the end of a line may be told of the blank one after it.
        while nth > 0 && lines.get(nth).is_none_or(|line| line.trim().is_empty()) {
            nth -= 1;
        }
        wrong.push((nth + 1, bad(error.message())));
        if let Some(line) = lines.get_mut(nth) {
            *line = "";
        }
    }
    (lines.join("\n"), wrong)
}

/// The entries of a file: those of a table are named `table.action`.
fn entries<'a>(table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let mut all = Vec::new();
    for (name, value) in table {
        match value.get_ref() {
            DeValue::Table(group) => all.extend(group.iter().map(|(own, value)| Entry {
                action: format!("{}.{}", name.get_ref(), own.get_ref()),
                value: value.get_ref(),
                at: own.span(),
            })),
            other => all.push(Entry {
                action: name.get_ref().to_string(),
                value: other,
                at: name.span(),
            }),
        }
    }
    all
}

/// The keys of a value: a list of names, or one name.
fn keys<'a>(value: &'a DeValue<'a>) -> Option<Vec<(&'a str, Range<usize>)>> {
    let DeValue::Array(all) = value else {
        return None;
    };
    all.iter()
        .map(|one| match one.get_ref() {
            DeValue::String(key) => Some((key.as_ref(), one.span())),
            _ => None,
        })
        .collect()
}

/// Whether an action can be taken from the palette.
fn listed(action: &str) -> bool {
    let mut rows = ACTIONS.iter().filter(|row| row.key == action);
    rows.any(|row| row.listed)
}

/// The actions that the file names: those whose keys are settled, and all.
struct Given {
    own: Vec<String>,
    later: Vec<String>,
}

/// A key for an action, with what is to be said of it; or why it does not count.
fn one(
    keymap: &mut Keymap,
    given: &Given,
    action: &str,
    written: &str,
) -> Result<(String, Option<Said>), Said> {
    let key = read(written).map_err(|why| {
        let (zh, en) = (why.zh, why.en);
        say!(
            "「{action}」不能用 {written}：{zh}；这个键不算",
            "\"{action}\" cannot have {written}: {en}; the key does not count"
        )
    })?;
    let always = ALWAYS.iter().find(|(fixed, _)| *fixed == key);
    if let Some((_, fixed)) = always.filter(|(_, fixed)| *fixed != action) {
        return Err(say!(
            "{key} 总是「{fixed}」，「{action}」不能用；这个键不算",
            "{key} always is \"{fixed}\", \"{action}\" cannot have it; the key does not count"
        ));
    }
    let Some(other) = keymap.rival(action, &key) else {
        return Ok((key, None));
    };
    if given.own.contains(&other) {
        return Err(say!(
            "{key} 前面已给了「{other}」，「{action}」不能再用；前一处算",
            "{key} was given to \"{other}\" before, \"{action}\" cannot have it too; the first counts"
        ));
    }
    if given.later.contains(&other) {
        keymap.lose(&other, &key);
        return Ok((key, None));
    }
    if keymap.keys(&other).len() == 1 && !listed(&other) {
        return Err(say!(
            "{key} 是「{other}」唯一的键，「{action}」不能用；这个键不算",
            "{key} is the only key of \"{other}\", \"{action}\" cannot have it; the key does not count"
        ));
    }
    keymap.lose(&other, &key);
    let left = keymap.named(&other, " ");
    let (zh, en) = match left.is_empty() {
        true => ("在 F9 里办".to_owned(), "is in F9".to_owned()),
        false => (format!("剩 {left}"), format!("keeps {left}")),
    };
    let said = say!(
        "{key} 原是「{other}」的，现归「{action}」；「{other}」{zh}",
        "{key} was the key of \"{other}\" and is now that of \"{action}\"; \"{other}\" {en}"
    );
    Ok((key, Some(said)))
}

impl App {
    /// Takes the keys that the user's own file gives, and tells what is wrong with it.
    pub(super) fn take_keys(&mut self) {
        let (keymap, problems) = load(crate::tui::config::dir().as_deref());
        self.keymap = keymap;
        let count = problems.len();
        let Some((first, others)) = problems.split_first() else {
            return;
        };
        for problem in others.iter().rev() {
            let told = problem.line(self.lang);
            self.log_message(Level::Warn, told);
        }
        let mut told = first.line(self.lang);
        if count > 1 {
            told.push_str(&match self.lang {
                Lang::Zh => format!("（共 {count} 处：kezhi keys --check）"),
                Lang::En => format!(" ({count} in all: kezhi keys --check)"),
            });
        }
        self.tell_early(told);
    }
}
