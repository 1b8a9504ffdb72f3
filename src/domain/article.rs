//! Citations of the regulation: which article one names.

/// How many articles the regulation has.
pub const LAST: u32 = 21;

/// The numbers of the articles that a citation names: `第九条（六）` is 9.
pub fn cited(citation: &str) -> impl Iterator<Item = u32> + '_ {
    citation.split('、').filter_map(|one| {
        let (digits, _) = one.strip_prefix('第')?.split_once('条')?;
        number(digits)
    })
}

/// Reads an article as people write it: `6`, `六`, `第六条`, `第六条第二款`.
pub fn article(raw: &str) -> Option<u32> {
    let raw = raw.trim();
    let found = match raw.strip_prefix('第') {
        Some(_) => cited(raw).next(),
        None => raw.parse().ok().or_else(|| number(raw)),
    };
    found.filter(|number| (1..=LAST).contains(number))
}

/// A number below a hundred in Han.
fn number(text: &str) -> Option<u32> {
    let digit = |text: &str| {
        let mut chars = text.chars();
        let one = "一二三四五六七八九".find(chars.next()?)?;
        // Each of the nine takes three bytes.
        chars.next().is_none().then_some(one as u32 / 3 + 1)
    };
    let Some((tens, ones)) = text.split_once('十') else {
        return digit(text);
    };
    let tens = if tens.is_empty() { 1 } else { digit(tens)? };
    let ones = if ones.is_empty() { 0 } else { digit(ones)? };
    Some(tens * 10 + ones)
}
