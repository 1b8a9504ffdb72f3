//! A complaint about the leader of a county's team, from the call to the removal, by people with logins of their own.

use serde_json::Value;

use crate::server::Site;

/// The users: heads and operators of the region and of 赤峰, the liaison of 红山区, two inspectors.
const PEOPLE: [(&str, &str, &str, &str); 7] = [
    ("top", "总值", "值班员、负责人", "ZZ-0001"),
    ("two", "副职", "负责人", "ZZ-0001"),
    ("hea", "盟长", "值班员、负责人", "ZZ-0005"),
    ("opr", "盟办", "值班员", "ZZ-0005"),
    ("cou", "旗办", "值班员、负责人", "ZZ-0035"),
    ("jij", "纪检", "监督员", "ZZ-0001"),
    ("aud", "审计", "监督员", "ZZ-0001"),
];

fn day(by: i64) -> String {
    let today = chrono::Local::now().date_naive();
    (today + chrono::Duration::days(by)).to_string()
}

fn json(site: &Site, role: &str, args: &[&str]) -> Value {
    let said = site.ok(role, &[args, &["--json"]].concat());
    serde_json::from_str(&said).unwrap_or_else(|_| panic!("{args:?}: {said}"))
}

fn code(view: &Value) -> String {
    view["code"].as_str().unwrap().to_owned()
}

fn field(site: &Site, role: &str, of: &str, key: &str) -> String {
    let view = json(site, role, &["show", of]);
    view["fields"][key].as_str().unwrap_or("").to_owned()
}

/// A server on which a caller has complained about the leader of 红山区's team fourteen days ago.
fn called() -> Result<(Site, String), String> {
    let roles: Vec<&str> = std::iter::once("svc")
        .chain(PEOPLE.iter().map(|row| row.0))
        .collect();
    let site = Site::with(&roles)?;
    for (role, name, roles, scope) in PEOPLE {
        let user = format!("user={}", site.people.name(role));
        let (name, roles) = (format!("name={name}"), format!("roles={roles}"));
        let scope = format!("scope={scope}");
        site.ok("svc", &["new", "operator", &user, &name, &roles, &scope]);
    }
    let person = ["new", "volunteer", "name=王建国", "phone=13912344472"];
    site.ok(
        "top",
        &[&person[..], &["birth=1970-01-02", "teams=红山区"]].concat(),
    );
    site.ok("top", &["do", "confirm", "ZY-000001"]);
    site.ok(
        "top",
        &[
            "do",
            "appoint",
            "ZZ-0035",
            "post=队长",
            "holder=王建国",
            "--reason",
            "试",
        ],
    );
    let received = format!("received_at={}T10:00", day(-14));
    let made = json(
        &site,
        "top",
        &[
            "new",
            "complaint",
            "kind=投诉",
            "complainant=李四",
            "contact=13912345678",
            "accused=ZY-000001",
            "topic=收取报酬",
            &received,
            "facts=讲座后向每户收二十元",
            "claims=退还并答复",
        ],
    );
    let code = code(&made);
    Ok((site, code))
}

