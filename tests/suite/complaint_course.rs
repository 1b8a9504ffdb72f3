//! The course of complaints: who passes it on, steps back, answers, reviews, closes.

use kezhi::domain::complaint::SPEC;
use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::lifecycle::Effect;
use kezhi::domain::record::Record;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::rule::{Assent, Case, World, guard};
use kezhi::domain::said::Lang;
use kezhi::domain::value::{Fields, Value};
use kezhi::domain::world::Reckon;
use kezhi::protocol::View;
use kezhi::protocol::work::{Paper, Print};
use kezhi::service::Session;

use crate::complaint::{Bench, Given, text};
use crate::right::org;
use crate::rule::row::{Few, record};

const ACCEPT: Given = &[("told_how", "书面送达")];
const ANSWER: Given = &[
    ("claims", "退费"),
    ("found", "收过二百元"),
    ("reasons", "有收据"),
    ("outcome", "属实"),
    ("decision", "支持"),
    ("basis", "办法第十条（四）"),
];
const WHY: Given = &[("note", "情况复杂")];

fn said(result: Result<View, kezhi::domain::refusal::Refusal>) -> String {
    result.unwrap_err().line(Lang::Zh)
}

/// A complaint about the county, answered by the league.
fn answered(bench: &Bench, league: &Session) -> Code {
    let code = bench.complain(league, &[("accused", "ZZ-0035")]).code;
    bench.step(league, code, "accept", ACCEPT).unwrap();
    bench.step(league, code, "investigate", &[]).unwrap();
    bench.step(league, code, "answer", ANSWER).unwrap();
    code
}

#[test]
fn it_is_passed_on_with_a_reason_and_neither_towards_the_accused_nor_in_a_ring() {
    let bench = Bench::new();
    let (region, league, song) = (bench.operator(1), bench.operator(2), bench.operator(4));
    let code = bench.complain(&league, &[("accused", "ZZ-0035")]).code;
    let to = |session: &Session, to: &str| {
        bench.step(
            session,
            code,
            "transfer",
            &[("to", to), ("note", "熟悉情况")],
        )
    };
    assert!(said(to(&league, "ZZ-0035")).contains("不能转向被反映的"));
    assert!(said(bench.step(&league, code, "transfer", &[("to", "ZZ-0036")])).contains("原因"));
    assert!(said(to(&league, "ZZ-0005")).contains("已经在"));
    // Neither beside the accused nor below: only to who stands above.
    let aside = said(to(&league, "ZZ-0036"));
    assert!(
        aside.contains("可以转往") && aside.contains("第十九条"),
        "{aside}"
    );
    // About nobody in the registers, it may go to a lower unit.
    let about = [("accused_other", "路人"), ("facts", "别的事")];
    let code = bench.complain(&league, &about).code;
    let to = |session: &Session, to: &str| {
        bench.step(
            session,
            code,
            "transfer",
            &[("to", to), ("note", "熟悉情况")],
        )
    };
    let passed = to(&league, "ZZ-0036").unwrap();
    assert_eq!(
        (
            text(&passed, "receiver"),
            text(&passed, "handler"),
            text(&passed, "clock")
        ),
        ("ZZ-0036", "", "书面告知是否受理")
    );
    let ring = said(to(&league, "ZZ-0005"));
    assert!(
        ring.contains("推来推去") && ring.contains("第二十四条"),
        "{ring}"
    );
    bench.step(&song, code, "object", WHY).unwrap();
    // The league passed it on and the county objects: both lie under the league.
    let settled = bench
        .step(
            &league,
            code,
            "settle",
            &[("to", "ZZ-0005"), ("note", "由盟级办理")],
        )
        .unwrap();
    assert_eq!(
        (text(&settled, "receiver"), text(&settled, "status")),
        ("ZZ-0005", "登记")
    );
    // Between the region and the league only the region decides.
    let code = bench
        .complain(&region, &[("accused", "ZZ-0005"), ("facts", "另一件")])
        .code;
    let given = [("to", "ZZ-0002"), ("note", "异地办理")];
    assert!(said(bench.step(&region, code, "transfer", &given)).contains("不是被反映一方的上级"));
    assert!(bench.show(&league, code).is_err(), "walled");
}

