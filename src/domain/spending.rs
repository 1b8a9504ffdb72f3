//! 经费: what an activity spent, by the kinds that article 16 names, and its final account.

use crate::domain::field::{Field, Type};
use crate::domain::lifecycle::answered;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::said::{Text, t};
use crate::domain::value::{Fields, Value};
use crate::domain::world::Reckon;
use crate::say;

/// The five of article 16, and what is none of them.
pub const CATEGORIES: &[Text] = &[
    t("场地租用", "venue"),
    t("物品制作", "materials"),
    t("人员培训", "training"),
    t("后勤保障", "logistics"),
    t("宣传推广", "publicity"),
    t("其他", "other"),
];

/// One voucher.
pub const VOUCHERS: &[Field] = &[
    Field::new("category", "类别", "Category", Type::Choice(CATEGORIES)).required(),
    Field::new("amount", "金额", "Amount", Type::Int(0, 100_000_000)).required(),
    Field::new("voucher", "凭证号", "Voucher no.", Type::Line(40)).required(),
];

/// What the vouchers come to.
pub fn total(activity: &Record) -> i64 {
    let rows = activity.rows("vouchers");
    let amounts = rows.filter_map(|row| match row.get("amount") {
        Some(Value::Int(amount)) => Some(*amount),
        _ => None,
    });
    amounts.sum()
}

/// A voucher number that stands twice.
pub fn twice(activity: &Record) -> Option<String> {
    let numbers = activity
        .rows("vouchers")
        .filter_map(|row| row.get("voucher"));
    let numbers: Vec<&str> = numbers.filter_map(Value::text).collect();
    let again = numbers.iter().enumerate();
    let mut again = again.filter(|(at, number)| numbers.iter().take(*at).any(|one| one == *number));
    again.next().map(|(_, number)| (*number).to_owned())
}

/// The account is closed: what was spent is what the vouchers come to.
pub fn settle(record: &mut Record, answers: &Fields, reckon: &Reckon) -> Result<(), Refusal> {
    answered(record, answers, reckon);
    let (spent, vouchers) = (record.int("spent"), total(record));
    if record.rows("vouchers").next().is_some() && spent != vouchers {
        let code = record.code();
        return Err(Refusal::invalid(
            "spent",
            say!(
                "支出合计 {spent} 元，凭证合计 {vouchers} 元，不符",
                "spent {spent} yuan, but the vouchers come to {vouchers}"
            ),
        )
        .article("第十六条第一款")
        .hint(say!(
            "改合计，或补齐凭证：kezhi edit {code} vouchers=\"场地租用 3000 PZ-1\"",
            "correct the sum, or complete the vouchers: kezhi edit {code} vouchers=\"场地租用 3000 PZ-1\""
        )));
    }
    record.set("settled_on", reckon.today.to_string().into());
    Ok(())
}

/// Vouchers that change after the account was closed open it again.
pub fn reopen(record: &mut Record, reckon: &Reckon) {
    let before = reckon.before;
    if reckon.act == "edit"
        && before.is_some_and(|old| old.get("vouchers") != record.get("vouchers"))
    {
        record.set("settled_on", "".into());
        record.set("spent", "".into());
    }
}
