//! `querist forget`: removes what was deleted from a session from its files too.

use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;

use crate::store::OpenSession;
use crate::workspace::{Workspace, now};

use super::args::ForgetArgs;
use super::edit;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &ForgetArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    // Writing the snapshot may bring in changes of other programs, or set a long journal aside.
    open.snapshot(now())?;
    if let Some(reason) = open.failure() {
        return Err(CliError::NotSaved { reason: reason.to_owned() });
    }
    let found = workspace.kept_copies(&open);
    output::err(&format!("The undo history of {} will end here. These files will be removed:", open.id()));
    output::err(&format!("  {} (a new one is started)", open.path().with_extension("journal").display()));
    for file in &found.to_remove {
        output::err(&format!("  {}", file.display()));
    }
    for file in &found.not_merged {
        let (id, file) = (open.id(), file.display());
        output::err(&format!("Not removed: {file}. `querist merge {id} '{file}'` brings it in first."));
    }
    if !args.yes && !is_confirmed(&open)? {
        output::err("Nothing was removed.");
        return Ok(ExitCode::from(1));
    }
    open.forget(&found.to_remove, now())?;
    output::err("Forgotten.");
    Ok(ExitCode::SUCCESS)
}

/// Asks on a terminal.
fn is_confirmed(open: &OpenSession) -> Result<bool, CliError> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        let message = format!("{} was not changed: there is no terminal to ask on", open.id());
        return Err(CliError::usage(message, "Use --yes to remove these files without a question."));
    }
    output::err("Remove them for good? Type y for yes.");
    let mut typed = String::new();
    stdin.lock().read_line(&mut typed).map_err(CliError::StandardInput)?;
    Ok(matches!(typed.trim().to_lowercase().as_str(), "y" | "yes"))
}
