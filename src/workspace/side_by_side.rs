//! Which sessions are compared side by side.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::Hash;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::session::{Matrix, Session, matrix};

use super::again::Earlier;
use super::error::WorkspaceError;
use super::place::Workspace;

/// Keeps only the newest entry with each key, the newest first.
pub fn newest<T, K: Eq + Hash>(
    entries: &mut Vec<T>,
    reviewed: impl Fn(&T) -> Timestamp,
    key: impl Fn(&T) -> K,
) {
    entries.sort_by_key(|entry| Reverse(reviewed(entry)));
    let mut seen = HashSet::new();
    entries.retain(|entry| seen.insert(key(entry)));
}

/// Sessions to compare, and those that cannot be read.
#[derive(Debug, Default)]
pub struct SideBySide {
    /// The sessions, or what was read from pages.
    pub sessions: Vec<Earlier>,
    /// Names that cannot be read, each with the reason.
    pub unreadable: Vec<(String, WorkspaceError)>,
}

impl SideBySide {
    /// The questions and sessions. Evidence of no particular kind is good for `evidence_days` days.
    pub fn matrix(&self, today: Date, evidence_days: u32) -> Matrix {
        let sessions = self.sessions.iter();
        let columns: Vec<(&str, &Session)> =
            sessions.map(|earlier| (earlier.id.as_str(), &earlier.session)).collect();
        matrix(&columns, today, evidence_days)
    }
}

impl Workspace {
    /// The sessions and pages with these names, in this order.
    pub fn side_by_side(&self, names: &[String], now: Timestamp) -> SideBySide {
        let mut found = SideBySide::default();
        for name in names {
            match self.earlier(name, now) {
                Ok(earlier) => found.sessions.push(earlier),
                Err(error) => found.unreadable.push((name.clone(), error)),
            }
        }
        found
    }

    /// The newest session of each subject with a questionnaire, by the questionnaire's id; sorted by subject.
    ///
    /// # Errors
    /// If the folder of the sessions cannot be read.
    pub fn newest_of_each(&self, questionnaire: &str) -> Result<SideBySide, WorkspaceError> {
        let mut found = self.side_by_side(&self.sessions.ids()?, Timestamp::UNIX_EPOCH);
        found.sessions.retain(|earlier| earlier.session.questionnaire().id == questionnaire);
        let subject = |earlier: &Earlier| earlier.session.subject().to_lowercase();
        let reviewed = |earlier: &Earlier| earlier.session.last_published_change().at;
        newest(&mut found.sessions, reviewed, subject);
        found.sessions.sort_by_key(subject);
        Ok(found)
    }
}
