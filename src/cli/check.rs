//! The compliance findings: for programs a list, for people a table by rule.

use crate::cli::{Desk, odd, print};
use crate::domain::article::{LAST, article};
use crate::domain::kind::KINDS;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::region_rule;
use crate::domain::rule::{Strength, rules};
use crate::domain::said::{Lang, Said};
use crate::protocol::work::{Check, Finding};
use crate::protocol::{Answer, Request};
use crate::say;

/// So many findings of a rule are shown to people who did not ask for this rule.
const FIRST: usize = 10;

/// What `kezhi check` takes.
#[derive(clap::Args)]
pub(crate) struct CheckArgs {
    /// Only this article: 6, 第六条 只查此条
    #[arg(long)]
    article: Option<String>,
    /// Only this organisation and those below it 只查此组织及下级
    #[arg(long, value_name = "CODE")]
    org: Option<String>,
    /// Only this rule 只查此规则
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
}

pub(crate) fn check(desk: &Desk, args: &CheckArgs) -> Result<u8, Refusal> {
    let asked = args.article.as_deref().map(numbered).transpose()?;
    let rule = args.rule.as_deref().map(known).transpose()?;
    let check = Check {
        article: asked,
        named: args.org.clone().unwrap_or_default(),
        as_of: desk.as_of,
        ..Check::default()
    };
    let Answer::Findings(mut found) = desk.connect()?.ask(Request::Check(check))? else {
        return Err(odd());
    };
    if let Some(rule) = rule {
        found.retain(|finding| finding.rule == rule);
    }
    if desk.global.json {
        let rows: Vec<_> = found.iter().map(|one| row(one, desk.lang)).collect();
        outln!("{}", serde_json::Value::Array(rows));
    } else {
        tell(desk, &found, rule.is_some());
    }
    Ok(0)
}

fn numbered(raw: &str) -> Result<u32, Refusal> {
    article(raw).ok_or_else(|| {
        let said = say!(
            "办法没有「{raw}」条",
            "the regulation has no article \"{raw}\""
        );
        Refusal::new(RefusalKind::Usage, said)
            .field("article")
            .hint(say!(
                "写 1 至 {LAST}，如 --article 6",
                "write 1 to {LAST}, such as --article 6"
            ))
    })
}

/// The id of a rule that lists findings, as it stands in its table.
fn known(raw: &str) -> Result<&'static str, Refusal> {
    let single = KINDS.iter().flat_map(|spec| rules(spec.kind));
    let whole = region_rule::RULES.iter().map(|row| &row.rule);
    let mut ids: Vec<&str> = single
        .chain(whole)
        .filter(|rule| rule.lists)
        .map(|rule| rule.id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let found = ids.iter().copied().find(|id| id.eq_ignore_ascii_case(raw));
    found.ok_or_else(|| {
        let list = ids.join(" ");
        let said = say!(
            "没有规则「{raw}」",
            "there is no rule \"{raw}\" that lists findings"
        );
        Refusal::new(RefusalKind::Usage, said)
            .field("rule")
            .hint(say!("规则有：{list}", "the rules are: {list}"))
    })
}

fn row(finding: &Finding, lang: Lang) -> serde_json::Value {
    serde_json::json!({
        "rule": finding.rule,
        "article": finding.article,
        "strength": finding.strength.get(lang),
        "effect": finding.effect.get(lang),
        "code": finding.code,
        "name": finding.name,
        "message": finding.message.get(lang),
        "since": finding.since,
    })
}

/// The findings for people: by rule with its count, the first ones under it, the sums at the end.
fn tell(desk: &Desk, found: &[Finding], whole: bool) {
    let lang = desk.lang;
    if found.is_empty() {
        let none = say!("没有发现问题", "Nothing is wrong");
        outln!("{}", none.get(lang));
        return;
    }
    let mut found: Vec<&Finding> = found.iter().collect();
    found.sort_by_key(|one| (&one.rule, graveness(one)));
    for group in
        found.chunk_by(|one, other| (&one.rule, &one.effect) == (&other.rule, &other.effect))
    {
        let Some(first) = group.first() else { continue };
        let (rule, article, count) = (&first.rule, &first.article, group.len());
        let (zh, en) = (&first.effect.zh, &first.effect.en);
        let head = say!(
            "{rule}  {article}  {zh} {count} 条",
            "{rule}  {article}  {en}: {count}"
        );
        outln!("{}", head.get(lang).replace("    ", "  "));
        let shown = if whole { count } else { count.min(FIRST) };
        let rows = group.iter().take(shown).map(|one| line(one, lang));
        outln!("{}", print::table(&heads(lang), rows.collect()));
        let left = count - shown;
        if left > 0 {
            let more = say!(
                "  … 还有 {left} 条：kezhi check --rule {rule}",
                "  … {left} more: kezhi check --rule {rule}"
            );
            outln!("{}", more.get(lang));
        }
        outln!("");
    }
    outln!("{}", sums(&found).get(lang));
}

/// From the gravest on.
const STRENGTHS: [Strength; 4] = [
    Strength::Must,
    Strength::Should,
    Strength::Ask,
    Strength::May,
];

fn graveness(finding: &Finding) -> usize {
    let mut all = STRENGTHS.iter();
    all.position(|one| one.effect().zh == finding.effect.zh)
        .unwrap_or(STRENGTHS.len())
}

fn heads(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Zh => ["  编号", "名称", "问题", "自"],
        Lang::En => ["  Code", "Name", "What is wrong", "Since"],
    }
}

fn line(finding: &Finding, lang: Lang) -> Vec<String> {
    vec![
        format!("  {}", finding.code),
        finding.name.clone(),
        finding.message.get(lang).to_owned(),
        finding.since.map(|day| day.to_string()).unwrap_or_default(),
    ]
}

/// How many there are of each effect, the gravest first.
fn sums(found: &[&Finding]) -> Said {
    let parts = STRENGTHS.into_iter().filter_map(|strength| {
        let effect = strength.effect();
        let count = found
            .iter()
            .filter(|one| one.effect.zh == effect.zh)
            .count();
        let (zh, en) = (effect.zh, effect.en);
        (count > 0).then(|| say!("{zh} {count}", "{en} {count}"))
    });
    let (zh, en): (Vec<_>, Vec<_>) = parts.map(|said| (said.zh, said.en)).unzip();
    let (zh, en, count) = (zh.join("，"), en.join(", "), found.len());
    say!("共 {count} 条：{zh}", "{count} in all: {en}")
}
