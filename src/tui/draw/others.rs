//! What stands beside a title of the others who have the record open.

use crate::protocol::View;
use crate::tui::app::App;

/// The others, before what stands there anyway.
pub fn beside_others(app: &App, view: &View, rest: &str) -> String {
    match app.said_others(view.code) {
        others if others.is_empty() => rest.to_owned(),
        others => format!("{others}  {rest}"),
    }
}
