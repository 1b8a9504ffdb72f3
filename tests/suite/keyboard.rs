//! From bytes to keys: whole, and cut at every place with every pause.

use std::time::{Duration, Instant};

use kezhi::terminal::decode::{Decoder, Input};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

const NEAR: Duration = Duration::from_millis(25);
const FAR: Duration = Duration::from_millis(100);

fn key(code: KeyCode) -> Input {
    Input::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn letter(c: char) -> Input {
    key(KeyCode::Char(c))
}

fn control(c: char) -> Input {
    Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL))
}

/// Feeds pieces with a pause between them, looking at the decoder whenever it wants to be looked at.
fn feed(pieces: &[&[u8]], pause: Duration, wait: Duration) -> Vec<Input> {
    let mut decoder = Decoder::new(wait);
    let mut now = Instant::now();
    let mut found = Vec::new();
    for piece in pieces {
        let next = now + pause;
        while let Some(due) = decoder.due().filter(|due| *due <= next) {
            found.extend(decoder.expire(due));
        }
        now = next;
        found.extend(decoder.feed(piece, now));
    }
    while let Some(due) = decoder.due() {
        found.extend(decoder.expire(due));
    }
    found
}

/// What terminals send, and the key that it is.
fn table() -> Vec<(&'static [u8], Vec<Input>)> {
    let f = |n| key(KeyCode::F(n));
    vec![
        (b"\x1b[A", vec![key(KeyCode::Up)]),
        (b"\x1bOB", vec![key(KeyCode::Down)]),
        (
            b"\x1b[1;5C",
            vec![Input::Key(KeyEvent::new(
                KeyCode::Right,
                KeyModifiers::CONTROL,
            ))],
        ),
        (b"\x1b[H", vec![key(KeyCode::Home)]),
        (b"\x1b[1~", vec![key(KeyCode::Home)]),
        (b"\x1b[4~", vec![key(KeyCode::End)]),
        (b"\x1bOF", vec![key(KeyCode::End)]),
        (b"\x1b[3~", vec![key(KeyCode::Delete)]),
        (b"\x1b[5~", vec![key(KeyCode::PageUp)]),
        (b"\x1b[6~", vec![key(KeyCode::PageDown)]),
        (b"\x1b[Z", vec![key(KeyCode::BackTab)]),
        (b"\x1bOP", vec![f(1)]),
        (b"\x1b[11~", vec![f(1)]),
        (b"\x1b[[A", vec![f(1)]),
        (b"\x1b[M", vec![f(1)]),
        (b"\x1bOQ", vec![f(2)]),
        (b"\x1b[15~", vec![f(5)]),
        (b"\x1b[17~", vec![f(6)]),
        (b"\x1b[19~", vec![f(8)]),
        (b"\x1b[24~", vec![f(12)]),
        (b"\x1b[200~a\rb\x1b[201~", vec![Input::Paste("a\rb".into())]),
        (b"\x1b[999;9x", vec![]),
        (b"\x1b[?1;2c", vec![]),
        (b"\x1b[12;7R", vec![Input::Cursor(12, 7)]),
        ("张".as_bytes(), vec![letter('张')]),
        ("\u{20bb7}".as_bytes(), vec![letter('\u{20bb7}')]),
    ]
}

#[test]
fn every_key_arrives_whole_and_cut_at_every_place() {
    for (bytes, wanted) in table() {
        assert_eq!(feed(&[bytes], NEAR, NEAR), wanted, "{bytes:02x?}");
        for at in 1..bytes.len() {
            let (head, tail) = bytes.split_at(at);
            for (pause, wait) in [
                (0, NEAR),
                (10, NEAR),
                (20, NEAR),
                (30, FAR),
                (80, FAR),
                (99, FAR),
            ] {
                let pause = Duration::from_millis(pause);
                let found = feed(&[head, tail], pause, wait);
                assert_eq!(found, wanted, "{bytes:02x?} cut at {at}, {pause:?}");
            }
        }
        // Every byte alone.
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        let found = feed(&single, Duration::from_millis(80), FAR);
        assert_eq!(found, wanted, "{bytes:02x?} byte by byte");
    }
}

#[test]
fn what_comes_too_late_does_no_harm() {
    let paste = |bytes: &[u8]| bytes.starts_with(b"\x1b[200~");
    let table = table().into_iter();
    for (bytes, wanted) in table.filter(|(bytes, _)| bytes[0] == 0x1b && !paste(bytes)) {
        for at in 1..bytes.len() {
            let (head, tail) = bytes.split_at(at);
            let found = feed(&[head, tail], Duration::from_millis(150), FAR);
            // The key may be lost, and Esc may have been heard; nothing else is done.
            let esc = [key(KeyCode::Esc)];
            let letters = found.iter().any(
                |input| matches!(input, Input::Key(key) if matches!(key.code, KeyCode::Char(_))),
            );
            assert!(
                found == wanted || found == esc || found.is_empty() || !letters,
                "{bytes:02x?} cut at {at}: {found:?}"
            );
        }
    }
}

