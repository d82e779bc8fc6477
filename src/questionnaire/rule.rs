//! Contradictions: answers that do not go together.

use serde::{Deserialize, Serialize};

use super::condition::Condition;

/// Answers that contradict each other. `querist check` reports them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contradiction {
    /// Stable id: lower-case letters, digits, hyphens and underscores.
    pub id: String,
    /// The answers that contradict each other.
    pub when: Condition,
    /// What is contradictory, in one sentence.
    pub say: String,
    /// Ids of the questions to look at; the problem is reported at the first that is asked.
    pub questions: Vec<String>,
}
