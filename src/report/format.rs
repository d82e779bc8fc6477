//! The formats in which a report can be written.

use jiff::Timestamp;

use crate::session::Session;

use super::document::{Extras, document};
use super::json::json;
use super::markdown::markdown;
use super::update::update;

/// The format of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// A wiki page in markdown.
    #[default]
    Markdown,
    /// JSON, for other programs.
    Json,
}

impl Format {
    /// All formats, the default first.
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Json];

    /// The name of the format on screens and in arguments.
    pub fn label(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }

    /// The extension of its files, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }
}

/// Renders the report of `session` as text.
///
/// The markdown report of an imported session is the imported page with the session's changes applied.
pub fn render(session: &Session, format: Format, extras: Extras, now: Timestamp) -> String {
    match format {
        Format::Json => json(&document(session, now, extras)),
        Format::Markdown => match session.page().map(|page| update(page, Some(page), session, now, extras)) {
            Some(Ok(updated)) => updated.text,
            Some(Err(_)) | None => markdown(&document(session, now, extras)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_the_name_of_its_argument_and_the_extension_of_its_files() {
        let names = Format::ALL.map(|format| (format.label(), format.extension()));
        assert_eq!(names, [("markdown", "md"), ("json", "json")]);
    }
}
