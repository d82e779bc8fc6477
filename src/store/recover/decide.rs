//! Decides which state recovery starts from, and what can be done with the files.

use crate::session::{Edit, Session};
use crate::store::error::StoreError;
use crate::store::git;
use crate::store::journal::{self, Journal};
use crate::store::paths::Paths;
use crate::store::snapshot::{self, Snapshot};

use super::markers;
use super::outside::{Outside, joined, outside};
use super::replay::{Replayed, replay};

/// The condition of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum SnapshotState {
    /// The file is as it was written, and contains the edits up to this sequence number.
    Intact(u64),
    /// Another program changed the file, and the change can be read.
    Changed,
    /// The file contains two versions that were not merged.
    Unmerged,
    /// The file is damaged, or another program changed it and there is nothing to compare it with: it must be
    /// kept and a new one written.
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
    /// An older version of the program wrote it: a new one must be started.
    Old,
    /// Nothing can be appended: it must be kept under another name and a new one started.
    Unusable,
    /// There is no file.
    Missing,
}

/// What recovery found.
pub(super) struct Decision {
    /// The session according to the journal, or to the snapshot alone.
    pub replayed: Replayed,
    /// What another program changed in the snapshot since.
    pub outside: Option<Outside>,
    /// The condition of the snapshot.
    pub snapshot: SnapshotState,
    /// Whether the session is from a snapshot that another program changed, without a journal to compare.
    pub is_changed_outside: bool,
}

/// The files of a session, as read.
pub(super) struct Files<'a> {
    pub paths: &'a Paths,
    pub snapshot_bytes: Option<&'a [u8]>,
    pub snapshot: Option<Snapshot>,
    pub journal: &'a Journal,
    /// The first line of the journal, if it is intact.
    pub head: Option<&'a [u8]>,
}

