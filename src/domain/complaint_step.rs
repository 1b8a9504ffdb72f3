//! The steps of a complaint, from its entry to its end.

use crate::domain::complaint_act as act;
use crate::domain::complaint_answer::answer;
use crate::domain::complaint_field::{
    DECISIONS, DELIVERY, EVIDENCE, KINDS, OUTCOMES, OUTSIDE, SATISFACTION, TELLING,
};
use crate::domain::erase;
use crate::domain::field::{Field, Type};
use crate::domain::kind::Kind;
use crate::domain::lifecycle::Step;
use crate::domain::operator::Role;

const HEAD: &[Role] = &[Role::Head];
const REASON: Field = Field::new("note", "原因", "Reason", Type::Lines(1000)).required();
const TOLD: Field = Field::new("told_how", "告知方式", "Told how", Type::Choice(TELLING))
    .required()
    .help(
        "找不到人的选 姓名住址不清",
        "where nobody can be told: name or address unclear",
    );

/// The states before anything was decided.
const EARLY: &[&str] = &["登记", "转办", "受理", "核查"];

/// The states in which it is worked on or waits.
const PENDING: &[&str] = &[
    "登记", "转办", "异议", "受理", "核查", "复查", "复核", "中止",
];

/// The states in which what was entered is corrected by a head alone.
const TAKEN: &[&str] = &[
    "转办",
    "异议",
    "受理",
    "核查",
    "答复",
    "复查",
    "复核",
    "中止",
    "不予受理",
    "办结",
];

