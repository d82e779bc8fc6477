//! A session that is open: every edit goes to its journal before it is shown.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::session::{Edit, History, Origin, Session};

use super::error::{StoreError, plain};
use super::files::{self, Identity};
use super::journal::{self, Record};
use super::lock::{self, Holder, Taken};
use super::recover::{self, JournalState, Loaded};
use super::snapshot;
use super::sync::Syncer;

/// A journal longer than this, in bytes, is kept beside when a snapshot is written, and a new one begun: starting stays fast.
/// About a hundred thousand keys; what was typed before can then not be undone after a restart.
const LONG_JOURNAL: u64 = 16 * 1024 * 1024;

/// A session just opened.
pub struct Opened {
    /// The session.
    pub session: Session,
    /// What can be taken back.
    pub history: History,
    /// Its files.
    pub file: SessionFile,
    /// What to tell the reviewer, once.
    pub notice: Option<String>,
}

/// The files of a session that is open.
pub struct SessionFile {
    paths: Paths,
    me: Holder,
    seq: u64,
    /// The seq that the last snapshot has.
    saved_seq: Option<u64>,
    access: Access,
}

#[derive(Clone)]
struct Paths {
    snapshot: PathBuf,
    journal: PathBuf,
    lock: PathBuf,
}

enum Access {
    /// Another process writes; who, if it says so.
    ReadOnly(Option<Holder>),
    Writer(Box<Writer>),
}

struct Writer {
    /// Holds the lock as long as it is open.
    lock: File,
    journal: Option<JournalFile>,
    /// Records that could not be written yet.
    pending: Vec<u8>,
    failure: Option<String>,
    /// Why a sync failed: what was written before it may be lost, until a snapshot has all of it.
    sync_failure: Option<String>,
}

struct JournalFile {
    file: File,
    identity: Identity,
    /// How many bytes are known to be whole records.
    length: u64,
    /// Whether half a record may stand behind them, because it could not be cut off.
    torn: bool,
    syncer: Syncer,
}

