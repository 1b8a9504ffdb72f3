//! Matching in the index: the best are named, and of equals others each time.

use kezhi::search::{Doc, Fit, Index, Query, Scope};

/// How many wishes each record meets and how near it is; the best first.
fn ranks(most: usize, turn: u64) -> (Vec<u64>, Vec<(usize, usize)>) {
    let mut index = Index::new();
    let skills = ["甲", "乙"].map(|text| index.term("skills", text));
    let places = ["近", "中", "远"].map(|text| index.term("area", text));
    let tongue = index.term("languages", "蒙古语");
    let doc = |number: u64| {
        let mut terms = vec![places[number as usize % 3]];
        terms.extend(number.is_multiple_of(2).then_some(skills[0]));
        terms.extend(number.is_multiple_of(5).then_some(skills[1]));
        terms.extend((!number.is_multiple_of(7)).then_some(tongue));
        Doc {
            kind: 1,
            number,
            name: "某".into(),
            terms,
            scope: vec![1 + number as u32 % 2],
            live: true,
            ..Doc::default()
        }
    };
    // Some are built in, some changed since, some came since.
    (1..=600).for_each(|number| index.push(&doc(number)));
    index.build();
    (550..=700).for_each(|number| index.put(doc(number)));
    let permit = Scope::of([1]);
    let wishes = skills.map(|term| vec![term]);
    let near = [vec![places[0]], vec![places[0], places[1]]];
    let must = [vec![tongue]];
    let found = index.fitting(&Fit {
        query: Query {
            kinds: 1 << 1,
            permit: Some(&permit),
            terms: &must,
            ..Query::default()
        },
        wishes: &wishes,
        near: &near,
        most,
        turn,
    });
    let rank = |number: u64| {
        let met = usize::from(number.is_multiple_of(2)) + usize::from(number.is_multiple_of(5));
        (2 - met, number as usize % 3)
    };
    let numbers: Vec<u64> = found.iter().map(|id| id & 0xff_ffff).collect();
    let mut all: Vec<(usize, usize)> = (1..=700u64)
        .filter(|number: &u64| number.is_multiple_of(2) && !number.is_multiple_of(7))
        .map(rank)
        .collect();
    all.sort_unstable();
    all.truncate(most);
    let ranks: Vec<(usize, usize)> = numbers.iter().map(|number| rank(*number)).collect();
    assert_eq!(ranks, all, "{most} {turn}");
    (numbers, ranks)
}

#[test]
fn the_index_names_the_best_and_of_equals_others_each_time() {
    for most in [0, 1, 7, 50, 120, 1000] {
        let mut chosen = std::collections::BTreeSet::new();
        for turn in [0, 1, 5, 9_999_999] {
            let (mut numbers, _) = ranks(most, turn);
            chosen.insert(numbers.clone());
            let count = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), count);
        }
        assert_eq!(chosen.len() > 1, (1..300).contains(&most), "{most}");
    }
}
