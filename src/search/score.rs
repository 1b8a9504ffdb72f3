//! What one word matches: a set of records for each tier.

use crate::search::automaton::{Automaton, States};
use crate::search::base::id;
use crate::search::bits::Bits;
use crate::search::index::Index;
use crate::search::query::Word;
use crate::search::texts::Texts;
use crate::search::{TermId, Tier};

/// Tiers of proper matches.
pub const LEVELS: usize = 5;

/// What one word matches.
#[derive(Default)]
pub struct Marks {
    /// By tier, the lowest first; a record may stand in several, the highest counts.
    pub levels: [Bits; LEVELS],
    /// By any tier.
    pub any: Bits,
    /// The terms that match, as bits.
    pub terms: Bits,
    /// The word.
    pub automaton: Automaton,
}

/// What a query writes into.
#[derive(Default)]
pub struct Scratch {
    /// Per word.
    pub marks: Vec<Marks>,
    /// What all words match and the asker may see.
    pub all: Bits,
    /// What the asker may see.
    pub filter: Bits,
    /// For a moment.
    pub spare: Bits,
    /// Sums of the words' tiers, a bit of the sum each.
    pub planes: [Bits; 6],
}

fn level(tier: Tier) -> usize {
    (tier as usize).saturating_sub(Tier::Other as usize)
}

impl Marks {
    fn empty(&mut self, records: usize, terms: usize) {
        for level in &mut self.levels {
            level.empty(records);
        }
        self.any.empty(records);
        self.terms.empty(terms);
    }

    fn of(&mut self, tier: Tier) -> Option<&mut Bits> {
        self.levels.get_mut(level(tier))
    }

    fn sum_up(&mut self) {
        for level in self.levels.iter().filter(|level| !level.is_untouched()) {
            self.any.or(level.words());
        }
    }

    /// The tier of a record; none if the word does not match it.
    pub fn tier(&self, at: u32) -> Option<u16> {
        let best = self.levels.iter().rposition(|level| level.has(at))?;
        Some(best as u16 + Tier::Other as u16)
    }
}

impl Index {
    /// Finds what a word matches in the base, and the terms that it matches.
    pub(super) fn mark(&self, word: &Word, marks: &mut Marks) {
        let base = &self.base;
        marks.empty(base.ids.len(), self.terms.len());
        let mut automaton = std::mem::take(&mut marks.automaton);
        automaton.reset(&word.text, self.alphabet.len());
        self.heads(&mut automaton, marks);
        if let Some(out) = marks.of(Tier::Syllable) {
            self.matched(&base.names, &mut automaton, false, |items| {
                out.set_all(items)
            });
        }
        self.terms(&mut automaton, marks);
        self.numbers(word, marks);
        marks.automaton = automaton;
        marks.sum_up();
    }

    fn terms(&self, automaton: &mut Automaton, marks: &mut Marks) {
        let hit = &mut marks.terms;
        self.matched(&self.base.terms, automaton, true, |terms| {
            hit.set_all(terms)
        });
        for late in &self.late {
            if self.term_matches(*late, automaton) {
                hit.set(*late);
            } else {
                hit.clear(*late);
            }
        }
        let Some(out) = marks.levels.get_mut(level(Tier::Other)) else {
            return;
        };
        for term in marks.terms.iter() {
            self.base.posts.fill(term, out);
        }
    }

    fn numbers(&self, word: &Word, marks: &mut Marks) {
        let base = &self.base;
        if let Some((kind, number)) = word.code
            && let Some(at) = base.place(id(kind, number))
            && let Some(out) = marks.of(Tier::Exact)
        {
            out.set(at);
        }
        let Some(digits) = word.digits() else { return };
        let Some(out) = marks.of(Tier::Other) else {
            return;
        };
        if digits.len() >= 3 && !digits.ends_with('x') {
            base.runs.find(digits, out);
        }
        if digits.len() >= 4 {
            base.tails.find(digits, out);
        }
        let Ok(last) = digits.parse::<u64>() else {
            return;
        };
        for spec in crate::domain::kind::KINDS {
            let tier = word.numbers(spec);
            if let Some(out) = tier.and_then(|tier| marks.of(tier)) {
                base.numbered(spec, last).for_each(|at| out.set(at));
            }
        }
    }

    pub(super) fn term_matches(&self, term: TermId, automaton: &mut Automaton) -> bool {
        let texts = self.terms.get(term as usize).map_or(&[][..], Vec::as_slice);
        texts
            .iter()
            .any(|text| automaton.tier(&self.alphabet, text).is_some())
    }

    /// Names from their heads, by tier.
    fn heads(&self, automaton: &mut Automaton, marks: &mut Marks) {
        let names = &self.base.names;
        let done = automaton.done();
        let mut found = |tier: Tier, items: &[u32]| {
            if let Some(out) = marks.levels.get_mut(level(tier)) {
                out.set_all(items);
            }
        };
        names.heads.walk(
            names.letters(),
            (Automaton::START, Tier::Fuzzy),
            |(before, reached), letter, seen| {
                let mut states = automaton.step(&self.alphabet, *before, letter);
                if states.any == 0 {
                    return None;
                }
                let mut reached = *reached;
                if states.any & done != 0 {
                    let tier = if states.begun & done != 0 {
                        Tier::Prefix
                    } else {
                        Tier::Syllable
                    };
                    if tier > reached {
                        found(tier, names.headed(seen.all()));
                        reached = tier;
                    }
                    let ends = seen.ends();
                    if !ends.is_empty() {
                        if states.whole & done != 0 {
                            found(Tier::Exact, names.headed(ends));
                        } else if states.first & done != 0 {
                            found(Tier::Initials, names.headed(ends));
                        }
                    }
                }
                let rest = done - 1;
                states.any &= rest;
                states.whole &= rest;
                states.begun = 0;
                states.first &= rest;
                let better = states.whole != 0
                    || states.first != 0
                    || (reached < Tier::Syllable && states.any != 0);
                better.then_some((states, reached))
            },
        );
    }

    /// Texts that the word matches from a later place, or from the head too, by any way.
    fn matched(
        &self,
        texts: &Texts,
        automaton: &mut Automaton,
        heads: bool,
        mut found: impl FnMut(&[u32]),
    ) {
        let done = automaton.done();
        let start = States {
            any: Automaton::START.any,
            ..States::default()
        };
        for (trie, head) in [(&texts.heads, true), (&texts.inner, false)] {
            if head && !heads {
                continue;
            }
            trie.walk(texts.letters(), start, |before, letter, seen| {
                let states = automaton.step(&self.alphabet, *before, letter);
                if states.any & done != 0 {
                    found(if head {
                        texts.headed(seen.all())
                    } else {
                        texts.within(seen.all())
                    });
                    return None;
                }
                (states.any != 0).then_some(states)
            });
        }
    }
}
