//! Frames over a Unix socket: the server's side, the client's side, and starting the service.

mod bind;
pub mod client;
pub mod frame;
pub mod outbox;
pub mod place;
pub mod server;
pub mod start;
