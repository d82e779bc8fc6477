//! The journal of an open session: records are appended to it whole, and synced soon after.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::error::{Operation, StoreError};
use super::files::{self, Identity};
use super::sync::Syncer;

/// Why records were not appended.
#[derive(Debug)]
pub(super) enum AppendError {
    /// The file is gone, or another program replaced, cut or extended it.
    Replaced,
    /// The operating system reported an error.
    Io(io::Error),
}

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
    /// Creates a journal with this text, replacing the file at `path` if there is one.
    pub(super) fn create(path: &Path, text: &[u8]) -> Result<Self, StoreError> {
        files::write_whole(path, text, true)?;
        Self::open(path, text.len() as u64)
    }

    /// Opens a journal whose intact lines are `length` bytes long; whatever follows them is cut off.
    pub(super) fn open(path: &Path, length: u64) -> Result<Self, StoreError> {
        files::separate(path)?;
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
    ///
    /// # Errors
    /// If that fails, or if the file is no longer the one that was written to.
    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), AppendError> {
        if self.is_torn && self.identity.is_at(&self.path) {
            self.file.set_len(self.length).map_err(AppendError::Io)?;
            self.is_torn = false;
        }
        if !self.is_present() {
            return Err(AppendError::Replaced);
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
            Ok(_) => Err(AppendError::Io(io::ErrorKind::StorageFull.into())),
            Err(error) => Err(AppendError::Io(error)),
        };
        // A partial record must not precede the next one.
        self.is_torn = self.file.set_len(self.length).is_err();
        result
    }

    /// Whether the path still names this file, and nobody else wrote to it or cut it.
    pub(super) fn is_present(&self) -> bool {
        self.identity.is_at_with_length(&self.path, self.length)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn create(dir: &tempfile::TempDir) -> (PathBuf, JournalFile) {
        let path = dir.path().join("boat.journal");
        let journal = JournalFile::create(&path, b"head\n").unwrap();
        (path, journal)
    }

    #[test]
    fn a_partial_record_is_cut_off_before_the_next_one_but_what_somebody_else_wrote_is_not() {
        for (is_torn, expected) in [(true, "head\nnext\n"), (false, "head\npart")] {
            let dir = tempfile::tempdir().unwrap();
            let (path, mut journal) = create(&dir);
            std::fs::write(&path, "head\npart").unwrap();
            journal.is_torn = is_torn;
            match journal.append(b"next\n") {
                Ok(()) => assert!(is_torn),
                Err(AppendError::Replaced) => assert!(!is_torn),
                Err(AppendError::Io(error)) => panic!("{error}"),
            }
            assert_eq!(std::fs::read_to_string(&path).unwrap(), expected);
        }
    }

    #[test]
    fn what_follows_the_intact_lines_is_cut_off_when_a_journal_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let (path, journal) = create(&dir);
        drop(journal);
        std::fs::write(&path, "head\npart").unwrap();
        let mut journal = JournalFile::open(&path, 5).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "head\n");
        journal.append(b"next\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "head\nnext\n");
        assert_eq!(journal.length(), 10);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_write_to_a_full_disk_fails_and_does_not_count() {
        let mut journal = JournalFile::open(Path::new("/dev/full"), 0).unwrap();
        let Err(AppendError::Io(error)) = journal.append(b"line\n") else { panic!("it was written") };
        assert_eq!((error.kind(), journal.length()), (io::ErrorKind::StorageFull, 0));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_journal_is_synced_after_each_record_and_when_asked_for() {
        // Linux cannot sync this file, so each sync leaves a failure.
        let mut journal = JournalFile::open(Path::new("/dev/null"), 0).unwrap();
        let fails = |journal: &JournalFile| {
            let tries = std::iter::repeat_with(|| {
                std::thread::sleep(std::time::Duration::from_millis(5));
                journal.sync_failure()
            });
            tries.take(2000).any(|failure| failure.is_some())
        };
        journal.append(b"line\n").unwrap();
        assert!(fails(&journal));
        journal.sync_now();
        assert!(fails(&journal));
        journal.sync();
        assert!(fails(&journal));
    }
}
