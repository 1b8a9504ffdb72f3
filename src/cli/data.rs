//! Commands that change records.

use crate::cli::args::Given;
use crate::cli::{Desk, kind, odd, print};
use crate::domain::kind::Code;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::value::{Fields, Value};
use crate::protocol::work::Many;
use crate::protocol::{Act, Answer, Change, Request, View};
use crate::say;

pub(super) fn code(raw: &str) -> Result<Code, Refusal> {
    Code::read(raw).ok_or_else(|| Refusal::not_found(raw))
}

/// Fields from `FIELD=VALUE`; a value that is a JSON list or row is read as such, `@FILE` from a file.
pub(crate) fn fields(given: &[String]) -> Result<Fields, Refusal> {
    let mut fields = Fields::new();
    for pair in given {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!(
                    "「{pair}」应写作 字段=值",
                    "\"{pair}\" should be FIELD=VALUE"
                ),
            )
            .hint(say!("字段见 kezhi fields", "kezhi fields lists the fields")));
        };
        let value = match value.strip_prefix('@') {
            Some(file) => std::fs::read_to_string(file).map_err(|error| {
                Refusal::new(
                    RefusalKind::Usage,
                    say!("读不了文件 {file}：{error}", "cannot read {file}: {error}"),
                )
            })?,
            None => value.to_owned(),
        };
        let value = match value.trim_start().chars().next() {
            Some('[' | '{') => serde_json::from_str::<Value>(&value).unwrap_or(Value::Text(value)),
            _ => Value::Text(value),
        };
        let key = key.trim();
        if fields.insert(key.to_owned(), value).is_some() {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("「{key}」写了两遍", "\"{key}\" is given twice"),
            )
            .field(key)
            .hint(say!(
                "只写一遍；几个值用逗号隔开：{key}=甲,乙",
                "give it once; several values with commas: {key}=A,B"
            )));
        }
    }
    Ok(fields)
}

/// A number that no other request has.
fn token() -> u64 {
    let mut bytes = [0; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes) | 1,
        Err(_) => 0,
    }
}

pub(super) fn told(desk: &Desk, view: &View) {
    if desk.global.json {
        outln!("{}", print::view_json(view, desk.lang, desk.as_of));
    } else {
        outln!("{}", print::view(view, desk.lang, desk.as_of));
    }
}

pub(super) fn make(desk: &Desk, act: Act, given: &Given) -> Result<u8, Refusal> {
    let change = Change {
        act,
        fields: fields(&given.fields)?,
        confirmed: given.yes,
        reason: given.reason.clone(),
    };
    let token = token();
    let request = Request::Make { token, change };
    // A lost answer is asked for again: the token keeps it from being done twice.
    let answer = match desk.connect()?.ask(request.clone()) {
        Err(refusal) if refusal.kind == RefusalKind::Unavailable && token != 0 => {
            desk.connect()?.ask(request)
        }
        answer => answer,
    };
    let Answer::View(view) = answer? else {
        return Err(odd());
    };
    told(desk, &view);
    Ok(0)
}

pub(crate) fn new(desk: &Desk, word: &str, given: &Given) -> Result<u8, Refusal> {
    make(desk, Act::New(kind(word)?), given)
}

pub(crate) fn edit(desk: &Desk, raw: &str, given: &Given, rev: Option<u64>) -> Result<u8, Refusal> {
    let code = code(raw)?;
    let result = make(desk, Act::Edit { code, rev }, given);
    if let Err(refusal) = &result
        && refusal.kind == RefusalKind::Stale
        && let Ok(Answer::View(theirs)) = desk.connect()?.ask(Request::Show(code))
    {
        told(desk, &theirs);
    }
    result
}

pub(crate) fn step(
    desk: &Desk,
    step: &str,
    raw: &str,
    mut given: Given,
    rev: Option<u64>,
) -> Result<u8, Refusal> {
    let more = given.fields.iter().filter(|word| !word.contains('='));
    let more: Vec<Code> = more.map(|word| code(word)).collect::<Result<_, _>>()?;
    given.fields.retain(|word| word.contains('='));
    if !more.is_empty() {
        let codes = std::iter::once(code(raw)?).chain(more).collect();
        return many(desk, step, codes, &given);
    }
    let act = Act::Step {
        code: code(raw)?,
        step: step.to_owned(),
        rev,
    };
    make(desk, act, &given)
}

/// One step for several records, all in one transaction; those that cannot take it are told.
fn many(desk: &Desk, step: &str, codes: Vec<Code>, given: &Given) -> Result<u8, Refusal> {
    let many = Many {
        codes,
        step: step.to_owned(),
        fields: fields(&given.fields)?,
        confirmed: given.yes,
        reason: given.reason.clone(),
    };
    let token = token();
    let Answer::Many(done) = desk.connect()?.ask(Request::Many { token, many })? else {
        return Err(odd());
    };
    if desk.global.json {
        let refused = done.refused.iter().map(|(code, refusal)| {
            let mut row = refusal.json(desk.lang);
            if let Some(row) = row.as_object_mut() {
                row.insert("code".to_owned(), code.to_string().into());
            }
            row
        });
        let refused: Vec<serde_json::Value> = refused.collect();
        outln!(
            "{}",
            serde_json::json!({ "done": done.done, "refused": refused })
        );
    } else {
        let (count, failed) = (done.done.len(), done.refused.len());
        let said = say!(
            "已办 {count} 条，{failed} 条未办",
            "{count} done, {failed} refused"
        );
        outln!("{}", said.get(desk.lang));
        for (code, refusal) in &done.refused {
            outln!("  {code} {}", refusal.line(desk.lang));
        }
    }
    Ok(done
        .refused
        .first()
        .map_or(0, |(_, refusal)| refusal.kind.exit_code()))
}

pub(crate) fn reveal(desk: &Desk, raw: &str, field: String, reason: String) -> Result<u8, Refusal> {
    let request = Request::Reveal {
        code: code(raw)?,
        field,
        reason,
    };
    let Answer::Revealed(text) = desk.connect()?.ask(request)? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!("{}", serde_json::json!({ "value": text }));
    } else {
        outln!("{text}");
    }
    Ok(0)
}
