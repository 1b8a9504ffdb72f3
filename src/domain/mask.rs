//! What is shown in the place of a personal value.

use crate::domain::field::Privacy;
use crate::domain::value::Value;

/// What stands for a value of which only that it is there may be seen.
pub const HIDDEN: &str = "已登记，内容隐藏";

/// The value as those see it who may not see it all.
pub fn masked(privacy: Privacy, value: &Value) -> Value {
    match (privacy, value) {
        (Privacy::Open, _) => value.clone(),
        (Privacy::Phone, Value::Text(text)) => Value::Text(middle(text, 3, 4)),
        (Privacy::Identity, Value::Text(text)) => Value::Text(middle(text, 3, 4)),
        _ => Value::Text(HIDDEN.to_owned()),
    }
}

/// A text whose middle is stars; short texts show less.
pub fn middle(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    let (head, tail) = if length >= head + tail + 3 {
        (head, tail)
    } else {
        (1.min(length), 0)
    };
    text.chars()
        .enumerate()
        .map(|(at, c)| {
            if at < head || at >= length - tail {
                c
            } else {
                '*'
            }
        })
        .collect()
}
