//! From what was typed, pasted or imported to the value of a field.

use chrono::NaiveDate;

use crate::domain::field::{Field, Type};
use crate::domain::fold::{bare, is_han, is_scientific, narrow};
use crate::domain::identity::rounded;
use crate::domain::kind::{Code, Kind};
use crate::domain::reading::initials;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Said, Text};
use crate::domain::value::{Fields, Value};
use crate::domain::{credit_code, day, moment, person_name, phone, place};
use crate::say;

/// What a value may depend on beside itself.
pub trait Context {
    /// The day on which it is typed.
    fn today(&self) -> NaiveDate;
    /// The record that a code or a unique name means.
    fn reference(&self, kind: Kind, raw: &str) -> Result<Code, Said>;
    /// The same, where a code that exists may name what who types may not read.
    fn by_code(&self, kind: Kind, raw: &str) -> Result<Code, Said> {
        self.reference(kind, raw)
    }
    /// The same, where organisations beyond the scope of who types may be named too.
    fn anywhere(&self, kind: Kind, raw: &str) -> Result<Code, Said> {
        self.reference(kind, raw)
    }
}

/// Splits a list on the marks that people put between its parts.
pub fn split_list(raw: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in raw.split(['、', '，', ',', '；', ';', '/', '／', '|', '\n', '\r']) {
        let part = part.trim();
        if !part.is_empty() && !parts.iter().any(|other| other == part) {
            parts.push(part.to_owned());
        }
    }
    parts
}

/// Reads a value for a field; an empty value clears it.
pub fn read(field: &Field, raw: &Value, context: &dyn Context) -> Result<Value, Refusal> {
    if raw.is_empty() || raw.text().is_some_and(|text| text.trim().is_empty()) {
        return Ok(Value::Text(String::new()));
    }
    value(field, raw, context).map_err(|said| {
        let said = Said {
            zh: format!("{}：{}", field.label.zh, said.zh),
            en: format!("{}: {}", field.label.en, said.en),
        };
        Refusal::invalid(field.key, said)
    })
}

fn value(field: &Field, raw: &Value, context: &dyn Context) -> Result<Value, Said> {
    if let Type::Rows(columns) = field.of {
        return rows(columns, raw, context);
    }
    if matches!(field.of, Type::Sessions) {
        return moment::sessions(raw, context.today());
    }
    if field.is_list() {
        return list(field, raw, context);
    }
    let text = match raw {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Flag(flag) => (if *flag { "是" } else { "否" }).to_owned(),
        Value::List(parts) if parts.len() == 1 => {
            parts.first().map(ToString::to_string).unwrap_or_default()
        }
        Value::List(_) | Value::Map(_) => {
            return Err(say!("只能填一个值", "takes one value only"));
        }
    };
    if let (true, Type::Ref(kind)) = (field.by_code, field.of) {
        return Ok(context.by_code(kind, &text)?.to_string().into());
    }
    let value = single(field.of, &text, context)?;
    // A moment is a day first.
    let day = value.text().and_then(|text| text.get(..10));
    match day.filter(|day| field.past && *day > context.today().to_string().as_str()) {
        Some(day) => Err(day::to_come(day)),
        None => Ok(value),
    }
}

fn single(of: Type, text: &str, context: &dyn Context) -> Result<Value, Said> {
    Ok(match of {
        Type::PersonName => person_name::person_name(text)?.into(),
        Type::Line(most) => line(text, most, false)?.into(),
        Type::Lines(most) => line(text, most, true)?.into(),
        Type::Moment => moment::moment(text, context.today())?.into(),
        Type::Day => day::day(text, context.today())?.to_string().into(),
        Type::Int(least, most) => {
            let number: i64 = bare(text)
                .parse()
                .map_err(|_| say!("「{text}」不是整数", "\"{text}\" is not a whole number"))?;
            if !(least..=most).contains(&number) {
                return Err(say!(
                    "应在 {least} 至 {most} 之间",
                    "must lie between {least} and {most}"
                ));
            }
            number.into()
        }
        Type::Flag => Value::Flag(flag(text)?),
        Type::Choice(words) => choice(words, text)?.into(),
        Type::Area => place::place(text)?.code.into(),
        Type::Phone => phone::phone(text)?.into(),
        // Whether it must satisfy GB 11643 depends on the document's type: a rule checks it.
        Type::Identity => document(text)?.into(),
        Type::CreditCode => credit_code::credit_code(text)?.into(),
        Type::Ref(kind) => context.reference(kind, text)?.to_string().into(),
        Type::Words { .. } | Type::Refs(..) | Type::Codes(..) | Type::Rows(_) | Type::Sessions => {
            Value::Text(text.to_owned())
        }
    })
}

fn document(text: &str) -> Result<String, Said> {
    let number = bare(text).to_ascii_uppercase();
    if is_scientific(&number) {
        return Err(rounded());
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '(' | ')' | '.' | '+');
    if number.chars().all(plain) && number.len() <= 30 {
        Ok(number)
    } else {
        Err(say!(
            "证件号码只含字母和数字，至多 30 位",
            "a document number has letters and digits only, at most 30"
        ))
    }
}

