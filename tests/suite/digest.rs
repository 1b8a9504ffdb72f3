//! What F1 tells of a field: a sentence for each rule, and the rules of the field.

use kezhi::domain::digest::{looks, rows, sentence, why};
use kezhi::domain::kind::{KINDS, Kind};
use kezhi::domain::rule::{STANDING, rules};
use kezhi::domain::said::Lang;
use kezhi::tui::theme::Theme;

use crate::look::Stage;

#[test]
fn every_rule_has_a_sentence_and_every_sentence_a_rule() {
    let all: Vec<_> = KINDS.iter().flat_map(|spec| rules(spec.kind)).collect();
    for rule in &all {
        assert!(sentence(rule).is_some(), "{} {}", rule.id, rule.field);
    }
    for (id, field, text) in rows() {
        assert!(!text.zh.is_empty() && !text.en.is_empty(), "{id}");
        let known = match id.strip_prefix('@') {
            Some(key) => KINDS
                .iter()
                .any(|spec| spec.key == key && (field.is_empty() || spec.field(field).is_some())),
            None => all
                .iter()
                .any(|rule| rule.id == id && (field.is_empty() || rule.field == field)),
        };
        assert!(known, "{id} {field}");
    }
    for spec in KINDS {
        assert!(why(spec.kind, "").is_some(), "{}", spec.key);
    }
}

/// A refusal carries the field of its rule: the operator must find it in the record or in the step.
#[test]
fn every_field_that_a_rule_names_is_a_field_of_its_kind_or_of_a_step() {
    for spec in KINDS {
        for rule in rules(spec.kind) {
            let steps = spec
                .steps
                .iter()
                .filter(|step| rule.acts.contains(&step.key));
            let asks: Vec<&str> = steps
                .flat_map(|step| step.asks)
                .map(|ask| ask.key)
                .collect();
            for key in rule.judges.iter().chain([&rule.field]) {
                let known = spec.field(key).is_some() || *key == "status" || asks.contains(key);
                assert!(known, "{} {} {key} {:?}", spec.key, rule.id, rule.acts);
            }
            // What names a typed field is told in that field.
            let told = looks(spec.kind, None, rule.field);
            assert!(
                told.iter()
                    .any(|look| Some(look.sentence) == sentence(rule))
            );
            assert!(rule.acts != [STANDING] || rule.lists);
        }
    }
}

#[test]
fn the_rules_of_a_step_are_told_in_its_fields() {
    let step = Kind::Complaint.spec().step("answer").unwrap();
    let told = looks(Kind::Complaint, Some(step), "claims");
    assert!(
        told.iter()
            .any(|look| look.article.contains("第三十二条") && !look.whole)
    );
    assert!(
        told.iter()
            .any(|look| look.article.contains("第三十一条") && look.whole)
    );
    let step = Kind::Organisation.spec().step("appoint").unwrap();
    let told = looks(Kind::Organisation, Some(step), "holder");
    assert!(
        told.iter()
            .any(|look| look.sentence.zh.contains("推荐提示") && !look.whole)
    );
    assert!(!told.iter().any(|look| look.sentence.zh.contains("离任日")));
}

#[test]
fn f1_in_a_field_tells_form_reason_and_rules() {
    let mut stage = Stage::new(Lang::Zh, Theme::named("default"), 120, 36);
    stage.keys(&["F7"]);
    let at = match stage.app.over.last() {
        Some(kezhi::tui::overlay::Overlay::Form(form)) => form.place("birth").unwrap(),
        _ => panic!("no form"),
    };
    for _ in 0..at {
        stage.keys(&["Tab"]);
    }
    stage.keys(&["F1"]);
    let text = stage.text();
    assert!(
        text.contains("出生日期") && text.contains("填法 日期，如 2026-05-01"),
        "{text}"
    );
    assert!(text.contains("为何 年龄定要不要监护人"), "{text}");
    let rule = "第七条、民法典第二十条 必须：不满 8 周岁不能登记为志愿者";
    assert!(text.contains(rule), "{text}");
    assert!(text.contains("必须：出生日期与身份证号相符"), "{text}");
    stage.keys(&["Esc"]);
    assert!(stage.text().contains("出生日期"));
    let mut stage = Stage::new(Lang::En, Theme::named("default"), 120, 36);
    stage.keys(&["F7", "F1"]);
    assert!(
        stage.text().contains("write the full name"),
        "{}",
        stage.text()
    );
}