#[test]
fn from_the_call_to_the_removal() {
    let (site, matter) = match called() {
        Ok(called) => called,
        Err(reason) => return crate::skip("users", &reason),
    };
    let matter = matter.as_str();

    // One level up from the team that he leads, with the reason.
    assert_eq!(field(&site, "top", matter, "receiver"), "ZZ-0005");
    let told = json(&site, "top", &["show", matter])["told"].to_string();
    assert!(told.contains("第十九条") && told.contains("赤峰"), "{told}");

    // The county's liaison finds no trace: the same answers as for a number that never was.
    let none = match matter {
        "TS-2026-999999" => "TS-2026-999998",
        _ => "TS-2026-999999",
    };
    for args in [
        &["show", "X"][..],
        &["history", "X"],
        &["steps", "X"],
        &["case", "X"],
        &["edit", "X", "note=试"],
        &["do", "accept", "X", "told_how=电话"],
        &["reveal", "X", "complainant", "--reason", "核对"],
        &["print", "X"],
        &["list", "complaint"],
        &["queue", "--all"],
        &["find", "收二十元"],
        &["find", "X"],
        &["export", "complaint"],
        &["log", "export"],
        &["log", "head"],
        &["check"],
    ] {
        let put = |code: &str| -> Vec<String> {
            args.iter().map(|word| word.replace('X', code)).collect()
        };
        let ask = |code: &str| {
            let words = put(code);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let out = site.ask("cou", &words);
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(code, "X");
            (out.status.code(), text(&out.stdout), text(&out.stderr))
        };
        let (there, not) = (ask(matter), ask(none));
        assert_eq!(there, not, "{args:?}");
        let said = format!("{}{}", there.1, there.2);
        assert!(
            !said.contains(matter) && !said.contains("向每户"),
            "{args:?}: {said}"
        );
    }

    // Accepted on the last day but one, given to somebody, extended with approval.
    site.refused(
        "opr",
        &[
            "do",
            "extend",
            matter,
            "extended_days=20",
            "told_how=短信",
            "--reason",
            "须走访十户",
        ],
        5,
    );
    site.ok("hea", &["do", "accept", matter, "told_how=短信"]);
    let view = json(&site, "hea", &["show", matter]);
    assert_eq!(view["fields"]["told_on"], day(0).as_str());
    assert_eq!(view["fields"]["status"], "受理");
    let login = site.people.name("opr").to_owned();
    site.ok(
        "hea",
        &["do", "assign", matter, &format!("handler={login}")],
    );
    site.ok("opr", &["do", "investigate", matter]);
    let before = field(&site, "opr", matter, "due_on");
    let clocks = json(&site, "opr", &["case", matter])["clocks"].clone();
    let due = |clocks: &Value| {
        let rows = clocks.as_array().unwrap().iter();
        let handle = rows.clone().find(|one| one["key"] == "handle");
        handle.unwrap()["due"].as_str().unwrap().to_owned()
    };
    let first = due(&clocks);
    site.ok(
        "hea",
        &[
            "do",
            "extend",
            matter,
            "extended_days=20",
            "told_how=短信",
            "--reason",
            "须走访十户",
        ],
    );
    let then = due(&json(&site, "opr", &["case", matter])["clocks"]);
    assert!(then > first, "{before} {first} {then}");

    // Who complained is for the handler and the head; every look is in the history.
    site.ok(
        "opr",
        &["reveal", matter, "complainant", "--reason", "核对来人"],
    );
    site.refused("top", &["do", "close", matter], 3);
    let answer = [
        "found=收取属实",
        "reasons=有三户证言",
        "outcome=属实",
        "decision=支持",
        "basis=第二条、第十条（四）",
        "remedy=三十日内可向总队申请复查",
    ];
    site.refused(
        "opr",
        &[&["do", "answer", matter][..], &answer[..4]].concat(),
        3,
    );
    site.ok(
        "opr",
        &[&["do", "answer", matter][..], &answer[..]].concat(),
    );
    let letter = site.ok("opr", &["print", matter, "--paper", "answer"]);
    assert!(
        letter.contains("三十日内") && letter.contains("第二条"),
        "{letter}"
    );

    // Not satisfied: the level above decides, and upholds.
    site.ok("hea", &["do", "review", matter, "--reason", "来人要求退还"]);
    assert_eq!(field(&site, "top", matter, "receiver"), "ZZ-0001");
    site.ok(
        "top",
        &[&["do", "answer", matter][..], &answer[..]].concat(),
    );
    assert_eq!(field(&site, "top", matter, "review_answered_on"), day(0));

    // 清退 takes facts, notice, a statement, and two people.
    let basis = format!("complaint={matter}");
    let made = json(
        &site,
        "top",
        &[
            "new",
            "sanction",
            "measure=清退",
            "subject=ZY-000001",
            &basis,
            "facts=向服务对象收取现金",
            "serious=多次收取，拒不退还",
            "evidence=三户证言 书证 总队档案柜",
            "grounds=第九条（七）、第十条（四）",
        ],
    );
    let sanction = code(&made);
    let decide = ["do", "decide", &sanction, "decision=清退出志愿者队伍"];
    let enforce = ["do", "enforce", &sanction, "served_how=书面送达"];
    site.refused("top", &decide, 3);
    site.ok(
        "top",
        &[
            "do",
            "notify",
            &sanction,
            "told_how=书面送达",
            "notice=收取现金，拟予清退",
            "remedy=十五日内向总队申诉",
        ],
    );
    site.ok("top", &["do", "hear", &sanction, "statement=本人承认"]);
    site.ok("top", &decide);
    let said = site.refused("top", &enforce, 3);
    assert!(said.contains("另一人"), "{said}");
    assert_eq!(field(&site, "top", "ZY-000001", "status"), "在册");
    site.ok("two", &enforce);
    assert_eq!(field(&site, "top", "ZY-000001", "status"), "已清退");

    // The county sees that he is removed, not by which complaint.
    let seen = site.ok("cou", &["show", "ZY-000001"]) + &site.ok("cou", &["history", "ZY-000001"]);
    assert!(seen.contains("已清退"), "{seen}");
    assert!(!seen.contains("TS-") && !seen.contains("CL-"), "{seen}");
    // Whoever enters him again elsewhere is warned.
    let again = [
        "new",
        "volunteer",
        "name=王建国",
        "phone=13912344472",
        "birth=1970-01-02",
    ];
    let said = site.refused("hea", &[&again[..], &["teams=松山区"]].concat(), 3);
    assert!(said.contains("清退"), "{said}");
    site.ok("svc", &["verify"]);
}