fn line(text: &str, most: usize, several: bool) -> Result<String, Said> {
    let text = text.trim();
    let broken = |c: char| {
        c == '\u{fffd}' || (c.is_control() && !(several && matches!(c, '\n' | '\t' | '\r')))
    };
    if let Some(bad) = text.chars().find(|c| broken(*c)) {
        let bad = u32::from(bad);
        return Err(say!(
            "含有乱码或控制字符（U+{bad:04X}）",
            "holds a broken or control character (U+{bad:04X})"
        ));
    }
    let text = if several {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.replace('\u{3000}', " ")
    };
    let length = text.chars().count();
    if length > most {
        return Err(say!(
            "有 {length} 个字，至多 {most} 个",
            "has {length} characters, at most {most} fit"
        ));
    }
    Ok(text)
}

fn flag(text: &str) -> Result<bool, Said> {
    match bare(text).to_lowercase().as_str() {
        "是" | "有" | "y" | "yes" | "true" | "1" | "√" | "对" => Ok(true),
        "否" | "无" | "没有" | "n" | "no" | "false" | "0" | "×" => Ok(false),
        _ => Err(say!("请填 是 或 否", "answer yes or no")),
    }
}

/// Finds one of fixed words by itself, its unique beginning, its initials or its number.
pub fn choice(words: &[Text], raw: &str) -> Result<&'static str, Said> {
    let text = narrow(raw).trim().to_lowercase();
    let whole = words
        .iter()
        .find(|word| word.zh == text || word.en.to_lowercase() == text);
    if let Some(word) = whole {
        return Ok(word.zh);
    }
    if let Ok(number) = text.parse::<usize>()
        && let Some(word) = number.checked_sub(1).and_then(|at| words.get(at))
    {
        return Ok(word.zh);
    }
    let by_initials: Vec<_> = words
        .iter()
        .filter(|word| initials(word.zh) == text)
        .collect();
    let by_start: Vec<_> = words
        .iter()
        .filter(|word| word.zh.starts_with(&text) || word.en.to_lowercase().starts_with(&text))
        .collect();
    // 人身意外伤害保险 or accident means the word that it holds, or that holds it, if only one does.
    let bare = text.trim_end_matches("保险").trim_end_matches('险');
    // 男2 is no way to write 男: a digit or a letter too many was meant to say something.
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).count();
    let part = |word: &&Text| {
        let (zh, en) = (word.zh, word.en.to_lowercase());
        let held = bare.contains(zh) && plain(bare) == plain(zh);
        bare.chars().count() >= 2 && (held || zh.contains(bare) || en.contains(bare))
    };
    let by_part: Vec<_> = words.iter().filter(part).collect();
    // 农技 is how people write 农牧技术: its first character and others of it, in their order.
    let short = |word: &&Text| {
        let mut left = word.zh.chars();
        let starts = text.chars().next() == word.zh.chars().next();
        let several = text.chars().count() >= 2 && text.chars().all(is_han);
        starts && several && text.chars().all(|c| left.any(|other| other == c))
    };
    let by_short: Vec<_> = words.iter().filter(short).collect();
    match (
        by_initials.as_slice(),
        by_start.as_slice(),
        by_part.as_slice(),
        by_short.as_slice(),
    ) {
        ([one], ..) | (_, [one], ..) | (_, [], [one], _) | (_, [], [], [one]) => Ok(one.zh),
        _ => {
            let zh = words
                .iter()
                .map(|word| word.zh)
                .collect::<Vec<_>>()
                .join("、");
            let en = words
                .iter()
                .map(|word| word.en)
                .collect::<Vec<_>>()
                .join(", ");
            Err(Said {
                zh: format!("「{raw}」不在选项中：{zh}"),
                en: format!("\"{raw}\" is none of: {en}"),
            })
        }
    }
}

fn list(field: &Field, raw: &Value, context: &dyn Context) -> Result<Value, Said> {
    let parts: Vec<String> = match raw {
        Value::Text(text) => split_list(text),
        other => other.parts().iter().map(ToString::to_string).collect(),
    };
    let mut done: Vec<String> = Vec::new();
    for part in parts {
        let read = match blank_list(field, &part, context) {
            Some(pieces) => pieces,
            None => vec![one_of(field, &part, context)?],
        };
        for part in read {
            if !done.contains(&part) {
                done.push(part);
            }
        }
    }
    let most = match field.of {
        Type::Words { most, .. } | Type::Refs(_, most) | Type::Codes(_, most) => most,
        _ => usize::MAX,
    };
    if done.len() > most {
        let count = done.len();
        return Err(say!(
            "填了 {count} 个，至多 {most} 个",
            "{count} values, at most {most} fit"
        ));
    }
    Ok(done.into())
}

fn one_of(field: &Field, part: &str, context: &dyn Context) -> Result<String, Said> {
    match field.of {
        Type::Words { known, open, .. } => match choice(known, part) {
            Ok(word) => Ok(word.to_owned()),
            Err(_) if open => line(part, 40, false),
            Err(said) => Err(said),
        },
        Type::Refs(kind, _) => Ok(context.reference(kind, part)?.to_string()),
        Type::Codes(kinds, _) => Ok(any_of(field, kinds, part, context)?.to_string()),
        _ => Ok(part.to_owned()),
    }
}

