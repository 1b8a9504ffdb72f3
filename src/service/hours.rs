//! Hours: what was served, from the kept sums, and what every sum unfolds to.

use std::collections::HashMap;

use crate::domain::kind::{Code, Kind};
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::service_record::{CONFIRMED, minutes};
use crate::domain::world::{holding, name};
use crate::protocol::work::{Hours, HoursRow, HoursView};
use crate::protocol::{MOST_ROWS, Who};
use crate::say;
use crate::service::desk::Desk;
use crate::service::{Service, reading};
use crate::store::reader::Reader;

const KIND: Kind = Kind::ServiceRecord;

impl Service {
    /// The confirmed minutes of a volunteer, an organisation, an activity, or of everything that one sees.
    pub fn hours(&self, who: &Who, asked: Hours) -> Result<HoursView, Refusal> {
        let year = u16::try_from(asked.year).map_err(|_| {
            let year = asked.year;
            Refusal::invalid("year", say!("没有「{year}」年", "there is no year {year}"))
        })?;
        let reader = self.reader()?;
        match asked.of {
            None => {
                let desk = reading(&self.desk);
                let sums = Sums::of(&reader, &desk, year)?;
                match sums.roots(who).as_slice() {
                    [one] => Ok(sums.unfold(*one)),
                    several => Ok(sums.list(several)),
                }
            }
            Some(code) => {
                let record = self.seen(who, code)?;
                let desk = reading(&self.desk);
                match code.kind {
                    Kind::Organisation if asked.own => own(&reader, &desk, who, &record, year),
                    Kind::Organisation => Ok(Sums::of(&reader, &desk, year)?.unfold(code.number)),
                    Kind::Volunteer => person(&reader, &desk, who, &record, year),
                    Kind::Activity => Ok(activity(&reader, &desk, who, &record, year)),
                    _ => Err(Refusal::new(
                        RefusalKind::Usage,
                        say!("{code} 没有时长合计", "there are no hours of {code}"),
                    )
                    .hint(say!(
                        "时长按志愿者、组织或活动合计",
                        "hours are those of a volunteer, an organisation or an activity"
                    ))),
                }
            }
        }
    }
}

/// The sums of all organisations in a year.
struct Sums<'a> {
    desk: &'a Desk,
    own: HashMap<u64, i64>,
}

impl Sums<'_> {
    fn of<'a>(reader: &Reader, desk: &'a Desk, year: u16) -> Result<Sums<'a>, Refusal> {
        let mut own = HashMap::new();
        reader.sums(KIND, "org", year, |code, total| {
            own.insert(code.number, total.amount);
        })?;
        Ok(Sums { desk, own })
    }

    /// Where what somebody sees begins: no root lies below another.
    fn roots(&self, who: &Who) -> Vec<u64> {
        let nodes = self.desk.tree.nodes(who);
        let roots = nodes.into_iter().filter(|node| node.parent == 0);
        roots.map(|node| node.number).collect()
    }

    fn own(&self, number: u64) -> i64 {
        self.own.get(&number).copied().unwrap_or(0)
    }

    fn below(&self, root: u64) -> i64 {
        let all = self.desk.tree.below(root).into_iter();
        all.map(|number| self.own(number)).sum()
    }

    fn row(&self, number: u64, minutes: i64) -> HoursRow {
        HoursRow {
            code: Code::new(Kind::Organisation, number),
            name: self.desk.tree.name(number).to_owned(),
            minutes,
            status: String::new(),
            evidence: String::new(),
        }
    }

    /// An organisation: its own minutes, and those of each subtree right below it.
    fn unfold(&self, root: u64) -> HoursView {
        let children = self.desk.tree.children(root);
        let children = children.map(|child| self.row(child, self.below(child)));
        let own = self.row(root, self.own(root));
        view(
            self.desk.tree.name(root),
            std::iter::once(own).chain(children),
        )
    }

    /// Several subtrees side by side.
    fn list(&self, roots: &[u64]) -> HoursView {
        let names: Vec<&str> = roots
            .iter()
            .map(|root| self.desk.tree.name(*root))
            .collect();
        let rows = roots.iter().map(|root| self.row(*root, self.below(*root)));
        view(&names.join("、"), rows)
    }
}

fn view(name: &str, rows: impl Iterator<Item = HoursRow>) -> HoursView {
    let mut rows: Vec<HoursRow> = rows.filter(|row| row.minutes > 0).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.minutes), row.code));
    HoursView {
        name: name.to_owned(),
        minutes: rows.iter().map(|row| row.minutes).sum(),
        rows,
        more: 0,
    }
}