impl SessionFile {
    /// Makes the files of a new session; `None` if the id is taken.
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
        let lock = match lock::claim(&paths.lock, &me).map_err(StoreError::io(&paths.lock, "cannot write"))? {
            Taken::Ours(lock) => lock,
            Taken::Held(_) => return Ok(None),
        };
        let at = me.since;
        let writer = Writer { lock, journal: None, pending: Vec::new(), failure: None, sync_failure: None };
        let mut file = Self { paths, me, seq: 0, saved_seq: None, access: Access::Writer(Box::new(writer)) };
        let head = journal::head_line(session, file.seq);
        files::place_whole(&file.paths.journal, &head, true)?;
        file.resume_journal(head.len() as u64)?;
        file.snapshot(session, at)?;
        Ok(Some(file))
    }

    /// Opens a session: to write if nobody else does, else read-only. Damaged files are kept beside and made anew.
    pub(super) fn open(folder: &Path, id: &str, me: Holder) -> Result<Opened, StoreError> {
        let paths = Paths::new(folder, id);
        let lock = match lock::take(&paths.lock, &me) {
            Ok(Taken::Ours(lock)) => lock,
            Ok(Taken::Held(holder)) => return Self::open_read_only(paths, me, holder),
            // In a folder that nobody may write into, nobody else writes either.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
                ) =>
            {
                return Self::open_read_only(paths, me, None);
            }
            Err(error) => return Err(StoreError::io(&paths.lock, "cannot lock")(error)),
        };
        let loaded = recover::load(&paths.snapshot, &paths.journal)?;
        remove_leftovers(&paths);
        let writer = Writer { lock, journal: None, pending: Vec::new(), failure: None, sync_failure: None };
        let saved_seq = loaded.snapshot_seq;
        let mut file =
            Self { paths, me, seq: loaded.seq, saved_seq, access: Access::Writer(Box::new(writer)) };
        file.mend(&loaded)?;
        if !file.is_snapshot_current()
            && let Some(syncer) = file.syncer()
        {
            // The program that wrote these edits did not leave in order, and may not have synced them.
            syncer.written();
        }
        Ok(Opened { session: loaded.session, history: loaded.history, file, notice: loaded.notice })
    }

    fn open_read_only(paths: Paths, me: Holder, holder: Option<Holder>) -> Result<Opened, StoreError> {
        let loaded = recover::load(&paths.snapshot, &paths.journal)?;
        let file = Self {
            paths,
            me,
            seq: loaded.seq,
            saved_seq: Some(loaded.seq),
            access: Access::ReadOnly(holder),
        };
        Ok(Opened { session: loaded.session, history: loaded.history, file, notice: None })
    }

    /// Keeps what is damaged beside, and goes on with files that are whole.
    fn mend(&mut self, loaded: &Loaded) -> Result<(), StoreError> {
        let stamp = self.me.since.strftime("%Y%m%dT%H%M%S").to_string();
        let paths = self.paths.clone();
        if loaded.snapshot_is_odd {
            files::copy_beside(&paths.snapshot, "damaged", &stamp)?;
        }
        match loaded.journal {
            JournalState::Whole(length) => self.resume_journal(length)?,
            JournalState::Unterminated(length) => {
                self.resume_journal(length)?;
                self.end_line().map_err(StoreError::io(&paths.journal, "cannot write"))?;
            }
            JournalState::Torn(length) => {
                files::copy_beside(&paths.journal, "damaged", &stamp)?;
                self.resume_journal(length)?;
            }
            JournalState::Unusable => {
                // The snapshot comes first: at no instant is there less on disk than before.
                self.snapshot(&loaded.session, self.me.since)?;
                files::keep_beside(&paths.journal, "damaged", &stamp)?;
                self.begin_journal(&loaded.session)?;
            }
            JournalState::Missing => self.begin_journal(&loaded.session)?,
        }
        if loaded.snapshot_is_odd || loaded.snapshot_is_missing {
            self.snapshot(&loaded.session, self.me.since)?;
        }
        Ok(())
    }

    /// The snapshot's path.
    pub fn path(&self) -> &Path {
        &self.paths.snapshot
    }

    /// The number of the last edit.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Who else has the session open, if it is open read-only here; the inner `None` if it is not known who.
    pub fn read_only(&self) -> Option<Option<&Holder>> {
        match &self.access {
            Access::ReadOnly(holder) => Some(holder.as_ref()),
            Access::Writer(_) => None,
        }
    }

    /// Why edits are not on disk; `None` if they are.
    pub fn failure(&self) -> Option<&str> {
        match &self.access {
            Access::Writer(writer) => writer.failure.as_deref(),
            Access::ReadOnly(_) => None,
        }
    }

    /// Whether the snapshot is as new as the journal.
    pub fn is_snapshot_current(&self) -> bool {
        self.saved_seq == Some(self.seq)
    }

    /// Hands an edit to the operating system, with one write. If that fails, [`failure`](Self::failure) says why, and
    /// the edit is written with the next one or by [`retry`](Self::retry).
    pub fn append(&mut self, edit: &Edit, origin: Origin, at: Timestamp) {
        self.seq += 1;
        let by = Cow::Borrowed(self.me.by.as_str());
        let line = journal::record_line(&Record { seq: self.seq, at, by, origin, edit: Cow::Borrowed(edit) });
        let path = self.paths.journal.clone();
        if let Access::Writer(writer) = &mut self.access {
            writer.pending.extend_from_slice(&line);
            writer.flush(&path);
        }
    }

    /// Asks for the journal to be on the disk itself soon; does not wait.
    pub fn sync_soon(&mut self) {
        if let Some(syncer) = self.syncer() {
            syncer.now();
        }
    }

    fn syncer(&mut self) -> Option<&mut Syncer> {
        match &mut self.access {
            Access::Writer(writer) => writer.journal.as_mut().map(|journal| &mut journal.syncer),
            Access::ReadOnly(_) => None,
        }
    }

    /// Tries again to write what could not be written; if the files are gone, makes them anew from `session`.
    pub fn retry(&mut self, session: &Session, at: Timestamp) {
        let path = self.paths.journal.clone();
        let Access::Writer(writer) = &mut self.access else { return };
        if writer.failure.is_none() {
            return;
        }
        let alive = writer.journal.as_ref().is_some_and(|journal| journal.identity.is_at(&path));
        if alive && !writer.pending.is_empty() && writer.flush(&path) {
            return;
        }
        // Either the journal is gone, or it cannot be trusted to have reached the disk: all of the session is
        // written anew, which is as good as the journal.
        if alive && !writer.pending.is_empty() {
            return;
        }
        if !alive {
            // The lock went with the files: whoever has made new ones since may have the session open.
            match lock::take(&self.paths.lock, &self.me) {
                Ok(Taken::Ours(lock)) => writer.lock = lock,
                Ok(Taken::Held(_)) => {
                    writer.failure = Some("another Querist has this session open now".to_owned());
                    return;
                }
                Err(error) => {
                    writer.failure = Some(gone_or(&error));
                    return;
                }
            }
        }
        let anew = self
            .snapshot(session, at)
            .and_then(|()| if alive { Ok(()) } else { self.begin_journal(session) });
        if let Access::Writer(writer) = &mut self.access {
            match anew {
                Ok(()) => {
                    (writer.failure, writer.sync_failure) = (None, None);
                    writer.pending.clear();
                }
                Err(error) => writer.failure = Some(reason(&error)),
            }
        }
    }

    /// Writes the snapshot, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written; then the old one stands. Read-only, nothing is done.
    pub fn snapshot(&mut self, session: &Session, at: Timestamp) -> Result<(), StoreError> {
        if self.read_only().is_some() {
            return Ok(());
        }
        files::write_whole(&self.paths.snapshot, &snapshot::text(session, self.seq, at), true)?;
        self.saved_seq = Some(self.seq);
        if self.journal_length() > LONG_JOURNAL {
            let stamp = at.strftime("%Y%m%dT%H%M%S").to_string();
            files::keep_beside(&self.paths.journal, "before", &stamp)?;
            self.begin_journal(session)?;
        }
        Ok(())
    }

    fn journal_length(&self) -> u64 {
        match &self.access {
            Access::Writer(writer) => writer.journal.as_ref().map_or(0, |journal| journal.length),
            Access::ReadOnly(_) => 0,
        }
    }

    /// Writes a copy of the session to another place, which must be free.
    ///
    /// # Errors
    /// If it cannot be written, or something stands there already.
    pub fn save_elsewhere(&self, path: &Path, session: &Session, at: Timestamp) -> Result<(), StoreError> {
        if path.symlink_metadata().is_ok() {
            let source = io::ErrorKind::AlreadyExists.into();
            return Err(StoreError::Io { path: path.to_owned(), action: "cannot write", source });
        }
        files::write_whole(path, &snapshot::text(session, self.seq, at), true)
    }

    fn begin_journal(&mut self, session: &Session) -> Result<(), StoreError> {
        let path = self.paths.journal.clone();
        let head = journal::head_line(session, self.seq);
        files::write_whole(&path, &head, true)?;
        self.resume_journal(head.len() as u64)
    }

    /// Ends the last line of the journal.
    fn end_line(&mut self) -> io::Result<()> {
        let path = self.paths.journal.clone();
        match &mut self.access {
            Access::Writer(writer) => {
                writer.journal.as_mut().map_or(Ok(()), |journal| journal.write(b"\n", &path))
            }
            Access::ReadOnly(_) => Ok(()),
        }
    }

    fn resume_journal(&mut self, length: u64) -> Result<(), StoreError> {
        let path = self.paths.journal.clone();
        let Access::Writer(writer) = &mut self.access else { return Ok(()) };
        let open = || -> io::Result<JournalFile> {
            let file = files::open_append(&path)?;
            let metadata = file.metadata()?;
            if metadata.len() > length {
                file.set_len(length)?;
            }
            let syncer = Syncer::new(file.try_clone()?);
            Ok(JournalFile { file, identity: Identity::of(&metadata), length, torn: false, syncer })
        };
        writer.journal = Some(open().map_err(StoreError::io(&path, "cannot write"))?);
        Ok(())
    }
}

