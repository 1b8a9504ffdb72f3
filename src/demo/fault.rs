//! Defects that are planted in volunteers: doubles and wrong numbers (D21, D26).

use crate::demo::material::shuffled;
use crate::demo::size::Size;
use crate::demo::team::Team;
use crate::domain::record::Record;

/// What is wrong with a volunteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The same document as the one before.
    SameDocument,
    /// The same name and phone as the one before.
    SameNameAndPhone,
    /// A wrong check digit.
    CheckDigit,
    /// A phone with a digit too few or too many.
    PhoneLength,
}

/// Fault, and number at size M.
const ROWS: [(Fault, usize); 4] = [
    (Fault::SameDocument, 25),
    (Fault::SameNameAndPhone, 40),
    (Fault::CheckDigit, 35),
    (Fault::PhoneLength, 50),
];

/// The numbers up to this one belong to the people with fixed names.
const FIXED: u64 = 120;

/// Spreads them over teams that carry no defect of their own; a fault and the one before stay in one team.
pub fn spread(teams: &mut [Team], size: &Size) {
    let hosts: Vec<usize> = shuffled("fault", teams.len())
        .into_iter()
        .filter(|at| {
            teams.get(*at).is_some_and(|team| {
                team.members >= 12 && team.planted.is_none() && *team.numbers().start() > FIXED
            })
        })
        .collect();
    if hosts.is_empty() {
        return;
    }
    let faults = ROWS
        .iter()
        .flat_map(|(fault, count)| std::iter::repeat_n(*fault, size.planted(*count)));
    for (nth, fault) in faults.enumerate() {
        let host = hosts.get(nth % hosts.len());
        if let Some(team) = host.and_then(|at| teams.get_mut(*at)) {
            let place = 3 + 2 * (nth / hosts.len()) as u64;
            team.faults.push((place, fault));
        }
    }
}

impl Fault {
    /// Plants it; `before` makes the one before.
    pub fn plant(self, record: &mut Record, before: impl FnOnce() -> Record) {
        match self {
            Fault::SameDocument => {
                let other = before();
                for key in [
                    "name",
                    "ethnicity",
                    "id_number",
                    "birth",
                    "gender",
                    "guardian",
                ] {
                    record.set(key, other.text(key).into());
                }
            }
            Fault::SameNameAndPhone => {
                let other = before();
                for key in ["name", "phone"] {
                    record.set(key, other.text(key).into());
                }
            }
            Fault::CheckDigit => {
                let id = record.text("id_number").to_owned();
                let (body, last) = id.split_at_checked(17).unwrap_or((&id, ""));
                let wrong = if last == "1" { "2" } else { "1" };
                record.set("id_number", format!("{body}{wrong}").into());
            }
            Fault::PhoneLength => {
                let mut phone = record.text("phone").to_owned();
                if phone.ends_with('0') {
                    phone.push('0');
                } else {
                    phone.pop();
                }
                record.set("phone", phone.into());
            }
        }
    }
}
