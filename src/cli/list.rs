//! `querist list`: lists the sessions.

use std::process::ExitCode;

use jiff::tz::TimeZone;
use serde_json::json;

use crate::store::Summary;
use crate::workspace::Workspace;

use super::args::JsonArgs;
use super::error::CliError;
use super::output;
use super::progress::Progress;

pub fn run(workspace: &Workspace, args: &JsonArgs) -> Result<ExitCode, CliError> {
    let mut progress = Progress::new("sessions read");
    let summaries = workspace.sessions.list_with_progress(|total| progress.advance(1, total))?;
    drop(progress);
    if args.json {
        print_json(&summaries);
    } else {
        print_text(&summaries);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_json(summaries: &[Summary]) {
    let list = summaries.iter().map(|s| {
        json!({
            "id": s.id,
            "subject": s.subject,
            "questionnaire": s.questionnaire,
            "done": s.progress.done,
            "asked": s.progress.asked,
            "flagged": s.progress.flagged,
            "changed": s.changed,
            "problem": s.problem,
        })
    });
    output::json(&list.collect::<Vec<_>>());
}

fn print_text(summaries: &[Summary]) {
    if summaries.is_empty() {
        output::err("No sessions yet. Create one with `querist new saas-security --subject NAME`.");
    }
    let width = summaries.iter().map(|s| s.id.len()).max().unwrap_or(0);
    for s in summaries {
        match &s.problem {
            Some(problem) => output::out(&format!("{:width$}  cannot be read: {problem}", s.id)),
            None => {
                let progress = format!("{}/{}", s.progress.done, s.progress.asked);
                let changed = s.changed.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
                output::out(&format!("{:width$}  {progress:>7}  {changed}  {}", s.id, s.subject));
            }
        }
    }
}
