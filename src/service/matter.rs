//! The queue: what is lost first before the others, and what must be done today.

use chrono::{Datelike, NaiveDate};
use foldhash::HashSet;

use crate::domain::clock::CLOCKS;
use crate::domain::fold::is_gap;
use crate::domain::input;
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::period::{Within, fits};
use crate::domain::reading::fold;
use crate::domain::refusal::Refusal;
use crate::domain::world::World;
use crate::protocol::matter::{Matter, QUEUE_DAYS, Queue, QueueView, Which};
use crate::protocol::{MOST_ROWS, Who};
use crate::search::Scope;
use crate::service::case::left;
use crate::service::desk::Desk;
use crate::service::docket::{Entry, holds};
use crate::service::turn::{Group, Key, SEVERAL, Turn};
use crate::service::wall::Caller;
use crate::service::{Service, filter, permit, reading, today};

/// An overdue matter climbs one level for every so many days that it is overdue.
const CLIMBS: i32 = 7;

/// What a caller sees of the docket, in a few look-ups a matter.
struct Seen<'a> {
    desk: &'a Desk,
    who: &'a Who,
    kinds: u16,
    permit: Option<Scope>,
    caller: Caller,
    hidden: HashSet<u64>,
    within: Option<Scope>,
    /// By number of an organisation: how many levels above it, or at it, the caller's own desk is.
    levels: Vec<u8>,
}

/// No desk of the caller's is above it.
const NONE: u8 = u8::MAX;

impl<'a> Seen<'a> {
    fn of(desk: &'a Desk, who: &'a Who, within: Option<Code>) -> Seen<'a> {
        let kinds = KINDS.iter().map(|spec| spec.kind);
        let reads = |kind: &Kind| holds(*kind) && permit::in_scope(&who.roles, "read", Some(*kind));
        let root = |number: &u64| who.scope.iter().any(|root| root.number == *number);
        let mut levels = Vec::new();
        for number in desk.tree.numbers() {
            let level = desk.tree.upward(number).iter().position(root);
            let at = number as usize;
            levels.resize(levels.len().max(at + 1), NONE);
            if let Some(slot) = levels.get_mut(at) {
                *slot = level.map_or(NONE, |level| u8::try_from(level).unwrap_or(NONE));
            }
        }
        let caller = Caller::of(&desk.tree, who);
        Seen {
            kinds: kinds
                .filter(reads)
                .fold(0, |all, kind| all | 1 << kind.bit()),
            permit: desk.tree.permit(who),
            hidden: desk.wall.hidden_from(&caller).into_iter().collect(),
            caller,
            within: within.map(|code| Scope::of(desk.tree.below(code.number))),
            levels,
            desk,
            who,
        }
    }

    /// Whether one of its organisations is such.
    fn any(&self, key: &Key, such: impl Fn(u32) -> bool) -> bool {
        match key.owner {
            SEVERAL => {
                let entry = self.desk.docket.entry(key.at);
                entry.is_some_and(|entry| entry.owners.iter().any(|owner| such(*owner)))
            }
            owner => owner > 0 && such(owner),
        }
    }

    fn lies(&self, key: &Key, scope: Option<&Scope>) -> bool {
        scope.is_none_or(|scope| self.any(key, |owner| scope.has(owner)))
    }

    fn sees(&self, key: &Key) -> bool {
        let taken = || {
            let code = Code::from_id(key.id());
            code.is_some_and(|code| self.desk.wall.takes(&self.caller, code))
        };
        self.kinds >> key.kind & 1 == 1
            && self.lies(key, self.within.as_ref())
            && (self.lies(key, self.permit.as_ref()) || taken())
            && (self.hidden.is_empty() || !self.hidden.contains(&key.id()))
    }

    fn mine(&self, key: &Key) -> bool {
        let me = self.who.operator.map_or(0, |code| code.number as u32);
        me > 0 && key.handler == me
    }

    /// Whether it must be done today from the caller's own desk: it came there, the caller handles
    /// it, or it is overdue for so long that it has climbed there.
    fn today(&self, key: &Key, today: i32) -> bool {
        let Some(over) = key.over(today) else {
            return false;
        };
        let climbed = match over {
            0 => 0,
            over => 1 + (over - 1) / CLIMBS,
        };
        let reached = |owner: u32| {
            let level = self.levels.get(owner as usize).copied().unwrap_or(NONE);
            level != NONE && i32::from(level) <= climbed
        };
        self.mine(key) || self.any(key, reached)
    }
}

