//! What is shown in the place of a personal value.

use crate::domain::field::{Field, Privacy, Type};
use crate::domain::phone::is_mobile;
use crate::domain::value::Value;

/// What stands for a value of which only that it is there may be seen.
pub const HIDDEN: &str = "已登记，内容隐藏";

/// The value as those see it who may not see it all; of rows, column by column.
pub fn masked(field: &Field, value: &Value) -> Value {
    match (field.privacy, field.of, value) {
        (Privacy::Open, Type::Rows(_), Value::List(rows)) => {
            Value::List(rows.iter().map(|row| masked(field, row)).collect())
        }
        (Privacy::Open, Type::Rows(columns), Value::Map(row)) => Value::Map(
            row.iter()
                .map(|(key, value)| {
                    let column = columns.iter().find(|column| column.key == key);
                    let shown = column.map_or_else(|| value.clone(), |one| masked(one, value));
                    (key.clone(), shown)
                })
                .collect(),
        ),
        (Privacy::Open, ..) => value.clone(),
        (Privacy::Office, _, Value::Text(text)) if !is_mobile(text) => value.clone(),
        (Privacy::Inside, _, Value::Text(text)) => Value::Text(inside(text)),
        (Privacy::Phone | Privacy::Office | Privacy::Identity, _, Value::Text(text)) => {
            Value::Text(middle(text, 3, 4))
        }
        (Privacy::Party, _, Value::Text(text)) => Value::Text(surname(text)),
        _ => Value::Text(HIDDEN.to_owned()),
    }
}

/// The keys of what a field hides of this value: its own, or `posts.2.phone` of a column in a row.
pub fn hidden(field: &Field, value: &Value) -> Vec<String> {
    let Type::Rows(columns) = field.of else {
        let hides = field.privacy != Privacy::Open && masked(field, value) != *value;
        return hides.then(|| field.key.to_owned()).into_iter().collect();
    };
    let mut keys = Vec::new();
    for (nth, row) in value.parts().iter().enumerate() {
        let Value::Map(row) = row else { continue };
        for column in columns {
            if row
                .get(column.key)
                .is_some_and(|held| masked(column, held) != *held)
            {
                keys.push(format!("{}.{}.{}", field.key, nth + 1, column.key));
            }
        }
    }
    keys
}

/// A text whose mobile numbers have their middle hidden.
fn inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        out.push_str(&if is_mobile(&run) {
            middle(&run, 3, 4)
        } else {
            std::mem::take(&mut run)
        });
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// A person's surname, as far as one character tells it.
fn surname(text: &str) -> String {
    text.chars().take(1).chain("**".chars()).collect()
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
