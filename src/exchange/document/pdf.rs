//! Writing a laid-out document as PDF.

use std::collections::BTreeSet;
use std::io::Write;

use chrono::Datelike;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::TextRenderingMode;
use pdf_writer::{Content, Date, Filter, Finish, Name, Pdf, Rect, Ref, Settings, Str, TextStr};

use super::font::{Font, Subset};
use super::layout;
use super::page::{Rule, Run, run};
use super::paper::FOOT;
use super::{Document, Missing};

mod embed;

const CATALOG: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const FONT: Ref = Ref::new(4);
/// The numbers between belong to the parts of the font.
const FIRST_PAGE: i32 = 9;

const FACE: Name = Name(b"F");
const COMPACT: Settings = Settings { pretty: false };
/// How thick the outline of bold text is, in sizes.
const BOLD: f32 = 0.028;

/// Documents one after another in one file, each with its own page numbers, or the characters without a glyph.
pub fn write(documents: &[Document]) -> Result<Vec<u8>, Missing> {
    let font = Font::embedded().ok_or_else(|| Missing {
        chars: documents.iter().flat_map(|one| one.title.chars()).collect(),
    })?;
    let pages: Vec<Drawn> = documents
        .iter()
        .flat_map(|document| drawn(document, &font))
        .collect();
    let used: BTreeSet<char> = pages
        .iter()
        .flat_map(|page| &page.runs)
        .flat_map(|run| run.text.chars())
        .collect();
    let subset = font.subset(&used).map_err(|chars| Missing { chars })?;

    let mut pdf = Pdf::with_settings(COMPACT);
    about(documents.first(), &mut pdf);
    embed::font(&subset, &mut pdf);
    let ids: Vec<(Ref, Ref)> = (FIRST_PAGE..)
        .step_by(2)
        .map(|id| (Ref::new(id), Ref::new(id + 1)))
        .take(pages.len())
        .collect();
    pdf.pages(TREE)
        .kids(ids.iter().map(|(page, _)| *page))
        .count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
    for (page, (id, text)) in pages.iter().zip(ids) {
        let mut entry = pdf.page(id);
        entry
            .parent(TREE)
            .media_box(Rect::new(0.0, 0.0, page.width, page.height))
            .contents(text);
        entry.resources().fonts().pair(FACE, FONT);
        entry.finish();
        pdf.stream(text, &packed(&page.content(&subset)))
            .filter(Filter::FlateDecode);
    }
    Ok(pdf.finish())
}

/// The texts and lines of a page, counted from the top left corner of the sheet.
struct Drawn {
    width: f32,
    height: f32,
    runs: Vec<Run>,
    rules: Vec<Rule>,
}

fn drawn(document: &Document, font: &Font) -> Vec<Drawn> {
    let (paper, pages) = layout::pages(document, font);
    let total = pages.len();
    let mut drawn = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let mut runs = Vec::new();
        let mut rules = Vec::new();
        for (y, strip) in page {
            let (left, top) = (paper.left, paper.top + y);
            for run in &strip.runs {
                let mut placed = run.clone();
                placed.x += left;
                placed.y += top;
                runs.push(placed);
            }
            for [x0, y0, x1, y1] in &strip.rules {
                rules.push([x0 + left, y0 + top, x1 + left, y1 + top]);
            }
        }
        runs.extend(paper.foot.iter().cloned());
        let folio = format!("第 {} 页 共 {total} 页", at + 1);
        let wide: f32 = folio.chars().map(|one| font.advance(one) * FOOT).sum();
        let x = paper.left + (paper.body - wide) / 2.0;
        runs.push(run(x, paper.folio, FOOT, folio));
        drawn.push(Drawn {
            width: paper.width,
            height: paper.height,
            runs,
            rules,
        });
    }
    drawn
}

impl Drawn {
    fn content(&self, subset: &Subset) -> Vec<u8> {
        let height = self.height;
        let mut content = Content::with_settings(COMPACT);
        content.set_line_width(0.5);
        for [x0, y0, x1, y1] in &self.rules {
            content.move_to(*x0, height - y0).line_to(*x1, height - y1);
        }
        content.stroke();
        for run in &self.runs {
            let codes: Vec<u8> = run
                .text
                .chars()
                .filter_map(|one| subset.glyphs.get(&one))
                .flat_map(|glyph| glyph.to_be_bytes())
                .collect();
            content.begin_text().set_font(FACE, run.size);
            if run.bold {
                content
                    .set_line_width(run.size * BOLD)
                    .set_text_rendering_mode(TextRenderingMode::FillStroke);
            } else {
                content.set_text_rendering_mode(TextRenderingMode::Fill);
            }
            content
                .next_line(run.x, height - run.y)
                .show(Str(&codes))
                .end_text();
        }
        content.finish().into_vec()
    }
}

fn about(first: Option<&Document>, pdf: &mut Pdf) {
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(TREE).lang(TextStr("zh-CN"));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    let mut info = pdf.document_info(INFO);
    info.creator(TextStr("科志 Kezhi"));
    if let Some(first) = first {
        info.title(TextStr(&first.title));
    }
    if let Some(day) = first.and_then(|first| first.dated) {
        let part = |part: u32| u8::try_from(part).unwrap_or(1);
        info.creation_date(
            Date::new(u16::try_from(day.year()).unwrap_or_default())
                .month(part(day.month()))
                .day(part(day.day())),
        );
    }
}

/// Compresses; writing to memory does not fail.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
