//! Demonstration data: the same records for the same seed, size and day; no real person.
//!
//! Identity numbers carry the unassigned area 159900, phones begin with 140, and every record is
//! marked 演示数据.

use chrono::{Datelike, NaiveDate};

use crate::demo::random::Random;
use crate::demo::team::Team;
use crate::domain::kind::{Kind, YEAR};
use crate::domain::record::Record;
use crate::domain::value::Fields;

pub mod material;
pub mod person;
pub mod random;
pub mod team;

/// The mark of every record.
pub const MARK: &str = "演示数据";

/// How much is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Volunteers.
    pub people: usize,
    /// Teams beyond the skeleton: societies, universities, enterprises, parks, sub-teams.
    pub further: bool,
    /// Activities.
    pub activities: usize,
    /// Complaints.
    pub complaints: usize,
}

impl Size {
    /// Size S, M or L.
    pub fn named(name: &str) -> Option<Size> {
        let (people, further, activities, complaints) = match name.to_ascii_uppercase().as_str() {
            "S" => (2_000, false, 300, 12),
            "M" => (60_000, true, 18_000, 180),
            "L" => (200_000, true, 60_000, 600),
            _ => return None,
        };
        Some(Size {
            people,
            further,
            activities,
            complaints,
        })
    }

    /// So many planted defects, of which size M has `count`.
    pub fn planted(&self, count: usize) -> usize {
        if self.people >= 60_000 {
            count
        } else {
            (count * self.people / 60_000).max(1)
        }
    }
}

/// What is made, kind by kind.
pub struct Plan {
    /// The size.
    pub size: Size,
    /// The day on which it is as if made.
    pub today: NaiveDate,
    /// The teams with their members.
    pub teams: Vec<Team>,
}

impl Plan {
    /// The plan for a size and a day.
    pub fn new(size: Size, today: NaiveDate) -> Plan {
        Plan {
            size,
            today,
            teams: team::teams(size, today),
        }
    }

    /// The organisations.
    pub fn organisations(&self) -> impl Iterator<Item = Record> + '_ {
        self.teams.iter().map(|team| team.record.clone())
    }

    /// The volunteers, in the order of their numbers.
    pub fn volunteers(&self) -> impl Iterator<Item = Record> + '_ {
        let mut number = 0;
        self.teams.iter().flat_map(move |team| {
            let first = number;
            number += team.members as u64;
            (0..team.members as u64).map(move |nth| person::volunteer(self, team, first + nth + 1))
        })
    }

    /// The activities, in the order of their days.
    pub fn activities(&self) -> impl Iterator<Item = Record> + '_ {
        let founded: Vec<&Team> = self.teams.iter().filter(|team| team.members > 0).collect();
        let mut nth_of_year = std::collections::BTreeMap::new();
        (0..self.size.activities).map(move |at| {
            let mut random = Random::of("activity", at as u64);
            let back =
                (self.size.activities - at) as i64 * 1095 / self.size.activities.max(1) as i64;
            let day = self.today - chrono::Duration::days(back - 20);
            let team = founded.get(random.below(founded.len() as u64) as usize);
            let form = random.pick(&[
                "科普报告",
                "科技培训",
                "农技服务",
                "义诊咨询",
                "青少年科技教育",
                "展览发放",
            ]);
            let place = random.pick(&["进乡村", "进学校", "进社区", "进企业", "进园区"]);
            let year = u64::from(day.year().unsigned_abs());
            let nth = nth_of_year
                .entry(year)
                .and_modify(|nth| *nth += 1)
                .or_insert(1u64);
            let mut record = Record::new(Kind::Activity, year * YEAR + *nth, Fields::new());
            record.rev = 1;
            if let Some(team) = team {
                let short = team.record.texts("aliases").last().unwrap_or("").to_owned();
                record.set("title", format!("{short}{form}{place}").into());
                record.set("organisation", team.record.code().to_string().into());
                record.set("area", team.record.text("area").into());
            }
            let state = match (day > self.today, random.below(100)) {
                (_, 0..4) => "取消",
                (true, _) => "计划",
                (false, _) => "完成",
            };
            record.set("day", day.to_string().into());
            record.set("status", state.into());
            record.set("note", MARK.into());
            record
        })
    }

    /// The complaints.
    pub fn complaints(&self) -> impl Iterator<Item = Record> + '_ {
        let counties: Vec<&Team> = self
            .teams
            .iter()
            .filter(|team| team.record.text("kind") == "旗县队")
            .collect();
        let year = u64::from(self.today.year().unsigned_abs());
        (0..self.size.complaints).map(move |at| {
            let mut random = Random::of("complaint", at as u64);
            let mut record =
                Record::new(Kind::Complaint, year * YEAR + at as u64 + 1, Fields::new());
            record.rev = 1;
            let team = counties.get(random.below(counties.len() as u64) as usize);
            let matter = random.pick(&[
                "活动未按时开展",
                "服务态度",
                "向服务对象收费",
                "信息登记有误",
                "物资发放不公",
                "保险未落实",
            ]);
            if let Some(team) = team {
                record.set("accused", team.record.code().to_string().into());
                record.set("handler", team.record.text("parent").into());
            }
            record.set("title", matter.into());
            record.set(
                "complainant",
                format!("{}（演示）", person::han(&mut random)).into(),
            );
            let day = self.today - chrono::Duration::days(random.below(180) as i64);
            record.set("day", day.to_string().into());
            record.set(
                "status",
                random.pick(&["受理", "办理", "办结", "办结"]).into(),
            );
            record.set("note", MARK.into());
            record
        })
    }
}
