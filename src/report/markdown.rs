//! The report as a new wiki page in canonical form.

use jiff::Timestamp;

use crate::markdown::{one_paragraph, yaml_scalar};

use super::cells;
use super::document::Document;

/// Renders the page: front matter, introduction, table and sections.
pub fn markdown(document: &Document) -> String {
    let mut page = String::new();
    let description = one_paragraph(&document.introduction);
    let front = [
        ("title", yaml_scalar(&document.title)),
        ("description", yaml_scalar(&description)),
        ("published", "true".to_owned()),
        ("date", date(document.date)),
        ("tags", yaml_scalar(&document.tags.join(", "))),
        ("editor", "markdown".to_owned()),
        ("dateCreated", date(document.created)),
    ];
    page.push_str("---\n");
    for (key, value) in front {
        page.push_str(format!("{key}: {value}").trim_end());
        page.push('\n');
    }
    page.push_str("---\n\n");
    if !document.introduction.trim().is_empty() {
        page.push_str(document.introduction.trim());
        page.push_str("\n\n");
    }
    page.push_str("| **Question** | **Answer** | **Detail** |\n| --- | --- | --- |\n");
    for question in document.sections.iter().flat_map(|section| &section.questions) {
        let [question, answer, detail] = &cells::row(question);
        page.extend(["| ", question, " | ", answer, " | ", detail, " |\n"]);
    }
    for section in document.page_sections.iter().filter(|s| !s.text.trim().is_empty()) {
        page.push_str(&format!("\n## {}\n\n{}\n", section.heading, section.text.trim()));
    }
    page
}

/// Formats a time as Wiki.js does: in UTC, with milliseconds.
pub fn date(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}
