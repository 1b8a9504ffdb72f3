//! The sheet, its margins, and its foot.

use super::Document;
use super::font::Font;
use super::page::{Run, run};
use super::wrap::{lines, printable};

/// The size of the page number and of what stands above it.
pub const FOOT: f32 = 9.0;

const MM: f32 = 72.0 / 25.4;

/// The sheet and its margins in points; an upright one has those of GB/T 9704.
pub struct Paper {
    /// The width of the sheet.
    pub width: f32,
    /// The height of the sheet.
    pub height: f32,
    /// The left margin.
    pub left: f32,
    /// The top margin.
    pub top: f32,
    /// The width of the body.
    pub body: f32,
    /// The height of the body.
    pub room: f32,
    /// The texts at the foot of every page but for its number, placed from the top of the sheet.
    pub foot: Vec<Run>,
    /// The baseline of the page number.
    pub folio: f32,
}

impl Paper {
    /// The sheet for a document.
    pub fn of(document: &Document, font: &Font) -> Self {
        let (width, height, left, right, top, bottom) = if document.landscape {
            (297.0, 210.0, 20.0, 20.0, 22.0, 22.0)
        } else {
            (210.0, 297.0, 28.0, 26.0, 37.0, 35.0)
        };
        let body = (width - left - right) * MM;
        let height = height * MM;
        let folio = height - f32::max(bottom - 18.0, 9.0) * MM;
        let mut foot = Vec::new();
        let mut y = folio;
        if let Some(text) = &document.footer {
            let texts = lines(&printable(text), body, 0.0, |one| font.advance(one) * FOOT);
            for text in texts.into_iter().rev() {
                y -= FOOT * 1.5;
                let x = left * MM;
                foot.push(run(x, y, FOOT, text));
            }
            foot.reverse();
        }
        let low = (height - bottom * MM).min(y - FOOT * 2.0);
        Self {
            width: width * MM,
            height,
            left: left * MM,
            top: top * MM,
            body,
            room: low - top * MM,
            foot,
            folio,
        }
    }
}