/// The record of any of these kinds that a code or a unique name means.
fn any_of(field: &Field, kinds: &[Kind], part: &str, context: &dyn Context) -> Result<Code, Said> {
    let named = |kind: Kind| match field.anywhere {
        true => context.anywhere(kind, part),
        false => context.reference(kind, part),
    };
    if let Some(code) = Code::read(part)
        && let Some(kind) = kinds.iter().find(|kind| **kind == code.kind)
    {
        return named(*kind);
    }
    let mut first = None;
    for kind in kinds {
        match named(*kind) {
            Ok(code) => return Ok(code),
            Err(said) => first = first.or(Some(said)),
        }
    }
    Err(first.unwrap_or_default())
}

/// Blanks part a list too where that is beyond doubt: what they part means something piece by piece, and not as a whole.
fn blank_list(field: &Field, part: &str, context: &dyn Context) -> Option<Vec<String>> {
    let pieces: Vec<&str> = part.split_whitespace().collect();
    if pieces.len() < 2 {
        return None;
    }
    match field.of {
        Type::Words { known, .. } => {
            let whole = choice(known, part).is_ok();
            let apart = |piece: &&str| choice(known, piece).is_ok() || piece.chars().all(is_han);
            if whole || !pieces.iter().all(apart) {
                return None;
            }
        }
        Type::Refs(kind, _) if context.reference(kind, part).is_err() => {}
        _ => return None,
    }
    let read = pieces.iter().map(|piece| one_of(field, piece, context));
    read.collect::<Result<_, _>>().ok()
}

fn rows(columns: &'static [Field], raw: &Value, context: &dyn Context) -> Result<Value, Said> {
    let parsed = match raw {
        Value::Text(text) if text.trim_start().starts_with(['[', '{']) => {
            serde_json::from_str::<Value>(text)
                .map_err(|cause| say!("不是有效的 JSON：{cause}", "not valid JSON: {cause}"))?
        }
        Value::Text(text) => by_line(columns, text),
        other => other.clone(),
    };
    let mut done = Vec::new();
    for row in parsed.parts() {
        let Value::Map(cells) = row else {
            return Err(say!(
                "每一行应为 JSON 对象",
                "each row must be a JSON object"
            ));
        };
        done.push(Value::Map(
            answers(columns, cells, context).map_err(|refusal| refusal.message)?,
        ));
    }
    Ok(Value::List(done))
}

/// Rows as people type them: one a line, the cells in the order of the columns, blanks between.
fn by_line(columns: &[Field], text: &str) -> Value {
    // With a number in each row the marks that people put around it mean nothing else.
    let counted = columns.iter().any(|one| matches!(one.of, Type::Int(..)));
    let parts = |c: char| match c {
        '\n' | ';' | '；' | '、' => true,
        ',' | '，' => counted,
        _ => false,
    };
    let gap = |c: char| match c {
        ' ' | '\t' | '\u{3000}' => true,
        ':' | '：' => counted,
        _ => false,
    };
    let lines = text.split(parts);
    let lines = lines.map(str::trim).filter(|line| !line.is_empty());
    let row = |line: &str| {
        let cells = columns.iter().zip(line.splitn(columns.len(), gap));
        let cells = cells.filter(|(_, cell)| !cell.trim().is_empty());
        Value::Map(
            cells
                .map(|(column, cell)| (column.key.to_owned(), Value::from(cell.trim())))
                .collect(),
        )
    };
    Value::List(lines.map(row).collect())
}

/// Reads answers to a set of questions: unknown keys and missing required ones are refused.
pub fn answers(fields: &[Field], raw: &Fields, context: &dyn Context) -> Result<Fields, Refusal> {
    let mut done = Fields::new();
    for (key, given) in raw {
        let Some(field) = fields.iter().find(|field| field.key == key) else {
            return Err(unknown(fields, key));
        };
        let value = read(field, given, context)?;
        if !value.is_empty() {
            done.insert(key.clone(), value);
        }
    }
    for field in fields {
        if field.need == crate::domain::field::Need::Required && !done.contains_key(field.key) {
            return Err(missing(field));
        }
    }
    Ok(done)
}

/// The refusal of a key that no field has.
pub fn unknown(fields: &[Field], key: &str) -> Refusal {
    let keys = fields
        .iter()
        .map(|field| field.key)
        .collect::<Vec<_>>()
        .join(" ");
    Refusal::new(
        RefusalKind::Usage,
        say!("没有字段「{key}」", "there is no field \"{key}\""),
    )
    .field(key)
    .hint(say!("字段有：{keys}", "the fields are: {keys}"))
}

/// The refusal of an empty required field.
pub fn missing(field: &Field) -> Refusal {
    Refusal::invalid(
        field.key,
        Said {
            zh: format!("请填{}", field.label.zh),
            en: format!("{} must be filled", field.label.en),
        },
    )
    .hint(Said {
        zh: format!("{}=...", field.key),
        en: format!("{}=...", field.key),
    })
}
