//! The files of an open session: every edit is appended to the journal before it is shown.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::session::{Edit, Origin, Session};

use super::error::{Operation, StoreError};
use super::files;
use super::journal::{self, Record};
use super::journal_file::JournalFile;
use super::lock::{self, Holder, Lock};
use super::paths::Paths;
use super::recover::{self, JournalState, Loaded, SnapshotState};
use super::repair::{repair, stamp};
use super::snapshot;
use super::writer::{Retried, Writer};

/// When a snapshot is written, a journal longer than this many bytes (about a hundred thousand keystrokes) is
/// set aside and a new one started, which keeps opening fast. Edits in the old journal cannot be undone after
/// a restart.
const LONG_JOURNAL: u64 = 16 * 1024 * 1024;

/// The files of an open session.
pub struct SessionFile {
    id: String,
    paths: Paths,
    me: Holder,
    seq: u64,
    /// The sequence number of the last edit in the snapshot.
    snapshot_seq: Option<u64>,
    access: Access,
}

enum Access {
    /// Another process may write: who, if known. Or nobody may write to the folder.
    ReadOnly(Option<Holder>),
    Writer(Box<Writer>),
    /// The session is not stored anywhere.
    Memory,
}

impl SessionFile {
    /// Creates the files of a new session; `None` if the id is in use.
    pub(super) fn create(
        folder: &Path,
        id: &str,
        session: &Session,
        me: Holder,
    ) -> Result<Option<Self>, StoreError> {
        let paths = Paths::new(folder, id);
        if [&paths.snapshot, &paths.journal].iter().any(|path| path.symlink_metadata().is_ok()) {
            return Ok(None);
        }
        let lock = match lock::acquire_new(&paths.lock, &me).map_err(Operation::Write.on(&paths.lock))? {
            Lock::Acquired(lock) => lock,
            Lock::Held(_) => return Ok(None),
        };
        // Writing the snapshot syncs the folder.
        let head = journal::head_line(session, 0);
        files::write_without_folder_sync(&paths.journal, &head, true)?;
        let journal = JournalFile::open(&paths.journal, head.len() as u64)?;
        let (at, access) = (me.since, Access::Writer(Box::new(Writer::new(lock, journal))));
        let mut file = Self { id: id.to_owned(), paths, me, seq: 0, snapshot_seq: None, access };
        file.snapshot(session, at)?;
        Ok(Some(file))
    }

