//! Changes that another program made to the files of a session, as edits of it.

use jiff::Timestamp;

use crate::session::{Edit, Session, Stamp, author_name, merge};

/// What another program changed.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) struct Outside {
    /// The edits that bring it into our session.
    pub edits: Vec<Edit>,
    /// What to tell the reviewer.
    pub notice: String,
    /// Whether git still lists the snapshot as unmerged.
    pub is_unmerged: bool,
}

/// Merges the changes that led from `base` to `theirs` into `ours`; `None` if there is nothing to change.
pub(in crate::store) fn outside(base: &Session, ours: &Session, theirs: &Session) -> Option<Outside> {
    let merged = merge(base, ours, theirs, &last_change(theirs));
    if merged.edits.is_empty() {
        return None;
    }
    let updated = match merged.updated {
        0 => "Updated the session from its file".to_owned(),
        1 => "Updated 1 answer or part from the file".to_owned(),
        n => format!("Updated {n} answers or parts from the file"),
    };
    let differ = match merged.conflicts.as_slice() {
        [] => String::new(),
        [(_, by), ..] => {
            format!("; you and {} differ on {}", author_name(by), merged.conflicts.len())
        }
    };
    let notice = format!("{updated}{differ}. Ctrl-Z undoes this.");
    Some(Outside { edits: merged.edits, notice, is_unmerged: false })
}

/// Who changed a session last, and when.
pub(in crate::store) fn last_change(session: &Session) -> Stamp {
    let last = session.changed().values().max_by_key(|stamp| stamp.at).cloned();
    last.unwrap_or_else(|| Stamp { by: "somebody".to_owned(), at: Timestamp::UNIX_EPOCH })
}

/// What both sides started from if both added a session: one without answers.
pub(in crate::store) fn empty_base(ours: &Session) -> Session {
    Session::new(ours.questionnaire().clone(), ours.subject(), ours.created())
}

/// One session out of the versions of an unmerged file.
pub(in crate::store) fn joined(base: Option<Session>, ours: Session, theirs: &Session) -> Session {
    let base = base.unwrap_or_else(|| empty_base(&ours));
    let mut joined = ours;
    if let Some(outside) = outside(&base, &joined, theirs) {
        // Edits that a merge makes fit the session that it merged into.
        let _ = joined.apply(&Edit::All(outside.edits), &Stamp::default());
    }
    joined
}
