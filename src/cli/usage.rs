//! What clap finds wrong with a command line, said as every other refusal is said.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::{Lang, Said};
use crate::say;

/// The language and whether JSON was asked for, before anything could be parsed.
pub(crate) fn wishes() -> (Lang, bool) {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let mut lang = std::env::var("KEZHI_LANG").unwrap_or_default();
    for (at, word) in words.iter().enumerate() {
        if let Some(given) = word.strip_prefix("--lang=") {
            given.clone_into(&mut lang);
        } else if word == "--lang" {
            lang = words.get(at + 1).cloned().unwrap_or_default();
        }
    }
    let lang = if lang == "en" { Lang::En } else { Lang::Zh };
    (lang, words.iter().any(|word| word == "--json"))
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The refusal behind an error of the command line.
pub(crate) fn refusal(error: &clap::Error) -> Refusal {
    let about = |kind| context(error, kind);
    let (arg, value) = (
        about(ContextKind::InvalidArg),
        about(ContextKind::InvalidValue),
    );
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = about(ContextKind::InvalidSubcommand);
            say!("没有命令「{word}」", "there is no command \"{word}\"")
        }
        ErrorKind::UnknownArgument => {
            say!("这里不认识「{arg}」", "\"{arg}\" is not expected here")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            say!("{arg} 要有值", "{arg} needs a value")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            say!(
                "「{value}」不能用于 {arg}",
                "\"{value}\" does not fit {arg}"
            )
        }
        ErrorKind::MissingRequiredArgument => say!("还缺 {arg}", "{arg} is missing"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say!("还缺子命令", "a subcommand is missing")
        }
        ErrorKind::ArgumentConflict => {
            let other = about(ContextKind::PriorArg);
            say!(
                "{arg} 与 {other} 不能同用",
                "{arg} and {other} exclude each other"
            )
        }
        _ => Said {
            zh: "命令写法不对".to_owned(),
            en: error.kind().to_string(),
        },
    };
    let choices = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::ValidValue,
    ]
    .into_iter()
    .map(about)
    .find(|text| !text.is_empty());
    let hint = match choices {
        Some(list) => say!(
            "可用：{list}；写法见 kezhi --help",
            "possible: {list}; kezhi --help shows how"
        ),
        None => say!("写法见 kezhi --help", "kezhi --help shows how"),
    };
    Refusal::new(RefusalKind::Usage, message).hint(hint)
}
