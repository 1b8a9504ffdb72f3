//! Matching: who is named for a need or an activity, in which order, and why.

use std::path::Path;
use std::sync::Arc;

use kezhi::domain::kind::{Code, Kind};
use kezhi::domain::operator::Role;
use kezhi::domain::refusal::RefusalKind;
use kezhi::domain::value::Fields;
use kezhi::protocol::work::Match;
use kezhi::protocol::{Act, Answer, Change, List, Request, View};
use kezhi::service::{Service, Session};

use crate::right::{service, who};

/// A store in which things are entered by the head of the region.
struct Store {
    service: Arc<Service>,
    head: Session,
    phones: u64,
}

impl Store {
    fn new(dir: &Path) -> Store {
        let service = service(dir);
        let head = service.join(who(&[Role::Head, Role::Operator], 1), |_| {});
        Store {
            service,
            head,
            phones: 13_912_340_000,
        }
    }

    fn ask(&self, act: Act, cells: &[(&str, &str)]) -> View {
        let cells = cells
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).into()));
        let change = Change {
            act,
            fields: cells.collect(),
            confirmed: true,
            reason: "测试如此".into(),
        };
        match self
            .service
            .handle(&self.head, Request::Make { token: 0, change })
        {
            Ok(Answer::View(view)) => view,
            other => panic!("{other:?}"),
        }
    }

    fn new_one(&self, kind: Kind, cells: &[(&str, &str)]) -> Code {
        self.ask(Act::New(kind), cells).code
    }

    fn step(&self, code: Code, step: &str, cells: &[(&str, &str)]) -> View {
        let act = Act::Step {
            code,
            step: step.into(),
            rev: None,
        };
        self.ask(act, cells)
    }

    /// Somebody who is registered.
    fn person(&mut self, name: &str, area: &str, more: &[(&str, &str)]) -> Code {
        self.phones += 1;
        let phone = self.phones.to_string();
        let mut cells = vec![
            ("name", name),
            ("phone", phone.as_str()),
            ("teams", "ZZ-0035"),
            ("area", area),
        ];
        cells.extend(more);
        let code = self.new_one(Kind::Volunteer, &cells);
        self.step(code, "confirm", &[]);
        code
    }

    fn found(&self, code: Code) -> Vec<Match> {
        let request = Request::Match { code, limit: 20 };
        match self.service.handle(&self.head, request) {
            Ok(Answer::Matches(rows)) => rows,
            other => panic!("{other:?}"),
        }
    }

    fn names(&self, code: Code) -> Vec<String> {
        self.found(code).into_iter().map(|row| row.name).collect()
    }

    fn need(&self, more: &[(&str, &str)]) -> Code {
        let mut cells = vec![
            ("title", "村里要讲座"),
            ("recipient", "某村"),
            ("org", "ZZ-0035"),
            ("sessions", "2099-03-02 09:00-11:00"),
        ];
        cells.extend(more);
        self.new_one(Kind::Need, &cells)
    }

    fn activity(&self, title: &str, more: &[(&str, &str)]) -> Code {
        let mut cells = vec![
            ("title", title),
            ("org", "ZZ-0035"),
            ("scope", "基层阵地科普服务"),
            ("sessions", "2099-03-02 10:00-12:00"),
        ];
        cells.extend(more);
        self.new_one(Kind::Activity, &cells)
    }

    fn enrol(&self, activity: Code, volunteer: Code) -> Code {
        let (activity, volunteer) = (activity.to_string(), volunteer.to_string());
        let cells = [
            ("activity", activity.as_str()),
            ("volunteer", volunteer.as_str()),
        ];
        self.new_one(Kind::Enrolment, &cells)
    }
}

fn said(rows: &[Match], name: &str) -> (String, String) {
    let row = rows.iter().find(|row| row.name == name).unwrap();
    let join = |said: &[kezhi::domain::said::Said]| {
        let zh: Vec<&str> = said.iter().map(|one| one.zh.as_str()).collect();
        zh.join("；")
    };
    (join(&row.why), join(&row.against))
}

