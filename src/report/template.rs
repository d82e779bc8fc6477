//! The report by a template of the user's own (<https://docs.rs/minijinja>): what the JSON report has, under
//! the same names.

use std::fmt;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::approvals::published;
use super::document::Document;

/// The templates that the program has: name, text.
pub const EXAMPLES: [(&str, &str); 3] = [
    ("summary.md", include_str!("../../assets/templates/summary.md")),
    ("letter.txt", include_str!("../../assets/templates/letter.txt")),
    ("risks.csv", include_str!("../../assets/templates/risks.csv")),
];

/// How often the steps of a template can be run, so that no template runs for ever.
const FUEL: u64 = 50_000_000;

/// A template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The line in the template, from 1; 0 if it is not known.
    pub line: usize,
    /// The column, from 1; 0 if it is not known.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => f.write_str(&self.message),
            (line, 0) => write!(f, "line {line}: {}", self.message),
            (line, column) => write!(f, "line {line}, column {column}: {}", self.message),
        }
    }
}

impl std::error::Error for TemplateError {}

/// Renders the report by a template. In a template for HTML, texts are escaped.
///
/// # Errors
/// If the template is not valid or names what does not exist, with the line and column.
pub fn render_template(template: &str, is_html: bool, document: &Document) -> Result<String, TemplateError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_keep_trailing_newline(true);
    environment.set_auto_escape_callback(move |_| if is_html { AutoEscape::Html } else { AutoEscape::None });
    environment.add_filter("csv", |cell: String| {
        let guarded = crate::text::guarded(&cell);
        format!("\"{}\"", guarded.replace('"', "\"\""))
    });
    environment.add_filter("line", |text: String| crate::text::one_line(&text));
    let wrong = |error: &minijinja::Error| located(template, error);
    environment.add_template("template", template).map_err(|error| wrong(&error))?;
    let found = environment.get_template("template").map_err(|error| wrong(&error))?;
    let page_sections = published(&document.page_sections, &document.approvals);
    let document = Document { page_sections, ..document.clone() };
    found.render(document).map_err(|error| wrong(&error))
}

fn located(template: &str, error: &minijinja::Error) -> TemplateError {
    let line = error.line().unwrap_or(0);
    let column = error.range().map_or(0, |range| {
        let before = &template[..template.floor_char_boundary(range.start)];
        before.rsplit('\n').next().unwrap_or_default().chars().count() + 1
    });
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    TemplateError { line, column, message: format!("{}{detail}", error.kind()) }
}
