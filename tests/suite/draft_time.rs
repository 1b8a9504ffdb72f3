//! Drafts whose time is over.

use crate::right::{service, who};
use kezhi::domain::operator::Role;
use kezhi::protocol::draft::{Draft, Drafting, UNTOUCHED};
use kezhi::protocol::{Answer, Request};
use kezhi::service::Service;
use kezhi::store::Store;
use std::sync::Arc;

use crate::draft::{ask, draft, list, other};

#[test]
fn what_nobody_touches_is_gone_after_ninety_days() {
    let dir = tempfile::tempdir().unwrap();
    {
        let store = Store::open(&dir.path().join("store.redb")).unwrap();
        let mut writer = store.write().unwrap();
        for (id, hours) in [(1, UNTOUCHED * 24 - 1), (2, UNTOUCHED * 24 + 1)] {
            let at = chrono::Local::now() - chrono::TimeDelta::hours(hours);
            let old = Draft {
                kept: at.to_rfc3339(),
                ..draft(id, 1, "旧的")
            };
            let bytes = serde_json::to_vec(&old).unwrap();
            let key = format!("draft:{id:016x}");
            writer.keep(4711, &key, Some(&bytes)).unwrap();
        }
        writer.commit().unwrap();
    }
    let service = service(dir.path());
    let own = service.join(who(&[Role::Operator], 1), |_| {});
    let all = list(&service, &own);
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [1]);
    ask(&service, &own, Drafting::Take(2)).unwrap_err();
}

/// Whoever never lists theirs keeps them no longer either: the service looks once a day, and logs how many went.
#[test]
fn the_service_sweeps_the_drafts_of_everybody() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store.redb");
    {
        let store = Store::open(&path).unwrap();
        let mut writer = store.write().unwrap();
        let old = [
            (4711, 1, UNTOUCHED + 1),
            (4712, 2, UNTOUCHED + 1),
            (4712, 3, 1),
        ];
        for (uid, id, days) in old {
            let at = chrono::Local::now() - chrono::TimeDelta::days(days);
            let one = Draft {
                kept: at.to_rfc3339(),
                ..draft(id, 1, "旧的")
            };
            let bytes = serde_json::to_vec(&one).unwrap();
            let key = format!("draft:{id:016x}");
            writer.keep(uid, &key, Some(&bytes)).unwrap();
        }
        writer.commit().unwrap();
    }
    let service = service(dir.path());
    // Nobody lists any: an administrator reads the log alone.
    let admin = service.join(other(&[Role::Admin]), |_| {});
    let logged = |service: &Arc<Service>| {
        let page = Request::LogPage {
            from: 1,
            limit: 100,
        };
        let Ok(Answer::Entries(all)) = service.handle(&admin, page) else {
            panic!("no log")
        };
        let mut all = all.into_iter();
        all.find(|one| one.entry.action == "sweep_drafts")
    };
    let entry = (0..600)
        .find_map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            logged(&service)
        })
        .expect("nothing was swept");
    assert_eq!(entry.entry.changes[0].from, Some(2.into()));
    assert_eq!(entry.entry.who, "kezhi");
    service.close();
    let store = Store::open(&path).unwrap();
    let writer = store.write().unwrap();
    let left = writer.owned("draft:").unwrap();
    let left: Vec<&str> = left.iter().map(|(_, key, _)| key.as_str()).collect();
    assert_eq!(left, ["draft:0000000000000003"]);
}
