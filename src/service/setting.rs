//! Reading and deciding settings; every decision is logged.

use crate::domain::change::{Entry, FieldChange};
use crate::domain::fold::bare;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::rule::World;
use crate::domain::setting::{SETTINGS, Setting};
use crate::domain::value::Value;
use crate::protocol::SettingView;
use crate::say;
use crate::service::term::rewound;
use crate::service::writer::Made;
use crate::service::{Service, Session, now, today};

impl Service {
    /// The settings as they stand.
    pub fn settings(&self) -> Result<Vec<SettingView>, Refusal> {
        let reader = self.reader()?;
        Ok(SETTINGS
            .iter()
            .map(|setting| SettingView {
                key: setting.key.to_owned(),
                value: setting.now(&reader),
                default: setting.default,
            })
            .collect())
    }

    /// Decides a setting; an empty value goes back to the default.
    pub fn set(
        &self,
        session: &Session,
        key: &str,
        value: &str,
        reason: &str,
    ) -> Result<Vec<SettingView>, Refusal> {
        let setting = SETTINGS
            .iter()
            .find(|setting| setting.key == key)
            .ok_or_else(|| unknown(key))?;
        let number = number(setting, value)?;
        let mut entry = Entry {
            at: now(),
            uid: session.who.uid,
            who: session.who.name.clone(),
            session: session.id,
            action: setting.mark(),
            reason: reason.trim().to_owned(),
            ..Entry::default()
        };
        let today = today();
        self.submit(Box::new(move |writer| {
            let before = writer.setting(setting.key).unwrap_or(setting.default);
            if before != number {
                writer.mark(&setting.mark(), &number.to_string())?;
                entry.changes = vec![FieldChange {
                    field: setting.key.to_owned(),
                    from: Some(Value::Int(before)),
                    to: Some(Value::Int(number)),
                }];
                writer.log(&entry)?;
                entry.changes.clear();
                // What runs as long as the department says ends on another day now.
                return Ok(Ok(rewound(writer, &entry, today)?));
            }
            Ok(Ok(Made::default()))
        }))?;
        self.settings()
    }
}

fn number(setting: &Setting, value: &str) -> Result<i64, Refusal> {
    let (least, most) = (setting.least, setting.most);
    let text = bare(value);
    if text.is_empty() {
        return Ok(setting.default);
    }
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            Refusal::invalid(
                setting.key,
                say!(
                    "「{value}」不行，应为 {least} 至 {most} 的整数",
                    "\"{value}\" will not do: a whole number from {least} to {most}"
                ),
            )
        })
}

fn unknown(key: &str) -> Refusal {
    let list = SETTINGS
        .iter()
        .map(|setting| setting.key)
        .collect::<Vec<_>>()
        .join(" ");
    Refusal::new(
        RefusalKind::Usage,
        say!("没有规定项「{key}」", "there is no setting \"{key}\""),
    )
    .hint(say!("规定项有：{list}", "the settings are: {list}"))
}
