//! `querist list`: the reviews.

use std::process::ExitCode;

use jiff::tz::TimeZone;
use serde_json::json;

use crate::workspace::Workspace;

use super::args::JsonArgs;
use super::error::CliError;
use super::output;
use super::progress::Progress;

pub fn run(workspace: &Workspace, args: &JsonArgs) -> Result<ExitCode, CliError> {
    let mut progress = Progress::new("reviews read");
    let summaries = workspace.sessions.list_telling(|total| progress.advance(1, total))?;
    drop(progress);
    if args.json {
        let list = summaries.iter().map(|s| {
            json!({
                "id": s.id, "subject": s.subject, "questionnaire": s.questionnaire, "done": s.progress.done,
                "asked": s.progress.asked, "flagged": s.progress.flagged, "touched": s.touched, "problem": s.problem,
            })
        });
        output::json(&list.collect::<Vec<_>>());
        return Ok(ExitCode::SUCCESS);
    }
    let width = summaries.iter().map(|s| s.id.len()).max().unwrap_or(0);
    for s in &summaries {
        let touched = s.touched.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
        match &s.problem {
            Some(problem) => output::out(&format!("{:width$}  cannot be read: {problem}", s.id)),
            None => {
                let progress = format!("{}/{}", s.progress.done, s.progress.asked);
                output::out(&format!("{:width$}  {progress:>7}  {touched}  {}", s.id, s.subject));
            }
        }
    }
    if summaries.is_empty() {
        output::err("No reviews yet. querist new saas-security --subject NAME starts one.");
    }
    Ok(ExitCode::SUCCESS)
}
