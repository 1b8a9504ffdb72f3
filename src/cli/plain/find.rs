//! 查 and 树: finding records.

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::cli::plain::item::Item;
use crate::domain::kind::{Code, Kind};
use crate::domain::reading::initials;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{Answer, Find, Node, Request, Row};
use crate::say;

/// Hits that are fetched; whoever has more adds a word.
const MOST: usize = 100;

impl Talk<'_> {
    /// 查.
    pub(super) fn find(&mut self, words: &str) -> Result<(), Refusal> {
        if words.is_empty() {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("还没有写要查的词", "there is nothing to search for"),
            )
            .hint(say!(
                "例如：查 张伟，或 查 zw 4471",
                "such as: find zw 4471"
            )));
        }
        let find = Find {
            text: words.to_owned(),
            limit: MOST,
            ..Find::default()
        };
        let Answer::Found(found) = self.ask(Request::Find(find))? else {
            return Err(odd());
        };
        if found.rows.is_empty() {
            return Err(Refusal::not_found(words).hint(say!(
                "可用姓名、拼音首字母、电话任意三位、地名或队名，词间留空格",
                "use names, initials, any three digits of a phone, places or teams, with blanks between"
            )));
        }
        let (total, shown) = (found.total, found.rows.len());
        if found.fuzzy {
            self.tell(&say!(
                "没有完全合的，相近的有 {total} 条",
                "no exact match, {total} that are close"
            ));
        } else if let [only] = found.rows.as_slice() {
            self.tell(&say!("只有 1 条", "1 found"));
            self.items = vec![Item::Record(only.code)];
            return self.show_code(only.code);
        } else {
            self.tell(&say!(
                "共 {total} 条，写序号打开",
                "{total} found, a number opens one"
            ));
        }
        if total > shown {
            self.tell(&say!(
                "只读前 {shown} 条，多写一个词可缩小",
                "the first {shown} are read; another word narrows it"
            ));
        }
        self.items = found
            .rows
            .iter()
            .map(|row| Item::Record(row.code))
            .collect();
        let rows = found.rows.iter().enumerate();
        let lines = rows.map(|(at, row)| self.line(at + 1, row)).collect();
        self.voice.page(lines);
        Ok(())
    }

    /// A hit as it is read out.
    fn line(&self, number: usize, row: &Row) -> String {
        let spec = row.kind.spec();
        let kind = format!("{} {}", spec.label.get(self.lang), row.code);
        let why: Vec<&str> = row
            .why
            .iter()
            .map(|why| why.text.as_str())
            .filter(|text| {
                let told = [&row.title, &row.subtitle, &row.area, &row.phone];
                !told.iter().any(|known| known.contains(text))
            })
            .collect();
        let parts = [
            row.title.as_str(),
            &kind,
            &row.subtitle,
            &row.area,
            &row.phone,
            spec.said(&row.status, self.lang),
            &why.join(" "),
        ];
        format!("{number} {}", self.joined(&parts))
    }

    /// Parts of a line with commas between, empty ones left out.
    pub(super) fn joined(&self, parts: &[&str]) -> String {
        let parts: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(self.text("，", ", "))
    }

    /// 树.
    pub(super) fn tree(&mut self, from: &str) -> Result<(), Refusal> {
        let Answer::Tree(nodes) = self.ask(Request::Tree)? else {
            return Err(odd());
        };
        let code = |node: &Node| Code::new(Kind::Organisation, node.number);
        let roots: Vec<&Node> = match from {
            // The roots of what one sees have no parent there.
            "" => nodes
                .iter()
                .filter(|node| !nodes.iter().any(|other| other.number == node.parent))
                .collect(),
            word => {
                let meant = |node: &&Node| {
                    Code::read(word) == Some(code(node))
                        || node.name.contains(word)
                        || initials(&node.name).starts_with(&word.to_lowercase())
                };
                nodes.iter().filter(meant).take(1).collect()
            }
        };
        if roots.is_empty() {
            return Err(Refusal::not_found(from));
        }
        let mut found = Vec::new();
        for root in roots {
            below(&nodes, root, 1, &mut found);
        }
        self.items = found
            .iter()
            .map(|(_, node)| Item::Record(code(node)))
            .collect();
        let rows = found.iter().enumerate();
        let lines = rows.map(|(at, (level, node))| {
            let (number, name, members) = (at + 1, &node.name, node.members);
            let status = Kind::Organisation.spec().said(&node.status, self.lang);
            self.say(say!(
                "{number} 第 {level} 级，{name}，{status}，{members} 人",
                "{number} level {level}, {name}, {status}, {members} people"
            ))
        });
        let lines = lines.collect();
        self.voice.page(lines);
        Ok(())
    }
}

/// An organisation and those below it, each with its level.
fn below<'a>(nodes: &'a [Node], node: &'a Node, level: usize, found: &mut Vec<(usize, &'a Node)>) {
    found.push((level, node));
    // As deep as a store that lies about its parents could go.
    if level < 16 {
        for child in nodes.iter().filter(|one| one.parent == node.number) {
            below(nodes, child, level + 1, found);
        }
    }
}
