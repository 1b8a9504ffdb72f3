//! 志愿者: article 7, the civil code, documents, doubles, names and places as they are typed.

use kezhi::domain::place::{self, places};
use kezhi::domain::{person_name, phone};

use crate::command::{Desk, json, kezhi, ok};

fn refusal(desk: &Desk, args: &[&str]) -> String {
    let out = kezhi(desk.path(), args);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(3), "{args:?}: {said}");
    said
}

fn new<'a>(name: &'a str, phone: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["new", "volunteer", name, phone, "teams=红山区"];
    all.extend(more);
    all
}

#[test]
fn the_life_of_a_volunteer() {
    let desk = Desk::new();
    let dir = desk.path();
    let made = json(dir, &new("name=单立文", "phone=13912344471", &[]));
    assert_eq!(made["fields"]["status"], "待核");
    assert_eq!(
        made["fields"]["joined_on"],
        chrono::Local::now().date_naive().to_string()
    );
    let state = || json(dir, &["show", "zy1"])["fields"]["status"].clone();
    let not = |step: &str| {
        let out = kezhi(dir, &["do", step, "zy1", "note=x"]);
        assert!(
            matches!(out.status.code(), Some(2 | 3)),
            "{step} from {}",
            state()
        );
    };
    not("resume");
    not("suspend");
    // Nobody is confirmed before being registered.
    assert!(refusal(&desk, &["do", "confirm", "zy1", "day=2026-03-01"]).contains("早于登记日期"));
    ok(dir, &["do", "confirm", "zy1"]);
    assert_eq!(
        json(dir, &["show", "zy1"])["fields"]["confirmed_on"],
        chrono::Local::now().date_naive().to_string()
    );
    assert!(refusal(&desk, &["do", "confirm", "zy1"]).contains("现在是「在册」"));
    assert!(refusal(&desk, &["do", "suspend", "zy1"]).contains("请填原因"));
    ok(dir, &["do", "suspend", "zy1", "note=出国"]);
    assert_eq!(state(), "暂停");
    ok(dir, &["do", "resume", "zy1"]);
    assert_eq!(state(), "在册");
    ok(dir, &["do", "leave", "zy1", "note=搬家"]);
    assert_eq!(state(), "已退出");
    let note = json(dir, &["show", "zy1"])["fields"]["note"].clone();
    assert!(note.as_str().unwrap().contains("暂停：出国\n"), "{note}");
    assert!(note.as_str().unwrap().contains("退出：搬家"), "{note}");
    // Who comes back keeps the code.
    ok(dir, &["do", "register", "zy1"]);
    assert_eq!(state(), "待核");
}

#[test]
fn documents_are_checked_and_say_birth_and_gender() {
    let desk = Desk::new();
    let dir = desk.path();
    let try_id = |id: &str, more: &[&str]| {
        let id = format!("id_number={id}");
        let mut all = new("name=张三", "phone=13800000001", &[&id]);
        all.extend(more);
        refusal(&desk, &all)
    };
    assert!(try_id("110105194912310021", &[]).contains("校验位"));
    assert!(try_id("11010519491231002", &[]).contains("17 位"));
    assert!(try_id("110105209912310026", &[]).contains("在今天之后"));
    assert!(try_id("1.10105E+17", &[]).contains("Excel"));
    assert!(try_id("110105194912310000", &[]).contains("Excel"));
    assert!(try_id("11010519491231002X", &["birth=1949-12-30"]).contains("1949-12-31"));
    assert!(try_id("11010519491231002X", &["gender=男"]).contains("女"));
    let made = json(
        dir,
        &new(
            "name=张三",
            "phone=13800000001",
            &["id_number=１１０１０５ 19491231 002x"],
        ),
    );
    assert_eq!(made["fields"]["birth"], "1949-12-31");
    assert_eq!(made["fields"]["gender"], "女");
    assert_eq!(made["fields"]["id_number"], "110***********002X", "masked");
    assert_eq!(
        ok(dir, &["reveal", "zy1", "id_number", "--reason", "核对"]).trim(),
        "11010519491231002X"
    );
    // A passport is no identity card.
    ok(
        dir,
        &new(
            "name=李四",
            "phone=13800000002",
            &["id_type=护照", "id_number=e12345678"],
        ),
    );
}

#[test]
fn doubles_are_refused_or_asked_about_with_the_others_code() {
    let desk = Desk::new();
    let dir = desk.path();
    ok(
        dir,
        &new(
            "name=单立文",
            "phone=13912344471",
            &["id_number=11010519491231002X"],
        ),
    );
    let said = refusal(
        &desk,
        &new(
            "name=别人",
            "phone=13900000000",
            &["id_number=11010519491231002X"],
        ),
    );
    assert!(said.contains("ZY-000001 单立文"), "{said}");
    let both = new(
        "name=别人",
        "phone=13900000000",
        &["id_number=11010519491231002X", "--yes"],
    );
    refusal(&desk, &both);
    let said = refusal(&desk, &new("name=单立文", "phone=+86 139-1234-4471", &[]));
    assert!(
        said.contains("ZY-000001") && said.contains("--yes"),
        "{said}"
    );
    ok(dir, &new("name=单立文", "phone=13912344471", &["--yes"]));
    ok(dir, &new("name=单小文", "phone=13912344471", &[]));
    assert_eq!(
        json(dir, &["find", "13912344471"])
            .as_array()
            .unwrap()
            .len(),
        3,
        "families share a phone"
    );
}

