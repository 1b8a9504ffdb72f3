//! The end of a session: what is typed reaches the service, or a file.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::tui::app::{App, Heard};
use crate::tui::link::{Happened, Link};

/// As long as the service may take; whoever waits may be a terminal that is gone.
const PATIENCE: Duration = Duration::from_millis(200);

/// Sends what is not kept, and puts into files what the service does not say it has.
pub(super) fn end(app: &mut App, link: &mut Link, receiver: &Receiver<Happened>) {
    app.flush_drafts();
    for (tag, request) in app.take_calls() {
        if let Err((tag, refusal)) = link.send(tag, request, false) {
            app.failed(&tag, &refusal);
        }
    }
    let until = Instant::now() + PATIENCE;
    while app.unkept() {
        let left = until.saturating_duration_since(Instant::now());
        match receiver.recv_timeout(left) {
            Ok(Happened::Heard(number, Heard::Answer(id, answer))) => {
                if let Some((tag, _)) = link.answered(number, id) {
                    app.answer(tag, *answer);
                }
            }
            Ok(Happened::Lost(number)) if link.is(number) => break,
            Ok(_) => {}
            Err(_) => break,
        }
    }
    app.file_all();
}
