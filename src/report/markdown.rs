//! The report as a new wiki page, in the canonical form.

use jiff::Timestamp;

use super::document::Document;

/// The page: front matter, introduction, table, sections.
pub fn markdown(document: &Document) -> String {
    let mut page = String::new();
    let description = one_paragraph(&document.introduction);
    let front = [
        ("title", yaml(&document.title)),
        ("description", yaml(&description)),
        ("published", "true".to_owned()),
        ("date", date(document.date)),
        ("tags", yaml(&document.tags.join(", "))),
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
        let [question, answer, detail] = &question.cells;
        page.extend(["| ", question, " | ", answer, " | ", detail, " |\n"]);
    }
    for section in document.page_sections.iter().filter(|s| !s.text.trim().is_empty()) {
        page.push_str(&format!("\n## {}\n\n{}\n", section.heading, section.text.trim()));
    }
    page
}

/// A time as Wiki.js writes it: UTC with milliseconds.
pub fn date(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// The first paragraph of a text, on one line: what stands for an introduction in a description.
pub fn one_paragraph(text: &str) -> String {
    let first = text.trim().split("\n\n").next().unwrap_or("");
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as a YAML scalar: plain where YAML reads it as the same text, else quoted (YAML 1.2, sections 7.3.1 and 7.3.3).
pub fn yaml(text: &str) -> String {
    let odd_start = text.starts_with(|c: char| {
        "-?:,[]{}#&*!|>'\"%@` ".contains(c) || c.is_ascii_digit() || "+.~".contains(c)
    });
    let odd_word =
        ["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str());
    let odd_inside = text.contains(": ")
        || text.contains(" #")
        || text.ends_with([':', ' '])
        || text.chars().any(char::is_control);
    if odd_start || odd_word || odd_inside {
        serde_json::Value::from(text).to_string()
    } else {
        text.to_owned()
    }
}
