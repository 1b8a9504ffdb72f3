//! All tests in one binary: one link, one run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod checks;
mod power;
mod search;
mod store;