#[test]
fn skill_stands_before_place_and_place_before_time() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    let lecture = ("skills", "科普宣讲");
    store.person("远有技", "呼和浩特市新城区", &[lecture]);
    let busy = store.person("近有技忙", "红山区", &[lecture]);
    store.person("近无技", "红山区", &[]);
    store.person("盟有技", "赤峰市松山区", &[lecture]);
    store.person("近有技", "红山区", &[lecture]);
    let other = store.activity("另一场", &[]);
    let enrolled = store.enrol(other, busy);
    store.step(enrolled, "agree", &[("agreed_by", "本人")]);
    let need = store.need(&[lecture]);
    assert_eq!(
        store.names(need),
        ["近有技", "近有技忙", "盟有技", "远有技", "近无技"]
    );
    let rows = store.found(need);
    let (why, against) = said(&rows, "近有技");
    assert_eq!(why, "技能 科普宣讲；同旗县 红山区；那时有空；没问过");
    assert_eq!(against, "");
    let (_, against) = said(&rows, "近有技忙");
    assert!(
        against.starts_with(&format!("那时在 {other} 另一场")),
        "{against}"
    );
    let (why, against) = said(&rows, "远有技");
    assert!(why.starts_with("技能 科普宣讲；那时有空"), "{why}");
    assert!(against.contains("外盟市 呼和浩特市新城区"), "{against}");
    assert!(said(&rows, "盟有技").0.contains("同盟市 赤峰市松山区"));
    assert!(said(&rows, "近无技").1.contains("没有技能 科普宣讲"));
    assert!(rows.iter().all(|row| row.phone.contains("****")));
    // The same from what is built in as from what came since.
    store.service.close();
    let service = Service::open(dir.path(), 1, true).unwrap();
    let request = Request::Match {
        code: need,
        limit: 20,
    };
    let again = service.handle(&store.head, request).unwrap();
    assert_eq!(again, Answer::Matches(rows));
    service.close();
}

#[test]
fn a_language_that_is_asked_for_must_be_spoken_and_no_minor_goes_into_danger() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    let mongolian = ("languages", "蒙古语");
    store.person("只会汉语", "红山区", &[("languages", "普通话")]);
    store.person("会蒙语", "新城区", &[mongolian]);
    let young = [
        mongolian,
        ("birth", "2085-06-01"),
        ("guardian", "母 13900000009"),
    ];
    store.person("少年", "红山区", &young[..1]);
    let need = store.need(&[mongolian, ("dangers", "涉水")]);
    let names = store.names(need);
    assert_eq!(names, ["少年", "会蒙语"]);
    // Born so late that the day of the service finds a minor: not with a danger.
    store.ask(
        Act::Edit {
            code: store.found(need)[0].code,
            rev: None,
        },
        &[("birth", "2012-06-01"), ("guardian", "母 13900000009")],
    );
    let soon = [mongolian, ("sessions", "2028-03-02 09:00-11:00")];
    let danger = store.need(&[soon[0], soon[1], ("dangers", "涉水")]);
    assert_eq!(store.names(danger), ["会蒙语"]);
    let safe = store.need(&soon);
    assert_eq!(store.names(safe), ["少年", "会蒙语"]);
    assert!(said(&store.found(safe), "少年").1.contains("15 周岁"));
    assert!(said(&store.found(safe), "会蒙语").0.contains("会蒙古语"));
    store.service.close();
}

