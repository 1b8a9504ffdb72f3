//! The command line: the same requests as the screen, for scripts and for people.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::domain::day;
use crate::domain::kind::Kind;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Lang;
use crate::say;
use crate::wire::client::Client;
use crate::wire::start;

/// Like `println!`, but a reader that has enough (`| head`) ends the program quietly.
macro_rules! outln {
    ($($arg:tt)*) => { $crate::cli::print::out(format_args!($($arg)*)) };
}

mod data;
mod demo;
mod exchange;
mod fields;
mod history;
mod keys;
mod operate;
mod print;
mod setting;
mod unit;
mod usage;

/// 科志: organisations, volunteers, activities and complaints of 科技志愿服务.
#[derive(Parser)]
#[command(name = "kezhi", version, about, max_term_width = 100)]
pub struct Args {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command takes.
#[derive(clap::Args, Clone)]
pub struct Global {
    /// Data directory 数据目录
    #[arg(long, global = true, env = "KEZHI_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Socket of a server 服务器的套接字
    #[arg(long, global = true, env = "KEZHI_SOCKET", value_name = "PATH")]
    socket: Option<PathBuf>,
    /// Answer in JSON 以 JSON 回答
    #[arg(long, global = true)]
    json: bool,
    /// Language 语言
    #[arg(long, global = true, env = "KEZHI_LANG", value_enum, default_value_t = LangArg::Zh)]
    lang: LangArg,
    /// Read as of this day: ages, posts held (show, list) 以此日为准
    #[arg(long, global = true, value_name = "DATE")]
    as_of: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    Zh,
    En,
}

#[derive(Subcommand)]
enum Command {
    /// Demonstration data, then the workstation 演示数据
    Demo(demo::DemoArgs),
    /// Run the service here 在前台运行服务
    Serve {
        /// The group that may connect 可连接的用户组
        #[arg(long)]
        group: Option<String>,
        /// Leave the terminal 脱离终端
        #[arg(long, hide = true)]
        detach: bool,
        /// Leave after so many seconds with nobody there 无人使用多少秒后退出
        #[arg(long, hide = true, env = "KEZHI_IDLE", value_name = "SECONDS")]
        idle: Option<u64>,
    },
    /// End the service 停止服务
    Stop,
    /// How the service is 服务状态
    Status,
    /// Search 查找
    Find {
        /// Words: names, pinyin, digits, places, teams 词：姓名、拼音、号码、地名、队名
        words: Vec<String>,
        /// Only this kind 只查这一类
        #[arg(long)]
        kind: Option<String>,
        /// At most so many 至多几条
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// List a kind 列出一类
    List {
        /// Kind 类别
        kind: String,
        /// FIELD=VALUE
        #[arg(long = "where", value_name = "FIELD=VALUE")]
        filters: Vec<String>,
        /// Field to sort by, -FIELD for the other way round 排序字段
        #[arg(long, allow_hyphen_values = true)]
        sort: Option<String>,
        /// At most so many 至多几条
        #[arg(long, default_value_t = 50)]
        limit: usize,
        /// After this code 从此编号之后
        #[arg(long)]
        after: Option<String>,
    },
    /// Show a record 查看一条
    Show {
        /// Code 编号
        code: String,
    },
    /// Who changed what 变更记录
    History {
        /// Code 编号
        code: String,
    },
    /// Make a record 新建
    New {
        /// Kind 类别
        kind: String,
        /// FIELD=VALUE
        fields: Vec<String>,
        /// Go on where the program asks 已确认
        #[arg(long)]
        yes: bool,
    },
    /// Change a record 修改
    Edit {
        /// Code 编号
        code: String,
        /// FIELD=VALUE
        fields: Vec<String>,
        /// Only if this is still the revision 仅当仍是此版本
        #[arg(long)]
        rev: Option<u64>,
        /// Go on where the program asks 已确认
        #[arg(long)]
        yes: bool,
    },
    /// Take a step of the lifecycle 办理一步
    Do {
        /// Step 步骤
        step: String,
        /// Code 编号
        code: String,
        /// FIELD=VALUE
        fields: Vec<String>,
        /// Only if this is still the revision 仅当仍是此版本
        #[arg(long)]
        rev: Option<u64>,
        /// Go on where the program asks 已确认
        #[arg(long)]
        yes: bool,
    },
    /// The steps of a record, and what stands in their way 可办的步骤
    Steps {
        /// Code 编号
        code: String,
    },
    /// Read one masked field; the reason is logged 查看隐藏内容（记入日志）
    Reveal {
        /// Code 编号
        code: String,
        /// Field 字段
        field: String,
        /// Why 原因
        #[arg(long)]
        reason: String,
    },
    /// The organisation tree 组织树
    Tree,
    /// Take in a spreadsheet: all rows or none 导入
    Import(exchange::ImportArgs),
    /// Write a kind to a file 导出
    Export(exchange::ExportArgs),
    /// Copy the store while it is in use 备份
    Backup {
        /// File 文件
        file: PathBuf,
    },
    /// Put a backup into an empty data directory 恢复
    Restore {
        /// File 文件
        file: PathBuf,
    },
    /// Check store, indexes and log 核对
    Verify,
    /// The log 日志
    Log {
        #[command(subcommand)]
        what: LogCommand,
    },
    /// The fields of the kinds 字段
    Fields {
        /// Kind 类别
        kind: Option<String>,
    },
    /// The keys of the screen 按键
    Keys,
    /// Numbers that the regulation leaves to the department 本单位规定
    Setting {
        /// SETTING=VALUE; an empty value goes back to the default
        pair: Option<String>,
        /// Why, or by which decision 依据
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Who may do what 权限表
    Rights,
    /// Files for a server 服务器配置
    Unit {
        /// Which
        #[arg(value_enum)]
        which: unit::Which,
    },
    /// Completions for a shell 命令补全
    Completions {
        /// Shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page 手册
    Man,
}

#[derive(Subcommand)]
enum LogCommand {
    /// Follow the chain 核对日志链
    Verify {
        /// A head that was noted before: NUMBER:HASH 之前记下的链头
        #[arg(long)]
        head: Option<String>,
    },
    /// Where the log ends 链头
    Head,
    /// All entries as JSON lines 导出
    Export,
}

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

    /// Connects; starts a personal service if none runs.
    pub(crate) fn connect(&self) -> Result<Client, Refusal> {
        match &self.global.socket {
            Some(socket) => Client::connect(socket, self.lang),
            None => start::connect(&self.dir, self.lang),
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
            Some(socket) => Client::connect(socket, self.lang),
            None => start::connect_running(&self.dir, self.lang),
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
    if desk.as_of.is_some() && !matches!(command, Command::Show { .. } | Command::List { .. }) {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "--as-of 只用于 show 和 list",
                "--as-of is for show and list only"
            ),
        )
        .field("as_of")
        .hint(say!(
            "改动总是按今天；要记另一天请填日期字段",
            "changes are always made today; to record another day fill a day field"
        )));
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
        Command::Find { words, kind, limit } => {
            data::find(desk, &words.join(" "), kind.as_deref(), limit)
        }
        Command::List {
            kind,
            filters,
            sort,
            limit,
            after,
        } => data::list(desk, &kind, &filters, sort, limit, after.as_deref()),
        Command::Show { code } => data::show(desk, &code),
        Command::History { code } => history::history(desk, &code),
        Command::New { kind, fields, yes } => data::new(desk, &kind, &fields, yes),
        Command::Edit {
            code,
            fields,
            rev,
            yes,
        } => data::edit(desk, &code, &fields, rev, yes),
        Command::Do {
            step,
            code,
            fields,
            rev,
            yes,
        } => data::step(desk, &step, &code, &fields, rev, yes),
        Command::Steps { code } => data::steps(desk, &code),
        Command::Reveal {
            code,
            field,
            reason,
        } => data::reveal(desk, &code, field, reason),
        Command::Tree => data::tree(desk),
        Command::Import(args) => exchange::import(desk, &args),
        Command::Export(args) => exchange::export(desk, &args),
        Command::Backup { file } => operate::backup(desk, &file),
        Command::Restore { file } => operate::restore(desk, &file),
        Command::Verify => operate::verify(desk),
        Command::Log { what } => match what {
            LogCommand::Verify { head } => operate::log_verify(desk, head.as_deref()),
            LogCommand::Head => operate::log_head(desk),
            LogCommand::Export => operate::log_export(desk),
        },
        Command::Fields { kind } => fields::print(desk, kind.as_deref()),
        Command::Keys => keys::print(desk),
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

fn open(desk: &Desk) -> Result<u8, Refusal> {
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
    let (again, lang) = (desk.clone(), desk.lang);
    crate::tui::run(Box::new(move || again.connect()), lang)?;
    Ok(0)
}
