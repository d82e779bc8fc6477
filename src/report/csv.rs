//! The report as comma-separated values (RFC 4180), one row per question.

use csv::{Terminator, WriterBuilder};

use super::document::{Document, DocumentQuestion};
use super::links::DocumentLink;
use crate::text;

/// The headings.
const HEADINGS: [&str; 11] = [
    "section", "id", "title", "question", "answer", "detail", "evidence", "severity", "advice", "asked",
    "basis",
];

/// How the values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvShows {
    /// The separator.
    pub delimiter: u8,
    /// Whether the file begins with a mark that tells Excel that it is UTF-8.
    pub bom: bool,
    /// Whether cells that a spreadsheet would run as formulas stay as they are.
    pub raw: bool,
}

impl Default for CsvShows {
    fn default() -> Self {
        Self { delimiter: b',', bom: false, raw: false }
    }
}

/// Renders the report.
pub fn csv(document: &Document, shows: CsvShows) -> String {
    let mut writer =
        WriterBuilder::new().delimiter(shows.delimiter).terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail.
    let _ = writer.write_record(HEADINGS);
    for section in &document.sections {
        for question in &section.questions {
            let cells = cells(&section.title, question);
            let cells = cells.map(|cell| if shows.raw { cell } else { text::guarded(&cell) });
            let _ = writer.write_record(cells);
        }
    }
    let written =
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    if shows.bom { format!("\u{feff}{written}") } else { written }
}

fn cells(section: &str, question: &DocumentQuestion) -> [String; 11] {
    let worst = question.findings.iter().map(|finding| finding.severity).max();
    let advice: Vec<&str> = question.findings.iter().map(|finding| finding.advice.as_str()).collect();
    [
        section.to_owned(),
        question.id.clone(),
        question.title.clone(),
        question.text.clone(),
        answer_text(question),
        question.answer.detail.clone(),
        link_lines(question),
        worst.map(|severity| severity.label().to_owned()).unwrap_or_default(),
        advice.join("\n"),
        if question.asked { "yes" } else { "no" }.to_owned(),
        question.basis.map(|basis| basis.label().to_owned()).unwrap_or_default(),
    ]
}

/// The choices or the value, with the qualifier.
pub(super) fn answer_text(question: &DocumentQuestion) -> String {
    let labels = question.answer_labels.join(", ");
    let answer = if labels.is_empty() { question.answer.value.trim().to_owned() } else { labels };
    match question.answer.qualifier.trim() {
        "" => answer,
        qualifier => format!("{answer} ({qualifier})"),
    }
}

/// The addresses of the evidence, one per line. Of a file, its label and date, and the address of its copy.
pub(super) fn link_lines(question: &DocumentQuestion) -> String {
    let line = |link: &DocumentLink| match &link.file {
        Some(_) => format!("{} {}", link.words(), link.url).trim_end().to_owned(),
        None => link.url.clone(),
    };
    question.links.iter().map(line).collect::<Vec<_>>().join("\n")
}
