//! The records of the tour, and the answers of its desk.

use crate::domain::kind::{Code, Kind};
use crate::domain::value::{Fields, Value};
use crate::protocol::matter::QueueView;
use crate::protocol::{Answer, Find, Found, Node, Request, Row, StepView, View};
use crate::tui::open::row;
use crate::tui::rank::ways;

/// A sample record: its kind and number, and its fields.
struct Sample {
    kind: Kind,
    number: u64,
    fields: &'static [(&'static str, &'static str)],
}

/// The team to which all samples belong.
const TEAM: &str = "ZZ-0002";

const SAMPLES: &[Sample] = &[
    Sample {
        kind: Kind::Volunteer,
        number: 1,
        fields: &[
            ("name", "王芳"),
            ("status", "在册"),
            ("phone", "138****0001"),
            ("joined_on", "2024-03-05"),
            ("teams", TEAM),
        ],
    },
    Sample {
        kind: Kind::Volunteer,
        number: 2,
        fields: &[
            ("name", "张伟"),
            ("status", "在册"),
            ("phone", "139****0002"),
            ("joined_on", "2024-04-12"),
            ("teams", TEAM),
        ],
    },
    Sample {
        kind: Kind::Volunteer,
        number: 3,
        fields: &[
            ("name", "李娜"),
            ("status", "待核"),
            ("phone", "137****0003"),
            ("joined_on", "2024-05-20"),
            ("teams", TEAM),
        ],
    },
    Sample {
        kind: Kind::Activity,
        number: 2_024_000_001,
        fields: &[("title", "科普进社区"), ("status", "招募"), ("org", TEAM)],
    },
    Sample {
        kind: Kind::Organisation,
        number: 1,
        fields: &[("name", "示例总队"), ("status", "已成立")],
    },
    Sample {
        kind: Kind::Organisation,
        number: 2,
        fields: &[("name", "示例市服务队"), ("status", "已成立")],
    },
];

/// Who is looked for in the tour.
pub fn wanted() -> Code {
    Code::new(Kind::Volunteer, 2)
}

fn sample(code: Code) -> Option<&'static Sample> {
    let mut all = SAMPLES.iter();
    all.find(|one| Code::new(one.kind, one.number) == code)
}

impl Sample {
    fn text(&self, key: &str) -> &'static str {
        let mut fields = self.fields.iter();
        let held = fields.find(|(one, _)| *one == key);
        held.map_or("", |(_, text)| text)
    }

    fn view(&self) -> View {
        let fields = self.fields.iter();
        let spec = self.kind.spec();
        let known = fields.filter(|(key, _)| *key == "status" || spec.field(key).is_some());
        let fields: Fields = known
            .map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
            .collect();
        let mut view = View::of(Code::new(self.kind, self.number));
        view.rev = 1;
        view.fields = fields;
        view.names = [(TEAM.to_owned(), "示例市服务队".to_owned())].into();
        view
    }
}

fn node(number: u64, parent: u64, name: &str) -> Node {
    Node {
        number,
        parent,
        name: name.to_owned(),
        kind: "盟市队".to_owned(),
        status: "已成立".to_owned(),
        area: String::new(),
        members: 3,
    }
}

/// Rows whose name begins as it was typed, in Chinese, initials or pinyin.
fn found(find: &Find) -> Found {
    let text = find.text.trim().to_lowercase();
    let fits = |row: &Row| {
        let mut ways = ways(&row.title).into_iter();
        ways.any(|way| way.to_lowercase().starts_with(&text))
    };
    let of = |sample: &&Sample| find.kinds.is_empty() || find.kinds.contains(&sample.kind);
    let rows: Vec<Row> = SAMPLES
        .iter()
        .filter(of)
        .map(|sample| row(&sample.view()))
        .filter(fits)
        .collect();
    Found {
        total: rows.len(),
        fuzzy: false,
        rows,
    }
}

/// The answer of the desk; none to what the tour does not need.
pub fn answer(request: &Request) -> Option<Answer> {
    Some(match request {
        Request::Tree => Answer::Tree(vec![node(1, 0, "示例总队"), node(2, 1, "示例市服务队")]),
        Request::Find(find) => Answer::Found(found(find)),
        Request::Show(code) => Answer::View(sample(*code)?.view()),
        Request::Queue(_) => Answer::Queue(QueueView::default()),
        Request::History { .. } => Answer::Entries(Vec::new()),
        Request::Steps(code) => {
            let sample = sample(*code)?;
            let status = sample.text("status");
            let steps = code.kind.spec().steps.iter();
            let steps = steps.filter(|step| step.from.contains(&status));
            let open = steps.map(|step| StepView {
                key: step.key.to_owned(),
                refusal: None,
            });
            Answer::Steps(open.collect())
        }
        _ => return None,
    })
}
