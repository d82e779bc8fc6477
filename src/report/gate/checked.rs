//! Sessions that were checked, and what is wrong with them.

use crate::session::{Count, Level, Rule};

/// A session that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its id.
    pub id: String,
    /// Its progress.
    pub progress: Count,
    /// The questions that are asked, by id and title, in order.
    pub questions: Vec<(String, String)>,
    /// What is wrong.
    pub problems: Vec<GateProblem>,
}

/// Something that is wrong with a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateProblem {
    /// The rule that is violated.
    pub rule: Rule,
    /// How serious it is.
    pub level: Level,
    /// Id of the question; `None` for the subject or a part of the page.
    pub question: Option<String>,
    /// The title of the question, or of the part of the page.
    pub title: String,
    /// What is wrong, without a final full stop.
    pub message: String,
    /// The file in which it is to be fixed.
    pub file: String,
    /// The line in this file, from 1.
    pub line: usize,
}

/// All problems with the ids of their sessions.
pub fn problems(sessions: &[Checked]) -> impl Iterator<Item = (&Checked, &GateProblem)> {
    sessions.iter().flat_map(|session| session.problems.iter().map(move |problem| (session, problem)))
}
