//! The writing side of an open session: the lock, the journal, and the records that are not written yet.

use super::error::{StoreError, describe, describe_storing, storing_reason};
use super::journal_file::{AppendError, JournalFile};
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
    /// Whether the journal is gone or was changed by another program.
    is_replaced: bool,
}

impl Writer {
    /// A writer with nothing pending.
    pub(super) fn new(lock: LockFile, journal: JournalFile) -> Self {
        Self { journal, lock, pending: Vec::new(), failure: None, sync_failure: None, is_replaced: false }
    }

    /// Why edits are not stored; `None` if they are.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Whether the journal is gone or was changed by another program, so that everything has to be written
    /// again.
    pub(super) fn is_replaced(&self) -> bool {
        self.is_replaced
    }

    /// Writes a record and those that are pending with one write. If that fails, they remain pending.
    pub(super) fn append(&mut self, record: &[u8]) {
        self.pending.extend_from_slice(record);
        self.flush();
    }

    fn flush(&mut self) {
        match self.journal.append(&self.pending) {
            Ok(()) => {
                self.pending.clear();
                if let Some(error) = self.journal.sync_failure() {
                    self.sync_failure = Some(describe(&error));
                }
                self.failure.clone_from(&self.sync_failure);
            }
            Err(AppendError::Replaced) => {
                self.is_replaced = true;
                self.failure = Some("the session's folder or journal is gone".to_owned());
            }
            Err(AppendError::Io(error)) => self.failure = Some(describe_storing(&error)),
        }
    }

    /// Tries again to write what failed; returns whether the whole session has to be written again: the
    /// journal is gone, or may not have reached the disk.
    pub(super) fn retry(&mut self) -> bool {
        if self.failure.is_none() {
            return false;
        }
        if !self.is_replaced && !self.pending.is_empty() {
            self.flush();
        }
        self.is_replaced || self.pending.is_empty() && self.failure.is_some()
    }

    /// Acquires the lock again if its file is gone or was replaced: another process may have created new
    /// files since and opened the session. Returns whether the lock is held.
    pub(super) fn lock_again(&mut self, paths: &Paths, me: &Holder) -> bool {
        if self.lock.is_at(&paths.lock) {
            return true;
        }
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

    /// Continues with a new journal, which contains everything that was pending.
    pub(super) fn replace_journal(&mut self, journal: JournalFile) {
        self.journal = journal;
        self.is_replaced = false;
        self.pending.clear();
    }

    /// Notes the outcome of writing the whole session again.
    pub(super) fn rewritten(&mut self, result: Result<(), StoreError>) {
        match result {
            Ok(()) => {
                (self.failure, self.sync_failure) = (None, None);
            }
            Err(error) => self.failure = Some(storing_reason(&error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_retry_writes_what_is_pending_and_asks_for_everything_only_if_that_is_not_enough() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("boat.journal");
        let read = || std::fs::read_to_string(&path).unwrap();
        let me = Holder { pid: 7, by: "kim".into(), since: Timestamp::UNIX_EPOCH };
        let Lock::Acquired(lock) = lock::acquire(&dir.path().join(".boat.lock"), &me).unwrap() else {
            panic!("it is held")
        };
        let mut writer = Writer::new(lock, JournalFile::create(&path, b"head\n").unwrap());
        assert!(!writer.retry());
        writer.pending = b"one\n".to_vec();
        writer.failure = Some("the disk is full".into());
        assert!(!writer.retry());
        assert_eq!((writer.failure(), read().as_str()), (None, "head\none\n"));

        writer.sync_failure = Some("input/output error".into());
        writer.append(b"two\n");
        assert_eq!((writer.failure(), read().as_str()), (Some("input/output error"), "head\none\ntwo\n"));
        assert!(writer.retry());
        writer.rewritten(Ok(()));
        assert!(writer.failure().is_none() && !writer.retry());

        std::fs::remove_file(&path).unwrap();
        writer.append(b"three\n");
        assert!(writer.is_replaced() && writer.retry());
        assert_eq!(writer.failure(), Some("the session's folder or journal is gone"));
        writer.replace_journal(JournalFile::create(&path, b"again\n").unwrap());
        writer.append(b"four\n");
        assert!(!writer.is_replaced() && writer.failure().is_none());
        assert_eq!(read(), "again\nfour\n");
    }
}
