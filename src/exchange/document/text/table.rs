//! Tables as plain text.

use super::{GUTTER, Out, cells, padded, wrap};
use crate::exchange::document::Table;

impl Out {
    /// Adds a table, with a line below its head and, where it is filled in by hand, below each row.
    pub(super) fn table(&mut self, table: &Table) {
        let widths = self.columns(table);
        let full = widths.iter().sum::<usize>() + GUTTER * widths.len().saturating_sub(1);
        let rule = "-".repeat(full);
        self.gap();
        self.row(table.columns.iter().map(|(head, _)| head.as_str()), &widths);
        self.line(0, &rule);
        for row in &table.rows {
            self.row(row.iter().map(String::as_str), &widths);
            if table.roomy {
                self.line(0, &rule);
            }
        }
        if !table.roomy {
            self.line(0, &rule);
        }
        self.lines.push(String::new());
    }

    /// The columns as wide as their cells where all fit, else by their shares.
    fn columns(&self, table: &Table) -> Vec<usize> {
        let room = self
            .width
            .saturating_sub(GUTTER * table.columns.len().saturating_sub(1));
        let longest = |text: &str| text.split('\n').map(cells).max().unwrap_or_default();
        let natural: Vec<usize> = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, (head, _))| {
                table
                    .rows
                    .iter()
                    .filter_map(|row| row.get(at))
                    .map(|cell| longest(cell))
                    .chain([longest(head)])
                    .max()
                    .unwrap_or_default()
            })
            .collect();
        if !table.roomy && natural.iter().sum::<usize>() <= room {
            return natural;
        }
        let total: usize = table
            .columns
            .iter()
            .map(|(_, share)| usize::from(*share).max(1))
            .sum();
        table
            .columns
            .iter()
            .map(|(_, share)| (room * usize::from(*share).max(1) / total).max(2))
            .collect()
    }

    fn row<'a>(&mut self, texts: impl Iterator<Item = &'a str>, widths: &[usize]) {
        let columns: Vec<Vec<String>> = texts
            .zip(widths)
            .map(|(text, width)| wrap(text, *width, 0))
            .collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(1);
        for at in 0..height {
            let mut line = String::new();
            for (column, width) in columns.iter().zip(widths) {
                let text = column.get(at).map_or("", String::as_str);
                line.push_str(&padded(text, width + GUTTER));
            }
            self.line(0, &line);
        }
    }
}
