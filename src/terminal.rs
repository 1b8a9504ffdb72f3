//! The terminal itself: what its keys send, how wide its characters are, and one write per frame.
//!
//! It knows nothing of what is shown on it.

pub mod colour;
pub mod decode;
mod hop;
mod order;
mod pen;
pub mod probe;
pub mod screen;
mod seen;
mod sequence;
pub mod tty;
pub mod width;
