//! A session from its snapshot and its journal, whatever state they are in.
//!
//! Either alone is enough. What is damaged costs nothing that stands before it, nor what the other file has.

use std::path::Path;

use crate::session::{History, Session};

use super::error::StoreError;
use super::files::{self, MAX_FILE};
use super::journal::{self, Journal, Record};
use super::snapshot::{self, Snapshot};

/// A session as read, and what has to be done about its files.
#[derive(Debug)]
pub struct Loaded {
    /// The session.
    pub session: Session,
    /// What can be taken back.
    pub history: History,
    /// The number of the last edit.
    pub seq: u64,
    /// The journal, in as far as it can be gone on with.
    pub(super) journal: JournalState,
    /// Whether the snapshot is to be kept beside and written anew.
    pub(super) snapshot_is_odd: bool,
    /// The number of the last edit that the snapshot has, if it is whole.
    pub(super) snapshot_seq: Option<u64>,
    /// Whether there is no snapshot.
    pub(super) snapshot_is_missing: bool,
    /// What to tell the reviewer, once, in one sentence.
    pub notice: Option<String>,
}

/// How a journal can be gone on with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum JournalState {
    /// At its end, this many bytes.
    Whole(u64),
    /// At its end, this many bytes, after a line break.
    Unterminated(u64),
    /// After cutting it to this many bytes; what is cut is damaged.
    Torn(u64),
    /// Not: it is kept beside and a new one begun.
    Unusable,
    /// There is none.
    Missing,
}

/// Reads a session; changes nothing.
///
/// # Errors
/// If neither file can be read, or one was written by a newer program.
pub(super) fn load(snapshot_path: &Path, journal_path: &Path) -> Result<Loaded, StoreError> {
    let snapshot_bytes = optional(snapshot_path)?;
    let journal_bytes = optional(journal_path)?;
    let has_journal = journal_bytes.is_some();
    let journal_bytes = journal_bytes.unwrap_or_default();
    let journal = journal::read(&journal_bytes);
    if let Some(version) = journal.newer {
        return Err(StoreError::Newer { path: journal_path.to_owned(), version });
    }
    let snapshot = match &snapshot_bytes {
        Some(bytes) => Some(snapshot::read(bytes)),
        None if has_journal => None,
        None => {
            let source = std::io::ErrorKind::NotFound.into();
            return Err(StoreError::Io { path: snapshot_path.to_owned(), action: "cannot read", source });
        }
    };
    let head = journal.head.clone().map(|range| &journal_bytes[range]);
    if let Some(Snapshot::Newer(version, whole)) = snapshot
        && (whole || head.is_none())
    {
        return Err(StoreError::Newer { path: snapshot_path.to_owned(), version });
    }
    let snapshot_is_odd =
        matches!(snapshot, Some(Snapshot::Changed(..) | Snapshot::Broken(..) | Snapshot::Newer(..)));
    let snapshot_is_missing = snapshot.is_none();
    let snapshot_seq = match &snapshot {
        Some(Snapshot::Whole(_, seq)) => Some(*seq),
        _ => None,
    };
    let start_seq = head.and_then(journal::start_seq);
    let (start, changed_by_hand) = match snapshot {
        Some(Snapshot::Whole(session, seq)) if start_seq.is_none_or(|start| start <= seq) => {
            ((*session, seq), false)
        }
        Some(Snapshot::Whole(session, seq)) => {
            (head.and_then(journal::start).unwrap_or((*session, seq)), false)
        }
        Some(Snapshot::Changed(session, seq)) => match head.and_then(journal::start) {
            Some(start) => (start, false),
            None => ((*session, seq), true),
        },
        Some(Snapshot::Broken(line, column, message)) => match head.and_then(journal::start) {
            Some(start) => (start, false),
            None => {
                return Err(StoreError::Unreadable { path: snapshot_path.to_owned(), line, column, message });
            }
        },
        Some(Snapshot::Newer(..)) | None => match head.and_then(journal::start) {
            Some(start) => (start, false),
            None => {
                let message = "the beginning of the journal is damaged, and there is no snapshot".to_owned();
                return Err(StoreError::Unreadable {
                    path: journal_path.to_owned(),
                    line: 1,
                    column: 1,
                    message,
                });
            }
        },
    };
    let loaded = finish(
        start,
        &journal,
        &journal_bytes,
        has_journal,
        changed_by_hand,
        snapshot_is_odd,
        snapshot_is_missing,
    );
    Ok(Loaded { snapshot_seq, ..loaded })
}

