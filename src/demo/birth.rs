//! Days of birth and the identity numbers that go with them: no number comes twice.

use chrono::{Datelike, Duration, NaiveDate};

use crate::demo::random::Random;
use crate::domain::identity::check;

/// How old the people of a team are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ages {
    /// Students and their teachers.
    Campus,
    /// Counties, with their retired experts.
    County,
    /// Leagues.
    Mixed,
    /// Employees, of whom nobody is a minor.
    Staff,
}

impl Ages {
    /// Shares of the bands behind the minors, in a thousand.
    const fn shares(self) -> [u64; 6] {
        match self {
            Ages::Campus => [780, 80, 90, 35, 14, 1],
            Ages::County => [60, 255, 345, 178, 145, 17],
            Ages::Mixed | Ages::Staff => [60, 278, 368, 195, 89, 10],
        }
    }
}

/// Bands of age in full years; the first are the minors.
const BANDS: [(i32, i32); 7] = [
    (16, 17),
    (18, 25),
    (26, 35),
    (36, 50),
    (51, 60),
    (61, 75),
    (76, 85),
];

/// One in so many is a minor: one in a hundred over all teams.
const MINORS: u64 = 75;

/// Order numbers of a day and a gender; the last ten of the 500 are kept for people whose birth is fixed.
const ORDERS: u64 = 490;

/// A prime above every number of days and orders: stepping by it meets each of them once.
const STEP: u64 = 2_654_435_761;

/// The days of the bands as of a day.
#[derive(Clone, Debug)]
pub struct Births {
    bands: Vec<(NaiveDate, u64)>,
}

fn ago(today: NaiveDate, years: i32) -> NaiveDate {
    today
        .with_year(today.year() - years)
        .unwrap_or(today - Duration::days(i64::from(years) * 365 + 1))
}

impl Births {
    /// As of a day.
    pub fn of(today: NaiveDate) -> Births {
        let bands = BANDS.iter().map(|(from, to)| {
            let first = ago(today, to + 1) + Duration::days(1);
            (first, (ago(today, *from) - first).num_days() as u64 + 1)
        });
        Births {
            bands: bands.collect(),
        }
    }

    /// The birth of a volunteer and the order within day and gender.
    ///
    /// The number itself picks day and order, so that no two numbers below 1,400,000 share both.
    pub fn draw(&self, random: &mut Random, ages: Ages, number: u64) -> (NaiveDate, u64) {
        let minor = number % MINORS == MINORS / 2 && ages != Ages::Staff;
        let (band, nth) = if minor {
            (0, number / MINORS)
        } else {
            (1 + random.at(ages.shares().into_iter()), number)
        };
        let Some((first, days)) = self.bands.get(band) else {
            return (NaiveDate::default(), 0);
        };
        let slot = nth.wrapping_mul(STEP) % (days * ORDERS);
        (
            *first + Duration::days((slot / ORDERS) as i64),
            slot % ORDERS,
        )
    }
}

/// An identity number of the unassigned area 159900.
pub fn identity_number(birth: NaiveDate, order: u64, woman: bool) -> String {
    let order = order % 500 * 2 + u64::from(!woman);
    let (year, month, day) = (birth.year(), birth.month(), birth.day());
    let mut number = format!("159900{year:04}{month:02}{day:02}{order:03}");
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    number.push(check(&digits).unwrap_or('0'));
    number
}

/// The order of the `nth` person whose birth is fixed.
pub fn kept_order(nth: u64) -> u64 {
    ORDERS + nth % 10
}
