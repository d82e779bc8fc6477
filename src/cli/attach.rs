//! `querist attach`: attaches a file to an answer, as evidence.

use std::process::ExitCode;

use crate::session::Session;
use crate::text;
use crate::workspace::{About, Workspace, attach, now};

use super::answer::find_question;
use super::args::AttachArgs;
use super::edit;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &AttachArgs) -> Result<ExitCode, CliError> {
    let mut open = edit::open(workspace, &args.session)?;
    let index = find_question(open.session(), &args.question)?;
    check(open.session(), index, args)?;
    let about = About {
        day: args.day,
        label: text::one_line(args.label.as_deref().unwrap_or_default().trim()),
        source: args.source.clone(),
        replaces: args.replace.clone(),
        ..About::default()
    };
    let title = open.session().question(index).title.clone();
    let Some(edit) = attach(&mut open, index, &args.file, about, now())? else {
        output::err(&format!("{title} has a link to this file already."));
        return Ok(ExitCode::SUCCESS);
    };
    edit::edit(&mut open, edit)?;
    open.snapshot(now())?;
    output::err(&format!("Attached {} to {title}.", args.file.display()));
    Ok(ExitCode::SUCCESS)
}

/// Refuses arguments that do not fit the session.
fn check(session: &Session, index: usize, args: &AttachArgs) -> Result<(), CliError> {
    if !session.is_asked(index) {
        let message = format!("{} is not asked, because of the answers so far", args.question);
        return Err(CliError::usage(message, "Nothing was attached."));
    }
    if let Some(source) = &args.source
        && let Some(problem) = text::url_problem(source)
    {
        return Err(CliError::usage(format!("the source \"{source}\" {}", problem.describe()), ""));
    }
    match &args.replace {
        Some(id) if !session.questions_with_file(id).contains(&index) => {
            let message = format!("{} has no link to a file \"{id}\"", args.question);
            Err(CliError::usage(
                message,
                "Run `querist evidence SESSION --json` to see the ids of the files.",
            ))
        }
        Some(_) | None => Ok(()),
    }
}
