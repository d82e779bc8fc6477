//! The text of a new journal that keeps the last undo steps of an old one.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Timestamp;

use crate::session::{Edit, History, Origin, Session, Stamp};

use super::journal::{self, Record};

/// Steps are kept up to this many bytes.
const KEPT: usize = 512 * 1024;

/// A new journal.
pub(super) struct Restarted {
    /// Its text.
    pub text: Vec<u8>,
    /// The sequence number of its last record.
    pub seq: u64,
    /// The checksums of its records, by sequence number.
    pub known: HashMap<u64, u32>,
    /// Whether there were more steps than it keeps.
    pub is_cut: bool,
}

/// A journal with the id `id` whose last record has at least the number `seq`, and after which the session is
/// `session`. It starts from the session before the last steps of `history`, which follow as records.
pub(super) fn restarted(
    session: &Session,
    history: &History,
    seq: u64,
    id: &str,
    by: &str,
    at: Timestamp,
) -> Restarted {
    let stamp = Stamp { by: by.to_owned(), at };
    let (start, steps, is_cut) = before_last_steps(session, history, &stamp);
    let seq = seq.max(steps.len() as u64);
    let first = seq - steps.len() as u64;
    let mut text = journal::head_line(&start, first, id);
    let mut known = HashMap::new();
    for (seq, step) in (first + 1..).zip(&steps) {
        // Repeating a step does not change its author.
        let stamp = session.last_change(step).unwrap_or(&stamp);
        let (by, at, edit) = (Cow::Borrowed(stamp.by.as_str()), stamp.at, Cow::Borrowed(step));
        let line = journal::record_line(&Record { seq, at, by, origin: Origin::Redo, edit });
        known.insert(seq, journal::sum_of(&line));
        text.extend(line);
    }
    Restarted { text, seq, known, is_cut }
}

/// The session before as many of the last steps as are kept, and those steps.
fn before_last_steps(session: &Session, history: &History, stamp: &Stamp) -> (Session, Vec<Edit>, bool) {
    let mut start = session.clone();
    let mut steps = Vec::new();
    let mut size = 0;
    let mut is_cut = false;
    for step in history.steps().rev() {
        // Serializing plain data with string keys into memory cannot fail.
        size += serde_json::to_vec(step).map_or(0, |json| json.len());
        if size > KEPT || start.apply(&step.inverse(), stamp).is_err() {
            is_cut = true;
            break;
        }
        steps.push(step.clone());
    }
    steps.reverse();
    (start, steps, is_cut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::TextRef;

    /// An insertion into an empty text that takes this many bytes as JSON.
    fn insertion(text: TextRef, size: usize) -> Edit {
        let of = |inserted| Edit::Splice { text: text.clone(), at: 0, removed: String::new(), inserted };
        let rest = serde_json::to_vec(&of("x".to_owned())).unwrap().len() - 1;
        of("x".repeat(size - rest))
    }

    /// A session after insertions of these sizes.
    fn after(sizes: [usize; 3]) -> (Session, History) {
        let mut session = Session::new(load(BUILT_IN[0].1).unwrap(), "Boat", Timestamp::UNIX_EPOCH);
        let mut history = History::default();
        let [first, second] = ["external-tls", "event-logging"].map(|id| TextRef::Detail(id.to_owned()));
        for (text, size) in [TextRef::Introduction, first, second].into_iter().zip(sizes) {
            let edit = insertion(text, size);
            session.apply(&edit, &Stamp::default()).unwrap();
            history.record(&edit, Origin::Do, Timestamp::UNIX_EPOCH);
        }
        (session, history)
    }

    #[test]
    fn a_new_journal_keeps_half_a_mebibyte_of_steps_that_lead_to_the_session() {
        let quarter = 256 * 1024;
        for (sizes, kept) in [([quarter - 100, quarter, 100], 3), ([quarter - 99, quarter, 100], 2)] {
            let (session, history) = after(sizes);
            let new = restarted(&session, &history, 10, "0123456789abcdef", "kim", Timestamp::UNIX_EPOCH);
            assert_eq!((new.seq, new.is_cut), (10, kept < 3));
            let journal = journal::read(new.text.as_slice(), 0).unwrap();
            let (mut start, first) = journal::start(journal.head.as_deref().unwrap()).unwrap();
            assert_eq!(first, 10 - kept);
            let seqs: Vec<u64> = journal.records.iter().map(|record| record.seq).collect();
            assert_eq!(seqs, (first + 1..=10).collect::<Vec<u64>>());
            let known: HashMap<u64, u32> = seqs.into_iter().zip(journal.sums).collect();
            assert_eq!(new.known, known);
            for record in &journal.records {
                start.apply(&record.edit, &Stamp::default()).unwrap();
            }
            assert!(start == session);
        }
    }
}
