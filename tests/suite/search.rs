//! Search: examples, and two independent checks.

use kezhi::domain::reading::{fold, readings, surname};
use kezhi::search::{Doc, Index, Query, Scope, words};
use proptest::prelude::*;

fn doc(number: u64, name: &str) -> Doc<'static> {
    Doc {
        kind: 1,
        number,
        name: name.to_owned().into(),
        person: true,
        live: true,
        scope: vec![1],
        ..Doc::default()
    }
}

fn built(docs: &[Doc]) -> Index {
    let mut index = Index::new();
    docs.iter().for_each(|doc| index.push(doc));
    index.build();
    index
}

fn query(text: &str) -> Query<'_> {
    Query {
        text,
        limit: 100,
        ..Query::default()
    }
}

fn numbers(index: &Index, text: &str) -> Vec<u64> {
    let hits = index.find(&query(text));
    if hits.fuzzy {
        Vec::new()
    } else {
        hits.rows.iter().map(|hit| hit.number).collect()
    }
}

const NAMES: [&str; 12] = [
    "单立文",
    "张三",
    "张三丰",
    "阿拉坦·乌拉",
    "曾国庆",
    "解晓东",
    "尉迟敬",
    "那仁高娃",
    "吕布",
    "娜",
    "张伟",
    "朴智星",
];

fn people() -> Index {
    let docs: Vec<Doc> = NAMES
        .iter()
        .enumerate()
        .map(|(at, name)| doc(at as u64 + 1, name))
        .collect();
    built(&docs)
}

#[test]
fn records_of_every_kind_are_found_among_their_kind() {
    use kezhi::domain::kind::KINDS;
    let bits: Vec<u8> = KINDS.iter().map(|spec| spec.kind.bit()).collect();
    let docs = bits.iter().flat_map(|kind| {
        (1..=3).map(|number| Doc {
            kind: *kind,
            scope: vec![4 - number as u32],
            ..doc(number, "单立文")
        })
    });
    let index = built(&docs.collect::<Vec<_>>());
    for kind in bits {
        let hits = index.find(&Query {
            kinds: 1 << kind,
            ..query("")
        });
        assert_eq!(hits.total, 3, "{kind}");
        assert!(hits.rows.iter().all(|hit| hit.kind == kind), "{kind}");
    }
}

#[test]
fn names_are_found_in_every_form() {
    let index = people();
    for (typed, name) in [
        ("slw", "单立文"),
        ("shanlw", "单立文"),
        ("danlw", "单立文"),
        ("单立文", "单立文"),
        ("單立文", "单立文"),
        ("立文", "单立文"),
        ("lw", "单立文"),
        ("zs", "张三"),
        ("zhs", "张三"),
        ("zhangs", "张三"),
        ("zhangsan", "张三"),
        ("张san", "张三"),
        ("zhang三", "张三"),
        ("ＺＨＡＮＧＳＡＮ", "张三"),
        ("alt", "阿拉坦·乌拉"),
        ("阿拉坦•乌拉", "阿拉坦·乌拉"),
        ("阿拉坦乌拉", "阿拉坦·乌拉"),
        ("zenggq", "曾国庆"),
        ("ceng", "曾国庆"),
        ("xiexd", "解晓东"),
        ("yuchi", "尉迟敬"),
        ("nrgw", "那仁高娃"),
        ("narengaowa", "那仁高娃"),
        ("lv", "吕布"),
        ("na", "娜"),
        ("piao", "朴智星"),
    ] {
        let found = numbers(&index, typed);
        let at = NAMES.iter().position(|other| *other == name).unwrap() as u64 + 1;
        assert!(
            found.contains(&at),
            "{typed} does not find {name}: {found:?}"
        );
    }
    assert!(
        numbers(&index, "hang").is_empty(),
        "letters inside a syllable never begin a match"
    );
}

