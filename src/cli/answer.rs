//! `querist answer`: answers a question without the screen.

use std::process::ExitCode;

use crate::session::{Edit, Session, TextRef};
use crate::workspace::{Workspace, now};

use super::args::AnswerArgs;
use super::edit;
use super::error::CliError;
use super::input::{choose, parse_link, replace, set_value, text_from_standard_input};
use super::output::alternatives;

pub fn run(workspace: &Workspace, args: AnswerArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    // All arguments are checked before the first edit, so that a wrong one changes nothing.
    for edit in edits(open.session(), &args)? {
        edit::edit(&mut open, edit)?;
    }
    open.snapshot(now())?;
    Ok(ExitCode::SUCCESS)
}

/// The edits for the arguments.
fn edits(session: &Session, args: &AnswerArgs) -> Result<Vec<Edit>, CliError> {
    let index = find_question(session, &args.question)?;
    if args.is_empty() {
        let hint = "Use --choice, --value, --detail, --link or others; see `querist answer --help`.";
        return Err(CliError::usage("no answer given", hint));
    }
    let (question, answer) = (session.question(index).id.clone(), session.answer(index));
    let mut edits = Vec::new();
    if !args.choice.is_empty() {
        edits.push(choose(session, index, &args.choice)?);
    }
    if let Some(value) = &args.value {
        edits.extend(set_value(session, index, value)?);
    }
    let detail = match args.detail.as_deref() {
        Some("-") => Some(text_from_standard_input()?),
        Some(detail) => Some(detail.to_owned()),
        None => None,
    };
    for (new, text) in [
        (args.qualifier.clone(), TextRef::Qualifier(question.clone())),
        (detail, TextRef::Detail(question.clone())),
        (args.note.clone(), TextRef::Note(question.clone())),
    ] {
        if let Some(new) = new {
            edits.extend(replace(session, text, &new)?);
        }
    }
    for (n, link) in args.link.iter().enumerate() {
        let (index, after) = (answer.links.len() + n, Some(parse_link(link)?));
        edits.push(Edit::Link { question: question.clone(), index, before: None, after });
    }
    if let Some(basis) = args.basis {
        let (before, after) = (answer.basis, Some(basis.into()));
        edits.push(Edit::Basis { question: question.clone(), before, after });
    }
    if let Some(flag) = &args.flag {
        let (before, after) = (answer.flag.clone(), Some(flag.clone()));
        edits.push(Edit::Flag { question, before, after });
    }
    Ok(edits)
}

fn find_question(session: &Session, id: &str) -> Result<usize, CliError> {
    session.index_of(id).ok_or_else(|| {
        let known: Vec<&str> = session.questionnaire().questions().map(|q| q.id.as_str()).collect();
        let title = &session.questionnaire().title;
        let message = format!("the question \"{id}\" is not in the {title} questionnaire");
        CliError::usage(message, format!("Use {}.", alternatives(&known)))
    })
}
