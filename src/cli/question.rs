//! `querist question`: adds, changes and removes questions of one session.

use std::process::ExitCode;

use crate::session::{Edit, NewQuestion, Session};
use crate::workspace::{Workspace, now};

use super::args::{QuestionArgs, QuestionChange};
use super::edit;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &QuestionArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    let change = edit_for(open.session(), &args.change)?;
    let id = change.question().map(str::to_owned);
    edit::edit(&mut open, change)?;
    open.snapshot(now())?;
    if let (QuestionChange::Add(_), Some(id)) = (&args.change, id) {
        output::out(&id);
    }
    Ok(ExitCode::SUCCESS)
}

fn edit_for(session: &Session, change: &QuestionChange) -> Result<Edit, CliError> {
    let not_added = |id: &str| {
        CliError::usage(
            format!("{id} cannot be changed"),
            "Only questions that were added to the session can be.",
        )
    };
    match change {
        QuestionChange::Add(args) => {
            let sections = &session.questionnaire().sections;
            let ids: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
            let section = match &args.section {
                None => sections.len().saturating_sub(1),
                Some(id) => ids.iter().position(|known| known == id).ok_or_else(|| {
                    let hint = format!("Use {}.", output::alternatives(&ids));
                    CliError::usage(format!("no section of questions \"{id}\""), hint)
                })?,
            };
            let sets: Vec<&String> = session.questionnaire().answer_sets.keys().collect();
            let has_choices = args.kind.has_choices();
            let is_known = args.answer_set.as_ref().is_some_and(|set| sets.contains(&set));
            if has_choices && !is_known {
                let hint = format!("Use --answer-set with {}.", output::alternatives(&sets));
                return Err(CliError::usage("a question with choices needs an answer set", hint));
            }
            let new = NewQuestion {
                text: args.text.clone(),
                title: args.title.clone().unwrap_or_default(),
                kind: args.kind,
                answer_set: args.answer_set.clone(),
            };
            session
                .add_question(section, None, new)
                .ok_or_else(|| CliError::usage("the questionnaire has no section for questions", ""))
        }
        QuestionChange::Change(args) => {
            let index = super::answer::find_question(session, &args.question)?;
            let changed = session.change_question(index, |question| {
                question.text.clone_from(args.text.as_ref().unwrap_or(&question.text.clone()));
                question.title.clone_from(args.title.as_ref().unwrap_or(&question.title.clone()));
            });
            changed.ok_or_else(|| not_added(&args.question))
        }
        QuestionChange::Remove(args) => {
            let index = super::answer::find_question(session, &args.question)?;
            session.remove_question(index).ok_or_else(|| not_added(&args.question))
        }
    }
}
