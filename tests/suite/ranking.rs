//! Large sets: what is counted and walked agrees with a scan of everything, in every order and filter.

use kezhi::domain::reading::readings;
use kezhi::search::{Doc, Hits, Index, Query, Scope, Sort};

/// Enough that the index counts groups instead of comparing all.
const MANY: u64 = 9000;

const HEADS: [char; 6] = ['张', '王', '周', '郑', '吴', '孙'];
const TAILS: [char; 7] = ['伟', '丽', '强', '军', '洋', '艳', '杰'];

fn doc(number: u64) -> Doc<'static> {
    let pick = |chars: &[char], by: u64| chars[(number / by % chars.len() as u64) as usize];
    let mut name = String::from(pick(&HEADS, 1));
    name.push(pick(&TAILS, 5));
    if !number.is_multiple_of(3) {
        name.push(pick(&TAILS, 11));
    }
    Doc {
        kind: if number.is_multiple_of(50) { 0 } else { 1 },
        number,
        name: name.into(),
        person: true,
        live: !number.is_multiple_of(7),
        state: (number % 7) as u8,
        recency: (number * 37 % 1000) as i32,
        scope: vec![number as u32 % 9, 20 + number as u32 % 4],
        digits: vec![format!("139{:08}", number * 7919 % 100_000_000).into()],
        ..Doc::default()
    }
}

fn with_term(index: &mut Index, mut doc: Doc<'static>) -> Doc<'static> {
    let texts = ["农牧技术", "周边科普", "伟业公司"];
    let text = texts[(doc.number / 13 % 3) as usize];
    doc.terms = vec![index.term("skills", text)];
    doc
}

/// The index, a part of it changed since it was built, and the same records unbuilt.
fn both() -> (Index, Index) {
    let (mut index, mut scan) = (Index::new(), Index::new());
    for number in 1..=MANY {
        let one = with_term(&mut index, doc(number));
        index.push(&one);
    }
    index.build();
    for number in 1..=MANY {
        let mut one = with_term(&mut scan, doc(number));
        if number % 300 == 0 {
            one.name = "周王伟".into();
            one.live = true;
            let changed = with_term(&mut index, one.clone());
            index.put(changed);
        }
        scan.put(one);
    }
    (index, scan)
}

#[test]
fn groups_and_a_scan_of_everything_agree_on_page_and_count() {
    let (index, scan) = both();
    let (near, far) = (Scope::of([1, 2, 3, 4, 5, 6, 7]), Scope::of([20, 21, 22]));
    for text in [
        "", "z", "w", "zw", "zhang", "z w", "w z 13", "ww", "张伟", "l", "nmjs", "z j w", "周",
        "139 z",
    ] {
        for offset in [0, 1, 700, 4500, 8999, 20_000] {
            for sort in [Sort::Rank, Sort::Recent, Sort::Code] {
                let query = Query {
                    text,
                    offset,
                    limit: 40,
                    sort,
                    ..Query::default()
                };
                let narrowed = Query {
                    kinds: 2,
                    permit: Some(&near),
                    within: Some(&far),
                    states: Some(0b11_0111),
                    ..query
                };
                for query in [query, narrowed] {
                    let (found, wanted) = (index.find(&query), scan.find(&query));
                    assert_eq!(found, wanted, "{text} {offset} {sort:?}");
                }
            }
        }
    }
}

fn sounds(name: &str) -> Vec<(String, char)> {
    name.chars().map(|c| (readings(c)[0].clone(), c)).collect()
}

fn whole(index: &Index, text: &str, sort: Sort) -> Hits {
    index.find(&Query {
        text,
        limit: 20_000,
        sort,
        ..Query::default()
    })
}

#[test]
fn names_stand_in_the_order_of_their_sounds() {
    let (index, _) = both();
    let name = |number: u64| match number % 300 {
        0 => "周王伟".to_owned(),
        _ => doc(number).name.into_owned(),
    };
    for text in ["", "w", "周 w"] {
        let hits = whole(&index, text, Sort::Name);
        let names: Vec<_> = hits
            .rows
            .iter()
            .map(|hit| sounds(&name(hit.number)))
            .collect();
        assert!(names.is_sorted(), "{text}");
        let mut numbers: Vec<u64> = hits.rows.iter().map(|hit| hit.number).collect();
        let mut ranked: Vec<u64> = whole(&index, text, Sort::Rank)
            .rows
            .iter()
            .map(|hit| hit.number)
            .collect();
        let page = index.find(&Query {
            text,
            offset: 30,
            limit: 25,
            sort: Sort::Name,
            ..Query::default()
        });
        let paged: Vec<u64> = page.rows.iter().map(|hit| hit.number).collect();
        assert_eq!(
            paged,
            numbers
                .iter()
                .skip(30)
                .take(25)
                .copied()
                .collect::<Vec<_>>()
        );
        numbers.sort_unstable();
        ranked.sort_unstable();
        assert_eq!(numbers, ranked, "{text}");
    }
}

#[test]
fn filters_by_term_and_hidden_records_narrow() {
    let (mut index, _) = both();
    let skill = index.term("skills", "农牧技术");
    let terms = [vec![skill]];
    let hidden = [1 << 56 | 1, 1 << 56 | 2];
    let query = Query {
        text: "",
        limit: 20_000,
        ..Query::default()
    };
    let found = index.find(&Query {
        terms: &terms,
        ..query
    });
    let wanted = (1..=MANY).filter(|number| number / 13 % 3 == 0).count();
    assert_eq!(found.total, wanted);
    let without = index.find(&Query {
        hidden: &hidden,
        ..query
    });
    assert_eq!(without.total as u64, MANY - 2);
    assert!(
        !without
            .rows
            .iter()
            .any(|hit| hit.kind == 1 && hit.number < 3)
    );
}

#[test]
fn a_wrong_character_of_the_right_sound_is_guessed() {
    let mut index = Index::new();
    for (number, name) in [(1, "张伟"), (2, "李娜")] {
        index.push(&Doc {
            kind: 1,
            number,
            name: name.into(),
            person: true,
            live: true,
            ..Doc::default()
        });
    }
    index.build();
    let hits = whole(&index, "张卫", Sort::Rank);
    assert!(hits.fuzzy);
    assert_eq!(
        hits.rows.iter().map(|hit| hit.number).collect::<Vec<_>>(),
        [1]
    );
}
