//! All tests in one binary: one link, one run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod checks;
mod command;
mod fault;
mod form;
mod language;
mod layer;
mod look;
mod look_card;
mod look_data;
mod look_key;
mod look_shape;
mod look_snapshot;
mod power;
mod right;
mod rule;
mod screen;
mod search;
mod store;