/// Refuses files that a newer program wrote: this one would lose what it does not know.
pub(super) fn refuse_newer(files: &Files<'_>) -> Result<(), StoreError> {
    if let Some(version) = files.journal.newer {
        return Err(StoreError::Newer { path: files.paths.journal.clone(), version });
    }
    match &files.snapshot {
        // With a damaged snapshot, the version may be part of the damage; a journal in a known format
        // decides.
        Some(Snapshot::Newer { version, is_intact }) if *is_intact || files.journal.head.is_none() => {
            Err(StoreError::Newer { path: files.paths.snapshot.clone(), version: *version })
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

/// Finds the session that the files contain.
///
/// # Errors
/// If neither file can be read, or the snapshot was removed in git.
pub(super) fn decide(mut files: Files<'_>) -> Result<Decision, StoreError> {
    match files.snapshot.take() {
        Some(Snapshot::Intact { session, seq, .. }) => Ok(intact(&files, *session, seq)),
        Some(Snapshot::Changed { session, seq }) => Ok(changed(&files, *session, seq)),
        Some(Snapshot::Damaged { line, column, message }) => {
            let bytes = files.snapshot_bytes.unwrap_or_default();
            match unmerged(bytes) {
                Some(theirs) => {
                    Ok(Decision { snapshot: SnapshotState::Unmerged, ..compared(&files, theirs, None) })
                }
                None => {
                    let path = files.paths.snapshot.clone();
                    let error = StoreError::Unreadable { path, line, column, message };
                    from_journal(&files, SnapshotState::Invalid).ok_or(error)
                }
            }
        }
        Some(Snapshot::Newer { .. }) => {
            from_journal(&files, SnapshotState::Invalid).ok_or_else(|| unreadable_head(files.paths))
        }
        None if is_removed_in_git(&files) => {
            Err(StoreError::RemovedInGit { path: files.paths.snapshot.clone() })
        }
        None => from_journal(&files, SnapshotState::Missing).ok_or_else(|| unreadable_head(files.paths)),
    }
}

/// An intact snapshot: ours, or one that another program put in its place.
fn intact(files: &Files<'_>, session: Session, seq: u64) -> Decision {
    let bytes = files.snapshot_bytes.unwrap_or_default();
    let records = &files.journal.records;
    if let Some(mark) = files.journal.mark.as_ref().filter(|mark| mark.saved == snapshot::sum(bytes)) {
        let mut session = session;
        session.resume_at(mark.position.clone().into_owned());
        return ours(replay(session, mark.seq, records, &[]), mark.seq);
    }
    let Some(decision) = from_journal_at(files, seq) else {
        return ours(replay(session, seq, records, &[]), seq);
    };
    let (replayed, end) = (&decision.replayed, decision.replayed.seq);
    // A snapshot of our own journal: it was written just before a crash, or the end of the journal is lost.
    let is_state = replayed.states.iter().any(|(at, state)| *at == seq && *state == session)
        && files.journal.mark.as_ref().is_none_or(|mark| mark.seq <= seq);
    let is_later = seq >= end && snapshot::journal_id(bytes) == files.head.and_then(journal::id);
    if is_state {
        return ours(decision.replayed, seq);
    }
    if is_later {
        return ours(replay(session, seq, records, &[]), seq);
    }
    compared(files, session, Some(decision.replayed))
}

/// A snapshot with a wrong checksum: another program changed it.
fn changed(files: &Files<'_>, session: Session, seq: u64) -> Decision {
    match from_journal_at(files, seq) {
        Some(decision) => compared(files, session, Some(decision.replayed)),
        None => Decision {
            replayed: replay(session, seq, &files.journal.records, &[]),
            outside: None,
            snapshot: SnapshotState::Invalid,
            is_changed_outside: true,
        },
    }
}

fn ours(replayed: Replayed, seq: u64) -> Decision {
    Decision { replayed, outside: None, snapshot: SnapshotState::Intact(seq), is_changed_outside: false }
}

/// The changes from the last snapshot that we wrote to `theirs`, merged into the session of the journal.
/// Without a journal, `theirs` is the session.
fn compared(files: &Files<'_>, theirs: Session, replayed: Option<Replayed>) -> Decision {
    let replayed = replayed.or_else(|| from_journal_at(files, u64::MAX).map(|decision| decision.replayed));
    let Some(replayed) = replayed else {
        let replayed = replay(theirs, 0, &[], &[]);
        return Decision {
            replayed,
            outside: None,
            snapshot: SnapshotState::Changed,
            is_changed_outside: false,
        };
    };
    if replayed.session == theirs {
        return Decision {
            replayed,
            outside: None,
            snapshot: SnapshotState::Changed,
            is_changed_outside: false,
        };
    }
    let base_seq = files.journal.mark.as_ref().map(|mark| mark.seq);
    let base =
        replayed.states.iter().find(|(seq, _)| Some(*seq) == base_seq).or_else(|| replayed.states.first());
    let base = base.map_or(&replayed.session, |(_, state)| state);
    let outside = outside(base, &replayed.session, &theirs);
    Decision { outside, replayed, snapshot: SnapshotState::Changed, is_changed_outside: false }
}

fn from_journal(files: &Files<'_>, snapshot: SnapshotState) -> Option<Decision> {
    from_journal_at(files, u64::MAX).map(|decision| Decision { snapshot, ..decision })
}

/// The session of the journal alone, with its states at the start, at the last mark and at `seq`.
fn from_journal_at(files: &Files<'_>, seq: u64) -> Option<Decision> {
    let (session, start) = files.head.and_then(journal::start)?;
    let mark = files.journal.mark.as_ref().map_or(start, |mark| mark.seq);
    let replayed = replay(session, start, &files.journal.records, &[start, mark, seq]);
    Some(ours(replayed, seq))
}

/// The session that the two versions in a text with conflict markers contain, if both can be read.
pub(super) fn unmerged(bytes: &[u8]) -> Option<Session> {
    let sides = markers::sides(bytes)?;
    let (ours, _) = snapshot::session(&sides.ours)?;
    let (theirs, _) = snapshot::session(&sides.theirs)?;
    let base = sides.base.and_then(|base| snapshot::session(&base)).map(|(base, _)| base);
    Some(joined(base, ours, &theirs))
}

/// The session that git's versions of an unmerged snapshot contain, if they can be read.
pub(super) fn joined_stages(files: &git::Stages) -> Option<Session> {
    let read = |bytes: &Option<Vec<u8>>| Some(snapshot::session(bytes.as_deref()?)?.0);
    Some(joined(read(&files.base), read(&files.ours)?, &read(&files.theirs)?))
}

/// What git's versions of an unmerged snapshot add to the session.
pub(super) fn unmerged_in_git(decision: &mut Decision, files: &git::Stages, base_seq: Option<u64>) {
    let Some(theirs) = joined_stages(files) else { return };
    let replayed = &decision.replayed;
    let base = replayed.states.iter().find(|(seq, _)| Some(*seq) == base_seq).map(|(_, state)| state);
    let found = outside(base.unwrap_or(&replayed.session), &replayed.session, &theirs);
    decision.snapshot = SnapshotState::Unmerged;
    decision.outside = found.map(|found| Outside { is_unmerged: true, ..found });
}

/// Whether the snapshot is missing because it was removed in git: nothing was edited since it was written.
fn is_removed_in_git(files: &Files<'_>) -> bool {
    let Some(mark) = &files.journal.mark else { return false };
    let later = files.journal.records.iter().filter(|record| record.seq > mark.seq);
    git::is_in_work_tree(&crate::store::files::parent(&files.paths.snapshot))
        && later.map(|record| &*record.edit).all(Edit::is_no_step)
}

pub(super) fn unreadable_head(paths: &Paths) -> StoreError {
    let message = "the first line of the journal is damaged, and there is no snapshot".to_owned();
    StoreError::Unreadable { path: paths.journal.clone(), line: 1, column: 1, message }
}

/// Decides whether a journal can be continued after its records have been replayed.
pub(super) fn journal_state(journal: &Journal, replayed: &Replayed) -> JournalState {
    let head = journal.head.as_deref();
    let last_seq = match journal.records.last() {
        Some(record) => Some(record.seq),
        None => head.and_then(journal::start_seq),
    };
    let is_behind = last_seq.is_some_and(|last| last != replayed.seq);
    if head.is_none() || replayed.has_dropped || replayed.has_gap || is_behind {
        return JournalState::Unusable;
    }
    let length = journal.length;
    match journal.damage.as_slice() {
        [] if journal.version < journal::VERSION => JournalState::Old,
        [] if journal.is_unterminated => JournalState::Unterminated(length),
        [] => JournalState::Intact(length),
        [only] if only.end == length && !journal.is_salvaged => JournalState::Torn(only.start),
        _ => JournalState::Unusable,
    }
}
