//! 处理: what follows for a volunteer or a team from what was found, with notice, statement and appeal (articles 9 (7), 10; reading A21).
//!
//! Its fields stand in `sanction_field`, its steps in `sanction_step`, what it changes elsewhere in
//! `sanction_effect`. It is sealed: whom it is about sees the notice they were given, not the file.

use crate::domain::harm::behind;
use crate::domain::kind::{Code, Kind, KindSpec, state};
use crate::domain::record::Record;
use crate::domain::route::{self, holds_post};
use crate::domain::said::{Text, t};
use crate::domain::value::Fields;
use crate::domain::world::Reckon;
use crate::domain::{clock, sanction_effect, sanction_field, sanction_step, sanction_tell};

/// What may follow.
pub const MEASURES: &[Text] = &[
    t("记录提醒", "remark in the record"),
    t("暂停", "suspension"),
    t("清退", "removal"),
    t("撤销时长", "hours revoked"),
    t("撤销证明", "certificates revoked"),
    t("推荐提示", "warning at nominations"),
];

/// What differs between measures.
pub struct Measure {
    /// Its name.
    pub name: &'static str,
    /// Where the regulation lets it follow.
    pub article: &'static str,
    /// Whether it may follow for a team too.
    pub teams: bool,
    /// The state in which it puts a volunteer.
    pub state: Option<&'static str>,
    /// The records that it names: their kind, the state in which they are, and the one they get.
    pub takes: Option<(Kind, &'static [&'static str], &'static str)>,
    /// Whether two heads decide on grave facts, in writing (article 9 (7)).
    pub grave: bool,
}

const PLAIN: Measure = Measure {
    name: "",
    article: "第九条（七）、第十条",
    teams: false,
    state: None,
    takes: None,
    grave: false,
};

/// The measures.
pub const TABLE: &[Measure] = &[
    Measure {
        name: "记录提醒",
        teams: true,
        ..PLAIN
    },
    Measure {
        name: "暂停",
        state: Some("暂停"),
        ..PLAIN
    },
    Measure {
        name: "清退",
        state: Some("已清退"),
        grave: true,
        ..PLAIN
    },
    Measure {
        name: "撤销时长",
        article: "第九条（三）、第十条",
        takes: Some((Kind::ServiceRecord, &["已确认"], "撤销")),
        ..PLAIN
    },
    Measure {
        name: "撤销证明",
        article: "第九条（五）、第十条",
        takes: Some((Kind::Certificate, &["有效", "待更正", "已更正"], "已撤销")),
        ..PLAIN
    },
    Measure {
        name: "推荐提示",
        article: "第十四条、第十条",
        teams: true,
        ..PLAIN
    },
];

/// The row of a sanction's measure.
pub fn measure(record: &Record) -> &'static Measure {
    let name = record.text("measure");
    TABLE.iter().find(|row| row.name == name).unwrap_or(&PLAIN)
}

/// The states in which it is not decided yet.
pub const OPEN: &[&str] = &["拟议", "告知", "陈述", "初定"];

/// The states in which it holds.
pub const IN_FORCE: &[&str] = &["生效", "申诉", "维持"];

/// Whether it is not decided yet.
pub fn open(record: &Record) -> bool {
    OPEN.contains(&record.status())
}

/// Whether it holds.
pub fn in_force(record: &Record) -> bool {
    IN_FORCE.contains(&record.status())
}

/// The row of this kind.
pub const SPEC: KindSpec = KindSpec {
    kind: Kind::Sanction,
    key: "sanction",
    label: t("处理", "Sanction"),
    prefix: "CL",
    width: 6,
    yearly: true,
    title: "title",
    owner: Some("org"),
    sealed: true,
    searched: false,
    recency: Some("proposed_on"),
    states: &[
        state("拟议", "proposed", true),
        state("告知", "told", true),
        state("陈述", "heard", true),
        state("初定", "decided once", true),
        state("生效", "in force", true),
        state("申诉", "appealed", true),
        state("维持", "upheld", true),
        state("解除", "lifted", false),
        state("撤销", "revoked", false),
        state("不予处理", "dropped", false),
    ],
    first: "拟议",
    fields: sanction_field::FIELDS,
    steps: sanction_step::STEPS,
    reckon,
    then: sanction_effect::then,
    tell: sanction_tell::tell,
    article: "第九条（七）",
    ..KindSpec::BASE
};

fn reckon(record: &mut Record, reckon: &Reckon) {
    if reckon.before.is_none() {
        record.set("proposed_on", reckon.today.to_string().into());
        record.set("proposed_by", reckon.who.into());
        record.set("proposer", i64::from(reckon.uid).into());
        let operator = reckon.operator.map(|code| code.to_string());
        record.set("proposer_operator", operator.unwrap_or_default().into());
    }
    let changed = |record: &Record, key: &str| {
        let before = reckon.before;
        before.is_none_or(|old| old.get(key) != record.get(key))
    };
    if record.text("grounds").is_empty()
        || (changed(record, "measure") && !changed(record, "grounds"))
    {
        record.set("grounds", measure(record).article.into());
    }
    let subject = reckon.named(record, "subject");
    let name = subject.as_ref().map_or("", Record::title);
    let title = format!("{} {name}", record.text("measure"));
    record.set("title", title.into());
    let complaint = reckon.named(record, "complaint");
    let mut more = Vec::new();
    if changed(record, "subject")
        && let Some(subject) = &subject
    {
        more = touched(subject, reckon);
    }
    if complaint.is_none() {
        more.extend(record.refs("against"));
    }
    behind(record, complaint.as_ref(), &more);
    if record.text("org").is_empty() {
        let org = match &complaint {
            Some(complaint) => complaint.text("receiver").to_owned(),
            None => home(record, reckon),
        };
        record.set("org", org.into());
    }
    clock::wind(record, reckon.world, reckon.today);
}

/// The teams that have to keep away: the team itself, and those in which the person holds a post.
fn touched(subject: &Record, reckon: &Reckon) -> Vec<Code> {
    if subject.kind == Kind::Organisation {
        return vec![subject.code()];
    }
    let teams = subject.refs("teams");
    teams
        .filter(|team| holds_post(reckon.world, *team, subject.title(), reckon.today))
        .collect()
}

/// Who decides where no complaint says it: whoever would receive a complaint about the same.
fn home(record: &Record, reckon: &Reckon) -> String {
    let mut about = Record::new(Kind::Complaint, 0, Fields::new());
    let subject: Vec<String> = record.texts("subject").map(str::to_owned).collect();
    about.set("accused", subject.into());
    let way = route::route(&about, reckon.world, reckon.home, reckon.today);
    way.receiver.unwrap_or(route::TOP).to_string()
}
