//! `querist import`: a page as a review.

use std::process::ExitCode;

use crate::workspace::{Workspace, now};

use super::args::ImportArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &ImportArgs) -> Result<ExitCode, CliError> {
    let questionnaire = workspace.questionnaire(&args.questionnaire)?;
    let imported = workspace.import_file(&args.page, questionnaire, now())?;
    let (id, _file) = workspace.sessions.create(&imported.session, Workspace::me())?;
    for doubt in &imported.doubts {
        output::err(&format!("{}:{}: {}", args.page.display(), doubt.line, doubt.message));
    }
    output::out(&id);
    Ok(ExitCode::SUCCESS)
}
