//! The line dialogue for screen readers: short lines in and out, and the same requests as the screen.

use crate::cli::Desk;
use crate::cli::plain::command::{COMMANDS, Command};
use crate::cli::plain::draft::Typed;
use crate::cli::plain::item::Item;
use crate::cli::plain::voice::Voice;
use crate::domain::fold::narrow;
use crate::domain::kind::Code;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said, Text};
use crate::protocol::undo::Undo;
use crate::protocol::{Answer, Request, View, Who};
use crate::say;
use crate::tui::form::Form;
use crate::wire::client::Client;

mod command;
mod draft;
mod field;
mod fill;
mod find;
mod item;
mod queue;
mod record;
mod reveal;
mod send;
mod stale;
mod step;
mod voice;
mod weigh;

/// A dialogue.
pub(super) struct Talk<'a> {
    desk: &'a Desk,
    lang: Lang,
    voice: Voice,
    client: Option<Client>,
    /// What a number means.
    items: Vec<Item>,
    /// The record that was read last.
    open: Option<View>,
    /// Forms that were left and that the service could not keep.
    forms: Vec<Form>,
    typed: Typed,
    /// What this dialogue did that can be taken back, the last one at the end.
    undo: Vec<Undo>,
    over: bool,
    /// Whether somebody was told that forms are lost, and has done nothing else since.
    leaving: bool,
}

/// Talks until the input ends or somebody leaves.
pub(super) fn run(desk: &Desk) -> Result<u8, Refusal> {
    let mut talk = Talk {
        desk,
        lang: desk.lang,
        voice: Voice::new(desk.lang),
        client: None,
        items: Vec::new(),
        open: None,
        forms: Vec::new(),
        typed: Typed::default(),
        undo: Vec::new(),
        over: false,
        leaving: false,
    };
    talk.greet()?;
    ended_by_signal(talk.typed.clone(), talk.lang)?;
    while !talk.over {
        let Some(line) = talk.voice.hear() else { break };
        if let Err(refusal) = talk.take(line.trim()) {
            talk.refused(&refusal);
        }
    }
    let left = talk.forms.len();
    if left > 0 && !talk.leaving {
        let told = say!(
            "{left} 份没有填完的没有保存",
            "{left} unfinished forms are not saved"
        );
        talk.tell(&told);
    }
    talk.tell(&say!("再见", "goodbye"));
    Ok(0)
}

/// Ctrl-C and a hang-up end it with a sentence: there is no screen to put back.
fn ended_by_signal(typed: Typed, lang: Lang) -> Result<(), Refusal> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGINT, SIGTERM]).map_err(Refusal::fault)?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            outln!("{}", typed.ending().get(lang));
            std::process::exit(0);
        }
    });
    Ok(())
}

