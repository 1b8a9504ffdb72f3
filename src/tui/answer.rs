//! What answers and notices do.

use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{Answer, Notice, Request};
use crate::tui::app::{App, Level, Tag};
use crate::tui::form::Form;
use crate::tui::overlay::{Card, Choice, Item, Menu, Overlay};

impl App {
    /// An answer to a call.
    pub fn answer(&mut self, tag: Tag, answer: Result<Answer, Refusal>) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(refusal) => return self.failed(&tag, &refusal),
        };
        match (tag, answer) {
            (Tag::Tree, Answer::Tree(nodes)) => self.tree.set(nodes),
            (Tag::List(pane, asked), Answer::Found(found)) => {
                if let Some(list) = self.lists.get_mut(pane) {
                    list.take(asked, found);
                }
            }
            (Tag::Look(asked), Answer::Found(found)) => {
                if let Some(Overlay::Look(look)) = self.over.last_mut() {
                    look.list.take(asked, found);
                    look.preview = None;
                    if let Some(code) = look.list.selected().map(|row| row.code) {
                        self.call(Tag::Preview(code), Request::Show(code));
                    }
                }
            }
            (Tag::Preview(code), Answer::View(view)) => {
                if let Some(Overlay::Look(look)) = self.over.last_mut()
                    && look.list.selected().is_some_and(|row| row.code == code)
                {
                    look.preview = Some(view);
                }
            }
            (Tag::Card, Answer::View(view)) => {
                if view.kind == Kind::Organisation {
                    self.tree.reach(view.code.number);
                }
                let card = Card {
                    view,
                    history: None,
                    top: 0,
                };
                self.over.push(Overlay::Card(Box::new(card)));
                self.narrow();
            }
            (Tag::Again(code), Answer::View(view)) => {
                for over in &mut self.over {
                    if let Overlay::Card(card) = over
                        && card.view.code == code
                    {
                        card.view = view.clone();
                    }
                }
            }
            (Tag::Edit, Answer::View(view)) => {
                let title = format!("{} {}", self.say("编辑", "Edit"), view.code);
                self.over
                    .push(Overlay::Form(Box::new(Form::edit(&view, title))));
            }
            (Tag::History, Answer::Entries(entries)) => {
                if let Some(Overlay::Card(card)) = self.over.last_mut() {
                    card.history = match card.history {
                        Some(_) => None,
                        None => Some(entries),
                    };
                    card.top = 0;
                } else if let Some(code) = self.current() {
                    self.call(Tag::Card, Request::Show(code));
                    self.call(Tag::History, Request::History { code, limit: 200 });
                }
            }
            (Tag::Steps(code, rev), Answer::Steps(steps)) => {
                let items: Vec<Item> = steps
                    .into_iter()
                    .filter_map(|view| {
                        let step = code.kind.spec().step(&view.key)?;
                        let note = view.refusal.as_ref().map_or_else(
                            || step.help.get(self.lang).to_owned(),
                            |refusal| refusal.line(self.lang),
                        );
                        Some(Item {
                            choice: Choice::Step(code, rev, step),
                            label: step.label.get(self.lang).to_owned(),
                            note,
                            open: view.refusal.is_none(),
                        })
                    })
                    .collect();
                if items.is_empty() {
                    let told = self.say("这类记录还没有可办的步骤", "this kind has no steps yet");
                    return self.tell(Level::Info, told);
                }
                let title = format!("{} {code}", self.say("办理", "Steps"));
                self.over.push(Overlay::Menu(Menu::new(title, items)));
            }
            (Tag::Sent, Answer::View(view)) => {
                if matches!(self.over.last(), Some(Overlay::Form(_))) {
                    self.over.pop();
                }
                let text = match self.lang {
                    crate::domain::said::Lang::Zh => {
                        format!("已保存 {} 第 {} 版", view.code, view.rev)
                    }
                    crate::domain::said::Lang::En => {
                        format!("saved {} revision {}", view.code, view.rev)
                    }
                };
                self.tell(Level::Info, text);
                let code = view.code;
                match self.over.last_mut() {
                    Some(Overlay::Card(card)) if card.view.code == code => card.view = view,
                    _ => self.over.push(Overlay::Card(Box::new(Card {
                        view,
                        history: None,
                        top: 0,
                    }))),
                }
            }
            (Tag::Reveal(code, field), Answer::Revealed(text)) => {
                if matches!(self.over.last(), Some(Overlay::Reason(..))) {
                    self.over.pop();
                }
                self.shown = Some((code, field, text, std::time::Instant::now()));
            }
            _ => {}
        }
    }

    /// A call that was refused or lost.
    pub fn failed(&mut self, tag: &Tag, refusal: &Refusal) {
        let lang = self.lang;
        if let Tag::Sent = tag
            && let Some(Overlay::Form(form)) = self.over.last_mut()
        {
            form.refuse(refusal, lang);
            if refusal.kind == RefusalKind::Confirm {
                let told = match lang {
                    crate::domain::said::Lang::Zh => {
                        format!("{}。确认无误再按 F8 保存", refusal.message.zh)
                    }
                    crate::domain::said::Lang::En => {
                        format!("{}. If it is right, press F8 again", refusal.message.en)
                    }
                };
                return self.tell(Level::Warn, told);
            }
        }
        if !matches!(tag, Tag::Again(_) | Tag::Preview(_)) {
            self.refuse(refusal);
        }
    }

    /// Somebody changed something: what is seen is asked for again; nothing moves by itself.
    pub fn notice(&mut self, notice: &Notice) {
        match notice {
            Notice::Announce(said) => self.tell(Level::Warn, said.get(self.lang)),
            Notice::Changed(codes) => {
                let has =
                    |kind: Kind| codes.is_empty() || codes.iter().any(|code| code.kind == kind);
                if has(Kind::Organisation) || has(Kind::Volunteer) {
                    self.call(Tag::Tree, Request::Tree);
                }
                for (pane, kind) in [Kind::Volunteer, Kind::Activity, Kind::Complaint]
                    .into_iter()
                    .enumerate()
                {
                    if has(kind) || has(Kind::Organisation) {
                        self.ask_list(pane);
                    }
                }
                let open: Vec<Code> = self
                    .over
                    .iter()
                    .filter_map(|over| match over {
                        Overlay::Card(card) => Some(card.view.code),
                        _ => None,
                    })
                    .filter(|code| codes.is_empty() || codes.contains(code))
                    .collect();
                for code in open {
                    self.call(Tag::Again(code), Request::Show(code));
                }
            }
        }
    }
}
