//! `querist compare`: many services side by side.

use std::process::ExitCode;

use jiff::tz::TimeZone;

use crate::report::{MatrixFormat, MatrixShows, render_matrix};
use crate::workspace::{Workspace, now};

use super::args::CompareArgs;
use super::error::CliError;
use super::output;
use super::write::write;

pub fn run(workspace: &Workspace, args: &CompareArgs) -> Result<ExitCode, CliError> {
    if args.questionnaire.is_none() && args.session.len() < 2 {
        let hint =
            "Name two or more sessions or pages, or use --questionnaire for the newest of each subject.";
        return Err(CliError::usage("there is nothing to compare", hint));
    }
    let found = match &args.questionnaire {
        Some(questionnaire) => workspace.newest_of_each(questionnaire)?,
        None => workspace.side_by_side(&args.session, now()),
    };
    for (name, error) in &found.unreadable {
        output::err(&format!("Left out: {name}: {error}"));
    }
    if found.sessions.len() < 2 {
        return Err(CliError::Unreadable {
            message: "there are fewer than two sessions that can be read".to_owned(),
            hint: "`querist list` lists the sessions.",
        });
    }
    let today = now().to_zoned(TimeZone::system()).date();
    let matrix = found.matrix(today, workspace.settings()?.evidence_days);
    let shows = MatrixShows { differing: args.differing, details: args.details, transpose: args.transpose };
    let format = if args.json { MatrixFormat::Json } else { args.format };
    write(&render_matrix(&matrix, format, shows), args.output.as_deref(), workspace)?;
    Ok(ExitCode::SUCCESS)
}
