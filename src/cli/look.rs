//! `querist look`: lists where the answer to a question can be found.

use std::process::ExitCode;

use serde_json::json;

use crate::session::Edit;
use crate::text;
use crate::workspace::{Workspace, now};

use super::answer::find_question;
use super::args::LookArgs;
use super::edit;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &LookArgs) -> Result<ExitCode, CliError> {
    if let Some(typed) = &args.domain {
        set_domain(workspace, &args.session, typed)?;
    }
    let (_, loaded) = workspace.sessions.read(&args.session)?;
    let session = &loaded.session;
    let questions = match &args.question {
        Some(id) => vec![find_question(session, id)?],
        None => session.asked().collect(),
    };
    let (subject, domain) = (session.subject(), session.domain());
    let places = questions.into_iter().flat_map(|index| {
        let question = session.question(index);
        question.look.iter().map(move |look| (question, look))
    });
    // An address with a gap in it would lead to somebody else's domain.
    let (ready, waiting): (Vec<_>, Vec<_>) =
        places.partition(|(_, look)| !domain.is_empty() || !look.needs_domain());
    if args.json {
        let places = ready.iter().map(|(question, look)| {
            json!({"question": question.id, "label": look.label, "url": look.address(subject, domain)})
        });
        output::json(&places.collect::<Vec<_>>());
    } else {
        for (question, look) in &ready {
            let address = look.address(subject, domain);
            output::out(&format!("{}: {}: {address}", question.id, look.label));
        }
    }
    if !waiting.is_empty() {
        let places = output::count(waiting.len(), "place");
        output::err(&format!("{places} more with a domain: add --domain, for example --domain example.com."));
    }
    Ok(ExitCode::SUCCESS)
}

fn set_domain(workspace: &Workspace, name: &str, typed: &str) -> Result<(), CliError> {
    let Some(after) = text::domain(typed) else {
        let message = format!("\"{typed}\" is not a domain");
        return Err(CliError::usage(message, "Use a domain such as example.com."));
    };
    let mut open = edit::open(workspace, name)?;
    let before = open.session().domain().to_owned();
    if before != after {
        edit::edit(&mut open, Edit::Domain { before, after })?;
        open.snapshot(now())?;
    }
    Ok(())
}
