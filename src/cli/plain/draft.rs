//! Forms that are not sent yet: the service keeps them field by field, and any later dialogue goes on with them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::cli::odd;
use crate::cli::plain::Talk;
use crate::cli::plain::item::Item;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Said;
use crate::protocol::draft::{DAYS, Draft, Drafting, Within};
use crate::protocol::{Answer, Request};
use crate::say;
use crate::tui::form::Form;

/// What is typed in this dialogue, as far as it matters when it is broken off.
#[derive(Clone, Default)]
pub(super) struct Typed(Arc<AtomicU8>);

const KEPT: u8 = 1;
const UNKEPT: u8 = 2;

impl Typed {
    fn now(&self, is: u8) {
        self.0.store(is, Ordering::SeqCst);
    }

    /// What is said at Ctrl-C.
    pub(super) fn ending(&self) -> Said {
        match self.0.load(Ordering::SeqCst) {
            KEPT => say!(
                "已结束；答过的各项已存草稿：再开后写 草稿 接着填",
                "ended; the fields you answered are kept: write drafts next time to go on"
            ),
            UNKEPT => say!(
                "已结束；最后填的没有存成草稿",
                "ended; what you wrote last is not kept"
            ),
            _ => say!("已结束", "ended"),
        }
    }
}

/// The moment of a write, as it is read out.
fn moment(kept: &str) -> String {
    let day = kept.get(5..10).unwrap_or("");
    format!("{day} {}", kept.get(11..16).unwrap_or(""))
}

fn elsewhere() -> Refusal {
    Refusal::new(
        RefusalKind::Usage,
        say!(
            "这份草稿只能在屏幕上接着填",
            "only the screen can go on with this draft"
        ),
    )
    .hint(say!(
        "运行 kezhi，按 g d；它还留着",
        "run kezhi and press g d; it stays as it is"
    ))
}

