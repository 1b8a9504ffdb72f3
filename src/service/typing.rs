//! What typed values may depend on: the day, and the organisations that the caller may name.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::fold::bare;
use crate::domain::input::Context;
use crate::domain::kind::{Code, Kind};
use crate::domain::operator::Role;
use crate::domain::place;
use crate::domain::reading::fold;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route::{OFFICE, TOP};
use crate::domain::said::Said;
use crate::protocol::Who;
use crate::say;
use crate::service::desk::Desk;
use crate::service::seat::is_only_inspector;
use crate::service::tree::Tree;
use crate::service::{Service, permit, reading, today};

/// The context of what is typed now.
pub struct Typing<'a> {
    service: &'a Service,
    who: &'a Who,
    /// What the record names already may be named again.
    had: Vec<Code>,
    /// Whether organisations beyond the caller's scope may be named.
    anywhere: bool,
    today: NaiveDate,
}

/// The organisations whose records a caller may be told about; none means all.
pub(crate) fn told(tree: &Tree, who: &Who) -> Option<HashSet<u64>> {
    if is_only_inspector(who) {
        return Some(HashSet::new());
    }
    if who.scope.iter().any(|root| root.number == 1) {
        return None;
    }
    let roots = who.scope.iter().map(|root| root.number);
    Some(roots.flat_map(|root| tree.below(root)).collect())
}

impl<'a> Typing<'a> {
    /// For what this caller types now.
    pub fn of(service: &'a Service, who: &'a Who) -> Self {
        Typing {
            service,
            who,
            had: Vec::new(),
            anywhere: false,
            today: today(),
        }
    }

    /// Lets the caller name again what a record names already.
    pub fn keep(&mut self, record: &Record) {
        let keys = record.kind.spec().fields.iter().map(|field| field.key);
        self.had = keys.flat_map(|key| record.refs(key)).collect();
        // What is sealed from the caller is not named, whether the record names it or not.
        self.had.retain(|code| !code.kind.spec().sealed);
    }

    /// Whether the caller may name a record of another kind than organisations.
    fn may_name(&self, desk: &Desk, record: &Record) -> bool {
        let matters = permit::may(&self.who.roles, "write", Some(Kind::Complaint));
        desk.sees(self.who, record)
            || record.kind == Kind::Operator && matters && desk.meets(self.who, record)
    }

    /// Whether the caller knows of an organisation: it is in the scope, or above it.
    fn knows(&self, desk: &Desk, number: u64) -> bool {
        let code = Code::new(Kind::Organisation, number);
        self.anywhere
            || desk.tree.in_scope(self.who, code)
            || self
                .who
                .scope
                .iter()
                .any(|root| desk.tree.under(root.number, number))
    }

    /// The records of another kind whose title it is, as far as the caller sees them, live ones before others.
    fn titled(&self, desk: &Desk, kind: Kind, raw: &str) -> Vec<u64> {
        let spec = kind.spec();
        let indexed = spec.field(spec.title).is_some_and(|field| field.indexed);
        let Some(reader) = self.service.reader().ok().filter(|_| indexed) else {
            return Vec::new();
        };
        let found = reader
            .numbers(kind, spec.title, raw.trim())
            .unwrap_or_default();
        let records = found
            .into_iter()
            .filter_map(|number| reader.get(Code::new(kind, number)).ok()?);
        let seen: Vec<Record> = records
            .filter(|record| self.may_name(desk, record))
            .collect();
        let live: Vec<u64> = seen
            .iter()
            .filter(|one| one.live())
            .map(|one| one.number)
            .collect();
        match live.is_empty() {
            true => seen.iter().map(|one| one.number).collect(),
            false => live,
        }
    }

