//! A second pair of eyes: `querist comment`, `querist approve` and `querist log`.

use std::process::ExitCode;

use serde_json::json;

use crate::report::digest;
use crate::session::{ApprovalRules, ApprovalState, CommentKind, Session, Target, author_name};
use crate::text;
use crate::workspace::{Workspace, now};

use super::answer::find_question;
use super::args::{ApproveArgs, CommentArgs, LogArgs};
use super::edit;
use super::error::CliError;
use super::input::text_argument;
use super::output;

pub fn comment(workspace: &Workspace, args: &CommentArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    let index = find_question(open.session(), &args.question)?;
    let on = Target::Question(open.session().question(index).id.clone());
    let text = text_argument(&args.text)?;
    let kind = if args.send_back { CommentKind::SendBack } else { CommentKind::Note };
    let made = open.stamp(now());
    let edit = open.session().comment(on, kind, &text, made);
    let edit =
        edit.ok_or_else(|| CliError::usage("the comment is empty", "Write what should be changed."))?;
    edit::edit(&mut open, edit)?;
    open.snapshot(now())?;
    Ok(ExitCode::SUCCESS)
}

pub fn approve(workspace: &Workspace, args: &ApproveArgs) -> Result<ExitCode, CliError> {
    if !args.all && args.question.is_empty() {
        if args.withdraw {
            return Err(CliError::usage("nothing to withdraw", "Name questions, or use --all."));
        }
        let (_, loaded) = workspace.sessions.read(&args.session)?;
        let rules = ApprovalRules { is_strict: args.strict_approval, four_eyes: false };
        states(&loaded.session, rules);
        return Ok(ExitCode::SUCCESS);
    }
    let mut open = edit::open(workspace, &args.session)?;
    let session = open.session();
    let targets = if args.all {
        let mut targets = session.targets();
        if args.withdraw {
            targets.push(Target::Report);
        }
        targets
    } else {
        let question = |id: &String| {
            let index = find_question(session, id)?;
            if session.is_open(index) && !args.withdraw {
                let reason = session.reason_text(index);
                let hint = "Answer the question first, or leave it out.";
                return Err(CliError::usage(format!("{id} cannot be approved: {reason}"), hint));
            }
            Ok(Target::Question(session.question(index).id.clone()))
        };
        args.question.iter().map(question).collect::<Result<_, CliError>>()?
    };
    let made = open.stamp(now());
    let session = open.session();
    let edit =
        if args.withdraw { session.withdraw(&targets, &made) } else { session.approve(&targets, &made) };
    match edit {
        Some(edit) => edit::edit(&mut open, edit)?,
        None => output::err("Nothing has changed."),
    }
    if args.all && !args.withdraw {
        let sign_off = open.session().sign_off(&digest(open.session()), &made);
        if let Some(sign_off) = sign_off {
            edit::edit(&mut open, sign_off)?;
            output::err("The report is signed off.");
        }
    }
    open.snapshot(now())?;
    let (approved, all) = open.session().reviews().approved(ApprovalRules::default());
    output::err(&format!("{approved} of {all} answers and parts are approved."));
    Ok(ExitCode::SUCCESS)
}

/// Lists the state of each answer that is asked.
fn states(session: &Session, rules: ApprovalRules) {
    let reviews = session.reviews();
    for index in session.asked() {
        let state = match reviews.state(index, rules) {
            ApprovalState::None => "not approved".to_owned(),
            ApprovalState::Approved { approval, by_its_author } => {
                let own = if by_its_author { ", its author" } else { "" };
                format!("approved by {}{own}", author_name(&approval.made.by))
            }
            ApprovalState::Changed(approval) => {
                format!("changed since {} approved it", author_name(&approval.made.by))
            }
            ApprovalState::SentBack(comment) => {
                format!("sent back by {}: {}", author_name(&comment.made.by), text::one_line(&comment.text))
            }
        };
        output::out(&format!("{}: {state}", session.question(index).id));
    }
    if let Some((made, is_same)) = session.signed_off(&digest(session)) {
        let by = author_name(&made.by);
        let what = if is_same { "signed off by" } else { "changed since it was signed off by" };
        output::out(&format!("report: {what} {by}, {}", made.at.strftime("%Y-%m-%d")));
    }
}

pub fn log(workspace: &Workspace, args: &LogArgs) -> Result<ExitCode, CliError> {
    let (_, loaded) = workspace.sessions.read(&args.session)?;
    let session = &loaded.session;
    if let Some(question) = &args.question {
        find_question(session, question)?;
    }
    let edits = workspace.sessions.edits(&args.session)?;
    let bursts = session.bursts(edits.iter().map(|(stamp, edit)| (stamp.clone(), edit)));
    let is_wanted = |on: &str| args.question.as_deref().is_none_or(|question| on == question);
    let log: Vec<_> = session.log(&bursts).into_iter().filter(|entry| is_wanted(entry.on)).collect();
    if args.json {
        let entries = log.iter().map(|entry| {
            json!({"at": entry.stamp.at, "by": entry.stamp.by, "what": entry.what, "on": entry.on,
                "text": entry.text})
        });
        output::json(&entries.collect::<Vec<_>>());
        return Ok(ExitCode::SUCCESS);
    }
    for entry in log {
        let at = entry.stamp.at.strftime("%Y-%m-%d %H:%M");
        let (by, title) = (author_name(&entry.stamp.by), session.title_of(entry.on));
        let gap = if title.is_empty() { "" } else { " " };
        let text = text::one_line(entry.text);
        let text = if text.is_empty() { String::new() } else { format!(": {text}") };
        output::out(&format!("{at} {by} {}{gap}{title}{text}", entry.what));
    }
    Ok(ExitCode::SUCCESS)
}
