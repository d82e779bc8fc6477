//! `querist ask`: the interview line by line, for screen readers, slow connections and pipes.
//!
//! It makes the same edits as the screen. Each answer is saved as soon as its line has been read.

mod interview;
mod line;
mod prompt;

use std::process::ExitCode;

use crate::workspace::{Workspace, now};

use super::args::AskArgs;
use super::edit;
use super::error::CliError;
use super::output::out;

pub fn run(workspace: &Workspace, args: &AskArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    let session = open.session();
    out(&format!(
        "{}: {}. Type \"help\" instead of an answer for help.",
        session.subject(),
        session.questionnaire().title
    ));
    interview::run(&mut open)?;
    let count = open.session().progress();
    out(&format!("{} of {} questions are complete. Everything is saved.", count.done, count.asked));
    open.snapshot(now())?;
    Ok(ExitCode::SUCCESS)
}
