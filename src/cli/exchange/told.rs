//! What came of an import, for people and for programs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::Desk;
use crate::domain::change::FieldChange;
use crate::domain::field::Type;
use crate::domain::kind::{Code, Kind};
use crate::domain::place;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Lang, Said};
use crate::domain::value::Value;
use crate::exchange::sheet::{Format, Sheet};
use crate::protocol::ImportAnswer;
use crate::say;

/// So many rows are told one by one.
const SHOWN: usize = 20;

/// What came of an import so far.
pub(super) struct Told<'a> {
    kind: Kind,
    file: &'a Path,
    sheet: &'a Sheet,
    pub(super) rows: u64,
    new: u64,
    updated: u64,
    unchanged: u64,
    pub(super) written: u64,
    pub(super) rejects: Option<PathBuf>,
    /// Everything that is wrong with a row.
    pub(super) problems: BTreeMap<u64, Vec<Refusal>>,
    /// Rows that are no records.
    pub(super) beside: Vec<(u64, Said)>,
    differences: Vec<(u64, Code, Vec<FieldChange>)>,
}

impl<'a> Told<'a> {
    pub(super) fn new(kind: Kind, file: &'a Path, sheet: &'a Sheet) -> Self {
        Told {
            kind,
            file,
            sheet,
            rows: 0,
            new: 0,
            updated: 0,
            unchanged: 0,
            written: 0,
            rejects: None,
            problems: BTreeMap::new(),
            beside: Vec::new(),
            differences: Vec::new(),
        }
    }

    /// Takes in the answer to some rows.
    pub(super) fn add(&mut self, answer: ImportAnswer) {
        self.new += answer.new;
        self.updated += answer.updated;
        self.unchanged += answer.unchanged;
        for (row, refusal) in answer.problems {
            self.problems.entry(row).or_default().push(refusal);
        }
        let room = SHOWN.saturating_sub(self.differences.len());
        self.differences
            .extend(answer.differences.into_iter().take(room));
    }