#[test]
fn age_health_training_and_load_decide_among_equals() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    let today = chrono::Local::now().date_naive();
    let month = (today - chrono::Duration::days(40)).to_string();
    let old = store.person("老人", "红山区", &[("birth", "1940-01-01")]);
    store.person("病人", "红山区", &[("health_note", "腰有旧伤")]);
    let asked = store.person("问过", "红山区", &[]);
    store.person("没问", "红山区", &[]);
    store.person("培训", "红山区", &[("trained_on", &month)]);
    let other = store.need(&[("title", "别的事")]);
    let name = asked.to_string();
    store.step(other, "ask", &[("volunteer", &name), ("result", "不去")]);
    let soon = (today + chrono::Duration::days(9)).to_string();
    let sessions = format!("{soon} 09:00-11:00");
    let need = store.need(&[("dangers", "涉水"), ("sessions", &sessions)]);
    assert_eq!(store.names(need), ["培训", "没问", "问过", "病人", "老人"]);
    let rows = store.found(need);
    assert!(
        said(&rows, "培训")
            .0
            .contains(&format!("{} 培训过", &month[..7]))
    );
    assert!(said(&rows, "问过").1.contains("今天问过"));
    assert!(said(&rows, "老人").1.contains("周岁，有危险"));
    let (why, against) = said(&rows, "病人");
    assert!(against.contains("有健康限制"), "{against}");
    assert!(!format!("{why}{against}").contains("旧伤"));
    // Without a danger age is no matter.
    let safe = store.need(&[("sessions", &sessions)]);
    assert_eq!(said(&store.found(safe), "老人").1, "");
    let _ = old;
    store.service.close();
}

#[test]
fn who_was_asked_is_marked_and_who_refused_stands_at_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    let people: Vec<Code> = ["甲甲", "乙乙", "丙丙", "丁丁"]
        .iter()
        .map(|name| store.person(name, "红山区", &[]))
        .collect();
    let need = store.need(&[]);
    for (nth, result) in [(0, "不去"), (1, "去"), (2, "没接")] {
        let code = people[nth].to_string();
        store.step(need, "ask", &[("volunteer", &code), ("result", result)]);
    }
    assert_eq!(store.names(need), ["丙丙", "丁丁", "乙乙", "甲甲"]);
    let rows = store.found(need);
    let results: Vec<Option<&str>> = rows
        .iter()
        .map(|row| row.asked.as_ref().map(|asked| asked.1.as_str()))
        .collect();
    assert_eq!(results, [Some("没接"), None, Some("去"), Some("不去")]);
    // Somebody who said no may think better of it: the last answer counts.
    let code = people[0].to_string();
    store.step(need, "ask", &[("volunteer", &code), ("result", "去")]);
    assert_eq!(store.names(need), ["丙丙", "丁丁", "甲甲", "乙乙"]);
    store.service.close();
}

#[test]
fn who_said_yes_is_planned_for_the_activity_that_a_need_becomes() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    let yes = store.person("甲甲", "红山区", &[]);
    let no = store.person("乙乙", "红山区", &[]);
    let gone = store.person("丙丙", "红山区", &[]);
    let need = store.need(&[]);
    for (code, result) in [(yes, "去"), (no, "不去"), (gone, "去")] {
        let code = code.to_string();
        let cells = [
            ("volunteer", code.as_str()),
            ("result", result),
            ("on", "2026-05-04 10:20"),
        ];
        store.step(need, "ask", &cells);
    }
    store.step(gone, "leave", &[("note", "搬走了")]);
    store.step(need, "turn", &[]);
    let list = |kind| {
        let list = List {
            kind,
            filters: Vec::new(),
            within: None,
            sort: None,
            after: None,
            as_of: None,
            limit: 50,
        };
        match store.service.handle(&store.head, Request::List(list)) {
            Ok(Answer::Views(views)) => views,
            other => panic!("{other:?}"),
        }
    };
    let activities = list(Kind::Activity);
    let [activity] = activities.as_slice() else {
        panic!("{activities:?}")
    };
    let text = |fields: &Fields, key: &str| fields.get(key).map(ToString::to_string);
    assert_eq!(text(&activity.fields, "day").as_deref(), Some("2099-03-02"));
    assert_eq!(text(&activity.fields, "need"), Some(need.to_string()));
    let enrolments = list(Kind::Enrolment);
    let [enrolment] = enrolments.as_slice() else {
        panic!("{enrolments:?}")
    };
    for (key, value) in [
        ("activity", activity.code.to_string().as_str()),
        ("volunteer", yes.to_string().as_str()),
        ("status", "同意"),
        ("org", "ZZ-0035"),
        ("day", "2099-03-02"),
        ("agreed_on", "2026-05-04T10:20"),
        ("agreed_by", "本人"),
        ("agreed_how", "电话"),
    ] {
        assert_eq!(
            text(&enrolment.fields, key).as_deref(),
            Some(value),
            "{key}"
        );
    }
    // It is found by what it names: the index knows the code that the activity got.
    let rows = store.found(activity.code);
    let planned: Vec<_> = rows.iter().filter(|row| row.asked.is_some()).collect();
    assert_eq!(planned[0].code, yes);
    assert_eq!(planned[0].asked.as_ref().unwrap().1, "同意");
    store.service.close();
}

