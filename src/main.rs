//! The `kezhi` binary.
fn main() {}
