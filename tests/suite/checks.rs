//! Checks of single values.

use chrono::NaiveDate;
use kezhi::domain::{credit_code, day, identity, person_name, phone, place};
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 30).unwrap()
}

#[test]
fn identity_numbers_say_birth_and_gender() {
    let id = identity::identity(" １１０１０５１９４９１２３１００２ｘ ", today()).unwrap();
    assert_eq!(id.number, "11010519491231002X");
    assert_eq!(id.birth.to_string(), "1949-12-31");
    assert_eq!(id.gender, "女");
}

#[test]
fn identity_refusals_name_the_fault() {
    let says = |raw: &str| identity::identity(raw, today()).unwrap_err().zh;
    assert!(says("110105194912310021").contains("校验位"));
    assert!(says("1.50102E+17").contains("Excel"));
    assert!(says("150102199001011000").contains("Excel"));
    assert!(says("110105491231002").contains("15 位"));
    assert!(says("110105203012310027").contains("在今天之后"));
    assert!(says("110105194913310027").contains("不是日期"));
    assert!(
        says("110105194912310中").contains("数字") || says("110105194912310中").contains("18 位")
    );
}

#[test]
fn phones_have_one_form() {
    let reads = |raw: &str| phone::phone(raw).unwrap();
    assert_eq!(reads("+86 139-1234-4471"), "13912344471");
    assert_eq!(reads("１３９１２３４４４７１"), "13912344471");
    assert_eq!(reads("008613912344471"), "13912344471");
    assert_eq!(reads("8613912344471"), "13912344471");
    assert_eq!(reads("(0471) 6123456"), "0471-6123456");
    assert_eq!(reads("0471-6123456转12"), "0471-6123456-12");
    assert_eq!(reads("0471-6123456-12"), "0471-6123456-12");
    assert_eq!(reads("010-88888888"), "010-88888888");
    assert_eq!(reads("400-123-4567"), "4001234567");
    for wrong in [
        "1391234447",
        "139123444712",
        "abc",
        "",
        "6123456",
        "1.39E+10",
        "12912344471",
    ] {
        assert!(phone::phone(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn names_have_one_dot() {
    let reads = |raw: &str| person_name::person_name(raw).unwrap();
    assert_eq!(reads("阿拉坦•乌拉"), "阿拉坦·乌拉");
    assert_eq!(reads("阿拉坦.乌拉"), "阿拉坦·乌拉");
    assert_eq!(reads(" 张　三 "), "张三");
    assert_eq!(reads("John  Smith"), "John Smith");
    assert_eq!(reads("娜"), "娜");
    assert_eq!(
        reads("阿尔斯楞巴特尔额尔德尼朝鲁"),
        "阿尔斯楞巴特尔额尔德尼朝鲁"
    );
    assert!(person_name::person_name("张3").is_err());
    assert!(person_name::person_name("  ").is_err());
}

#[test]
fn places_are_read_and_never_guessed() {
    let reads = |raw: &str| place::place(raw).unwrap().code;
    assert_eq!(place::places().len(), 116);
    assert_eq!(reads("150402"), "150402");
    assert_eq!(reads("150402000000"), "150402");
    assert_eq!(reads("红山区"), "150402");
    assert_eq!(reads("内蒙古自治区赤峰市红山区"), "150402");
    assert_eq!(reads("赤峰 / 红山区"), "150402");
    assert_eq!(reads("赤峰"), "150400");
    assert_eq!(reads("哲里木盟"), "150500");
    assert_eq!(reads("阿拉善左旗"), "152921");
    assert_eq!(reads("鄂托克旗"), "150624");
    assert_eq!(reads("阿拉善盟左旗"), "152921");
    for several in ["左旗", "前旗", "乌市", "右旗", "鄂旗"] {
        let said = place::place(several).unwrap_err().zh;
        assert!(said.contains("可指多处"), "{said}");
    }
    assert!(place::place("北京市").is_err());
    assert!(place::within("150402", "150400"));
    assert!(place::within("150402", "150000"));
    assert!(!place::within("150402", "150500"));
}

#[test]
fn days_are_read_in_the_usual_forms() {
    for raw in [
        "2024-03-05",
        "2024/3/5",
        "2024.3.5",
        "2024年3月5日",
        "20240305",
        "２０２４-０３-０５",
    ] {
        assert_eq!(
            day::day(raw, today()).unwrap().to_string(),
            "2024-03-05",
            "{raw}"
        );
    }
    assert_eq!(
        day::day("3月5日", today()).unwrap().to_string(),
        "2026-03-05"
    );
    assert_eq!(day::day("今天", today()).unwrap(), today());
    assert_eq!(day::from_serial(45356.0).unwrap().to_string(), "2024-03-05");
    for wrong in ["2024-02-30", "1024-01-01", "去年", "", "5", "2024-13-01"] {
        assert!(day::day(wrong, today()).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn any_identity_body_with_its_check_passes_and_one_changed_character_fails(
        area in 110000u32..700000, days in 0i64..44_000, order in 0u32..1000, at in 0usize..18, by in 1u32..10,
    ) {
        let birth = NaiveDate::from_ymd_opt(1905, 1, 1).unwrap() + chrono::Duration::days(days);
        let body = format!("{area}{}{order:03}", birth.format("%Y%m%d"));
        let digits: Vec<u32> = body.chars().map(|c| c.to_digit(10).unwrap()).collect();
        let number = format!("{body}{}", identity::check(&digits).unwrap());
        prop_assert_eq!(identity::identity(&number, today()).unwrap().birth, birth);
        let mut wrong: Vec<char> = number.chars().collect();
        wrong[at] = match wrong[at].to_digit(10) {
            Some(digit) => char::from_digit((digit + by) % 10, 10).unwrap(),
            None => char::from_digit(by, 10).unwrap(),
        };
        let wrong: String = wrong.into_iter().collect();
        prop_assert!(identity::identity(&wrong, today()).is_err());
    }

    #[test]
    fn any_credit_code_body_with_its_check_passes_and_one_changed_character_fails(
        body in "[0-9A-HJ-NPQRTUWXY]{17}", at in 0usize..18, other in "[0-9A-HJ-NPQRTUWXY]",
    ) {
        let code = format!("{body}{}", credit_code::check(&body).unwrap());
        prop_assert!(credit_code::credit_code(&code).is_ok());
        let mut wrong: Vec<char> = code.chars().collect();
        let other = other.chars().next().unwrap();
        prop_assume!(wrong[at] != other);
        wrong[at] = other;
        let wrong: String = wrong.into_iter().collect();
        prop_assert!(credit_code::credit_code(&wrong).is_err());
    }

    #[test]
    fn no_text_breaks_a_check(raw in "\\PC{0,40}", digits in "[0-9xX.+E中 -]{0,24}") {
        for text in [&raw, &digits] {
            let _ = identity::identity(text, today());
            let _ = credit_code::credit_code(text);
            let _ = phone::phone(text);
            let _ = person_name::person_name(text);
            let _ = place::place(text);
            let _ = day::day(text, today());
        }
    }
}

#[test]
fn known_credit_codes_pass() {
    assert!(credit_code::credit_code("12100000400009880k").is_ok());
    assert!(credit_code::credit_code("911501000002850840").is_ok());
    assert!(credit_code::credit_code("9115010000028508O0").is_err());
}
