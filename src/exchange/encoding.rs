//! Bytes of a text file, whatever wrote them.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file and the encoding it was in: by its mark, else UTF-8 if it is valid, else a guess that favours GB18030.
pub fn decode(bytes: &[u8]) -> (String, &'static Encoding) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let text = encoding
            .decode_without_bom_handling(bytes.get(length..).unwrap_or(&[]))
            .0;
        return (text.into_owned(), encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), UTF_8);
    }
    let (text, _, broken) = GB18030.decode(bytes);
    if !broken {
        return (text.into_owned(), GB18030);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"cn"), chardetng::Utf8Detection::Allow);
    (encoding.decode(bytes).0.into_owned(), encoding)
}

/// The bytes of a text in an encoding that a file came in; Unicode ones begin with their mark, by which spreadsheets know them.
pub fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let marked = || std::iter::once(0xfeff).chain(text.encode_utf16());
    if encoding == UTF_16LE {
        return marked().flat_map(u16::to_le_bytes).collect();
    }
    if encoding == UTF_16BE {
        return marked().flat_map(u16::to_be_bytes).collect();
    }
    if encoding == UTF_8 {
        return ["\u{feff}".as_bytes(), text.as_bytes()].concat();
    }
    encoding.encode(text).0.into_owned()
}
