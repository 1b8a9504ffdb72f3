//! A change worked out: the record before and after, judged by rules and scope.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::field::Type;
use crate::domain::kind::{Code, Kind};
use crate::domain::lifecycle::{DAY, Step};
use crate::domain::mask::masked;
use crate::domain::moment;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rule::{Assent, Case, STANDING, UNDO, findings, guard, guard_back, worse};
use crate::domain::said::Lang;
use crate::domain::value::{Fields, Value};
use crate::domain::world::{Reckon, World};
use crate::protocol::{Act, Who};
use crate::say;
use crate::service::change::chance;
use crate::service::desk::Desk;
use crate::service::effect::keep_name;
use crate::service::hold::held;
use crate::service::permit;
use crate::service::sight::{Eyes, Sight};

/// A change whose values were read and whose right was checked.
pub(crate) struct Plan {
    pub(super) kind: Kind,
    pub(super) act: Act,
    pub(super) values: Fields,
    pub(super) confirmed: bool,
    /// Why, where a rule asks for a reason.
    pub(super) reason: String,
    pub(super) who: Who,
    pub(super) today: NaiveDate,
    /// The minute, as moments are stored.
    pub(super) now: String,
    /// A number nobody can foresee.
    pub(super) chance: u64,
    /// What the caller sees of other records.
    pub(super) eyes: Arc<Eyes>,
}

impl Plan {
    pub(crate) fn act_key(&self) -> &str {
        match &self.act {
            Act::New(_) => "new",
            Act::Edit { .. } => "edit",
            Act::Step { step, .. } => step_of(self.kind, step).map_or("step", |step| step.key),
        }
    }

    /// Turns the step to another record; what nobody can foresee is never the same twice.
    pub(super) fn turn(&mut self, to: Code) {
        if let Act::Step { code, .. } = &mut self.act {
            *code = to;
            self.chance = chance();
        }
    }

    pub(super) fn in_scope(&self, desk: &Desk, world: &dyn World) -> Result<(), Refusal> {
        let (before, after) = self.work_out_raw(world)?;
        self.allowed(desk, before.as_ref(), &after)
    }

    /// Refuses what lies outside the caller's scope, before or after.
    pub(super) fn allowed(
        &self,
        desk: &Desk,
        before: Option<&Record>,
        after: &Record,
    ) -> Result<(), Refusal> {
        let key = match self.kind {
            // Nobody gives a scope, or changes what somebody has, beyond their own.
            Kind::Operator => {
                let beyond = before
                    .into_iter()
                    .chain([after])
                    .flat_map(|record| record.refs("scope"))
                    .find(|root| !desk.tree.in_scope(&self.who, *root));
                return match beyond {
                    Some(root) => Err(permit::outside(desk.tree.name(root.number))),
                    None => Ok(()),
                };
            }
            kind => kind.spec().owner.unwrap_or(""),
        };
        // What takes its own way may be sent beyond the scope; who handles it need not see where it came from.
        if self.kind.spec().sealed && before.is_none() {
            return Ok(());
        }
        if let Some(before) = before {
            let mine = match self.kind {
                Kind::Organisation => desk.tree.in_scope(&self.who, before.code()),
                _ => {
                    desk.oversees(&self.who, before)
                        || before
                            .owners()
                            .any(|owner| desk.tree.in_scope(&self.who, owner))
                }
            };
            if !mine && !desk.takes(&self.who, before.code()) {
                return Err(permit::outside(before.title()));
            }
        }
        if self.kind.spec().sealed {
            return Ok(());
        }
        let had: Vec<Code> = before.iter().flat_map(|before| before.refs(key)).collect();
        match after
            .refs(key)
            .find(|owner| !had.contains(owner) && !desk.tree.in_scope(&self.who, *owner))
        {
            Some(owner) => Err(permit::outside(desk.tree.name(owner.number))),
            None => Ok(()),
        }
    }

