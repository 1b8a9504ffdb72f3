//! Who holds which post, where a sheet of organisations says so.

use chrono::NaiveDate;

use crate::domain::input::split_list;
use crate::domain::organisation::POST_COLUMNS;
use crate::domain::person_name::person_name;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::say;

/// The posts of an organisation with those of a row, whose columns are taken out of the fields; none if there is nothing new.
pub(super) fn posts(
    known: Option<&Record>,
    fields: &mut Fields,
    today: NaiveDate,
    problems: &mut Vec<Refusal>,
) -> Option<Value> {
    let mut posts: Vec<Value> = known
        .and_then(|known| known.get("posts"))
        .map(|posts| posts.parts().to_vec())
        .unwrap_or_default();
    let before = posts.len();
    for column in POST_COLUMNS.iter() {
        let Some(raw) = fields.remove(column.key) else {
            continue;
        };
        for holder in split_list(&raw.to_string()) {
            match appointed(column.key, &holder, &posts, known, today) {
                Ok(Some(post)) => posts.push(post),
                Ok(None) => {}
                Err(said) => problems.push(Refusal::invalid(
                    "posts",
                    Said {
                        zh: format!("{}：{}", column.label.zh, said.zh),
                        en: format!("{}: {}", column.label.en, said.en),
                    },
                )),
            }
        }
    }
    (posts.len() > before).then_some(Value::List(posts))
}

/// A new post; none if the holder has it already.
fn appointed(
    post: &str,
    holder: &str,
    posts: &[Value],
    known: Option<&Record>,
    today: NaiveDate,
) -> Result<Option<Value>, Said> {
    let holder = person_name(holder)?;
    let now: Vec<&str> = posts
        .iter()
        .filter_map(|row| match row {
            Value::Map(row) if !row.contains_key("to") => Some(row),
            _ => None,
        })
        .filter(|row| row.get("post").and_then(Value::text) == Some(post))
        .filter_map(|row| row.get("holder").and_then(Value::text))
        .collect();
    if now.contains(&holder.as_str()) {
        return Ok(None);
    }
    // Deputies and contacts may be several; of the others one goes before the next comes.
    if let Some(other) = now.first()
        && !post.starts_with('副')
        && post != "联系人"
    {
        let code = known.map_or_else(String::new, |known| known.code().to_string());
        return Err(say!(
            "现为「{other}」，不是「{holder}」；先办离任：kezhi do relieve {code} post={post} holder={other}",
            "{other} holds it, not {holder}; first: kezhi do relieve {code} post={post} holder={other}"
        ));
    }
    Ok(Some(Value::Map(Fields::from([
        ("post".to_owned(), post.into()),
        ("holder".to_owned(), holder.into()),
        ("from".to_owned(), today.to_string().into()),
    ]))))
}