    /// Everything that is wrong with a row, in one line each.
    pub(super) fn reasons(&self, lang: Lang) -> BTreeMap<u64, String> {
        let mark = match lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        };
        let line = |refusals: &Vec<Refusal>| {
            let lines: Vec<String> = refusals.iter().map(|refusal| refusal.line(lang)).collect();
            lines.join(mark)
        };
        self.problems
            .iter()
            .map(|(row, refusals)| (*row, line(refusals)))
            .collect()
    }

    /// Says it.
    pub(super) fn tell(&self, desk: &Desk, dry: bool) {
        if desk.global.json {
            self.json(desk.lang);
            // The answer has its fixed shape; what else there is to know does not get lost.
            for said in self.notes() {
                eprintln!("{}", said.get(desk.lang));
            }
            return;
        }
        for said in self.lines(dry) {
            println!("{}", said.get(desk.lang));
        }
    }

    fn json(&self, lang: Lang) {
        let problems: Vec<_> = self
            .problems
            .iter()
            .flat_map(|(row, refusals)| refusals.iter().map(move |refusal| (row, refusal)))
            .map(|(row, refusal)| {
                serde_json::json!({ "row": row, "field": refusal.field, "message": refusal.message.get(lang) })
            })
            .collect();
        println!(
            "{}",
            serde_json::json!({
                "file": self.file, "rows": self.rows, "accepted": self.new + self.unchanged, "updated": self.updated,
                "rejected": self.problems.len(), "written": self.written, "rejects": self.rejects, "problems": problems,
            })
        );
    }

    fn lines(&self, dry: bool) -> Vec<Said> {
        let (rows, new, updated, unchanged, rejected, written) = (
            self.rows,
            self.new,
            self.updated,
            self.unchanged,
            self.problems.len(),
            self.written,
        );
        let mut lines = vec![say!(
            "共 {rows} 行：可新建 {new}，更新已有 {updated}，无变化 {unchanged}，不能导入 {rejected}；已写入 {written}",
            "{rows} rows: {new} new, {updated} changed, {unchanged} as known, {rejected} refused; {written} written"
        )];
        lines.extend(self.notes());
        for (row, code, changes) in &self.differences {
            lines.push(say!(
                "  第 {row} 行更新 {code}：",
                "  row {row} changes {code}:"
            ));
            lines.extend(changes.iter().map(|change| self.change(change)));
        }
        let more = self.updated.saturating_sub(self.differences.len() as u64);
        if more > 0 {
            lines.push(say!(
                "  另有 {more} 行更新",
                "  and {more} more rows changed"
            ));
        }
        for (row, refusal) in self
            .problems
            .iter()
            .take(SHOWN)
            .flat_map(|(row, refusals)| refusals.iter().map(move |refusal| (row, refusal)))
        {
            let (zh, en) = (refusal.line(Lang::Zh), refusal.line(Lang::En));
            lines.push(say!("× 第 {row} 行：{zh}", "× row {row}: {en}"));
        }
        if let Some(more) = rejected.checked_sub(SHOWN).filter(|more| *more > 0) {
            lines.push(say!(
                "× 另有 {more} 行不能导入",
                "× and {more} more rows refused"
            ));
        }
        lines.extend(self.end(dry));
        lines
    }

    /// What was passed over, and why: nothing is left out in silence.
    fn notes(&self) -> Vec<Said> {
        let header = &self.sheet.header;
        let mut notes = Vec::new();
        if !header.ignored.is_empty() {
            let list = header.ignored.join("、");
            notes.push(say!(
                "未识别的列，没有导入：{list}",
                "columns that mean nothing here, passed over: {list}"
            ));
        }
        if !header.stepped.is_empty() {
            let list = header.stepped.join("、");
            notes.push(say!(
                "只能由步骤改的列，没有导入：{list}",
                "columns that only steps change, passed over: {list}"
            ));
        }
        if !self.sheet.unread.is_empty() {
            let list = self.sheet.unread.join("、");
            notes.push(say!(
                "只读了一个工作表，没有读：{list}",
                "one worksheet was read; not read: {list}"
            ));
        }
        for (row, why) in self.beside.iter().take(SHOWN) {
            let (zh, en) = (&why.zh, &why.en);
            notes.push(say!("跳过第 {row} 行：{zh}", "row {row} passed over: {en}"));
        }
        if self.rows == 0 {
            notes.push(say!(
                "表头之下没有数据",
                "there is nothing below the header"
            ));
        }
        notes
    }

    fn change(&self, change: &FieldChange) -> Said {
        let field = self.kind.spec().field(&change.field);
        let value = |value: &Option<Value>| match value {
            None => "—".to_owned(),
            Some(value) => match field.map(|field| field.of) {
                Some(Type::Area) => place::by_code(&value.to_string())
                    .map_or_else(|| value.to_string(), place::Place::path),
                _ => value.to_string(),
            },
        };
        let (from, to) = (value(&change.from), value(&change.to));
        let label = |lang| field.map_or(change.field.as_str(), |field| field.label.get(lang));
        let (zh, en) = (label(Lang::Zh), label(Lang::En));
        say!("    {zh}：{from} → {to}", "    {en}: {from} → {to}")
    }

    fn end(&self, dry: bool) -> Vec<Said> {
        let mut lines = Vec::new();
        if let Some(path) = &self.rejects {
            let path = path.display();
            lines.push(match self.sheet.format {
                Format::Old => say!(
                    "未导入的行连同原因在：{path}（原格式只能读，改存为 xlsx）",
                    "the refused rows with their reasons are in: {path} (this format can only be read: written as xlsx)"
                ),
                _ => say!(
                    "未导入的行连同原因在：{path}",
                    "the refused rows with their reasons are in: {path}"
                ),
            });
        }
        if !self.problems.is_empty() && self.written == 0 && !dry {
            lines.push(say!(
                "一行也没有写入。改正后再导入，或加 --accept-valid 先写入无误的行",
                "nothing was written. Correct the file, or add --accept-valid to write the good rows"
            ));
        }
        if self.new > 0 && self.written > 0 {
            lines.extend(self.onward());
        }
        if dry {
            lines.push(say!(
                "只是核对，没有写入；去掉 --dry-run 即导入",
                "this was a check, nothing was written; without --dry-run it is"
            ));
        }
        lines
    }

    /// New records begin in a state of their own, and a step leads on from there.
    fn onward(&self) -> Option<Said> {
        let (new, spec) = (self.new, self.kind.spec());
        let (step, state) = (spec.onward()?, spec.state(spec.first)?.name);
        let (key, label) = (step.key, step.label);
        let command = format!("kezhi do {key}");
        Some(Said {
            zh: format!(
                "新登记的 {new} 条为{}，{}用：{command} 编号",
                state.zh, label.zh
            ),
            en: format!(
                "the {new} new ones are {}; to {}: {command} CODE",
                state.en,
                label.en.to_lowercase()
            ),
        })
    }
}
