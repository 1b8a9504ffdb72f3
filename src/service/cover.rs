//! The strip of an activity: everybody who is enrolled, with insurance and telling.

use crate::domain::activity::dangerous;
use crate::domain::cover::{Cover, told_before};
use crate::domain::kind::{Code, Kind};
use crate::domain::moment::{Span, spans, stored};
use crate::domain::need::said_last;
use crate::domain::refusal::Refusal;
use crate::protocol::Who;
use crate::protocol::work::{CoverRow, CoverView, Stretch};
use crate::service::{Service, view};

fn stretch(span: &Span) -> Stretch {
    (stored(span.start), stored(span.end))
}

impl Service {
    /// Who is insured and told in an activity.
    pub fn cover(&self, who: &Who, code: Code) -> Result<CoverView, Refusal> {
        let activity = self.seen(who, code)?;
        let reader = self.reader()?;
        let cover = Cover::of(&reader, &activity);
        let sessions = spans(activity.get("sessions"));
        let mut people: Vec<CoverRow> = cover
            .enrolled
            .iter()
            .filter_map(|enrolment| {
                let volunteer = enrolment.refs("volunteer").next()?;
                let person = cover.person(volunteer);
                let text = |key: &str| person.map_or("", |person| person.text(key)).to_owned();
                Some(CoverRow {
                    enrolment: enrolment.code(),
                    volunteer,
                    name: text("name"),
                    phone: view::phone(&text("phone"), &[]),
                    role: enrolment.text("role").to_owned(),
                    status: enrolment.status().to_owned(),
                    said: said_last(enrolment).to_owned(),
                    told_on: enrolment.text("told_on").to_owned(),
                    told: told_before(enrolment, &sessions),
                    holes: cover
                        .holes(&reader, volunteer)
                        .iter()
                        .map(stretch)
                        .collect(),
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
