//! Restores a session from its snapshot and its journal, whatever condition they are in.
//!
//! Either file alone is enough. Damage to one never costs the records before it or anything in the other
//! file.

mod decide;
mod replay;
mod report;

use crate::session::{History, Session};

use super::error::{Operation, StoreError};
use super::files;
use super::journal;
use super::paths::Paths;
use super::snapshot;

pub(super) use decide::{JournalState, SnapshotState};

/// A session as read from its files.
#[derive(Debug)]
pub struct Loaded {
    /// The session.
    pub session: Session,
    /// The edits that can be undone.
    pub history: History,
    /// The sequence number of the last edit.
    pub seq: u64,
    /// The condition of the journal.
    pub(super) journal: JournalState,
    /// The condition of the snapshot.
    pub(super) snapshot: SnapshotState,
    /// What to tell the reviewer about damage, once, in one sentence.
    pub notice: Option<String>,
}

/// Reads a session without changing its files.
///
/// # Errors
/// If neither file can be read, or a newer program wrote one of them.
pub(super) fn load(paths: &Paths) -> Result<Loaded, StoreError> {
    let snapshot_bytes = files::read_if_present(&paths.snapshot)?;
    let journal_bytes = files::read_if_present(&paths.journal)?;
    if snapshot_bytes.is_none() && journal_bytes.is_none() {
        return Err(Operation::Read.on(&paths.snapshot)(std::io::ErrorKind::NotFound.into()));
    }
    let snapshot = snapshot_bytes.as_deref().map(snapshot::read);
    let snapshot_state = decide::snapshot_state(snapshot.as_ref());
    let journal = journal::read(journal_bytes.as_deref().unwrap_or_default());
    decide::refuse_newer(snapshot.as_ref(), &journal, paths)?;

    let head = journal.head.clone().zip(journal_bytes.as_deref()).map(|(range, bytes)| &bytes[range]);
    let start = decide::start(snapshot, head, paths)?;
    let replayed = replay::replay(start.session, start.seq, &journal.records);
    let journal_state = decide::journal_state(&journal, journal_bytes.as_deref(), &replayed);

    let has_damaged_head = journal_bytes.is_some() && journal.head.is_none();
    let notice = report::notice(&report::Findings {
        is_journal_damaged: has_damaged_head || !journal.damage.is_empty(),
        has_dropped: replayed.has_dropped,
        is_changed_outside: start.is_changed_outside,
        snapshot: snapshot_state,
    });
    Ok(Loaded {
        session: replayed.session,
        history: replayed.history,
        seq: replayed.seq,
        journal: journal_state,
        snapshot: snapshot_state,
        notice,
    })
}
