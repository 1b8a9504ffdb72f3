//! Settings on the command line.

use crate::cli::{Desk, odd, print};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::setting::{HOUSE, SETTINGS};
use crate::protocol::{Answer, Request, SettingView};
use crate::say;

pub(crate) fn setting(desk: &Desk, given: Option<&str>, reason: &str) -> Result<u8, Refusal> {
    let request = match given {
        None => Request::Settings,
        Some(pair) => {
            let Some((key, value)) = pair.split_once('=') else {
                return Err(Refusal::new(
                    RefusalKind::Usage,
                    say!(
                        "「{pair}」应写作 规定项=值",
                        "\"{pair}\" should be SETTING=VALUE"
                    ),
                )
                .hint(say!(
                    "规定项见 kezhi setting",
                    "kezhi setting lists the settings"
                )));
            };
            Request::Set {
                key: key.trim().to_owned(),
                value: value.to_owned(),
                reason: reason.to_owned(),
            }
        }
    };
    let Answer::Settings(all) = desk.connect()?.ask(request)? else {
        return Err(odd());
    };
    if desk.global.json {
        outln!("{}", serde_json::to_string(&all).map_err(Refusal::fault)?);
    } else {
        outln!("{}", table(desk, &all));
    }
    Ok(0)
}

fn table(desk: &Desk, all: &[SettingView]) -> String {
    let heads = match desk.lang {
        crate::domain::said::Lang::Zh => [HOUSE, "", "现为", "原定"],
        crate::domain::said::Lang::En => ["Setting", "", "Now", "Default"],
    };
    let rows = all
        .iter()
        .map(|view| {
            let label = SETTINGS
                .iter()
                .find(|setting| setting.key == view.key)
                .map_or("", |setting| setting.label.get(desk.lang));
            vec![
                view.key.clone(),
                label.to_owned(),
                view.value.to_string(),
                view.default.to_string(),
            ]
        })
        .collect();
    print::table(&heads, rows)
}
