//! The service goes away, and comes back.

use crate::tui::app::{App, Level};

impl App {
    /// The service went away.
    pub fn lost(&mut self) {
        self.offline = true;
        self.drafts.lost = self.now;
        let text = self.say(
            "服务连接断开，正在重连；屏幕上的内容还在",
            "the service went away, reconnecting; what is on the screen is safe",
        );
        self.tell(Level::Warn, text);
    }

    /// The service is back.
    pub fn found_again(&mut self) {
        self.offline = false;
        // What was done before was done in a session that is over.
        self.undo.clear();
        // Somebody who waits for an answer must not take this for one.
        let unsure = self.unsure();
        let (level, text) = match unsure {
            true => (
                Level::Error,
                self.say(
                    "已重新连上服务；刚才的提交没有收到答复：再按 F8，不会存两次",
                    "connected again; what was sent got no answer: F8 again, it is not saved twice",
                ),
            ),
            false => (Level::Info, self.say("已重新连上服务", "connected again")),
        };
        self.tell(level, text);
        self.forget_presence();
        self.begin();
        self.boards_again(&[]);
        self.write_again();
    }
}