#[test]
fn minors_need_a_guardian_and_children_are_refused() {
    let desk = Desk::new();
    let dir = desk.path();
    let today = chrono::Local::now().date_naive();
    let years = |years: u32, days: i64| {
        let day = today
            .checked_sub_months(chrono::Months::new(years * 12))
            .unwrap();
        format!("birth={}", day + chrono::Duration::days(days))
    };
    let (seven, eight, minor, grown) = (years(8, 1), years(8, 0), years(18, 1), years(18, 0));
    let said = refusal(
        &desk,
        &new(
            "name=小童",
            "phone=13800000001",
            &[&seven, "guardian=童父 13800000002"],
        ),
    );
    assert!(
        said.contains("不满 8 周岁") && said.contains("民法典"),
        "{said}"
    );
    for birth in [&eight, &minor] {
        let said = refusal(&desk, &new("name=小童", "phone=13800000001", &[birth]));
        assert!(said.contains("监护人") && said.contains("第七条"), "{said}");
    }
    ok(
        dir,
        &new(
            "name=小童",
            "phone=13800000001",
            &[&eight, "guardian=童父 13800000002"],
        ),
    );
    ok(dir, &new("name=大童", "phone=13800000001", &[&grown]));
    assert!(refusal(&desk, &["edit", "zy1", "guardian="]).contains("监护人"));
    assert!(
        !ok(dir, &["show", "zy1"]).contains("童父"),
        "the guardian is masked"
    );
}

#[test]
fn names_keep_one_dot_and_are_found_however_it_is_typed() {
    let desk = Desk::new();
    let dir = desk.path();
    let dots = [
        "·", "•", "・", "･", "‧", "∙", "⋅", "．", ".", "｡", "●", "ᐧ", "ㆍ", "⸱", "᛫", "․", " · ",
        ". ", "··",
    ];
    for dot in dots {
        let typed = format!("阿拉坦{dot}乌拉");
        assert_eq!(
            person_name::person_name(&typed).unwrap(),
            "阿拉坦·乌拉",
            "{typed}"
        );
    }
    assert_eq!(person_name::person_name("J. Smith").unwrap(), "J. Smith");
    let long = "阿尔斯楞巴特尔额尔德尼朝鲁";
    let long_name = format!("name={long}");
    ok(dir, &new("name=阿拉坦．乌拉", "phone=13800000001", &[]));
    ok(dir, &new("name=娜", "phone=13800000002", &[]));
    ok(dir, &new(&long_name, "phone=13800000003", &[]));
    assert_eq!(json(dir, &["show", "zy1"])["fields"]["name"], "阿拉坦·乌拉");
    for dot in ["", "·", "•", "・", "･", ".", "．", "‧", "ㆍ"] {
        let typed = format!("阿拉坦{dot}乌拉");
        let found = json(dir, &["find", &typed]);
        assert_eq!(found[0]["code"], "ZY-000001", "{typed}");
    }
    assert_eq!(json(dir, &["find", "娜"])[0]["code"], "ZY-000002");
    assert_eq!(json(dir, &["find", long])[0]["code"], "ZY-000003");
}

#[test]
fn phones_of_every_shape_have_one_form() {
    for (typed, stored) in [
        ("139 1234 4471", "13912344471"),
        ("+86 139-1234-4471", "13912344471"),
        ("＋８６１３９１２３４４４７１", "13912344471"),
        ("(86)13912344471", "13912344471"),
        ("'13912344471", "13912344471"),
        ("13912344471.0", "13912344471"),
        ("+86 471 6123456", "0471-6123456"),
        ("+86-10-88888888", "010-88888888"),
        ("0086 0471 6123456", "0471-6123456"),
        ("０４７１－６１２３４５６", "0471-6123456"),
        ("+86 400 123 4567", "4001234567"),
        ("95588", "95588"),
    ] {
        assert_eq!(phone::phone(typed).as_deref(), Ok(stored), "{typed}");
    }
}

#[test]
fn every_place_is_read_by_all_its_names_or_lists_the_choices() {
    for one in places() {
        for typed in [
            one.code.to_owned(),
            one.path(),
            format!("内蒙古{}", one.path()),
        ] {
            assert_eq!(
                place::place(&typed).map(|found| found.code),
                Ok(one.code),
                "{typed}"
            );
        }
        for typed in [one.name, one.short]
            .into_iter()
            .chain(one.aliases.iter().copied())
        {
            match place::place(typed) {
                Ok(found) => assert_eq!(found.code, one.code, "{typed}"),
                Err(said) => assert!(
                    said.zh.contains("可指多处") && said.zh.contains(one.code),
                    "{typed}: {}",
                    said.zh
                ),
            }
        }
    }
}
