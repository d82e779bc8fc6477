//! `querist check`: lists the questions that are still open.

use std::process::ExitCode;

use serde_json::json;

use crate::session::Session;
use crate::workspace::Workspace;

use super::args::CheckArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &CheckArgs) -> Result<ExitCode, CliError> {
    let (_, loaded) = workspace.sessions.read(&args.session)?;
    let session = &loaded.session;
    let open: Vec<usize> = (0..session.len()).filter(|&index| session.is_open(index)).collect();
    let is_hidden = |&index: &usize| !session.is_asked(index) && !session.answer(index).is_empty();
    let hidden: Vec<usize> = (0..session.len()).filter(|index| args.hidden && is_hidden(index)).collect();
    if args.json {
        print_json(session, &open, &hidden);
    } else {
        print_text(session, &open, &hidden);
    }
    Ok(if open.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print_json(session: &Session, open: &[usize], hidden: &[usize]) {
    let item = |index: usize| {
        let question = session.question(index);
        json!({"question": question.id, "title": question.title})
    };
    let with_reasons = |&index: &usize| {
        let mut item = item(index);
        item["reasons"] = json!(reasons(session, index));
        item
    };
    let open: Vec<_> = open.iter().map(with_reasons).collect();
    let hidden: Vec<_> = hidden.iter().map(|&index| item(index)).collect();
    let count = session.progress();
    let unread: Vec<_> = unread(session).map(item).collect();
    output::json(&json!({
        "done": count.done,
        "asked": count.asked,
        "open": open,
        "unread": unread,
        "hidden": hidden,
    }));
}

fn print_text(session: &Session, open: &[usize], hidden: &[usize]) {
    for &index in open {
        let (question, reasons) = (session.question(index), reasons(session, index).join("; "));
        output::out(&format!("{}: {reasons} ({})", question.title, question.id));
    }
    for index in unread(session) {
        let question = session.question(index);
        output::out(&format!("{}: carried over, not yet read ({})", question.title, question.id));
    }
    for &index in hidden {
        let question = session.question(index);
        output::out(&format!("{}: answered, but no longer asked ({})", question.title, question.id));
    }
    let count = session.progress();
    output::err(&format!("{} of {} questions are complete.", count.done, count.asked));
}

/// The questions whose answers were carried over with their section and not looked at since.
fn unread(session: &Session) -> impl Iterator<Item = usize> {
    session.asked().filter(|&index| session.answer(index).unread.0)
}

fn reasons(session: &Session, index: usize) -> Vec<String> {
    session.reasons(index).iter().map(ToString::to_string).collect()
}
