//! An open session with its files: the one place where an edit is applied and stored.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::session::{Edit, EditMismatch, History, Origin, Session, Stamp};

use super::author::{Author, Me};
use super::error::{Operation, StoreError};
use super::evidence::EvidenceFolder;
use super::forget::FormerWords;
use super::recover::{JournalState, Loaded, Outside, SnapshotState, outside};
use super::session_file::{Appended, ReadOnly, SessionFile};

/// A session that is open, with its undo history and its files.
#[derive(Debug)]
pub struct OpenSession {
    session: Session,
    history: History,
    file: SessionFile,
    /// What to tell the reviewer about changes by other programs.
    notice: Option<String>,
    /// How often what other programs changed was taken over.
    looks: u64,
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
        Self { session, history, file, notice: None, looks: 0 }
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

    /// The folder of the files that serve as evidence.
    pub fn evidence(&self) -> EvidenceFolder {
        self.file.evidence()
    }

    /// The sequence number of the last edit.
    pub fn seq(&self) -> u64 {
        self.file.seq()
    }

    /// Why edits are not stored; `None` if they are.
    pub fn failure(&self) -> Option<&str> {
        self.file.failure()
    }

    /// If the session is open read-only: why.
    pub fn read_only(&self) -> Option<&ReadOnly> {
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
            let Edit::Go { .. } = edit else { return Err(EditError::ReadOnly) };
            return Ok(self.session.apply(edit, &Stamp::default())?);
        }
        let stamp = self.stamp(at);
        self.session.apply(edit, &stamp)?;
        self.history.record(edit, origin, at);
        if self.file.append(edit, origin, at) == Appended::Replaced {
            self.rewrite(at);
        }
        Ok(())
    }

    /// Writes everything again after another program replaced the journal, and takes over what it wrote.
    fn rewrite(&mut self, at: Timestamp) {
        let in_journal = self.file.foreign_records();
        let in_snapshot = self.file.changed_snapshot();
        let is_rewritten = self.file.rewrite(&self.session, &self.history, at);
        if let Some((base, theirs)) = in_journal.filter(|_| is_rewritten) {
            self.take_in(Some(base), &theirs, at);
        }
        // The snapshot counts as seen from here on, whether or not ours could be written.
        if let Some((base, theirs)) = in_snapshot {
            self.take_in(base, &theirs, at);
        }
    }

    /// Makes what another program changed an edit of the session, which can be undone. The reviewer stays
    /// where they are.
    fn take_in(&mut self, base: Option<Session>, theirs: &Session, at: Timestamp) {
        let position = self.session.position().clone();
        let text = |session: &Session| {
            let text = session.text_at(&position).and_then(|text| session.text(&text));
            text.unwrap_or_default().to_owned()
        };
        let before = text(&self.session);
        let found = outside(base.as_ref().unwrap_or(&self.session), &self.session, theirs);
        if let Some(Outside { edits, notice, .. }) = found
            && self.make(&Edit::All(edits), Origin::Outside, at).is_ok()
        {
            self.notice = Some(notice);
            self.looks += 1;
            let after = text(&self.session);
            self.session.resume_at(position.after_change(&before, &after));
        }
    }

    /// Brings another copy of the session in, as an edit that can be undone. What both have in different
    /// words is kept as two answers.
    ///
    /// # Errors
    /// If the session is read-only.
    pub fn bring_in(&mut self, copy: &Session, at: Timestamp) -> Result<(), EditError> {
        if self.read_only().is_some() {
            return Err(EditError::ReadOnly);
        }
        let session = &self.session;
        let base = Session::new(session.questionnaire().clone(), session.subject(), session.created());
        self.take_in(Some(base), copy, at);
        Ok(())
    }

    /// Looks at the files. Takes over what another program changed in them, and in a read-only session, what
    /// its writer changed; once the writer is gone, the session can be changed here.
    pub fn look(&mut self, at: Timestamp) {
        let position = self.session.position().clone();
        if let Some((file, loaded)) = self.file.take_over() {
            let Opened { session, notice } = Self::loaded(file, loaded, at);
            let looks = self.looks + 1;
            *self = Self { looks, ..session };
            self.session.resume_at(position);
            self.notice = notice.or_else(|| match self.read_only() {
                None => Some("The other window is gone: you can edit here now.".to_owned()),
                Some(_) => None,
            });
        } else if let Some(loaded) = self.file.read_again() {
            (self.session, self.history) = (loaded.session, loaded.history);
            self.looks += 1;
            self.session.resume_at(position);
        } else if let Some((base, theirs)) = self.file.changed_snapshot() {
            self.take_in(base, &theirs, at);
        }
    }

    /// A number that changes whenever [`look`](Self::look) or a snapshot took over changes of other programs.
    pub fn changes(&self) -> u64 {
        self.looks
    }

    /// Takes what there is to tell the reviewer about changes by other programs.
    pub fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Who makes edits here, and a time.
    pub fn stamp(&mut self, at: Timestamp) -> Stamp {
        Stamp { by: self.file.author().to_owned(), at }
    }

    /// Sets the author of the following edits.
    pub fn set_author(&mut self, author: Author) {
        self.file.set_author(author);
    }

    /// A session as it was loaded, with the changes that another program made to its snapshot.
    pub(super) fn loaded(file: SessionFile, loaded: Loaded, at: Timestamp) -> Opened {
        let Loaded { session, history, notice, outside, snapshot, journal, .. } = loaded;
        let mut open = Self::new(session, history, file);
        if open.read_only().is_some() {
            return Opened { session: open, notice };
        }
        let is_unmerged = outside.as_ref().is_some_and(|outside| outside.is_unmerged);
        if let Some(outside) = outside {
            // Edits that a merge makes fit the session that it merged into.
            let _ = open.make(&Edit::All(outside.edits), Origin::Outside, at);
        }
        let is_intact = matches!(snapshot, SnapshotState::Intact(_));
        let is_new = matches!(journal, JournalState::Old | JournalState::Missing | JournalState::Unusable);
        if !is_intact || is_new {
            // If this fails, the journal has everything, and the snapshot is written later.
            let _ = open.file.snapshot(&open.session, &open.history, at);
            if is_unmerged {
                open.file.resolve_in_git();
            }
        }
        if !open.file.is_snapshot_current() {
            open.file.sync_later();
        }
        Opened { session: open, notice }
    }

    /// Opens a session in `folder` by its id.
    pub(super) fn open(folder: &Path, id: &str, me: Me) -> Result<Opened, StoreError> {
        let at = me.holder.since;
        let (file, loaded) = SessionFile::open(folder, id, me)?;
        Ok(Self::loaded(file, loaded, at))
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
        if self.file.retry() {
            self.rewrite(at);
        }
    }

    /// Replaces the snapshot atomically. Does nothing in a read-only session.
    ///
    /// # Errors
    /// If it cannot be written; the old one is then unchanged.
    pub fn snapshot(&mut self, at: Timestamp) -> Result<(), StoreError> {
        if self.read_only().is_some() {
            return Ok(());
        }
        self.retry(at);
        if let Some((base, theirs)) = self.file.changed_snapshot() {
            self.take_in(base, &theirs, at);
        }
        if self.file.snapshot(&self.session, &self.history, at)? {
            let text = "The journal was long: after a restart, only the latest changes can be undone.";
            self.notice = Some(text.to_owned());
        }
        Ok(())
    }

    /// The files that were kept when those of the session were repaired or replaced, sorted.
    pub fn kept_files(&self) -> Vec<PathBuf> {
        self.file.kept()
    }

    /// The words that are and were in the session.
    pub fn former_words(&self) -> FormerWords {
        self.file.former_words(&self.session)
    }

    /// Removes `files`, and starts a new journal from the session as it is: nothing before can be undone, or
    /// read in its files. If it fails or the process is killed, the session can be read, and the rest can be
    /// forgotten later.
    ///
    /// # Errors
    /// If the session cannot be written or a file cannot be removed.
    pub fn forget(&mut self, files: &[PathBuf], at: Timestamp) -> Result<(), StoreError> {
        self.snapshot(at)?;
        for file in files {
            match std::fs::remove_file(file) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Operation::Remove.on(file)(error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        // The journal is the last, since it says what else has to be removed.
        self.history = History::default();
        self.file.forget(&self.session, at)
    }

    /// Writes a copy of the session to `path`, which must not exist.
    ///
    /// # Errors
    /// If the path exists or cannot be written.
    pub fn save_elsewhere(&self, path: &Path) -> Result<(), StoreError> {
        self.file.save_elsewhere(path, &self.session)
    }
}
