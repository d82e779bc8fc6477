//! The matrix as CSV (RFC 4180): UTF-8, lines that end with CR LF, one row for each question.

use csv::{Terminator, WriterBuilder};

use crate::session::Matrix;

use super::format::MatrixShows;
use super::grid::{links_text, matrix_rows, words};

/// Beginnings of a cell that spreadsheets take for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

pub(super) fn csv(matrix: &Matrix, shows: MatrixShows) -> String {
    let names = matrix.columns.iter().flat_map(|column| {
        let links = shows.details.then(|| format!("{} evidence", column.name));
        [Some(column.name.clone()), links].into_iter().flatten()
    });
    let mut table = vec![["id", "title"].map(str::to_owned).into_iter().chain(names).collect::<Vec<_>>()];
    for row in matrix_rows(matrix, shows) {
        let cells = row.cells.iter().flat_map(|cell| {
            [Some(words(cell)), shows.details.then(|| links_text(cell))].into_iter().flatten()
        });
        table.push([row.id.clone(), row.title.clone()].into_iter().chain(cells).collect());
    }
    if shows.transpose {
        let width = table[0].len();
        table = (0..width).map(|x| table.iter().map(|row| row[x].clone()).collect()).collect();
    }
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in table {
        // Writing into memory cannot fail.
        let _ = writer.write_record(row.into_iter().map(|cell| harmless(&cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula. Unlike in a report, a negative number is guarded too: the
/// answers of a comparison are texts.
fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}
