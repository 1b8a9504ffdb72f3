//! Which days are worked on: weekends, and the exceptions that the state announces.

use chrono::NaiveDate;

use crate::domain::workday::Calendar;

/// Whether nobody works on a day.
pub fn is_rest(day: NaiveDate) -> bool {
    !Calendar::shipped().is_workday(day)
}
