//! The report as a new wiki page in canonical form.

use jiff::Timestamp;

use crate::markdown::{yaml_plain, yaml_scalar};

use super::approvals::on_page;
use super::cells;
use super::contained::contained;
use super::document::Document;

/// Renders the page: front matter, introduction, table and sections.
pub fn markdown(document: &Document) -> String {
    let mut page = String::new();
    page.push_str("---\n");
    let mut dates = vec![("date", date(document.date)), ("dateCreated", date(document.created))];
    let mut write = |key: &str, value: &str| {
        page.push_str(format!("{key}: {value}").trim_end());
        page.push('\n');
    };
    for (key, value) in &document.properties {
        dates.retain(|(date, _)| date != key);
        if key == "tags" {
            dates.iter().filter(|(key, _)| *key == "date").for_each(|(key, value)| write(key, value));
        }
        write(key, &property(key, value));
    }
    dates.iter().filter(|(key, _)| *key == "dateCreated").for_each(|(key, value)| write(key, value));
    page.push_str("---\n\n");
    if !document.introduction.trim().is_empty() {
        page.push_str(&contained(&document.introduction).text);
        page.push_str("\n\n");
    }
    page.push_str("| **Question** | **Answer** | **Detail** |\n| --- | --- | --- |\n");
    for question in document.sections.iter().flat_map(|section| &section.questions) {
        let [question, answer, detail] = &cells::row(question);
        page.extend(["| ", question, " | ", answer, " | ", detail, " |\n"]);
    }
    let sections = on_page(&document.page_sections, &document.approvals);
    for section in sections.iter().filter(|s| !s.text.trim().is_empty()) {
        page.push_str(&format!("\n## {}\n\n{}\n", section.heading, contained(&section.text).text));
    }
    page
}

/// Formats a time as Wiki.js does: in UTC, with milliseconds.
pub fn date(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// The value of a property as YAML: a text for what is a text, otherwise as it was typed.
pub fn property(key: &str, value: &str) -> String {
    match key {
        "title" | "description" | "tags" => yaml_scalar(value),
        _ => yaml_plain(value),
    }
}
