//! One case in full: the record, its clocks as they were counted, what happened, and what comes next.

use crate::cli::data::code;
use crate::cli::queue::days;
use crate::cli::{Desk, history, odd, print};
use crate::domain::clock::CLOCKS;
use crate::domain::kind::{Code, KINDS};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::protocol::matter::{CaseView, ClockView};
use crate::protocol::{Answer, Request};
use crate::say;

pub(crate) fn case(desk: &Desk, raw: &str) -> Result<u8, Refusal> {
    let code = code(raw)?;
    if !CLOCKS.iter().any(|clock| clock.kind == code.kind) {
        return Err(no_case(code));
    }
    let client = desk.connect()?;
    let Answer::Case(case) = client.ask(Request::Case(code))? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!("{}", case_json(&case, desk));
        return Ok(0);
    }
    let lang = desk.lang;
    outln!("{}", print::view(&case.view, lang, desk.as_of));
    let section = |name: crate::domain::said::Said| outln!("\n{}", name.get(lang));
    if !case.clocks.is_empty() {
        section(say!("时限", "Clocks"));
        for one in &case.clocks {
            clock(one, lang);
        }
    }
    section(say!("经过（最新在上）", "What happened, newest first"));
    history::tell(&client, code.kind, &case.timeline, lang)?;
    let open = case.steps.iter().filter(|step| step.refusal.is_none());
    let open: Vec<_> = open
        .filter_map(|step| code.kind.spec().step(&step.key))
        .collect();
    if !open.is_empty() {
        section(say!("下一步", "Next steps"));
        for step in open {
            outln!("  kezhi do {} {code}  {}", step.key, step.label.get(lang));
        }
    }
    if !case.beside.is_empty() {
        section(say!("旁及", "Beside it"));
        for one in &case.beside {
            let status = one.code.kind.spec().said(&one.status, lang);
            outln!(
                "  {}  {}  {}  {status}",
                one.why.get(lang),
                one.code,
                one.name
            );
        }
    }
    Ok(0)
}

/// The refusal of what no clock runs on.
fn no_case(code: Code) -> Refusal {
    let kinds = KINDS
        .iter()
        .filter(|spec| CLOCKS.iter().any(|clock| clock.kind == spec.kind));
    let (zh, en): (Vec<_>, Vec<_>) = kinds
        .map(|spec| (format!("{} {}", spec.label.zh, spec.prefix), spec.key))
        .unzip();
    let (zh, en, label) = (zh.join("、"), en.join(", "), code.kind.spec().label);
    let (word, of) = (label.zh, label.en);
    let said = say!(
        "{word}不是案件，案件有：{zh}",
        "{of} is no case; cases are: {en}"
    );
    Refusal::new(RefusalKind::Usage, said).hint(say!(
        "看这一条：kezhi show {code}；看经过：kezhi history {code}",
        "look at it: kezhi show {code}; what happened: kezhi history {code}"
    ))
}

fn clock(one: &ClockView, lang: Lang) {
    let (label, whose) = (one.label.get(lang), one.whose.get(lang));
    let left = days(one.left, one.workdays, lang);
    let stops: Vec<&str> = one.stops.iter().map(|stop| stop.get(lang)).collect();
    match lang {
        Lang::Zh => {
            outln!(
                "  {label}  {} 止  {left}  轮到{whose}  {}",
                one.due,
                one.article
            );
            outln!("    止于：{}", stops.join("、"));
        }
        Lang::En => {
            outln!(
                "  {label}  by {}  {left}  turn of {whose}  {}",
                one.due,
                one.article
            );
            outln!("    stopped by: {}", stops.join(", "));
        }
    }
    outln!("    {}", one.told.get(lang));
}

fn case_json(case: &CaseView, desk: &Desk) -> serde_json::Value {
    let lang = desk.lang;
    let clocks = case.clocks.iter().map(|one| {
        let stops: Vec<&str> = one.stops.iter().map(|stop| stop.get(lang)).collect();
        serde_json::json!({
            "key": one.key, "label": one.label.get(lang), "article": one.article,
            "whose": one.whose.get(lang), "stops": stops, "due": one.due, "left": one.left,
            "workdays": one.workdays, "right": one.right, "told": one.told.get(lang), "used": one.used, "estimated": one.estimated,
        })
    });
    let steps = case.steps.iter().map(|step| {
        let refusal = step
            .refusal
            .as_ref()
            .map(|refusal| refusal.message.get(lang));
        serde_json::json!({ "step": step.key, "refusal": refusal })
    });
    let beside = case.beside.iter().map(|one| {
        serde_json::json!({
            "code": one.code, "name": one.name, "status": one.status, "why": one.why.get(lang),
        })
    });
    let mut json = print::view_json(&case.view, lang, desk.as_of);
    if let Some(map) = json.as_object_mut() {
        map.insert("clocks".to_owned(), clocks.collect());
        map.insert("timeline".to_owned(), serde_json::json!(case.timeline));
        map.insert("steps".to_owned(), steps.collect());
        map.insert("beside".to_owned(), beside.collect());
    }
    json
}
