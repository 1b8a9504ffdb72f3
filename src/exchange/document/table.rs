//! Tables on paper.

use super::Table;
use super::layout::{Layout, baseline};
use super::page::{Strip, run};

const SIZE: f32 = 10.5;
const LINE: f32 = 16.0;
/// Between a cell's text and its border.
const PAD: f32 = 4.0;
/// The least height of a row that is filled in by hand.
const ROOMY: f32 = 28.0;

/// A cell as lines.
type Cell = Vec<String>;

impl Layout<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        if table.columns.is_empty() {
            return;
        }
        let widths: Vec<f32> = table
            .shares()
            .iter()
            .map(|share| share * self.width)
            .collect();
        let cell = |text: &str, width: &f32| self.wrap(text, SIZE, width - PAD * 2.0, 0.0);
        let head: Vec<Cell> = table
            .columns
            .iter()
            .zip(&widths)
            .map(|((text, _), width)| cell(text, width))
            .collect();
        let rows: Vec<Vec<Cell>> = table
            .rows
            .iter()
            .map(|row| {
                let texts = row.iter().map(String::as_str).chain(std::iter::repeat(""));
                widths
                    .iter()
                    .zip(texts)
                    .map(|(width, text)| cell(text, width))
                    .collect()
            })
            .collect();
        // A column of short entries is read best in the middle, one of sentences from the left.
        let short: Vec<bool> = (0..widths.len())
            .map(|at| {
                rows.iter()
                    .all(|row| row.get(at).is_none_or(|cell| cell.len() < 2))
            })
            .collect();
        let centred = vec![true; widths.len()];
        let least = if table.roomy { ROOMY } else { 0.0 };

        self.gap(LINE / 4.0);
        let mut top = self.row(&head, &widths, &centred, least);
        for run in &mut top.runs {
            run.bold = true;
        }
        top.keep = !rows.is_empty();
        self.push(top.clone());
        self.heads.push(top.clone());
        let under = self.heads.len().checked_sub(1);
        let most = ((self.room - top.height - PAD * 2.0) / LINE).max(1.0);
        for row in &rows {
            for part in split(row, most) {
                let mut strip = self.row(&part, &widths, &short, least);
                strip.under = under;
                self.push(strip);
            }
        }
        self.gap(LINE / 2.0);
    }

    fn row(&self, cells: &[Cell], widths: &[f32], centred: &[bool], least: f32) -> Strip {
        let tallest = cells.iter().map(tall).fold(LINE, f32::max);
        let height = (tallest + PAD * 2.0).max(least);
        let mut strip = Strip {
            height,
            rules: vec![
                [0.0, 0.0, self.width, 0.0],
                [0.0, height, self.width, height],
                [0.0, 0.0, 0.0, height],
            ],
            ..Strip::default()
        };
        let mut left = 0.0;
        for ((cell, width), centred) in cells.iter().zip(widths).zip(centred) {
            let mut y = (height - tall(cell)) / 2.0;
            for text in cell {
                let x = if *centred {
                    left + (width - self.measure(text, SIZE)) / 2.0
                } else {
                    left + PAD
                };
                if !text.is_empty() {
                    let y = y + baseline(LINE, SIZE);
                    strip.runs.push(run(x, y, SIZE, text.clone()));
                }
                y += LINE;
            }
            left += width;
            strip.rules.push([left, 0.0, left, height]);
        }
        strip
    }
}

/// How much height the lines of a cell take.
fn tall(cell: &Cell) -> f32 {
    cell.iter().map(|_| LINE).sum()
}

/// A row that no page can hold, in parts that one can: each of at most so many lines.
fn split(row: &[Cell], most: f32) -> Vec<Vec<Cell>> {
    let mut parts = Vec::new();
    let mut rest: Vec<Cell> = row.to_vec();
    let fits = |cell: &Cell| tall(cell) <= most * LINE;
    while !rest.iter().all(fits) {
        let mut part = Vec::new();
        for cell in &mut rest {
            let mut lines: Cell = std::mem::take(cell);
            let mut now = Cell::new();
            while !lines.is_empty() && tall(&now) + LINE <= most * LINE {
                now.push(lines.remove(0));
            }
            *cell = lines;
            part.push(now);
        }
        parts.push(part);
    }
    parts.push(rest);
    parts
}