#[test]
fn the_common_superior_alone_settles() {
    let bench = Bench::new();
    let (region, league, song) = (bench.operator(1), bench.operator(2), bench.operator(4));
    let code = bench.complain(&region, &[("accused_other", "路人")]).code;
    let given = [("to", "ZZ-0036"), ("note", "属地办理")];
    bench.step(&region, code, "transfer", &given).unwrap();
    bench.step(&song, code, "object", WHY).unwrap();
    let settle = |session| {
        bench.step(
            session,
            code,
            "settle",
            &[("to", "ZZ-0005"), ("note", "盟级办理")],
        )
    };
    let refused = said(settle(&league));
    assert!(
        refused.contains("共同的上一级") && refused.contains("第二十四条"),
        "{refused}"
    );
    assert_eq!(text(&settle(&region).unwrap(), "receiver"), "ZZ-0005");
}

#[test]
fn an_objection_is_made_until_the_fifth_working_day() {
    let world = Few::of(&[]);
    // Dragon Boat lies between: 19 to 21 June.
    let passed = record("TS-2026-000001 receiver=ZZ-0005 status=异议 transferred_on=2026-06-18");
    let on = |day: &str| {
        let case = Case {
            before: None,
            after: &passed,
            act: "object",
            today: day.parse().unwrap(),
            world: &world,
            sees: None,
        };
        guard(&case, Assent::default())
    };
    assert!(on("2026-06-26").is_ok(), "the fifth");
    let late = on("2026-06-29").unwrap_err();
    assert_eq!(late.article.as_deref(), Some("信访工作条例第二十三条"));
}

#[test]
fn who_has_an_interest_steps_back_and_the_last_one_sends_it_up() {
    let bench = Bench::new();
    let (region, league) = (bench.operator(1), bench.operator(2));
    let code = bench.complain(&league, &[("accused", "ZZ-0035")]).code;
    // Named by login, by name, by code.
    for handler in ["zong", "总值班", "CZ-001"] {
        let given = bench
            .step(&league, code, "assign", &[("handler", handler)])
            .unwrap();
        assert_eq!(text(&given, "handler"), "CZ-001");
    }
    let county = said(bench.step(&league, code, "assign", &[("handler", "xian")]));
    assert!(
        county.contains("回避") && county.contains("第二十八条"),
        "{county}"
    );
    let back = [("who", "meng"), ("note", "来人是亲属")];
    let moved = bench.step(&region, code, "recuse", &back).unwrap();
    assert_eq!(
        (text(&moved, "receiver"), text(&moved, "handler")),
        ("ZZ-0001", "")
    );
    assert!(text(&moved, "route").contains("都与此事有利害关系"));
    assert!(bench.show(&league, code).is_err(), "sees it no more");
    let again = said(bench.step(&region, code, "assign", &[("handler", "meng")]));
    assert!(again.contains("回避"), "{again}");
}

#[test]
fn two_who_close_at_once_close_it_once() {
    let bench = Bench::new();
    let (region, league) = (bench.operator(1), bench.operator(2));
    let code = answered(&bench, &league);
    bench
        .step(&league, code, "callback", &[("satisfaction", "满意")])
        .unwrap();
    let rev = Some(bench.show(&league, code).unwrap().rev);
    bench.at(&league, code, "close", &[], rev).unwrap();
    let stale = bench.at(&region, code, "close", &[], rev).unwrap_err();
    assert_eq!(stale.kind, RefusalKind::Stale);
    let late = bench.step(&region, code, "close", &[]).unwrap_err();
    assert_eq!(late.kind, RefusalKind::Rule);
    assert!(
        late.hint.zh.contains("现在可办") && late.hint.zh.contains("review"),
        "{}",
        late.hint.zh
    );
}

#[test]
fn it_is_extended_once_by_thirty_days_at_most() {
    let bench = Bench::new();
    let league = bench.operator(2);
    let code = bench.complain(&league, &[("accused", "ZZ-0035")]).code;
    bench.step(&league, code, "accept", ACCEPT).unwrap();
    let extend = |days: &str| {
        let given = [
            ("extended_days", days),
            ("note", "取证困难"),
            ("told_how", "书面送达"),
        ];
        bench.step(&league, code, "extend", &given)
    };
    let long = said(extend("31"));
    assert!(
        long.contains("至多 30 日") && long.contains("第三十四条"),
        "{long}"
    );
    let longer = extend("30").unwrap();
    assert_eq!(text(&longer, "clock"), "办结申诉求决");
    assert!(said(extend("1")).contains("已经延期一次"));
}

