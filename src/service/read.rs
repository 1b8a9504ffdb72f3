//! Reading: search, one record, its history, one masked field.

use crate::domain::certificate::can_be;
use crate::domain::change::Entry;
use crate::domain::field::Privacy;
use crate::domain::fold::bare;
use crate::domain::kind::{Code, KINDS};
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rule::{Case, STANDING, refusal, standing};
use crate::domain::spot::spot;
use crate::protocol::{Find, Found, LogEntry, MOST_ROWS, View, Who};
use crate::say;
use crate::search::{Query, Scope};
use crate::service::line::Lines;
use crate::service::sight::{Eyes, Sight};
use crate::service::typing::Typing;
use crate::service::view::Glass;
use crate::service::writer::Made;
use crate::service::{Service, Session, call, facts, filter, now, permit, reading, today, view};

/// The bits of all kinds.
const ALL: u16 = (1 << KINDS.len()) - 1;

/// Whether somebody handles a record, or heads those who do; of kinds that nobody handles everybody does.
pub(super) fn handles(who: &Who, record: &Record) -> bool {
    record.kind.spec().handler.is_none_or(|handler| {
        let handler = record.refs(handler).next();
        let head = who.roles.contains(&Role::Head);
        head || handler.is_some() && handler == who.operator
    })
}

impl Service {
    /// Answers a search.
    pub fn find(&self, who: &Who, find: &Find) -> Result<Found, Refusal> {
        // A check code is read aloud in groups: together they are one word.
        let whole: String = bare(&find.text)
            .chars()
            .filter(|c| !matches!(c, ' ' | '-'))
            .collect();
        let grouped = Find {
            text: whole,
            ..find.clone()
        };
        let find = if can_be(&grouped.text) {
            &grouped
        } else {
            find
        };
        let wanted = filter::wanted(find, &Typing::of(self, who))?;
        let _turn = self.gate.pass();
        let desk = reading(&self.desk);
        let mut kinds = 0u16;
        for spec in KINDS {
            let asked = spec.searched && find.kinds.is_empty() || find.kinds.contains(&spec.kind);
            if asked && permit::may(&who.roles, "read", Some(spec.kind)) {
                kinds |= 1 << spec.kind.bit();
            }
        }
        if kinds == 0 {
            return Ok(Found::default());
        }
        let allowed = desk.tree.permit(who);
        let within = find
            .within
            .filter(|code| code.number != 1)
            .map(|code| Scope::of(desk.tree.below(code.number)));
        let hidden = desk.hidden_from(who, kinds);
        let reader = self.reader()?;
        let seat = desk.seat(who, &reader)?;
        let filters = filter::filters(&desk.index, &desk.uses, find, &wanted);
        let hits = desk.index.find(&Query {
            text: &find.text,
            kinds: if kinds == ALL { 0 } else { kinds },
            permit: allowed.as_ref(),
            within: within.as_ref(),
            assigned: seat.as_ref().map(|seat| (seat.kinds, seat.ids.as_slice())),
            hidden: &hidden.ids,
            hidden_at: Some(&hidden.places),
            states: filters.states,
            terms: &filters.terms,
            days: &filters.days,
            sort: filter::sort(find.sort),
            offset: find.offset,
            limit: find.limit.min(MOST_ROWS),
        });
        let codes = hits.rows.iter().filter_map(|hit| Code::from_id(hit.id()));
        let mut lines = Lines::new(&desk, &find.text);
        let mut rows = Vec::with_capacity(hits.rows.len());
        reader.texts(codes, |code, texts| rows.push(lines.row(code, texts)))?;
        // The look-up over all kinds shows none of them.
        if !find.kinds.is_empty() {
            let eyes = Eyes::of(&desk, who);
            facts::fill(&Sight::new(&reader, &eyes), &mut rows, today());
        }
        Ok(Found {
            total: hits.total,
            fuzzy: hits.fuzzy,
            rows,
        })
    }

    /// A record that the operator sees.
    pub(crate) fn seen(&self, who: &Who, code: Code) -> Result<Record, Refusal> {
        let record = self.reader()?.get(code)?;
        let desk = reading(&self.desk);
        record
            .filter(|record| desk.sees(who, record))
            .ok_or_else(|| Refusal::not_found(&code.to_string()))
    }

