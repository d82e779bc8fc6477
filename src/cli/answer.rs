//! `querist answer`: answers a question without the screen.

use std::process::ExitCode;

use crate::session::{Edit, Link, Session, TextRef};
use crate::workspace::{Workspace, now};

use super::args::AnswerArgs;
use super::edit;
use super::error::CliError;
use super::input::{
    add_link, choose, clear, replace, set_basis, set_flag, set_value, text_from_standard_input,
};
use super::output::{self, alternatives};
use super::plan::Plan;

pub fn run(workspace: &Workspace, args: AnswerArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    // All arguments are checked before the first edit, so that a wrong one changes nothing.
    if let Some(was) = &args.matching {
        let index = find_question(open.session(), &args.question)?;
        let edit = open.session().match_edit(was, index).ok_or_else(|| {
            let gone = open.session().previous().into_iter().flat_map(|previous| previous.gone());
            let gone: Vec<&str> = gone.map(|before| before.was.id.as_str()).collect();
            let message = format!("{was} cannot be matched with {}", args.question);
            let hint = match gone.as_slice() {
                [] => "No earlier question is left over.".to_owned(),
                gone => format!("Left over: {}. The question must have no earlier answer.", gone.join(", ")),
            };
            CliError::usage(message, hint)
        })?;
        edit::edit(&mut open, edit)?;
    }
    if args.carry_over && !can_carry_over(open.session(), &args.question, args.replace)? {
        return Ok(ExitCode::from(1));
    }
    for edit in edits(open.session(), &args)? {
        edit::edit(&mut open, edit)?;
    }
    open.snapshot(now())?;
    Ok(ExitCode::SUCCESS)
}

/// Whether there is an earlier answer to take over. What is not taken over is named on standard error.
fn can_carry_over(session: &Session, question: &str, may_replace: bool) -> Result<bool, CliError> {
    let index = find_question(session, question)?;
    let title = &session.question(index).title;
    let carried = session.carry_over(index);
    if !may_replace && carried.as_ref().is_some_and(|carried| carried.replaces) {
        output::err(&format!("{title} has an answer already. --replace replaces it; undo brings it back."));
        return Ok(false);
    }
    let old = session.before(index).filter(|before| before.answer.choices != session.answer(index).choices);
    let left = match (&carried, old) {
        (Some(carried), _) => carried.left.clone(),
        (None, Some(before)) => before.labels().map(str::to_owned).collect(),
        (None, None) => Vec::new(),
    };
    if !left.is_empty() {
        output::err(&format!("{title} was {}. Choose again.", left.join(", ")));
    } else if carried.is_none() {
        output::err(&format!("{title}: there is nothing to take over."));
    }
    Ok(carried.is_some())
}

/// The edits for the arguments: first what is cleared, then what is set.
fn edits(session: &Session, args: &AnswerArgs) -> Result<Vec<Edit>, CliError> {
    let index = find_question(session, &args.question)?;
    if args.is_empty() {
        let hint = "Use --choice, --value, --detail, --link or others; see `querist answer --help`.";
        return Err(CliError::usage("no answer given", hint));
    }
    if !session.is_asked(index) && !args.hidden {
        let message = format!("{} is not asked, because of the answers so far", args.question);
        return Err(CliError::usage(message, "Use --hidden to answer it anyway."));
    }
    let mut plan = Plan::new(session);
    for part in &args.clear {
        plan.add_all(clear(&plan.session, index, *part)?)?;
    }
    if args.carry_over {
        plan.add_all(plan.session.carry_over_edit(index))?;
    }
    if !args.choice.is_empty() {
        plan.add(choose(&plan.session, index, &args.choice)?)?;
    }
    if let Some(value) = &args.value {
        plan.add_all(set_value(&plan.session, index, value)?)?;
    }
    for (text, new) in texts(args, &session.question(index).id)? {
        plan.add_all(replace(&plan.session, text, &new)?)?;
    }
    for link in &args.link {
        let kind = args.link_kind;
        let expires = args.link_expires.map(|day| day.to_string()).unwrap_or_default();
        let like = Link { kind, expires, internal: args.link_internal, ..Link::default() };
        plan.add(add_link(&plan.session, index, link, like)?)?;
    }
    if let Some(basis) = args.basis {
        plan.add(set_basis(&plan.session, index, Some(basis.into())))?;
    }
    if let Some(flag) = &args.flag {
        plan.add(set_flag(&plan.session, index, Some(flag.clone())))?;
    }
    Ok(plan.edits)
}

/// The texts that are set, with their new content.
fn texts(args: &AnswerArgs, question: &str) -> Result<Vec<(TextRef, String)>, CliError> {
    let detail = match args.detail.as_deref() {
        Some("-") => Some(text_from_standard_input()?),
        Some(detail) => Some(detail.to_owned()),
        None => None,
    };
    let texts = [
        (TextRef::Qualifier(question.to_owned()), args.qualifier.clone()),
        (TextRef::Detail(question.to_owned()), detail),
        (TextRef::Note(question.to_owned()), args.note.clone()),
    ];
    Ok(texts.into_iter().filter_map(|(text, new)| Some((text, new?))).collect())
}

/// The index of the question with this id.
pub fn find_question(session: &Session, id: &str) -> Result<usize, CliError> {
    session.index_of(id).ok_or_else(|| {
        let known: Vec<&str> = session.questionnaire().questions().map(|q| q.id.as_str()).collect();
        let title = &session.questionnaire().title;
        let message = format!("the question \"{id}\" is not in the {title} questionnaire");
        CliError::usage(message, format!("Use {}.", alternatives(&known)))
    })
}
