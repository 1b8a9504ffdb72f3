//! What may be typed: commands, arguments and their help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::cli::check::CheckArgs;
use crate::cli::demo::DemoArgs;
use crate::cli::due::UnitArg;
use crate::cli::exchange::{ExportArgs, ImportArgs};
use crate::cli::paper::PaperArgs;
use crate::cli::queue::QueueArgs;
use crate::cli::unit::Which;

/// 科志: organisations, volunteers, activities and complaints of 科技志愿服务.
#[derive(Parser)]
#[command(name = "kezhi", version, about, max_term_width = 100)]
pub struct Args {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What every command takes.
#[derive(clap::Args, Clone)]
pub struct Global {
    /// Data directory 数据目录
    #[arg(long, global = true, env = "KEZHI_DATA", value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Socket of a server 服务器的套接字
    #[arg(long, global = true, env = "KEZHI_SOCKET", value_name = "PATH")]
    pub(super) socket: Option<PathBuf>,
    /// Answer in JSON 以 JSON 回答
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// Language 语言
    #[arg(long, global = true, env = "KEZHI_LANG", value_enum, default_value_t = LangArg::Zh)]
    pub(super) lang: LangArg,
    /// Read alone: the session changes, reveals, prints and exports nothing 只读
    #[arg(long, global = true, env = "KEZHI_READ_ONLY", value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) read_only: bool,
    /// A dialogue line by line, for screen readers 逐行对话，供读屏软件
    #[arg(long, conflicts_with = "json")]
    pub(super) plain: bool,
    /// Read as of this day: ages, posts held, the year (show, list, hours, calendar, check, queue) 以此日为准
    #[arg(long, global = true, value_name = "DATE")]
    pub(super) as_of: Option<String>,
}

/// What a change is given.
#[derive(clap::Args)]
pub struct Given {
    /// FIELD=VALUE
    pub(crate) fields: Vec<String>,
    /// Go on where the program asks 已确认
    #[arg(long)]
    pub(crate) yes: bool,
    /// Go on where a rule asks for a reason 写明原因
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    Zh,
    En,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Demonstration data, then the workstation 演示数据
    Demo(DemoArgs),
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
    /// Your own texts that are typed and not sent 草稿
    Drafts,
    /// Whether your covered screen asks for a PIN 遮挡口令
    Pin {
        /// Take it away: you forgot it 忘了，去掉它
        #[arg(long)]
        clear: bool,
    },
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
        /// FIELD=VALUE; of a day a period: 本周, 今后30天, 2026-11, 2026-11-20..2026-12-05, ..2026-12-01, 没填
        #[arg(long = "where", value_name = "FIELD=VALUE")]
        filters: Vec<String>,
        /// Field to sort by, -FIELD for the other way round 排序字段
        #[arg(long, allow_hyphen_values = true)]
        sort: Option<String>,
        /// At most so many 至多几条
        #[arg(long, default_value_t = 50)]
        limit: usize,
        /// After this record, in the order of the list 从此编号之后，按所列的顺序
        #[arg(long)]
        after: Option<String>,
    },
    /// Show a record 查看一条
    Show {
        /// Code, or the ten digits of a certificate's check code 编号，或证明的十位查验码
        #[arg(required = true, num_args = 1..)]
        code: Vec<String>,
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
        #[command(flatten)]
        given: Given,
    },
    /// Change a record 修改
    Edit {
        /// Code 编号
        code: String,
        #[command(flatten)]
        given: Given,
        /// Only if this is still the revision 仅当仍是此版本
        #[arg(long)]
        rev: Option<u64>,
    },
    /// Take a step of the lifecycle, of one record or of several 办理一步，可写几个编号
    Do {
        /// Step 步骤
        step: String,
        /// Code 编号
        code: String,
        #[command(flatten)]
        given: Given,
        /// Only if this is still the revision 仅当仍是此版本
        #[arg(long)]
        rev: Option<u64>,
    },
    /// The steps of a record, and what stands in their way 可办的步骤
    Steps {
        /// Code 编号
        code: String,
    },
    /// Who fits a need, or could take a place in an activity 为需求或活动找人
    Match {
        /// Code of a need or an activity 需求或活动编号
        code: String,
        /// At most so many 至多几条
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// Read one masked field; the reason is logged 查看隐藏内容（记入日志）
    Reveal {
        /// Code 编号
        code: String,
        /// Field, or posts.2.phone for the second row of the posts 字段；第二条任职的电话写 posts.2.phone
        field: String,
        /// Why 原因
        #[arg(long)]
        reason: String,
    },
    /// What the rules hold against what stands 按办法核对
    Check(CheckArgs),
    /// Matters that wait, what is lost first before the others 待办队列
    Queue(QueueArgs),
    /// One case in full: clocks, what happened, what comes next 一案全貌
    Case {
        /// Code 编号
        code: String,
    },
    /// The organisation tree 组织树
    Tree,
    /// Confirmed hours, and what they unfold to 服务时长
    Hours {
        /// Organisation, volunteer or activity: code or name; all that you see if left out 组织、志愿者或活动
        of: Option<String>,
        /// Year, 0 for all years; this year if left out 年份，0 为各年合计
        #[arg(long)]
        year: Option<i32>,
        /// Of an organisation: the records of its own, without those below it 只看本级的记录
        #[arg(long, requires = "of")]
        own: bool,
    },
    /// A month of activities 活动日历
    Calendar {
        /// Month, as 2026-12; this month if left out 月份
        month: Option<String>,
        /// Only of this organisation and those below it: code or name 只看这个组织及其下级
        #[arg(long)]
        org: Option<String>,
        /// By day instead of as a grid 按日列出
        #[arg(long)]
        list: bool,
        /// Instead: enter the holidays of a year, one a line: year,name,from,to,worked worked 录入一年的放假安排
        #[arg(long, value_name = "FILE", conflicts_with_all = ["month", "org", "list"], requires = "reason")]
        learn: Option<PathBuf>,
        /// By which notice 依据
        #[arg(
            long,
            default_value = "",
            requires = "learn",
            hide_default_value = true
        )]
        reason: String,
    },
    /// When a term ends, and how it is counted 期限几日，何日届满
    Due {
        /// The day that sets it going 起算的日期
        from: String,
        /// How many days 几日
        days: u16,
        /// Of the calendar, or working days 按日或按工作日
        #[arg(value_enum)]
        unit: UnitArg,
    },
    /// Add a piece of evidence to a matter: the file stays where it is, its SM3 is kept 添一件证据（只记文件的 SM3）
    Evidence {
        /// Code 编号
        code: String,
        /// File 文件
        file: PathBuf,
        #[command(flatten)]
        given: Given,
    },
    /// Take in a spreadsheet: all rows or none 导入
    Import(ImportArgs),
    /// Write a kind to a file 导出
    Export(ExportArgs),
    /// Write a document: certificate, agreement, lists 打印证明、协议、签到表
    Print(PaperArgs),
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
    Keys {
        /// What is wrong with your own keymap.toml 检查自己的键表
        #[arg(long)]
        check: bool,
    },
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
        which: Which,
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
pub(super) enum LogCommand {
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
