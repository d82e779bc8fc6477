//! Edits that are collected, so that all arguments are checked before the first one is made.

use crate::session::{Edit, Session, Stamp};

use super::error::CliError;

/// Edits, and the session after them.
pub struct Plan {
    /// The session after the edits.
    pub session: Session,
    /// The edits.
    pub edits: Vec<Edit>,
}

impl Plan {
    /// No edits yet.
    pub fn new(session: &Session) -> Self {
        Self { session: session.clone(), edits: Vec::new() }
    }

    /// Adds an edit.
    pub fn add(&mut self, edit: Edit) -> Result<(), CliError> {
        self.session.apply(&edit, &Stamp::default()).map_err(CliError::Mismatch)?;
        self.edits.push(edit);
        Ok(())
    }

    /// Adds edits.
    pub fn add_all(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<(), CliError> {
        edits.into_iter().try_for_each(|edit| self.add(edit))
    }
}
