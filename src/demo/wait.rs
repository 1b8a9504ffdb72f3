//! Requests for certificates that waited over holidays: some too long (D30), some not.

use chrono::{Duration, NaiveDate};

use crate::demo::Plan;
use crate::domain::workday::Calendar;

/// D30: requests that waited too long, at size M.
const LATE: usize = 4;
/// Requests over a long holiday that did not, at size M.
const IN_TIME: usize = 3;

/// The working days within which a certificate is issued.
const TERM: u16 = 3;

/// Holidays of Spring Festival and of National Day last at least so many days.
const LONG: i64 = 7;

/// One request.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    /// When it was made.
    pub asked: NaiveDate,
    /// When it was answered; none if it still waits.
    pub issued: Option<NaiveDate>,
}

/// The requests: those that are late first.
pub fn waits(plan: &Plan) -> Vec<Wait> {
    let calendar = Calendar::shipped();
    let eves = eves(plan.today);
    let mut eves = eves.iter().copied().cycle().take(eves.len() * LATE);
    let mut waits = Vec::new();
    for nth in 0..plan.size.planted(LATE) {
        let over = nth as u16 + 1;
        let wait = match (nth % 2, eves.next()) {
            // Over a holiday, and a few working days more.
            (0, Some(asked)) => Wait {
                asked,
                issued: Some(calendar.add_workdays(asked, TERM + over)),
            },
            _ => Wait {
                asked: back(plan.today, TERM + 2 + over),
                issued: None,
            },
        };
        waits.push(wait);
    }
    // More than a week by the calendar, and yet within the working days.
    let timely = eves.take(plan.size.planted(IN_TIME)).map(|asked| Wait {
        asked,
        issued: Some(calendar.add_workdays(asked, TERM)),
    });
    waits.extend(timely);
    waits
}

/// The last working days before long holidays, the latest first.
fn eves(today: NaiveDate) -> Vec<NaiveDate> {
    let calendar = Calendar::shipped();
    let days = (25..900).map(|back| today - Duration::days(back));
    let before = |day: &NaiveDate| {
        let rest = (1..=LONG).all(|after| !calendar.is_workday(*day + Duration::days(after)));
        calendar.is_workday(*day) && rest
    };
    days.filter(before).collect()
}

/// The working day so many before a day.
pub fn back(day: NaiveDate, count: u16) -> NaiveDate {
    let calendar = Calendar::shipped();
    let mut days = (1..).map(|back| day - Duration::days(back));
    let before = days.by_ref().filter(|day| calendar.is_workday(*day));
    before.take(count.into()).last().unwrap_or(day)
}
