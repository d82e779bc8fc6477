//! Brings the files of a session into a condition in which they can be written to. Damaged files are kept.

use jiff::Timestamp;

use super::error::{Operation, StoreError};
use super::files;
use super::journal_file::JournalFile;
use super::paths::Paths;
use super::recover::{JournalState, Loaded, SnapshotState};
use super::snapshot;

/// Opens the journal for appending, repairing or replacing it if necessary, and keeps a copy of an invalid
/// snapshot. The snapshot itself is left for the caller to rewrite.
pub(super) fn repair(paths: &Paths, loaded: &Loaded, at: Timestamp) -> Result<JournalFile, StoreError> {
    let stamp = stamp(at);
    if loaded.snapshot == SnapshotState::Invalid {
        files::copy_aside(&paths.snapshot, "damaged", &stamp)?;
    }
    match loaded.journal {
        JournalState::Intact(length) => JournalFile::open(&paths.journal, length),
        JournalState::Unterminated(length) => {
            let mut journal = JournalFile::open(&paths.journal, length)?;
            journal.append(b"\n").map_err(Operation::Write.on(&paths.journal))?;
            Ok(journal)
        }
        JournalState::Torn(length) => {
            files::copy_aside(&paths.journal, "damaged", &stamp)?;
            JournalFile::open(&paths.journal, length)
        }
        JournalState::Unusable => {
            // The snapshot comes first, so that the disk never holds less than before.
            let text = snapshot::text(&loaded.session, loaded.seq, at);
            files::write_whole(&paths.snapshot, &text, true)?;
            files::rename_aside(&paths.journal, "damaged", &stamp)?;
            JournalFile::create(&paths.journal, &loaded.session, loaded.seq)
        }
        JournalState::Missing => JournalFile::create(&paths.journal, &loaded.session, loaded.seq),
    }
}

/// The time as part of the name of a file that is kept.
pub(super) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}