/// The steps.
pub const STEPS: &[Step] = &[
    Step::new("accept", "受理", "Accept", &["登记", "转办"], Some("受理"))
        .seen_by("来人", "the complainant")
        .help("予以受理，告知来人", "accepted; the complainant is told")
        .asks(&[TOLD])
        .own(act::told),
    Step::new(
        "reject",
        "不予受理",
        "Do not accept",
        &["登记", "转办"],
        Some("不予受理"),
    )
    .seen_by("来人", "the complainant")
    .help(
        "不属于本单位的，说明理由，告知向谁提出",
        "not ours: why, and whom to turn to",
    )
    .asks(&[
        REASON,
        Field::new("turn_to", "应向谁提出", "Whom to turn to", Type::Line(200)).required(),
        TOLD,
    ])
    .own(act::told),
    Step::new(
        "transfer",
        "转办",
        "Pass on",
        &["登记", "受理", "核查", "转办"],
        Some("转办"),
    )
    .seen_by("转往的组织", "the team that it is passed to")
    .help(
        "改由别的组织办理，写明原因；不得转向被反映的组织",
        "another team handles it, with a reason; never towards the accused",
    )
    .roles(HEAD)
    .asks(&[
        Field::new("to", "转往组织", "To", Type::Ref(Kind::Organisation)).required(),
        REASON,
    ])
    .own(act::transfer),
    Step::new("object", "异议", "Object", &["转办"], Some("异议"))
        .seen_by("转来的组织和共同的上一级", "the team that passed it on, and the common superior")
        .help(
            "收到转办 5 个工作日内，写明理由退回",
            "within 5 working days of being passed on, with detailed reasons",
        )
        .asks(&[REASON])
        .stamp("objected_on"),
    Step::new("settle", "裁定", "Settle", &["异议"], Some("登记"))
        .seen_by("裁定由其办理的组织", "the team that is to handle it")
        .help(
            "由共同的上一级决定由谁办理",
            "the common superior decides who handles it",
        )
        .roles(HEAD)
        .asks(&[
            Field::new("to", "由谁办理", "Who", Type::Ref(Kind::Organisation)).required(),
            REASON,
        ])
        .own(act::settle),
    Step::new("handover", "移送", "Hand over", EARLY, Some("移送"))
        .for_good(
            "内容从系统中清除，只留回执",
            "its content is erased here, the receipt alone is kept",
        )
        .help(
            "属纪检监察或上级机关的，先打印移送函，再移送；只留回执，不留内容",
            "for discipline inspection or above: print the letter first; the receipt is kept, the content is not",
        )
        .asks(&[
            Field::new("outside", "移送单位", "To", Type::Choice(OUTSIDE)).required(),
            Field::new("letter", "移送函文号", "Letter", Type::Line(60)),
        ])
        .stamp("handed_on")
        .own(act::hand_over),
    Step::new("assign", "指定承办", "Assign", PENDING, None)
        .seen_by("新的承办人", "the new handler")
        .help(
            "指定承办人；有利害关系的不得承办",
            "names who handles it; nobody with an interest",
        )
        .asks(&[Field::new("handler", "承办人", "Handler", Type::Ref(Kind::Operator)).required()]),
    Step::new("report", "上报", "Report up", PENDING, None)
        .help(
            "重大、紧急的，已报告上一级",
            "major or urgent: the level above was told",
        )
        .asks(&[Field::new("note", "报告了谁", "Who was told", Type::Lines(1000)).required()])
        .stamp("reported_on"),
    Step::new(
        "investigate",
        "核查",
        "Investigate",
        &["受理"],
        Some("核查"),
    )
    .help("开始核查", "the investigation begins")
    .stamp("investigated_on"),
    Step::new("extend", "延期", "Extend", &["受理", "核查"], None)
        .seen_by("来人", "the complainant")
        .help(
            "情况复杂的，经负责人批准延长一次，至多 30 日，告知理由",
            "complex: once, by 30 days at most, with the head's approval, the reason told",
        )
        .roles(HEAD)
        .asks(&[
            Field::new("extended_days", "延长日数", "By days", Type::Int(1, 999)).required(),
            REASON,
            TOLD,
        ])
        .stamp("extended_on"),
    Step::new(
        "erase",
        "清除信息",
        "Erase data",
        &["受理", "核查"],
        None,
    )
    .for_good("本人的信息清除后不能恢复", "the data of the person are gone for good")
    .help(
        "本人要求删除：清除法律不要求保存的信息，登记转为已退出；不能恢复",
        "at the person's own request: what no law keeps is erased for good, and the person has left",
    )
    .roles(HEAD)
    .asks(&[REASON])
    .own(erase::erase),
    Step::new(
        "suspend",
        "中止",
        "Suspend",
        &["受理", "核查"],
        Some("中止"),
    )
    .help(
        "暂时无法办理，写明原因和恢复的日子；到期不恢复的，期限照走",
        "cannot go on for now: why, and until when; from then on its terms run again",
    )
    .roles(HEAD)
    .asks(&[
        Field::new("until", "中止至", "Until", Type::Day).required(),
        REASON,
    ])
    .stamp("suspended_on"),
    Step::new("resume", "恢复", "Resume", &["中止"], Some("核查"))
        .help(
            "继续办理，中止的日子不计",
            "goes on; the days between are not counted",
        )
        .own(act::resume),
    Step::new("evidence", "添证据", "Add evidence", PENDING, None)
        .help(
            "添一件证据：名称、种类、存放处、SM3",
            "one piece: name, kind, where kept, SM3",
        )
        .asks(EVIDENCE)
        .own(act::evidence),
    Step::new(
        "answer",
        "答复",
        "Answer",
        &["受理", "核查", "复查", "复核"],
        Some("答复"),
    )
    .seen_by("来人", "the complainant")
    .help(
        "书面答复：请求、查明的事实、理由、处理意见及其依据、复查途径",
        "in writing: claims, facts, reasons, decision with its legal basis, way to a review",
    )
    .asks(&[
        Field::new("claims", "请求", "Claims", Type::Lines(1000)).help(
            "登记时没有记的，在此补上",
            "where they were not recorded at the entry",
        ),
        Field::new("found", "查明的事实", "Facts found", Type::Lines(5000)).required(),
        Field::new("reasons", "理由", "Reasons", Type::Lines(3000)).required(),
        Field::new("outcome", "查实", "Outcome", Type::Choice(OUTCOMES)).help(
            "建议意见、表扬、个人信息不必填",
            "not for suggestions, praise and personal data",
        ),
        Field::new("decision", "处理意见", "Decision", Type::Choice(DECISIONS)).required(),
        Field::new("basis", "依据", "Legal basis", Type::Lines(1000)).required(),
        Field::new("remedy", "复查途径", "Way to a review", Type::Lines(1000)).help(
            "不填即写明上一级和三十日",
            "the level above and the thirty days if empty",
        ),
        Field::new("delivered_on", "送达日期", "Delivered on", Type::Day).past().help(
            "当场送达的填；以后送达的用 送达",
            "where it is handed over at once; the step deliver later",
        ),
        Field::new("delivered_how", "送达方式", "Delivered how", Type::Choice(DELIVERY)),
    ])
    .own(answer),
    Step::new("deliver", "送达", "Deliver", &["答复", "办结"], None)
        .help(
            "答复送到来人手里的日子；复查、复核的三十日从此日起算",
            "when the answer reached the complainant: the thirty days for a review run from then",
        )
        .asks(&[
            Field::new("delivered_on", "送达日期", "Delivered on", Type::Day).past().required(),
            Field::new("delivered_how", "送达方式", "Delivered how", Type::Choice(DELIVERY))
                .required(),
        ])
        .own(act::deliver),
    Step::new("correct", "更正登记", "Correct the entry", TAKEN, None)
        .help(
            "登记错了的，由负责人更正并写明原因；期限随之重算。填匿名=是即清空来人",
            "what was entered wrong, by a head with a reason; terms are reckoned anew. anonymous=yes empties the name",
        )
        .roles(HEAD)
        .asks(&[
            Field::new("kind", "类别", "Kind", Type::Choice(KINDS)),
            Field::new("received_at", "收到时间", "Received at", Type::Moment),
            Field::new("complainant", "来人", "Complainant", Type::Line(60)).anew(),
            Field::new("contact", "联系方式", "Contact", Type::Line(80)).anew(),
            Field::new("anonymous", "匿名", "Anonymous", Type::Flag),
            Field::new("facts", "事实", "Facts", Type::Lines(5000)),
            REASON,
        ])
        .own(act::correct),
    Step::new(
        "mediate",
        "调解和解",
        "Mediate",
        &["受理", "核查"],
        Some("办结"),
    )
    .seen_by("来人和被反映的一方", "the complainant and the other side")
    .help(
        "达成协议，办结；协议书内容记在这里",
        "an agreement was reached; closed",
    )
    .asks(&[Field::new("settlement", "协议内容", "Agreement", Type::Lines(2000)).required()])
    .stamp("closed_on"),
    Step::new("review", "复查", "Review", &["答复", "办结"], Some("复查"))
        .seen_by("上一级组织", "the level above")
        .help(
            "不服答复，30 日内请上一级复查",
            "not satisfied: within 30 days, by the next higher level",
        )
        .asks(&[REASON])
        .stamp("review_on")
        .own(act::review),
    Step::new(
        "recheck",
        "复核",
        "Second review",
        &["答复", "办结"],
        Some("复核"),
    )
    .seen_by("再上一级组织", "the level above that")
    .help(
        "不服复查，30 日内请再上一级复核",
        "not satisfied with the review: within 30 days, one higher again",
    )
    .asks(&[REASON])
    .stamp("recheck_on")
    .own(act::review),
    Step::new("callback", "回访", "Call back", &["答复", "办结"], None)
        .help(
            "回访来人，记下是否满意",
            "asks the complainant and notes it",
        )
        .asks(&[Field::new(
            "satisfaction",
            "回访结果",
            "Satisfaction",
            Type::Choice(SATISFACTION),
        )
        .required()])
        .stamp("called_on"),
    Step::new(
        "close",
        "办结",
        "Close",
        &["答复", "不予受理"],
        Some("办结"),
    )
    .help(
        "复查期已过或来人满意，办结归档",
        "closed and filed: no review was asked for in time, or the complainant is satisfied",
    )
    .stamp("closed_on"),
    Step::new("shut", "提前办结", "Close early", &["答复"], Some("办结"))
        .help(
            "复查期未满，负责人写明原因办结；来人仍可在期内申请复查",
            "before the time for a review is over, a head closes it with a reason; a review may still be asked for",
        )
        .roles(HEAD)
        .asks(&[REASON])
        .stamp("closed_on"),
    Step::new(
        "withdraw",
        "撤回",
        "Withdraw",
        &["登记", "转办", "异议", "受理", "核查", "复查", "复核", "中止"],
        Some("撤回"),
    )
    .seen_by(
        "承办和转来的组织；撤回的不再办理",
        "those who handle it; what is withdrawn is not handled again",
    )
    .help("来人自愿撤回", "the complainant takes it back")
    .asks(&[REASON])
    .stamp("closed_on"),
    Step::new("recuse", "回避", "Recuse", PENDING, None)
        .seen_by(
            "回避的人此后看不到，新承办人看到",
            "who steps back sees it no more, the new handler does",
        )
        .help(
            "有利害关系的回避，另定承办人；此后对其不可见",
            "who has an interest steps back and sees it no more",
        )
        .asks(&[
            Field::new("who", "谁回避", "Who", Type::Ref(Kind::Operator)).required(),
            Field::new(
                "handler",
                "改由谁承办",
                "New handler",
                Type::Ref(Kind::Operator),
            ),
            REASON,
        ])
        .own(act::recuse),
    Step::new("readmit", "撤销回避", "Readmit", PENDING, None)
        .seen_by("不必回避的人", "who need not step back")
        .help(
            "不该回避的，负责人写明原因撤销，此后又可见",
            "a head takes it back with a reason; they see it again",
        )
        .roles(HEAD)
        .asks(&[
            Field::new("who", "谁不必回避", "Who", Type::Ref(Kind::Operator)).required(),
            REASON,
        ])
        .own(act::readmit),
    Step::new("link", "关联", "Link", &[], None)
        .help("与同一事的另一件关联", "ties it to another about the same")
        .asks(&[Field::new("to", "哪一件", "To", Type::Ref(Kind::Complaint)).required()])
        .own(act::link),
    Step::new("remind", "催办", "Remind", PENDING, None)
        .help("来人催问，记一次", "the complainant asks again; noted")
        .asks(&[Field::new("note", "说了什么", "What was said", Type::Lines(1000))])
        .own(act::remind),
];
