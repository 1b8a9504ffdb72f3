//! What the program says about matters on the command line, and what it does not take.

use crate::command::{Desk, json, kezhi, ok};

fn refused(desk: &Desk, args: &[&str], code: i32) -> String {
    let out = kezhi(desk.path(), args);
    let said = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(code), "{args:?}: {said}");
    said
}

fn entered(desk: &Desk, fields: &[&str]) -> serde_json::Value {
    let mut args = vec!["new", "complaint", "--yes", "--reason", "来人不愿说"];
    args.extend(fields);
    json(desk.path(), &args)
}

#[test]
fn refusals_name_the_code_and_the_way_on() {
    let desk = Desk::new();
    let matter = entered(
        &desk,
        &[
            "kind=举报",
            "complainant=王秀英",
            "contact=电话",
            "accused=ZZ-0035",
            "facts=活动后收费二百元",
        ],
    );
    let code = matter["code"].as_str().unwrap();
    let accept = ["do", "accept", code, "told_how=电话"];
    let said = refused(&desk, &accept, 3);
    assert!(
        said.contains(&format!("kezhi do handover {code} outside")),
        "{said}"
    );
    let said = refused(&desk, &["do", "close", code], 3);
    assert!(said.contains(&format!("kezhi do accept {code}")), "{said}");
    let said = refused(&desk, &["do", "link", code, &format!("to={code}")], 3);
    assert!(said.contains("自己"), "{said}");
    let letter = ["print", code, "--paper", "handover"];
    let text = ok(desk.path(), &letter);
    assert!(
        text.contains("科协机关纪委：") && !text.contains('＿'),
        "{text}"
    );
    let to = |body| [&letter[..], &["--to", body]].concat();
    assert!(ok(desk.path(), &to("民政部门")).contains("民政部门："));
    assert!(refused(&desk, &to("邻居"), 3).contains("移送单位有"));
    let queue = ok(desk.path(), &["queue", "--kind", "表扬"]);
    assert!(queue.contains("所查 0 件；共 待办 1 件"), "{queue}");
    let card = ok(desk.path(), &["--lang", "en", "show", code]);
    assert!(
        card.contains("one level up") && card.contains("on file, not shown"),
        "{card}"
    );
    assert!(!card.contains("上一级"), "{card}");
    let history = ok(desk.path(), &["--lang", "en", "history", code]);
    assert!(history.contains("print  hand-over letter"), "{history}");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let desk = Desk::new();
    let said = refused(&desk, &["case", "TS-2026-\u{1b}[31m"], 4);
    assert!(!said.trim_end().chars().any(char::is_control), "{said:?}");
    let said = refused(&desk, &["case", "ZZ-0001"], 2);
    assert!(said.contains("kezhi history ZZ-0001"), "{said}");
    let twice = ["new", "complaint", "kind=投诉", "kind=举报", "facts=收费"];
    assert!(refused(&desk, &twice, 2).contains("写了两遍"));
    let said = refused(&desk, &["export", "complaint", "-o", "/tmp/no.csv"], 5);
    assert!(said.contains("--paper case"), "{said}");
}

#[test]
fn praise_is_told_in_its_own_words() {
    let desk = Desk::new();
    let praise = entered(
        &desk,
        &[
            "kind=表扬",
            "complainant=王秀英",
            "contact=电话",
            "accused=ZZ-0035",
            "facts=讲座办得好",
        ],
    );
    let told = praise["told"].to_string();
    assert!(
        told.contains("请告诉来人") && !told.contains("被反映"),
        "{told}"
    );
}
