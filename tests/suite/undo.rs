//! Undo: what a session did just now is taken back; of many, those that can be, and the rest is named.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kezhi::domain::change::{Entry, difference};
use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::lifecycle::Weight;
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::{Refusal, RefusalKind};
use kezhi::domain::said::Lang;
use kezhi::domain::value::Fields;
use kezhi::protocol::undo::{Undo, Undone};
use kezhi::protocol::work::{Hours, Many};
use kezhi::protocol::{Act, Answer, Find, Request, View};
use kezhi::service::{Service, Session};
use kezhi::store::{Store, verify};

use crate::consequence::{ask, code, login, new, session, show, take, text};
use crate::right::who;

const LINES: &[&str] = &[
    "ZY-000010 name=单立文 phone=13900000001 teams=ZZ-0035 status=在册",
    "ZY-000011 name=包志强 phone=13900000002 teams=ZZ-0035 status=在册",
    "HD-2026-0001 title=义诊 org=ZZ-0035 status=招募 day=2026-06-10 until=2026-06-10 sessions=2026-06-10T09:00/2026-06-10T11:00",
    "PQ-000001 activity=HD-2026-0001 volunteer=ZY-000010 org=ZZ-0035 day=2026-06-10 status=到场",
    "PQ-000002 activity=HD-2026-0001 volunteer=ZY-000011 org=ZZ-0035 day=2026-06-10 status=到场",
    "FW-0000001 volunteer=ZY-000010 activity=HD-2026-0001 org=ZZ-0035 day=2026-06-10 minutes=120 status=待确认 evidence=签到表",
    "FW-0000002 volunteer=ZY-000011 activity=HD-2026-0001 org=ZZ-0035 day=2026-06-10 minutes=60 status=待确认 evidence=签到表",
    "FW-0000003 volunteer=ZY-000010 org=ZZ-0035 day=2026-05-10 minutes=30 status=已确认 evidence=签到表",
    "ZM-2026-0001 volunteer=ZY-000010 org=ZZ-0035 from=2026-01-01 to=2026-12-31 minutes=30 rows=(record:FW-0000003;minutes:30) status=有效",
];

pub(crate) struct Bench {
    dir: tempfile::TempDir,
    pub(crate) service: Arc<Service>,
    pub(crate) me: Session,
}

impl Bench {
    pub(crate) fn new() -> Bench {
        Bench::of(LINES)
    }

    /// A store in which these records were made, each with its entry.
    pub(crate) fn of(lines: &[&str]) -> Bench {
        let dir = tempfile::tempdir().unwrap();
        {
            let store = Store::open(&dir.path().join("store.redb")).unwrap();
            kezhi::service::found::lay(&store).unwrap();
            let mut writer = store.write().unwrap();
            for line in lines {
                let mut record = crate::rule::row::record(line);
                record.rev = 1;
                writer.put(&record).unwrap();
                writer.reserve(record.code()).unwrap();
                writer
                    .log(&Entry {
                        action: "new".into(),
                        code: Some(record.code()),
                        to_rev: 1,
                        changes: difference(None, &record),
                        ..Entry::default()
                    })
                    .unwrap();
            }
            writer.commit().unwrap();
        }
        let service = Service::open(dir.path(), 1, true).unwrap();
        let me = session(&service, login(7001, "春兰", 5));
        Bench { dir, service, me }
    }

    pub(crate) fn take(&self, of: &str, step: &str, fields: &[(&str, &str)]) -> View {
        let act = Act::Step {
            code: code(of),
            step: step.into(),
            rev: None,
        };
        ask(&self.service, &self.me, act, fields, "工作需要").unwrap()
    }

    pub(crate) fn edit(&self, of: &str, fields: &[(&str, &str)]) -> View {
        let act = Act::Edit {
            code: code(of),
            rev: None,
        };
        ask(&self.service, &self.me, act, fields, "工作需要").unwrap()
    }