impl Talk<'_> {
    /// Writes ahead what a form holds; false if it came to nothing.
    pub(super) fn keep(&mut self, form: &mut Form) -> bool {
        let now = chrono::Local::now().naive_local();
        let Some(write) = form.writing(now, self.lang) else {
            return true;
        };
        let first = form.ahead.kept_at().is_none();
        match self.ask(Request::Draft(write)) {
            Ok(Answer::Kept(at)) => {
                form.written(&at);
                self.typed.now(KEPT);
                if first {
                    let at = at.get(11..19).unwrap_or("");
                    self.tell(&say!(
                        "已存草稿 {at}，以后答一项存一项",
                        "kept as a draft at {at}, and again after every answer"
                    ));
                }
                true
            }
            Ok(_) => {
                self.typed.now(0);
                true
            }
            Err(refusal) => {
                self.typed.now(UNKEPT);
                let stale = refusal.kind == RefusalKind::Stale;
                form.unwritten(now, stale);
                let message = refusal.message.get(self.lang);
                self.tell(&say!(
                    "没有存成草稿：{message}",
                    "not kept as a draft: {message}"
                ));
                if stale {
                    self.tell(&say!(
                        "在那边接着填；要在这里填，写 草稿 再打开",
                        "go on there; to go on here write drafts and open it again"
                    ));
                }
                false
            }
        }
    }

    /// A form is left half done: says where it is now.
    pub(super) fn leave(&mut self, mut form: Form) {
        let kept = self.keep(&mut form);
        if form.ahead.taken || !form.touched() {
            return;
        }
        if kept {
            let at = form.ahead.kept_at().unwrap_or_default().to_owned();
            self.tell(&say!(
                "已存草稿 {at}：写 草稿 接着填，退出也还在",
                "kept as a draft at {at}: drafts goes on with it, also after you quit"
            ));
        } else {
            self.forms.push(form);
            self.tell(&say!(
                "只在这里留到退出为止：草稿 接着填",
                "it stays here until you quit: drafts goes on"
            ));
        }
    }

    /// It was sent: nothing of it is left to keep.
    pub(super) fn sent(&self) {
        self.typed.now(0);
    }

    /// At the start: how many wait.
    pub(super) fn greet_drafts(&mut self) {
        let Ok(Answer::Drafts(all)) = self.ask(Request::Draft(Drafting::List)) else {
            return;
        };
        let count = all.iter().filter(|one| one.discarded.is_none()).count();
        if count > 0 {
            self.tell(&say!(
                "有 {count} 份没有提交的草稿：写 草稿 接着填",
                "{count} drafts were not sent: write drafts to go on"
            ));
        }
    }

    /// 草稿: what was left here, what the service keeps, and what was thrown away lately.
    pub(super) fn drafts(&mut self, _: &str) -> Result<(), Refusal> {
        self.writes()?;
        let mut held = match self.ask(Request::Draft(Drafting::List)) {
            Ok(Answer::Drafts(held)) => held,
            Ok(_) => return Err(odd()),
            Err(refusal) if self.forms.is_empty() => return Err(refusal),
            Err(refusal) => {
                self.refused(&refusal);
                Vec::new()
            }
        };
        held.sort_by_key(|one| one.discarded.is_some());
        let forms = self.forms.iter().map(|form| {
            let (title, count) = (&form.title, form.changes());
            self.say(say!(
                "{title}，已填 {count} 项，没有存成草稿",
                "{title}, {count} fields filled, not kept as a draft"
            ))
        });
        let lines = forms.chain(held.iter().map(|one| self.draft_line(one)));
        let lines = lines.enumerate();
        let lines: Vec<String> = lines.map(|(at, one)| format!("{} {one}", at + 1)).collect();
        let left = (0..self.forms.len()).map(Item::Kept);
        let kept = held.into_iter().map(|one| Item::Draft(Box::new(one)));
        self.items = left.chain(kept).collect();
        if lines.is_empty() {
            self.tell(&say!("没有草稿", "there are no drafts"));
            return Ok(());
        }
        self.voice.page(lines);
        self.tell(&say!(
            "写序号接着填；放弃 加序号丢掉它，{DAYS} 天内可恢复",
            "a number goes on with it; discard and a number throws it away, for {DAYS} days it can be restored"
        ));
        Ok(())
    }

    fn draft_line(&self, one: &Draft) -> String {
        let count = one.texts.len();
        let filled = match one.within {
            Within::Hours(_) => String::new(),
            Within::Form(_) => self.say(say!("已填 {count} 项", "{count} fields filled")),
        };
        let state = match () {
            () if one.discarded.is_some() => {
                self.text("已放弃，写序号恢复", "thrown away, its number restores it")
            }
            () if one.closed => self.text(
                "已看不到它的记录，只能放弃",
                "its record is not yours to see any more, it can only be thrown away",
            ),
            () => "",
        };
        self.joined(&[&one.title, &filled, &moment(&one.kept), state])
    }

    /// The number of a draft was written.
    pub(super) fn draft_chosen(&mut self, one: &Draft) -> Result<(), Refusal> {
        let title = &one.title;
        if one.discarded.is_some() {
            self.ask(Request::Draft(Drafting::Restore(one.id)))?;
            self.tell(&say!("已恢复：{title}", "restored: {title}"));
            return self.drafts("");
        }
        if !one.all.is_empty() || Form::of(one).is_none() {
            return Err(elsewhere());
        }
        let Answer::Draft(taken) = self.ask(Request::Draft(Drafting::Take(one.id)))? else {
            return Err(odd());
        };
        let mut form = Form::of(&taken).ok_or_else(elsewhere)?;
        // It was left at the question whether to send it.
        if taken.at.is_empty() {
            form.at = form.fields.len();
        }
        self.items.clear();
        self.typed.now(KEPT);
        if let Some(code) = form.code()
            && let Ok(Answer::View(view)) = self.ask(Request::Show(code))
        {
            self.open = Some(view);
        }
        self.fill(form)
    }

    /// 放弃.
    pub(super) fn discard(&mut self, word: &str) -> Result<(), Refusal> {
        self.writes()?;
        let which = || {
            Refusal::new(
                RefusalKind::Usage,
                say!("没有说放弃哪一份草稿", "which draft was not said"),
            )
            .hint(say!(
                "先写 草稿，再写 放弃 和序号",
                "write drafts first, then discard and a number"
            ))
        };
        let number = crate::domain::fold::narrow(word).parse::<usize>();
        let number = number.map_err(|_| which())?;
        match self.numbered(number)? {
            Item::Draft(one) if one.discarded.is_none() => {
                self.ask(Request::Draft(Drafting::Discard(one.id)))?;
                let title = one.title.clone();
                let gone = Draft {
                    discarded: Some(one.kept.clone()),
                    ..*one
                };
                if let Some(item) = self.items.get_mut(number - 1) {
                    *item = Item::Draft(Box::new(gone));
                }
                self.tell(&say!(
                    "已放弃：{title}。写 {number} 恢复",
                    "thrown away: {title}. {number} restores it"
                ));
                Ok(())
            }
            Item::Kept(at) if at < self.forms.len() => {
                let title = self.forms.remove(at).title;
                self.items.clear();
                self.tell(&say!("已丢掉：{title}", "gone: {title}"));
                Ok(())
            }
            _ => Err(which()),
        }
    }
}
