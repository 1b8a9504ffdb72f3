//! A small reader of PDF: the cross-reference table, the pages, and their texts through ToUnicode.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::ZlibDecoder;

/// A file as a reader sees it.
pub struct Paper {
    /// The title in the file's properties.
    pub title: String,
    /// The day it says it was made on.
    pub made: Option<String>,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The embedded font program.
    pub outlines: Vec<u8>,
}

/// A page.
pub struct Page {
    /// Width and height in points.
    pub size: (f32, f32),
    /// Its texts in the order in which they are drawn.
    pub texts: Vec<Shown>,
}

/// A text on one line.
#[derive(Debug)]
pub struct Shown {
    /// From the left edge.
    pub x: f32,
    /// From the bottom edge.
    pub y: f32,
    /// The size in points.
    pub size: f32,
    /// How wide the file says that it is.
    pub width: f32,
    /// What it says.
    pub text: String,
}

impl Paper {
    pub fn text(&self) -> String {
        self.pages.iter().map(Page::text).collect()
    }
}

impl Page {
    pub fn text(&self) -> String {
        let texts = self.texts.iter().map(|shown| shown.text.clone() + "\n");
        texts.collect()
    }

    pub fn find(&self, text: &str) -> &Shown {
        let found = self.texts.iter().find(|shown| shown.text == text);
        found.unwrap_or_else(|| panic!("no {text} in:\n{}", self.text()))
    }
}

/// Reads a file, and fails where it is not sound.
pub fn read(bytes: &[u8]) -> Paper {
    assert!(bytes.starts_with(b"%PDF-1."));
    let file = File::new(bytes);
    let trailer = text_from(bytes, rfind(bytes, b"trailer"));
    let catalog = file.dict(reference(&trailer, "/Root"));
    let info = file.bytes(reference(&trailer, "/Info"));
    let tree = file.dict(reference(&catalog, "/Pages"));
    let kids = tree.split("/Kids").nth(1).unwrap();
    let kids = kids.split(['[', ']']).nth(1).unwrap();
    let kids: Vec<usize> = kids
        .split(" R")
        .filter_map(|kid| kid.split_whitespace().next()?.parse().ok())
        .collect();
    assert_eq!(number(&tree, "/Count") as usize, kids.len());

    let first = file.dict(kids[0]);
    let font = file.dict(reference(&first, "/F"));
    assert!(font.contains("/Identity-H"));
    let unicode = unicode(&file.stream(reference(&font, "/ToUnicode")));
    let glyphs = file.dict(reference(&font, "/DescendantFonts"));
    assert!(glyphs.contains("/CIDFontType0"));
    let widths = widths(&glyphs);
    let about = file.dict(reference(&glyphs, "/FontDescriptor"));
    let outlines = reference(&about, "/FontFile3");
    assert!(file.dict(outlines).contains("/CIDFontType0C"));

    let title = wide(&string(after(info, b"/Title").unwrap()).0);
    let made = after(info, b"/CreationDate").map(|rest| string(rest).0);
    let pages = kids.iter().map(|kid| {
        let page = file.dict(*kid);
        let sides = page.split("/MediaBox").nth(1).unwrap();
        let sides: Vec<f32> = sides
            .split(['[', ']'])
            .nth(1)
            .unwrap()
            .split_whitespace()
            .map(|side| side.parse().unwrap())
            .collect();
        Page {
            size: (sides[2], sides[3]),
            texts: texts(
                &file.stream(reference(&page, "/Contents")),
                &unicode,
                &widths,
            ),
        }
    });
    Paper {
        title,
        made: made.map(|made| String::from_utf8(made).unwrap()),
        pages: pages.collect(),
        outlines: file.stream(outlines),
    }
}

struct File<'a> {
    all: &'a [u8],
    offsets: Vec<usize>,
}

impl<'a> File<'a> {
    fn new(all: &'a [u8]) -> Self {
        let tail = text_from(all, rfind(all, b"startxref"));
        let start: usize = tail.split_whitespace().nth(1).unwrap().parse().unwrap();
        let table = text_from(all, start);
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some("xref"));
        let count = lines.next().unwrap().split(' ').nth(1).unwrap();
        let entries = lines.take(count.parse().unwrap());
        Self {
            all,
            offsets: entries.map(|entry| entry[..10].parse().unwrap()).collect(),
        }
    }

    /// From the beginning of an object, which must be where the table says.
    fn bytes(&self, id: usize) -> &'a [u8] {
        let bytes = &self.all[self.offsets[id]..];
        let head = format!("{id} 0 obj");
        assert!(
            bytes.starts_with(head.as_bytes()),
            "object {id} is elsewhere"
        );
        let end = find(bytes, b"endobj").unwrap();
        &bytes[head.len()..end]
    }

    fn dict(&self, id: usize) -> String {
        let bytes = self.bytes(id);
        let end = find(bytes, b"stream").unwrap_or(bytes.len());
        String::from_utf8_lossy(&bytes[..end]).into_owned()
    }

    fn stream(&self, id: usize) -> Vec<u8> {
        let dict = self.dict(id);
        assert!(dict.contains("/FlateDecode"));
        let length = number(&dict, "/Length") as usize;
        let bytes = &self.all[self.offsets[id]..];
        let start = find(bytes, b"stream\n").unwrap() + b"stream\n".len();
        let mut out = Vec::new();
        ZlibDecoder::new(&bytes[start..start + length])
            .read_to_end(&mut out)
            .unwrap();
        out
    }
}

