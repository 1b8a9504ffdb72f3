//! From a village's request to the certificate that turns red, as an operator does it on the screen.

use kezhi::domain::kind::Kind;
use kezhi::domain::lifecycle::Weight;
use serde_json::Value;

use crate::command::{json, ok};
use crate::screen::{F4, F7, F8, Terminal};
use crate::story::{now, people};

pub const BACK: &str = "\x07";
const DOWN: &str = "\x1b[B";
const HOME: &str = "\x1b[H";

/// Somebody at a terminal.
pub struct Operator {
    pub one: Terminal,
}

impl Operator {
    /// Keys, and the text that shows that they were taken.
    pub fn does(&mut self, keys: &str, seen: &str) -> String {
        self.one.send(keys);
        self.sees(seen)
    }

    pub fn sees(&self, seen: &str) -> String {
        self.one.wait(&now(seen))
    }

    /// Types into the fields of a form, one after the other, and sends it.
    pub fn fills(&mut self, fields: &[&str], seen: &str) -> String {
        self.one.send(&now(&fields.join("\t")));
        self.does(F8, seen)
    }

    /// Opens the menu of steps and chooses one, by its digit as it stands there.
    pub fn chooses(&mut self, kind: Kind, code: &str, step: &str, seen: &str) -> String {
        let steps = kind.spec().steps;
        let at = steps.iter().position(|one| one.key == step).unwrap();
        self.does(F8, &format!("办理 {code}"));
        self.does(&(at + 1).to_string(), seen)
    }

    /// Takes a step, with what its form asks.
    pub fn takes(&mut self, kind: Kind, code: &str, step: &str, fields: &[&str]) -> String {
        let taken = kind.spec().step(step).unwrap();
        let label = taken.label.zh;
        let done = format!("已办「{label}」：{code}");
        let asked = format!("核对后办理：{label}");
        // What others see is asked before it is done; without a form at once.
        if taken.weight == Weight::Light {
            self.chooses(kind, code, step, &format!("━ {label} {code} "));
            return self.fills(fields, &done);
        }
        if taken.asks.is_empty() {
            self.chooses(kind, code, step, &asked);
        } else {
            self.chooses(kind, code, step, &format!("━ {label} {code} "));
            self.fills(fields, &asked);
        }
        self.does("1", &done)
    }

    /// The colour in which a text is written.
    fn colour(&self, text: &str) -> vt100::Color {
        let held = self.one.screen.lock().unwrap();
        let screen = held.screen();
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        let mut cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        let begins = |row, column| {
            let rest = screen.contents_between(row, column, row, columns);
            rest.starts_with(text)
        };
        let (row, column) = cells.find(|(row, column)| begins(*row, *column)).unwrap();
        screen.cell(row, column).unwrap().fgcolor()
    }
}

fn status(dir: &std::path::Path, code: &str) -> Value {
    json(dir, &["show", &now(code)])["fields"]["status"].clone()
}

/// The line of the message on a screen.
fn message(text: &str) -> &str {
    let mut lines = text.lines().filter(|line| line.starts_with(" 注意 "));
    lines.next().unwrap_or("")
}