fn finish(
    (mut session, mut seq): (Session, u64),
    journal: &Journal,
    bytes: &[u8],
    has_journal: bool,
    changed_by_hand: bool,
    snapshot_is_odd: bool,
    snapshot_is_missing: bool,
) -> Loaded {
    let mut history = History::default();
    // The records before the state are its history, as far back as they are without a gap.
    let (before, after): (Vec<&Record<'_>>, Vec<&Record<'_>>) =
        journal.records.iter().partition(|r| r.seq <= seq);
    let is_gapless = before.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1);
    let run = (1..before.len()).rev().find(|&i| before[i].seq != before[i - 1].seq + 1).unwrap_or(0);
    let reaches = before.last().is_none_or(|last| last.seq == seq);
    if reaches {
        before[run..].iter().for_each(|record| history.record(&record.edit, record.origin));
    }
    let mut lost = false;
    for record in after {
        if record.seq != seq + 1 || session.apply(&record.edit).is_err() {
            lost = true;
            break;
        }
        history.record(&record.edit, record.origin);
        seq = record.seq;
    }
    let behind = journal.records.last().map_or_else(
        || {
            journal
                .head
                .clone()
                .and_then(|range| journal::start_seq(&bytes[range]))
                .is_some_and(|start| start != seq)
        },
        |last| last.seq != seq,
    );
    let torn = match journal.damage.as_slice() {
        [only] if only.end == bytes.len() && only.start > 0 && !journal.is_salvaged => Some(only.start),
        _ => None,
    };
    let state = if !has_journal {
        JournalState::Missing
    } else if lost || behind || !is_gapless || journal.head.is_none() {
        JournalState::Unusable
    } else if let Some(length) = torn {
        JournalState::Torn(length as u64)
    } else if journal.damage.is_empty() && journal.is_unterminated {
        JournalState::Unterminated(bytes.len() as u64)
    } else if journal.damage.is_empty() {
        JournalState::Whole(bytes.len() as u64)
    } else {
        JournalState::Unusable
    };
    let damaged = lost || !journal.damage.is_empty() || has_journal && journal.head.is_none();
    let notice = match (changed_by_hand, damaged, snapshot_is_odd) {
        (true, false, _) => Some(
            "The session file was changed outside Querist; it was read as it is, and a copy is kept beside it.",
        ),
        (_, true, _) if lost => Some(
            "The journal was damaged: everything before the damage is here, and the damaged file is kept beside it.",
        ),
        (_, true, _) => Some(
            "The end or an old part of the journal was damaged: no answer before it is lost, and the damaged file is kept beside it.",
        ),
        (_, false, true) => Some(
            "The session file was damaged and was made again from the journal; the damaged file is kept beside it.",
        ),
        _ => None,
    };
    let notice = notice.map(str::to_owned);
    Loaded {
        session,
        history,
        seq,
        journal: state,
        snapshot_is_odd,
        snapshot_seq: None,
        snapshot_is_missing,
        notice,
    }
}

/// The bytes of a file, `None` if there is none; a link is not followed.
fn optional(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match std::fs::symlink_metadata(path) {
        Ok(meta) if !meta.is_file() => Err(StoreError::NotAFile { path: path.to_owned() }),
        Ok(_) => files::read_bytes(path, MAX_FILE).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, "cannot read")(error)),
    }
}
