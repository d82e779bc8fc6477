//! Edits: changes to a session as plain data, each with an inverse.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Basis, Link};
use super::position::{Field, Item, Position};
use super::text_ref::TextRef;

/// One change to a session; the only way a session changes.
///
/// Each variant holds what was there before and what is there after. So an edit can be inverted without the
/// session, and a journal that does not match its session is detected. Offsets are in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Replaces a part of a text.
    Splice {
        /// The text.
        text: TextRef,
        /// The offset of the change.
        at: usize,
        /// The text that was removed.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        removed: String,
        /// The text that was inserted.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        inserted: String,
    },
    /// Changes the choices made.
    Choose {
        /// Id of the question.
        question: String,
        /// Ids of the choices before.
        before: Vec<String>,
        /// Ids of the choices after.
        after: Vec<String>,
    },
    /// Adds (nothing before), changes or deletes (nothing after) a link.
    Link {
        /// Id of the question.
        question: String,
        /// Its index in the list.
        index: usize,
        /// The link before.
        before: Option<Link>,
        /// The link after.
        after: Option<Link>,
    },
    /// Moves a link within the list.
    MoveLink {
        /// Id of the question.
        question: String,
        /// Its index before.
        from: usize,
        /// Its index after.
        to: usize,
    },
    /// Changes the basis of the answer.
    Basis {
        /// Id of the question.
        question: String,
        /// The basis before.
        before: Option<Basis>,
        /// The basis after.
        after: Option<Basis>,
    },
    /// Adds (nothing before), changes or removes (nothing after) the flag.
    Flag {
        /// Id of the question.
        question: String,
        /// The text of the flag before.
        before: Option<String>,
        /// The text of the flag after.
        after: Option<String>,
    },
    /// Renames the subject.
    Subject {
        /// Its name before.
        before: String,
        /// Its name after.
        after: String,
    },
    /// Moves the reviewer to another position. Not an undo step.
    Go {
        /// The position before.
        before: Position,
        /// The position after.
        after: Position,
    },
}

/// An edit does not match the session: what it expects to find is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditMismatch;

impl std::fmt::Display for EditMismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the edit does not match the session")
    }
}

impl std::error::Error for EditMismatch {}

impl Edit {
    /// The edit that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Splice { text, at, removed, inserted } => {
                Self::Splice { text, at, removed: inserted, inserted: removed }
            }
            Self::Choose { question, before, after } => {
                Self::Choose { question, before: after, after: before }
            }
            Self::Link { question, index, before, after } => {
                Self::Link { question, index, before: after, after: before }
            }
            Self::MoveLink { question, from, to } => Self::MoveLink { question, from: to, to: from },
            Self::Basis { question, before, after } => Self::Basis { question, before: after, after: before },
            Self::Flag { question, before, after } => Self::Flag { question, before: after, after: before },
            Self::Subject { before, after } => Self::Subject { before: after, after: before },
            Self::Go { before, after } => Self::Go { before: after, after: before },
        }
    }

    /// The position after this edit: where the change was made. `None` if the position does not change.
    pub fn position(&self) -> Option<Position> {
        let at = |question: &String, field, cursor, link| Position {
            item: Item::Question(question.clone()),
            field,
            cursor,
            link,
        };
        match self {
            Self::Splice { text, at: start, inserted, .. } => Some(text.position(start + inserted.len())),
            Self::Choose { question, .. } | Self::Basis { question, .. } => {
                Some(at(question, Field::Answer, 0, 0))
            }
            Self::Link { question, index, .. } => Some(at(question, Field::Links, 0, *index)),
            Self::MoveLink { question, to, .. } => Some(at(question, Field::Links, 0, *to)),
            Self::Flag { question, after, .. } => Some(match after {
                Some(text) => at(question, Field::Flag, text.len(), 0),
                None => at(question, Field::Answer, 0, 0),
            }),
            Self::Subject { .. } => None,
            Self::Go { after, .. } => Some(after.clone()),
        }
    }

    /// What the edit changes, as a noun for messages.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Splice { text, .. } => text.what(),
            Self::Choose { .. } => "answer",
            Self::Link { .. } | Self::MoveLink { .. } => "link",
            Self::Basis { .. } => "basis",
            Self::Flag { .. } => "flag",
            Self::Subject { .. } => "subject",
            Self::Go { .. } => "position",
        }
    }

    /// Id of the question that the edit changes, if it changes one.
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Splice { text, .. } => text.question(),
            Self::Choose { question, .. }
            | Self::Link { question, .. }
            | Self::MoveLink { question, .. }
            | Self::Basis { question, .. }
            | Self::Flag { question, .. } => Some(question),
            Self::Subject { .. } | Self::Go { .. } => None,
        }
    }
}

/// Applies an edit to one answer. Splices are not handled here, because they also change other texts.
pub(super) fn apply_to_answer(answer: &mut Answer, edit: &Edit) -> Result<(), EditMismatch> {
    fn swap<T: PartialEq + Clone>(slot: &mut T, before: &T, after: &T) -> Result<(), EditMismatch> {
        if slot != before {
            return Err(EditMismatch);
        }
        slot.clone_from(after);
        Ok(())
    }
    match edit {
        Edit::Choose { before, after, .. } => swap(&mut answer.choices, before, after),
        Edit::Basis { before, after, .. } => swap(&mut answer.basis, before, after),
        Edit::Flag { before, after, .. } => swap(&mut answer.flag, before, after),
        Edit::Link { index, before, after, .. } => match (before, after) {
            (None, Some(link)) if *index <= answer.links.len() => {
                answer.links.insert(*index, link.clone());
                Ok(())
            }
            (Some(link), None) if answer.links.get(*index) == Some(link) => {
                answer.links.remove(*index);
                Ok(())
            }
            (Some(before), Some(after)) => {
                swap(answer.links.get_mut(*index).ok_or(EditMismatch)?, before, after)
            }
            (None, _) | (_, None) => Err(EditMismatch),
        },
        Edit::MoveLink { from, to, .. } => {
            if *from >= answer.links.len() || *to >= answer.links.len() {
                return Err(EditMismatch);
            }
            let link = answer.links.remove(*from);
            answer.links.insert(*to, link);
            Ok(())
        }
        Edit::Splice { .. } | Edit::Subject { .. } | Edit::Go { .. } => Err(EditMismatch),
    }
}