#[test]
fn from_the_need_to_the_red_certificate_on_the_screen() {
    let desk = people();
    let dir = desk.path();
    let mut who = Operator {
        one: Terminal::open(dir, 120, 36, &[]),
    };
    let (hd, xy, zm) = ("HD-2026-0001", "XY-2026-0001", "ZM-2026-0001");

    // The need, and who says yes on the phone.
    who.sees("1/3");
    who.does(&format!("{BACK}3"), "━ 3 活动");
    who.does("pp", "━ 3 需求");
    who.does(F7, "新建 需求");
    let need = [
        "草原防火讲座",
        "红山中学",
        "",
        "0476-8223344",
        "红山区",
        "",
        "",
        "2026-12-01 09:00-11:00",
        "",
        "",
        "2",
        "",
        "",
        "",
        "草原森林防火",
    ];
    let text = who.fills(&need, "已保存 XQ-2026-0001");
    assert!(text.contains("m 找人"), "the key of the board: {text}");
    who.does("m", "━ 找人  XQ-2026-0001");
    who.sees("1/3");
    // The phone itself, for a reason.
    who.does("\x05", "ZY-000001  手机");
    who.does("1", "13912344471");
    who.does("2", "已联系 1");
    who.does(&format!("{DOWN}1"), "答应 1/2  已联系 2");
    let text = who.does(&format!("{DOWN}1"), "答应 2/2  已联系 3");
    let row = |name: &str| text.lines().position(|line| line.contains(name)).unwrap();
    assert!(
        row("单立文") < row("王建国") && row("王建国") < row("琪琪格"),
        "{text}"
    );
    who.does("t", "主办组织和答应去的人");
    let text = who.does("1", "已办「转为活动」");
    assert!(text.contains(&now(hd)), "where it went: {text}");

    // The activity, with its danger: refused for both of them, and for nobody else.
    who.does(BACK, "━ 需求 XQ-2026-0001");
    who.does(BACK, "━ 3 需求");
    who.does("ppp", "━ 3 活动");
    who.sees("保缺2告缺2");
    let text = who.does("\r", "━ 活动 HD-2026-0001");
    assert!(text.contains("r 名单  t 时长  m 找人"), "{text}");
    // The step of the need that made it, by its name.
    who.sees("转为活动 属地");
    who.does(F4, "编辑 HD-2026-0001");
    who.one.send("\t\t\t\t\t\t\t");
    who.one.send("红山中学\t\t\t\t\t\t\t");
    who.fills(&["李敏 8223344"], "已保存 HD-2026-0001 第 2 版");
    who.takes(Kind::Activity, hd, "submit", &[]);
    who.takes(Kind::Activity, hd, "approve", &[]);
    who.does("r", "━ 名单  HD-2026-0001");
    // Who said yes on the phone has agreed: who, when, how.
    who.sees("同意   琪琪格");
    who.sees("缺险 2 人  未告知 2 人");
    who.does(BACK, "━ 活动 HD-2026-0001");
    let untold = "注意 2 人未在活动前告知人身危险：";
    let text = who.chooses(Kind::Activity, hd, "ready", untold);
    let said = message(&text);
    for part in ["王建国", "琪琪格", "第九条（六）", "名单（r）"] {
        assert!(said.contains(part), "{part}: {text}");
    }
    assert!(!said.contains("单立文"), "{text}");

    // Telling and policy.
    who.does(BACK, "━ 活动 HD-2026-0001");
    who.does("r", "━ 名单  HD-2026-0001");
    who.sees("同意   琪琪格");
    who.does("at", "告知风险 2 条");
    who.fills(&["", "李敏", "4"], "缺险 2 人  未告知 0 人");
    who.does(BACK, "━ 活动 HD-2026-0001");
    let text = who.chooses(Kind::Activity, hd, "ready", "注意 2 人");
    let said = message(&text);
    for part in ["保险", "王建国", "琪琪格", "第九条（六）"] {
        assert!(said.contains(part), "{part}: {text}");
    }
    who.does(BACK, "━ 活动 HD-2026-0001");
    who.does("r", "━ 名单  HD-2026-0001");
    who.sees("同意   琪琪格");
    who.does("b", "新建 保单");
    let text = who.sees("被保险人");
    let insured = text.lines().find(|line| line.contains("被保险人")).unwrap();
    let named = insured.contains("王建国") && insured.contains("琪琪格");
    assert!(named, "who is insured: {text}");
    who.fills(&["PA2", "人保"], "缺险 0 人  未告知 0 人");
    who.does(BACK, "━ 活动 HD-2026-0001");
    who.takes(Kind::Activity, hd, "ready", &[]);

    // The agreement: refused while an element is missing, then signed by all.
    who.does(F7, "属于 HD-2026-0001");
    who.does("协议\r", "协议模板");
    who.does(BACK, "新建 协议");
    who.sees("[ZY-000003、ZY-000002");
    let agreement = [
        "",
        "",
        "",
        "",
        "",
        "各尽其责",
        "讲座",
        "现场",
        "",
        "",
        "扩音设备",
        "",
        "无",
    ];
    // Both parties, the activity, time and place are there already.
    who.fills(&agreement, "第十三条要素未填：安全保障措施");
    who.takes(Kind::Agreement, xy, "offer", &[]);
    who.chooses(Kind::Agreement, xy, "sign", "━ 签署 XY-2026-0001");
    let text = who.fills(&["组织"], "协议缺「安全保障措施」，不能生效（第十三条）");
    assert!(text.contains("F4 补上再签"), "the way out: {text}");
    who.does(BACK, "已保留，F7 继续填");
    who.does(F4, "━ 编辑 XY-2026-0001");
    who.one.send("\t\t\t\t\t\t\t\t\t\t\t");
    who.fills(&["备灭火器"], "第 2 版待签：红山区科技志愿者队");
    // The step goes on with what was typed before the measure was missing.
    who.takes(Kind::Agreement, xy, "sign", &[]);
    who.sees("第 2 版待签：琪琪格、王建国");
    who.takes(Kind::Agreement, xy, "sign", &["志愿者"]);
    who.sees("第 2 版待签：红山中学");
    who.takes(Kind::Agreement, xy, "sign", &["红山中学"]);
    who.sees("━ 生效  第 ");

    // The day, and its hours: one row cannot be.
    who.does(BACK, "━ 活动 HD-2026-0001");
    who.takes(Kind::Activity, hd, "start", &[]);
    who.does("r", "━ 名单  HD-2026-0001");
    who.sees("同意   琪琪格");
    who.does("ax", "到场 2 条");
    who.does(F8, "到场   琪琪格");
    who.does(BACK, "━ 活动 HD-2026-0001");
    who.does("t", "━ 时长  HD-2026-0001");
    let text = who.sees("王建国 到场");
    let row = |name: &str| text.lines().position(|line| line.contains(name)).unwrap();
    let (wang, qiqige) = match row("王建国 到场") < row("琪琪格 到场") {
        true => (HOME.to_owned(), format!("{HOME}{DOWN}")),
        false => (format!("{HOME}{DOWN}"), HOME.to_owned()),
    };
    who.does(&format!("{wang}120{qiqige}300"), "未保存 2 行");
    who.does(F8, "! 300 分钟，活动只有 120 分钟（第九条（三））");
    who.sees("待确认 2 条 420 分");
    who.does("c", "已办 1 条，1 条未办：FW-0000002");
    who.sees("已确认 1 条 120 分");
    who.does(&format!("{qiqige}e"), "━ 退回 FW-");
    who.fills(&["请改"], "待确认 0 条 0 分");
    who.does(BACK, "━ 活动 HD-2026-0001");
    who.takes(Kind::Activity, hd, "finish", &["1"]);

    // The certificate, on paper too.
    who.does(BACK, "━ 3 活动");
    who.does("ppp", "━ 3 证明");
    who.does(F7, "新建 证明");
    let certificate = ["王建国", "2026-11-01", "2026-12-31", "评优"];
    who.fills(&certificate, "已申请，应于");
    let text = who.takes(Kind::Certificate, zm, "issue", &[]);
    assert!(text.contains("服务 2 小时"), "{text}");
    assert!(text.contains(&now("kezhi print ZM-2026-0001")), "{text}");
    let pdf = dir.join("zm.pdf");
    ok(dir, &["print", &now(zm), "-o", pdf.to_str().unwrap()]);
    let paper = crate::paper::read(&std::fs::read(&pdf).unwrap()).text();
    let paper = paper.replace(' ', "");
    assert!(
        paper.contains("王建国") && paper.contains("2小时"),
        "{paper}"
    );

    // The row is withdrawn: what was certified falls with it, and is red.
    who.does(BACK, "━ 3 证明");
    who.sees("有效");
    let valid = who.colour("有效");
    who.does("pp", "━ 3 活动");
    who.does("\r", "━ 活动 HD-2026-0001");
    who.does("t", "━ 时长  HD-2026-0001");
    who.sees("已确认 1 条 120 分");
    who.does(&format!("{wang}w"), "━ 撤销 FW-");
    who.fills(&["重复"], "核对后办理：撤销");
    who.does("1", "证明 ZM-2026-0001 随记录变动，须告知");
    who.does(BACK, "━ 活动 HD-2026-0001");
    who.does(BACK, "━ 3 活动");
    who.does("ppp", "━ 3 证明");
    who.sees("待更正");
    let red = who.colour("待更正");
    assert_ne!(red, valid, "not in a colour of its own");
    let vt100::Color::Rgb(r, g, b) = red else {
        panic!("{red:?}")
    };
    assert!(r > 200 && r > g && g > b, "not red: {red:?}");
    let text = who.does("\r", "须告知：王建国本人");
    assert!(text.contains("待更正：所据记录有撤销或改动"), "{text}");

    // And the store says the same.
    for (code, state) in [
        ("XQ-2026-0001", "已转活动"),
        (hd, "结项"),
        (xy, "生效"),
        ("FW-0000001", "撤销"),
        ("FW-0000002", "退回"),
        (zm, "待更正"),
    ] {
        assert_eq!(status(dir, code), state, "{code}");
    }
    let of = now("activity=HD-2026-0001");
    let people = json(dir, &["list", "enrolment", "--where", &of]);
    let states: Vec<&str> = people
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["fields"]["status"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["到场", "到场"], "{people}");
    assert!(ok(dir, &["verify"]).contains("一致"));
}
