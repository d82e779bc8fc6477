//! `querist list`: lists the sessions.

use std::process::ExitCode;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::store::Summary;
use crate::workspace::{Workspace, newest, now};

use super::args::ListArgs;
use super::error::CliError;
use super::output;
use super::progress::Progress;

pub fn run(workspace: &Workspace, args: &ListArgs) -> Result<ExitCode, CliError> {
    let mut progress = Progress::new("sessions read");
    let mut summaries = workspace.sessions.list_with_progress(|total| progress.advance(1, total))?;
    drop(progress);
    if let Some(days) = args.due {
        summaries = due(summaries, days, now());
    }
    match (args.json, args.due) {
        (true, _) => print_json(&summaries),
        (false, Some(days)) if summaries.is_empty() => {
            output::err(&format!("No session is older than {}.", output::count(days as usize, "day")));
        }
        (false, _) => print_text(&summaries),
    }
    Ok(ExitCode::SUCCESS)
}

/// The newest session for each subject and questionnaire, if its last change is more than `days` days ago.
fn due(mut summaries: Vec<Summary>, days: u32, now: Timestamp) -> Vec<Summary> {
    summaries.retain(|summary| summary.problem.is_none());
    let key = |summary: &Summary| (summary.subject.to_lowercase(), summary.questionnaire.clone());
    newest(&mut summaries, |summary| summary.reviewed, key);
    let limit = now - SignedDuration::from_hours(24 * i64::from(days));
    summaries.retain(|summary| summary.reviewed < limit);
    summaries
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
            "reviewed": s.reviewed,
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
