//! The queue of matters, what is lost first before the others.

use crate::cli::data::fields;
use crate::cli::{Desk, odd, print};
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said};
use crate::protocol::matter::{Matter, Queue, QueueView, Which};
use crate::protocol::{Answer, MOST_ROWS, Request};
use crate::say;

/// What `kezhi queue` takes.
#[derive(clap::Args)]
pub(crate) struct QueueArgs {
    /// What must be done today from your own desk; an overdue matter climbs one level a week 今日必办
    #[arg(long, conflicts_with_all = ["overdue", "mine", "all"])]
    today: bool,
    /// What is overdue 已逾期
    #[arg(long, conflicts_with_all = ["mine", "all"])]
    overdue: bool,
    /// What you handle 我承办的
    #[arg(long, conflicts_with = "all")]
    mine: bool,
    /// Closed ones too 连同已结
    #[arg(long)]
    all: bool,
    /// Only this kind: 投诉, 举报, 建议意见, incident ... 只看这一类
    #[arg(long, value_name = "KIND", default_value = "")]
    kind: String,
    /// Only in this state 只看此状态
    #[arg(long, value_name = "STATE", default_value = "")]
    status: String,
    /// day= (came) or due_on= (term ends) and a period: 本周, 2026-11, ..2026-12-01 收到或到期的日子
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    filters: Vec<String>,
    /// Only this organisation and those below it 只看此组织及下级
    #[arg(long, value_name = "CODE")]
    org: Option<String>,
    /// At most so many 至多几条
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Words in the matter, its code or its receiver 事由、编号或受理组织里的词
    words: Vec<String>,
}

pub(crate) fn queue(desk: &Desk, args: &QueueArgs) -> Result<u8, Refusal> {
    let client = desk.connect()?;
    let which = match (args.today, args.overdue, args.mine, args.all) {
        (true, ..) => Which::Today,
        (_, true, ..) => Which::Overdue,
        (_, _, true, _) => Which::Mine,
        (.., true) => Which::All,
        _ => Which::Open,
    };
    let mut asked = Queue {
        which,
        text: args.words.join(" "),
        kind: word("kind", &args.kind)?,
        status: word("status", &args.status)?,
        days: fields(&args.filters)?
            .into_iter()
            .map(|(key, value)| (key, value.to_string()))
            .collect(),
        within: match &args.org {
            Some(raw) => Some(organisation(&client, raw)?),
            None => None,
        },
        as_of: desk.as_of,
        offset: 0,
        limit: args.limit.min(MOST_ROWS),
    };
    let mut page = ask(&client, &asked)?;
    while page.rows.len() < args.limit.min(page.total) {
        asked.offset = page.rows.len();
        asked.limit = (args.limit - page.rows.len()).min(MOST_ROWS);
        let more = ask(&client, &asked)?.rows;
        if more.is_empty() {
            break;
        }
        page.rows.extend(more);
    }
    let lang = desk.lang;
    if desk.global.json {
        let rows: Vec<_> = page.rows.iter().map(|one| json(one, lang)).collect();
        outln!("{}", serde_json::Value::Array(rows));
        return Ok(0);
    }
    outln!("{}", head(&page, &asked).get(lang));
    if !page.rows.is_empty() {
        let rows = page.rows.iter().map(|one| line(one, lang)).collect();
        outln!("{}", print::table(&heads(lang), rows));
    }
    if page.total > page.rows.len() {
        let (shown, total) = (page.rows.len(), page.total);
        let more = say!(
            "显示 {shown} 件，共 {total} 件：--limit {total}",
            "{shown} of {total} shown: --limit {total}"
        );
        outln!("{}", more.get(lang));
    }
    Ok(0)
}

/// The counts of all that is seen; where less was asked for, how many that is stands before them.
fn head(page: &QueueView, asked: &Queue) -> Said {
    let (open, over, today, urgent) = (page.open, page.overdue, page.today, page.urgent);
    let all = say!(
        "待办 {open} 件  逾 {over}  今日必办 {today}  急 {urgent}",
        "{open} open, {over} overdue, {today} to be done today, {urgent} urgent"
    );
    let words = [&asked.text, &asked.kind, &asked.status];
    let whole = asked.days.is_empty() && words.iter().all(|word| word.is_empty());
    if asked.which == Which::Open && whole {
        return all;
    }
    let (total, Said { zh, en }) = (page.total, all);
    say!(
        "所查 {total} 件；共 {zh}",
        "{total} asked for; of all: {en}"
    )
}

