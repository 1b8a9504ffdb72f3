//! 草稿箱: the drafts of an operator, those of earlier sessions among them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDateTime, TimeDelta};

use crate::domain::kind::Code;
use crate::domain::said::Lang;
use crate::protocol::draft::{DAYS, Draft, Drafting, UNTOUCHED, Within};
use crate::protocol::{Act, Request};
use crate::tui::app::{App, Level, Tag};
use crate::tui::board::Body;
use crate::tui::form::Form;
use crate::tui::menu::{Choice, Item, Menu};
use crate::tui::overlay::Overlay;

/// The drafts of a session.
#[derive(Default)]
pub struct Drafts {
    /// Forms that were left in this session.
    pub left: Vec<Form>,
    /// What the service holds, the newest first.
    pub held: Vec<Draft>,
    /// Where texts go while there is no service.
    pub dir: Option<PathBuf>,
    /// Since when the service is away.
    pub(super) lost: NaiveDateTime,
    /// Whether those of earlier sessions were told of.
    greeted: bool,
    /// Until when its disk is not asked again that took nothing.
    pub(super) full: Option<NaiveDateTime>,
    /// Those that are nothing any more, until the service says so.
    pub(super) forgotten: BTreeSet<u64>,
    /// The form of which is said that it is kept, once it is.
    pub(super) leaving: Option<u64>,
    /// The form of which is said that it was not sent, and what is said.
    pub(super) unsent: Option<(u64, String)>,
    /// The one that was thrown away last, and when, until something else is done.
    pub(super) dropped: Option<(u64, NaiveDateTime)>,
}

/// Whether a draft is about a record: one that belongs to it names it.
fn about(draft: &Draft, above: Code) -> bool {
    let above = above.to_string();
    let mut held = draft.texts.values().chain(draft.base.values());
    held.any(|text| *text == above)
}

impl App {
    /// Whether a text with a number is typed in this session.
    pub(super) fn types(&self, id: u64) -> bool {
        self.open_ids().contains(&id)
            || self.drafts.left.iter().any(|form| form.token == id)
            || self.kept.hours.values().any(|one| one.ahead.id == id)
    }

    fn open_ids(&self) -> BTreeSet<u64> {
        let over = self.over.iter().filter_map(|over| match over {
            Overlay::Board(board) => match &board.body {
                Body::Hours(hours) => Some(hours.ahead.id),
                _ => None,
            },
            over => over.form().map(|form| form.token),
        });
        over.collect()
    }

    /// What can be gone on with, the newest first: forms that were left here, and what the service holds.
    pub fn waiting(&self) -> Vec<Draft> {
        let open = self.open_ids();
        let own = self.drafts.left.iter().filter(|form| !form.sending);
        let mut all: Vec<Draft> = own
            .map(|form| {
                let held = self.drafts.held.iter().find(|one| one.id == form.token);
                let kept = held.map_or_else(String::new, |held| held.kept.clone());
                Draft {
                    kept,
                    ..form.draft()
                }
            })
            .collect();
        let known: BTreeSet<u64> = self.drafts.left.iter().map(|form| form.token).collect();
        let held = self.drafts.held.iter().filter(|draft| {
            draft.discarded.is_none() && !open.contains(&draft.id) && !known.contains(&draft.id)
        });
        all.extend(held.cloned());
        all
    }

    /// How many can be gone on with.
    pub fn count_drafts(&self) -> usize {
        let open = self.open_ids();
        let left: BTreeSet<u64> = self.drafts.left.iter().map(|form| form.token).collect();
        let held = self
            .drafts
            .held
            .iter()
            .filter(|draft| draft.discarded.is_none());
        let held = held.filter(|draft| !open.contains(&draft.id) && !left.contains(&draft.id));
        let sending = self.drafts.left.iter().filter(|form| form.sending);
        left.len() - sending.count() + held.count()
    }

    /// The draft of a step that an earlier session left.
    pub(super) fn held_step(&self, code: Code, step: &str) -> Option<u64> {
        let same = |draft: &&Draft| match &draft.within {
            Within::Form(Act::Step {
                code: of,
                step: key,
                ..
            }) => *of == code && key == step && draft.all.is_empty(),
            _ => false,
        };
        let mut held = self.drafts.held.iter();
        let held = held.find(|draft| draft.discarded.is_none() && !draft.closed && same(draft))?;
        (!self.types(held.id)).then_some(held.id)
    }

    /// Asks what the service holds.
    pub(super) fn list_drafts(&mut self) {
        self.call(Tag::Drafts, Request::Draft(Drafting::List));
    }

    /// 草稿箱, as it is now at the service.
    pub(super) fn draft_box(&mut self) {
        match self.offline {
            true => self.drafts_menu(false),
            false => self.call(Tag::DraftBox, Request::Draft(Drafting::List)),
        }
    }

    /// What the service holds, but for what is forgotten here and not yet there.
    pub(super) fn hold_drafts(&mut self, mut drafts: Vec<Draft>) {
        drafts.retain(|draft| !self.drafts.forgotten.contains(&draft.id));
        self.drafts.held = drafts;
    }

    /// What the service holds is here.
    pub(super) fn take_drafts(&mut self, drafts: Vec<Draft>) {
        self.hold_drafts(drafts);
        if !std::mem::replace(&mut self.drafts.greeted, true) {
            self.greet();
        }
    }

