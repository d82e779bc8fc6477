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

/// Sets the lines and columns of problems, which are sorted by their place. Each character is
/// counted once.
pub(super) fn locate(problems: &mut [Problem], source: &str) {
    let (mut line, mut column, mut counted) = (1, 1, 0);
    for problem in problems {
        let passed = &source[counted..problem.range.start];
        counted = problem.range.start;
        line += passed.matches('\n').count();
        column = match passed.rsplit_once('\n') {
            Some((_, last)) => 1 + last.chars().count(),
            None => column + passed.chars().count(),
        };
        (problem.line, problem.column) = (line, column);
    }
}

impl Problem {
    /// A problem at `range` of `source`; see `locate` for its line and column.
    pub fn new(
        source: &str,
        range: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        let start = source.floor_char_boundary(range.start);
        let end = source.floor_char_boundary(range.end).max(start);
        Self { message: message.into(), hint: hint.into(), line: 0, column: 0, range: start..end }
    }
}
