//! Spreadsheets in and out, and documents for paper.

pub mod beside;
pub mod cell;
pub mod column;
pub mod document;
pub mod encoding;
pub mod export;
pub mod heading;
pub mod reject;
pub mod sheet;
pub mod table;
pub mod text;
pub mod workbook;
