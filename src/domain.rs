//! What the desk is about: records, their fields, lifecycles and rules. Pure: no I/O, no clock.

pub mod activity;
pub mod change;
pub mod complaint;
pub mod credit_code;
pub mod day;
pub mod field;
pub mod fold;
pub mod identity;
pub mod input;
pub mod kind;
pub mod lifecycle;
pub mod mask;
pub mod operator;
pub mod organisation;
pub mod organisation_rule;
pub mod person_name;
pub mod phone;
pub mod place;
pub mod reading;
pub mod record;
pub mod refusal;
pub mod rule;
pub mod said;
pub mod value;
pub mod volunteer;
pub mod volunteer_rule;