    /// A record that lies in the operator's scope; one that is only assigned is not theirs to work with.
    pub(crate) fn reached(&self, who: &Who, code: Code) -> Result<Record, Refusal> {
        let record = self.seen(who, code)?;
        match reading(&self.desk).reaches(who, &record) {
            true => Ok(record),
            false => Err(permit::outside(record.title())),
        }
    }

    /// One record, masked, as somebody opens it: an inspector's look is logged.
    pub fn open_record(&self, session: &Session, code: Code) -> Result<View, Refusal> {
        let record = self.seen(&session.who, code)?;
        let view = self.shown(&session.who, &record)?;
        // A disk that takes no more must not keep anybody from reading.
        let _ = self.looked(session, &record);
        Ok(view)
    }

    /// One record, masked.
    pub fn show(&self, who: &Who, code: Code) -> Result<View, Refusal> {
        let record = self.seen(who, code)?;
        self.shown(who, &record)
    }

    /// A record that is shown alone: with what is to be said of it, and what the rules hold against it.
    pub(super) fn shown(&self, who: &Who, record: &Record) -> Result<View, Refusal> {
        let reader = self.reader()?;
        let (mut view, eyes) = {
            let desk = reading(&self.desk);
            let eyes = Eyes::of(&desk, who);
            let glass = Glass {
                tree: &desk.tree,
                world: &reader,
                eyes: &eyes,
            };
            let mut view = view::view(glass, record);
            view.calls = call::last(&desk, &reader, who, record.code());
            (view, eyes)
        };
        let sight = Sight::new(&reader, &eyes);
        view.told = (record.kind.spec().tell)(record, &sight, today());
        let case = Case {
            before: None,
            after: record,
            act: STANDING,
            today: today(),
            world: &sight,
            sees: eyes.scope.as_ref(),
        };
        view.findings = standing(&case)
            .map(|(rule, message)| refusal(rule, message, Some(record)))
            .collect();
        Ok(view)
    }

    /// A record's entries, newest first.
    pub fn history(&self, who: &Who, code: Code, limit: usize) -> Result<Vec<LogEntry>, Refusal> {
        self.seen(who, code)?;
        let eyes = Eyes::of(&reading(&self.desk), who);
        let reader = self.reader()?;
        let mut entries = Vec::new();
        let trail = reader.trail(code)?.into_iter().enumerate();
        for (nth, at) in trail.rev().take(limit.min(MOST_ROWS)) {
            if let Some(entry) = reader.entry(at)? {
                // Numbers that skip would tell that there are other sealed records.
                let seq = match code.kind.spec().sealed {
                    true => nth as u64 + 1,
                    false => at.seq,
                };
                entries.push(LogEntry {
                    seq,
                    entry: view::entry(&reader, &eyes, Some(code.kind), entry),
                });
            }
        }
        Ok(entries)
    }

    /// Reads one masked field; who, when and why is logged before it is shown.
    pub fn reveal(
        &self,
        session: &Session,
        code: Code,
        key: &str,
        reason: &str,
    ) -> Result<String, Refusal> {
        let record = self.reached(&session.who, code)?;
        let held = spot(code.kind, &record.fields, key);
        let Some((_, value)) = held.filter(|(field, _)| field.privacy != Privacy::Open) else {
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("字段「{key}」没有隐藏", "the field \"{key}\" is not masked"),
            ));
        };
        if !handles(&session.who, &record) {
            return Err(Refusal::new(
                RefusalKind::NotPermitted,
                say!(
                    "只有承办人和负责人能看",
                    "only who handles it and heads may see this"
                ),
            )
            .hint(say!("需要时请负责人查看", "ask a head if it is needed")));
        }
        let reason = reason.trim().to_owned();
        if reason.chars().count() < 2 {
            return Err(Refusal::invalid(
                "reason",
                say!("请写明查看的原因", "say why you need to see it"),
            )
            .hint(say!(
                "至少两个字，将记入日志",
                "at least two characters; it is logged"
            )));
        }
        let value = value.map(ToString::to_string).unwrap_or_default();
        let entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            action: format!("reveal:{key}"),
            code: Some(code),
            reason,
            ..Entry::default()
        };
        self.submit(Box::new(move |writer| {
            writer.log(&entry)?;
            Ok(Ok(Made::default()))
        }))?;
        Ok(value)
    }
}
