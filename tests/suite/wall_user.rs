//! The wall as a real user of the machine meets it: a county's liaison looks for a matter about the county.

use serde_json::Value;

use crate::server::Site;

/// What a command says and how it ends, but for the codes, and for clocks and processes.
fn said(site: &Site, args: &[&str], code: &str) -> String {
    let out = site.ask("mem", args);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(code, "CODE");
    let (mut answer, refusal) = (text(&out.stdout), text(&out.stderr));
    if args.contains(&"status") {
        let mut status: Value = serde_json::from_str(&answer).unwrap();
        for clock in ["pid", "uptime"] {
            status[clock] = clock.into();
        }
        answer = status.to_string();
    }
    format!("{:?} {answer} {refusal}", out.status.code())
}

#[test]
fn the_liaison_of_the_accused_county_finds_no_trace_by_any_command() {
    let site = match Site::new() {
        Ok(site) => site,
        Err(reason) => return crate::skip("users", &reason),
    };
    for (user, name, roles, scope) in [
        ("mem", "县联络", "值班员,负责人,管理员", "红山区"),
        ("str", "盟负责", "值班员,负责人", "赤峰市"),
    ] {
        let of = [
            format!("user={}", site.people.name(user)),
            format!("name={name}"),
            format!("roles={roles}"),
            format!("scope={scope}"),
        ];
        let mut args = vec!["new", "operator"];
        args.extend(of.iter().map(String::as_str));
        site.ok("svc", &args);
    }
    let mut person = vec!["new", "volunteer", "name=单立文", "teams=红山区"];
    person.push("phone=13912344471");
    site.ok("mem", &person);
    let export = site.dir().join("run/out.csv");
    std::fs::write(&export, "").unwrap();
    let export = export.to_str().unwrap().to_owned();
    // What names no code is answered as before the matter came in.
    let title = "克扣补贴丢失器材";
    let plain: Vec<Vec<&str>> = vec![
        vec!["find", title],
        vec!["find", "kkbt"],
        vec!["find", title, "--kind", "complaint"],
        vec!["--json", "list", "complaint"],
        vec!["--json", "list", "sanction"],
        vec!["list", "complaint", "--where", "accused=红山区"],
        vec!["--json", "list", "complaint", "--sort", "day"],
        vec!["--json", "history", "ZY-000001"],
        vec!["--json", "show", "ZZ-0035"],
        vec!["export", "complaint", "-o", &export],
        vec!["--json", "log", "export"],
        vec!["--json", "check"],
        vec!["--json", "hours"],
        vec!["--json", "tree"],
        vec!["--json", "status"],
        vec!["--json", "queue"],
        vec!["queue"],
        vec!["backup", "/tmp/never.redb"],
        vec!["verify"],
        vec!["--json", "log", "verify"],
        vec!["--json", "log", "head"],
    ];
    let look = || -> Vec<String> {
        let each = plain.iter().map(|args| said(&site, args, "-"));
        each.collect()
    };
    // Once, so that what the looking itself logs is there the second time as well.
    let before = look();
    let made = site.ok(
        "str",
        &[
            "--json",
            "new",
            "complaint",
            "kind=投诉",
            &format!("title={title}"),
            "facts=克扣补贴",
            "accused=红山区",
            "complainant=王举报",
            "contact=13600002222",
        ],
    );
    let made: Value = serde_json::from_str(&made).unwrap();
    let code = made["code"].as_str().unwrap().to_owned();
    assert_eq!(made["fields"]["receiver"], "ZZ-0005");
    site.ok("str", &["do", "accept", &code, "told_how=电话"]);
    site.ok("str", &["reveal", &code, "contact", "--reason", "回访"]);
    assert!(site.ok("str", &["find", title]).contains(&code));
    assert!(site.ok("str", &["history", &code]).contains("回访"));
    for ((args, before), after) in plain.iter().zip(before).zip(look()) {
        assert_eq!(before, after, "{args:?}");
    }
    // What names it is answered as of a matter that never was.
    let never = match code.ends_with('7') {
        true => format!("{}1", &code[..code.len() - 1]),
        false => format!("{}7", &code[..code.len() - 1]),
    };
    let by = |code: &str| -> Vec<String> {
        let accused = format!("linked={code}");
        let all: Vec<Vec<&str>> = vec![
            vec!["find", code],
            vec!["find", &code[8..]],
            vec!["find", code, "--kind", "complaint"],
            vec!["show", code],
            vec!["--json", "show", code],
            vec!["history", code],
            vec!["--json", "history", code],
            vec!["steps", code],
            vec!["reveal", code, "contact", "--reason", "看看"],
            vec!["do", "accept", code, "told_how=电话"],
            vec!["do", "accept", code],
            vec!["edit", code, "note=改"],
            vec!["print", code, "-o", &export],
            vec!["list", "complaint", "--after", code],
            vec!["list", "complaint", "--sort", "day", "--after", code],
            vec!["list", "complaint", "--where", &accused],
            vec!["hours", code],
            vec!["match", code],
            vec!["queue", code],
            vec!["case", code],
        ];
        let each = all.iter().map(|args| {
            let digits = said(&site, args, code);
            format!("{args:?} {}", digits.replace(&code[8..], "NUMBER"))
                .replace(code, "CODE")
                .replace(&code[8..], "NUMBER")
        });
        each.collect()
    };
    for (one, other) in by(&code).into_iter().zip(by(&never)) {
        assert_eq!(one, other);
    }
}
