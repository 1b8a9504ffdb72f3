//! The command line: the same requests as the screen, for scripts and for people.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{CommandFactory, Parser};

use crate::cli::args::{Args, Command, Global, LangArg, LogCommand};
use crate::domain::day;
use crate::domain::kind::Kind;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::say;
use crate::wire::client::{Client, Opening};
use crate::wire::start;

/// Like `println!`, but a reader that has enough (`| head`) ends the program quietly.
macro_rules! outln {
    ($($arg:tt)*) => { $crate::cli::print::out(format_args!($($arg)*)) };
}

mod args;
mod calendar;
mod case;
mod check;
mod data;
mod demo;
mod draft;
mod due;
mod evidence;
mod exchange;
mod fields;
mod history;
mod hours;
mod inherit;
mod keep;
mod keys;
mod look;
mod matching;
mod named;
mod operate;
mod paper;
mod pin;
mod plain;
mod print;
mod queue;
mod setting;
mod unit;
mod usage;

/// Everything that a command needs.
#[derive(Clone)]
pub(crate) struct Desk {
    global: Global,
    dir: PathBuf,
    lang: Lang,
    as_of: Option<NaiveDate>,
}

impl Desk {
    fn new(global: Global) -> Result<Desk, Refusal> {
        let lang = match global.lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        };
        let dir = match &global.data {
            Some(dir) => std::path::absolute(dir).map_err(Refusal::fault)?,
            None => home("kezhi")?,
        };
        let as_of = global.as_of.as_deref().map(|raw| {
            day::day(raw, chrono::Local::now().date_naive())
                .map_err(|said| Refusal::new(RefusalKind::Usage, said).field("as_of"))
        });
        Ok(Desk {
            as_of: as_of.transpose()?,
            global,
            dir,
            lang,
        })
    }

    fn opening(&self) -> Opening {
        Opening {
            lang: self.lang,
            read_only: self.global.read_only,
        }
    }

    /// Connects; starts a personal service if none runs.
    pub(crate) fn connect(&self) -> Result<Client, Refusal> {
        match &self.global.socket {
            Some(socket) => Client::connect(socket, self.opening()),
            None => start::connect(&self.dir, self.opening()),
        }
    }

    /// Where the service listens.
    fn socket(&self) -> PathBuf {
        self.global
            .socket
            .clone()
            .unwrap_or_else(|| crate::wire::place::socket(&self.dir))
    }

    fn connect_running(&self) -> Result<Client, Refusal> {
        match &self.global.socket {
            Some(socket) => Client::connect(socket, self.opening()),
            None => start::connect_running(&self.dir, self.opening()),
        }
    }
}

pub(crate) fn odd() -> Refusal {
    Refusal::fault("unexpected answer")
}

/// A directory for data below the user's own.
pub(crate) fn home(name: &str) -> Result<PathBuf, Refusal> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().map_err(Refusal::fault)?;
    Ok(base.data_dir().join(name))
}

/// Where texts go that the service of a socket cannot take; none where the user has no place of their own.
fn state(socket: &Path) -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let named = std::env::var_os("KEZHI_STATE").map(PathBuf::from);
    let own = || {
        let base = etcetera::choose_base_strategy().ok()?;
        let dir = base.state_dir().unwrap_or_else(|| base.data_dir());
        Some(dir.join("kezhi"))
    };
    let mark = format!("{:016x}", crate::wire::place::mark(socket));
    Some(named.or_else(own)?.join("drafts").join(mark))
}

fn kind(word: &str) -> Result<Kind, Refusal> {
    Kind::named(word).ok_or_else(|| {
        let list = crate::domain::kind::KINDS
            .iter()
            .map(|spec| spec.key)
            .collect::<Vec<_>>()
            .join(" ");
        Refusal::new(
            RefusalKind::Usage,
            say!("没有类别「{word}」", "there is no kind \"{word}\""),
        )
        .hint(say!("类别有：{list}", "the kinds are: {list}"))
    })
}

/// Runs the program.
pub fn run() -> ExitCode {
    let (lang, json) = usage::wishes();
    let result = match Args::try_parse() {
        Ok(args) => Desk::new(args.global).and_then(|desk| dispatch(&desk, args.command)),
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => Err(usage::refusal(&error)),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(refusal) => {
            if json {
                eprintln!("{}", refusal.json(lang));
            } else {
                eprintln!("{}", refusal.line(lang));
            }
            ExitCode::from(refusal.kind.exit_code())
        }
    }
}

