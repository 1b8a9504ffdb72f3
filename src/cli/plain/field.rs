//! One field of a form: how it is asked, and what its answer means.

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::cli::plain::fill::Go;
use crate::domain::field::{Field, Need, Type};
use crate::domain::fold::narrow;
use crate::domain::input::split_list;
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::protocol::{Answer, Find, Request};
use crate::say;
use crate::tui::form::{Form, several};

/// Words that are read out with the question; the others with `?`.
const SOME: usize = 10;

/// The one mark that a line is, or begins with where a name follows it, in any width.
pub(super) fn sign(line: &str) -> Option<char> {
    let plain = narrow(line);
    let mut chars = plain.chars();
    let first = match chars.next()? {
        '。' => '.',
        '、' => '/',
        '—' => '-',
        c => c,
    };
    let alone = chars.next().is_none();
    (first == '/' || alone && "?-.=+".contains(first)).then_some(first)
}

impl Talk<'_> {
    /// Asks for the field where the form stands.
    pub(super) fn ask_field(&mut self, form: &mut Form) -> Result<Go, Refusal> {
        let Some(field) = form.field() else {
            return Ok(Go::Next);
        };
        self.question(form, field);
        let Some(line) = self.voice.hear() else {
            self.over = true;
            return Ok(Go::Stop);
        };
        let line = line.trim();
        match sign(line) {
            Some('?') => {
                self.explain(form, field);
                return Ok(Go::Again);
            }
            Some('-') => return Ok(Go::Back),
            Some('.') => return Ok(Go::Stop),
            Some('+') => return Ok(Go::To(form.fields.len())),
            Some('/') => return Ok(self.named_field(form, line)),
            Some(_) => {
                form.put(form.at, "");
                form.problems.remove(field.key);
                self.tell(&say!("已清空", "cleared"));
                return Ok(Go::Next);
            }
            None => {}
        }
        if line.is_empty() {
            // What was wrong is not taken; what was there before stays.
            if form.problems.remove(field.key).is_some() {
                let before = form.base.get(form.at).cloned().unwrap_or_default();
                form.put(form.at, &before);
            }
            return Ok(Go::Next);
        }
        let mut text = line.to_owned();
        while several(field) {
            // A long text is not lost either, if the way breaks before its last line.
            form.put(form.at, &text);
            self.keep(form);
            match self.voice.hear() {
                Some(more) if !more.trim().is_empty() => {
                    text.push('\n');
                    text.push_str(more.trim());
                }
                _ => break,
            }
        }
        self.answer(form, field, text)
    }

    fn question(&mut self, form: &Form, field: &'static Field) {
        let (at, count) = (form.at + 1, form.fields.len());
        let need = match field.need {
            Need::Required => self.text("必填", "required"),
            _ => "",
        };
        let lines = match several(field) {
            true => self.text("可写几行，空行写完", "several lines, an empty one ends it"),
            false => "",
        };
        let held = form.text(form.at).replace('\n', self.text("；", "; "));
        let held = match held.as_str() {
            "" if form.kept(field) => self
                .text("已有，隐去，空行不变", "on file and masked, empty keeps it")
                .to_owned(),
            "" => String::new(),
            text => self.say(say!("现为 {text}", "now {text}")),
        };
        let label = field.label.get(self.lang);
        let line = self.joined(&[&format!("{at}/{count} {label}"), need, lines, &held]);
        self.voice.say(&line);
        let words = self.words(field);
        if !words.is_empty() {
            let all = words.len();
            let some: Vec<String> = words.into_iter().take(SOME).collect();
            let mut line = some.join(self.text("；", "; "));
            if all > SOME {
                line.push_str(&self.say(say!(
                    "；共 {all} 个，? 听全部",
                    "; {all} in all, ? reads them"
                )));
            }
            self.voice.say(&line);
        }
    }

    /// The fixed words of a field, with the numbers that stand for them.
    fn words(&self, field: &Field) -> Vec<String> {
        let words = field.words().iter().enumerate();
        words
            .map(|(at, word)| format!("{} {}", at + 1, word.get(self.lang)))
            .collect()
    }

    /// `?`.
    fn explain(&mut self, form: &Form, field: &'static Field) {
        let help = field.help.get(self.lang);
        let mut told = vec![help.to_owned()];
        match field.of {
            Type::Line(most) | Type::Lines(most) => {
                told.push(self.say(say!("至多 {most} 字", "{most} characters at most")));
            }
            Type::Flag => told.push(self.text("写 是 或 否", "yes or no").to_owned()),
            Type::Day => told.push(
                self.text(
                    "日期，如 2026-03-05 或 20260305",
                    "a day, such as 2026-03-05",
                )
                .to_owned(),
            ),
            _ if !field.names().is_empty() => told.push(
                self.text(
                    "写名称、首字母或编号；几个用逗号隔开",
                    "a name, initials or a code; several with commas",
                )
                .to_owned(),
            ),
            _ => {}
        }
        told.push(self.words(field).join(self.text("；", "; ")));
        if let Some(problem) = form.problems.get(field.key) {
            told.push(problem.clone());
        }
        told.retain(|line| !line.is_empty());
        if told.is_empty() {
            told.push(self.text("照名称填写", "what the name says").to_owned());
        }
        told.iter().for_each(|line| self.voice.say(line));
    }

    /// Takes an answer; what is wrong with it is said, and the field is asked again.
    fn answer(
        &mut self,
        form: &mut Form,
        field: &'static Field,
        text: String,
    ) -> Result<Go, Refusal> {
        let (at, lang) = (form.at, self.lang);
        let text = match field.names() {
            [] => text,
            // Only administrators look through operators; whoever knows a login types it.
            [Kind::Operator] => text,
            kinds => match self.resolve(kinds, &text)? {
                Some(text) => text,
                None => return Ok(Go::Again),
            },
        };
        form.put(at, &text);
        form.check(at, chrono::Local::now().date_naive(), lang);
        if let Some(problem) = form.problems.get(field.key).cloned() {
            self.tell(&say!("不对：{problem}", "not right: {problem}"));
            self.tell(&say!(
                "重写这一项，空行不要它",
                "write it again, an empty line drops it"
            ));
            return Ok(Go::Again);
        }
        let held = form.text(at);
        if held != text {
            let held = held.replace('\n', self.text("；", "; "));
            self.tell(&say!("记为：{held}", "taken as: {held}"));
        }
        Ok(Go::Next)
    }

    /// The codes of the records that are named; none if it is to be asked again.
    fn resolve(&mut self, kinds: &[Kind], text: &str) -> Result<Option<String>, Refusal> {
        let mut codes = Vec::new();
        for part in split_list(text) {
            if Code::read(&narrow(&part)).is_some() {
                codes.push(narrow(&part));
                continue;
            }
            let find = Find {
                text: part.clone(),
                kinds: kinds.to_vec(),
                limit: SOME,
                ..Find::default()
            };
            let Answer::Found(mut found) = self.ask(Request::Find(find))? else {
                return Err(odd());
            };
            let mean = Request::Mean {
                text: part.clone(),
                kinds: kinds.to_vec(),
            };
            if let Answer::Meant(Some(code)) = self.ask(mean)? {
                found.rows.retain(|row| row.code == code);
                codes.push(code.to_string());
                let title = found.rows.first().map_or("", |row| row.title.as_str());
                self.tell(&say!("记为：{code} {title}", "taken as: {code} {title}"));
                continue;
            }
            match found.rows.as_slice() {
                // Whether it may be named all the same, the service decides.
                [] => {
                    self.tell(&say!(
                        "没有查到「{part}」，照写的提交",
                        "\"{part}\" was not found and is sent as it is written"
                    ));
                    codes.push(part);
                }
                [only] if !found.fuzzy => {
                    let (code, title) = (only.code, only.title.clone());
                    self.tell(&say!("记为：{code} {title}", "taken as: {code} {title}"));
                    codes.push(code.to_string());
                }
                several => {
                    let lines: Vec<String> = several
                        .iter()
                        .enumerate()
                        .map(|(at, row)| {
                            let number = format!("{} {}", at + 1, row.title);
                            self.joined(&[&number, &row.subtitle, &row.area, &row.code.to_string()])
                        })
                        .collect();
                    let rows: Vec<Code> = several.iter().map(|row| row.code).collect();
                    let count = found.total;
                    self.tell(&say!(
                        "「{part}」可指 {count} 个，写序号，空行重写",
                        "\"{part}\" may mean {count}, write a number, or nothing to write it again"
                    ));
                    lines.iter().for_each(|line| self.voice.say(line));
                    let line = self.voice.hear().unwrap_or_default();
                    let number = narrow(line.trim()).parse::<usize>().ok();
                    let chosen = number.and_then(|number| rows.get(number.checked_sub(1)?));
                    let Some(code) = chosen else { return Ok(None) };
                    codes.push(code.to_string());
                }
            }
        }
        Ok(Some(codes.join(self.text("、", ", "))))
    }
}
