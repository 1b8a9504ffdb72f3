//! Everything of one case on one screen: the record, its clocks, what happened, what comes next, and what stands beside it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::clock::{Running, running};
use crate::domain::field::Type;
use crate::domain::kind::{Code, KINDS, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Said, t};
use crate::domain::workday::Calendar;
use crate::domain::world::{self, World};
use crate::protocol::Who;
use crate::protocol::matter::{Beside, CaseView, ClockView};
use crate::service::sight::{Eyes, Sight};
use crate::service::{Service, Session, reading, today};

/// So many entries of the log tell what happened.
const TIMELINE: usize = 200;

/// So many records at most stand beside a case for one reason.
const MOST: usize = 20;

impl Service {
    /// Everything of one case.
    pub fn case(&self, session: &Session, code: Code) -> Result<CaseView, Refusal> {
        let record = self.seen(&session.who, code)?;
        let mut view = self.shown(&session.who, &record)?;
        let timeline = self.history(&session.who, code, TIMELINE)?;
        let steps = self.steps(session, code)?;
        let reader = self.reader()?;
        let eyes = Eyes::of(&reading(&self.desk), &session.who);
        let sight = Sight::new(&reader, &eyes);
        let day = today();
        let clocks = running(&record, &sight, day);
        // What the clocks say stands with them, in full.
        let said: Vec<Said> = clocks.iter().map(|clock| clock.said(day)).collect();
        view.told.retain(|told| !said.contains(told));
        let shown = clocks.iter();
        // A disk that takes no more must not keep anybody from reading.
        let _ = self.looked(session, &record);
        Ok(CaseView {
            clocks: shown
                .map(|clock| clock_view(clock, &record, sight.calendar(), day))
                .collect(),
            beside: self.beside(&session.who, &record, &sight),
            view,
            timeline,
            steps,
        })
    }

    /// What has to do with a case, as far as the caller sees it.
    fn beside(&self, who: &Who, record: &Record, sight: &Sight) -> Vec<Beside> {
        let code = record.code();
        let mut found: Vec<(Code, Said)> = Vec::new();
        let spec = code.kind.spec();
        // Who receives and who handles it stands on the case itself.
        let own = |key: &str| spec.owner == Some(key) || spec.handler == Some(key);
        let fields = spec.fields.iter();
        let named = fields.filter(|field| !field.inner && !own(field.key));
        for field in named.filter(|field| !field.names().contains(&Kind::Operator)) {
            let codes = record.refs(field.key);
            let codes = codes.filter(|code| field.names().contains(&code.kind));
            found.extend(codes.map(|code| (code, field.label.said())));
        }
        for spec in KINDS {
            let fields = spec.fields.iter();
            for field in fields.filter(|field| field.indexed && field.names().contains(&code.kind))
            {
                let numbers = newest(sight.equal(spec.kind, field.key, &code.to_string()));
                // Two of a kind stand side by side: what ties the one ties the other.
                let mutual = spec.kind == code.kind && matches!(field.of, Type::Codes(..));
                let why = if mutual { field.label } else { spec.label }.said();
                found.extend(numbers.map(|number| (Code::new(spec.kind, number), why.clone())));
            }
        }
        for accused in record.refs("accused").chain(record.refs("activity")) {
            for key in ["accused", "activity"] {
                if spec.field(key).is_none() {
                    continue;
                }
                let numbers = newest(sight.equal(code.kind, key, &accused.to_string()));
                let why = t("同一对象的另一件", "another about the same").said();
                found.extend(numbers.map(|number| (Code::new(code.kind, number), why.clone())));
            }
        }
        let mut known = BTreeSet::from([code]);
        found.retain(|(other, _)| known.insert(*other));
        let desk = reading(&self.desk);
        let rows = found.into_iter().filter_map(|(code, why)| {
            let record = sight.record(code).filter(|one| desk.sees(who, one))?;
            Some(Beside {
                code,
                name: world::name(sight, &record),
                status: record.status().to_owned(),
                why,
            })
        });
        rows.collect()
    }
}

fn newest(numbers: Vec<u64>) -> impl Iterator<Item = u64> {
    numbers.into_iter().rev().take(MOST)
}

/// Days that are left of a clock: working days of one that runs in them.
pub(super) fn left(calendar: &Calendar, workdays: bool, today: NaiveDate, due: NaiveDate) -> i64 {
    match workdays {
        true => calendar.workdays_between(today, due),
        false => (due - today).num_days(),
    }
}

fn clock_view(
    running: &Running,
    record: &Record,
    calendar: &Calendar,
    day: NaiveDate,
) -> ClockView {
    let (clock, due) = (running.clock, &running.due);
    let steps = record.kind.spec();
    let stops = clock.stops.iter().filter_map(|key| steps.step(key));
    let (all, gone) = ((due.day - due.from).num_days(), (day - due.from).num_days());
    ClockView {
        key: clock.key.to_owned(),
        label: clock.label.said(),
        article: clock.article.to_owned(),
        whose: clock.whose.said(),
        stops: stops.map(|step| step.label.said()).collect(),
        due: due.day,
        left: left(calendar, clock.workdays, day, due.day),
        workdays: clock.workdays,
        right: clock.right,
        told: due.unfolded(clock.event),
        estimated: running.estimated(),
        used: u8::try_from((gone * 100 / all.max(1)).clamp(0, 100)).unwrap_or(100),
    }
}