    /// The operator in use whom a code, a login or a name means, of those at work on the caller's own line.
    fn operator(&self, desk: &Desk, raw: &str) -> Result<Code, Said> {
        let (raw, code) = (raw.trim(), Code::read(raw));
        let mut found = Vec::new();
        let read = self.service.reader().map(|reader| {
            reader.each(Kind::Operator, 0, |record| {
                let named = Some(record.code()) == code
                    || [record.text("user"), record.title()].contains(&raw);
                let had = self.had.contains(&record.code());
                // Inspectors come from other offices, wherever those lie.
                let mut roles = record.texts("roles").filter_map(Role::named);
                let comes = roles.any(|role| role == Role::Inspector);
                let near = comes || desk.meets(self.who, &record);
                if named && (had || record.live() && near) {
                    found.push(record.code());
                }
                true
            })
        });
        match (read.is_ok(), found.as_slice()) {
            (true, [one]) => Ok(*one),
            (true, several) if several.len() > 1 => Err(self.choices(desk, raw, several)),
            _ => Err(say!(
                "没有启用的操作员「{raw}」，请填编号、登录名或姓名",
                "no active operator \"{raw}\": enter a code, a login or a name"
            )),
        }
    }

    /// A record among several that a name may mean: what tells it from the others.
    fn choice(&self, desk: &Desk, code: Code) -> String {
        if code.kind == Kind::Organisation {
            return format!("{code} {}", desk.tree.name(code.number));
        }
        let reader = self.service.reader().ok();
        let Some(record) = reader.and_then(|reader| reader.get(code).ok()?) else {
            return code.to_string();
        };
        let owner = record
            .owners()
            .next()
            .map_or("", |owner| desk.tree.name(owner.number));
        let day = code.kind.spec().recency.map_or("", |key| record.text(key));
        format!("{code} {owner} {day}").trim_end().to_owned()
    }

    /// What is told of a name that may mean several.
    fn choices(&self, desk: &Desk, raw: &str, several: &[Code]) -> Said {
        let count = several.len();
        let list = several.iter().take(12);
        let list: Vec<String> = list.map(|code| self.choice(desk, *code)).collect();
        let list = list.join("、");
        say!(
            "「{raw}」可指 {count} 个，请填编号：{list}",
            "\"{raw}\" may mean {count}, enter the code: {list}"
        )
    }

    /// The organisations that a word may mean: by name, by place, by kind, by the beginning of the name.
    fn named(&self, desk: &Desk, raw: &str) -> Vec<u64> {
        let known = |found: Vec<u64>| -> Vec<u64> {
            let mut found: Vec<u64> = found
                .into_iter()
                .filter(|number| self.knows(desk, *number))
                .collect();
            // An alias of others does not make a name ambiguous.
            let exact = |number: &&u64| desk.tree.name(**number) == raw.trim();
            if found.len() > 1 && found.iter().filter(exact).count() == 1 {
                found.retain(|number| exact(&number));
            }
            // A name that passed from a dissolved team to a living one means the living one.
            if found.iter().any(|number| live(&desk.tree, *number)) {
                found.retain(|number| live(&desk.tree, *number));
            }
            found
        };
        let units = |fits: &dyn Fn(&crate::protocol::Node) -> bool| {
            let all = desk.tree.numbers().into_iter();
            all.filter(|number| desk.tree.unit(*number).is_some_and(|unit| fits(&unit.node)))
                .collect::<Vec<u64>>()
        };
        let by_name = known(desk.tree.named(raw));
        if !by_name.is_empty() {
            return by_name;
        }
        let places = match place::by_code(&bare(raw)) {
            Some(one) => vec![one],
            None => place::candidates(&bare(raw)),
        };
        let by_place = known(units(&|node| {
            matches!(node.kind.as_str(), "总队" | "盟市队" | "旗县队")
                && places.iter().any(|place| place.code == node.area)
        }));
        if !by_place.is_empty() {
            return by_place;
        }
        let (kind, start) = (bare(raw), fold(raw));
        if start.is_empty() {
            return Vec::new();
        }
        let by_kind = known(units(&|node| node.kind == kind));
        if by_kind.len() == 1 {
            return by_kind;
        }
        known(units(&|node| fold(&node.name).starts_with(&start)))
    }
}

