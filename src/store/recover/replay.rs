//! Replays the records of a journal onto the state that recovery starts from.

use crate::session::{History, Session};
use crate::store::journal::Record;

/// The session after the last record that fits.
pub(super) struct Replayed {
    /// The session.
    pub session: Session,
    /// The edits that can be undone.
    pub history: History,
    /// The sequence number of the last edit.
    pub seq: u64,
    /// Whether records were dropped because one is missing before them or does not fit the session.
    pub has_dropped: bool,
    /// Whether a record is missing among those that the starting state already contains.
    pub has_gap: bool,
}

/// Applies the records after edit `seq` to `session`. The earlier ones become its undo history.
pub(super) fn replay(mut session: Session, mut seq: u64, records: &[Record<'_>]) -> Replayed {
    let mut history = History::default();
    let (before, after): (Vec<&Record<'_>>, Vec<&Record<'_>>) = records.iter().partition(|r| r.seq <= seq);
    // Undo reaches back to the last gap.
    let gap = (1..before.len()).rev().find(|&i| before[i].seq != before[i - 1].seq + 1);
    if before.last().is_none_or(|last| last.seq == seq) {
        for record in &before[gap.unwrap_or(0)..] {
            history.record(&record.edit, record.origin, record.at);
        }
    }
    let mut has_dropped = false;
    for record in after {
        if record.seq != seq + 1 || session.apply(&record.edit).is_err() {
            has_dropped = true;
            break;
        }
        history.record(&record.edit, record.origin, record.at);
        seq = record.seq;
    }
    Replayed { session, history, seq, has_dropped, has_gap: gap.is_some() }
}
