//! What a new store holds from the first minute: the skeleton of the region (articles 4 to 6).

use crate::domain::change::{Bulk, Entry};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::skeleton::skeleton;
use crate::service::now;
use crate::store::Store;

/// Lays the skeleton into a store that has no organisation yet.
pub fn lay(store: &Store) -> Result<(), Refusal> {
    if store.read()?.count(Kind::Organisation)? > 0 {
        return Ok(());
    }
    let records = skeleton();
    let mut writer = store.write()?;
    writer.load(Kind::Organisation, &records)?;
    writer.log(&Entry {
        at: now(),
        who: "kezhi".to_owned(),
        action: "skeleton".to_owned(),
        bulk: Some(Bulk {
            kind: Kind::Organisation,
            first: 1,
            last: records.len() as u64,
        }),
        to_rev: 1,
        ..Entry::default()
    })?;
    writer.commit()?;
    Ok(())
}
