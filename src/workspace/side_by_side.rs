//! Which sessions are compared side by side.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::Timestamp;

use super::again::Earlier;
use super::error::WorkspaceError;
use super::place::Workspace;

/// Sessions to compare, and those that cannot be read.
#[derive(Debug, Default)]
pub struct SideBySide {
    /// The sessions, or what was read from pages.
    pub sessions: Vec<Earlier>,
    /// Names that cannot be read, each with the reason.
    pub unreadable: Vec<(String, WorkspaceError)>,
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
        found.sessions.sort_by_key(|earlier| Reverse(earlier.session.last_published_change().at));
        let subject = |earlier: &Earlier| earlier.session.subject().to_lowercase();
        let mut seen = HashSet::new();
        found.sessions.retain(|earlier| seen.insert(subject(earlier)));
        found.sessions.sort_by_key(subject);
        Ok(found)
    }
}
