//! Rows that stand among the records and are none: units, repeated headers, totals, notes.

use crate::domain::fold::narrow;
use crate::domain::said::Said;
use crate::exchange::heading::Header;
use crate::exchange::table::Table;
use crate::say;

const TOTALS: [&str; 6] = ["合计", "总计", "小计", "共计", "总人数", "total"];

const NOTES: [&str; 22] = [
    "注",
    "备注",
    "附注",
    "说明",
    "填表说明",
    "填报说明",
    "填表人",
    "填报人",
    "填报单位",
    "填表单位",
    "填表日期",
    "填报日期",
    "填表时间",
    "制表人",
    "制表",
    "审核人",
    "审核",
    "复核人",
    "负责人",
    "联系人",
    "单位负责人",
    "联系电话",
];

const HINTS: [&str; 6] = ["必填", "选填", "yyyy-mm-dd", "yyyy/mm/dd", "年-月-日", "如"];

/// Why a row below the header is no record; none if it is one.
pub fn why(header: &Header, table: &Table, at: usize) -> Option<Said> {
    let cells: Vec<(usize, String)> = table
        .row(at)
        .enumerate()
        .filter(|(column, _)| Some(*column) != header.reason)
        .map(|(column, cell)| (column, narrow(cell.text).trim().to_owned()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let (_, first) = cells.first()?;
    let plain: String = first
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    let counts = |rest: &str| {
        let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
        rest.is_empty() || rest.starts_with(['人', '名', '个'])
    };
    if TOTALS
        .iter()
        .any(|total| plain.strip_prefix(total).is_some_and(counts))
    {
        return Some(say!("合计行", "a total"));
    }
    let headed = plain.split_once(':').map(|(head, _)| head);
    let numbered = plain.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '、'));
    if headed.is_some_and(|head| NOTES.contains(&head) || head.ends_with("说明"))
        || NOTES.iter().take(4).any(|note| numbered == *note)
    {
        return Some(say!("表下说明", "a note"));
    }
    if plain.starts_with("例:") || ["示例", "样例", "填写示例", "例"].contains(&plain.as_str())
    {
        return Some(say!("示例行", "an example"));
    }
    let headings = table.row(header.row).zip(table.row(at));
    let repeats = headings
        .filter(|(heading, cell)| !heading.text.is_empty() && heading.text == cell.text)
        .count();
    if repeats >= 2 {
        return Some(say!("重复的表头", "the header again"));
    }
    let hint = |text: &str| {
        let bracketed = (text.starts_with('(') && text.ends_with(')'))
            || (text.starts_with('【') && text.ends_with('】'));
        let lower = text.to_lowercase();
        bracketed
            || HINTS.iter().any(|hint| lower == *hint)
            || (lower.starts_with('如') && lower.chars().any(|c| c.is_ascii_digit()))
    };
    let near = at <= header.below + 1;
    if near && cells.iter().all(|(_, text)| hint(text)) {
        return Some(say!("单位或填写提示", "units or hints"));
    }
    None
}
