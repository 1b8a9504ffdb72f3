//! The terminal itself: what its keys send, how wide its characters are, and one write per frame.
//!
//! It knows nothing of what is shown on it.

pub mod colour;
pub mod decode;
pub mod probe;
pub mod screen;
mod sequence;
pub mod tty;
pub mod width;
