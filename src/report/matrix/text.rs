//! The matrix as a table for the terminal.

use crate::session::{Cell, Matrix};
use crate::text;

use super::format::MatrixShows;
use super::grid::{Grid, LEGEND, grid, marks, symbol};

/// The most columns of the first column and of the others, on the screen.
const WIDEST: [usize; 2] = [34, 24];

pub(super) fn text(matrix: &Matrix, shows: MatrixShows) -> String {
    let cell = |cell: &Cell| format!("{} {}", symbol(cell), marks(cell)).trim().to_owned();
    let Grid { header, rows } = grid(matrix, shows, &cell);
    let widths: Vec<usize> = (0..header.len())
        .map(|x| {
            let all = std::iter::once(&header).chain(&rows).map(|row| text::width(&row[x]));
            all.max().unwrap_or(0).min(WIDEST[usize::from(x > 0)])
        })
        .collect();
    let mut out = format!("{} · {} services\n", matrix.questionnaire, matrix.columns.len());
    for row in std::iter::once(&header).chain(&rows) {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let shown = text::truncate(&text::one_line(cell), *width).into_owned();
            let blanks = " ".repeat(width.saturating_sub(text::width(&shown)));
            format!("{shown}{blanks}")
        });
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    out + LEGEND + "\n"
}
