//! `querist new`: creates a session.

use std::process::ExitCode;

use crate::session::{Match, Session};
use crate::text;
use crate::tui;
use crate::workspace::{Workspace, now};

use super::args::NewArgs;
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
    let chosen = args.questionnaire.as_deref().map(|name| workspace.questionnaire(name)).transpose()?;
    let session = match args.from {
        Some(from) => {
            let earlier = workspace.earlier(&from, now())?;
            let questionnaire = chosen.unwrap_or_else(|| workspace.newest(earlier.session.questionnaire()));
            let subject = subject.unwrap_or_else(|| earlier.session.subject().to_owned());
            let session = Session::continued(&earlier.session, &earlier.id, questionnaire, subject, now());
            output::err(&comparison(&session));
            session
        }
        // The arguments require both of them if there is nothing to continue.
        None => match chosen.zip(subject) {
            Some((questionnaire, subject)) => Session::new(questionnaire, subject, now()),
            None => {
                return Err(CliError::usage("nothing to ask about", "Name a questionnaire and --subject."));
            }
        },
    };
    // The screen opens the session itself, so the lock is released here.
    let id = workspace.sessions.create(session, workspace.me())?.id().to_owned();
    if args.no_open {
        output::out(&id);
        return Ok(ExitCode::SUCCESS);
    }
    super::open::screen(workspace, tui::Start::Session(id))
}

/// How the questions of a session differ from those of the earlier one, such as `8 unchanged, 2 reworded`.
fn comparison(session: &Session) -> String {
    let Some(previous) = session.previous() else { return String::new() };
    let with = |label: &str, count: usize| (count > 0).then(|| format!("{count} {label}"));
    let of = |kind: Match| with(kind.label(), previous.count(|other| other == kind));
    let new = (0..session.len()).filter(|&index| session.before(index).is_none()).count();
    let kinds =
        [Match::Same, Match::Moved, Match::Renamed, Match::Reworded, Match::OtherChoices, Match::OtherKind];
    let counts = kinds.map(of).into_iter().chain([of(Match::Hidden), with("new", new), of(Match::Gone)]);
    counts.flatten().collect::<Vec<_>>().join(", ")
}
