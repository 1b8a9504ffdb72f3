//! Going from pane to pane.

use crate::tui::app::{App, Level, PREVIEW};
use crate::tui::keyfile::load;

impl App {
    /// The next pane, or the one before; the preview among them where it is seen.
    pub(super) fn next_pane(&mut self, by: isize) {
        let count = if self.roomy { PREVIEW + 1 } else { PREVIEW };
        let next = (self.focus + count).saturating_add_signed(by) % count;
        match next {
            PREVIEW => self.reach_preview(),
            _ => self.focus = next,
        }
    }

    /// `5`: the preview, where there is room for it.
    pub(super) fn reach_preview(&mut self) {
        if !self.roomy {
            let told = self.say(
                "预览窗要 160x40 以上的窗口；Enter 打开选中的记录",
                "the preview needs 160x40; Enter opens the selected record",
            );
            return self.tell(Level::Warn, told);
        }
        self.previewed = self.source();
        self.focus = PREVIEW;
    }

    /// Takes the keys that the user's own file gives, and tells what is wrong with it.
    pub(super) fn take_keys(&mut self) {
        let (keymap, problems) = load(crate::tui::config::dir().as_deref());
        self.keymap = keymap;
        let count = problems.len();
        for problem in problems.iter().rev() {
            let told = problem.line(self.lang);
            self.tell(Level::Warn, told);
        }
        if count > 1
            && let Some((_, told)) = &mut self.message
        {
            told.push_str(&match self.lang {
                crate::domain::said::Lang::Zh => {
                    format!("（共 {count} 处：kezhi keys --check）")
                }
                crate::domain::said::Lang::En => {
                    format!(" ({count} in all: kezhi keys --check)")
                }
            });
        }
    }
}