fn dispatch(desk: &Desk, command: Option<Command>) -> Result<u8, Refusal> {
    let Some(command) = command else {
        return open(desk);
    };
    if desk.global.plain && !matches!(command, Command::Demo(_)) {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "--plain 是逐行对话，后面不写命令",
                "--plain is a dialogue: no command stands behind it"
            ),
        )
        .hint(say!(
            "写 kezhi --plain；单个命令不用它，输出本来就是逐行的",
            "write kezhi --plain; a single command prints plain lines without it"
        )));
    }
    let reads = matches!(
        command,
        Command::Show { .. }
            | Command::List { .. }
            | Command::Hours { .. }
            | Command::Calendar { .. }
            | Command::Check(_)
            | Command::Queue(_)
    );
    if desk.as_of.is_some() && !reads {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "--as-of 只用于 show、list、hours、calendar、check 和 queue",
                "--as-of is for show, list, hours, calendar, check and queue only"
            ),
        )
        .field("as_of")
        .hint(say!(
            "改动总是按今天；要记另一天请填日期字段",
            "changes are always made today; to record another day fill a day field"
        )));
    }
    // What is done beside the service is refused here; all else the service refuses.
    let beside = matches!(command, Command::Restore { .. } | Command::Stop);
    if desk.global.read_only && beside {
        return Err(Refusal::read_only());
    }
    match command {
        Command::Demo(args) => {
            let (dir, stay) = demo::demo(desk, &args)?;
            if stay {
                return Ok(0);
            }
            open(&Desk {
                dir,
                ..desk.clone()
            })
        }
        Command::Serve {
            group,
            detach,
            idle,
        } => operate::serve(desk, group, detach, idle),
        Command::Stop => operate::stop(desk),
        Command::Status => operate::status(desk),
        Command::Drafts => draft::drafts(desk),
        Command::Pin { clear } => pin::pin(desk, clear),
        Command::Find { words, kind, limit } => {
            look::find(desk, &words.join(" "), kind.as_deref(), limit)
        }
        Command::List {
            kind,
            filters,
            sort,
            limit,
            after,
        } => look::list(desk, &kind, &filters, sort, limit, after.as_deref()),
        Command::Show { code } => look::show(desk, &code.join(" ")),
        Command::History { code } => history::history(desk, &code),
        Command::New { kind, given } => data::new(desk, &kind, &given),
        Command::Edit { code, given, rev } => data::edit(desk, &code, &given, rev),
        Command::Do {
            step,
            code,
            given,
            rev,
        } => data::step(desk, &step, &code, given, rev),
        Command::Steps { code } => look::steps(desk, &code),
        Command::Match { code, limit } => matching::matching(desk, &code, limit),
        Command::Reveal {
            code,
            field,
            reason,
        } => data::reveal(desk, &code, field, reason),
        Command::Check(args) => check::check(desk, &args),
        Command::Queue(args) => queue::queue(desk, &args),
        Command::Case { code } => case::case(desk, &code),
        Command::Tree => look::tree(desk),
        Command::Hours { of, year, own } => hours::hours(desk, of.as_deref(), year, own),
        Command::Calendar {
            learn: Some(file),
            reason,
            ..
        } => due::learn(desk, &file, &reason),
        Command::Due { from, days, unit } => due::due(desk, &from, days, unit),
        Command::Evidence { code, file, given } => evidence::evidence(desk, &code, &file, given),
        Command::Calendar {
            month, org, list, ..
        } => calendar::calendar(desk, month.as_deref(), org.as_deref(), list),
        Command::Import(args) => exchange::import(desk, &args),
        Command::Export(args) => exchange::export(desk, &args),
        Command::Print(args) => paper::print(desk, args),
        Command::Backup { file } => keep::backup(desk, &file),
        Command::Restore { file } => keep::restore(desk, &file),
        Command::Verify => keep::verify(desk),
        Command::Log { what } => match what {
            LogCommand::Verify { head } => keep::log_verify(desk, head.as_deref()),
            LogCommand::Head => keep::log_head(desk),
            LogCommand::Export => keep::log_export(desk),
        },
        Command::Fields { kind } => fields::print(desk, kind.as_deref()),
        Command::Keys { check } => keys::print(desk, check),
        Command::Setting { pair, reason } => setting::setting(desk, pair.as_deref(), &reason),
        Command::Rights => {
            outln!("{}", crate::service::permit::print());
            Ok(0)
        }
        Command::Unit { which } => unit::print(which),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "kezhi", &mut script);
            outln!("{}", String::from_utf8_lossy(&script).trim_end());
            Ok(0)
        }
        Command::Man => {
            outln!("{}", man().map_err(Refusal::fault)?);
            Ok(0)
        }
    }
}

/// The pages of the program and of each of its commands, one after another.
fn man() -> std::io::Result<String> {
    let mut all = Args::command().disable_help_subcommand(true);
    all.build();
    let mut pages = Vec::new();
    clap_mangen::Man::new(all.clone()).render(&mut pages)?;
    for command in all.get_subcommands().filter(|one| !one.is_hide_set()) {
        let title = format!("kezhi-{}", command.get_name());
        clap_mangen::Man::new(command.clone())
            .title(title)
            .render(&mut pages)?;
    }
    Ok(String::from_utf8_lossy(&pages).trim_end().to_owned())
}

/// Refuses a locale that names another encoding: in ASCII, since nothing else would be readable there.
fn utf8() -> Result<(), Refusal> {
    let set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let Some(name) = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(set) else {
        return Ok(());
    };
    let value = std::env::var(name).unwrap_or_default();
    let charset = value.split_once('.').map_or("", |(_, charset)| charset);
    let charset = charset.split('@').next().unwrap_or_default();
    let plain: String = charset
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if charset.is_empty() || plain.eq_ignore_ascii_case("utf8") {
        return Ok(());
    }
    let value = value.replace(|c: char| !c.is_ascii(), "?");
    // Between a message and its hint stands what is no ASCII.
    let said = format!(
        "kezhi needs UTF-8, but {name}={value}: export LANG=zh_CN.UTF-8 (or C.UTF-8), unset LC_ALL, \
         and set the terminal's encoding to UTF-8"
    );
    let both = crate::domain::said::Said {
        zh: said.clone(),
        en: said,
    };
    Err(Refusal::new(RefusalKind::Usage, both))
}

fn open(desk: &Desk) -> Result<u8, Refusal> {
    if desk.global.plain {
        return plain::run(desk);
    }
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!("工作台要在终端里打开", "the workstation needs a terminal"),
        )
        .hint(say!(
            "命令见 kezhi --help",
            "kezhi --help lists the commands"
        )));
    }
    utf8()?;
    let (again, lang) = (desk.clone(), desk.lang);
    let state = state(&desk.socket());
    crate::tui::run(std::sync::Arc::new(move || again.connect()), lang, state)?;
    Ok(0)
}
