//! The report as JSON.

use super::document::Document;

/// The report as pretty JSON with a final newline. The README documents the fields.
pub fn json(document: &Document) -> String {
    // Serialising plain data with string keys into memory has no way to fail.
    serde_json::to_string_pretty(document).map(|text| text + "\n").unwrap_or_default()
}
