//! The formats in which a report can be written.

use jiff::Timestamp;

use crate::session::Session;

use super::csv::{CsvShows, csv};
use super::document::{Extras, document};
use super::html::{GENERATOR, html};
use super::json::json;
use super::markdown::markdown;
use super::oscal::oscal;
use super::update::update;

/// The format of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// A wiki page in markdown.
    #[default]
    Markdown,
    /// JSON, for other programs.
    Json,
    /// A web page for reading and printing.
    Html,
    /// Comma-separated values.
    Csv,
    /// OSCAL assessment results.
    Oscal,
}

impl Format {
    /// Whether an existing file is a report in this format, which may be replaced. A page is merged instead.
    pub fn is_report(self, file: &str) -> bool {
        match self {
            Self::Markdown => false,
            Self::Json => {
                let value: Result<serde_json::Value, _> = serde_json::from_str(file);
                value
                    .is_ok_and(|value| value.get("format").and_then(|f| f.as_str()) == Some("querist-report"))
            }
            Self::Html => file.contains(GENERATOR),
            Self::Csv => file.trim_start_matches('\u{feff}').starts_with("section,id,title,"),
            Self::Oscal => file.contains("\"assessment-results\""),
        }
    }

    /// All formats, the default first.
    pub const ALL: [Self; 5] = [Self::Markdown, Self::Json, Self::Html, Self::Csv, Self::Oscal];

    /// The name of the format on screens and in arguments.
    pub fn label(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Oscal => "oscal",
        }
    }

    /// The extension of its files, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json | Self::Oscal => "json",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }
}

/// Renders the report of `session` as text.
///
/// Only JSON has what is for the reviewer alone. The markdown report of an imported session is the imported
/// page with the session's changes applied.
pub fn render(session: &Session, format: Format, extras: Extras<'_>, now: Timestamp) -> String {
    let public = || document(session, now, extras.public());
    match format {
        Format::Json => json(&document(session, now, extras)),
        Format::Html => html(session, &public()),
        Format::Csv => csv(&public(), CsvShows::default()),
        Format::Oscal => oscal(session, &public()),
        Format::Markdown => match session.page().map(|page| update(page, Some(page), session, now, extras)) {
            Some(Ok(updated)) => updated.text,
            Some(Err(_)) | None => markdown(&public()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_the_name_of_its_argument_and_the_extension_of_its_files() {
        let names = Format::ALL.map(|format| (format.label(), format.extension()));
        let expected =
            [("markdown", "md"), ("json", "json"), ("html", "html"), ("csv", "csv"), ("oscal", "json")];
        assert_eq!(names, expected);
    }
}
