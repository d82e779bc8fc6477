//! `querist open` and `querist`: the screen.

use std::io::IsTerminal;
use std::process::ExitCode;

use crate::tui;
use crate::workspace::Workspace;

use super::args::OpenArgs;
use super::error::CliError;

pub fn run(workspace: Workspace, args: OpenArgs) -> Result<ExitCode, CliError> {
    let session = match args.session {
        Some(session) => session,
        None => workspace.sessions.last()?.ok_or_else(|| {
            CliError::unreadable(
                "there is no review yet",
                "querist new saas-security --subject NAME starts one.",
            )
        })?,
    };
    screen(workspace, tui::Start::Session(session))
}

pub fn home(workspace: Workspace) -> Result<ExitCode, CliError> {
    screen(workspace, tui::Start::Home)
}

/// Runs the screen until the reviewer leaves.
pub fn screen(workspace: Workspace, start: tui::Start) -> Result<ExitCode, CliError> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(CliError::usage(
            "the screen needs a terminal",
            "querist answer, export and check work without one; querist --help shows all commands.",
        ));
    }
    match tui::run(workspace, start) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(tui::TuiError::Store(error)) => Err(error.into()),
        Err(tui::TuiError::Terminal(error)) => Err(CliError::unreadable(
            format!("the terminal cannot be used: {error}"),
            "Everything typed is stored.",
        )),
    }
}
