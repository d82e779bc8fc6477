//! The matrix as texts in rows and columns, for the formats that are tables.

use crate::questionnaire::Tone;
use crate::session::{Cell, CellState, Column, Matrix, MatrixRow};

use super::format::MatrixShows;

/// What the symbols after an answer mean.
pub const LEGEND: &str = "« differs from most · ~ reworded · ! old or unsupported · ≠ two answers";

/// The answers that are counted, in the order of [`tally_text`].
pub const TALLY: &str = "✓ ✗ ◐ ? – ○";

/// A table: a row of headings, then rows whose first cells are headings too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The headings of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// The rows that are shown.
pub fn matrix_rows(matrix: &Matrix, shows: MatrixShows) -> impl Iterator<Item = &MatrixRow> {
    matrix.rows.iter().filter(move |row| !shows.differing || row.differs())
}

/// The matrix as a table, with each cell as `cell` says it.
pub fn grid(matrix: &Matrix, shows: MatrixShows, cell: &impl Fn(&Cell) -> String) -> Grid {
    let names = matrix.columns.iter().map(|column| column.name.clone());
    let mut table = vec![[vec![String::new()], names.collect()].concat()];
    let reviewed = matrix.columns.iter().map(|column| column.day.to_string());
    table.push([vec!["Reviewed".to_owned()], reviewed.collect()].concat());
    for row in matrix_rows(matrix, shows) {
        let title = title(row);
        table.push([vec![title.clone()], row.cells.iter().map(cell).collect()].concat());
        if shows.details && row.cells.iter().any(|cell| !cell.links.is_empty()) {
            let links = row.cells.iter().map(links_text).collect();
            table.push([vec![format!("{title}: evidence")], links].concat());
        }
    }
    table.push([vec![TALLY.to_owned()], matrix.columns.iter().map(tally_text).collect()].concat());
    let findings = matrix.columns.iter().map(Column::findings_text);
    table.push([vec!["Findings, worst".to_owned()], findings.collect()].concat());
    if shows.transpose {
        let width = table.iter().map(Vec::len).max().unwrap_or(0);
        table = (0..width).map(|x| table.iter().map(|row| row[x].clone()).collect()).collect();
    }
    let header = table.remove(0);
    Grid { header, rows: table }
}

/// The title of a question, with a note if only some sessions have it.
pub fn title(row: &MatrixRow) -> String {
    if row.only_in_some { format!("{} (only in some)", row.title) } else { row.title.clone() }
}

/// The counts of the answers of a session.
pub fn tally_text(column: &Column) -> String {
    column.tally.counts().map(|count| count.to_string()).join(" ")
}

/// The symbol of an answer: unanswered, unknown, not applicable and not asked are four different things.
pub fn symbol(cell: &Cell) -> &'static str {
    match (cell.state, cell.tone) {
        (CellState::NotAsked | CellState::NoSuchQuestion, _) => "",
        (CellState::Open, _) => "○",
        (CellState::Answered, None | Some(Tone::Good | Tone::Neutral)) => "✓",
        (CellState::Answered, Some(Tone::Bad)) => "✗",
        (CellState::Answered, Some(Tone::Partial)) => "◐",
        (CellState::Answered, Some(Tone::Unknown)) => "?",
        (CellState::Answered, Some(Tone::NotApplicable)) => "–",
    }
}

/// The marks after an answer, see [`LEGEND`].
pub fn marks(cell: &Cell) -> String {
    let marks = [
        (cell.is_outlier, "«"),
        (cell.is_reworded, "~"),
        (cell.is_old || cell.is_unsupported, "!"),
        (cell.is_conflict, "≠"),
    ];
    marks.into_iter().filter(|(is_set, _)| *is_set).map(|(_, mark)| mark).collect()
}

/// An answer in words; blank if the question is not asked.
pub fn words(cell: &Cell) -> String {
    match cell.state {
        CellState::Answered => cell.label.clone(),
        CellState::Open => "(open)".to_owned(),
        CellState::NotAsked => "(not asked)".to_owned(),
        CellState::NoSuchQuestion => String::new(),
    }
}

/// The links of an answer.
pub fn links_text(cell: &Cell) -> String {
    let link = |(label, url): &(String, String)| {
        if label == url { url.clone() } else { format!("{label} {url}").trim_end().to_owned() }
    };
    cell.links.iter().map(link).collect::<Vec<_>>().join("; ")
}
