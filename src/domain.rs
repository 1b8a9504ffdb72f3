//! What the desk is about: records, their fields, lifecycles and rules. Pure: no I/O, no clock.

pub mod activity;
pub mod complaint;
pub mod field;
pub mod kind;
pub mod lifecycle;
pub mod operator;
pub mod organisation;
pub mod record;
pub mod refusal;
pub mod said;
pub mod value;
pub mod volunteer;
