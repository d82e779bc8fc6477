//! `querist import`: pages as reviews.

use std::path::Path;
use std::process::ExitCode;

use crate::questionnaire::Questionnaire;
use crate::report::Doubt;
use crate::workspace::{Workspace, now};

use super::args::ImportArgs;
use super::error::CliError;
use super::output;
use super::progress::Progress;

/// How many pages are read at once: most of the time goes into waiting for the disk.
const AT_ONCE: usize = 8;

pub fn run(workspace: &Workspace, args: &ImportArgs) -> Result<ExitCode, CliError> {
    let questionnaire = workspace.questionnaire(&args.questionnaire)?;
    if let [page] = args.pages.as_slice() {
        tell(page, &import(workspace, page, questionnaire)?);
        return Ok(ExitCode::SUCCESS);
    }
    // One page that cannot be read keeps none of the others from being read.
    let mut code = ExitCode::SUCCESS;
    let mut progress = Progress::new("pages read");
    for pages in args.pages.chunks(AT_ONCE) {
        let made: Vec<_> = std::thread::scope(|scope| {
            let questionnaire = &questionnaire;
            let threads: Vec<_> = pages
                .iter()
                .map(|page| scope.spawn(move || import(workspace, page, questionnaire.clone())))
                .collect();
            threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
        });
        progress.clear();
        for (page, made) in pages.iter().zip(made) {
            match made {
                Ok(Ok(made)) => tell(page, &made),
                Ok(Err(error)) => code = error.report(),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        progress.advance(pages.len(), args.pages.len());
    }
    Ok(code)
}

/// A review made from a page.
struct Made {
    id: String,
    doubts: Vec<Doubt>,
}

/// Makes a review from a page.
fn import(workspace: &Workspace, page: &Path, questionnaire: Questionnaire) -> Result<Made, CliError> {
    let imported = workspace.import_file(page, questionnaire, now())?;
    let (id, _file) = workspace.sessions.create(&imported.session, Workspace::me())?;
    Ok(Made { id, doubts: imported.doubts })
}

/// Prints the id of a review, and on standard error what was uncertain.
fn tell(page: &Path, made: &Made) {
    for doubt in &made.doubts {
        output::err(&format!("{}:{}: {}", page.display(), doubt.line, doubt.message));
    }
    output::out(&made.id);
}
