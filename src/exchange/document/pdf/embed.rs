//! The font in the file.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};

use super::{FONT, packed};
use crate::exchange::document::font::Subset;

const GLYPHS: Ref = Ref::new(5);
const DESCRIPTOR: Ref = Ref::new(6);
const OUTLINES: Ref = Ref::new(7);
const UNICODE: Ref = Ref::new(8);

const SYSTEM: SystemInfo = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Writes the glyphs, their widths, and the characters that a reader finds and copies.
pub fn font(subset: &Subset, pdf: &mut Pdf) {
    let name = Name(subset.name.as_bytes());
    pdf.type0_font(FONT)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(GLYPHS)
        .to_unicode(UNICODE);
    let mut glyphs = pdf.cid_font(GLYPHS);
    glyphs
        .subtype(CidFontType::Type0)
        .base_font(name)
        .system_info(SYSTEM)
        .font_descriptor(DESCRIPTOR)
        .default_width(1000.0);
    let mut widths = glyphs.widths();
    for (glyph, (_, width)) in &subset.widths {
        widths.same(*glyph, *glyph, *width);
    }
    widths.finish();
    glyphs.finish();
    // The figures of the typeface's own tables, in thousandths.
    pdf.font_descriptor(DESCRIPTOR)
        .name(name)
        .flags(FontFlags::SERIF | FontFlags::SYMBOLIC)
        .bbox(Rect::new(-1000.0, -330.0, 2930.0, 1810.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(739.0)
        .stem_v(80.0)
        .font_file3(OUTLINES);
    pdf.stream(OUTLINES, &packed(&subset.outlines))
        .filter(Filter::FlateDecode)
        .pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    let mut cmap = UnicodeCmap::new(Name(b"Unicode"), SYSTEM);
    for (glyph, (one, _)) in &subset.widths {
        cmap.pair(*glyph, *one);
    }
    pdf.stream(UNICODE, &packed(&cmap.finish()))
        .filter(Filter::FlateDecode);
}
