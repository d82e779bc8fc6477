//! Decides which state recovery starts from, and what can be done with the files.

use crate::session::Session;
use crate::store::error::StoreError;
use crate::store::journal::{self, Journal};
use crate::store::paths::Paths;
use crate::store::snapshot::Snapshot;

use super::replay::Replayed;

/// The condition of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum SnapshotState {
    /// The file is unchanged since it was written, and contains the edits up to this sequence number.
    Intact(u64),
    /// The file is damaged or was changed by another program: it must be kept and a new one written.
    Invalid,
    /// There is no file.
    Missing,
}

/// The condition of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum JournalState {
    /// Records can be appended at its end, at this length in bytes.
    Intact(u64),
    /// The same, after the missing line break at its end.
    Unterminated(u64),
    /// The end is damaged: records can be appended once it is cut to this length in bytes.
    Torn(u64),
    /// Nothing can be appended: it must be kept under another name and a new one started.
    Unusable,
    /// There is no file.
    Missing,
}

/// The state that recovery starts from.
pub(super) struct Start {
    /// The session.
    pub session: Session,
    /// The sequence number of its last edit.
    pub seq: u64,
    /// Whether it is from a snapshot that another program changed.
    pub is_changed_outside: bool,
}

/// The condition of a snapshot, `None` if there is no file.
pub(super) fn snapshot_state(snapshot: Option<&Snapshot>) -> SnapshotState {
    match snapshot {
        Some(Snapshot::Intact { seq, .. }) => SnapshotState::Intact(*seq),
        Some(Snapshot::Changed { .. } | Snapshot::Damaged { .. } | Snapshot::Newer { .. }) => {
            SnapshotState::Invalid
        }
        None => SnapshotState::Missing,
    }
}

/// Refuses files that a newer program wrote: this one would lose what it does not know.
pub(super) fn refuse_newer(
    snapshot: Option<&Snapshot>,
    journal: &Journal,
    paths: &Paths,
) -> Result<(), StoreError> {
    if let Some(version) = journal.newer {
        return Err(StoreError::Newer { path: paths.journal.clone(), version });
    }
    match snapshot {
        // With a damaged snapshot, the version may be part of the damage; a journal in a known format
        // decides.
        Some(Snapshot::Newer { version, is_intact }) if *is_intact || journal.head.is_none() => {
            Err(StoreError::Newer { path: paths.snapshot.clone(), version: *version })
        }
        Some(
            Snapshot::Newer { .. }
            | Snapshot::Intact { .. }
            | Snapshot::Changed { .. }
            | Snapshot::Damaged { .. },
        )
        | None => Ok(()),
    }
}

/// Chooses between the snapshot and the first line of the journal.
///
/// # Errors
/// If neither can be read.
pub(super) fn start(
    snapshot: Option<Snapshot>,
    head: Option<&[u8]>,
    paths: &Paths,
) -> Result<Start, StoreError> {
    let from_journal = || {
        let (session, seq) = head.and_then(journal::start)?;
        Some(Start { session, seq, is_changed_outside: false })
    };
    match snapshot {
        Some(Snapshot::Intact { session, seq }) => {
            let is_older = head.and_then(journal::start_seq).is_some_and(|start| start > seq);
            let newer = if is_older { from_journal() } else { None };
            Ok(newer.unwrap_or(Start { session: *session, seq, is_changed_outside: false }))
        }
        Some(Snapshot::Changed { session, seq }) => {
            Ok(from_journal().unwrap_or(Start { session: *session, seq, is_changed_outside: true }))
        }
        Some(Snapshot::Damaged { line, column, message }) => {
            let path = paths.snapshot.clone();
            from_journal().ok_or(StoreError::Unreadable { path, line, column, message })
        }
        Some(Snapshot::Newer { .. }) | None => from_journal().ok_or_else(|| {
            let message = "the first line of the journal is damaged, and there is no snapshot".to_owned();
            StoreError::Unreadable { path: paths.journal.clone(), line: 1, column: 1, message }
        }),
    }
}

/// Decides whether a journal can be continued after its records have been replayed.
pub(super) fn journal_state(journal: &Journal, bytes: Option<&[u8]>, replayed: &Replayed) -> JournalState {
    let Some(bytes) = bytes else { return JournalState::Missing };
    let head = journal.head.clone().map(|range| &bytes[range]);
    let last_seq = match journal.records.last() {
        Some(record) => Some(record.seq),
        None => head.and_then(journal::start_seq),
    };
    let is_behind = last_seq.is_some_and(|last| last != replayed.seq);
    if head.is_none() || replayed.has_dropped || replayed.has_gap || is_behind {
        return JournalState::Unusable;
    }
    let length = bytes.len() as u64;
    match journal.damage.as_slice() {
        [] if journal.is_unterminated => JournalState::Unterminated(length),
        [] => JournalState::Intact(length),
        [only] if only.end == bytes.len() && only.start > 0 && !journal.is_salvaged => {
            JournalState::Torn(only.start as u64)
        }
        _ => JournalState::Unusable,
    }
}
