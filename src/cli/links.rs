//! `querist links`: the addresses of all evidence.

use std::collections::HashSet;
use std::process::ExitCode;

use crate::workspace::Workspace;

use super::args::LinksArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &LinksArgs) -> Result<ExitCode, CliError> {
    let (_, loaded) = workspace.sessions.read(&args.session)?;
    let session = &loaded.session;
    let mut printed = HashSet::new();
    for index in session.asked() {
        let answer = session.answer(index);
        let answer = if args.internal { answer.clone() } else { answer.without_internal_links() };
        for link in answer.evidence() {
            let url = link.url.trim().to_owned();
            if !url.is_empty() && printed.insert(url.clone()) {
                output::out(&url);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