fn ask(client: &crate::wire::client::Client, queue: &Queue) -> Result<QueueView, Refusal> {
    match client.ask(Request::Queue(queue.clone()))? {
        Answer::Queue(page) => Ok(page),
        _ => Err(odd()),
    }
}

/// A word of a complaint's field, as it is stored; the key of a kind stays what it is.
fn word(key: &str, raw: &str) -> Result<String, Refusal> {
    if raw.is_empty() || Kind::named(raw).is_some() && key == "kind" && raw.is_ascii() {
        return Ok(raw.to_owned());
    }
    let words = Kind::Complaint.spec().field(key);
    let words = words.map_or(&[][..], |field| field.words());
    let same = |text: &&crate::domain::said::Text| text.zh == raw || text.en == raw;
    if let Some(found) = words.iter().find(same) {
        return Ok(found.zh.to_owned());
    }
    let list: Vec<&str> = words.iter().map(|word| word.zh).collect();
    let list = list.join(" ");
    Err(Refusal::new(
        RefusalKind::Usage,
        say!("没有「{raw}」", "there is no \"{raw}\""),
    )
    .field(key)
    .hint(say!("可用：{list}", "possible: {list}")))
}

fn organisation(client: &crate::wire::client::Client, raw: &str) -> Result<Code, Refusal> {
    if let Some(code) = Code::read(raw) {
        return Ok(code);
    }
    let asked = Request::Mean {
        text: raw.to_owned(),
        kinds: vec![Kind::Organisation],
    };
    match client.ask(asked)? {
        Answer::Meant(Some(code)) => Ok(code),
        _ => Err(Refusal::not_found(raw).field("org")),
    }
}

/// Days left as they are read: `剩 3 天`, `逾 2 个工作日`.
pub(crate) fn days(left: i64, workdays: bool, lang: Lang) -> String {
    let count = left.abs();
    match (lang, left, workdays) {
        (Lang::Zh, 0, _) => "今天到期".to_owned(),
        (Lang::Zh, 1.., false) => format!("剩 {count} 天"),
        (Lang::Zh, 1.., true) => format!("剩 {count} 个工作日"),
        (Lang::Zh, _, false) => format!("逾 {count} 天"),
        (Lang::Zh, _, true) => format!("逾 {count} 个工作日"),
        (Lang::En, 0, _) => "due today".to_owned(),
        (Lang::En, 1.., false) => format!("{count} d left"),
        (Lang::En, 1.., true) => format!("{count} working d left"),
        (Lang::En, _, false) => format!("{count} d over"),
        (Lang::En, _, true) => format!("{count} working d over"),
    }
}

fn heads(lang: Lang) -> [&'static str; 9] {
    match lang {
        Lang::Zh => [
            "到期",
            "期限",
            "状态",
            "编号",
            "事由",
            "受理组织",
            "承办人",
            "该做",
            "轮到",
        ],
        Lang::En => [
            "Due", "Left", "State", "Code", "Matter", "Receiver", "Handler", "To do", "Turn of",
        ],
    }
}

fn line(one: &Matter, lang: Lang) -> Vec<String> {
    let spec = one.code.kind.spec();
    let due = one.due.map_or_else(String::new, |day| day.to_string());
    let left = one
        .due
        .map_or_else(String::new, |_| days(one.left, one.workdays, lang));
    let urgent = match (one.urgent, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "【急】",
        (true, Lang::En) => "[urgent] ",
    };
    vec![
        due,
        left,
        spec.said(&one.status, lang).to_owned(),
        one.code.to_string(),
        format!("{urgent}{}", one.title),
        one.receiver.clone(),
        one.handler.clone(),
        one.clock.get(lang).to_owned(),
        one.whose.get(lang).to_owned(),
    ]
}

fn json(one: &Matter, lang: Lang) -> serde_json::Value {
    serde_json::json!({
        "code": one.code, "title": one.title, "kind": one.kind, "status": one.status,
        "urgent": one.urgent, "receiver": one.receiver, "handler": one.handler, "day": one.day,
        "due": one.due, "left": one.due.map(|_| one.left), "workdays": one.workdays,
        "clock": one.clock.get(lang), "whose": one.whose.get(lang),
    })
}
