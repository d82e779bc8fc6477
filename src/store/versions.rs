//! Merging three versions of a snapshot that git has, without the journal of any of them.

use std::fmt;

use crate::session::{Edit, Place, Session, Stamp, merge};

use super::recover::{empty_base, last_change};
use super::snapshot::{self, Snapshot};

/// A merged snapshot.
#[derive(Debug)]
pub struct MergedVersions {
    /// The text of the file.
    pub text: Vec<u8>,
    /// The session in it.
    pub session: Session,
    /// Where both sides made different changes, which the session keeps side by side, and who made theirs.
    pub conflicts: Vec<(Place, String)>,
    /// Parts of which both sides have another version, and only ours could be kept.
    pub kept: Vec<&'static str>,
}

/// Why versions of a snapshot cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotMergeable {
    /// A version is not a snapshot that can be read.
    Unreadable {
        /// Which one: "our", "their" or "the common".
        which: &'static str,
        /// The line, from 1.
        line: usize,
        /// The column, from 1, in bytes.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A newer version of the program wrote one.
    Newer {
        /// Its format version.
        version: u64,
    },
    /// The two sessions ask the questions of different questionnaires.
    OtherQuestionnaire {
        /// Ids of the questionnaires, ours first.
        ids: [String; 2],
    },
}

impl fmt::Display for NotMergeable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { which, line, column, message } => {
                write!(f, "{which} version cannot be read: line {line}, column {column}: {message}")
            }
            Self::Newer { version } => {
                write!(f, "a version has format {version}, which needs a newer Querist")
            }
            Self::OtherQuestionnaire { ids: [ours, theirs] } => {
                write!(f, "the two versions ask the questions of \"{ours}\" and of \"{theirs}\"")
            }
        }
    }
}

impl std::error::Error for NotMergeable {}

/// Merges two versions of a snapshot that both come from `base`; an empty one if both sides added the file.
///
/// # Errors
/// If one of them cannot be read, or they have different questionnaires.
pub fn merge_versions(base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<MergedVersions, NotMergeable> {
    let (mut session, seq) = read("our", ours)?;
    let (other, other_seq) = read("their", theirs)?;
    let ids = [&session, &other].map(|session| session.questionnaire().id.clone());
    if ids[0] != ids[1] {
        return Err(NotMergeable::OtherQuestionnaire { ids });
    }
    let base = if base.is_empty() { empty_base(&session) } else { read("the common", base)?.0 };
    let merged = merge(&base, &session, &other, &last_change(&other));
    let has_two = |part: fn(&Session) -> bool| part(&session) && part(&other);
    let mut kept = Vec::new();
    if session.page() != other.page() && session.page() != base.page() && other.page() != base.page() {
        kept.push("the page as it was last read");
    }
    if has_two(|session| session.previous().is_some())
        && session.previous() != other.previous()
        && session.previous() != base.previous()
        && other.previous() != base.previous()
    {
        kept.push("the earlier answers");
    }
    // Edits that a merge makes fit the session that it merged into.
    let _ = session.apply(&Edit::All(merged.edits), &Stamp::default());
    // The text belongs to no journal: whoever has one compares it with the merged session.
    let text = snapshot::text(&session, seq.max(other_seq), "");
    Ok(MergedVersions { text, session, conflicts: merged.conflicts, kept })
}

/// The session in a snapshot, whether it is intact or was changed by another program.
///
/// # Errors
/// If it cannot be read.
pub fn session_in(bytes: &[u8]) -> Result<Session, NotMergeable> {
    read("this", bytes).map(|(session, _)| session)
}

fn read(which: &'static str, bytes: &[u8]) -> Result<(Session, u64), NotMergeable> {
    match snapshot::read(bytes) {
        Snapshot::Intact { session, seq } | Snapshot::Changed { session, seq } => Ok((*session, seq)),
        Snapshot::Newer { version, .. } => Err(NotMergeable::Newer { version }),
        Snapshot::Damaged { line, column, message } => {
            Err(NotMergeable::Unreadable { which, line, column, message })
        }
    }
}
