//! The strip of an activity: everybody who is enrolled, with insurance and telling.

use crate::domain::activity::dangerous;
use crate::domain::cover::{Cover, told_before};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::{Span, spans, stored};
use crate::domain::refusal::Refusal;
use crate::domain::world::{World, holding};
use crate::protocol::Who;
use crate::protocol::work::{CoverRow, CoverView, Stretch};
use crate::service::recall::Recall;
use crate::service::{Service, view};

fn stretch(span: &Span) -> Stretch {
    (stored(span.start), stored(span.end))
}

impl Service {
    /// Who is insured and told in an activity.
    pub fn cover(&self, who: &Who, code: Code) -> Result<CoverView, Refusal> {
        let activity = self.seen(who, code)?;
        let reader = self.reader()?;
        // Everybody's teams, and those above them, are the same few.
        let recall = Recall::default();
        let world = recall.over(&reader);
        let cover = Cover::of(&world, &activity);
        let sessions = spans(activity.get("sessions"));
        let mut people: Vec<CoverRow> = holding(&world, Kind::Enrolment, "activity", code)
            .iter()
            .filter_map(|enrolment| {
                let volunteer = enrolment.refs("volunteer").next()?;
                let person = world.record(volunteer);
                let text = |key: &str| {
                    person
                        .as_ref()
                        .map_or("", |person| person.text(key))
                        .to_owned()
                };
                Some(CoverRow {
                    enrolment: enrolment.code(),
                    volunteer,
                    name: text("name"),
                    phone: view::phone(&text("phone"), &[]),
                    role: enrolment.text("role").to_owned(),
                    status: enrolment.status().to_owned(),
                    told_on: enrolment.text("told_on").to_owned(),
                    told: told_before(enrolment, &sessions),
                    holes: cover.holes(&world, volunteer).iter().map(stretch).collect(),
                })
            })
            .collect();
        let states = Kind::Enrolment.spec().states;
        let rank = |row: &CoverRow| states.iter().position(|state| state.name.zh == row.status);
        people.sort_by_key(|row| (rank(row), row.enrolment));
        Ok(CoverView {
            sessions: sessions.iter().map(stretch).collect(),
            dangerous: dangerous(&activity),
            people,
        })
    }
}