impl Writer {
    /// Writes all pending records with one write; whether nothing is pending after it.
    fn flush(&mut self, path: &Path) -> bool {
        let result = match &mut self.journal {
            Some(journal) => journal.write(&self.pending, path),
            None => Err(io::ErrorKind::NotFound.into()),
        };
        match result {
            Ok(()) => {
                self.pending.clear();
                if let Some(error) = self.journal.as_ref().and_then(|journal| journal.syncer.failure()) {
                    self.sync_failure = Some(plain(&error));
                }
                self.failure.clone_from(&self.sync_failure);
                self.failure.is_none()
            }
            Err(error) => {
                self.failure = Some(gone_or(&error));
                false
            }
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(journal) = &mut self.journal {
            journal.syncer.now();
        }
        // The sync ends before the lock is lifted.
        drop(self.journal.take());
        let _ = self.lock.unlock();
    }
}

impl JournalFile {
    fn write(&mut self, bytes: &[u8], path: &Path) -> io::Result<()> {
        if !self.identity.is_at(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if self.torn {
            self.file.set_len(self.length)?;
            self.torn = false;
        }
        let written = loop {
            match self.file.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let result = match written {
            Ok(n) if n == bytes.len() => {
                self.length += n as u64;
                self.syncer.written();
                return Ok(());
            }
            Ok(_) => Err(io::ErrorKind::StorageFull.into()),
            Err(error) => Err(error),
        };
        // Half a record must not stand before the next one.
        self.torn = self.file.set_len(self.length).is_err();
        result
    }
}

impl Paths {
    fn new(folder: &Path, id: &str) -> Self {
        Self {
            snapshot: folder.join(format!("{id}.json")),
            journal: folder.join(format!("{id}.journal")),
            lock: folder.join(format!(".{id}.lock")),
        }
    }
}

/// Removes temporary files of snapshots that were never finished; the journal has what they have.
fn remove_leftovers(paths: &Paths) {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let prefixes = [&paths.snapshot, &paths.journal].map(|path| format!(".{}.tmp-", name(path)));
    let entries = std::fs::read_dir(files::parent(&paths.snapshot)).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if prefixes.iter().any(|prefix| name.starts_with(prefix.as_str())) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Why something could not be stored, in a few words for the header.
fn reason(error: &StoreError) -> String {
    match error {
        StoreError::Io { source, .. } => gone_or(source),
        other => other.to_string(),
    }
}

fn gone_or(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "the session's folder or journal is gone".to_owned(),
        _ => plain(error),
    }
}
