//! `querist import`: creates sessions from pages.

use std::path::Path;
use std::process::ExitCode;

use crate::report::ImportWarning;
use crate::workspace::{ImportQuestions, Workspace, now};

use super::args::ImportArgs;
use super::error::CliError;
use super::output;
use super::progress::Progress;

/// How many pages are imported in parallel. Most of the time is spent waiting for the disk.
const PARALLEL: usize = 8;

pub fn run(workspace: &Workspace, args: &ImportArgs) -> Result<ExitCode, CliError> {
    let questions = match &args.questionnaire {
        Some(name) => ImportQuestions::Of(Box::new(workspace.questionnaire(name)?)),
        None => ImportQuestions::BestOf(workspace.questionnaires()),
    };
    if let [page] = args.pages.as_slice() {
        print(page, &import(workspace, page, &questions)?);
        return Ok(ExitCode::SUCCESS);
    }
    // A page that cannot be imported does not prevent the others from being imported.
    let mut code = ExitCode::SUCCESS;
    let mut progress = Progress::new("pages read");
    for pages in args.pages.chunks(PARALLEL) {
        let results: Vec<_> = std::thread::scope(|scope| {
            let questions = &questions;
            let threads: Vec<_> =
                pages.iter().map(|page| scope.spawn(move || import(workspace, page, questions))).collect();
            threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
        });
        progress.clear();
        for (page, result) in pages.iter().zip(results) {
            match result {
                Ok(Ok(created)) => print(page, &created),
                Ok(Err(error)) => code = error.report(),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        progress.advance(pages.len(), args.pages.len());
    }
    Ok(code)
}

/// A session that was created from a page.
struct Created {
    id: String,
    warnings: Vec<ImportWarning>,
}

/// Creates a session from a page.
fn import(workspace: &Workspace, page: &Path, questions: &ImportQuestions) -> Result<Created, CliError> {
    let imported = workspace.import_file(page, questions, now())?;
    let open = workspace.sessions.create(imported.session, workspace.me())?;
    Ok(Created { id: open.id().to_owned(), warnings: imported.warnings })
}

/// Prints the id of a session, and the warnings on standard error.
fn print(page: &Path, created: &Created) {
    for warning in &created.warnings {
        output::err(&format!("{}:{}: {}", page.display(), warning.line, warning.message));
    }
    output::out(&created.id);
}