#[test]
fn an_answer_has_what_the_law_wants_and_a_way_to_a_review() {
    let bench = Bench::new();
    let league = bench.operator(2);
    let code = bench.complain(&league, &[("accused", "ZZ-0035")]).code;
    bench.step(&league, code, "accept", ACCEPT).unwrap();
    assert!(said(bench.step(&league, code, "answer", ANSWER)).contains("还没有核查"));
    let until = (chrono::Local::now().date_naive() + chrono::Duration::days(20)).to_string();
    let rest = [("until", until.as_str()), ("note", "等鉴定")];
    assert!(said(bench.step(&league, code, "suspend", WHY)).contains("中止至"));
    let rests = bench.step(&league, code, "suspend", &rest).unwrap();
    assert_eq!(
        text(&rests, "clock"),
        "恢复办理",
        "it rests with a clock of its own"
    );
    let resumed = bench.step(&league, code, "resume", &[]).unwrap();
    assert_eq!(text(&resumed, "status"), "核查");
    let short = said(bench.step(&league, code, "answer", &ANSWER[1..]));
    assert!(
        short.contains("没有填请求") && short.contains("第三十二条"),
        "{short}"
    );
    let done = bench.step(&league, code, "answer", ANSWER).unwrap();
    assert!(text(&done, "remedy").contains("三十日内可请求内蒙古自治区科技志愿服务总队复查"));
    let early = said(bench.step(&league, code, "close", &[]));
    assert!(
        early.contains("可申请复查") && early.contains("shut"),
        "{early}"
    );
    bench
        .step(&league, code, "shut", &[("note", "来人失联")])
        .unwrap();
    bench.step(&league, code, "review", WHY).unwrap();
}

#[test]
fn a_review_climbs_one_level_and_ends_with_the_second() {
    let bench = Bench::new();
    let (region, league) = (bench.operator(1), bench.operator(2));
    let code = answered(&bench, &league);
    assert!(said(bench.step(&league, code, "recheck", WHY)).contains("还没有复查"));
    let first = text(&bench.show(&league, code).unwrap(), "found").to_owned();
    let review = bench.step(&league, code, "review", WHY).unwrap();
    assert_eq!(
        (text(&review, "receiver"), text(&review, "clock")),
        ("ZZ-0001", "答复复查")
    );
    assert!(
        bench.show(&league, code).is_err(),
        "it is not theirs any more"
    );
    let mut second: Vec<(&str, &str)> = ANSWER.to_vec();
    second[1] = ("found", "复查查明：收过三百元");
    let done = bench.step(&region, code, "answer", &second).unwrap();
    assert!(!text(&done, "review_answered_on").is_empty() && text(&done, "found") != first);
    assert!(said(bench.step(&region, code, "review", WHY)).contains("已经复查过"));
    let above = bench.step(&region, code, "recheck", WHY).unwrap();
    assert_eq!(
        (text(&above, "outside"), text(&above, "status")),
        ("科协机关纪委", "复核")
    );
    let last = bench.step(&region, code, "answer", ANSWER).unwrap();
    assert!(!last.told.iter().any(|said| said.zh.contains("应移送")));
    let bare = |paper| {
        let asked = Print {
            code,
            paper,
            pdf: false,
            to: String::new(),
        };
        let (_, bytes) = bench.service.print(&region, asked).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.split_whitespace().collect::<String>()
    };
    // Each is signed by whoever did it, whoever has it now.
    let own = |team| bench.show(&region, org(team)).unwrap();
    let (own, top) = (own(5), own(1));
    let (own, top) = (text(&own, "name"), text(&top, "name"));
    for paper in [Paper::Receipt, Paper::Acceptance] {
        let told = bare(paper);
        assert!(told.contains(own) && !told.contains(top), "{told}");
    }
    assert!(bare(Paper::Answer).contains("科协机关纪委"));
    // The file loses no answer and no notice.
    let file = bare(Paper::Case);
    for part in [
        "答复意见书",
        "复查意见书",
        "复核意见书",
        "复查受理告知书",
        "复核受理告知书",
        first.as_str(),
        "复查查明：收过三百元",
    ] {
        assert!(file.contains(part), "no {part} in {file}");
    }
    assert!(
        !text(&last, "rechecked_on").is_empty() && text(&last, "remedy").contains("第三十六条")
    );
    let closed = said(bench.step(&region, code, "recheck", WHY));
    assert!(closed.contains("最终意见"), "{closed}");
    bench.step(&region, code, "close", &[]).unwrap();
}

