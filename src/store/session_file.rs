//! The files of an open session: every edit is appended to the journal before it is shown.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::session::{Edit, History, Origin, Session};

use super::author::{Author, Me};
use super::error::{Operation, StoreError, describe, storing_reason};
use super::evidence::EvidenceFolder;
use super::files::{self, Seen};
use super::forget::{self, FormerWords};
use super::git;
use super::journal::{self, Mark, Record};
use super::journal_file::JournalFile;
use super::lock::{self, Holder, Lock, LockFile};
use super::paths::Paths;
use super::recover::{self, Loaded, SnapshotState};
use super::repair::{repair, stamp};
use super::restart::{Restarted, restarted};
use super::snapshot;
use super::writer::Writer;

/// When a snapshot is written, a journal longer than this many bytes (about a hundred thousand keystrokes) is
/// set aside and a new one started with the last steps, which keeps opening fast.
const LONG_JOURNAL: u64 = 16 * 1024 * 1024;

/// The files of an open session.
pub struct SessionFile {
    id: String,
    paths: Paths,
    holder: Holder,
    author: Author,
    seq: u64,
    /// The sequence number of the last edit in the snapshot.
    snapshot_seq: Option<u64>,
    /// The text of the snapshot as it was last read or written.
    saved: Vec<u8>,
    /// The checksum in the last mark of the journal.
    marked: Option<String>,
    /// What the snapshot looked like from outside then.
    seen: Option<Seen>,
    journal_id: String,
    /// The checksums of the records in the journal, by sequence number.
    known: HashMap<u64, u32>,
    access: Access,
}

/// Why a session cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// Another process has it open: who, if known.
    Held(Option<Holder>),
    /// Its files cannot be locked or written, for this reason.
    Failed(String),
}

enum Access {
    ReadOnly(ReadOnly),
    Writer(Box<Writer>),
    /// The session is not stored anywhere.
    Memory,
}

/// What [`SessionFile::append`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appended {
    /// Everything is as expected, or the failure is known.
    Done,
    /// The journal is no longer the file that was written to: everything has to be written again.
    Replaced,
}

impl SessionFile {
    /// Creates the files of a new session; `None` if the id is in use.
    pub(super) fn create(
        folder: &Path,
        id: &str,
        session: &Session,
        holder: &Holder,
    ) -> Result<Option<Self>, StoreError> {
        let paths = Paths::new(folder, id);
        if paths.are_used() {
            return Ok(None);
        }
        let lock = match lock::acquire_new(&paths.lock, holder).map_err(Operation::Write.on(&paths.lock))? {
            Lock::Acquired(lock) => lock,
            Lock::Held(_) => return Ok(None),
        };
        let journal_id = journal::new_id();
        let created = Self::created(&paths, session, &journal_id, lock);
        let writer = match created {
            Ok(writer) => writer,
            Err(error) => {
                paths.remove();
                return Err(error);
            }
        };
        let access = Access::Writer(Box::new(writer));
        let author = Author::known(holder.by.clone());
        let mut file = Self {
            id: id.to_owned(),
            paths,
            holder: holder.clone(),
            author,
            seq: 0,
            snapshot_seq: None,
            saved: Vec::new(),
            marked: None,
            seen: None,
            journal_id,
            known: HashMap::new(),
            access,
        };
        if let Err(error) = file.snapshot(session, &History::default(), holder.since) {
            file.paths.remove();
            return Err(error);
        }
        Ok(Some(file))
    }

    fn created(paths: &Paths, session: &Session, id: &str, lock: LockFile) -> Result<Writer, StoreError> {
        // Writing the snapshot syncs the folder.
        let head = journal::head_line(session, 0, id);
        files::write_without_folder_sync(&paths.journal, &head, true)?;
        let journal = JournalFile::open(&paths.journal, head.len() as u64)?;
        Ok(Writer::new(lock, journal))
    }