#[test]
fn a_replacement_is_looked_for_with_the_reserve_first_and_who_cannot_come_last() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    let people: Vec<Code> = ["甲甲", "乙乙", "丙丙", "丁丁"]
        .iter()
        .map(|name| store.person(name, "红山区", &[]))
        .collect();
    let activity = store.activity("义诊", &[("form", "义诊咨询")]);
    let doctor = store.person("远医", "新城区", &[("skills", "医疗健康")]);
    let enrolled: Vec<Code> = people[..3]
        .iter()
        .map(|code| store.enrol(activity, *code))
        .collect();
    store.step(enrolled[0], "agree", &[("agreed_by", "本人")]);
    store.step(enrolled[1], "reserve", &[]);
    store.step(enrolled[2], "withdraw", &[("note", "家中有事")]);
    let rows = store.found(activity);
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    // The reserve is there for it; then the form stands for a skill.
    assert_eq!(names, ["乙乙", "远医", "丁丁", "甲甲", "丙丙"]);
    assert_eq!(rows[1].code, doctor);
    assert!(rows.iter().all(|row| row.code.kind == Kind::Volunteer));
    store.service.close();
}

#[test]
fn nobody_is_named_whom_the_caller_does_not_see_or_who_is_not_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    store.person("本地", "红山区", &[]);
    let out = store.person("外地", "红山区", &[]);
    let left = store.person("走了", "红山区", &[]);
    let paused = store.person("暂停", "红山区", &[]);
    store.ask(
        Act::Edit {
            code: out,
            rev: None,
        },
        &[("teams", "ZZ-0002")],
    );
    store.step(left, "leave", &[("note", "搬走了")]);
    store.step(paused, "suspend", &[("note", "出差半年")]);
    let need = store.need(&[]);
    let code = out.to_string();
    store.step(need, "ask", &[("volunteer", &code), ("result", "再打")]);
    let mine = store.service.join(who(&[Role::Operator], 35), |_| {});
    let request = Request::Match {
        code: need,
        limit: 20,
    };
    let rows = match store.service.handle(&mine, request.clone()).unwrap() {
        Answer::Matches(rows) => rows,
        other => panic!("{other:?}"),
    };
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["本地"]);
    let far = store.service.join(who(&[Role::Operator], 2), |_| {});
    let refusal = store.service.handle(&far, request).unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::NotFound);
    store.service.close();
}

#[test]
fn teams_stand_after_the_people_with_how_many_can_do_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::new(dir.path());
    let team = |name: &str, parent: &str, area: &str| {
        let cells = [
            ("name", name),
            ("kind", "分队"),
            ("parent", parent),
            ("area", area),
        ];
        let code = store.new_one(Kind::Organisation, &cells);
        store.step(code, "found", &[("founder", "某校")]);
        code
    };
    let near = team("红山中学科技志愿服务分队", "ZZ-0035", "红山区");
    let far = team("新城区小学科技志愿服务分队", "ZZ-0002", "新城区");
    for (name, home) in [("甲甲", near), ("乙乙", far), ("丙丙", far)] {
        let home = home.to_string();
        let cells = [("teams", home.as_str()), ("skills", "心理")];
        store.person(name, "红山区", &cells);
    }
    let need = store.need(&[("skills", "心理")]);
    let rows = store.found(need);
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names[..3], ["甲甲", "乙乙", "丙丙"]);
    assert_eq!(rows[3].code, near);
    assert_eq!(rows[4].code, far);
    assert!(
        said(&rows, names[3])
            .0
            .contains("同旗县 红山区；1 人会 心理")
    );
    assert!(said(&rows, names[4]).0.contains("2 人会 心理"));
    store.service.close();
}
