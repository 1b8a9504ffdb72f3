//! What terminals answer to the probe, by what they take its bytes for.

use std::time::Instant;

use kezhi::terminal::probe::Probe;
use kezhi::terminal::width::{Profile, ambiguous};
use unicode_width::UnicodeWidthChar;

/// The bytes of the sample: before the characters are repeated, how often, and behind.
fn sample() -> (Vec<u8>, usize, Vec<u8>) {
    let question = Probe::question();
    let sample = question.trim_start_matches('\r');
    let (sample, _) = sample.split_once("\x1b[6n").unwrap();
    let (before, rest) = sample.split_once("\x1b[").unwrap();
    let (count, after) = rest.split_once('b').unwrap();
    (before.into(), count.parse().unwrap(), after.into())
}

/// The column behind the sample where every character takes as many columns as `read` says.
fn column(repeats: bool, read: impl Fn(&[u8]) -> Vec<u16>) -> u16 {
    let (before, count, after) = sample();
    let first = read(&before);
    let again = if repeats { count as u16 } else { 0 };
    let last = first.last().unwrap();
    1 + first.iter().sum::<u16>() + again * last + read(&after).iter().sum::<u16>()
}

fn answer(column: u16) -> kezhi::terminal::probe::Answer {
    let now = Instant::now();
    Probe::new(now).heard(column, now).unwrap()
}

#[test]
fn what_is_taken_for_utf8_proves_its_widths() {
    for wide in [false, true] {
        for repeats in [false, true] {
            let column = column(repeats, |bytes| {
                let text = std::str::from_utf8(bytes).unwrap();
                let width = |c: char| match wide && ambiguous(c) {
                    true => 2,
                    false => c.width().unwrap() as u16,
                };
                text.chars().map(width).collect()
            });
            let answer = answer(column);
            let profile = if wide { Profile::Wide } else { Profile::Narrow };
            assert_eq!(answer.profile, profile, "{column}");
            assert!(answer.proved && !answer.odd, "{column}");
            assert_eq!(answer.repeats, repeats, "{column}");
            // It fits into the smallest window.
            assert!(column <= 40, "{column}");
        }
    }
}

/// Pairs of two columns; a byte that begins none takes `alone` columns.
fn pairs(bytes: &[u8], alone: u16, lead: std::ops::RangeInclusive<u8>) -> Vec<u16> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let second = bytes.get(at + 1);
        let trail = |byte: &u8| (0x40..=0xfe).contains(byte) && *byte != 0x7f;
        let pair = lead.contains(&bytes[at]) && second.is_some_and(trail);
        all.push(if pair { 2 } else { alone });
        at += if pair { 2 } else { 1 };
    }
    all
}

#[test]
fn what_is_taken_for_another_encoding_is_known_as_odd() {
    let mut seen = Vec::new();
    for repeats in [false, true] {
        for alone in 0..=2 {
            // GBK and GB18030, Big5, GB2312 with bytes that it has not.
            for lead in [0x81..=0xfe, 0xa1..=0xf9, 0xa1..=0xf7] {
                seen.push(column(repeats, |bytes| pairs(bytes, alone, lead.clone())));
            }
        }
        // ISO 8859 with its controls, which are no more than swallowed, and the code pages of Windows.
        for control in 0..=1 {
            seen.push(column(repeats, |bytes| {
                let one = |byte: &u8| {
                    if (0x80..0xa0).contains(byte) {
                        control
                    } else {
                        1
                    }
                };
                bytes.iter().map(one).collect()
            }));
        }
    }
    seen.sort_unstable();
    seen.dedup();
    println!("{seen:?}");
    for column in seen {
        let answer = answer(column);
        assert!(answer.odd && !answer.proved && !answer.repeats, "{column}");
        assert_eq!(answer.profile, Profile::Unknown, "{column}");
    }
    // Widths that no rule gives are none of ours.
    for column in [1, 12, 15, 26, 28, 30, 80] {
        assert!(answer(column).odd, "{column}");
    }
}