    /// The record before and after, without judging it.
    pub(super) fn work_out_raw(
        &self,
        world: &dyn World,
    ) -> Result<(Option<Record>, Record), Refusal> {
        match &self.act {
            Act::New(kind) => {
                let mut after = Record::new(*kind, 0, Fields::new());
                self.fill(&mut after);
                after.set("status", kind.spec().first.into());
                self.reckon(None, &mut after, world);
                Ok((None, after))
            }
            Act::Edit { code, rev } => {
                let before = current(world, *code, *rev)?;
                let mut after = before.clone();
                self.fill(&mut after);
                if code.kind == Kind::Organisation {
                    keep_name(&before, &mut after);
                }
                self.reckon(Some(&before), &mut after, world);
                Ok((Some(before), after))
            }
            Act::Step { code, step, rev } => {
                let before = current(world, *code, *rev)?;
                let step = step_of(code.kind, step)?;
                from(&before, step)?;
                let mut after = before.clone();
                self.take(step, &mut after, world)?;
                self.reckon(Some(&before), &mut after, world);
                Ok((Some(before), after))
            }
        }
    }

    /// The record before and after; refused if a rule forbids it.
    pub(crate) fn work_out(
        &self,
        world: &dyn World,
        number: Option<u64>,
    ) -> Result<(Option<Record>, Record), Refusal> {
        let sight = Sight::new(world, &self.eyes);
        let world: &dyn World = &sight;
        let (before, mut after) = self.work_out_raw(world)?;
        if let Some(number) = number {
            after.number = number;
        }
        self.judge(before.as_ref(), &after, world)?;
        Ok((before, after))
    }

    /// Refuses what a rule forbids of a record worked out.
    pub(super) fn judge(
        &self,
        before: Option<&Record>,
        after: &Record,
        world: &dyn World,
    ) -> Result<(), Refusal> {
        permit::own(&self.who, before, after)?;
        held(&self.who, self.act_key(), before, after)?;
        guard(&self.case(before, after, world), self.assent())
    }

    /// Refuses former values of a record that a rule forbids, or that are not the caller's to bring back
    /// after an act.
    pub(super) fn judge_back(
        &self,
        act: &str,
        before: &Record,
        after: &Record,
        world: &dyn World,
    ) -> Result<(), Refusal> {
        permit::own(&self.who, Some(before), after)?;
        held(&self.who, act, Some(before), after)?;
        let case = Case {
            act: if act == "edit" { act } else { UNDO },
            ..self.case(Some(before), after, world)
        };
        guard_back(&case, self.assent())?;
        let stands = |after| Case {
            before: None,
            after,
            act: STANDING,
            ..self.case(None, after, world)
        };
        worse(&stands(before), &stands(after))
    }

    /// Refuses a step that hands a record, which the caller sees, to somebody beyond the caller's scope.
    pub(super) fn keeps(
        &self,
        before: Option<&Record>,
        after: &Record,
        world: &dyn World,
    ) -> Result<(), Refusal> {
        let (Some(sees), Some(key)) = (&self.eyes.scope, after.kind.spec().owner) else {
            return Ok(());
        };
        if after.kind.spec().sealed {
            return Ok(());
        }
        let had: Vec<Code> = before.iter().flat_map(|before| before.refs(key)).collect();
        let beyond = after
            .refs(key)
            .find(|owner| !had.contains(owner) && !sees.contains(&owner.number));
        match beyond {
            Some(owner) => {
                let name = world.record(owner);
                Err(permit::outside(name.as_ref().map_or("", Record::title)))
            }
            None => Ok(()),
        }
    }

