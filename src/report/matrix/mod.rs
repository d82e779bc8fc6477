//! Many services side by side, in the formats that people and programs read. One file per format.

mod csv;
mod format;
mod grid;
mod html;
mod json;
mod markdown;
mod text;

use crate::session::Matrix;

pub use format::{MatrixFormat, MatrixShows};
pub use grid::{LEGEND, TALLY, marks, matrix_rows, symbol, tally_text};

/// Renders a matrix.
pub fn render_matrix(matrix: &Matrix, format: MatrixFormat, shows: MatrixShows) -> String {
    match format {
        MatrixFormat::Text => text::text(matrix, shows),
        MatrixFormat::Csv => csv::csv(matrix, shows),
        MatrixFormat::Markdown => markdown::markdown(matrix, shows),
        MatrixFormat::Html => html::html(matrix, shows),
        MatrixFormat::Json => json::json(matrix, shows),
    }
}