#[test]
fn it_is_listed_when_the_accused_has_it_in_hand() {
    let bench = Bench::new();
    let (region, league) = (bench.operator(1), bench.operator(2));
    let code = bench.complain(&league, &[("accused", "ZZ-0035")]).code;
    let ids = |session: &Session| {
        let view = bench.show(session, code).unwrap();
        let found = view
            .findings
            .iter()
            .filter(|one| one.message.zh.contains("不得由其办理"));
        found.count()
    };
    assert_eq!(ids(&region), 0);
    // The accused is dissolved: it stays where it is.
    bench
        .step(
            &region,
            Code::read("ZZ-0035").unwrap(),
            "dissolve",
            &[("note", "撤并")],
        )
        .unwrap();
    assert_eq!(
        (
            ids(&region),
            text(&bench.show(&region, code).unwrap(), "receiver")
        ),
        (0, "ZZ-0005")
    );
    // Now it is about the receiver too: it moves up at once, and the move is written down.
    let more = bench
        .edit(&league, code, &[("accused", "ZZ-0035、ZZ-0005")])
        .unwrap();
    assert_eq!(text(&more, "receiver"), "ZZ-0001");
    assert_eq!(more.fields["transfers"].parts().len(), 1);
    assert!(bench.show(&league, code).is_err());
}

#[test]
fn evidence_is_added_with_its_sum_and_two_matters_are_tied() {
    let desk = crate::command::Desk::new();
    let dir = desk.path();
    let file = dir.join("a.txt");
    std::fs::write(&file, "abc").unwrap();
    let new = [
        "new",
        "complaint",
        "kind=投诉",
        "facts=收费",
        "accused=红山区",
        "complainant=来人",
        "--yes",
    ];
    let one = crate::command::json(dir, &new)["code"]
        .as_str()
        .unwrap()
        .to_owned();
    let two = crate::command::json(dir, &new)["code"]
        .as_str()
        .unwrap()
        .to_owned();
    let given = [
        "evidence",
        &one,
        file.to_str().unwrap(),
        "kind=文书",
        "kept=柜一",
    ];
    let row = &crate::command::json(dir, &given)["fields"]["evidence"][0];
    assert_eq!(row["name"], "a.txt");
    assert_eq!(row["kept"], "柜一");
    assert_eq!(
        row["sm3"],
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    );
    crate::command::ok(dir, &["do", "link", &one, &format!("to={two}")]);
    assert_eq!(
        crate::command::json(dir, &["show", &one])["fields"]["linked"][0],
        two.as_str()
    );
    // The other one is as it was, and tells it.
    let other = crate::command::json(dir, &["show", &two]);
    assert!(
        other["fields"]["linked"].is_null() && other["rev"] == 1,
        "{other}"
    );
    for (code, ties) in [(&one, &two), (&two, &one)] {
        let told = crate::command::ok(dir, &["show", code]);
        assert!(
            !told.contains("可能是同一事"),
            "it is linked already: {told}"
        );
        assert!(told.contains(ties.as_str()), "{told}");
    }
}

#[test]
fn nobody_but_a_head_suspends() {
    let bench = Bench::new();
    let (region, song) = (bench.operator(1), bench.operator(4));
    let code = bench.complain(&region, &[("accused_other", "路人")]).code;
    let given = [("to", "ZZ-0036"), ("note", "属地办理")];
    bench.step(&region, code, "transfer", &given).unwrap();
    bench.step(&song, code, "accept", ACCEPT).unwrap();
    let rest = [("until", "2099-01-01"), ("note", "等鉴定")];
    let refused = bench.step(&song, code, "suspend", &rest).unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
    assert!(said(bench.step(&region, code, "suspend", &rest)).contains("合计超过 90 天"));
}