/// A volunteer: all minutes, and the records that the caller may read; the rest is one row more.
fn person(
    reader: &Reader,
    desk: &Desk,
    who: &Who,
    person: &Record,
    year: u16,
) -> Result<HoursView, Refusal> {
    let total = reader.sum(KIND, "volunteer", year, person.code())?.amount;
    let mut records = holding(reader, KIND, "volunteer", person.code());
    records.retain(|record| within(record, year) && desk.sees(who, record));
    newest_first(&mut records);
    let mut titles: HashMap<Code, String> = HashMap::new();
    let rows = records.iter().map(|record| {
        let activity = record.refs("activity").next();
        let title = activity.map_or("", |code| {
            titles.entry(code).or_insert_with(|| {
                let activity = reader.get(code).ok().flatten();
                activity.map_or_else(String::new, |one| one.title().to_owned())
            })
        });
        row(record, title)
    });
    let mut rows: Vec<HoursRow> = rows.collect();
    let outside = total - confirmed(&records);
    if outside > 0 {
        rows.push(HoursRow {
            code: person.code(),
            name: String::new(),
            minutes: outside,
            status: CONFIRMED.to_owned(),
            evidence: String::new(),
        });
    }
    Ok(HoursView {
        name: person.title().to_owned(),
        minutes: total,
        rows,
        more: 0,
    })
}

/// An activity: the records of its people.
fn activity(reader: &Reader, desk: &Desk, who: &Who, activity: &Record, year: u16) -> HoursView {
    let mut records = holding(reader, KIND, "activity", activity.code());
    records.retain(|record| within(record, year) && desk.sees(who, record));
    newest_first(&mut records);
    let rows = records
        .iter()
        .map(|record| row(record, &name(reader, record)));
    HoursView {
        name: activity.title().to_owned(),
        minutes: confirmed(&records),
        rows: rows.collect(),
        more: 0,
    }
}

/// An organisation without those below it: its confirmed records, the older ones of very many as one row.
fn own(
    reader: &Reader,
    desk: &Desk,
    who: &Who,
    team: &Record,
    year: u16,
) -> Result<HoursView, Refusal> {
    let mut found: Vec<(String, u64, i64)> = Vec::new();
    for number in reader.numbers(KIND, "org", &team.code().to_string())? {
        let Some(record) = reader.get(Code::new(KIND, number))? else {
            continue;
        };
        if within(&record, year) && record.status() == CONFIRMED && desk.sees(who, &record) {
            found.push((record.text("day").to_owned(), number, minutes(&record)));
        }
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    let mut titles: HashMap<Code, String> = HashMap::new();
    let mut title = |code: Code| {
        let known = titles.entry(code).or_insert_with(|| {
            let record = reader.get(code).ok().flatten();
            record.map_or_else(String::new, |one| one.title().to_owned())
        });
        known.clone()
    };
    let mut rows = Vec::new();
    for (_, number, _) in found.iter().take(MOST_ROWS) {
        if let Some(record) = reader.get(Code::new(KIND, *number))? {
            let names = ["volunteer", "activity"].map(|key| record.refs(key).next());
            let names = names.map(|code| code.map_or_else(String::new, &mut title));
            rows.push(row(&record, names.join(" ").trim()));
        }
    }
    let older = found.get(MOST_ROWS..).unwrap_or_default();
    if !older.is_empty() {
        rows.push(HoursRow {
            code: team.code(),
            name: String::new(),
            minutes: older.iter().map(|(_, _, minutes)| minutes).sum(),
            status: CONFIRMED.to_owned(),
            evidence: String::new(),
        });
    }
    Ok(HoursView {
        name: team.title().to_owned(),
        minutes: found.iter().map(|(_, _, minutes)| minutes).sum(),
        more: older.len(),
        rows,
    })
}

fn within(record: &Record, year: u16) -> bool {
    let of = record.text("day").get(..4);
    year == 0 || of.and_then(|of| of.parse().ok()) == Some(year)
}

fn newest_first(records: &mut [Record]) {
    records.sort_by(|one, other| {
        let day = other.text("day").cmp(one.text("day"));
        day.then(other.number.cmp(&one.number))
    });
}

fn confirmed(records: &[Record]) -> i64 {
    let counted = records.iter().filter(|record| record.status() == CONFIRMED);
    counted.map(minutes).sum()
}

fn row(record: &Record, title: &str) -> HoursRow {
    let day = record.text("day");
    HoursRow {
        code: record.code(),
        name: format!("{day} {title}").trim().to_owned(),
        minutes: minutes(record),
        status: record.status().to_owned(),
        evidence: record.text("evidence").to_owned(),
    }
}