#[test]
fn ranks_exact_before_prefix_before_initials_before_syllables() {
    let names = ["张三丰", "张三", "赵帅", "李张三"];
    let docs: Vec<Doc> = names
        .iter()
        .enumerate()
        .map(|(at, name)| doc(at as u64 + 1, name))
        .collect();
    let index = built(&docs);
    assert_eq!(numbers(&index, "zhangsan"), [2, 1, 4]);
    assert_eq!(numbers(&index, "zs"), [2, 3, 1, 4]);
}

#[test]
fn ties_go_by_state_then_recency_then_code() {
    let mut docs: Vec<Doc> = (1..=4).map(|number| doc(number, "王伟")).collect();
    docs[0].live = false;
    docs[2].recency = 100;
    let index = built(&docs);
    assert_eq!(numbers(&index, "ww"), [3, 2, 4, 1]);
    assert_eq!(numbers(&index, ""), [3, 2, 4, 1]);
}

#[test]
fn digits_tails_codes_and_terms_are_found() {
    let mut index = Index::new();
    let skill = index.term("skills", "农牧技术");
    let place = index.term("area", "赤峰市红山区");
    let mut one = doc(123, "单立文");
    one.digits = vec!["13912344471".into(), "04716123456".into()];
    one.tails = vec!["15990019900101123X".into()];
    one.terms = vec![skill, place];
    index.push(&one);
    index.push(&doc(124, "张三"));
    index.build();
    for typed in [
        "4471",
        "391",
        "13912344471",
        "139-1234-4471",
        "6123456",
        "123x",
        "0101123X",
        "15990019900101123X",
        "zy-000123",
        "ZY123",
        "123",
        "000123",
        "nmjs",
        "农牧",
        "hsq",
        "cf",
        "slw 4471 cf 农牧",
        "cf slw",
        "4471slw",
    ] {
        assert_eq!(numbers(&index, typed), [123], "{typed}");
    }
    assert!(numbers(&index, "slw 9999").is_empty());
}

#[test]
fn the_number_of_a_code_finds_records_of_every_kind_the_exact_one_first() {
    use kezhi::domain::kind::{KINDS, Kind, YEAR};
    let of = |kind: Kind, number: u64, name: &'static str| Doc {
        kind: kind.bit(),
        ..doc(number, name)
    };
    let matter = of(Kind::Complaint, 2026 * YEAR + 199_896, "现场");
    let earlier = of(Kind::Complaint, 2024 * YEAR + 55, "时长");
    let activity = of(Kind::Activity, 2026 * YEAR + 55, "讲座");
    let older = of(Kind::Activity, 2023 * YEAR + 55, "义诊");
    let person = of(Kind::Volunteer, 55, "张三");
    let mut other = of(Kind::Volunteer, 9, "李四");
    other.digits = vec!["13900551234".into()];
    let all = [matter, earlier, activity, older, person, other];
    let codes = |index: &Index, text: &str| -> Vec<String> {
        let hits = index.find(&query(text));
        let hits = hits.rows.iter().filter(|_| !hits.fuzzy);
        let code = |kind: u8, number: u64| {
            let mut kinds = KINDS.iter();
            let spec = kinds.find(|spec| spec.kind.bit() == kind).unwrap();
            spec.code(number)
        };
        hits.map(|hit| code(hit.kind, hit.number)).collect()
    };
    let mut late = Index::new();
    all.iter()
        .for_each(|doc| late.put(doc.clone().into_owned()));
    for index in [built(&all), late] {
        assert_eq!(codes(&index, "199896"), ["TS-2026-199896"]);
        // As wide as it is written first, then by its number, last who has the digits elsewhere.
        let found = codes(&index, "0055");
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(
            found[..2].iter().all(|code| code.starts_with("HD-")),
            "{found:?}"
        );
        assert!(
            !found.contains(&"ZY-000009".to_owned()) || found[4] == "ZY-000009",
            "{found:?}"
        );
        let found = codes(&index, "000055");
        assert_eq!(found[..2], ["ZY-000055", "TS-2024-000055"], "{found:?}");
        let found = codes(&index, "055");
        assert_eq!(
            (found.len(), found[4].as_str()),
            (5, "ZY-000009"),
            "{found:?}"
        );
        // Two digits are too few for the numbers of a year.
        assert_eq!(codes(&index, "55"), ["ZY-000055"]);
        assert!(codes(&index, "99896").is_empty());
        // Walls stand.
        let scope = Scope::of([99]);
        let walled = Query {
            permit: Some(&scope),
            ..query("199896")
        };
        assert_eq!(index.find(&walled).total, 0);
    }
}

