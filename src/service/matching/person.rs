//! One person judged: what speaks for and against, and the place in the order that follows.

use chrono::NaiveDate;

use crate::domain::day::age;
use crate::domain::kind::Code;
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::said::Said;
use crate::domain::setting::OLD_AGE;
use crate::domain::world::World;
use crate::protocol::Who;
use crate::protocol::work::Match;
use crate::say;
use crate::service::desk::Desk;
use crate::service::matching::busy::{Load, Loads};
use crate::service::matching::wish::Wish;
use crate::service::view;

/// Answers that leave the matter open: who gave them stays in the order.
const OPEN: [&str; 3] = ["没接", "再打", "候补"];

/// Answers that close it: who gave them stands at the end.
const REFUSED: [&str; 4] = ["不去", "谢绝", "不能来", "缺席"];

/// A training counts for so many days.
const TRAINED: i64 = 365;

/// Who was asked within so many days is rather left in peace.
const LATELY: i64 = 30;

/// The order, the weightiest first; less is better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Open, said yes, refused.
    answer: u8,
    /// Cannot be sent as things stand.
    unfit: bool,
    /// Skills that are missing.
    missing: usize,
    distance: u8,
    clash: bool,
    old: bool,
    ill: bool,
    unconfirmed: bool,
    untrained: bool,
    /// Never asked is least.
    last: Option<NaiveDate>,
    ahead: usize,
    number: u64,
}

/// Somebody judged.
pub(super) struct Judged<'a> {
    /// The volunteer.
    pub record: &'a Record,
    /// The place in the order.
    pub key: Key,
    why: Vec<Said>,
    against: Vec<Said>,
    clash: Option<Code>,
    asked: Option<(String, String)>,
}

/// Judges people for one wish.
pub(super) struct Judge<'a> {
    wish: &'a Wish,
    today: NaiveDate,
    old: i64,
    loads: Loads<'a>,
}

