//! The matrix as a web page: one file, without scripts and without anything from elsewhere.

use crate::questionnaire::Tone;
use crate::session::{Cell, CellState, Column, Matrix, MatrixRow};

use super::format::MatrixShows;
use super::grid::{LEGEND, TALLY, marks, matrix_rows, symbol, tally_text, title, words};

/// Colours with a contrast of at least 4.5 to 1; the symbol and the words say the same.
const STYLE: &str = "body{font:16px/1.4 sans-serif;margin:2em}table{border-collapse:collapse}\
    th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}\
    thead th{position:sticky;top:0;background:#fff}.good{color:#1a6b2d}.bad{color:#a31515}\
    .partial{color:#7a5200}.outlier{background:#fff3c4}ul{margin:0;padding-left:1.2em;font-size:.85em}";

pub(super) fn html(matrix: &Matrix, shows: MatrixShows) -> String {
    let rows: Vec<&MatrixRow> = matrix_rows(matrix, shows).collect();
    let table =
        if shows.transpose { by_session(matrix, &rows, shows) } else { by_question(matrix, &rows, shows) };
    let title = escaped(&matrix.questionnaire);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<table>\n{table}</table>\n\
         <p>{}</p>\n</body>\n</html>\n",
        escaped(LEGEND)
    )
}

fn by_question(matrix: &Matrix, rows: &[&MatrixRow], shows: MatrixShows) -> String {
    let names = matrix.columns.iter().map(|column| heading("col", &column.name));
    let mut out = format!(
        "<thead>\n<tr>{}{}</tr>\n</thead>\n<tbody>\n",
        heading("col", "Question"),
        names.collect::<String>()
    );
    let mut line = |title: &str, cells: String| {
        out.push_str(&format!("<tr>{}{cells}</tr>\n", heading("row", title)));
    };
    line("Reviewed", matrix.columns.iter().map(|column| plain(&column.day.to_string())).collect());
    for row in rows {
        line(&title(row), row.cells.iter().map(|cell| answer(cell, shows)).collect());
    }
    line(TALLY, matrix.columns.iter().map(|column| plain(&tally_text(column))).collect());
    line("Findings, worst", matrix.columns.iter().map(|column| plain(&column.findings_text())).collect());
    out + "</tbody>\n"
}

fn by_session(matrix: &Matrix, rows: &[&MatrixRow], shows: MatrixShows) -> String {
    let titles = rows.iter().map(|row| heading("col", &title(row)));
    let mut out = format!(
        "<thead>\n<tr>{}{}{}{}{}</tr>\n</thead>\n<tbody>\n",
        heading("col", "Service"),
        heading("col", "Reviewed"),
        titles.collect::<String>(),
        heading("col", TALLY),
        heading("col", "Findings, worst"),
    );
    let session = |(at, column): (usize, &Column)| {
        let cells: String = rows.iter().map(|row| answer(&row.cells[at], shows)).collect();
        let (name, day) = (heading("row", &column.name), plain(&column.day.to_string()));
        let (tally, findings) = (plain(&tally_text(column)), plain(&column.findings_text()));
        format!("<tr>{name}{day}{cells}{tally}{findings}</tr>\n")
    };
    out.extend(matrix.columns.iter().enumerate().map(session));
    out + "</tbody>\n"
}

fn heading(scope: &str, text: &str) -> String {
    format!("<th scope=\"{scope}\">{}</th>", escaped(text))
}

fn plain(text: &str) -> String {
    format!("<td>{}</td>", escaped(text))
}

fn answer(cell: &Cell, shows: MatrixShows) -> String {
    let tone = match (cell.state, cell.tone) {
        (CellState::Answered, Some(Tone::Good)) => "good",
        (CellState::Answered, Some(Tone::Bad)) => "bad",
        (CellState::Answered, Some(Tone::Partial)) => "partial",
        (CellState::Answered, Some(Tone::Unknown | Tone::NotApplicable | Tone::Neutral) | None)
        | (CellState::Open | CellState::NotAsked | CellState::NoSuchQuestion, _) => "",
    };
    let class = format!("{tone}{}", if cell.is_outlier { " outlier" } else { "" });
    let said = [symbol(cell).to_owned(), words(cell), marks(cell)];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let links: String = cell.links.iter().filter(|_| shows.details).map(link).collect();
    let links = if links.is_empty() { links } else { format!("<ul>{links}</ul>") };
    let class = if class.is_empty() { class } else { format!(" class=\"{}\"", class.trim()) };
    format!("<td{class}>{}{links}</td>", escaped(&said.join(" ")))
}

/// A link; only one that can be opened safely can be clicked.
fn link((label, url): &(String, String)) -> String {
    if crate::text::is_openable(url) {
        format!("<li><a href=\"{}\">{}</a></li>", escaped(url), escaped(label))
    } else {
        format!("<li>{}</li>", escaped(label))
    }
}

/// A text in HTML, in an element or in quotes.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\0', "\u{fffd}")
}
