//! `kezhi print`: documents as PDF or plain text.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::data::code;
use crate::cli::{Desk, odd};
use crate::domain::kind::Kind;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::work::{Paper, Print};
use crate::protocol::{Answer, Request};
use crate::say;

/// Which document.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum PaperArg {
    /// Certificate, agreement, plan of an activity, what fits a matter's state 证明、协议、活动登记表、投诉当前的文书
    Own,
    /// Certificates of all who served in an activity 活动的成批证明
    Certificates,
    /// Sign-in list 签到表
    #[value(alias = "signin", alias = "sign_in")]
    SignIn,
    /// Notice to volunteers 致志愿者的通知
    Notice,
    /// Receipt of a matter 受理回执
    Receipt,
    /// Notice of acceptance 受理告知书
    Acceptance,
    /// Notice of refusal 不予受理告知书
    Refusal,
    /// Extension notice 延期告知书
    Extension,
    /// Hand-over letter 转办函、移送函
    Handover,
    /// Answer 答复意见书
    Answer,
    /// Review notice 复查、复核受理告知书
    Review,
    /// Mediation agreement 调解（和解）协议书
    Settlement,
    /// Case file 案卷
    Case,
    /// Notice of a proposed sanction 拟处理告知书
    Proposal,
    /// Decision on a sanction 处理决定书
    Decision,
}

impl From<PaperArg> for Paper {
    fn from(arg: PaperArg) -> Self {
        match arg {
            PaperArg::Own => Paper::Own,
            PaperArg::Certificates => Paper::Certificates,
            PaperArg::SignIn => Paper::SignIn,
            PaperArg::Notice => Paper::Notice,
            PaperArg::Receipt => Paper::Receipt,
            PaperArg::Acceptance => Paper::Acceptance,
            PaperArg::Refusal => Paper::Refusal,
            PaperArg::Extension => Paper::Extension,
            PaperArg::Handover => Paper::Handover,
            PaperArg::Answer => Paper::Answer,
            PaperArg::Review => Paper::Review,
            PaperArg::Settlement => Paper::Settlement,
            PaperArg::Case => Paper::Case,
            PaperArg::Proposal => Paper::Proposal,
            PaperArg::Decision => Paper::Decision,
        }
    }
}

/// What is to be printed, and where to.
#[derive(clap::Args)]
pub struct PaperArgs {
    /// Code 编号
    code: String,
    /// File: .pdf, or .txt for plain text 文件
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Which document 哪种文件
    #[arg(long, value_enum, default_value_t = PaperArg::Own)]
    paper: PaperArg,
    /// Whom a hand-over letter addresses 移送函写给哪个单位
    #[arg(long, value_name = "BODY", default_value = "")]
    to: String,
}

pub(crate) fn print(desk: &Desk, args: PaperArgs) -> Result<u8, Refusal> {
    let extension = args.output.as_ref().and_then(|file| file.extension());
    let pdf = extension.is_some_and(|word| word.eq_ignore_ascii_case("pdf"));
    let plain = extension.is_none_or(|word| word.eq_ignore_ascii_case("txt"));
    if !pdf && !plain {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "文件名应以 .pdf 或 .txt 结尾",
                "the file must end in .pdf or .txt"
            ),
        )
        .hint(say!("-o 文件.pdf", "-o FILE.pdf")));
    }
    let record = code(&args.code)?;
    if !matches!(
        record.kind,
        Kind::Certificate | Kind::Agreement | Kind::Activity | Kind::Complaint | Kind::Sanction
    ) {
        return Err(Refusal::new(
            RefusalKind::Usage,
            say!(
                "这类记录没有可打印的文件",
                "this kind of record has no document"
            ),
        )
        .hint(say!(
            "可打印的有证明 ZM、协议 XY、活动 HD、投诉 TS、处理 CL",
            "certificates ZM, agreements XY, activities HD, complaints TS and sanctions CL are printed"
        )));
    }
    let print = Print {
        code: record,
        paper: args.paper.into(),
        pdf,
        to: args.to,
    };
    let Answer::File(_, bytes) = desk.connect()?.ask(Request::Print(print))? else {
        return Err(odd());
    };
    let Some(file) = args.output else {
        outln!("{}", String::from_utf8_lossy(&bytes));
        return Ok(0);
    };
    std::fs::write(&file, &bytes).map_err(|cause| {
        let name = file.display();
        Refusal::new(
            RefusalKind::Fault,
            say!("写不了文件 {name}：{cause}", "cannot write {name}: {cause}"),
        )
        .hint(say!("换个地方再存：-o 文件", "write it elsewhere: -o FILE"))
    })?;
    let (name, count) = (file.display().to_string(), bytes.len());
    if desk.global.json {
        outln!("{}", serde_json::json!({ "file": name, "bytes": count }));
    } else {
        let said = say!(
            "已写入 {name}（{count} 字节）",
            "written to {name} ({count} bytes)"
        );
        outln!("{}", said.get(desk.lang));
    }
    Ok(0)
}
