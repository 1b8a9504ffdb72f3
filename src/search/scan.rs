//! Matching one record by itself: what is pending, and what was renamed.

use crate::search::Tier;
use crate::search::alphabet::Letter;
use crate::search::automaton::Automaton;
use crate::search::base::Row;
use crate::search::index::Index;
use crate::search::query::Word;

impl Index {
    /// The tier of a word in one text.
    pub(super) fn tier(&self, text: &[Letter], automaton: &mut Automaton) -> Option<Tier> {
        let done = automaton.done();
        let mut best = None;
        for from in 0..text.len() {
            let mut states = Automaton::START;
            for (nth, letter) in text.iter().enumerate().skip(from) {
                states = automaton.step(&self.alphabet, states, *letter);
                if states.any == 0 {
                    break;
                }
                if states.any & done == 0 {
                    continue;
                }
                let last = nth + 1 == text.len();
                let tier = match from {
                    0 if last && states.whole & done != 0 => Tier::Exact,
                    0 if states.begun & done != 0 => Tier::Prefix,
                    0 if last && states.first & done != 0 => Tier::Initials,
                    _ => Tier::Syllable,
                };
                best = best.max(Some(tier));
            }
        }
        best
    }

    /// The tier of a word in a record that is not built in.
    pub(super) fn row_tier(
        &self,
        row: &Row,
        word: &Word,
        automaton: &mut Automaton,
    ) -> Option<Tier> {
        let doc = &row.doc;
        if word.code == Some((doc.kind, doc.number)) {
            return Some(Tier::Exact);
        }
        let name = row
            .names
            .iter()
            .filter_map(|name| self.tier(name, automaton))
            .max();
        if name.is_some() {
            return name;
        }
        let digits = word.digits().is_some_and(|digits| {
            let run = digits.len() >= 3 && doc.digits.iter().any(|number| number.contains(digits));
            let kept: String = digits.chars().rev().take(12).collect();
            let tail = digits.len() >= 4
                && doc.tails.iter().any(|number| {
                    let back: String = number
                        .to_lowercase()
                        .chars()
                        .rev()
                        .filter(char::is_ascii_alphanumeric)
                        .take(12)
                        .collect();
                    back.starts_with(&kept)
                });
            run || tail || digits.parse() == Ok(doc.number)
        });
        (digits
            || doc
                .terms
                .iter()
                .any(|term| self.term_matches(*term, automaton)))
        .then_some(Tier::Other)
    }
}