#[test]
fn renamed_terms_and_changed_records_are_found_at_once() {
    let mut index = Index::new();
    let team = index.term("teams", "ZZ-0007");
    index.name_term(team, &["红山区科技志愿者队".into()]);
    let mut one = doc(1, "单立文");
    one.terms = vec![team];
    index.push(&one);
    index.build();
    assert_eq!(numbers(&index, "hsq"), [1]);
    index.name_term(
        team,
        &["松山区科技志愿者队".into(), "红山区科技志愿者队".into()],
    );
    assert_eq!(numbers(&index, "ssq"), [1]);
    one.name = "张三".into();
    index.put(one);
    assert_eq!(numbers(&index, "zs ssq"), [1]);
    assert!(numbers(&index, "slw").is_empty());
    assert_eq!(index.len(), 1);
}

#[test]
fn scopes_hide_and_narrow() {
    let mut docs: Vec<Doc> = (1..=3).map(|number| doc(number, "王伟")).collect();
    docs[1].scope = vec![2, 3];
    docs[2].scope = vec![4];
    let index = built(&docs);
    let only = |orgs: &[u64], text: &str| {
        let scope = Scope::of(orgs.iter().copied());
        let hits = index.find(&Query {
            permit: Some(&scope),
            ..query(text)
        });
        (
            hits.total,
            hits.rows.iter().map(|hit| hit.number).collect::<Vec<_>>(),
        )
    };
    assert_eq!(only(&[3], "ww"), (1, vec![2]));
    assert_eq!(only(&[1, 4], ""), (2, vec![1, 3]));
}

#[test]
fn a_misspelt_word_only_guesses() {
    let index = people();
    let hits = index.find(&query("zhangsnfeng"));
    assert!(hits.fuzzy);
    assert_eq!(hits.rows[0].number, 3);
}

#[test]
fn hostile_lines_are_taken() {
    let index = people();
    for line in [
        "a ".repeat(1000),
        "张".repeat(10_000),
        "\u{0}\u{7f}\u{202e}😀".into(),
        "9".repeat(400),
        "x".repeat(300),
        "0x 0xx -- ··".into(),
    ] {
        let _ = index.find(&query(&line));
    }
}

// A plain, slow definition of a match that shares no code with the index but the readings.

fn plainly(word: &str, name: &str) -> bool {
    let word: Vec<char> = fold(word).chars().collect();
    let name: Vec<char> = fold(name).chars().collect();
    let special = surname(&name).unwrap_or(&[]);
    let ways: Vec<Vec<String>> = name
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let mut ways: Vec<String> = vec![c.to_string()];
            let mut all = readings(*c);
            all.extend(special.get(at).map(|reading| (*reading).to_string()));
            for reading in all {
                for length in 1..=reading.len() {
                    ways.push(reading[..length].to_string());
                }
            }
            ways
        })
        .collect();
    fn from(word: &[char], ways: &[Vec<String>]) -> bool {
        if word.is_empty() {
            return true;
        }
        let Some((first, rest)) = ways.split_first() else {
            return false;
        };
        first.iter().any(|way| {
            let way: Vec<char> = way.chars().collect();
            word.starts_with(&way) && from(&word[way.len()..], rest)
        })
    }
    !word.is_empty() && (0..name.len()).any(|at| from(&word, &ways[at..]))
}

