//! `kezhi calendar --due`: when a term ends, and how it is counted.

use chrono::NaiveDate;

use crate::cli::Desk;
use crate::domain::day;
use crate::domain::due::{Roll, Unit};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::t;
use crate::domain::workday::Calendar;

/// A term.
#[derive(clap::Args)]
pub struct DueArgs {
    /// Instead: when a term of so many days ends, and how it is counted 期限几日，何日届满
    #[arg(long, value_name = "N", conflicts_with_all = ["month", "org", "list"])]
    pub due: Option<u16>,
    /// The day that sets the term going, today if left out 起算的日期
    #[arg(long, value_name = "DAY", requires = "due")]
    from: Option<String>,
    /// In days of the calendar, as without it 按日
    #[arg(long, requires = "due", conflicts_with = "workdays")]
    days: bool,
    /// In working days 按工作日
    #[arg(long, requires = "due")]
    workdays: bool,
    /// What a last day moves on from: any day off, statutory holidays alone, nothing 末日逢休息日、法定假日顺延，或不顺延
    #[arg(long, value_enum, requires = "due", conflicts_with = "workdays")]
    roll: Option<RollArg>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum RollArg {
    Rest,
    Holiday,
    Never,
}

impl From<RollArg> for Roll {
    fn from(roll: RollArg) -> Roll {
        match roll {
            RollArg::Rest => Roll::Rest,
            RollArg::Holiday => Roll::Holiday,
            RollArg::Never => Roll::Never,
        }
    }
}

pub(crate) fn due(desk: &Desk, count: u16, args: &DueArgs) -> Result<u8, Refusal> {
    let today = chrono::Local::now().date_naive();
    let today = desk.as_of.unwrap_or(today);
    let from: NaiveDate = match &args.from {
        Some(raw) => day::day(raw, today)
            .map_err(|said| Refusal::new(RefusalKind::Usage, said).field("from"))?,
        None => today,
    };
    let unit = match args.workdays {
        true => Unit::Workdays,
        false => Unit::Days(args.roll.map_or(Roll::Rest, Roll::from)),
    };
    let due = Calendar::shipped().due(from, count, unit);
    let told = due.unfolded(t("自", "from"));
    let told = told.get(desk.lang);
    if desk.global.json {
        let json = serde_json::json!({
            "from": due.from, "count": count, "workdays": args.workdays,
            "end": due.end, "day": due.day, "told": told,
        });
        outln!("{json}");
    } else {
        outln!("{told}\n{}", due.day);
    }
    Ok(0)
}