    /// Opens a session: for writing unless another process has it open, else read-only. Damaged files are
    /// repaired.
    pub(super) fn open(folder: &Path, id: &str, me: Holder) -> Result<(Self, Loaded), StoreError> {
        let paths = Paths::new(folder, id);
        let lock = match lock::acquire(&paths.lock, &me) {
            Ok(Lock::Acquired(lock)) => lock,
            Ok(Lock::Held(holder)) => return Self::open_read_only(id, paths, me, holder),
            // In a folder that cannot be written to, there is no other writer either.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
                ) =>
            {
                return Self::open_read_only(id, paths, me, None);
            }
            Err(error) => return Err(Operation::Lock.on(&paths.lock)(error)),
        };
        let loaded = recover::load(&paths)?;
        paths.remove_leftovers();
        let (seq, at) = (loaded.seq, me.since);
        let snapshot_seq = match (&loaded.snapshot, &loaded.journal) {
            (_, JournalState::Unusable) => Some(seq),
            (SnapshotState::Intact(seq), _) => Some(*seq),
            (SnapshotState::Invalid | SnapshotState::Missing, _) => None,
        };
        let journal = repair(&paths, &loaded, at)?;
        let access = Access::Writer(Box::new(Writer::new(lock, journal)));
        let mut file = Self { id: id.to_owned(), paths, me, seq, snapshot_seq, access };
        if !matches!(loaded.snapshot, SnapshotState::Intact(_)) {
            file.snapshot(&loaded.session, at)?;
        }
        if !file.is_snapshot_current()
            && let Some(writer) = file.writer()
        {
            // The process that wrote these edits did not exit normally and may not have synced them.
            writer.journal.sync();
        }
        Ok((file, loaded))
    }

    fn open_read_only(
        id: &str,
        paths: Paths,
        me: Holder,
        holder: Option<Holder>,
    ) -> Result<(Self, Loaded), StoreError> {
        let loaded = recover::load(&paths)?;
        let (seq, access) = (loaded.seq, Access::ReadOnly(holder));
        let file = Self { id: id.to_owned(), paths, me, seq, snapshot_seq: Some(seq), access };
        // Damage is repaired, and reported, by the process that opens the session for writing.
        Ok((file, Loaded { notice: None, ..loaded }))
    }

    /// A session that is not stored anywhere; its path names no file.
    pub(super) fn in_memory(id: &str) -> Self {
        let me = Holder { pid: std::process::id(), by: String::new(), since: Timestamp::UNIX_EPOCH };
        let paths = Paths::new(&PathBuf::new(), id);
        Self { id: id.to_owned(), paths, me, seq: 0, snapshot_seq: Some(0), access: Access::Memory }
    }

    /// The id of the session.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The path of the snapshot.
    pub fn path(&self) -> &Path {
        &self.paths.snapshot
    }

    /// The sequence number of the last edit.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// If the session is open read-only: who has it open for writing, if known.
    pub fn read_only(&self) -> Option<Option<&Holder>> {
        match &self.access {
            Access::ReadOnly(holder) => Some(holder.as_ref()),
            Access::Writer(_) | Access::Memory => None,
        }
    }

    /// Why edits are not stored; `None` if they are.
    pub fn failure(&self) -> Option<&str> {
        match &self.access {
            Access::Writer(writer) => writer.failure(),
            Access::ReadOnly(_) | Access::Memory => None,
        }
    }

    /// Whether the snapshot contains every edit.
    pub fn is_snapshot_current(&self) -> bool {
        self.snapshot_seq == Some(self.seq)
    }

    fn writer(&mut self) -> Option<&mut Writer> {
        match &mut self.access {
            Access::Writer(writer) => Some(writer),
            Access::ReadOnly(_) | Access::Memory => None,
        }
    }

    /// Passes an edit to the operating system with one write. If that fails, [`failure`](Self::failure) says
    /// why, and the edit is written with the next one or by [`retry`](Self::retry).
    pub(super) fn append(&mut self, edit: &Edit, origin: Origin, at: Timestamp) {
        self.seq += 1;
        if let Access::Writer(writer) = &mut self.access {
            let (by, edit) = (Cow::Borrowed(self.me.by.as_str()), Cow::Borrowed(edit));
            writer.append(&journal::record_line(&Record { seq: self.seq, at, by, origin, edit }));
        }
    }

    /// Starts to sync the journal; does not wait.
    pub(super) fn sync_soon(&mut self) {
        if let Some(writer) = self.writer() {
            writer.journal.sync_now();
        }
    }

    /// After a failure, tries again to store every edit. If the files are gone, they are created again from
    /// `session`.
    pub(super) fn retry(&mut self, session: &Session, at: Timestamp) {
        let Access::Writer(writer) = &mut self.access else { return };
        let rewritten = match writer.retry(&self.paths, &self.me) {
            Retried::Done => return,
            Retried::NeedsSnapshot => self.snapshot(session, at),
            Retried::NeedsFiles => self.snapshot(session, at).and_then(|()| self.restart_journal(session)),
        };
        if let Some(writer) = self.writer() {
            writer.rewritten(rewritten);
        }
    }

    /// Replaces the snapshot atomically. Does nothing in a session that is read-only or in memory.
    ///
    /// # Errors
    /// If it cannot be written; the old one is then unchanged.
    pub(super) fn snapshot(&mut self, session: &Session, at: Timestamp) -> Result<(), StoreError> {
        let journal_length = match &self.access {
            Access::ReadOnly(_) => return Ok(()),
            Access::Memory => 0,
            Access::Writer(writer) => {
                files::write_whole(&self.paths.snapshot, &snapshot::text(session, self.seq, at), true)?;
                writer.journal.length()
            }
        };
        self.snapshot_seq = Some(self.seq);
        if journal_length > LONG_JOURNAL {
            files::rename_aside(&self.paths.journal, "before", &stamp(at))?;
            self.restart_journal(session)?;
        }
        Ok(())
    }

    fn restart_journal(&mut self, session: &Session) -> Result<(), StoreError> {
        match &mut self.access {
            Access::Writer(writer) => writer.restart_journal(&self.paths, session, self.seq),
            Access::ReadOnly(_) | Access::Memory => Ok(()),
        }
    }

    /// Writes a copy of the session to `path`, which must not exist.
    ///
    /// # Errors
    /// If the path exists or cannot be written.
    pub(super) fn save_elsewhere(
        &self,
        path: &Path,
        session: &Session,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if path.symlink_metadata().is_ok() {
            return Err(Operation::Write.on(path)(io::ErrorKind::AlreadyExists.into()));
        }
        files::write_whole(path, &snapshot::text(session, self.seq, at), true)
    }
}

impl fmt::Debug for SessionFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionFile")
            .field("path", &self.path())
            .field("seq", &self.seq)
            .finish_non_exhaustive()
    }
}
