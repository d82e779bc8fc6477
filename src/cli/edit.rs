//! Opening a session for commands that edit it without a screen.

use crate::session::{Edit, Origin};
use crate::store::{EditError, OpenSession, Opened, ReadOnly};
use crate::workspace::{Workspace, now};

use super::error::CliError;
use super::output;

/// Opens a session, read-only if it is open elsewhere, and prints the store's notice if there is one.
pub fn open_or_view(workspace: &Workspace, name: &str) -> Result<OpenSession, CliError> {
    let Opened { session, notice } = workspace.sessions.open(name, workspace.me())?;
    if let Some(notice) = notice {
        output::err(&notice);
    }
    Ok(session)
}

/// Opens a session for editing, and prints the store's notice if there is one.
pub fn open(workspace: &Workspace, name: &str) -> Result<OpenSession, CliError> {
    let session = open_or_view(workspace, name)?;
    if let Some(why) = session.read_only() {
        return Err(CliError::ReadOnly { id: session.id().to_owned(), why: why.clone() });
    }
    Ok(session)
}

/// Makes an edit and saves it.
pub fn edit(open: &mut OpenSession, edit: Edit) -> Result<(), CliError> {
    open.edit(edit, Origin::Do, now()).map_err(|error| match error {
        EditError::ReadOnly => CliError::ReadOnly { id: open.id().to_owned(), why: ReadOnly::Held(None) },
        EditError::Mismatch(mismatch) => CliError::Mismatch(mismatch),
    })?;
    if let Some(notice) = open.take_notice() {
        output::err(&notice);
    }
    match open.failure() {
        Some(reason) => Err(CliError::NotSaved { reason: reason.to_owned() }),
        None => Ok(()),
    }
}
