//! JSON, for other programs.

use serde_json::json;

use super::checked::Checked;

/// The version of this format. Version 1, of one session, had a list of open questions.
const VERSION: u32 = 2;

pub(super) fn json(sessions: &[Checked]) -> String {
    let sessions = sessions.iter().map(|session| {
        let problems = session.problems.iter().map(|problem| {
            json!({
                "rule": problem.rule.name(),
                "level": problem.level.name(),
                "question": problem.question,
                "title": problem.title,
                "message": problem.message,
                "file": problem.file,
                "line": problem.line,
            })
        });
        json!({
            "id": session.id,
            "done": session.progress.done,
            "asked": session.progress.asked,
            "problems": problems.collect::<Vec<_>>(),
        })
    });
    let sessions: Vec<_> = sessions.collect();
    let whole = json!({"format": "querist-check", "version": VERSION, "sessions": sessions});
    // Serializing plain data with string keys into memory cannot fail.
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}