/// A complaint as it would stand after a step on a day, worked out on a clone.
fn own(line: &str, act: &'static str, given: Given, day: &str) -> Record {
    let world = Few::of(&[]);
    let mut record = record(line);
    let answers: Fields = given
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
        .collect();
    let before = record.clone();
    let reckon = Reckon {
        before: Some(&before),
        act,
        today: day.parse().unwrap(),
        now: "2026-06-30T09:00",
        who: "",
        uid: 1,
        operator: None,
        home: None,
        chance: 0,
        given: &answers,
        world: &world,
    };
    let step = SPEC.step(act).unwrap();
    if let Some(to) = step.to {
        record.set("status", to.into());
    }
    let Effect::Own(own) = step.effect else {
        panic!("{act}")
    };
    own(&mut record, &answers, &reckon).unwrap();
    record
}

#[test]
fn it_is_accepted_once_and_rests_no_longer_than_it_may() {
    let line = "TS-2026-000001 kind=投诉 status=转办 day=2026-06-01 accepted_on=2026-06-02 transferred_on=2026-06-20";
    let again = own(line, "accept", ACCEPT, "2026-06-25");
    assert_eq!(again.text("accepted_on"), "2026-06-02");
    let first = own(
        &line.replace("accepted_on=2026-06-02", ""),
        "accept",
        ACCEPT,
        "2026-06-25",
    );
    assert_eq!(first.text("accepted_on"), "2026-06-25");
    let line = "TS-2026-000001 kind=投诉 status=中止 suspended_on=2026-06-01 until=2026-06-11";
    for (day, rested) in [("2026-06-06", 5), ("2026-06-30", 10)] {
        let resumed = own(line, "resume", &[], day);
        assert_eq!(
            (resumed.int("suspended_days"), resumed.text("until")),
            (rested, "")
        );
    }
}

#[test]
fn what_is_overdue_is_not_extended() {
    let world = Few::of(&[]);
    let before = record("TS-2026-000001 kind=投诉 status=核查 accepted_on=2026-06-02");
    let mut after = before.clone();
    after.set("extended_days", 30.into());
    after.set("extended_on", "2026-08-03".into());
    let on = |day: &str| {
        let case = Case {
            before: Some(&before),
            after: &after,
            act: "extend",
            today: day.parse().unwrap(),
            world: &world,
            sees: None,
        };
        guard(&case, Assent::default())
    };
    assert!(on("2026-08-03").is_ok(), "the last day");
    let late = on("2026-08-04").unwrap_err();
    assert!(
        late.message.zh.contains("2026-08-03 已过") && late.hint.zh.contains("立即答复"),
        "{late:?}"
    );
}

#[test]
fn what_was_entered_is_corrected_by_a_head_with_a_reason() {
    let bench = Bench::new();
    let (region, league, song) = (bench.operator(1), bench.operator(2), bench.operator(4));
    let code = bench.complain(&region, &[("accused_other", "路人")]).code;
    bench
        .edit(&region, code, &[("contact", "13900000000")])
        .unwrap();
    let given = [("to", "ZZ-0036"), ("note", "属地办理")];
    bench.step(&region, code, "transfer", &given).unwrap();
    for change in [
        ("kind", "建议意见"),
        ("received_at", "2025-01-01T09:00"),
        ("complainant", "别人"),
        ("contact", "13911111111"),
        ("facts", "另一回事"),
    ] {
        let refused = bench.edit(&region, code, &[change]).unwrap_err();
        assert_eq!(refused.kind, RefusalKind::Rule, "{change:?}");
        assert!(refused.hint.zh.contains("do correct"), "{refused:?}");
    }
    bench.edit(&region, code, &[("claims", "退费")]).unwrap();
    let wrong = [("kind", "申诉求决"), ("note", "来人请求退费，不是投诉")];
    let refused = bench.step(&song, code, "correct", &wrong).unwrap_err();
    assert_eq!(refused.kind, RefusalKind::NotPermitted);
    assert!(said(bench.step(&region, code, "correct", &wrong[..1])).contains("原因"));
    let right = bench.step(&region, code, "correct", &wrong).unwrap();
    assert_eq!(text(&right, "kind"), "申诉求决");
    let unnamed = [("anonymous", "是"), ("note", "来人要求匿名")];
    let unnamed = bench.step(&region, code, "correct", &unnamed).unwrap();
    assert_eq!(
        (text(&unnamed, "complainant"), text(&unnamed, "contact")),
        ("", "")
    );
    drop(league);
}

