//! The queue: what is lost first before the others, and what must be done today.

use std::collections::HashSet;

use crate::domain::clock::CLOCKS;
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::reading::fold;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;
use crate::protocol::matter::{Matter, Queue, QueueView, Which};
use crate::protocol::{MOST_ROWS, Who};
use crate::search::Scope;
use crate::service::case::left;
use crate::service::desk::Desk;
use crate::service::docket::{Entry, Group, Key, Turn, holds};
use crate::service::{Service, permit, reading, today};

/// An overdue matter climbs one level for every so many days that it is overdue.
const CLIMBS: i64 = 7;

/// What a caller sees of the docket, in a few look-ups a matter.
struct Seen<'a> {
    desk: &'a Desk,
    who: &'a Who,
    kinds: Vec<Kind>,
    permit: Option<Scope>,
    hidden: HashSet<u64>,
    within: Option<Scope>,
}

impl<'a> Seen<'a> {
    fn of(desk: &'a Desk, who: &'a Who, within: Option<Code>) -> Seen<'a> {
        let kinds = KINDS.iter().map(|spec| spec.kind);
        let reads = |kind: &Kind| holds(*kind) && permit::in_scope(&who.roles, "read", Some(*kind));
        Seen {
            kinds: kinds.filter(reads).collect(),
            permit: desk.tree.permit(who),
            hidden: desk.wall.hidden_from(&desk.tree, who).into_iter().collect(),
            within: within.map(|code| Scope::of(desk.tree.below(code.number))),
            desk,
            who,
        }
    }

    fn sees(&self, entry: &Entry) -> bool {
        let within = |scope: &Option<Scope>| {
            scope
                .as_ref()
                .is_none_or(|scope| entry.owners.iter().any(|owner| scope.has(*owner)))
        };
        self.kinds.contains(&entry.code.kind)
            && within(&self.within)
            && (within(&self.permit) || self.desk.wall.takes(self.who, entry.code))
            && (self.hidden.is_empty() || !self.hidden.contains(&entry.code.id()))
    }

    fn mine(&self, entry: &Entry) -> bool {
        entry.handler.is_some() && entry.handler == self.who.operator
    }

    /// Whether it must be done today from the caller's own desk: it came there, the caller handles
    /// it, or it is overdue for so long that it has climbed there.
    fn today(&self, entry: &Entry, key: &Key, turn: &Turn) -> bool {
        let Some(due) = key.due().filter(|due| *due <= turn.day) else {
            return false;
        };
        if key.group > Group::Duty {
            return false;
        }
        let over = (turn.day - due).num_days();
        let levels = match over {
            1.. => 1 + (over - 1) / CLIMBS,
            _ => 0,
        };
        let root = |number: u64| self.who.scope.iter().any(|root| root.number == number);
        self.mine(entry)
            || entry.owners.iter().any(|owner| {
                let up = self.desk.tree.upward(u64::from(*owner)).into_iter();
                up.take(1 + usize::try_from(levels).unwrap_or(0)).any(root)
            })
    }
}

/// What a text must hold: words in title, code or receiver.
struct Words {
    words: Vec<String>,
    receivers: Vec<HashSet<u32>>,
}

impl Words {
    fn of(desk: &Desk, text: &str) -> Words {
        let words: Vec<String> = text.split_whitespace().map(fold).collect();
        let receivers = words.iter().map(|word| {
            let named = |number: &u64| fold(desk.tree.name(*number)).contains(word.as_str());
            let numbers = desk.tree.numbers().into_iter().filter(named);
            numbers.map(|number| number as u32).collect()
        });
        Words {
            receivers: receivers.collect(),
            words,
        }
    }

    fn fit(&self, entry: &Entry) -> bool {
        let mut each = self.words.iter().zip(&self.receivers);
        each.all(|(word, receivers)| {
            entry.sought.contains(word.as_str())
                || entry.owners.iter().any(|owner| receivers.contains(owner))
        })
    }
}

fn wanted(which: Which, key: &Key, today: bool, mine: bool) -> bool {
    match which {
        Which::Open => key.group < Group::Closed,
        Which::Today => today,
        Which::Overdue => key.group == Group::Overdue,
        Which::Mine => mine && key.group < Group::Closed,
        Which::All => true,
    }
}

impl Service {
    /// A page of the queue.
    pub fn queue(&self, who: &Who, queue: &Queue) -> Result<QueueView, Refusal> {
        let reader = self.reader()?;
        let desk = reading(&self.desk);
        if let Some(code) = queue.within.filter(|code| !desk.tree.in_scope(who, *code)) {
            return Err(Refusal::not_found(&code.to_string()));
        }
        let turn = desk.docket.turn(queue.as_of.unwrap_or_else(today), &reader);
        let seen = Seen::of(&desk, who, queue.within);
        let words = Words::of(&desk, &queue.text);
        let named = |asked: &str, held: &str| asked.is_empty() || asked == held;
        let kind = |entry: &Entry| {
            named(&queue.kind, entry.kind) || queue.kind == entry.code.kind.spec().key
        };
        let mut view = QueueView::default();
        for key in &turn.keys {
            let Some(entry) = desk.docket.entry(key.at).filter(|entry| seen.sees(entry)) else {
                continue;
            };
            let today = seen.today(entry, key, &turn);
            view.open += usize::from(entry.open);
            view.overdue += usize::from(key.group == Group::Overdue);
            view.today += usize::from(today);
            view.urgent += usize::from(entry.open && entry.urgent);
            let fits = wanted(queue.which, key, today, seen.mine(entry))
                && kind(entry)
                && named(&queue.status, entry.status)
                && words.fit(entry);
            if !fits {
                continue;
            }
            let at = view.total;
            view.total += 1;
            if at >= queue.offset && view.rows.len() < queue.limit.min(MOST_ROWS) {
                view.rows.push(matter(&desk, &reader, entry, key, &turn));
            }
        }
        Ok(view)
    }
}

fn matter(desk: &Desk, world: &dyn World, entry: &Entry, key: &Key, turn: &Turn) -> Matter {
    let due = key.due();
    let clock = due.and_then(|_| CLOCKS.get(key.clock()));
    let handler = entry.handler.and_then(|code| world.record(code));
    let workdays = clock.is_some_and(|clock| clock.workdays);
    let owner = entry.owners.first().copied().unwrap_or(0);
    Matter {
        code: entry.code,
        title: entry.title.to_string(),
        kind: entry.kind.to_owned(),
        status: entry.status.to_owned(),
        urgent: entry.urgent,
        receiver: desk.tree.name(u64::from(owner)).to_owned(),
        handler: handler.map_or_else(String::new, |record| record.title().to_owned()),
        day: entry.day.map_or_else(String::new, |day| day.to_string()),
        clock: clock.map_or_else(Default::default, |clock| clock.label.said()),
        whose: clock.map_or_else(Default::default, |clock| clock.whose.said()),
        due,
        left: due.map_or(0, |due| left(world.calendar(), workdays, turn.day, due)),
        workdays,
    }
}
