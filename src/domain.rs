//! What the desk is about: records, their fields, lifecycles and rules. Pure: no I/O, no clock.

pub mod refusal;
pub mod said;
pub mod value;
