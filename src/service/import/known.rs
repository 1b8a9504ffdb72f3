//! Which record a row is about, by what names it beyond doubt.

use crate::domain::fold::bare;
use crate::domain::kind::{Code, Kind};
use crate::domain::person_name::person_name;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::said::Said;
use crate::domain::value::{Fields, Value};
use crate::protocol::Who;
use crate::say;
use crate::service::{Service, reading};
use crate::store::reader::Reader;

/// The record that a row is about; none for a new one. What only named it is taken out of the fields.
pub(super) fn known(
    service: &Service,
    who: &Who,
    kind: Kind,
    fields: &mut Fields,
    reader: &Reader,
) -> Result<Option<Record>, Refusal> {
    if let Some(code) = fields.remove("code") {
        let record = by_code(service, who, kind, &code.to_string(), reader)?;
        return agrees(service, &record, fields).map(|()| Some(record));
    }
    match kind {
        Kind::Volunteer => by_document(service, who, fields, reader),
        Kind::Organisation => by_name(service, fields, reader),
        _ => Ok(None),
    }
}

fn text<'a>(fields: &'a Fields, key: &str) -> &'a str {
    fields.get(key).and_then(Value::text).unwrap_or("")
}

fn by_code(
    service: &Service,
    who: &Who,
    kind: Kind,
    typed: &str,
    reader: &Reader,
) -> Result<Record, Refusal> {
    let label = kind.spec().label;
    let code = Code::read(typed).filter(|code| code.kind == kind);
    let record = code.map(|code| reader.get(code)).transpose()?.flatten();
    record
        .filter(|record| reading(&service.desk).sees(who, record))
        .ok_or_else(|| {
            Refusal::invalid(
                "code",
                Said {
                    zh: format!("没有编号为「{typed}」的{}", label.zh),
                    en: format!("there is no {} with the code \"{typed}\"", label.en),
                },
            )
            .hint(say!(
                "新登记的请清空编号",
                "clear the code if it is a new one"
            ))
        })
}

/// A code alone is easily off by a row: the name or the document must agree with it.
fn agrees(service: &Service, record: &Record, fields: &mut Fields) -> Result<(), Refusal> {
    let (code, name, said) = (record.code(), record.title(), text(fields, "name"));
    let number = bare(text(fields, "id_number")).to_ascii_uppercase();
    let same = match record.kind {
        Kind::Organisation => reading(&service.desk)
            .tree
            .named(said)
            .contains(&record.number),
        _ => {
            person_name(said).is_ok_and(|said| said == name)
                || (!number.is_empty() && number == record.text("id_number"))
        }
    };
    if !said.is_empty() && !same {
        let refusal = Refusal::invalid(
            "code",
            say!(
                "编号 {code} 是「{name}」，表中写的是「{said}」",
                "{code} is {name}, the sheet says {said}"
            ),
        );
        return Err(refusal.hint(match record.kind {
            Kind::Organisation => say!(
                "更名用：kezhi do rename {code} name=...",
                "to rename it: kezhi do rename {code} name=..."
            ),
            _ => say!(
                "改名用：kezhi edit {code} name=...；新登记的请清空编号",
                "to rename: kezhi edit {code} name=...; clear the code if it is a new person"
            ),
        }));
    }
    if record.kind == Kind::Organisation {
        // One of its other names is no new name.
        fields.remove("name");
    }
    Ok(())
}

fn by_document(
    service: &Service,
    who: &Who,
    fields: &Fields,
    reader: &Reader,
) -> Result<Option<Record>, Refusal> {
    let number = bare(text(fields, "id_number")).to_ascii_uppercase();
    if number.is_empty() {
        return Ok(None);
    }
    let found = reader.numbers(Kind::Volunteer, "id_number", &number)?;
    let codes: Vec<Code> = found
        .iter()
        .map(|number| Code::new(Kind::Volunteer, *number))
        .collect();
    match codes.as_slice() {
        [] => Ok(None),
        [code] => {
            let record = reader.get(*code)?;
            let seen = record.filter(|record| reading(&service.desk).sees(who, record));
            seen.map(Some).ok_or_else(|| {
                Refusal::new(
                    RefusalKind::NotPermitted,
                    say!(
                        "这个证件号码已由其他单位登记",
                        "another unit has registered this document"
                    ),
                )
                .field("id_number")
                .hint(say!(
                    "请由登记单位办理，或请总队处理",
                    "that unit must do it, or the regional team"
                ))
            })
        }
        several => {
            let list = several
                .iter()
                .map(Code::to_string)
                .collect::<Vec<_>>()
                .join("、");
            Err(Refusal::invalid(
                "id_number",
                say!(
                    "这个证件号码登记了几次：{list}",
                    "this document is registered several times: {list}"
                ),
            )
            .hint(say!(
                "在表中加「编号」列，填要更新的那一个",
                "add a column 编号 with the one that is meant"
            )))
        }
    }
}

fn by_name(
    service: &Service,
    fields: &mut Fields,
    reader: &Reader,
) -> Result<Option<Record>, Refusal> {
    let name = text(fields, "name").to_owned();
    let numbers = reading(&service.desk).tree.named(&name);
    let mut live = Vec::new();
    for number in numbers {
        let record = reader.get(Code::new(Kind::Organisation, number))?;
        live.extend(record.filter(Record::live));
    }
    if live.len() > 1 && live.iter().any(|record| record.title() == name) {
        live.retain(|record| record.title() == name);
    }
    if live.len() > 1 {
        let list: Vec<String> = live
            .iter()
            .map(|record| format!("{} {}", record.code(), record.title()))
            .collect();
        let list = list.join("、");
        return Err(Refusal::invalid(
            "name",
            say!(
                "「{name}」可指多个：{list}",
                "\"{name}\" may mean several: {list}"
            ),
        )
        .hint(say!(
            "在表中加「编号」列，填要更新的那一个",
            "add a column 编号 with the one that is meant"
        )));
    }
    if !live.is_empty() {
        fields.remove("name");
    }
    Ok(live.pop())
}

/// The way out for who edits a sheet: it cannot be asked again, and has no form whose fields could be named.
pub(super) fn way_out(kind: Kind, mut refusal: Refusal) -> Refusal {
    if refusal.kind == RefusalKind::Confirm && kind != Kind::Volunteer {
        let key = kind.spec().key;
        return refusal.hint(say!(
            "核对这一行；确是如此的单独登记：kezhi new {key} ... --reason 原因",
            "check the row; if it is meant, enter it alone: kezhi new {key} ... --reason WHY"
        ));
    }
    if refusal.kind == RefusalKind::Confirm {
        return refusal.hint(say!(
            "同一人：在表中加「编号」列填上此编号；另一人：用 kezhi new 加 --yes 单独登记",
            "the same person: add a column 编号 with this code; another: enter with kezhi new and --yes"
        ));
    }
    if refusal.hint.zh.contains('=') {
        refusal.hint = Said::default();
    }
    refusal
}