/// What a text must hold: words in title, code or receiver.
struct Words {
    words: Vec<String>,
    receivers: Vec<HashSet<u32>>,
}

impl Words {
    fn of(desk: &Desk, text: &str) -> Words {
        let words = text.split(is_gap).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(fold).collect();
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

/// What the days of a matter must be: those of its coming, and of the end of its clock.
struct Days {
    came: Vec<Within>,
    due: Vec<Within>,
}

impl Days {
    fn of(queue: &Queue, today: NaiveDate) -> Result<Days, Refusal> {
        let (mut came, mut due) = (Vec::new(), Vec::new());
        for (key, raw) in &queue.days {
            let fields = Kind::Complaint.spec().fields;
            let known = QUEUE_DAYS.contains(&key.as_str());
            let field = Kind::Complaint.spec().field(key).filter(|_| known);
            let field = field.ok_or_else(|| input::unknown(fields, key))?;
            let within = filter::period(field, raw, today)?.days(today);
            match field.key {
                "day" => came.push(within),
                _ => due.push(within),
            }
        }
        Ok(Days { came, due })
    }

    fn fit(&self, key: &Key, came: Option<NaiveDate>) -> bool {
        self.came.iter().all(|one| fits(one, came.into_iter()))
            && self.due.iter().all(|one| fits(one, key.due().into_iter()))
    }
}

/// Whether words, kind or state are asked for.
fn narrowed(queue: &Queue) -> bool {
    [&queue.text, &queue.kind, &queue.status]
        .into_iter()
        .any(|asked| !asked.trim().is_empty())
}

fn agrees(queue: &Queue, words: &Words, entry: &Entry) -> bool {
    let named = |asked: &str, held: &str| asked.is_empty() || asked == held;
    let kind = named(&queue.kind, entry.kind) || queue.kind == entry.code.kind.spec().key;
    kind && named(&queue.status, entry.status) && words.fit(entry)
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
        let day = queue.as_of.unwrap_or_else(today);
        let days = Days::of(queue, day)?;
        let turn = desk.docket.turn(day, &reader);
        let seen = Seen::of(&desk, who, queue.within);
        let words = Words::of(&desk, &queue.text);
        // In the order in which they lie in memory, before the order of the queue.
        let fits: Option<Vec<bool>> = narrowed(queue).then(|| {
            let entries = desk.docket.entries().iter();
            entries.map(|entry| agrees(queue, &words, entry)).collect()
        });
        let day = turn.day.num_days_from_ce();
        let mut view = QueueView::default();
        for key in turn.keys.iter().filter(|key| seen.sees(key)) {
            let today = seen.today(key, day);
            view.open += usize::from(key.open());
            view.overdue += usize::from(key.group == Group::Overdue);
            view.today += usize::from(today);
            view.urgent += usize::from(key.open() && key.urgent());
            let fits = fits
                .as_ref()
                .is_none_or(|fits| fits.get(key.at as usize) == Some(&true));
            if !fits || !wanted(queue.which, key, today, seen.mine(key)) {
                continue;
            }
            let came = || desk.docket.entry(key.at).and_then(|entry| entry.day);
            if !queue.days.is_empty() && !days.fit(key, came()) {
                continue;
            }
            let at = view.total;
            view.total += 1;
            if at >= queue.offset
                && view.rows.len() < queue.limit.min(MOST_ROWS)
                && let Some(entry) = desk.docket.entry(key.at)
            {
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
