//! Both languages: every fixed text of the tables is there in Chinese and in English.

use kezhi::domain::field::{Field, Type};
use kezhi::domain::fold::is_han;
use kezhi::domain::kind::KINDS;
use kezhi::domain::operator::ROLES;
use kezhi::domain::rule::rules;
use kezhi::domain::said::Text;
use kezhi::domain::setting::SETTINGS;
use kezhi::tui::action::ACTIONS;
use kezhi::tui::keymap::Keymap;

fn check(text: Text, must: bool, place: &str) {
    assert_eq!(
        text.zh.is_empty(),
        text.en.is_empty(),
        "{place}: one language is missing"
    );
    assert!(!must || !text.zh.is_empty(), "{place}: nothing is said");
    let names = ["科技志愿服务队", "科技志愿者队"];
    let en = names
        .iter()
        .fold(text.en.to_owned(), |en, name| en.replace(name, ""));
    assert!(
        !en.chars().any(is_han),
        "{place}: Chinese in the English text: {}",
        text.en
    );
}

fn field(field: &Field, place: &str) {
    let place = format!("{place}.{}", field.key);
    check(field.label, true, &place);
    check(field.help, false, &place);
    field
        .words()
        .iter()
        .for_each(|word| check(*word, true, &place));
    if let Type::Rows(columns) = field.of {
        columns
            .iter()
            .for_each(|column| self::field(column, &place));
    }
}

#[test]
fn every_text_of_the_tables_is_in_both_languages() {
    for spec in KINDS {
        check(spec.label, true, spec.key);
        spec.fields.iter().for_each(|one| field(one, spec.key));
        spec.states
            .iter()
            .for_each(|state| check(state.name, true, spec.key));
        for step in spec.steps {
            check(step.label, true, step.key);
            check(step.help, false, step.key);
            step.asks.iter().for_each(|ask| field(ask, step.key));
        }
        rules(spec.kind).for_each(|rule| check(rule.way_out, true, rule.id));
    }
    ROLES
        .iter()
        .for_each(|(_, text)| check(*text, true, "role"));
    SETTINGS
        .iter()
        .for_each(|setting| check(setting.label, true, setting.key));
    for action in ACTIONS {
        check(action.label, true, action.key);
        check(action.hint, false, action.key);
    }
}

#[test]
fn keys_are_bound_once_and_every_listed_action_has_one() {
    let keymap = Keymap::new();
    let mut seen = std::collections::BTreeMap::new();
    for (action, keys) in keymap.all() {
        for key in keys {
            // A board has keys of its own, before those that count everywhere.
            let group = action.split_once('.').map(|(group, _)| group.to_owned());
            let other = seen.insert((group, key.clone()), action.clone());
            assert!(other.is_none(), "{key} is bound to {action} and {other:?}");
            let forbidden = [
                "Ctrl-S", "Ctrl-Q", "Ctrl-A", "Ctrl-B", "Ctrl-H", "Ctrl-I", "Ctrl-J", "Ctrl-M",
                "F10", "F11",
            ];
            assert!(
                !forbidden.contains(&key.as_str()),
                "{key} is never to be bound"
            );
        }
    }
    for action in ACTIONS {
        assert!(
            action.listed || !keymap.keys(action.key).is_empty(),
            "{} has no key and is not in the palette",
            action.key
        );
    }
}

#[test]
fn states_of_the_lifecycles_are_choices_of_the_status_field() {
    for spec in KINDS {
        let words: Vec<&str> = spec
            .field("status")
            .unwrap()
            .words()
            .iter()
            .map(|word| word.zh)
            .collect();
        let states: Vec<&str> = spec.states.iter().map(|state| state.name.zh).collect();
        assert!(
            words.iter().all(|word| states.contains(word)) && words.len() == states.len(),
            "{}",
            spec.key
        );
        for step in spec.steps {
            assert!(
                step.from.iter().all(|from| states.contains(from)),
                "{}",
                step.key
            );
            assert!(
                step.to.is_none_or(|to| states.contains(&to)),
                "{}",
                step.key
            );
        }
    }
}
