//! Brings the files of a session into a condition in which they can be written to. Damaged files are kept.

use jiff::Timestamp;

use super::error::StoreError;
use super::files;
use super::journal;
use super::journal_file::{AppendError, JournalFile};
use super::paths::Paths;
use super::recover::{JournalState, Loaded, SnapshotState};
use super::restart::{Restarted, restarted};
use super::snapshot;

/// A journal that can be written to.
pub(super) struct Repaired {
    /// The journal.
    pub journal: JournalFile,
    /// Its id and its content, if it is a new one.
    pub restarted: Option<(String, Restarted)>,
}

/// Opens the journal for appending, repairing or replacing it if necessary, and keeps a copy of an invalid
/// snapshot. The snapshot itself is left for the caller to rewrite.
pub(super) fn repair(paths: &Paths, loaded: &Loaded, at: Timestamp) -> Result<Repaired, StoreError> {
    let stamp = stamp(at);
    match loaded.snapshot {
        SnapshotState::Invalid => drop(files::copy_aside(&paths.snapshot, "damaged", &stamp)?),
        SnapshotState::Unmerged => drop(files::copy_aside(&paths.snapshot, "before", &stamp)?),
        SnapshotState::Intact(_) | SnapshotState::Changed | SnapshotState::Missing => {}
    }
    let as_is = |journal| Repaired { journal, restarted: None };
    match loaded.journal {
        JournalState::Intact(length) => JournalFile::open(&paths.journal, length).map(as_is),
        JournalState::Unterminated(length) => {
            let mut journal = JournalFile::open(&paths.journal, length)?;
            journal.append(b"\n").map_err(|error| match error {
                AppendError::Io(error) => super::error::Operation::Write.on(&paths.journal)(error),
                AppendError::Replaced => {
                    super::error::Operation::Write.on(&paths.journal)(std::io::ErrorKind::NotFound.into())
                }
            })?;
            Ok(as_is(journal))
        }
        JournalState::Torn(length) => {
            files::copy_aside(&paths.journal, "damaged", &stamp)?;
            JournalFile::open(&paths.journal, length).map(as_is)
        }
        JournalState::Unusable => {
            // The snapshot comes first, so that the disk never holds less than before.
            let text = snapshot::text(&loaded.session, loaded.seq, "");
            files::write_whole(&paths.snapshot, &text, true)?;
            files::rename_aside(&paths.journal, "damaged", &stamp)?;
            restart(paths, loaded, at)
        }
        JournalState::Old | JournalState::Missing => restart(paths, loaded, at),
    }
}

/// A new journal for the session as it was loaded.
fn restart(paths: &Paths, loaded: &Loaded, at: Timestamp) -> Result<Repaired, StoreError> {
    let id = journal::new_id();
    let new = restarted(&loaded.session, &loaded.history, loaded.seq, &id, "", at);
    let journal = JournalFile::create(&paths.journal, &new.text)?;
    Ok(Repaired { journal, restarted: Some((id, new)) })
}

/// The time as part of the name of a file that is kept.
pub(super) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}
