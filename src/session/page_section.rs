//! The sections of the page after the table of questions.

use serde::{Deserialize, Serialize};

/// A section of the page after the table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSection {
    /// Its heading.
    pub heading: String,
    /// What the reviewer should write.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}
