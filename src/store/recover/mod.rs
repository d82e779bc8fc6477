//! Restores a session from its snapshot and its journal, whatever condition they are in.
//!
//! Either file alone is enough. Damage to one never costs the records before it or anything in the other
//! file. A snapshot that another program changed is compared with the journal, and the change becomes edits.

mod decide;
mod markers;
mod outside;
mod replay;
mod report;

use std::collections::HashMap;
use std::path::Path;

use crate::session::{Edit, History, Session, Stamp};

use super::error::{Operation, StoreError};
use super::files;
use super::git;
use super::journal;
use super::lines::lines;
use super::paths::Paths;
use super::snapshot;

pub(super) use decide::{JournalState, SnapshotState};
pub(super) use outside::{Outside, empty_base, last_change, outside};

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
    /// The text of the snapshot as it was read, if it could be.
    pub(super) saved: Vec<u8>,
    /// The checksums of the records in the journal, by sequence number; only for writing.
    pub(super) known: HashMap<u64, u32>,
    /// The checksum of the snapshot in the last mark of the journal.
    pub(super) marked: Option<String>,
    /// The id of the journal, if it has one.
    pub(super) journal_id: Option<String>,
    /// What another program changed in the snapshot; not yet part of the session.
    pub(super) outside: Option<Outside>,
    /// What to tell the reviewer about damage, once, in one sentence.
    pub notice: Option<String>,
}

impl Loaded {
    /// The line of each answer in the file of the session, or of its question if it has none, by the id of
    /// the question; and of each part of the page by its key in [`Changed`](crate::session::Changed).
    pub fn lines(&self) -> HashMap<String, usize> {
        std::str::from_utf8(&self.saved).map(lines).unwrap_or_default()
    }

    /// Makes the changes of other programs part of the session, for reading.
    pub(super) fn with_outside(mut self) -> Self {
        if let Some(outside) = self.outside.take() {
            // Edits that a merge makes fit the session that it merged into.
            let _ = self.session.apply(&Edit::All(outside.edits), &Stamp::default());
        }
        self
    }
}

/// Reads a session without changing its files.
///
/// # Errors
/// If neither file can be read, or a newer program wrote one of them.
pub(super) fn load(paths: &Paths) -> Result<Loaded, StoreError> {
    load_with(paths, false)
}

/// Creates the snapshot of a session again from its journal, if there is none.
///
/// # Errors
/// If the journal cannot be read, or the snapshot cannot be written.
pub(super) fn restore(paths: &Paths) -> Result<(), StoreError> {
    if paths.snapshot.symlink_metadata().is_ok() {
        return Ok(());
    }
    let journal = files::read_journal(&paths.journal)?.unwrap_or_default();
    let head = journal.head.as_deref();
    let start = head.and_then(journal::start).ok_or_else(|| decide::unreadable_head(paths))?;
    let replayed = replay::replay(start.0, start.1, &journal.records, &[]);
    let id = head.and_then(journal::id).unwrap_or_default();
    files::write_whole(&paths.snapshot, &snapshot::text(&replayed.session, replayed.seq, &id), true)
}

/// Like [`load`], and also asks git whether the snapshot is unmerged.
///
/// # Errors
/// The same as for [`load`].
pub(super) fn load_for_writing(paths: &Paths) -> Result<Loaded, StoreError> {
    load_with(paths, true)
}

fn load_with(paths: &Paths, for_writing: bool) -> Result<Loaded, StoreError> {
    let stages = if for_writing { git::stages(&paths.snapshot) } else { None };
    let snapshot_bytes = files::read_if_present(&paths.snapshot)?;
    let journal = files::read_journal(&paths.journal)?;
    if snapshot_bytes.is_none() && journal.is_none() {
        return Err(Operation::Read.on(&paths.snapshot)(std::io::ErrorKind::NotFound.into()));
    }
    let is_missing = journal.is_none();
    let journal = journal.unwrap_or_default();
    let head = journal.head.as_deref();
    let files = decide::Files {
        paths,
        snapshot_bytes: snapshot_bytes.as_deref(),
        snapshot: snapshot_bytes.as_deref().map(snapshot::read),
        journal: &journal,
        head,
    };
    decide::refuse_newer(&files)?;
    let has_damaged_head = !is_missing && journal.head.is_none();
    let journal_id = head.and_then(journal::id);
    let mut decision = decide::decide(files)?;
    if let Some(stages) = stages {
        decide::unmerged_in_git(&mut decision, &stages, journal.mark.as_ref().map(|mark| mark.seq));
    }
    let notice = report::notice(&report::Findings {
        is_journal_damaged: has_damaged_head || !journal.damage.is_empty(),
        has_dropped: decision.replayed.has_dropped,
        is_changed_outside: decision.is_changed_outside,
        snapshot: decision.snapshot,
    });
    let replayed = decision.replayed;
    let journal_state =
        if is_missing { decide::JournalState::Missing } else { decide::journal_state(&journal, &replayed) };
    let outside_notice = decision.outside.as_ref().map(|outside| outside.notice.clone());
    Ok(Loaded {
        session: replayed.session,
        history: replayed.history,
        seq: replayed.seq,
        journal: journal_state,
        snapshot: decision.snapshot,
        saved: snapshot_bytes.unwrap_or_default(),
        known: if for_writing {
            journal.records.iter().map(|record| record.seq).zip(journal.sums).collect()
        } else {
            HashMap::new()
        },
        marked: journal.mark.map(|mark| mark.saved),
        journal_id,
        outside: decision.outside,
        notice: notice.or(outside_notice),
    })
}

/// The session in a snapshot that another program changed, if it can be read.
pub(super) fn external(path: &Path, bytes: &[u8]) -> Option<Session> {
    match snapshot::session(bytes) {
        Some((session, _)) => Some(session),
        None => decide::unmerged(bytes).or_else(|| decide::joined_stages(&git::stages(path)?)),
    }
}

/// The states before and after what another program wrote to a journal whose records we know by their
/// checksums. `None` if all of its records are known.
pub(super) fn foreign_records(path: &Path, known: &HashMap<u64, u32>) -> Option<(Session, Session)> {
    let journal = files::read_journal(path).ok()??;
    let (start, seq) = journal::start(journal.head.as_deref()?)?;
    let is_known = |seq: u64, sum: u32| known.get(&seq) == Some(&sum);
    let records = journal.records.iter().zip(&journal.sums);
    let common = records.take_while(|(record, sum)| is_known(record.seq, **sum)).count();
    if common == journal.records.len() {
        return None;
    }
    let base = replay::replay(start.clone(), seq, &journal.records[..common], &[]).session;
    let theirs = replay::replay(start, seq, &journal.records, &[]).session;
    Some((base, theirs))
}
