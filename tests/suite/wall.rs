//! The wall: two stores that differ in one sealed matter alone give the walled the same answers.

use kezhi::domain::kind::{Code, Kind};
use kezhi::protocol::{Act, Answer, Find, Request, ToSession};
use kezhi::store::Store;
use kezhi::store::book::{At, Book};
use kezhi::store::verify;

use lay::{TITLE, person};
use request::{VARIANTS, edit, list, requests, variant};
use side::{Desk, Side};

mod lay;
mod life;
mod reading;
mod request;
mod side;

/// An answer as it goes over the wire, but for the clock: moments of today, the process, and the hash
/// of a log whose entries carry moments. Numbers that are drawn for a caller's own matters are told
/// by the order in which they came.
fn said(
    answer: Result<Answer, kezhi::domain::refusal::Refusal>,
    own: &mut Vec<Code>,
    before: Option<Kind>,
) -> String {
    if let (Ok(Answer::View(view)), Some(kind)) = (&answer, before)
        && kind.spec().sealed
        && view.code.kind == kind
        && !own.contains(&view.code)
    {
        own.push(view.code);
    }
    let answer = ToSession::Answer { id: 0, answer };
    let mut value = serde_json::to_value(&answer).unwrap();
    pin(&mut value);
    let mut text = value.to_string();
    for (nth, code) in own.iter().enumerate() {
        text = text.replace(&code.to_string(), &format!("own{nth}"));
        // The number as it is read aloud: 5 6 7, 8 7 9.
        let six: Vec<String> = format!("{:06}", code.number % 1_000_000)
            .chars()
            .map(String::from)
            .collect();
        let (head, tail) = six.split_at(3);
        for comma in ["，", ", "] {
            let spelt = format!("{}{comma}{}", head.join(" "), tail.join(" "));
            text = text.replace(&spelt, &format!("own{nth}"));
        }
    }
    text
}

fn pin(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            if let Some(at) = map.get_mut("Kept") {
                *at = "at".into();
            }
            for clock in ["at", "pid", "uptime", "hash", "kept", "discarded"] {
                if let Some(value) = map.get_mut(clock) {
                    *value = clock.into();
                }
            }
            map.values_mut().for_each(pin);
        }
        serde_json::Value::Array(all) => all.iter_mut().for_each(pin),
        serde_json::Value::String(text) => {
            let today = chrono::Local::now().date_naive().to_string();
            let now = format!("{today}T");
            while let Some(at) = text.find(&now) {
                let end = (at + now.len() + 5).min(text.len());
                text.replace_range(at..end, "now");
            }
        }
        _ => {}
    }
}

/// Both stores, in which the same is done but for the walled matter.
fn sides() -> (Side, Side) {
    let (mut with, without) = (Side::new(true), Side::new(false));
    with.begin();
    for side in [&with, &without] {
        let change = edit(person(3), &[("employer", "学校")]);
        side.ask(&side.head, Request::Make { token: 5, change })
            .unwrap();
    }
    with.course();
    (with, without)
}

/// What one of the walled hears and is answered is the same in both; gives what was asked.
fn alike(nth: usize) -> Vec<&'static str> {
    let (with, without) = sides();
    let ((name, desk), (_, other)) = (&with.walled[nth], &without.walled[nth]);
    let matter = with.matter.unwrap();
    let mut asked = Vec::new();
    let (mut own, mut owns) = (Vec::new(), Vec::new());
    let path = |side: &Side| {
        side.dir
            .path()
            .join("copy.redb")
            .to_str()
            .unwrap()
            .to_owned()
    };
    let both = requests(matter, path(&with))
        .into_iter()
        .zip(requests(matter, path(&without)));
    for (one, two) in both {
        asked.push(variant(&one));
        let sealed = match &one {
            Request::Make { change, .. } => match change.act {
                Act::New(kind) => Some(kind),
                _ => None,
            },
            _ => None,
        };
        let what = format!("{one:?}");
        let left = said(with.ask(desk, one), &mut own, sealed);
        let right = said(without.ask(other, two), &mut owns, sealed);
        let left = left.replace(with.dir.path().to_str().unwrap(), "dir");
        let right = right.replace(without.dir.path().to_str().unwrap(), "dir");
        assert_eq!(left, right, "{name}: {what}");
    }
    // The writing thread ends with the service: everything was told by then.
    assert_eq!(book(&with), book(&without), "{name}");
    let heard = |desk: &Desk, own: &[Code]| {
        let mut text = format!("{:?}", desk.heard.lock().unwrap());
        for (nth, code) in own.iter().enumerate() {
            text = text.replace(&format!("{code:?}"), &format!("own{nth}"));
        }
        text
    };
    let (left, right) = (heard(desk, &own), heard(other, &owns));
    assert!(
        *name == "admin" || left.contains("Changed"),
        "{name} hears of what is theirs"
    );
    assert_eq!(left, right, "{name}");
    asked
}

/// The open book, entry by entry, but for the clock; and how much a check says it read.
fn book(side: &Side) -> (Vec<String>, [u64; 3]) {
    side.service.close();
    let store = Store::open(&side.dir.path().join("store.redb")).unwrap();
    let reader = store.read().unwrap();
    let found = verify::all(&reader).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let seqs = 1..=reader.head().unwrap().seq;
    let entries = seqs.map(|seq| {
        let book = Book::Open;
        let entry = reader.entry(At { book, seq }).unwrap().unwrap();
        let mut value = serde_json::to_value(&entry).unwrap();
        pin(&mut value);
        value.to_string()
    });
    let read = [found.entries, found.records, found.index_rows];
    (entries.collect(), read)
}

#[test]
fn two_stores_that_differ_in_a_walled_matter_answer_alike() {
    let asked: Vec<&str> = (0..4).flat_map(alike).collect();
    for variant in VARIANTS {
        assert!(asked.contains(variant), "nobody asked {variant}");
    }
}

/// The comparison would find a leak: whoever handles the matter is answered otherwise.
#[test]
fn whoever_may_see_the_matter_is_answered_otherwise() {
    let (with, without) = sides();
    let matter = with.matter.unwrap();
    let mut differ = Vec::new();
    for request in [
        Request::Show(matter),
        Request::History {
            code: matter,
            limit: 100,
        },
        list(Kind::Complaint, &[], None, None),
        list(Kind::Sanction, &[], None, None),
        Request::Find(Find {
            text: TITLE.into(),
            limit: 5,
            ..Find::default()
        }),
    ] {
        let [left, right] = [&with, &without].map(|side| {
            let answer = side.ask(&side.head, request.clone());
            said(answer, &mut Vec::new(), None)
        });
        differ.push(left != right);
    }
    assert_eq!(differ, [true; 5]);
}
