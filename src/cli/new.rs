//! `querist new`: creates a session.

use std::process::ExitCode;

use crate::session::Session;
use crate::text;
use crate::tui;
use crate::workspace::{Workspace, now};

use super::args::NewArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: Workspace, args: NewArgs) -> Result<ExitCode, CliError> {
    let subject = text::normalize_newlines(args.subject.trim()).replace('\n', " ");
    if subject.is_empty() {
        return Err(CliError::usage("the subject is empty", "Name what is reviewed: --subject \"Zendesk\"."));
    }
    if !args.no_open {
        super::open::require_terminal("--no-open creates the session without opening it.")?;
    }
    let questionnaire = workspace.questionnaire(&args.questionnaire)?;
    let session = Session::new(questionnaire, subject, now());
    // The screen opens the session itself, so the lock is released here.
    let id = workspace.sessions.create(session, workspace.me())?.id().to_owned();
    if args.no_open {
        output::out(&id);
        return Ok(ExitCode::SUCCESS);
    }
    super::open::screen(workspace, tui::Start::Session(id))
}