fn name() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        '单', '张', '三', '曾', '解', '乌', '那', '仁', '长', '重', '安', '西', '先', '·', '尉',
        '迟', '立', 'a',
    ])
    .prop_flat_map(|_| {
        proptest::collection::vec(
            proptest::sample::select(vec![
                '单', '张', '三', '曾', '解', '乌', '那', '仁', '长', '重', '安', '西', '先', '·',
                '尉', '迟', '立', 'a',
            ]),
            1..5,
        )
    })
    .prop_map(|chars| chars.into_iter().collect())
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,4}",
        proptest::sample::select(vec![
            "zs", "zhs", "shan", "dan", "xian", "zhangsan", "张s", "三", "ceng", "zeng", "nr",
            "yuchi", "weichi", "c", "ch", "chang", "xi", "an", "la"
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_index_and_the_plain_definition_agree_on_who_matches(names in proptest::collection::vec(name(), 1..25), word in word()) {
        let docs: Vec<Doc> = names.iter().enumerate().map(|(at, name)| doc(at as u64 + 5000, name)).collect();
        let index = built(&docs);
        let mut found = numbers(&index, &word);
        found.sort_unstable();
        let plain: Vec<u64> = docs.iter().filter(|doc| plainly(&word, &doc.name)).map(|doc| doc.number).collect();
        prop_assert_eq!(found, plain);
    }

    #[test]
    fn tries_and_a_scan_of_everything_agree_on_order_and_count(
        names in proptest::collection::vec((name(), any::<bool>(), 0i32..5, 1u32..4), 1..25),
        typed in proptest::collection::vec(prop_oneof![word(), "[0-9]{3,4}", Just("农牧".to_owned())], 1..4),
        split in 0usize..25,
    ) {
        let (mut index, mut scan) = (Index::new(), Index::new());
        let terms = ["农牧技术", "安西", "长安"];
        let term = |index: &mut Index, at: u32| index.term("skills", terms[at as usize % 3]);
        let docs: Vec<Doc> = names.iter().enumerate().map(|(at, (name, live, recency, org))| Doc {
            live: *live,
            recency: *recency,
            scope: vec![*org],
            digits: vec![format!("139{:08}", at * 12_345_678 % 99_999_999).into()],
            tails: vec![format!("1599001990010{:04}X", at * 77).into()],
            aliases: if at % 3 == 0 { vec!["单安".into()] } else { Vec::new() },
            ..doc(at as u64 + 1, name)
        }).collect();
        for (at, doc) in docs.iter().enumerate() {
            let mut one = doc.clone();
            one.terms = vec![term(&mut index, at as u32)];
            let mut two = doc.clone();
            two.terms = vec![term(&mut scan, at as u32)];
            if at < split { index.push(&one) }
            scan.put(two);
        }
        index.build();
        for (at, doc) in docs.iter().enumerate().skip(split) {
            let mut one = doc.clone();
            one.terms = vec![term(&mut index, at as u32)];
            index.put(one);
        }
        if let Some(first) = docs.first() {
            let mut changed = first.clone();
            changed.name = "解单".into();
            index.put(changed.clone());
            scan.put(changed);
        }
        let line = typed.join(" ");
        let scope = Scope::of([1, 2]);
        for query in [query(&line), Query { within: Some(&scope), ..query(&line) }, Query { limit: 2, offset: 1, ..query(&line) }] {
            prop_assert_eq!(index.find(&query), scan.find(&query), "{}", line);
        }
    }
}

#[test]
fn words_split_at_blanks_and_between_letters_and_digits() {
    let texts = |line: &str| {
        words(line)
            .into_iter()
            .map(|word| word.text)
            .collect::<Vec<_>>()
    };
    assert_eq!(texts("5678zs"), ["5678", "zs"]);
    assert_eq!(texts("slw 4471  cf　农牧"), ["slw", "4471", "cf", "农牧"]);
    // What an input method puts between words is no part of them.
    for line in [
        "李硕惠，和林",
        "李硕惠、和林。",
        "（李硕惠）；“和林”？",
        "「李硕惠」:和林,",
    ] {
        assert_eq!(texts(line), ["李硕惠", "和林"], "{line}");
    }
    assert_eq!(words("ZY-000123、")[0].code, words("ZY-000123")[0].code);
    assert!(words("ZY-000123、")[0].code.is_some());
    assert!(words("，。").is_empty());
    assert_eq!(texts("zy-123 zy-123"), ["zy123"]);
    assert_eq!(texts("123X"), ["123x"]);
}
