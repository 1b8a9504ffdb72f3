//! What somebody else has to do: other activities at the time, how many are ahead, when last asked.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};

use crate::domain::activity::sessions;
use crate::domain::enrolment::takes_part;
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::Span;
use crate::domain::record::Record;
use crate::domain::setting::TRAVEL;
use crate::domain::value::Value;
use crate::domain::world::{World, holding};

/// What is known of one person's load.
#[derive(Default)]
pub(super) struct Load {
    /// Another activity at the time.
    pub clash: Option<Code>,
    /// Enrolments that are still ahead.
    pub open: usize,
    /// The last day on which they were asked for anything else; none for never.
    pub last: Option<NaiveDate>,
}

/// Reads loads; activities that several people are in are read once.
pub(super) struct Loads<'a> {
    world: &'a dyn World,
    today: String,
    /// The time that must be free, with the way before and after.
    taken: Vec<Span>,
    /// The activity that is asked for.
    own: Code,
    activities: HashMap<Code, Option<Record>>,
}

/// The states of an enrolment that is still ahead.
const AHEAD: [&str; 4] = ["拟派", "已邀", "同意", "候补"];

impl<'a> Loads<'a> {
    /// For these stretches of time.
    pub(super) fn new(
        world: &'a dyn World,
        today: NaiveDate,
        spans: &[Span],
        own: Code,
    ) -> Loads<'a> {
        let way = Duration::minutes(TRAVEL.now(world));
        let wide = |span: &Span| Span {
            start: span.start - way,
            end: span.end + way,
        };
        Loads {
            world,
            today: today.to_string(),
            taken: spans.iter().map(wide).collect(),
            own,
            activities: HashMap::new(),
        }
    }

    /// One person's.
    pub(super) fn of(&mut self, person: Code) -> Load {
        let mut load = Load::default();
        let mut asked = String::new();
        for enrolment in holding(self.world, Kind::Enrolment, "volunteer", person) {
            let activity = enrolment.refs("activity").next();
            if activity == Some(self.own) {
                continue;
            }
            let day = enrolment.text("day");
            let ahead = AHEAD.contains(&enrolment.status());
            load.open += usize::from(ahead && day >= self.today.as_str());
            asked = self.last(&enrolment).max(&asked).to_owned();
            let comes = takes_part(&enrolment) || enrolment.status() == "已邀";
            if comes
                && load.clash.is_none()
                && let Some(code) = activity
                && self.taken(code)
            {
                load.clash = Some(code);
            }
        }
        for need in holding(self.world, Kind::Need, "asked", person) {
            if need.code() == self.own {
                continue;
            }
            let name = person.to_string();
            for row in need.rows("asked") {
                let text = |key: &str| row.get(key).and_then(Value::text).unwrap_or("");
                if text("volunteer") == name && text("on") > asked.as_str() {
                    asked = text("on").to_owned();
                }
            }
        }
        load.last = asked.get(..10).and_then(|day| day.parse().ok());
        load
    }

    /// The last moment that an enrolment tells of: an answer, or the activity itself once it is over.
    fn last<'r>(&self, enrolment: &'r Record) -> &'r str {
        let keys = ["agreed_on", "told_on", "absent_on", "day"];
        let said = keys.map(|key| enrolment.text(key)).into_iter();
        // Days sort before the moments of the same day.
        said.filter(|text| text.get(..10).is_some_and(|day| day <= self.today.as_str()))
            .max()
            .unwrap_or("")
    }

    /// Whether an activity takes any of the time.
    fn taken(&mut self, code: Code) -> bool {
        if self.taken.is_empty() {
            return false;
        }
        let world = self.world;
        let activity = self.activities.entry(code).or_insert_with(|| {
            let activity = world.record(code);
            activity.filter(|activity| activity.status() != "取消")
        });
        let spans = activity.as_ref().map(sessions).unwrap_or_default();
        spans
            .iter()
            .any(|span| self.taken.iter().any(|taken| taken.overlaps(span)))
    }
}
