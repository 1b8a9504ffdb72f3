//! What is to be said of an activity first: its people, its danger, its agreements.

use chrono::NaiveDate;

use crate::domain::activity::dangerous;
use crate::domain::cover;
use crate::domain::enrolment::{OPEN, takes_part};
use crate::domain::incident_tell;
use crate::domain::kind::Kind;
use crate::domain::major::{is_decided, is_major, offices, proposed};
use crate::domain::oversight_tell::presence;
use crate::domain::record::Record;
use crate::domain::said::Said;
use crate::domain::world::{World, holding};
use crate::say;

/// An activity in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who said yes or came.
    pub taking: usize,
    /// Who is asked, planned or in reserve.
    pub open: usize,
    /// How many are needed; 0 where nobody said.
    pub needed: i64,
    /// Agreements that are not ended.
    pub agreements: usize,
    /// Participants who are not insured throughout; none where no danger was ticked.
    pub holes: Option<usize>,
    /// Participants who were not told before.
    pub untold: Option<usize>,
}

/// Counts an activity.
pub fn counts(world: &dyn World, activity: &Record) -> Counts {
    let enrolled = holding(world, Kind::Enrolment, "activity", activity.code());
    let people = dangerous(activity).then(|| cover::people(world, activity));
    let agreements = holding(world, Kind::Agreement, "activity", activity.code());
    Counts {
        taking: enrolled.iter().filter(|one| takes_part(one)).count(),
        open: enrolled
            .iter()
            .filter(|one| OPEN.contains(&one.status()) && !takes_part(one))
            .count(),
        needed: activity.int("needed"),
        agreements: agreements.iter().filter(|one| one.live()).count(),
        holes: people.as_ref().map(|people| {
            people
                .iter()
                .filter(|person| !person.holes.is_empty())
                .count()
        }),
        untold: people.map(|people| people.iter().filter(|person| !person.told).count()),
    }
}

/// How a major activity is overseen; whether one is proposed as major.
fn oversight(world: &dyn World, activity: &Record) -> Option<Said> {
    let code = activity.code();
    if !is_major(activity) {
        let open = activity.live() && !is_decided(activity);
        let Said { zh, en } = open.then(|| proposed(world, activity)).flatten()?;
        return Some(say!(
            "{zh}，达到本单位规定的重大活动门槛，建议列为重大（第十九条）：kezhi edit {code} major=是",
            "{en}: as large as the department's threshold; propose it as major (article 19): kezhi edit {code} major=yes"
        ));
    }
    let told = offices(world, activity).into_iter();
    let told = told.map(|(office, oversight)| match oversight {
        Some(one) => presence(world, activity, &one),
        None => {
            let (zh, en) = (office.zh, office.en);
            say!("{zh} 未指定", "{en} not named")
        }
    });
    let told: Vec<Said> = told.collect();
    let zh: Vec<&str> = told.iter().map(|said| said.zh.as_str()).collect();
    let en: Vec<&str> = told.iter().map(|said| said.en.as_str()).collect();
    let (zh, en) = (zh.join("；"), en.join("; "));
    Some(say!("重大：{zh}", "major: {en}"))
}

/// How many certificates of this activity stand, and how many are asked for.
fn certificates(world: &dyn World, activity: &Record) -> (usize, usize) {
    if activity.status() != "结项" {
        return (0, 0);
    }
    let all = holding(world, Kind::Certificate, "activity", activity.code());
    let count = |states: &[&str]| {
        let fits = all.iter().filter(|one| states.contains(&one.status()));
        fits.count()
    };
    (count(&["有效", "已更正"]), count(&["申请"]))
}

/// The lines.
pub fn tell(activity: &Record, world: &dyn World, _: NaiveDate) -> Vec<Said> {
    let counts = counts(world, activity);
    let (taking, open, needed) = (counts.taking, counts.open, counts.needed);
    let mut told: Vec<Said> = oversight(world, activity).into_iter().collect();
    told.push(match needed {
        0 => say!(
            "{taking} 人同意，{open} 人待答",
            "{taking} agreed, {open} open"
        ),
        _ => say!(
            "{taking}/{needed} 人同意，{open} 人待答",
            "{taking} of {needed} agreed, {open} open"
        ),
    });
    if let (Some(holes), Some(untold)) = (counts.holes, counts.untold) {
        told.push(say!(
            "有人身危险：{untold} 人未告知，{holes} 人保险有缺口",
            "dangerous: {untold} not told, {holes} not insured throughout"
        ));
    }
    told.extend(incident_tell::of(world, "activity", activity.code()));
    let (certificates, asked) = certificates(world, activity);
    if asked > 0 {
        let code = activity.code();
        told.push(say!(
            "{asked} 份证明待出具：kezhi do certify {code}",
            "{asked} certificates to be issued: kezhi do certify {code}"
        ));
    }
    if certificates > 0 {
        told.push(say!(
            "已出具 {certificates} 份证明：kezhi print {} --paper certificates -o 文件.pdf",
            "{certificates} certificates issued: kezhi print {} --paper certificates -o FILE.pdf",
            activity.code()
        ));
    }
    let days = activity.day("day").zip(activity.day("until"));
    let long = days.is_some_and(|(from, to)| (to - from).num_days() > 30);
    let minors = activity.texts("targets").any(|text| text == "青少年");
    if counts.agreements == 0 && (dangerous(activity) || long || minors) && activity.live() {
        told.push(say!(
            "危险、长期或面向未成年人的服务宜签协议（第十三条）：F7，或 kezhi new agreement activity={}",
            "an agreement is advised for dangerous, long or minors' service (article 13): F7, or kezhi new agreement activity={}",
            activity.code()
        ));
    }
    told
}