impl Talk<'_> {
    fn greet(&mut self) -> Result<(), Refusal> {
        let welcome = self.client()?.welcome.clone();
        let (zh, en) = (self.text("，演示数据", ", demonstration data"), "");
        let demo = if welcome.demo { zh } else { en };
        let reads = if welcome.read_only {
            self.text("，只读", ", read only")
        } else {
            ""
        };
        let name = welcome.who.name;
        self.tell(&say!(
            "科志，逐行对话。操作员 {name}{demo}{reads}",
            "Kezhi, line by line. Operator {name}{demo}{reads}"
        ));
        self.tell(&say!(
            "写 帮助 听有哪些命令，写 退出 结束",
            "write help to hear the commands, quit to end"
        ));
        if !welcome.read_only {
            self.greet_drafts();
        }
        Ok(())
    }

    /// A text in the language of the dialogue.
    fn text(&self, zh: &'static str, en: &'static str) -> &'static str {
        Text { zh, en }.get(self.lang)
    }

    fn say(&self, said: Said) -> String {
        said.get(self.lang).to_owned()
    }

    fn tell(&mut self, said: &Said) {
        self.voice.say(said.get(self.lang));
    }

    /// What stands in the way, by what article, and what to do: a line each.
    fn refused(&mut self, refusal: &Refusal) {
        let message = &refusal.message;
        self.tell(&say!("不行：{}", "refused: {}", message.get(self.lang)));
        if let Some(article) = &refusal.article {
            self.tell(&say!("依据：{article}", "by: {article}"));
        }
        if !refusal.hint.is_empty() {
            let hint = refusal.hint.get(self.lang);
            self.tell(&say!("怎么办：{hint}", "what to do: {hint}"));
        }
    }

    fn client(&mut self) -> Result<&Client, Refusal> {
        let client = match self.client.take() {
            Some(client) => client,
            None => self.desk.connect()?,
        };
        Ok(self.client.insert(client))
    }

    fn who(&mut self) -> Result<Who, Refusal> {
        Ok(self.client()?.welcome.who.clone())
    }

    /// Asks; a service that went away is called again, and the same is asked once more.
    fn ask(&mut self, request: Request) -> Result<Answer, Refusal> {
        let answer = self.client()?.ask(request.clone());
        match answer {
            Err(refusal) if refusal.kind == RefusalKind::Unavailable => {
                self.client = None;
                // What was done before was done in a session that is over.
                self.undo.clear();
                let answer = self.client()?.ask(request);
                self.tell(&say!(
                    "服务断开过，已重新连上",
                    "connected again to the service"
                ));
                answer
            }
            answer => answer,
        }
    }

    /// Refuses what a session that only reads cannot do, before anybody types for it.
    fn writes(&mut self) -> Result<(), Refusal> {
        match self.client()?.welcome.read_only {
            true => Err(Refusal::read_only()),
            false => Ok(()),
        }
    }

    /// A line at the top: nothing for more, a number, a command, a code.
    fn take(&mut self, line: &str) -> Result<(), Refusal> {
        let plain = narrow(line);
        if plain.is_empty() {
            if !self.voice.more() {
                self.tell(&say!("写命令，或写 帮助", "write a command, or help"));
            }
            return Ok(());
        }
        if let Ok(number) = plain.parse::<usize>() {
            return self.choose(number);
        }
        let Some((command, rest)) = command::read(line) else {
            if let Some(code) = Code::read(&plain) {
                return self.show_code(code);
            }
            return Err(Refusal::new(
                RefusalKind::Usage,
                say!("没有命令「{line}」", "there is no command \"{line}\""),
            )
            .hint(say!(
                "查找写：查 {line}；听有哪些命令写：帮助",
                "to search write: find {line}; to hear the commands: help"
            )));
        };
        if command.en != "quit" {
            self.leaving = false;
        }
        (command.run)(self, rest)
    }

    /// 帮助: the commands, and what is not a command.
    fn help(&mut self, _: &str) -> Result<(), Refusal> {
        let mut lines = Vec::new();
        for Command {
            zh,
            initials,
            en,
            help,
            ..
        } in COMMANDS
        {
            lines.push(self.say(say!(
                "{zh}，或 {initials}、{en}：{}",
                "{en}, or {initials}, {zh}: {}",
                help.get(self.lang)
            )));
        }
        lines.push(self.say(say!(
            "序号：选刚才读出的那一条。编号：看那一条。空行：继续听",
            "a number chooses what was read out; a code shows a record; an empty line goes on"
        )));
        lines.push(self.say(say!(
            "填写时：空行跳过；? 说明；- 上一项；/名称 到那一项；= 清空；+ 提交；. 停下，已填的存草稿",
            "in a form: empty skips; ? explains; - goes back; /NAME goes to a field; = clears; + sends; . stops and keeps a draft"
        )));
        // All at once: whoever asks for help does not know yet how to go on.
        lines.iter().for_each(|line| self.voice.say(line));
        Ok(())
    }

    /// 退出: at once, or at the second time where something would be lost.
    fn quit(&mut self, _: &str) -> Result<(), Refusal> {
        let left = self.forms.len();
        if left > 0 && !self.leaving {
            self.leaving = true;
            self.tell(&say!(
                "还有 {left} 份没有存成草稿，退出就丢掉：写 草稿 接着填，或再写一次 退出",
                "{left} forms could not be kept and would be lost: write drafts to go on, or quit again"
            ));
        } else {
            self.over = true;
        }
        Ok(())
    }
}
