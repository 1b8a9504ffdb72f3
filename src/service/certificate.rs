//! The certificate behind a check code that somebody reads aloud.

use crate::domain::certificate::{can_be, heard};
use crate::domain::fold::bare;
use crate::domain::kind::{Code, Kind};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::protocol::{View, Who};
use crate::say;
use crate::service::{Service, reading};

impl Service {
    /// Finds it; a code that was heard wrong is told apart from one that was never issued.
    /// Of one outside the caller's scope only what may be told to whoever has the code.
    pub fn certificate(&self, who: &Who, typed: &str) -> Result<View, Refusal> {
        let code: String = bare(typed).chars().filter(char::is_ascii_digit).collect();
        if !can_be(&code) {
            return Err(Refusal::new(
                RefusalKind::NotFound,
                say!(
                    "查验码「{typed}」的校验位不符，可能听错或抄错一位",
                    "the check digits of \"{typed}\" do not agree: one was heard or written wrong"
                ),
            )
            .hint(say!(
                "请对方再念一遍，十位数字",
                "have it read again: ten digits"
            )));
        }
        let found = self
            .reader()?
            .numbers(Kind::Certificate, "check_code", &code)?;
        let number = found.first().ok_or_else(|| {
            Refusal::new(
                RefusalKind::NotFound,
                say!(
                    "没有出具过查验码 {code} 的证明",
                    "no certificate was issued with the code {code}"
                ),
            )
            .hint(say!(
                "请对方核对；确有纸质证明的，请记下并报告",
                "have it compared; if there is a paper, note it down and report it"
            ))
        })?;
        let code = Code::new(Kind::Certificate, *number);
        let reader = self.reader()?;
        let record = reader
            .get(code)?
            .ok_or_else(|| Refusal::not_found(&code.to_string()))?;
        if reading(&self.desk).sees(who, &record) {
            return self.shown(who, &record);
        }
        // Whoever holds the code holds the paper: whether it is valid is for everybody who asks.
        Ok(View {
            told: heard(&record, &reader),
            ..View::of(code)
        })
    }
}