#[test]
fn a_lone_escape_works_and_so_does_what_follows_it() {
    let esc = key(KeyCode::Esc);
    assert_eq!(feed(&[b"\x1b"], FAR, FAR), std::slice::from_ref(&esc));
    assert_eq!(feed(&[b"\x1b\x1b"], FAR, FAR), [esc.clone(), esc.clone()]);
    assert_eq!(feed(&[b"\x1bx"], FAR, FAR), [esc.clone(), letter('x')]);
    assert_eq!(
        feed(&["\x1b查".as_bytes()], FAR, FAR),
        [esc.clone(), letter('查')]
    );
    // A bracket that is typed well after it is a bracket.
    let second = Duration::from_secs(1);
    assert_eq!(
        feed(&[b"\x1b", b"["], second, FAR),
        [esc.clone(), letter('[')]
    );
    let soon = Duration::from_millis(300);
    assert_eq!(
        feed(&[b"\x1b", b"["], soon, FAR),
        [esc.clone(), letter('[')]
    );
    assert_eq!(
        feed(&[b"\x1b", b"\x1b[A"], soon, FAR),
        [esc, key(KeyCode::Up)]
    );
}

#[test]
fn controls_are_what_operators_mean() {
    let wanted = [
        key(KeyCode::Backspace),
        key(KeyCode::Backspace),
        key(KeyCode::Tab),
        key(KeyCode::Enter),
        key(KeyCode::Enter),
        control('s'),
        control('c'),
    ];
    assert_eq!(feed(&[b"\x08\x7f\t\r\n\x13\x03"], NEAR, NEAR), wanted);
    // The switch of input methods, the quit signal and the line of help do nothing.
    assert_eq!(feed(&[b"\x00\x1c\x1f"], NEAR, NEAR), []);
    assert_eq!(feed(&[b"\xff"], NEAR, NEAR), [Input::Garbled]);
    assert_eq!(
        feed(&[b"\xd5\xc5a"], NEAR, NEAR).last(),
        Some(&letter('a')),
        "GBK garbles no more than itself"
    );
}

#[test]
fn an_input_method_gives_all_its_characters() {
    let four = feed(&["来电查询".as_bytes()], NEAR, NEAR);
    let wanted: Vec<Input> = "来电查询".chars().map(letter).collect();
    assert_eq!(four, wanted);
    let long = "今日科技志愿服务总队各盟市旗县支队报送的活动";
    let twenty: String = long.chars().take(20).collect();
    let wanted: Vec<Input> = twenty.chars().map(letter).collect();
    assert_eq!(feed(&[twenty.as_bytes()], NEAR, NEAR), wanted);
    // As a paste it goes into a field just as well.
    let found = feed(&[long.as_bytes()], NEAR, NEAR);
    assert_eq!(found, [Input::Paste(long.to_owned())]);
}

#[test]
fn more_than_twenty_characters_at_once_are_a_paste_without_any_line_break() {
    for text in [
        "150102199001011234 13912345678",
        "mongolian text about the volunteer",
    ] {
        let wanted = [Input::Paste(text.to_owned())];
        assert_eq!(feed(&[text.as_bytes()], NEAR, NEAR), wanted);
        // The line cut it in two.
        let (head, tail) = text.as_bytes().split_at(12);
        let found = feed(&[head, tail], Duration::from_millis(20), NEAR);
        assert_eq!(found, wanted);
        // A key before it is a key.
        let mut bytes = b"\x1bOQ".to_vec();
        bytes.extend(text.bytes());
        let found = feed(&[&bytes], NEAR, NEAR);
        assert_eq!(found, [&[key(KeyCode::F(2))], &wanted[..]].concat());
    }
    // What is typed ahead, or arrives late together, is keys.
    assert_eq!(feed(&[b"3m"], NEAR, NEAR), [letter('3'), letter('m')]);
    for count in [7, 8, 20] {
        let text = "x".repeat(count);
        assert_eq!(feed(&[text.as_bytes()], NEAR, NEAR).len(), count);
    }
    // Nothing of it is lost when the session ends meanwhile.
    let mut decoder = Decoder::new(NEAR);
    assert_eq!(decoder.feed(b"zhangwei", Instant::now()), []);
    assert_eq!(decoder.last().len(), 8);
}