    /// Opens a session: for writing if possible, else read-only. Damaged files are repaired. Changes that
    /// another program made are in [`Loaded::outside`]; the caller makes them.
    pub(super) fn open(folder: &Path, id: &str, me: Me) -> Result<(Self, Loaded), StoreError> {
        let paths = Paths::new(folder, id);
        let is_new_lock = paths.lock.symlink_metadata().is_err();
        let lock = match lock::acquire(&paths.lock, &me.holder) {
            Ok(Lock::Acquired(lock)) => lock,
            Ok(Lock::Held(holder)) => return Self::open_read_only(id, paths, me, ReadOnly::Held(holder)),
            Err(error) => {
                let reason = ReadOnly::Failed(describe(&error));
                return Self::open_read_only(id, paths, me, reason);
            }
        };
        let mut loaded = match recover::load_for_writing(&paths) {
            Ok(loaded) => loaded,
            Err(error) => {
                if is_new_lock {
                    paths.remove_lock();
                }
                return Err(error);
            }
        };
        paths.remove_leftovers();
        let folder = files::parent(&paths.snapshot);
        // In a repository, git sets the modes.
        if !git::is_in_work_tree(&folder) && files::make_private(&[&paths.snapshot, &paths.journal], &folder)
        {
            let notice = "Others could read or change this session's files: now only you can.";
            loaded.notice.get_or_insert_with(|| notice.to_owned());
        }
        match repair(&paths, &loaded, me.holder.since) {
            Ok(repaired) => {
                let writer = Writer::new(lock, repaired.journal);
                let mut file = Self::opened(id, paths, me, &mut loaded, Access::Writer(Box::new(writer)));
                if let Some((id, restarted)) = repaired.restarted {
                    (file.journal_id, file.seq, file.known) = (id, restarted.seq, restarted.known);
                }
                Ok((file, loaded))
            }
            Err(error) => {
                drop(lock);
                Self::open_read_only(id, paths, me, ReadOnly::Failed(storing_reason(&error)))
            }
        }
    }

    fn opened(id: &str, paths: Paths, me: Me, loaded: &mut Loaded, access: Access) -> Self {
        let saved = std::mem::take(&mut loaded.saved);
        let (saved, snapshot_seq) = match loaded.snapshot {
            SnapshotState::Intact(seq) => (saved, Some(seq)),
            SnapshotState::Changed => (saved, None),
            SnapshotState::Unmerged | SnapshotState::Invalid | SnapshotState::Missing => (Vec::new(), None),
        };
        let seen = Seen::of(&paths.snapshot);
        Self {
            id: id.to_owned(),
            paths,
            holder: me.holder,
            author: me.author,
            seq: loaded.seq,
            snapshot_seq,
            saved,
            marked: loaded.marked.clone(),
            seen,
            journal_id: loaded.journal_id.clone().unwrap_or_default(),
            known: std::mem::take(&mut loaded.known),
            access,
        }
    }

    fn open_read_only(id: &str, paths: Paths, me: Me, why: ReadOnly) -> Result<(Self, Loaded), StoreError> {
        let mut loaded = recover::load(&paths)?.with_outside();
        let file = Self::opened(id, paths, me, &mut loaded, Access::ReadOnly(why));
        // Damage is repaired, and reported, by the process that opens the session for writing.
        Ok((file, Loaded { notice: None, ..loaded }))
    }

    /// A session that is not stored anywhere; its path names no file.
    pub(super) fn in_memory(id: &str) -> Self {
        let holder = Holder { pid: std::process::id(), by: String::new(), since: Timestamp::UNIX_EPOCH };
        Self {
            id: id.to_owned(),
            paths: Paths::new(&PathBuf::new(), id),
            holder,
            author: Author::known(""),
            seq: 0,
            snapshot_seq: Some(0),
            saved: Vec::new(),
            marked: None,
            seen: None,
            journal_id: String::new(),
            known: HashMap::new(),
            access: Access::Memory,
        }
    }

    /// The id of the session.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The path of the snapshot.
    pub fn path(&self) -> &Path {
        &self.paths.snapshot
    }

    /// The folder of the files that serve as evidence.
    pub(super) fn evidence(&self) -> EvidenceFolder {
        EvidenceFolder::new(self.paths.evidence.clone())
    }

    /// The sequence number of the last edit.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// The author of the edits.
    pub(super) fn author(&mut self) -> &str {
        self.author.name()
    }

    /// Sets the author of the edits.
    pub(super) fn set_author(&mut self, author: Author) {
        self.author = author;
    }

