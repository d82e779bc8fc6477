//! Why a file cannot be read as a questionnaire.

use std::fmt;

/// A file cannot be read as a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong, with the line and column if they are known, without a final full stop.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl ReadError {
    /// An error about the whole file.
    pub fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}
