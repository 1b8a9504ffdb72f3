//! Commands that read records.

use crate::cli::data::{code, fields, told};
use crate::cli::{Desk, kind, odd, print};
use crate::domain::field::{Field, Need};
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::Refusal;
use crate::domain::said::Lang;
use crate::protocol::{Answer, Find, List, MOST_ROWS, Node, Request};
use crate::say;

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
    // The service answers a page at a time.
    loop {
        let page = List {
            kind,
            filters: pairs.clone(),
            within: None,
            sort: sort.clone(),
            after,
            as_of: desk.as_of,
            limit: (limit - views.len()).min(MOST_ROWS),
        };
        let asked = page.limit;
        let Answer::Views(page) = client.ask(Request::List(page))? else {
            return Err(odd());
        };
        let full = page.len() == asked;
        after = page.last().map(|view| view.code);
        views.extend(page);
        if !full || views.len() >= limit {
            break;
        }
    }
    if desk.global.json {
        let rows: Vec<_> = views
            .iter()
            .map(|view| print::view_json(view, desk.lang, desk.as_of))
            .collect();
        outln!("{}", serde_json::Value::Array(rows));
        return Ok(0);
    }
    outln!("{}", print::list(kind, &views, desk.lang));
    if let Some(last) = after.filter(|_| views.len() >= limit) {
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
    let digits = raw.chars().filter(char::is_ascii_digit).count();
    let plain = raw
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-'));
    // Ten digits are the check code of a certificate that somebody reads aloud.
    let request = match plain && digits >= 8 {
        true => Request::Certificate(raw.to_owned()),
        false => Request::Show(code(raw)?),
    };
    let Answer::View(view) = desk.connect()?.ask(request)? else {
        return Err(odd());
    };
    told(desk, &view);
    Ok(0)
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

fn branch(nodes: &[Node], parent: u64, depth: usize, out: &mut String) {
    for node in nodes.iter().filter(|node| node.parent == parent) {
        let code = Code::new(Kind::Organisation, node.number);
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
