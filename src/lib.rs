//! Kezhi 科志: the workstation of a science-popularization department.

pub mod cli;
pub mod demo;
pub mod domain;

pub mod exchange;
pub mod protocol;
pub mod search;
pub mod service;
pub mod store;
pub mod terminal;
pub mod tui;
pub mod wire;
