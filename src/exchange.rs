//! Spreadsheets in and out.

pub mod encoding;
pub mod export;
pub mod heading;
pub mod reject;
pub mod sheet;
