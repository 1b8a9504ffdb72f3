//! Signatures and seals on paper.

use super::layout::{BODY, Layout};
use super::page::{Strip, run};

/// The least length of a line to sign on.
const LINE: f32 = BODY * 4.0;

impl Layout<'_> {
    /// Adds places to sign, on the page of what is signed.
    pub(super) fn sign(&mut self, left: &str, right: &str) {
        self.keep();
        let half = self.width / 2.0;
        let sides = [(left, 0.0), (right, half)].map(|(label, from)| {
            let label = match label {
                "" => String::new(),
                label => format!("{label}："),
            };
            (self.wrap(&label, BODY, half - LINE - BODY, 0.0), from)
        });
        let above = BODY * 1.2;
        let step = BODY * 1.4;
        let mut strip = Strip {
            height: above,
            ..Strip::default()
        };
        for (texts, from) in sides {
            let mut y = above;
            let mut end = from;
            for text in texts.into_iter().filter(|text| !text.is_empty()) {
                y += step;
                end = from + self.measure(&text, BODY);
                strip.runs.push(run(from, y - BODY * 0.4, BODY, text));
            }
            strip.height = strip.height.max(y);
            if end > from {
                let y = y - BODY * 0.2;
                strip.rules.push([end, y, from + half - BODY, y]);
            }
        }
        self.push(strip);
    }

    /// Adds the issuer and the day: it ends four characters before the margin, the issuer is centred above it.
    pub(super) fn seal(&mut self, issuer: &str, day: &str) {
        self.keep();
        self.gap(BODY * 2.0);
        let days = self.wrap(day, BODY, self.width - BODY * 4.0, 0.0);
        let wide = |texts: &[String]| {
            let widths = texts.iter().map(|text| self.measure(text, BODY));
            widths.fold(0.0, f32::max)
        };
        let issuers = self.wrap(issuer, BODY, self.width, 0.0);
        let middle = (self.width - BODY * 4.0 - wide(&days) / 2.0)
            .min(self.width - wide(&issuers) / 2.0)
            .max(wide(&issuers) / 2.0);
        let texts: Vec<String> = issuers.into_iter().chain(days).collect();
        let count = texts.len();
        for (at, text) in texts.into_iter().enumerate() {
            let x = middle - self.measure(&text, BODY) / 2.0;
            self.line(x, BODY, false, text);
            if at + 1 < count {
                self.keep();
            }
        }
        self.gap(BODY * 1.5);
    }
}
