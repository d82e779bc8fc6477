//! The writing side of an open session: the lock, the journal, and the records that are not written yet.

use crate::session::Session;

use super::error::{StoreError, describe, describe_storing, storing_reason};
use super::journal_file::JournalFile;
use super::lock::{self, Holder, Lock, LockFile};
use super::paths::Paths;

/// What the one process that may write to a session holds.
pub(super) struct Writer {
    /// Declared before the lock, so that it is synced and closed before the lock is released.
    pub journal: JournalFile,
    lock: LockFile,
    /// Records that could not be written yet.
    pending: Vec<u8>,
    failure: Option<String>,
    /// Why a sync failed. Records written before it may be lost until a snapshot contains them.
    sync_failure: Option<String>,
}

/// What to do after a failure, once writing the pending records was tried again.
pub(super) enum Retried {
    /// Everything is stored, or it cannot be yet.
    Done,
    /// The journal may not have reached the disk: a snapshot must be written.
    NeedsSnapshot,
    /// The journal is gone: a snapshot and a new journal must be written.
    NeedsFiles,
}

impl Writer {
    /// A writer with nothing pending.
    pub(super) fn new(lock: LockFile, journal: JournalFile) -> Self {
        Self { journal, lock, pending: Vec::new(), failure: None, sync_failure: None }
    }

    /// Why edits are not stored; `None` if they are.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Writes a record and those that are pending with one write. If that fails, they remain pending.
    pub(super) fn append(&mut self, record: &[u8]) {
        self.pending.extend_from_slice(record);
        self.flush();
    }

    /// Writes the pending records; returns whether everything is stored.
    fn flush(&mut self) -> bool {
        match self.journal.append(&self.pending) {
            Ok(()) => {
                self.pending.clear();
                if let Some(error) = self.journal.sync_failure() {
                    self.sync_failure = Some(describe(&error));
                }
                self.failure.clone_from(&self.sync_failure);
                self.failure.is_none()
            }
            Err(error) => {
                self.failure = Some(describe_storing(&error));
                false
            }
        }
    }

    /// Tries again to write what failed; returns what else has to be written.
    pub(super) fn retry(&mut self, paths: &Paths, me: &Holder) -> Retried {
        if self.failure.is_none() {
            return Retried::Done;
        }
        if !self.journal.is_present() {
            return if self.lock_again(paths, me) { Retried::NeedsFiles } else { Retried::Done };
        }
        if !self.pending.is_empty() && (self.flush() || !self.pending.is_empty()) {
            return Retried::Done;
        }
        Retried::NeedsSnapshot
    }

    /// Acquires the lock again after its file disappeared with the others: another process may have created
    /// new files since and opened the session.
    fn lock_again(&mut self, paths: &Paths, me: &Holder) -> bool {
        match lock::acquire(&paths.lock, me) {
            Ok(Lock::Acquired(lock)) => {
                self.lock = lock;
                return true;
            }
            Ok(Lock::Held(_)) => {
                self.failure = Some("another Querist has this session open now".to_owned());
            }
            Err(error) => self.failure = Some(describe_storing(&error)),
        }
        false
    }

    /// Replaces the journal by a new one that starts from `session`.
    pub(super) fn restart_journal(
        &mut self,
        paths: &Paths,
        session: &Session,
        seq: u64,
    ) -> Result<(), StoreError> {
        self.journal = JournalFile::create(&paths.journal, session, seq)?;
        Ok(())
    }

    /// Notes the outcome of writing the whole session again.
    pub(super) fn rewritten(&mut self, result: Result<(), StoreError>) {
        match result {
            Ok(()) => {
                (self.failure, self.sync_failure) = (None, None);
                self.pending.clear();
            }
            Err(error) => self.failure = Some(storing_reason(&error)),
        }
    }
}
