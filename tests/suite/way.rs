//! What the command line says, as the screen says it.

use kezhi::domain::kind::Code;
use kezhi::domain::said::Lang;
use kezhi::tui::keymap::Keymap;
use kezhi::tui::way::turned;

/// In Chinese, with TS-2024-0001 shown: what is said, and how it stands on the screen.
const ZH: &[(&str, &str)] = &[
    ("看变更记录：kezhi history TS-2024-0001", "看变更记录：h"),
    (
        "看变更记录：kezhi history TS-2024-0002",
        "看变更记录：F2 TS-2024-0002，Enter，h",
    ),
    ("看任职记录：kezhi show ZZ-0003", "看任职记录：F2 ZZ-0003"),
    (
        "受理、转办：F8，或 kezhi steps 编号；超期的由上一级督办",
        "受理、转办：F8；超期的由上一级督办",
    ),
    ("先办：kezhi do accept TS-2024-0001", "先办：F8「受理」"),
    (
        "先办：kezhi do accept TS-2024-0002 note=...；再说",
        "先办：F2 TS-2024-0002，F8「受理」；再说",
    ),
    ("请用步骤：kezhi do 步骤 编号，或 F8", "请用步骤：F8"),
    (
        "趁来人在电话上补问：F4，或 kezhi edit 编号 contact=... claims=...",
        "趁来人在电话上补问：F4",
    ),
    ("补录：kezhi edit 编号 字段=...", "补录：F4"),
    (
        "按规定处理：F7，或 kezhi new sanction complaint=编号 ...",
        "按规定处理：F7",
    ),
    ("看待办：kezhi queue", "看待办：4"),
    ("可用 kezhi find 或 F2 查找编号", "可用 F2 查找编号"),
    ("看谁办了什么：kezhi history 编号，或 h", "看谁办了什么：h"),
    (
        "期限由管理员定：kezhi setting appeal_days=...",
        "期限由管理员定：kezhi setting appeal_days=...",
    ),
    (
        "放假表：kezhi calendar --learn 文件",
        "放假表：请管理员执行 kezhi calendar --learn 文件",
    ),
    (
        "现在能打印的：kezhi print TS-2024-0001",
        "现在能打印的：kezhi print TS-2024-0001",
    ),
    ("可办：受理（accept）、转办（transfer）", "可办：受理、转办"),
    ("出处（settle）不动", "出处（settle）不动"),
];

/// The same in English.
const EN: &[(&str, &str)] = &[
    (
        "see what changed: kezhi history TS-2024-0001",
        "see what changed: h",
    ),
    (
        "do it at once, F8 or kezhi steps CODE names the steps",
        "do it at once, F8 names the steps",
    ),
    (
        "open it: kezhi do accept TS-2024-0002 note=...; then wait",
        "open it: F2 TS-2024-0002, F8 Accept; then wait",
    ),
    (
        "look the code up with kezhi find or F2",
        "look the code up with F2",
    ),
    ("kezhi show tells who has", "F2 tells who has"),
    ("use a step: kezhi do STEP CODE, or F8", "use a step: F8"),
    (
        "the list: kezhi calendar --learn FILE",
        "the list: the administrator runs kezhi calendar --learn FILE",
    ),
    (
        "have the administrator change it: kezhi setting most_teams=...",
        "have the administrator change it: kezhi setting most_teams=...",
    ),
];

#[test]
fn the_screen_names_keys_where_the_command_line_names_commands() {
    let here = Code::read("TS-2024-0001");
    let keys = Keymap::new();
    for (lang, table) in [(Lang::Zh, ZH), (Lang::En, EN)] {
        for (said, wanted) in table {
            assert_eq!(turned(said, lang, &keys, here), *wanted, "{said}");
        }
    }
}

#[test]
fn a_key_that_was_moved_is_named_where_it_is_now() {
    let said = turned(
        "看经过：kezhi steps 编号",
        Lang::Zh,
        &Keymap::default(),
        None,
    );
    assert_eq!(said, "看经过：F8");
}