    /// At login: what was not sent, in one line; whatever is pressed next does what it always does.
    fn greet(&mut self) {
        let waiting = self.waiting();
        let Some(first) = waiting.first() else {
            return;
        };
        let (title, at) = (&first.title, first.kept.get(11..16).unwrap_or(""));
        let drafts = self.key_of("drafts");
        let told = match (waiting.len(), self.lang) {
            (1, Lang::Zh) => format!("有 1 份未提交草稿（{title}，{at}）：{drafts} 继续或放弃"),
            (1, Lang::En) => {
                format!("1 draft is not sent ({title}, {at}): {drafts} goes on with it")
            }
            (count, Lang::Zh) => format!("有 {count} 份未提交草稿：{drafts} 继续或放弃"),
            (count, Lang::En) => format!("{count} drafts are not sent: {drafts} lists them"),
        };
        self.tell_early(told);
    }

    /// When a draft was kept.
    fn kept_at(&self, draft: &Draft) -> String {
        let at = draft.kept.get(5..16).map(|at| at.replace('T', " "));
        at.unwrap_or_else(|| self.say("还没有存好", "not kept yet").to_owned())
    }

    /// Kind, changes and time of a draft.
    pub(super) fn about(&self, draft: &Draft) -> String {
        let kind = draft.within.kind().spec().label.get(self.lang);
        let count = match &draft.within {
            Within::Form(_) => draft.texts.len(),
            Within::Hours(_) => draft
                .texts
                .keys()
                .filter(|key| key.ends_with("|minutes"))
                .count(),
        };
        let at = self.kept_at(draft);
        let text = match self.lang {
            Lang::Zh => format!("{kind}  {count} 项  {at}"),
            Lang::En => format!("{kind}  fields: {count}  {at}"),
        };
        match draft.closed {
            true => self
                .say(
                    "已看不到这条记录，不能再填，可放弃",
                    "you no longer see the record; it can be thrown away",
                )
                .to_owned(),
            false => text,
        }
    }

    /// The drafts as a menu; with `blank` also an empty form and what belongs to the selected record.
    pub(super) fn drafts_menu(&mut self, blank: bool) {
        let waiting = self.waiting();
        let mut items = Vec::new();
        let kind = self.new_kind();
        let on = |draft: &Draft| {
            let label = format!("{} {}", self.say("继续", "Go on:"), draft.title);
            let act = match &draft.within {
                Within::Form(Act::Step { .. }) => "step",
                _ => "write",
            };
            if let Some(refusal) = self.shut(act, draft.within.kind()) {
                return Item::shut(Choice::Draft(draft.id), label, refusal.line(self.lang));
            }
            Item {
                choice: Choice::Draft(draft.id),
                label,
                note: self.about(draft),
                open: !draft.closed,
            }
        };
        let (mut first, mut last): (Vec<&Draft>, Vec<&Draft>) =
            (Vec::new(), waiting.iter().collect());
        if blank {
            // Somebody may be on the line: the first digit never opens what is not about them.
            let label = self.say("新建空白", "New, empty").to_owned();
            items.push(match self.shut("write", kind) {
                Some(refusal) => Item::shut(Choice::Blank, label, refusal.line(self.lang)),
                None => Item {
                    choice: Choice::Blank,
                    label,
                    note: kind.spec().label.get(self.lang).to_owned(),
                    open: true,
                },
            });
            let above = self.above();
            let near = |draft: &&Draft| {
                draft.within.kind() == kind || above.is_some_and(|above| about(draft, above))
            };
            (first, last) = last.into_iter().partition(near);
        }
        items.extend(first.into_iter().map(on));
        if blank {
            items.extend(self.belonging_items());
        }
        items.extend(last.into_iter().map(on));
        for draft in &waiting {
            items.push(Item {
                choice: Choice::Drop(draft.id),
                label: format!("{} {}", self.say("放弃", "Throw away:"), draft.title),
                note: format!(
                    "{}  {}",
                    self.kept_at(draft),
                    self.say("七天内可恢复", "it can be restored for seven days")
                ),
                open: true,
            });
        }
        let dropped = self.drafts.held.iter();
        for draft in dropped.filter(|draft| !blank && draft.discarded.is_some()) {
            let at = draft.discarded.as_deref();
            let at = at.and_then(|at| DateTime::parse_from_rfc3339(at).ok());
            let last = at.map(|at| (at + TimeDelta::days(DAYS)).format("%m-%d").to_string());
            let last = last.unwrap_or_default();
            items.push(Item {
                choice: Choice::Restore(draft.id),
                label: format!("{} {}", self.say("恢复", "Restore:"), draft.title),
                note: match self.lang {
                    Lang::Zh => format!("已放弃，{last} 后消失"),
                    Lang::En => format!("thrown away, gone after {last}"),
                },
                open: true,
            });
        }
        if items.is_empty() {
            let told = self.say("没有草稿", "there are no drafts");
            return self.tell(Level::Warn, told);
        }
        let title = match (blank, self.lang) {
            (true, _) => self.say("新建", "New").to_owned(),
            (false, Lang::Zh) => format!("草稿箱（{UNTOUCHED} 天未动的自动清除）"),
            (false, Lang::En) => format!("Drafts ({UNTOUCHED} days untouched: gone)"),
        };
        self.over.push(Overlay::Menu(Menu::new(title, items)));
    }
}