    fn assent(&self) -> Assent<'_> {
        Assent {
            yes: self.confirmed,
            reason: &self.reason,
        }
    }

    /// The circumstances of the change.
    pub(super) fn reckoning<'a>(
        &'a self,
        before: Option<&'a Record>,
        world: &'a dyn World,
    ) -> Reckon<'a> {
        Reckon {
            before,
            act: self.act_key(),
            today: self.today,
            now: &self.now,
            who: &self.who.name,
            uid: self.who.uid,
            operator: self.who.operator,
            home: self.who.scope.first().copied(),
            chance: self.chance,
            given: &self.values,
            world,
        }
    }

    fn reckon(&self, before: Option<&Record>, after: &mut Record, world: &dyn World) {
        let spec = after.kind.spec();
        (spec.reckon)(after, &self.reckoning(before, world));
        // A time that no other field gives a day is one of today.
        let moments = spec
            .fields
            .iter()
            .filter(|field| matches!(field.of, Type::Moment));
        for field in moments {
            let full = moment::on(after.text(field.key), self.today);
            after.set(field.key, full.into());
        }
    }

    /// The other records that change with this one, each before and after; new ones have no before.
    pub(super) fn consequences(
        &self,
        before: Option<&Record>,
        after: &Record,
        world: &dyn World,
    ) -> Vec<(Option<Record>, Record)> {
        let changed = (after.kind.spec().then)(after, &self.reckoning(before, world));
        let changed = changed.into_iter().map(|mut record| {
            let before = world.record(record.code()).filter(|_| record.number > 0);
            if before.is_none() {
                let fresh = Reckon {
                    act: "new",
                    ..self.reckoning(None, world)
                };
                (record.kind.spec().reckon)(&mut record, &fresh);
            }
            (before, record)
        });
        changed
            .filter(|(before, after)| before.as_ref() != Some(after))
            .collect()
    }

    /// The records whose content goes out of the log with the change.
    pub(super) fn erases(
        &self,
        before: Option<&Record>,
        after: &Record,
        world: &dyn World,
    ) -> Vec<Code> {
        (after.kind.spec().erases)(after, &self.reckoning(before, world))
    }

    /// Everything that the rules hold against a record worked out.
    pub(super) fn findings(
        &self,
        before: Option<&Record>,
        after: &Record,
        world: &dyn World,
    ) -> Vec<Refusal> {
        findings(&self.case(before, after, world), self.assent()).collect()
    }

    fn case<'a>(
        &'a self,
        before: Option<&'a Record>,
        after: &'a Record,
        world: &'a dyn World,
    ) -> Case<'a> {
        Case {
            before,
            after,
            act: self.act_key(),
            today: self.today,
            world,
            sees: self.eyes.scope.as_ref(),
        }
    }

    fn fill(&self, record: &mut Record) {
        for (key, value) in &self.values {
            // A mask that came back as it was shown changes nothing.
            let held = record.kind.spec().field(key).zip(record.get(key));
            let mask = held.map(|(field, held)| (masked(field, held), held));
            if !mask.is_some_and(|(mask, held)| mask == *value && mask != *held) {
                record.set(key, value.clone());
            }
        }
    }
}

fn current(world: &dyn World, code: Code, rev: Option<u64>) -> Result<Record, Refusal> {
    let record = world
        .record(code)
        .ok_or_else(|| Refusal::not_found(&code.to_string()))?;
    match rev {
        Some(rev) if rev != record.rev => {
            let now = record.rev;
            let mut refusal = Refusal::new(
                RefusalKind::Stale,
                say!(
                    "别人已改过：您看到第 {rev} 版，现为第 {now} 版，没有保存",
                    "somebody changed it: you saw revision {rev}, it is now {now}; nothing was saved"
                ),
            )
            .hint(say!(
                "看变更记录：kezhi history {code}",
                "see what changed: kezhi history {code}"
            ));
            refusal.rev = Some(now);
            Err(refusal)
        }
        _ => Ok(record),
    }
}

/// The step with a key or a name.
pub(super) fn step_of(kind: Kind, key: &str) -> Result<&'static Step, Refusal> {
    let steps = kind.spec().steps;
    steps
        .iter()
        .find(|step| step.key == key || step.label.zh == key)
        .ok_or_else(|| {
            let list = steps
                .iter()
                .map(|step| step.key)
                .collect::<Vec<_>>()
                .join(" ");
            Refusal::new(
                RefusalKind::Usage,
                say!("没有步骤「{key}」", "there is no step \"{key}\""),
            )
            .hint(say!("步骤有：{list}", "the steps are: {list}"))
        })
}

