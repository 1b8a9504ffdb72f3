//! The commands of the dialogue: a row each.

use crate::cli::plain::Talk;
use crate::domain::fold::narrow;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Text, t};

/// A command.
pub(super) struct Command {
    /// Its Chinese word; what follows may stand right behind it.
    pub zh: &'static str,
    /// The initials of that.
    pub initials: &'static str,
    /// Its English word.
    pub en: &'static str,
    /// What it does.
    pub help: Text,
    /// Does it, with what was typed behind it.
    pub run: fn(&mut Talk, &str) -> Result<(), Refusal>,
}

const fn row(
    zh: &'static str,
    initials: &'static str,
    en: &'static str,
    help: Text,
    run: fn(&mut Talk, &str) -> Result<(), Refusal>,
) -> Command {
    Command {
        zh,
        initials,
        en,
        help,
        run,
    }
}

/// All of them.
pub(super) const COMMANDS: &[Command] = &[
    row(
        "查",
        "c",
        "find",
        t(
            "查找，后面写姓名、首字母、号码几位、地名、队名",
            "search: names, initials, digits, places, teams",
        ),
        |talk, rest| talk.find(rest),
    ),
    row(
        "看",
        "k",
        "show",
        t(
            "看一条，后面写序号或编号；不写就再听一遍",
            "read a record, by number or code; alone reads it again",
        ),
        |talk, rest| talk.show(rest),
    ),
    row(
        "记录",
        "jl",
        "history",
        t("这一条的变更记录", "who changed what in this record"),
        |talk, rest| talk.history(rest),
    ),
    row(
        "显示",
        "xs",
        "reveal",
        t(
            "显示一项隐去的，要写原因，记入日志",
            "read a masked field; asks why, and is logged",
        ),
        |talk, rest| talk.reveal(rest),
    ),
    row(
        "新建",
        "xj",
        "new",
        t("新建，后面写类别", "a new record, of the kind that follows"),
        |talk, rest| talk.new_record(rest),
    ),
    row(
        "编辑",
        "bj",
        "edit",
        t(
            "修改这一条，或后面写的编号",
            "change this record, or the code that follows",
        ),
        |talk, rest| talk.edit(rest),
    ),
    row(
        "办理",
        "bl",
        "do",
        t(
            "办一步：列出这一条能办的",
            "take a step: lists those of this record",
        ),
        |talk, rest| talk.steps(rest),
    ),
    row(
        "队列",
        "dl",
        "queue",
        t(
            "待办的投诉等，先到期的在前",
            "matters that wait, what is lost first before the others",
        ),
        |talk, rest| talk.queue(rest),
    ),
    row(
        "今日",
        "jr",
        "today",
        t("今日必办", "what must be done today"),
        |talk, rest| talk.today(rest),
    ),
    row(
        "树",
        "s",
        "tree",
        t(
            "组织树，后面可写从哪个组织起",
            "the organisations, from the one that follows",
        ),
        |talk, rest| talk.tree(rest),
    ),
    row(
        "草稿",
        "cg",
        "drafts",
        t("没有提交的填写，接着填", "what was not sent, to go on with"),
        |talk, rest| talk.drafts(rest),
    ),
    row(
        "放弃",
        "fq",
        "discard",
        t(
            "丢掉一份草稿，后面写序号",
            "throws a draft away, by its number",
        ),
        |talk, rest| talk.discard(rest),
    ),
    row(
        "撤回",
        "ch",
        "undo",
        t(
            "撤回刚才办的，30 秒内",
            "takes back what was done just now, within 30 seconds",
        ),
        |talk, rest| talk.take_back(rest),
    ),
    row(
        "帮助",
        "bz",
        "help",
        t("听这些", "this"),
        |talk, rest| talk.help(rest),
    ),
    row("退出", "tc", "quit", t("结束", "end"), |talk, rest| {
        talk.quit(rest)
    }),
];

/// The command that a line begins with, and what follows it.
pub(super) fn read(line: &str) -> Option<(&'static Command, &str)> {
    let line = line.trim();
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let word = narrow(first).to_lowercase();
    let same = |command: &&Command| [command.zh, command.initials, command.en].contains(&&*word);
    if let Some(command) = COMMANDS.iter().find(same) {
        return Some((command, rest.trim()));
    }
    COMMANDS
        .iter()
        .find_map(|command| Some((command, line.strip_prefix(command.zh)?.trim())))
}