    /// Why the session cannot be changed; `None` if it can.
    pub fn read_only(&self) -> Option<&ReadOnly> {
        match &self.access {
            Access::ReadOnly(why) => Some(why),
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
    /// why, and the edit is written with the next one or by a retry.
    pub(super) fn append(&mut self, edit: &Edit, origin: Origin, at: Timestamp) -> Appended {
        self.seq += 1;
        let Access::Writer(writer) = &mut self.access else { return Appended::Done };
        let (by, edit) = (Cow::Borrowed(self.author.name()), Cow::Borrowed(edit));
        let line = journal::record_line(&Record { seq: self.seq, at, by, origin, edit });
        self.known.insert(self.seq, journal::sum_of(&line));
        writer.append(&line);
        if writer.is_replaced() { Appended::Replaced } else { Appended::Done }
    }

    /// Starts to sync the journal; does not wait.
    pub(super) fn sync_soon(&mut self) {
        if let Some(writer) = self.writer() {
            writer.journal.sync_now();
        }
    }

    /// Syncs the journal within a second, even though nothing was appended: the process that wrote it may not
    /// have synced it.
    pub(super) fn sync_later(&mut self) {
        if let Some(writer) = self.writer() {
            writer.journal.sync();
        }
    }

    /// After a failure, tries again to write what could not be written. Returns whether the whole session has
    /// to be written again.
    pub(super) fn retry(&mut self) -> bool {
        self.writer().is_some_and(Writer::retry)
    }

    /// Writes everything again: a snapshot, and a journal with the last steps. Files that another program put
    /// in place of ours are kept under another name.
    pub(super) fn rewrite(&mut self, session: &Session, history: &History, at: Timestamp) -> bool {
        let Access::Writer(writer) = &mut self.access else { return true };
        if !writer.lock_again(&self.paths, &self.holder) {
            return false;
        }
        let result = self.write_again(session, history, at);
        if let Some(writer) = self.writer() {
            writer.rewritten(result);
        }
        self.failure().is_none()
    }

    fn write_again(&mut self, session: &Session, history: &History, at: Timestamp) -> Result<(), StoreError> {
        let is_ours = self.writer().is_some_and(|writer| writer.journal.is_present());
        if !is_ours && self.paths.journal.symlink_metadata().is_ok() {
            files::rename_aside(&self.paths.journal, "before", &stamp(at))?;
        }
        // The snapshot comes first, so that the disk never holds less than before.
        self.write_snapshot(session)?;
        self.restart_journal(session, history, at)?;
        self.mark(session, at);
        Ok(())
    }

    /// The files that were kept when those of the session were repaired or replaced.
    pub(super) fn kept(&self) -> Vec<PathBuf> {
        forget::kept(&self.paths)
    }

    /// The words that are in `session`, and that were in it according to its files.
    pub(super) fn former_words(&self, session: &Session) -> FormerWords {
        forget::former_words(&self.paths, &self.kept(), session)
    }

    /// Replaces the journal by one without steps, after the snapshot was written.
    ///
    /// # Errors
    /// If it cannot be written; the old one is then unchanged.
    pub(super) fn forget(&mut self, session: &Session, at: Timestamp) -> Result<(), StoreError> {
        // The snapshot comes first, so that the disk never holds less than before.
        self.write_snapshot(session)?;
        self.restart_journal(session, &History::default(), at)?;
        self.mark(session, at);
        Ok(())
    }

    /// Replaces the snapshot atomically if the content of the session differs from it, and marks it in the
    /// journal. Does nothing in a session that is read-only or in memory. Returns whether the journal was so
    /// long that the oldest steps can no longer be undone after a restart.
    ///
    /// # Errors
    /// If it cannot be written; the old one is then unchanged.
    pub(super) fn snapshot(
        &mut self,
        session: &Session,
        history: &History,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let length = match &self.access {
            Access::ReadOnly(_) => return Ok(false),
            Access::Memory => 0,
            Access::Writer(writer) => writer.journal.length(),
        };
        if matches!(self.access, Access::Writer(_)) {
            self.write_snapshot(session)?;
            self.mark(session, at);
        }
        self.snapshot_seq = Some(self.seq);
        if length > LONG_JOURNAL {
            files::rename_aside(&self.paths.journal, "before", &stamp(at))?;
            let is_cut = self.restart_journal(session, history, at)?;
            self.write_snapshot(session)?;
            self.mark(session, at);
            return Ok(is_cut);
        }
        Ok(false)
    }

    fn write_snapshot(&mut self, session: &Session) -> Result<(), StoreError> {
        let text = snapshot::text(session, self.seq, &self.journal_id);
        let is_same = snapshot::body(&text) == snapshot::body(&self.saved)
            && snapshot::is_current(&self.saved)
            && self.seen.is_some()
            && self.seen == Seen::of(&self.paths.snapshot);
        if !is_same {
            let size = text.len() as u64;
            if size > files::MAX_FILE {
                let (path, limit) = (self.paths.snapshot.clone(), files::MAX_FILE);
                return Err(StoreError::TooLarge { path, size, limit });
            }
            files::write_whole(&self.paths.snapshot, &text, true)?;
            self.seen = Seen::of(&self.paths.snapshot);
            self.saved = text;
        }
        self.snapshot_seq = Some(self.seq);
        Ok(())
    }

    /// Notes in the journal that the snapshot is ours.
    fn mark(&mut self, session: &Session, at: Timestamp) {
        let saved = snapshot::sum(&self.saved);
        if self.marked.as_ref() == Some(&saved) {
            return;
        }
        let Access::Writer(writer) = &mut self.access else { return };
        let (by, position) = (Cow::Borrowed(self.author.name()), Cow::Borrowed(session.position()));
        let line = journal::mark_line(&Mark { seq: self.seq, at, by, saved: saved.clone(), position });
        writer.append(&line);
        self.marked = Some(saved);
    }

    /// Starts a new journal; returns whether not all steps fit into it.
    fn restart_journal(
        &mut self,
        session: &Session,
        history: &History,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.journal_id = journal::new_id();
        let by = self.author.name().to_owned();
        let Restarted { text, seq, known, is_cut } =
            restarted(session, history, self.seq, &self.journal_id, &by, at);
        let Access::Writer(writer) = &mut self.access else { return Ok(false) };
        writer.replace_journal(JournalFile::create(&self.paths.journal, &text)?);
        (self.seq, self.known, self.marked) = (seq, known, None);
        Ok(is_cut)
    }

    /// The states that led another program's records in the journal from ours to theirs, if it wrote any.
    pub(super) fn foreign_records(&self) -> Option<(Session, Session)> {
        recover::foreign_records(&self.paths.journal, &self.known)
    }

    /// If another program changed the snapshot since it was last read or written: its content then, if known,
    /// and its content now.
    pub(super) fn changed_snapshot(&mut self) -> Option<(Option<Session>, Session)> {
        if !matches!(self.access, Access::Writer(_)) {
            return None;
        }
        let seen = Seen::of(&self.paths.snapshot);
        if seen == self.seen {
            return None;
        }
        let bytes = files::read_if_present(&self.paths.snapshot).ok()??;
        if bytes == self.saved {
            self.seen = seen;
            return None;
        }
        let theirs = recover::external(&self.paths.snapshot, &bytes)?;
        let base = snapshot::session(&self.saved).map(|(session, _)| session);
        // Whatever it was, it is kept in the session from here on; the next snapshot replaces it.
        (self.seen, self.saved) = (seen, bytes);
        self.snapshot_seq = None;
        Some((base, theirs))
    }

    /// Tells git that both versions of the snapshot are part of the session.
    pub(super) fn resolve_in_git(&self) {
        git::add(&self.paths.snapshot);
    }

    /// In a read-only session: tries to open it for writing, if the process that had it open is gone.
    pub(super) fn take_over(&mut self) -> Option<(Self, Loaded)> {
        let Access::ReadOnly(ReadOnly::Held(_)) = &self.access else { return None };
        if lock::is_held(&self.paths.lock) {
            return None;
        }
        let me = Me { holder: self.holder.clone(), author: Author::known(self.author.name()) };
        let folder = files::parent(&self.paths.snapshot);
        let (file, loaded) = Self::open(&folder, &self.id, me).ok()?;
        Some((file, loaded))
    }

    /// In a read-only session whose files changed: the session as it is now.
    pub(super) fn read_again(&mut self) -> Option<Loaded> {
        let Access::ReadOnly(_) = &self.access else { return None };
        let seen = Seen::of(&self.paths.journal);
        if seen == self.seen {
            return None;
        }
        self.seen = seen;
        recover::load(&self.paths).ok().map(Loaded::with_outside)
    }

    /// Writes a copy of the session to `path`, which must not exist.
    ///
    /// # Errors
    /// If the path exists or cannot be written.
    pub(super) fn save_elsewhere(&self, path: &Path, session: &Session) -> Result<(), StoreError> {
        if path.symlink_metadata().is_ok() {
            return Err(Operation::Write.on(path)(io::ErrorKind::AlreadyExists.into()));
        }
        files::write_whole(path, &snapshot::text(session, self.seq, &self.journal_id), true)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};

    fn me() -> Holder {
        Holder { pid: 7, by: "kim".into(), since: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn a_session_that_cannot_be_created_leaves_no_file_behind() {
        let dir = tempfile::tempdir().unwrap();
        let session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH);
        // The name of its journal is too long; those of its lock and its snapshot are not.
        let id = "a".repeat(248);
        assert!(SessionFile::create(dir.path(), &id, &session, &me()).is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_journal_of_an_open_session_is_synced_when_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let lock = lock::acquire(&dir.path().join(".boat.lock"), &me()).unwrap();
        let Lock::Acquired(lock) = lock else { panic!("it is held") };
        // Linux cannot sync this file, so each sync leaves a failure.
        let journal = JournalFile::open(Path::new("/dev/null"), 0).unwrap();
        let access = Access::Writer(Box::new(Writer::new(lock, journal)));
        let mut file = SessionFile { access, ..SessionFile::in_memory("boat") };
        let fails = |file: &mut SessionFile| {
            let tries = std::iter::repeat_with(|| {
                std::thread::sleep(std::time::Duration::from_millis(5));
                file.writer().and_then(|writer| writer.journal.sync_failure())
            });
            tries.take(2000).any(|failure| failure.is_some())
        };
        file.sync_later();
        assert!(fails(&mut file));
        file.sync_soon();
        assert!(fails(&mut file));
    }

    #[test]
    fn a_session_file_is_logged_by_its_path_without_its_content() {
        let text = format!("{:?}", SessionFile::in_memory("boat"));
        assert_eq!(text, "SessionFile { path: \"boat.json\", seq: 0, .. }");
    }
}
