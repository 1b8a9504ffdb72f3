//! Defects that are planted in complaints (D18, D28), each in one of its own.

use crate::demo::size::Size;

/// What is wrong with a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grievance {
    /// D18: handled by the very team that it is about.
    Own,
    /// D18: neither accepted nor passed on in time.
    Late,
    /// D28: a volunteer took money from whom they served, and it was found true.
    Paid,
}

/// Defect and number at size M.
const ROWS: [(Grievance, usize); 3] = [
    (Grievance::Own, 4),
    (Grievance::Late, 6),
    (Grievance::Paid, 2),
];

/// The defects of the complaints in their order; those behind have none.
pub fn planted(size: &Size) -> Vec<Grievance> {
    let rows = ROWS.iter();
    rows.flat_map(|(defect, count)| std::iter::repeat_n(*defect, size.planted(*count)))
        .collect()
}
