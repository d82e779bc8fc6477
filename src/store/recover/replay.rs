//! Replays the records of a journal onto the state that recovery starts from.

use crate::session::{History, Session, Stamp};
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
    /// The session as it was at the sequence numbers that were asked for.
    pub states: Vec<(u64, Session)>,
}

/// Applies the records after edit `seq` to `session`. The earlier ones become its undo history. The session
/// is also kept as it was at each of the sequence numbers in `wanted`.
pub(super) fn replay(mut session: Session, mut seq: u64, records: &[Record<'_>], wanted: &[u64]) -> Replayed {
    let mut history = History::default();
    let mut states = Vec::new();
    let (before, after): (Vec<&Record<'_>>, Vec<&Record<'_>>) = records.iter().partition(|r| r.seq <= seq);
    // Undo reaches back to the last gap.
    let gap = (1..before.len()).rev().find(|&i| before[i].seq != before[i - 1].seq + 1);
    if before.last().is_none_or(|last| last.seq == seq) {
        for record in &before[gap.unwrap_or(0)..] {
            history.record(&record.edit, record.origin, record.at);
        }
    }
    let mut has_dropped = false;
    if wanted.contains(&seq) {
        states.push((seq, session.clone()));
    }
    let mut stamp = Stamp::default();
    for record in after {
        stamp.at = record.at;
        if stamp.by != record.by {
            record.by.as_ref().clone_into(&mut stamp.by);
        }
        if record.seq != seq + 1 || session.replay(&record.edit, &stamp).is_err() {
            has_dropped = true;
            break;
        }
        history.record(&record.edit, record.origin, record.at);
        seq = record.seq;
        if wanted.contains(&seq) {
            session.settle();
            states.push((seq, session.clone()));
        }
    }
    session.settle();
    Replayed { session, history, seq, has_dropped, has_gap: gap.is_some(), states }
}
