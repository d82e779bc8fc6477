//! The journal of an open session: records are appended to it whole, and synced soon after.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::session::Session;

use super::error::{Operation, StoreError};
use super::files::{self, Identity};
use super::journal;
use super::sync::Syncer;

/// A journal that is open for appending.
pub(super) struct JournalFile {
    path: PathBuf,
    file: File,
    identity: Identity,
    /// The length of the intact lines, in bytes.
    length: u64,
    /// Whether a partial record may follow them because cutting it off failed.
    is_torn: bool,
    syncer: Syncer,
}

impl JournalFile {
    /// Creates a journal that starts from `session` as of edit `seq`, replacing the file at `path` if there
    /// is one.
    pub(super) fn create(path: &Path, session: &Session, seq: u64) -> Result<Self, StoreError> {
        let head = journal::head_line(session, seq);
        files::write_whole(path, &head, true)?;
        Self::open(path, head.len() as u64)
    }

    /// Opens a journal whose intact lines are `length` bytes long; whatever follows them is cut off.
    pub(super) fn open(path: &Path, length: u64) -> Result<Self, StoreError> {
        let open = || -> io::Result<Self> {
            let file = files::open_append(path)?;
            let metadata = file.metadata()?;
            if metadata.len() > length {
                file.set_len(length)?;
            }
            let syncer = Syncer::new(file.try_clone()?);
            let (path, identity) = (path.to_owned(), Identity::of(&metadata));
            Ok(Self { path, file, identity, length, is_torn: false, syncer })
        };
        open().map_err(Operation::Write.on(path))
    }

    /// Appends whole lines with one write. If it fails, the file is cut back to the lines before.
    pub(super) fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        if !self.is_present() {
            return Err(io::ErrorKind::NotFound.into());
        }
        if self.is_torn {
            self.file.set_len(self.length)?;
            self.is_torn = false;
        }
        let written = loop {
            match self.file.write(lines) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let result = match written {
            Ok(n) if n == lines.len() => {
                self.length += n as u64;
                self.syncer.written();
                return Ok(());
            }
            Ok(_) => Err(io::ErrorKind::StorageFull.into()),
            Err(error) => Err(error),
        };
        // A partial record must not precede the next one.
        self.is_torn = self.file.set_len(self.length).is_err();
        result
    }

    /// Whether the path still names this file.
    pub(super) fn is_present(&self) -> bool {
        self.identity.is_at(&self.path)
    }

    /// The length of the intact lines, in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Syncs the journal within a second, even though nothing was appended.
    pub(super) fn sync(&mut self) {
        self.syncer.written();
    }

    /// Starts a sync at once if something was appended; does not wait for it.
    pub(super) fn sync_now(&mut self) {
        self.syncer.now();
    }

    /// Takes the error of a sync that failed since the last call.
    pub(super) fn sync_failure(&self) -> Option<io::Error> {
        self.syncer.failure()
    }
}

impl Drop for JournalFile {
    fn drop(&mut self) {
        // Dropping the syncer waits for the sync.
        self.syncer.now();
    }
}
