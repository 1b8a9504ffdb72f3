//! Labels and their values on paper.

use super::layout::{BODY, LEADING, Layout, baseline};
use super::page::{Strip, run};
use super::wrap::printable;

impl Layout<'_> {
    /// Adds pairs whose values stand in one column, but for labels that are too long for it.
    pub(super) fn pairs(&mut self, pairs: &[(&str, &str)]) {
        let most = self.width * 0.4;
        let label = |label: &str| printable(&format!("{label}："));
        let column = pairs
            .iter()
            .map(|(one, _)| self.measure(&label(one), BODY))
            .filter(|wide| *wide <= most)
            .fold(0.0, f32::max);
        let indent = BODY * 2.0;
        for (one, value) in pairs {
            let labels = self.wrap(&label(one), BODY, most, 0.0);
            let at = indent + column.max(self.measure(labels.last().map_or("", |l| l), BODY));
            let values = self.wrap(value, BODY, self.width - at, 0.0);
            let above = labels.len().saturating_sub(1);
            let height = BODY * LEADING;
            let y = baseline(height, BODY);
            for row in 0..above + values.len() {
                let mut strip = Strip {
                    height,
                    keep: row < above,
                    ..Strip::default()
                };
                if let Some(text) = labels.get(row) {
                    strip.runs.push(run(indent, y, BODY, text.clone()));
                }
                if let Some(text) = row.checked_sub(above).and_then(|row| values.get(row)) {
                    strip.runs.push(run(at, y, BODY, text.clone()));
                }
                self.push(strip);
            }
        }
    }
}
