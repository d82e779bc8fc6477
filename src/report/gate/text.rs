//! A line for each problem.

use crate::text::one_line;

use super::checked::{Checked, problems};

/// One line for each problem; with several sessions, each line starts with the id of its session.
pub(super) fn text(sessions: &[Checked]) -> String {
    let lines = problems(sessions).map(|(session, problem)| {
        let place = problem.question.as_ref().map_or(String::new(), |id| format!(" ({id})"));
        let prefix = if sessions.len() > 1 { format!("{}: ", session.id) } else { String::new() };
        let (level, rule) = (problem.level.name(), problem.rule);
        let line = format!("{prefix}{level}[{rule}]: {}: {}{place}", problem.title, problem.message);
        one_line(&line) + "\n"
    });
    lines.collect()
}
