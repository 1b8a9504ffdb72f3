//! What of a complaint is not everybody's to change who may edit it: who complains, whom it is about, who handles it.

use crate::domain::accused::dropped;
use crate::domain::kind::Kind;
use crate::domain::operator::Role;
use crate::domain::record::Record;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::route;
use crate::domain::said::Said;
use crate::protocol::Who;
use crate::say;

/// The fields that say who complains: masked to all but those who may change them.
const PARTY: [&str; 3] = ["complainant", "contact", "representatives"];

fn no(field: &str, said: Said, way: Said) -> Refusal {
    let refusal = Refusal::new(RefusalKind::NotPermitted, said);
    refusal.field(field).article("第十九条").hint(way)
}

/// Refuses a change of a complaint that is not this caller's to make.
pub(super) fn held(
    who: &Who,
    act: &str,
    before: Option<&Record>,
    after: &Record,
) -> Result<(), Refusal> {
    let Some(before) = before.filter(|one| one.kind == Kind::Complaint) else {
        return Ok(());
    };
    let head = who.roles.contains(&Role::Head);
    let handler = before.refs("handler").next();
    let handler = handler.is_some() && handler == who.operator;
    let early = before.status() == "登记";
    let taker = early && before.int("taker") == i64::from(who.uid);
    let changed = |key: &&&str| before.get(key) != after.get(key);
    // What leaves the region is seen by whoever took it alone, and by whom they name beside them.
    let leaves = route::leaves(before) && before.int("taker") == i64::from(who.uid);
    if act == "assign" && !head && !handler && !leaves {
        return Err(no(
            "handler",
            say!(
                "承办人由负责人指定，或由现承办人转交",
                "a head names who handles it, or whoever handles it hands it on"
            ),
            say!(
                "请负责人办理；没有承办人的，受理即由您承办：kezhi do accept 编号",
                "ask a head; where nobody handles it, who accepts it does: kezhi do accept CODE"
            ),
        ));
    }
    if act != "edit" || head {
        return Ok(());
    }
    if let Some(key) = PARTY.iter().find(changed)
        && !handler
        && !taker
    {
        return Err(no(
            key,
            say!(
                "来人的信息您看不到，改了就毁掉原来的记录，没有保存",
                "you do not see who complains, and typing over it would destroy the record; nothing was saved"
            ),
            say!(
                "请承办人或负责人修改；登记时还可由登记人修改",
                "the handler or a head must do it, or who took it while it is entered"
            ),
        ));
    }
    if !dropped(before, after).is_empty() && !(early && (handler || taker)) {
        return Err(no(
            "accused",
            say!(
                "去掉被反映对象由负责人写明原因办理，没有保存",
                "only a head may take out one of the accused, with a reason; nothing was saved"
            ),
            say!(
                "请负责人办理；添加对象不受限制",
                "ask a head; adding somebody is free"
            ),
        ));
    }
    Ok(())
}
