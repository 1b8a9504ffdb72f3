//! Leaving: at the second `q`, or by a digit where no letter can be typed.

use crate::domain::said::Lang;
use crate::tui::act::PANES;
use crate::tui::app::{App, Level};
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

impl App {
    /// Leaves at the second `q`: the first may be the beginning of a name.
    pub(super) fn quit(&mut self) {
        if self.leaving {
            self.ended = true;
            return;
        }
        self.leaving = true;
        let told = match (self.count_drafts(), self.lang) {
            (0, _) => self.say("再按 q 退出", "q again quits").to_owned(),
            (count, Lang::Zh) => format!("再按 q 退出；草稿 {count} 份留着，下次登录接着填"),
            (count, Lang::En) => format!("q again quits; {count} drafts stay for the next login"),
        };
        self.tell(Level::Warn, told);
    }

    /// The same from the palette: an input method may stand before every letter, so digits answer.
    pub(super) fn quit_menu(&mut self) {
        if !PANES.contains(&self.place()) {
            return self.act("quit");
        }
        let waiting = self.waiting();
        let stay = match (waiting.len(), self.lang) {
            (0, _) => String::new(),
            (count, Lang::Zh) => format!("草稿 {count} 份留着，下次登录接着填"),
            (count, Lang::En) => format!("{count} drafts stay for the next login"),
        };
        let item = |choice, label: String, note, open| Item {
            choice,
            label,
            note,
            open,
        };
        let quit = self.say("退出", "Quit").to_owned();
        let back = self.say("返回", "Back").to_owned();
        let mut items = vec![
            item(Choice::Leave, quit.clone(), stay, true),
            item(Choice::Stay, back, String::new(), true),
        ];
        let go_on = self.say("继续", "Go on:");
        items.extend(waiting.iter().map(|draft| {
            let label = format!("{go_on} {}", draft.title);
            let note = self.about(draft);
            item(Choice::Draft(draft.id), label, note, !draft.closed)
        }));
        self.over.push(Overlay::Menu(Menu::new(quit, items)));
    }
}
