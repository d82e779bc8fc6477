//! Which questions two people answered differently.

use std::collections::BTreeMap;

use super::entry::{Conflict, Entry, Place};
use super::progress::Reason;
use super::stamp::author_name;

/// The conflicts about each question: why they keep it open, by id. Looking through all conflicts for each
/// question would take quadratic time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Disputed(BTreeMap<String, BTreeMap<String, Reason>>);

impl Disputed {
    pub fn of(conflicts: &[Conflict]) -> Self {
        let mut disputed = Self::default();
        conflicts.iter().for_each(|conflict| disputed.insert(conflict));
        disputed
    }

    fn insert(&mut self, conflict: &Conflict) {
        let Some(id) = question(conflict) else { return };
        let by = author_name(&conflict.made.by).to_owned();
        let reason = if conflict.other.is_some() { Reason::TwoAnswers(by) } else { Reason::Merged(by) };
        self.0.entry(id.to_owned()).or_default().insert(conflict.id.clone(), reason);
    }

    /// Follows an edit of entries.
    pub fn replace(&mut self, before: Option<&Entry>, after: Option<&Entry>) {
        if let Some(Entry::Conflict(before)) = before
            && let Some(id) = question(before)
            && let Some(left) = self.0.get_mut(id)
        {
            left.remove(&before.id);
            if left.is_empty() {
                self.0.remove(id);
            }
        }
        if let Some(Entry::Conflict(after)) = after {
            self.insert(after);
        }
    }

    /// Whether there is a conflict about the question with this id.
    pub fn contains(&self, question: &str) -> bool {
        self.0.contains_key(question)
    }

    /// Why conflicts keep the question with this id open.
    pub fn reasons(&self, question: &str) -> Vec<Reason> {
        self.0.get(question).into_iter().flat_map(BTreeMap::values).cloned().collect()
    }
}

/// The question that an entry keeps open.
pub(super) fn disputed_in(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Conflict(conflict) => question(conflict),
        Entry::Comment(_) | Entry::Approval(_) | Entry::Request(_) | Entry::Evidence(_) => None,
    }
}

/// The question that a conflict is about.
fn question(conflict: &Conflict) -> Option<&str> {
    match &conflict.place {
        Place::Question(id, _) => Some(id),
        Place::Introduction | Place::Properties | Place::Section(_) | Place::Subject | Place::Domain => None,
    }
}
