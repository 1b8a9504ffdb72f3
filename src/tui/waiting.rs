//! What is asked and not answered yet: said in plain words, and never animated.

use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::said::Lang;
use crate::tui::app::{App, Level, Tag};
use crate::tui::list::List;
use crate::tui::overlay::Overlay;

/// From here on it is said that an answer is awaited.
const ASKING: TimeDelta = TimeDelta::milliseconds(150);
/// From here on that the service is slow.
const SLOW: TimeDelta = TimeDelta::seconds(2);

/// How long an answer is awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// Not, or not long.
    #[default]
    None,
    /// So long that it is said.
    Asking,
    /// So long that something is amiss.
    Slow,
}

/// What a session waits for.
#[derive(Default)]
pub struct Waits {
    /// Since when a record is to be opened.
    opening: Option<NaiveDateTime>,
    /// How long each was awaited when it was looked at last: the panes, the look-up, a record.
    seen: [Wait; 5],
    /// What was said of a slow service.
    told: Option<String>,
}

/// Whether a call opens something.
fn opens(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Card | Tag::Jump(..) | Tag::Edit | Tag::Steps(..) | Tag::History
    )
}

impl App {
    fn since(&self, since: Option<NaiveDateTime>) -> Wait {
        let waited = since.filter(|_| !self.offline).map(|at| self.now - at);
        match waited {
            Some(waited) if waited >= SLOW => Wait::Slow,
            Some(waited) if waited >= ASKING => Wait::Asking,
            _ => Wait::None,
        }
    }

    /// How long a list waits for its answer.
    pub fn waits(&self, list: &List) -> Wait {
        self.since(list.since)
    }

    /// Whether the rows of a list answer an older question, and that long enough to be said.
    pub fn late(&self, list: &List) -> bool {
        list.unsettled() && self.waits(list) > Wait::None
    }

    /// Whether a record is being opened, and that long enough to be said.
    pub fn opening(&self) -> bool {
        self.since(self.waits.opening) > Wait::None
    }

    fn look_list(&mut self) -> Option<&mut List> {
        self.over.iter_mut().rev().find_map(|over| match over {
            Overlay::Look(look) => Some(&mut look.list),
            _ => None,
        })
    }

    fn listed_by(&mut self, tag: &Tag) -> Option<(&mut List, u64)> {
        match tag {
            Tag::List(pane, asked) => Some((self.lists.get_mut(*pane)?, *asked)),
            Tag::Look(asked) => Some((self.look_list()?, *asked)),
            _ => None,
        }
    }

    /// Something is asked.
    pub(super) fn awaits(&mut self, tag: &Tag) {
        let now = self.now;
        if let Some((list, _)) = self.listed_by(tag) {
            list.since.get_or_insert(now);
        } else if opens(tag) {
            self.waits.opening = Some(now);
        }
    }

    /// What is being opened is not wanted any more, as far as it was not asked for yet.
    pub(super) fn unopen(&mut self) {
        self.calls.retain(|(tag, _)| !opens(tag));
        self.waits.opening = None;
    }

    /// It was answered, or will not be.
    pub(super) fn arrived(&mut self, tag: &Tag, good: bool) {
        let now = self.now;
        if let Some((list, asked)) = self.listed_by(tag) {
            if list.asked == asked {
                list.since = None;
                list.as_of = Some(now).filter(|_| good).or(list.as_of);
            }
        } else if opens(tag) {
            self.waits.opening = None;
        }
    }

    /// Time passes: what is awaited longer than before is said.
    pub(super) fn wait_tick(&mut self) {
        let look = self.look_list().and_then(|list| list.since);
        let [one, two, three] = [0, 1, 2].map(|at: usize| {
            let list = self.lists.get(at);
            list.map_or(Wait::None, |list| self.waits(list))
        });
        let now = [
            one,
            two,
            three,
            self.since(look),
            self.since(self.waits.opening),
        ];
        let before = std::mem::replace(&mut self.waits.seen, now);
        if before == now {
            return;
        }
        self.stirred = true;
        let source = self.source();
        let counts = |nth: usize| nth >= 3 || source == nth + 1;
        let slow =
            |all: [Wait; 5]| (0..5).find(|nth| counts(*nth) && all.get(*nth) == Some(&Wait::Slow));
        match (slow(before), slow(now)) {
            (None, Some(nth)) => {
                let told = self.slow(nth);
                self.waits.told = Some(told.clone());
                self.tell(Level::Warn, told);
            }
            (Some(_), None) => {
                let told = self.waits.told.take();
                if told.is_some() && self.message.as_ref().map(|(_, text)| text) == told.as_ref() {
                    self.message = None;
                }
            }
            _ => {}
        }
    }

    /// That the service is slow, and from when what is shown is.
    fn slow(&mut self, nth: usize) -> String {
        let lang = self.lang;
        let list = match nth {
            4 => None,
            3 => self.look_list().map(|list| &*list),
            pane => self.lists.get(pane),
        };
        let shown = list.filter(|list| !list.rows.is_empty());
        let shown = shown.and_then(|list| list.as_of);
        let at = shown.map(|at| at.format("%H:%M:%S").to_string());
        match (nth, at, lang) {
            (4, _, Lang::Zh) => "服务较慢，记录还没有打开；Esc 可先做别的".to_owned(),
            (4, _, Lang::En) => "the service is slow: the record is not open yet".to_owned(),
            (_, Some(at), Lang::Zh) => format!("服务较慢，所示是 {at} 的结果"),
            (_, Some(at), Lang::En) => format!("the service is slow: what is shown is of {at}"),
            (_, None, Lang::Zh) => "服务较慢，还没有结果".to_owned(),
            (_, None, Lang::En) => "the service is slow: nothing has come yet".to_owned(),
        }
    }

    /// How long until something is to be said of what is awaited.
    pub(super) fn next_wait(&mut self) -> Option<Duration> {
        let look = self.look_list().and_then(|list| list.since);
        let lists = self.lists.iter().map(|list| list.since);
        let since = lists.chain([look, self.waits.opening]).flatten();
        let waited = since.map(|at| self.now - at);
        let left = waited.filter_map(|waited| {
            let next = [ASKING, SLOW].into_iter().find(|most| waited < *most)?;
            (next - waited).to_std().ok()
        });
        left.min().map(|left| left + Duration::from_millis(1))
    }
}
