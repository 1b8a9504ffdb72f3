//! Commands on records.

use crate::cli::{Desk, kind, odd, print};
use crate::domain::field::{Field, Need};
use crate::domain::kind::Code;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::domain::value::{Fields, Value};
use crate::protocol::{Act, Answer, Change, Find, List, MOST_ROWS, Request, View};
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
        fields.insert(key.trim().to_owned(), value);
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

fn told(desk: &Desk, view: &View) {
    if desk.global.json {
        outln!("{}", print::view_json(view, desk.as_of));
    } else {
        outln!("{}", print::view(view, desk.lang, desk.as_of));
    }
}

pub(crate) fn find(
    desk: &Desk,
    text: &str,
    only: Option<&str>,
    limit: usize,
) -> Result<u8, Refusal> {
    let find = Find {
        text: text.to_owned(),
        kinds: only.map(kind).transpose()?.into_iter().collect(),
        limit,
        ..Find::default()
    };
    let Answer::Found(found) = desk.connect()?.ask(Request::Find(find))? else {
        return Err(odd());
    };
    if desk.global.json {
        let rows: Vec<_> = found
            .rows
            .iter()
            .map(|row| {
                serde_json::json!({
                    "code": row.code, "kind": row.kind, "title": row.title, "subtitle": row.subtitle,
                    "area": row.area, "phone": row.phone, "status": row.status, "why": row.why,
                })
            })
            .collect();
        outln!("{}", serde_json::Value::Array(rows));
        return Ok(0);
    }
    if found.rows.is_empty() {
        return Err(Refusal::not_found(text).hint(say!(
            "可用姓名、拼音首字母、电话任意三位、地名或队名，词间留空格",
            "use names, initials, any three digits of a phone, places or teams, with blanks between"
        )));
    }
    if found.fuzzy {
        outln!(
            "{}",
            if desk.lang == Lang::Zh {
                "没有完全匹配，您是不是要找："
            } else {
                "No exact match; did you mean:"
            }
        );
    }
    outln!("{}", print::rows(&found.rows, desk.lang));
    if found.total > found.rows.len() {
        let (shown, total) = (found.rows.len(), found.total);
        outln!(
            "{}",
            say!("显示 {shown} 条，共 {total} 条", "{shown} of {total} shown").get(desk.lang)
        );
    }
    Ok(0)
}

pub(crate) fn list(
    desk: &Desk,
    word: &str,
    filters: &[String],
    sort: Option<String>,
    limit: usize,
    after: Option<&str>,
) -> Result<u8, Refusal> {
    let kind = kind(word)?;
    let mut pairs = Vec::new();
    for (key, value) in fields(filters)? {
        pairs.push((key, value.to_string()));
    }
    let client = desk.connect()?;
    let (mut views, mut after) = (Vec::new(), after.map(code).transpose()?);
    // The service answers a page at a time; sorted rows come in one.
    loop {
        let page = List {
            kind,
            filters: pairs.clone(),
            within: None,
            sort: sort.clone(),
            after,
            limit: (limit - views.len()).min(MOST_ROWS),
        };
        let asked = page.limit;
        let Answer::Views(page) = client.ask(Request::List(page))? else {
            return Err(odd());
        };
        let full = page.len() == asked;
        after = page.last().map(|view| view.code);
        views.extend(page);
        if !full || views.len() >= limit || sort.is_some() {
            break;
        }
    }
    if desk.global.json {
        let rows: Vec<_> = views
            .iter()
            .map(|view| print::view_json(view, desk.as_of))
            .collect();
        outln!("{}", serde_json::Value::Array(rows));
        return Ok(0);
    }
    outln!("{}", print::list(kind, &views, desk.lang));
    if let Some(last) = after.filter(|_| views.len() >= limit && sort.is_none()) {
        eprintln!(
            "{}",
            say!(
                "显示 {limit} 条；往下：--after {last}",
                "{limit} shown; go on with --after {last}"
            )
            .get(desk.lang)
        );
    }
    Ok(0)
}

pub(crate) fn show(desk: &Desk, raw: &str) -> Result<u8, Refusal> {
    let Answer::View(view) = desk.connect()?.ask(Request::Show(code(raw)?))? else {
        return Err(odd());
    };
    told(desk, &view);
    Ok(0)
}

fn make(desk: &Desk, act: Act, given: &[String], confirmed: bool) -> Result<u8, Refusal> {
    let change = Change {
        act,
        fields: fields(given)?,
        confirmed,
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

pub(crate) fn new(desk: &Desk, word: &str, given: &[String], yes: bool) -> Result<u8, Refusal> {
    make(desk, Act::New(kind(word)?), given, yes)
}

pub(crate) fn edit(
    desk: &Desk,
    raw: &str,
    given: &[String],
    rev: Option<u64>,
    yes: bool,
) -> Result<u8, Refusal> {
    let code = code(raw)?;
    let result = make(desk, Act::Edit { code, rev }, given, yes);
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
    given: &[String],
    rev: Option<u64>,
    yes: bool,
) -> Result<u8, Refusal> {
    let act = Act::Step {
        code: code(raw)?,
        step: step.to_owned(),
        rev,
    };
    make(desk, act, given, yes)
}

pub(crate) fn steps(desk: &Desk, raw: &str) -> Result<u8, Refusal> {
    let code = code(raw)?;
    let Answer::Steps(steps) = desk.connect()?.ask(Request::Steps(code))? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!("{}", serde_json::to_string(&steps).map_err(Refusal::fault)?);
        return Ok(0);
    }
    for step in steps {
        let Some(row) = code.kind.spec().step(&step.key) else {
            continue;
        };
        let reason = step.refusal.map_or_else(String::new, |refusal| {
            format!("  × {}", refusal.line(desk.lang))
        });
        outln!(
            "{:<10} {}  {}{reason}",
            step.key,
            row.label.get(desk.lang),
            row.help.get(desk.lang)
        );
        if !row.asks.is_empty() {
            outln!("           {}", asks(row.asks, desk.lang));
        }
    }
    Ok(0)
}

/// What a step asks, the required ones marked.
fn asks(fields: &[Field], lang: Lang) -> String {
    let asks: Vec<String> = fields
        .iter()
        .map(|field| {
            let mark = if field.need == Need::Required {
                "*"
            } else {
                ""
            };
            format!("{}={}{mark}", field.key, field.label.get(lang))
        })
        .collect();
    asks.join("  ")
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

pub(crate) fn tree(desk: &Desk) -> Result<u8, Refusal> {
    let Answer::Tree(nodes) = desk.connect()?.ask(Request::Tree)? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!("{}", serde_json::to_string(&nodes).map_err(Refusal::fault)?);
        return Ok(0);
    }
    let mut out = String::new();
    branch(&nodes, 0, 0, &mut out);
    outln!("{}", out.trim_end());
    Ok(0)
}

fn branch(nodes: &[crate::protocol::Node], parent: u64, depth: usize, out: &mut String) {
    for node in nodes.iter().filter(|node| node.parent == parent) {
        let code = Code::new(crate::domain::kind::Kind::Organisation, node.number);
        out.push_str(&format!(
            "{}{code} {} [{}] {}\n",
            "  ".repeat(depth),
            node.name,
            node.status,
            node.members
        ));
        if depth < 16 {
            branch(nodes, node.number, depth + 1, out);
        }
    }
}