#[test]
fn a_burst_with_line_breaks_is_a_paste() {
    let text = "第一行的内容有这么长第一行的内容有这么长还更长\r第二行\r";
    let found = feed(&[text.as_bytes()], NEAR, NEAR);
    assert_eq!(found, [Input::Paste(text.replace('\r', "\n"))]);
    // The rest of it comes in another packet.
    let (head, tail) = text.as_bytes().split_at(72);
    let found = feed(&[head, tail, b"x\r"], Duration::from_millis(20), NEAR);
    assert!(
        found.iter().all(|input| matches!(input, Input::Paste(_))),
        "{found:?}"
    );
    // Typing, however fast, is typing.
    let found = feed(&[b"zhangwei\r"], NEAR, NEAR);
    assert_eq!(found.len(), 9);
}

#[test]
fn a_table_that_is_pasted_stays_a_text() {
    let row = "姓名\t电话\t单位\r单立文\t13912344471\t红山区农牧局\r";
    let found = feed(&[row.as_bytes()], NEAR, NEAR);
    assert_eq!(found, [Input::Paste(row.replace('\r', "\n"))]);
}

#[test]
fn a_character_whose_rest_was_lost_on_the_way_arrives_with_it() {
    let bytes = "张".as_bytes();
    for at in [1, 2] {
        let (head, tail) = bytes.split_at(at);
        let found = feed(&[head, tail], Duration::from_secs(3), FAR);
        assert_eq!(found, [letter('张')], "cut at {at}");
    }
    // What never comes is no character.
    let found = feed(&[b"\xe5", b"a"], Duration::from_secs(3), FAR);
    assert_eq!(found, [Input::Garbled, letter('a')]);
}

#[test]
fn a_mouse_of_the_old_kind_types_nothing() {
    let mut decoder = Decoder::new(NEAR);
    let now = Instant::now();
    assert_eq!(decoder.feed(b"\x1b[M !", now), []);
    assert_eq!(decoder.feed(b"\"x", now), [letter('x')]);
    for report in [&b"\x1b[M !!"[..], b"\x1b[M qz", b"\x1b[Ma\xff\xfe"] {
        for at in 1..report.len() {
            let (head, tail) = report.split_at(at);
            let found = feed(&[head, tail], Duration::from_millis(20), NEAR);
            assert_eq!(found, [], "{report:02x?} cut at {at}");
        }
    }
    // The function key is followed by something else than a report.
    let keys = [key(KeyCode::F(1)), key(KeyCode::Up)];
    assert_eq!(feed(&[b"\x1b[M\x1b[A"], NEAR, NEAR), keys);
    // What a terminal tells of its focus is no key.
    assert_eq!(feed(&[b"\x1b[I\x1b[O"], NEAR, NEAR), []);
}

#[test]
fn a_string_is_swallowed_up_to_its_end_however_late_that_comes() {
    for string in [
        &b"\x1b]11;rgb:0000/0000/0000\x07"[..],
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1bP>|xterm(367)\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b^message\x1b\\",
        b"\x1bXanything\x1b\\",
    ] {
        for at in 2..string.len() {
            let (head, tail) = string.split_at(at);
            let ends = head.ends_with(b"\x1b");
            let all = if at == 2 || ends { 500 } else { 2000 };
            for pause in [0, 50, 300, all] {
                let found = feed(&[head, tail], Duration::from_millis(pause), NEAR);
                assert_eq!(found, [], "{string:02x?} cut at {at}, {pause} ms");
            }
        }
    }
    // An end that never comes takes no key with it that ends strings, nor what is typed later.
    let half = b"\x1b]11;rgb:00";
    let soon = Duration::from_millis(300);
    assert_eq!(feed(&[half, b"\r"], soon, NEAR), [key(KeyCode::Enter)]);
    assert_eq!(feed(&[half, b"\x1b[A"], soon, NEAR), [key(KeyCode::Up)]);
    assert_eq!(feed(&[half, b"\x1b"], soon, NEAR), [key(KeyCode::Esc)]);
    let later = Duration::from_secs(4);
    assert_eq!(feed(&[half, b"3"], later, NEAR), [letter('3')]);
    // Esc and then a letter are two keys.
    for c in [']', 'P', '_', 'X'] {
        let typed = format!("\x1b{c}");
        let wanted = [key(KeyCode::Esc), letter(c)];
        assert_eq!(feed(&[typed.as_bytes()], NEAR, NEAR), wanted);
    }
    let wanted = [key(KeyCode::Esc), letter(']'), letter('x')];
    assert_eq!(feed(&[b"\x1b]x"], NEAR, NEAR), wanted);
}

