//! `querist open` and `querist`: open the screen.

use std::io::IsTerminal;
use std::process::ExitCode;

use crate::tui;
use crate::workspace::Workspace;

use super::args::OpenArgs;
use super::error::CliError;

pub fn run(workspace: Workspace, args: OpenArgs) -> Result<ExitCode, CliError> {
    let session = match args.session {
        Some(session) => session,
        None => workspace.sessions.last()?.ok_or_else(|| CliError::Unreadable {
            message: "there are no sessions yet".to_owned(),
            hint: "Create one with `querist new saas-security --subject NAME`.",
        })?,
    };
    if args.restore {
        workspace.sessions.restore(&session, workspace.me())?;
    }
    screen(workspace, tui::Start::Session(session))
}

/// Opens the home screen.
pub fn home(workspace: Workspace) -> Result<ExitCode, CliError> {
    screen(workspace, tui::Start::Home)
}

/// Runs the screen until the reviewer quits.
pub fn screen(workspace: Workspace, start: tui::Start) -> Result<ExitCode, CliError> {
    require_terminal("Without one, use `querist ask`, `answer`, `export` or `check`; see `querist --help`.")?;
    tui::run(workspace, start)?;
    Ok(ExitCode::SUCCESS)
}

/// Fails if the screen cannot be shown. The hint says what to do without a terminal.
pub fn require_terminal(hint: &str) -> Result<(), CliError> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(CliError::usage("the screen needs a terminal", hint));
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        let hint =
            "Use `querist ask SESSION`, which works line by line; `querist new --no-open` creates a session.";
        return Err(CliError::usage("this terminal (TERM=dumb) cannot show the screen", hint));
    }
    Ok(())
}