fn live(tree: &Tree, number: u64) -> bool {
    let states = Kind::Organisation.spec();
    tree.unit(number)
        .and_then(|unit| states.state(&unit.node.status))
        .is_none_or(|state| state.live)
}

impl Context for Typing<'_> {
    fn today(&self) -> NaiveDate {
        self.today
    }

    fn anywhere(&self, kind: Kind, raw: &str) -> Result<Code, Said> {
        if kind == Kind::Organisation && OFFICE.contains(&raw.trim()) {
            return Ok(TOP);
        }
        let open = Typing {
            service: self.service,
            who: self.who,
            had: self.had.clone(),
            anywhere: true,
            today: self.today,
        };
        open.reference(kind, raw)
    }

    fn by_code(&self, kind: Kind, raw: &str) -> Result<Code, Said> {
        self.reference(kind, raw).or_else(|said| {
            let code = Code::read(raw).filter(|code| code.kind == kind && !kind.spec().sealed);
            let reader = self.service.reader().ok();
            // That it exists is all that is told: its name is shown to whoever may read it.
            let there = code
                .zip(reader)
                .and_then(|(code, reader)| reader.get(code).ok()?);
            there.map(|record| record.code()).ok_or(said)
        })
    }

    fn reference(&self, kind: Kind, raw: &str) -> Result<Code, Said> {
        let label = kind.spec().label;
        let desk = reading(&self.service.desk);
        let daily = permit::in_scope(&self.who.roles, "write", Some(Kind::Oversight));
        if kind == Kind::Operator && daily {
            return self.operator(&desk, raw);
        }
        if let Some(code) = Code::read(raw).filter(|code| code.kind == kind) {
            let reader = self.service.reader().ok();
            let found = reader.and_then(|reader| reader.get(code).ok().flatten());
            let known = found.filter(|record| {
                self.had.contains(&code)
                    || match kind {
                        Kind::Organisation => self.knows(&desk, code.number),
                        _ => self.may_name(&desk, record),
                    }
            });
            return known.map(|record| record.code()).ok_or_else(|| Said {
                zh: format!("没有{} {code}", label.zh),
                en: format!("there is no {} {code}", label.en),
            });
        }
        let named = match kind {
            Kind::Organisation => self.named(&desk, raw),
            _ => self.titled(&desk, kind, raw),
        };
        match named.as_slice() {
            [one] => Ok(Code::new(kind, *one)),
            [] => Err(Said {
                zh: format!("没有叫「{raw}」的{}，请填编号或全称", label.zh),
                en: format!(
                    "no {} is called \"{raw}\": enter a code or the full name",
                    label.en
                ),
            }),
            several => {
                let several: Vec<Code> = several.iter().map(|one| Code::new(kind, *one)).collect();
                Err(self.choices(&desk, raw, &several))
            }
        }
    }
}

impl Service {
    /// What a name means among some kinds that the caller may read: organisations before others.
    pub fn mean(&self, who: &Who, raw: &str, kinds: &[Kind]) -> Result<Option<Code>, Refusal> {
        let typing = Typing::of(self, who);
        let desk = reading(&self.desk);
        let kinds = kinds
            .iter()
            .filter(|kind| permit::may(&who.roles, "read", Some(**kind)));
        let (teams, others): (Vec<Kind>, Vec<Kind>) =
            kinds.partition(|kind| **kind == Kind::Organisation);
        let teams = teams.iter().flat_map(|kind| {
            let found = typing.named(&desk, raw).into_iter();
            found.map(|number| Code::new(*kind, number))
        });
        let mut found: Vec<Code> = teams.collect();
        if found.is_empty() {
            found.extend(others.iter().flat_map(|kind| {
                let found = typing.titled(&desk, *kind, raw).into_iter();
                found.map(|number| Code::new(*kind, number))
            }));
        }
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            several => Err(Refusal::new(
                RefusalKind::Usage,
                typing.choices(&desk, raw, several),
            )),
        }
    }
}