#[test]
fn a_major_activity_waits_for_both_inspectors() {
    let (site, _) = match called() {
        Ok(called) => called,
        Err(reason) => return crate::skip("users", &reason),
    };
    let sessions = format!("sessions={} 09:00-11:00", day(6));
    let made = json(
        &site,
        "hea",
        &[
            "new",
            "activity",
            "title=盟市科普日",
            "org=赤峰市",
            "place=文化广场",
            "scope=大型活动科普服务",
            "budget=80000",
            "major=是",
            &sessions,
        ],
    );
    let activity = code(&made);
    for step in ["submit", "approve"] {
        site.ok("hea", &["do", step, &activity, "--yes"]);
    }
    let named = |office: &str, role: &str| {
        let activity = format!("activity={activity}");
        let office = format!("office={office}");
        let inspector = format!("inspector={}", site.people.name(role));
        let made = json(
            &site,
            "hea",
            &["new", "oversight", &activity, &office, &inspector],
        );
        code(&made)
    };
    let ready = ["do", "ready", &activity];
    let said = site.refused("hea", &ready, 3);
    assert!(said.contains("第十九条") && said.contains("审计"), "{said}");
    let first = named("纪检监察", "jij");
    let said = site.refused("hea", &ready, 3);
    assert!(said.contains("审计"), "{said}");
    let second = named("审计", "aud");
    // Named is not there yet: both come before it begins.
    site.refused("hea", &ready, 3);
    for (role, code) in [("jij", &first), ("aud", &second)] {
        let stage = ["do", "attend", code, "stage=事前", "note=看了方案和预算"];
        site.ok(role, &stage);
    }
    site.ok("hea", &ready);
    // The seat: this activity and nothing else.
    assert!(site.ok("jij", &["show", &activity]).contains("盟市科普日"));
    site.refused("jij", &["show", "ZY-000001"], 4);
    site.refused("jij", &["edit", &activity, "note=试"], 5);
    let history = site.ok("hea", &["history", &activity]);
    assert!(history.contains("监督员查看"), "{history}");
}
