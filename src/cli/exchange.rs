//! Import and export.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::Desk;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Said;

mod export;
mod import;
mod told;

pub(crate) use export::{ExportArgs, export};
pub(crate) use import::{ImportArgs, import};

fn odd() -> Refusal {
    Refusal::fault("unexpected answer")
}

fn refused(said: Said) -> Refusal {
    Refusal::new(RefusalKind::Invalid, said)
}

/// A bar on a terminal; elsewhere nothing.
fn progress(desk: &Desk, total: u64) -> ProgressBar {
    if desk.global.json || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {elapsed}") {
        bar.set_style(style);
    }
    bar
}