    pub(crate) fn back_as(
        &self,
        me: &Session,
        of: &str,
        rev: Option<u64>,
    ) -> Result<Undone, Refusal> {
        let undo = Undo {
            code: code(of),
            rev,
        };
        match self.service.handle(me, Request::Undo(undo))? {
            Answer::Undone(undone) => Ok(undone),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn back(&self, of: &str) -> Result<Undone, Refusal> {
        self.back_as(&self.me, of, None)
    }

    pub(crate) fn no(&self, of: &str) -> String {
        self.back(of).unwrap_err().line(Lang::Zh)
    }

    pub(crate) fn field(&self, of: &str, key: &str) -> String {
        text(&show(&self.service, &self.me, code(of)).unwrap(), key)
    }

    /// Minutes that count of a volunteer, as they are added up.
    fn counted(&self, of: &str) -> i64 {
        let hours = Hours {
            of: Some(code(of)),
            year: 2026,
            own: false,
        };
        match self
            .service
            .handle(&self.me, Request::Hours(hours))
            .unwrap()
        {
            Answer::Hours(view) => view.minutes,
            other => panic!("{other:?}"),
        }
    }

    /// How many volunteers are found by a word.
    fn found(&self, word: &str) -> usize {
        let find = Find {
            text: word.into(),
            kinds: vec![Kind::Volunteer],
            limit: 10,
            ..Find::default()
        };
        match self.service.handle(&self.me, Request::Find(find)).unwrap() {
            Answer::Found(found) if !found.fuzzy => found.total,
            Answer::Found(_) => 0,
            other => panic!("{other:?}"),
        }
    }

    /// The acts of a record's log, oldest first.
    fn acts(&self, of: &str) -> Vec<String> {
        let request = Request::History {
            code: code(of),
            limit: 50,
        };
        match self.service.handle(&self.me, request).unwrap() {
            Answer::Entries(entries) => {
                let acts = entries.into_iter().rev();
                acts.map(|one| one.entry.action).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    /// Ends the service; the store and both books of the log hold together.
    pub(crate) fn holds(self) {
        self.service.close();
        let store = Store::open(&self.dir.path().join("store.redb")).unwrap();
        let found = verify::all(&store.read().unwrap()).unwrap();
        assert!(found.problems.is_empty(), "{:?}", found.problems);
    }
}

#[test]
fn the_weight_of_every_step() {
    let mut table = String::new();
    for spec in KINDS {
        for step in spec.steps {
            let (whom, _) = match step.weight {
                Weight::Light => ("", ""),
                Weight::Visible(text) | Weight::Final(text) => (text.zh, text.en),
            };
            let (kind, key, label) = (spec.key, step.key, step.label.zh);
            let void = if step.voids {
                "（也撤回新建）"
            } else {
                ""
            };
            let weight = step.weight.key();
            table.push_str(format!("{kind} {key} {label}: {weight} {whom}{void}").trim_end());
            table.push('\n');
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_step_is_taken_back_with_what_hangs_on_it() {
    let bench = Bench::new();
    let before = bench.counted("ZY-000010");
    let view = bench.take("FW-0000001", "confirm", &[]);
    assert_eq!(bench.counted("ZY-000010"), before + 120);
    let undone = bench
        .back_as(&bench.me, "FW-0000001", Some(view.rev))
        .unwrap();
    assert_eq!((undone.act.as_str(), undone.count), ("confirm", 1));
    assert_eq!(bench.field("FW-0000001", "status"), "待确认");
    assert_eq!(bench.field("FW-0000001", "confirmed_on"), "");
    assert_eq!(bench.counted("ZY-000010"), before);
    assert_eq!(bench.acts("FW-0000001"), ["new", "confirm", "undo:confirm"]);
    // Once is enough.
    assert!(bench.no("FW-0000001").contains("没有可撤回的"));
    bench.holds();
}

#[test]
fn an_edit_is_taken_back_and_the_search_knows_it() {
    let bench = Bench::new();
    bench.edit("ZY-000010", &[("name", "单宁")]);
    assert_eq!((bench.found("单宁"), bench.found("单立文")), (1, 0));
    bench.back("ZY-000010").unwrap();
    assert_eq!((bench.found("单宁"), bench.found("单立文")), (0, 1));
    assert_eq!(bench.acts("ZY-000010"), ["new", "edit", "undo:edit"]);
    bench.holds();
}

#[test]
fn it_walks_back_change_by_change() {
    let bench = Bench::new();
    for employer in ["一中", "二中", "三中"] {
        bench.edit("ZY-000010", &[("employer", employer)]);
    }
    for employer in ["二中", "一中", ""] {
        bench.back("ZY-000010").unwrap();
        assert_eq!(bench.field("ZY-000010", "employer"), employer);
    }
    assert!(bench.no("ZY-000010").contains("没有可撤回的"));
}

#[test]
fn what_changed_with_it_comes_back_too() {
    let bench = Bench::new();
    bench.take("FW-0000003", "unconfirm", &[]);
    assert_eq!(bench.field("ZM-2026-0001", "status"), "待更正");
    bench.back("FW-0000003").unwrap();
    assert_eq!(bench.field("FW-0000003", "status"), "已确认");
    assert_eq!(bench.field("ZM-2026-0001", "status"), "有效");
    let acts = bench.acts("ZM-2026-0001");
    assert_eq!(acts, ["new", "unconfirm:FW-0000003", "undo:FW-0000003"]);
    // A certificate that moved on keeps the whole of it from coming back.
    bench.take("FW-0000003", "unconfirm", &[]);
    let other = session(&bench.service, login(7002, "巴图", 5));
    let note = [("note", "已电话告知")];
    let act = Act::Edit {
        code: code("ZM-2026-0001"),
        rev: None,
    };
    ask(&bench.service, &other, act, &note, "").unwrap();
    let no = bench.back("FW-0000003").unwrap_err();
    assert_eq!(no.kind, RefusalKind::Stale);
    assert!(no.message.zh.contains("巴图"), "{}", no.message.zh);
    assert_eq!(bench.field("FW-0000003", "status"), "待确认");
    bench.holds();
}

#[test]
fn of_many_those_come_back_that_can() {
    let bench = Bench::new();
    let codes = vec![code("FW-0000001"), code("FW-0000002")];
    let many = |token| Request::Many {
        token,
        many: Many {
            codes: codes.clone(),
            step: "confirm".into(),
            fields: Fields::new(),
            confirmed: true,
            reason: "工作需要".into(),
        },
    };
    bench.service.handle(&bench.me, many(1)).unwrap();
    let undone = bench.back("FW-0000001").unwrap();
    assert_eq!(undone.count, 2);
    assert_eq!(bench.field("FW-0000002", "status"), "待确认");
    bench.service.handle(&bench.me, many(2)).unwrap();
    let other = session(&bench.service, login(7002, "巴图", 5));
    take(&bench.service, &other, codes[1], "unconfirm", &[]).unwrap();
    let undone = bench.back("FW-0000001").unwrap();
    assert_eq!((undone.count, undone.left.len()), (1, 1));
    let (left, why) = &undone.left[0];
    assert_eq!(*left, codes[1]);
    assert!(
        why.message.zh.contains("巴图 又办了「收回确认」"),
        "{why:?}"
    );
    assert_eq!(bench.field("FW-0000001", "status"), "待确认");
    let told = kezhi::tui::undo::told(&undone, Lang::Zh);
    assert!(told.contains("：1 条；1 条未撤回：FW-0000002"), "{told}");
    bench.holds();
}

#[test]
fn what_many_changed_one_after_another_comes_back_as_it_was() {
    let mut lines = LINES.to_vec();
    lines.extend([
        "ZY-000012 name=韩梅 phone=13900000003 teams=ZZ-0035,ZZ-0005 status=在册",
        "FW-0000004 volunteer=ZY-000010 org=ZZ-0035 day=2026-05-11 minutes=40 status=已确认 evidence=签到表",
        "ZM-2026-0002 volunteer=ZY-000010 org=ZZ-0035 from=2026-01-01 to=2026-12-31 minutes=70 rows=(record:FW-0000003;minutes:30)(record:FW-0000004;minutes:40) status=有效",
        "TS-2026-000001 facts=事 accused=ZY-000012 receiver=ZZ-0035 status=受理",
    ]);
    let bench = Bench::of(&lines);
    let many = |codes: &[&str], step: &str, fields: &[(&str, &str)]| {
        let fields = fields.iter();
        let fields = fields.map(|(key, value)| ((*key).to_owned(), (*value).into()));
        let many = Many {
            codes: codes.iter().map(|one| code(one)).collect(),
            step: step.into(),
            fields: fields.collect(),
            confirmed: true,
            reason: "工作需要".into(),
        };
        match bench
            .service
            .handle(&bench.me, Request::Many { token: 0, many })
        {
            Ok(Answer::Many(done)) => assert!(done.refused.is_empty(), "{done:?}"),
            other => panic!("{other:?}"),
        }
    };
    // Two records of one volunteer, under one certificate.
    many(&["FW-0000003", "FW-0000004"], "unconfirm", &[]);
    assert_eq!(bench.field("ZM-2026-0002", "status"), "待更正");
    assert_eq!(bench.back("FW-0000003").unwrap().count, 2);
    for (of, status) in [
        ("FW-0000003", "已确认"),
        ("FW-0000004", "已确认"),
        ("ZM-2026-0001", "有效"),
        ("ZM-2026-0002", "有效"),
    ] {
        assert_eq!(bench.field(of, "status"), status, "{of}");
    }
    // One complaint that is moved twice: each of two posts takes it a level up.
    let top = session(&bench.service, login(7005, "都兰", 1));
    let matter = code("TS-2026-000001");
    let held = || {
        let view = show(&bench.service, &top, matter).unwrap();
        ["receiver", "against", "route"].map(|key| text(&view, key).to_owned())
    };
    let before = held();
    many(
        &["ZZ-0035", "ZZ-0005"],
        "appoint",
        &[("post", "副队长"), ("holder", "韩梅")],
    );
    let view = show(&bench.service, &top, matter).unwrap();
    assert_eq!(view.rev, 3, "moved twice: {view:?}");
    assert_eq!(bench.back("ZZ-0035").unwrap().count, 2);
    assert_eq!(held(), before);
    bench.holds();
}

#[test]
fn what_is_refused_says_why() {
    let bench = Bench::new();
    // Another session, of the same person or of another.
    bench.edit("ZY-000010", &[("employer", "一中")]);
    for uid in [7001, 7002] {
        let other = session(&bench.service, login(uid, "春兰", 5));
        let no = bench.back_as(&other, "ZY-000010", None).unwrap_err();
        assert!(no.message.zh.contains("没有可撤回的"), "{}", no.message.zh);
    }
    // Another revision.
    let no = bench.back_as(&bench.me, "ZY-000010", Some(9)).unwrap_err();
    assert!(no.message.zh.contains("没有可撤回的"));
    // Out of sight is as if it were not there.
    let away = session(&bench.service, login(7003, "远", 2));
    let far = bench.back_as(&away, "ZY-000010", None).unwrap_err();
    let none = bench.back_as(&away, "ZY-000999", None).unwrap_err();
    assert_eq!(
        far.line(Lang::Zh).replace("ZY-000010", "ZY-000999"),
        none.line(Lang::Zh)
    );
    // No right to change it.
    let viewer = session(&bench.service, who(&[Role::Viewer], 5));
    let no = bench.back_as(&viewer, "ZY-000010", None).unwrap_err();
    assert_eq!(no.kind, RefusalKind::NotPermitted);
    // Somebody changed it since.
    let other = session(&bench.service, login(7002, "巴图", 5));
    let act = Act::Edit {
        code: code("ZY-000010"),
        rev: None,
    };
    ask(&bench.service, &other, act, &[("gender", "男")], "").unwrap();
    let no = bench.no("ZY-000010");
    assert!(no.contains("巴图 又办了「修改」"), "{no}");
    // Others have seen it.
    bench.take("ZY-000010", "leave", &[("note", "搬走")]);
    let no = bench.no("ZY-000010");
    assert!(no.contains("别人已看到") && no.contains("register"), "{no}");
    assert_eq!(bench.field("ZY-000010", "status"), "已退出");
    bench.holds();
}

#[test]
fn after_thirty_seconds_it_says_the_way_back_by_hand() {
    let bench = Bench::new();
    bench.take("FW-0000001", "confirm", &[]);
    let undo = Undo {
        code: code("FW-0000001"),
        rev: None,
    };
    let late = Instant::now() + Duration::from_secs(31);
    let no = bench.service.undo(&bench.me, &undo, late).unwrap_err();
    let no = no.line(Lang::Zh);
    assert!(no.contains("已过 30 秒"), "{no}");
    assert!(no.contains("kezhi do unconfirm FW-0000001"), "{no}");
    let soon = Instant::now() + Duration::from_secs(20);
    bench.service.undo(&bench.me, &undo, soon).unwrap();
}

#[test]
fn a_new_record_ends_by_its_lifecycle_or_stays() {
    let bench = Bench::new();
    let fields = [
        ("volunteer", "ZY-000011"),
        ("activity", "HD-2026-0001"),
        ("day", "2026-06-10"),
        ("minutes", "45"),
        ("evidence", "签到表"),
    ];
    let act = Act::New(Kind::ServiceRecord);
    let made = ask(&bench.service, &bench.me, act, &fields, "工作需要").unwrap();
    let of = made.code.to_string();
    let undone = bench.back(&of).unwrap();
    assert_eq!(
        (undone.act.as_str(), undone.ended.as_str()),
        ("new", "撤销")
    );
    assert_eq!(bench.field(&of, "status"), "撤销");
    assert_eq!(bench.acts(&of), ["new", "undo:new"]);
    let person = [
        ("name", "韩梅"),
        ("phone", "13912344471"),
        ("teams", "ZZ-0035"),
    ];
    let made = new(&bench.service, &bench.me, Kind::Volunteer, &person).unwrap();
    let no = bench.no(&made.code.to_string());
    assert!(
        no.contains("不删除") && no.contains("kezhi do leave"),
        "{no}"
    );
    bench.holds();
}

#[test]
fn a_draft_that_a_step_made_ends_with_it() {
    let mut lines = LINES.to_vec();
    lines.push("XY-2026-0001 title=义诊 org=ZZ-0035 recipient=村委会 status=终止");
    let bench = Bench::of(&lines);
    bench.take("XY-2026-0001", "renew", &[]);
    assert_eq!(bench.field("XY-2026-0002", "status"), "草稿");
    let undone = bench.back_as(&bench.me, "XY-2026-0001", Some(1)).unwrap();
    assert_eq!((undone.act.as_str(), undone.ended.as_str()), ("renew", ""));
    assert_eq!(bench.field("XY-2026-0002", "status"), "终止");
    bench.holds();
}
