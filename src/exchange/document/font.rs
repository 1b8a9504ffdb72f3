//! The embedded font, and the part of it that a document needs.

use std::collections::{BTreeMap, BTreeSet};

use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId, Tag};

static DATA: &[u8] = include_bytes!("../fonts/NotoSerifCJKsc-Subset.otf");

/// The font that everything is set in.
pub struct Font(Face<'static>);

/// The glyphs of one document as a font of its own.
pub struct Subset {
    /// The name under which the file carries it.
    pub name: String,
    /// The outlines, as bare CFF.
    pub outlines: Vec<u8>,
    /// The new number of each character's glyph.
    pub glyphs: BTreeMap<char, u16>,
    /// The characters of the glyphs and their widths in thousandths of the size, in the order of their numbers.
    pub widths: BTreeMap<u16, (char, f32)>,
}

impl Font {
    /// The font of the program; none if it cannot be read.
    pub fn embedded() -> Option<Self> {
        Face::parse(DATA, 0).ok().map(Self)
    }

    /// How wide a character is at the size of one; what the font lacks counts as full width.
    pub fn advance(&self, one: char) -> f32 {
        self.glyph(one)
            .and_then(|glyph| self.0.glyph_hor_advance(glyph))
            .map_or(1.0, |units| {
                f32::from(units) / f32::from(self.0.units_per_em())
            })
    }

    fn glyph(&self, one: char) -> Option<GlyphId> {
        self.0.glyph_index(one).filter(|glyph| glyph.0 != 0)
    }

    /// Cuts the font down to some characters; those that it lacks are the error, all of them if it cannot be cut.
    pub fn subset(&self, chars: &BTreeSet<char>) -> Result<Subset, Vec<char>> {
        let lacking: Vec<char> = chars
            .iter()
            .copied()
            .filter(|one| self.glyph(*one).is_none())
            .collect();
        if !lacking.is_empty() {
            return Err(lacking);
        }
        let mut remapper = GlyphRemapper::new();
        let glyphs: BTreeMap<char, u16> = chars
            .iter()
            .filter_map(|one| Some((*one, remapper.remap(self.glyph(*one)?.0))))
            .collect();
        let mut widths = BTreeMap::new();
        for (one, glyph) in &glyphs {
            // Of two characters with one shape the first is what a reader copies.
            widths
                .entry(*glyph)
                .or_insert((*one, self.advance(*one) * 1000.0));
        }
        let outlines = self
            .cut(&remapper)
            .ok_or_else(|| chars.iter().copied().collect::<Vec<char>>())?;
        Ok(Subset {
            name: format!("{}+NotoSerifCJKsc-Regular", tag(chars)),
            outlines,
            glyphs,
            widths,
        })
    }

    fn cut(&self, remapper: &GlyphRemapper) -> Option<Vec<u8>> {
        let font = subsetter::subset(DATA, 0, remapper).ok()?;
        let raw = ttf_parser::RawFace::parse(&font, 0).ok()?;
        raw.table(Tag::from_bytes(b"CFF ")).map(<[u8]>::to_vec)
    }
}

/// Six capitals that differ between different sets of characters (FNV-1a), as the format wants.
fn tag(chars: &BTreeSet<char>) -> String {
    let mut sum = chars.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, one| {
        (sum ^ u64::from(u32::from(*one))).wrapping_mul(0x0100_0000_01b3)
    });
    let mut tag = String::new();
    for letter in std::iter::repeat_with(|| {
        let letter = u8::try_from(sum % 26).unwrap_or_default();
        sum /= 26;
        letter
    })
    .take(6)
    {
        tag.push(char::from(b'A' + letter));
    }
    tag
}
