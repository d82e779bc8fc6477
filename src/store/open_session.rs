//! An open session with its files: the one place where an edit is applied and stored.

use std::fmt;
use std::path::Path;

use jiff::Timestamp;

use crate::session::{Edit, EditMismatch, History, Origin, Session};

use super::error::StoreError;
use super::lock::Holder;
use super::session_file::SessionFile;

/// A session that is open, with its undo history and its files.
#[derive(Debug)]
pub struct OpenSession {
    session: Session,
    history: History,
    file: SessionFile,
}

/// A session that has just been opened.
#[derive(Debug)]
pub struct Opened {
    /// The session.
    pub session: OpenSession,
    /// What to tell the reviewer about damage to its files, once, in one sentence.
    pub notice: Option<String>,
}

/// Why an edit was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditError {
    /// The session is open read-only.
    ReadOnly,
    /// The edit does not fit the session.
    Mismatch(EditMismatch),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => f.write_str("the session is open read-only"),
            Self::Mismatch(mismatch) => mismatch.fmt(f),
        }
    }
}

impl std::error::Error for EditError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::ReadOnly => None,
            Self::Mismatch(mismatch) => Some(mismatch),
        }
    }
}

impl From<EditMismatch> for EditError {
    fn from(mismatch: EditMismatch) -> Self {
        Self::Mismatch(mismatch)
    }
}

impl OpenSession {
    pub(super) fn new(session: Session, history: History, file: SessionFile) -> Self {
        Self { session, history, file }
    }

    /// A session that is not stored anywhere, for benches and for tests of screens. Edits succeed.
    pub fn in_memory(id: &str, session: Session) -> Self {
        Self::new(session, History::default(), SessionFile::in_memory(id))
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The edits that can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The files of the session.
    pub fn file(&self) -> &SessionFile {
        &self.file
    }

    /// The id of the session.
    pub fn id(&self) -> &str {
        self.file.id()
    }

    /// The path of the snapshot.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The sequence number of the last edit.
    pub fn seq(&self) -> u64 {
        self.file.seq()
    }

    /// Why edits are not stored; `None` if they are.
    pub fn failure(&self) -> Option<&str> {
        self.file.failure()
    }

    /// If the session is open read-only: who has it open for writing, if known.
    pub fn read_only(&self) -> Option<Option<&Holder>> {
        self.file.read_only()
    }

    /// Whether the snapshot contains every edit.
    pub fn is_snapshot_current(&self) -> bool {
        self.file.is_snapshot_current()
    }

    /// Applies an edit, records it for undo, and appends it to the journal.
    ///
    /// If it cannot be stored, the edit is made nevertheless: [`failure`](Self::failure) then says why, and
    /// it is stored with the next edit or by [`retry`](Self::retry). In a read-only session the reviewer can
    /// only move around, which is not stored.
    ///
    /// # Errors
    /// If the session is read-only or the edit does not fit it; nothing is changed then.
    pub fn edit(&mut self, edit: Edit, origin: Origin, at: Timestamp) -> Result<(), EditError> {
        self.make(&edit, origin, at)
    }

    fn make(&mut self, edit: &Edit, origin: Origin, at: Timestamp) -> Result<(), EditError> {
        if self.read_only().is_some() {
            return match edit {
                Edit::Go { .. } => Ok(self.session.apply(edit)?),
                Edit::Splice { .. }
                | Edit::Choose { .. }
                | Edit::Link { .. }
                | Edit::MoveLink { .. }
                | Edit::Basis { .. }
                | Edit::Flag { .. }
                | Edit::Subject { .. } => Err(EditError::ReadOnly),
            };
        }
        self.session.apply(edit)?;
        self.history.record(edit, origin, at);
        self.file.append(edit, origin, at);
        Ok(())
    }

    /// Undoes the last step. Returns the edit that did it, or `None` if there is nothing to undo.
    ///
    /// # Errors
    /// The same as for [`edit`](Self::edit).
    pub fn undo(&mut self, at: Timestamp) -> Result<Option<Edit>, EditError> {
        let edit = self.history.undo();
        self.make_if_any(edit, Origin::Undo, at)
    }

    /// Redoes the step that was undone last. Returns the edit that did it, or `None` if there is nothing to
    /// redo.
    ///
    /// # Errors
    /// The same as for [`edit`](Self::edit).
    pub fn redo(&mut self, at: Timestamp) -> Result<Option<Edit>, EditError> {
        let edit = self.history.redo();
        self.make_if_any(edit, Origin::Redo, at)
    }

    fn make_if_any(
        &mut self,
        edit: Option<Edit>,
        origin: Origin,
        at: Timestamp,
    ) -> Result<Option<Edit>, EditError> {
        if let Some(edit) = &edit {
            self.make(edit, origin, at)?;
        }
        Ok(edit)
    }

    /// Starts to sync the journal to the disk; does not wait.
    pub fn sync_soon(&mut self) {
        self.file.sync_soon();
    }

    /// After a failure, tries again to store every edit. If the files are gone, they are created again.
    pub fn retry(&mut self, at: Timestamp) {
        self.file.retry(&self.session, at);
    }

    /// Replaces the snapshot atomically. Does nothing in a read-only session.
    ///
    /// # Errors
    /// If it cannot be written; the old one is then unchanged.
    pub fn snapshot(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.file.snapshot(&self.session, at)
    }

    /// Writes a copy of the session to `path`, which must not exist.
    ///
    /// # Errors
    /// If the path exists or cannot be written.
    pub fn save_elsewhere(&self, path: &Path, at: Timestamp) -> Result<(), StoreError> {
        self.file.save_elsewhere(path, &self.session, at)
    }
}
