//! Words the one sentence that tells the reviewer about damage.

use super::decide::SnapshotState;

/// What was found while a session was recovered.
pub(super) struct Findings {
    /// Whether the journal is damaged.
    pub is_journal_damaged: bool,
    /// Whether edits after the damage were dropped.
    pub has_dropped: bool,
    /// Whether the session is from a snapshot that another program changed, without a journal to compare.
    pub is_changed_outside: bool,
    /// The condition of the snapshot.
    pub snapshot: SnapshotState,
}

/// The sentence for the reviewer; `None` if nothing is wrong.
pub(super) fn notice(findings: &Findings) -> Option<String> {
    let (what, kept) = if findings.has_dropped {
        ("The journal was damaged: every edit before the damage was restored", "the damaged file")
    } else if findings.is_journal_damaged {
        ("An old part or the end of the journal was damaged: no earlier answer was lost", "the damaged file")
    } else if findings.is_changed_outside {
        ("The session file was changed outside Querist: it was read as it is", "a copy")
    } else {
        return match findings.snapshot {
            SnapshotState::Invalid => Some(
                "The session file was damaged: it was restored from the journal, and the damaged file was \
                 kept in the same folder."
                    .to_owned(),
            ),
            SnapshotState::Missing => {
                Some("The session file was missing: it was restored from the journal.".to_owned())
            }
            SnapshotState::Intact(_) | SnapshotState::Changed | SnapshotState::Unmerged => None,
        };
    };
    Some(format!("{what}, and {kept} was kept in the same folder."))
}