#[test]
fn the_rest_of_a_sequence_that_was_given_up_types_nothing_and_what_is_typed_is_no_rest() {
    let late = Duration::from_millis(700);
    let paste = |bytes: &[u8]| bytes.starts_with(b"\x1b[200~");
    for (bytes, _) in table() {
        // Nothing that terminals send ends in a small letter but what they answer.
        let own =
            bytes.contains(&b'?') || bytes.last().is_some_and(|last| !last.is_ascii_lowercase());
        if bytes[0] != 0x1b || paste(bytes) || !own {
            continue;
        }
        for at in 2..bytes.len() {
            let (head, tail) = bytes.split_at(at);
            let found = feed(&[head, tail], late, NEAR);
            let letters = |input: &Input| matches!(input, Input::Key(key) if matches!(key.code, KeyCode::Char(_)));
            assert!(
                !found.iter().any(letters),
                "{bytes:02x?} cut at {at}: {found:?}"
            );
        }
    }
    let soon = Duration::from_millis(80);
    let mut decoder = Decoder::new(NEAR);
    let mut now = Instant::now();
    assert_eq!(decoder.feed(b"\x1b[2", now), []);
    now += late;
    assert_eq!(decoder.feed(b"0", now), []);
    assert_eq!(decoder.feed(b"~x", now + soon), [letter('x')]);
    for pause in [late, Duration::from_secs(2)] {
        assert_eq!(feed(&[b"\x1b[2", b"3"], pause, NEAR), [letter('3')]);
        let wanted = [letter('3'), letter('m')];
        assert_eq!(feed(&[b"\x1b[2", b"3m"], pause, NEAR), wanted);
        let wanted = [letter('3'), key(KeyCode::Enter)];
        assert_eq!(feed(&[b"\x1b[2", b"3\r"], pause, NEAR), wanted);
    }
}

#[test]
fn text_of_another_encoding_is_left_out_whole() {
    // The second pair of these is a letter of UTF-8.
    let found = feed(&[b"\xd5\xc5\xce\xb0"], NEAR, NEAR);
    assert_eq!(found, [Input::Garbled]);
    // The second of a pair may be a letter of ASCII.
    let found = feed(&[b"\xd5\xc5\xe9F\xce\xb0z"], NEAR, NEAR);
    assert_eq!(found, [Input::Garbled, letter('z')]);
    let found = feed(&["α张".as_bytes()], NEAR, NEAR);
    assert_eq!(found, [letter('α'), letter('张')]);
}

#[test]
fn what_was_read_in_time_counts_however_late_it_is_looked_at() {
    let mut decoder = Decoder::new(NEAR);
    let now = Instant::now();
    assert_eq!(decoder.feed(b"\x1b", now), []);
    // The program was busy for a second; the rest had come after ten milliseconds.
    let soon = now + Duration::from_millis(10);
    assert_eq!(decoder.feed(b"[A", soon), [key(KeyCode::Up)]);
    assert_eq!(decoder.expire(now + Duration::from_secs(1)), []);
}

#[test]
fn a_paste_is_never_keys_however_it_is_cut() {
    let text = "\x1b[200~一\r二\x1b[A三\x1b[201~";
    let wanted = [Input::Paste("一\r二\x1b[A三".into())];
    let bytes = text.as_bytes();
    for at in 1..bytes.len() {
        let (head, tail) = bytes.split_at(at);
        let pause = Duration::from_millis(if at < 6 { 80 } else { 5000 });
        assert_eq!(feed(&[head, tail], pause, FAR), wanted, "cut at {at}");
    }
}

#[test]
fn the_mouse_reports_a_click_and_a_wheel() {
    use ratatui::crossterm::event::{MouseButton, MouseEventKind};
    let found = feed(&[b"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<64;1;1M"], NEAR, NEAR);
    let kinds: Vec<_> = found
        .iter()
        .filter_map(|input| match input {
            Input::Mouse(mouse) => Some((mouse.kind, mouse.column, mouse.row)),
            _ => None,
        })
        .collect();
    assert_eq!(
        kinds,
        [
            (MouseEventKind::Down(MouseButton::Left), 9, 4),
            (MouseEventKind::Up(MouseButton::Left), 9, 4),
            (MouseEventKind::ScrollUp, 0, 0)
        ]
    );
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..60), cut in 0usize..60) {
        let at = cut.min(bytes.len());
        let (head, tail) = bytes.split_at(at);
        feed(&[head, tail], Duration::from_millis(40), FAR);
    }
}