#[test]
fn a_delivery_sets_the_days_of_a_review_going() {
    let bench = Bench::new();
    let (region, league) = (bench.operator(1), bench.operator(2));
    let code = answered(&bench, &league);
    let today = chrono::Local::now().date_naive();
    let day = |more: i64| (today + chrono::Duration::days(more)).to_string();
    let deliver = |session: &Session, day: &str| {
        let given = [("delivered_on", day), ("delivered_how", "邮寄签收")];
        bench.step(session, code, "deliver", &given)
    };
    assert!(said(deliver(&league, &day(1))).contains("至今天之间"));
    assert!(said(deliver(&league, &day(-1))).contains("至今天之间"));
    let done = deliver(&league, &day(0)).unwrap();
    assert_eq!(text(&done, "delivered_on"), day(0));
    bench.step(&league, code, "review", WHY).unwrap();
    let mut second: Vec<(&str, &str)> = ANSWER.to_vec();
    let now = day(0);
    second.extend([
        ("delivered_on", now.as_str()),
        ("delivered_how", "当面签收"),
    ]);
    let done = bench.step(&region, code, "answer", &second).unwrap();
    assert_eq!(
        (
            text(&done, "delivered_on"),
            text(&done, "review_delivered_on")
        ),
        (now.as_str(), now.as_str())
    );
    assert_eq!(text(&done, "delivered_how"), "当面签收");
}

/// A world that counts how often all operators are gone through.
struct Counted(Few, std::cell::Cell<usize>);

impl World for Counted {
    fn record(&self, code: Code) -> Option<Record> {
        self.0.record(code)
    }
    fn equal(&self, kind: Kind, field: &str, value: &str) -> Vec<u64> {
        self.0.equal(kind, field, value)
    }
    fn each(&self, kind: Kind, found: &mut dyn FnMut(Record) -> bool) {
        self.1.set(self.1.get() + 1);
        self.0.each(kind, found);
    }
    fn setting(&self, key: &str) -> Option<i64> {
        self.0.setting(key)
    }
}

#[test]
fn to_judge_what_stands_nobody_goes_through_all_operators() {
    let world = Counted(Few::of(crate::rule::matter::WORLD), Default::default());
    let one = record(
        "TS-2026-000001 kind=投诉 accused=ZZ-0035 receiver=ZZ-0005 facts=收费 status=登记 day=2026-06-29",
    );
    let case = Case {
        before: None,
        after: &one,
        act: kezhi::domain::rule::STANDING,
        today: crate::rule::row::today(),
        world: &world,
        sees: None,
    };
    let found = kezhi::domain::rule::standing(&case).count();
    assert_eq!((world.1.get(), found > 0), (0, true));
}

#[test]
fn of_many_about_the_same_team_the_newest_are_compared() {
    let mut world = Few::of(crate::rule::matter::WORLD);
    let facts = "facts=活动后向农户收取讲课费二百元";
    for number in 1..=120 {
        let day = if number == 1 {
            "2024-01-01"
        } else {
            "2026-06-01"
        };
        world.put(record(&format!(
            "TS-2026-{number:06} kind=投诉 complainant=人{number} accused=ZZ-0035 receiver=ZZ-0005 {facts} status=办结 day={day}"
        )));
    }
    let one = record(&format!(
        "TS-2026-000999 kind=投诉 complainant=人3 accused=ZZ-0035 receiver=ZZ-0005 {facts} status=登记"
    ));
    let found = kezhi::domain::complaint_same::same(&one, &world, crate::rule::row::today());
    // By the same person, however long ago it was entered, and the newest fifty about the same.
    assert_eq!(found.len(), 51);
    assert_eq!(found[0].text("complainant"), "人3");
    assert_eq!(
        found.iter().map(|one| one.number % 1_000_000).max(),
        Some(120)
    );
}