impl<'a> Judge<'a> {
    /// For a wish, as of a day.
    pub(super) fn new(wish: &'a Wish, world: &'a dyn World, today: NaiveDate) -> Judge<'a> {
        Judge {
            wish,
            today,
            old: OLD_AGE.now(world),
            loads: Loads::new(world, today, &wish.spans, wish.record.code()),
        }
    }

    /// Judges one; none for somebody who cannot come into question.
    pub(super) fn judge<'r>(&mut self, record: &'r Record) -> Option<Judged<'r>> {
        let wish = self.wish;
        let asked = wish.answers.get(&record.code()).cloned();
        let years = record
            .day("birth")
            .map(|birth| age(birth, wish.day(self.today)));
        let minor = years.filter(|years| *years < 18);
        let mute = wish
            .languages
            .iter()
            .find(|one| !record.texts("languages").any(|spoken| spoken == *one));
        // No minor is sent into danger; a language that is asked for must be spoken.
        if (minor.is_some() && wish.dangerous) || (mute.is_some() && asked.is_none()) {
            return None;
        }
        let load = self.loads.of(record.code());
        let (mut why, mut against) = (Vec::new(), Vec::new());
        let has = |skill: &&String| record.texts("skills").any(|one| one == *skill);
        let skills: Vec<&str> = wish.skills.iter().filter(has).map(String::as_str).collect();
        if !skills.is_empty() {
            let list = skills.join("、");
            why.push(say!("技能 {list}", "skill {list}"));
        } else if !wish.skills.is_empty() {
            let list = wish.skills.join("、");
            against.push(say!("没有技能 {list}", "no skill {list}"));
        }
        let distance = wish.distance(record.text("area"));
        let (place, near) = wish.near_said(record.text("area"));
        match near {
            true => why.push(place),
            false => against.push(place),
        }
        for language in wish.languages.iter().filter(|one| mute != Some(*one)) {
            why.push(say!("会{language}", "speaks {language}"));
        }
        against.extend(mute.map(|one| say!("不会{one}", "does not speak {one}")));
        if !wish.spans.is_empty() && load.clash.is_none() {
            why.push(say!("那时有空", "free then"));
        }
        let trained = record.day("trained_on").filter(|day| {
            let since = (wish.day(self.today) - *day).num_days();
            (0..=TRAINED).contains(&since)
        });
        if let Some(day) = trained {
            let month = day.format("%Y-%m");
            why.push(say!("{month} 培训过", "trained in {month}"));
        }
        let (rested, said) = rested(load.last, self.today);
        match rested {
            true => why.push(said),
            false => against.push(said),
        }
        let (old, unfit) = self.suits(years, record, &mut against);
        let ill = !record.text("health_note").is_empty();
        if ill {
            against.push(say!("有健康限制，先问清", "has a health note: ask first"));
        }
        if load.open > 0 {
            let open = load.open;
            against.push(say!("另有 {open} 项派遣未完", "{open} other tasks ahead"));
        }
        let unconfirmed = record.status() == "待核";
        if unconfirmed {
            against.push(say!("待核", "not yet confirmed"));
        }
        let Load { clash, open, last } = load;
        Some(Judged {
            key: Key {
                answer: asked.as_ref().map_or(0, |(_, result)| answer(result)),
                unfit,
                missing: wish.skills.len() - skills.len(),
                distance,
                clash: clash.is_some(),
                old,
                ill,
                unconfirmed,
                untrained: trained.is_none(),
                last,
                ahead: open,
                number: record.number,
            },
            record,
            why,
            against,
            clash,
            asked,
        })
    }

    /// Whether age speaks against danger, and whether a guardian's consent is missing.
    fn suits(&self, years: Option<i32>, record: &Record, against: &mut Vec<Said>) -> (bool, bool) {
        let Some(years) = years else {
            return (false, false);
        };
        let old = self.wish.dangerous && i64::from(years) >= self.old;
        let alone = years < 18 && record.text("guardian").is_empty();
        if old {
            against.push(say!(
                "{years} 周岁，有危险",
                "{years} years old, and danger"
            ));
        }
        if alone {
            against.push(say!(
                "{years} 周岁，没有监护人同意",
                "{years} years old, no guardian has agreed"
            ));
        } else if years < 18 {
            against.push(say!("{years} 周岁", "{years} years old"));
        }
        (old, alone)
    }
}

impl Judged<'_> {
    /// The row that is answered.
    pub(super) fn row(
        &self,
        desk: &Desk,
        who: &Who,
        activity: impl Fn(Code) -> Option<Record>,
    ) -> Match {
        let mut against = self.against.clone();
        if let Some(code) = self.clash {
            let other = activity(code).filter(|record| desk.sees(who, record));
            let said = match other {
                Some(other) => {
                    let title = other.title();
                    say!("那时在 {code} {title}", "in {code} {title} then")
                }
                None => say!("那时另有活动", "in another activity then"),
            };
            against.insert(0, said);
        }
        let area = place::by_code(self.record.text("area"));
        Match {
            code: self.record.code(),
            name: self.record.title().to_owned(),
            phone: view::phone(self.record.text("phone"), &[]),
            area: area.map_or_else(String::new, place::Place::path),
            why: self.why.clone(),
            against,
            asked: self.asked.clone(),
        }
    }
}

/// What an answer does to the order.
fn answer(result: &str) -> u8 {
    match result {
        _ if OPEN.contains(&result) => 0,
        _ if REFUSED.contains(&result) => 2,
        _ => 1,
    }
}

/// When somebody was asked last, and whether they had rest since.
fn rested(last: Option<NaiveDate>, today: NaiveDate) -> (bool, Said) {
    let Some(last) = last else {
        return (true, say!("没问过", "never asked"));
    };
    let days = (today - last).num_days().max(0);
    let months = days / 30;
    match days {
        0 => (false, say!("今天问过", "asked today")),
        ..LATELY => (false, say!("{days} 天前问过", "asked {days} days ago")),
        _ => (
            true,
            say!("{months} 个月没问过", "not asked for {months} months"),
        ),
    }
}