/// The answers to a step, with the reason in the place where the step asks for one.
pub(super) fn asked(step: &Step, given: &Fields, reason: &str) -> Fields {
    let mut fields = given.clone();
    if step.asks.iter().any(|ask| ask.key == "note") && !fields.contains_key("note") {
        let said = fields.remove("reason");
        let said = said.or_else(|| Some(Value::from(reason)).filter(|_| !reason.trim().is_empty()));
        fields.extend(said.map(|said| ("note".to_owned(), said)));
    }
    // A day that was emptied means today, whatever the record holds of it.
    if let Some(day) = fields.get_mut(DAY).filter(|day| day.is_empty())
        && step.stamp.is_some()
    {
        *day = Value::from("今天");
    }
    fields
}

/// Refuses a step that does not start from the record's state.
pub(super) fn from(record: &Record, step: &Step) -> Result<(), Refusal> {
    if step.from.is_empty() || step.from.contains(&record.status()) {
        return Ok(());
    }
    let said = |status, lang| record.kind.spec().said(status, lang);
    let all = |lang| step.from.iter().map(move |from| said(from, lang));
    let [list, either] = [
        all(Lang::Zh).collect::<Vec<_>>().join("、"),
        all(Lang::En).collect::<Vec<_>>().join(" or "),
    ];
    let [status, state] = [Lang::Zh, Lang::En].map(|lang| said(record.status(), lang));
    let mut refusal = Refusal::new(
        RefusalKind::Rule,
        say!(
            "现在是「{status}」，要在「{list}」时才能做",
            "its state is {state}; this needs {either}"
        ),
    )
    .field("status");
    let spec = record.kind.spec();
    if !spec.article.is_empty() {
        refusal = refusal.article(spec.article);
    }
    let leads = |one: &&Step| {
        let starts = one.from.is_empty() || one.from.contains(&record.status());
        starts && one.to.is_some_and(|to| step.from.contains(&to))
    };
    // What ends it is no way to what was meant, where something that leaves it open is.
    let lives = |state: &str| spec.state(state).is_some_and(|state| state.live);
    let stays = |one: &&Step| leads(one) && one.to.is_some_and(lives);
    let through = |one: &&Step| {
        let mut on = spec.steps.iter();
        let way = |on: &Step| {
            let begins = one.to.is_some_and(|to| on.from.contains(&to));
            begins && on.to.is_some_and(|to| lives(to) && step.from.contains(&to))
        };
        one.from.contains(&record.status()) && one.to.is_some_and(lives) && on.any(way)
    };
    let next = spec.steps.iter().find(stays);
    let next = next.or_else(|| {
        let ends = |state: &&str| !lives(state);
        // To end what goes on is no way to bring back what has ended.
        let revives = step.to.is_some_and(lives) && step.from.iter().all(ends);
        if revives && record.live() {
            return None;
        }
        let dead = spec.steps.iter().find(leads)?;
        spec.steps.iter().find(through).or(Some(dead))
    });
    let open = |one: &&Step| one.from.contains(&record.status());
    let code = record.code();
    let open = || spec.steps.iter().filter(open);
    let zh: Vec<String> = open()
        .map(|one| format!("{}（{}）", one.label.zh, one.key))
        .collect();
    let en: Vec<String> = open()
        .map(|one| format!("{} ({})", one.label.en, one.key))
        .collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    Err(refusal.hint(match next {
        Some(next) => {
            let key = next.key;
            say!(
                "先办：kezhi do {key} {code}",
                "first: kezhi do {key} {code}"
            )
        }
        None if zh.is_empty() => say!(
            "这一件已办完，没有可办的步骤",
            "it is done: no step is left"
        ),
        None => say!("现在可办：{zh}", "what can be done now: {en}"),
    }))
}
