//! The formats of a matrix.

/// A format of a matrix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MatrixFormat {
    /// A table for the terminal.
    #[default]
    Text,
    /// CSV, for spreadsheets.
    Csv,
    /// A table in markdown.
    Markdown,
    /// A web page in one file.
    Html,
    /// JSON.
    Json,
}

impl MatrixFormat {
    /// All formats, the default first.
    pub const ALL: [Self; 5] = [Self::Text, Self::Csv, Self::Markdown, Self::Html, Self::Json];

    /// The name of the format in arguments.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// What is shown of a matrix.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MatrixShows {
    /// Only questions that are answered differently.
    pub differing: bool,
    /// Also the links.
    pub details: bool,
    /// A row for each session, a column for each question.
    pub transpose: bool,
}