/// The texts of a page; a glyph without a character, and .notdef, is a fault.
fn texts(content: &[u8], unicode: &BTreeMap<u16, char>, widths: &BTreeMap<u16, f32>) -> Vec<Shown> {
    let mut texts = Vec::new();
    let mut rest = content;
    let mut numbers: Vec<f32> = Vec::new();
    let (mut x, mut y, mut size) = (0.0, 0.0, 0.0);
    let mut codes = Vec::new();
    while let Some(first) = rest.first() {
        match first {
            b'(' | b'<' => (codes, rest) = string(rest),
            first if first.is_ascii_whitespace() => rest = &rest[1..],
            _ => {
                let end = rest[1..]
                    .iter()
                    .position(|one| one.is_ascii_whitespace() || b"(<[/".contains(one))
                    .map_or(rest.len(), |end| end + 1);
                let token = std::str::from_utf8(&rest[..end]).unwrap();
                rest = &rest[end..];
                match token {
                    "Tf" => size = numbers[numbers.len() - 1],
                    "Td" => (x, y) = (numbers[numbers.len() - 2], numbers[numbers.len() - 1]),
                    "Tj" => {
                        let glyphs = codes.chunks(2);
                        let glyphs = glyphs.map(|code| u16::from_be_bytes([code[0], code[1]]));
                        let mut shown = Shown {
                            x,
                            y,
                            size,
                            width: 0.0,
                            text: String::new(),
                        };
                        for glyph in glyphs {
                            assert_ne!(glyph, 0, "a box is printed");
                            shown.text.push(unicode[&glyph]);
                            shown.width += widths[&glyph] / 1000.0 * size;
                        }
                        texts.push(shown);
                    }
                    token => {
                        if let Ok(number) = token.parse() {
                            numbers.push(number);
                        }
                    }
                }
            }
        }
    }
    texts
}

/// The widths of the glyphs, written as first, last, width.
fn widths(glyphs: &str) -> BTreeMap<u16, f32> {
    let list = glyphs.split("/W[").nth(1).unwrap();
    let list = list.split(']').next().unwrap();
    let list: Vec<f32> = list.split(' ').map(|one| one.parse().unwrap()).collect();
    list.chunks(3)
        .map(|one| {
            assert_eq!(one[0], one[1]);
            (one[0] as u16, one[2])
        })
        .collect()
}

fn unicode(cmap: &[u8]) -> BTreeMap<u16, char> {
    let text = std::str::from_utf8(cmap).unwrap();
    text.lines()
        .filter(|line| line.starts_with('<'))
        .filter_map(|line| {
            let mut parts = line
                .split(['<', '>'])
                .filter(|part| !part.trim().is_empty());
            let glyph = u16::from_str_radix(parts.next()?, 16).ok()?;
            let units: Vec<u16> = parts
                .next()?
                .as_bytes()
                .chunks(4)
                .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap())
                .collect();
            let one = char::decode_utf16(units).next()?.ok()?;
            parts.next().is_none().then_some((glyph, one))
        })
        .collect()
}

/// A string, plain or in hexadecimal digits, and what follows it.
fn string(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let start = bytes.iter().position(|one| b"(<".contains(one)).unwrap();
    let mut rest = &bytes[start + 1..];
    let mut out = Vec::new();
    if bytes[start] == b'<' {
        let end = find(rest, b">").unwrap();
        let digits = std::str::from_utf8(&rest[..end]).unwrap();
        for at in (0..digits.len()).step_by(2) {
            out.push(u8::from_str_radix(&digits[at..at + 2], 16).unwrap());
        }
        return (out, &rest[end + 1..]);
    }
    let mut depth = 1;
    loop {
        let one = rest[0];
        rest = &rest[1..];
        match one {
            b'\\' => {
                let octal = rest
                    .iter()
                    .take(3)
                    .take_while(|d| d.is_ascii_digit())
                    .count();
                let (value, long) = match rest[0] {
                    _ if octal > 0 => {
                        let digits = std::str::from_utf8(&rest[..octal]).unwrap();
                        (u8::from_str_radix(digits, 8).unwrap(), octal)
                    }
                    b'n' => (b'\n', 1),
                    b'r' => (b'\r', 1),
                    b't' => (b'\t', 1),
                    b'b' => (8, 1),
                    b'f' => (12, 1),
                    plain => (plain, 1),
                };
                out.push(value);
                rest = &rest[long..];
                continue;
            }
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (out, rest);
        }
        out.push(one);
    }
}

/// A text of the file's properties.
fn wide(bytes: &[u8]) -> String {
    let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) else {
        return String::from_utf8(bytes.to_vec()).unwrap();
    };
    let units = units
        .chunks(2)
        .map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
    char::decode_utf16(units).map(|one| one.unwrap()).collect()
}

fn number(dict: &str, key: &str) -> f32 {
    let rest = dict
        .split(key)
        .nth(1)
        .unwrap_or_else(|| panic!("no {key} in {dict}"));
    let digits: String = rest
        .chars()
        .skip_while(|one| " [".contains(*one))
        .take_while(|one| one.is_ascii_digit())
        .collect();
    digits.parse().unwrap()
}

fn reference(dict: &str, key: &str) -> usize {
    let spaced = format!("{key} ");
    let key = if dict.contains(&spaced) { &spaced } else { key };
    number(dict, key) as usize
}

fn text_from(bytes: &[u8], at: usize) -> String {
    String::from_utf8_lossy(&bytes[at..]).into_owned()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|part| part == what)
}

fn rfind(bytes: &[u8], what: &[u8]) -> usize {
    bytes
        .windows(what.len())
        .rposition(|part| part == what)
        .unwrap()
}

fn after<'a>(bytes: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    find(bytes, key).map(|at| &bytes[at + key.len()..])
}
