//! `querist new`: creates a session.

use std::process::ExitCode;

use crate::session::Session;
use crate::text;
use crate::tui;
use crate::workspace::{Chosen, Workspace, in_language, is_file, now};

use super::args::{NewArgs, SourceArgs};
use super::convert::read;
use super::error::CliError;
use super::output;

pub fn run(workspace: Workspace, args: NewArgs) -> Result<ExitCode, CliError> {
    let subject = args.subject.map(|name| text::normalize_newlines(name.trim()).replace('\n', " "));
    if subject.as_ref().is_some_and(String::is_empty) {
        return Err(CliError::usage("the subject is empty", "Name what is reviewed: --subject \"Zendesk\"."));
    }
    if !args.no_open {
        super::open::require_terminal("--no-open creates the session without opening it.")?;
    }
    let chosen =
        args.questionnaire.as_deref().map(|name| choose(&workspace, name, &args.source)).transpose()?;
    let mut continued = None;
    let session = match args.from {
        Some(from) => {
            let earlier = workspace.earlier(&from, now())?;
            let questionnaire = chosen.map_or_else(
                || workspace.newest(earlier.session.questionnaire()),
                |chosen| chosen.questionnaire,
            );
            let subject = subject.unwrap_or_else(|| earlier.session.subject().to_owned());
            let session = Session::continued(&earlier.session, &earlier.id, questionnaire, subject, now());
            output::err(&session.comparison());
            continued = Some(from);
            session
        }
        // The arguments require both of them if there is nothing to continue.
        None => match chosen.zip(subject) {
            Some((chosen, subject)) => chosen.session(&subject, now(), workspace.me().author.name()),
            None => {
                return Err(CliError::usage("nothing to ask about", "Name a questionnaire and --subject."));
            }
        },
    };
    // The screen opens the session itself, so the lock is released here.
    let open = workspace.sessions.create(session, workspace.me())?;
    if let Some(from) = continued {
        workspace.copy_evidence(&from, &open, now())?;
    }
    let id = open.id().to_owned();
    drop(open);
    if args.no_open {
        output::out(&id);
        return Ok(ExitCode::SUCCESS);
    }
    super::open::screen(workspace, tui::Start::Session(id))
}

/// The questionnaire with this id, or in this file. How a file of another format was understood is reported.
fn choose(workspace: &Workspace, name: &str, source: &SourceArgs) -> Result<Chosen, CliError> {
    if !is_file(name) {
        if source.is_about_a_file() {
            let hint = "Name a file, or leave out the options about files of other formats, except --lang.";
            return Err(CliError::usage(format!("{name} is not a file"), hint));
        }
        let questionnaire = workspace.questionnaire(name)?;
        return Ok(Chosen::own(in_language(questionnaire, name, source.lang.as_deref())?));
    }
    read(name.as_ref(), source)
}
