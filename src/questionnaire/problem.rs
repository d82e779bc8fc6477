//! A problem in a file, with its location.

use std::ops::Range;

/// One problem in a questionnaire file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, without a final full stop.
    pub message: String,
    /// What to do about it; empty if the message makes it obvious.
    pub hint: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// The byte range in the file.
    pub range: Range<usize>,
}

impl Problem {
    /// A problem at `range` of `source`.
    pub fn new(
        source: &str,
        range: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let start = source.floor_char_boundary(range.start);
        let end = source.floor_char_boundary(range.end).max(start);
        let before = &source[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            message: message.into(),
            hint: hint.into(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            range: start..end,
        }
    }
}
