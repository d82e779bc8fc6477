//! `querist merge`: brings another copy of a session in.

use std::path::Path;
use std::process::ExitCode;

use crate::store::{EditError, Folder, ReadOnly};
use crate::workspace::{Workspace, now};

use super::args::MergeArgs;
use super::edit;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &MergeArgs) -> Result<ExitCode, CliError> {
    let path = args.copy.to_string_lossy();
    // A name without a folder would be looked up among the sessions.
    let name = if path.contains(['/', '\\']) { path.into_owned() } else { format!("./{path}") };
    let (_, copy) = workspace.sessions.read(&name)?;
    let mut open = edit::open(workspace, &args.session)?;
    open.bring_in(&copy.session, now()).map_err(|error| match error {
        EditError::ReadOnly => CliError::ReadOnly { id: open.id().to_owned(), why: ReadOnly::Held(None) },
        EditError::Mismatch(mismatch) => CliError::Mismatch(mismatch),
    })?;
    workspace.copy_evidence(&name, &open, now())?;
    output::err(&open.take_notice().unwrap_or_else(|| "The copy has nothing new.".to_owned()));
    open.snapshot(now())?;
    if is_beside(&args.copy, open.path()) {
        let kept = Folder::put_away(&args.copy, &workspace.trash)?;
        output::err(&format!("The copy was moved to {}.", kept.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether two files are in the same folder.
fn is_beside(a: &Path, b: &Path) -> bool {
    let folder =
        |path: &Path| std::fs::canonicalize(path).ok().and_then(|path| path.parent().map(Path::to_owned));
    folder(a).is_some() && folder(a) == folder(b)
}
