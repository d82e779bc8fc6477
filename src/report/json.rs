//! The report as JSON.

use super::document::Document;

/// Renders the report as pretty-printed JSON with a final newline.
pub fn json(document: &Document) -> String {
    // Serializing plain data with string keys into memory cannot fail.
    serde_json::to_string_pretty(document).map(|text| text + "\n").unwrap_or_default()
}
