//! `querist request`: the questions that the provider has to answer.

use std::process::ExitCode;

use jiff::tz::TimeZone;

use crate::report::{RequestShows, request};
use crate::session::{Ages, Session, Which};
use crate::workspace::{Workspace, now};

use super::answer::find_question;
use super::args::RequestArgs;
use super::edit;
use super::error::CliError;
use super::output;
use super::write::write;

pub fn run(workspace: &Workspace, args: &RequestArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    let today = now().to_zoned(TimeZone::system()).date();
    let evidence_days = workspace.settings()?.evidence_days;
    let session = open.session();
    let ages = session.ages(today, evidence_days);
    let indices: Vec<usize> =
        session.asked().filter(|&index| is_wanted(session, index, args, &ages)).collect();
    for id in &args.which.ids {
        find_question(session, id)?;
    }
    if indices.is_empty() {
        output::err("There is nothing to ask.");
        return Ok(ExitCode::from(1));
    }
    let shows = RequestShows { answers: args.with_answers, flags: args.with_flags, due: args.due };
    let text = request(session, &indices, args.format, shows, &ages);
    write(&text, args.output.as_deref(), workspace)?;
    let stamp = open.stamp(now());
    if let Some(entry) = open.session().request(&indices, args.due, stamp) {
        edit::edit(&mut open, entry)?;
        open.snapshot(now())?;
    }
    output::err(&format!(
        "{} asked. Read the text before you send it; `querist reply` reads the reply.",
        output::count(indices.len(), "question")
    ));
    Ok(ExitCode::SUCCESS)
}

fn is_wanted(session: &Session, index: usize, args: &RequestArgs, ages: &Ages) -> bool {
    let is = |which: &Which| session.is_which(index, *which, ages);
    args.which.kinds.iter().any(is) || args.which.ids.contains(&session.question(index).id)
}
