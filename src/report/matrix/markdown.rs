//! The matrix as a table in markdown.

use crate::markdown::encode;
use crate::session::{Cell, Matrix};

use super::format::MatrixShows;
use super::grid::{Grid, LEGEND, grid, marks, words};

/// With more sessions than this, a row for each session is easier to read.
const WIDE: usize = 8;

pub(super) fn markdown(matrix: &Matrix, shows: MatrixShows) -> String {
    let shows = MatrixShows { transpose: shows.transpose || matrix.columns.len() > WIDE, ..shows };
    let cell = |cell: &Cell| format!("{} {}", words(cell), marks(cell)).trim().to_owned();
    let Grid { header, rows } = grid(matrix, shows, &cell);
    let line = |row: &[String]| {
        let cells: Vec<String> = row.iter().map(|cell| encode(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = vec!["---".to_owned(); header.len()];
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("{}{}{rows}\n{LEGEND}\n", line(&header), line(&rule))
}
