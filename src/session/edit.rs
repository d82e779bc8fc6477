//! Edits: changes to a session as plain data, each with an inverse.

use serde::{Deserialize, Serialize};

use crate::questionnaire::{Question, Questionnaire, Section};

use super::answer::{Answer, Basis, Link};
use super::entry::Entry;
use super::page_section::PageSection;
use super::position::{Field, Item, Position};
use super::previous::Previous;
use super::stamp::Changed;
use super::text_ref::TextRef;

/// One change to a session; the only way a session changes.
///
/// Each variant holds what was there before and what is there after. So an edit can be inverted without the
/// session, and a journal that does not match its session is detected. Offsets are in bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
        before: Option<Box<Link>>,
        /// The link after.
        after: Option<Box<Link>>,
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
    /// Changes the domain of the subject.
    Domain {
        /// The domain before.
        before: String,
        /// The domain after.
        after: String,
    },
    /// Replaces a whole answer.
    Answer {
        /// Id of the question.
        question: String,
        /// The answer before.
        before: Box<Answer>,
        /// The answer after.
        after: Box<Answer>,
    },
    /// Adds (nothing before), changes or removes (nothing after) a section of the page.
    Section {
        /// Its index in the list.
        index: usize,
        /// The section before.
        before: Option<Box<PageSection>>,
        /// The section after.
        after: Option<Box<PageSection>>,
    },
    /// Moves a section of the page within the list.
    MoveSection {
        /// Its index before.
        from: usize,
        /// Its index after.
        to: usize,
    },
    /// Adds (nothing before), changes or removes (nothing after) a question of this session.
    Question {
        /// Id of the section of questions.
        section: String,
        /// Its index in that section.
        index: usize,
        /// The question before.
        before: Option<Box<Question>>,
        /// The question after.
        after: Option<Box<Question>>,
    },
    /// Adds (nothing before), renames or removes (nothing after) an instance of a section of questions that
    /// is answered several times.
    Instance {
        /// Its index among the sections of questions.
        index: usize,
        /// The section before.
        before: Option<Box<Section>>,
        /// The section after.
        after: Option<Box<Section>>,
    },
    /// Replaces the session's copy of the questionnaire. Answers are kept by the ids of their questions.
    Questionnaire {
        /// The questionnaire before.
        before: Box<Questionnaire>,
        /// The questionnaire after.
        after: Box<Questionnaire>,
    },
    /// Remembers the page as it was last read or written. Not an undo step.
    Page {
        /// The page before.
        before: Option<String>,
        /// The page after.
        after: Option<String>,
    },
    /// Adds (nothing before), changes or removes (nothing after) an entry.
    Entry {
        /// The entry before.
        before: Option<Entry>,
        /// The entry after.
        after: Option<Entry>,
    },
    /// Sets the earlier session that this one continues.
    Previous {
        /// The earlier session before.
        before: Option<Box<Previous>>,
        /// The earlier session after.
        after: Option<Box<Previous>>,
    },
    /// Says which question of this session an earlier answer belongs to.
    Match {
        /// Id of the question as it was asked earlier.
        was: String,
        /// Id of the question of this session before.
        before: Option<String>,
        /// Id of the question of this session after.
        after: Option<String>,
    },
    /// Sets who changed which published part last. Edits set this by themselves; only a merge, which takes
    /// over other people's changes, sets it explicitly.
    Changed {
        /// The last changes before.
        before: Changed,
        /// The last changes after.
        after: Changed,
    },
    /// Several edits that are one step.
    All(Vec<Edit>),
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
            Self::Domain { before, after } => Self::Domain { before: after, after: before },
            Self::Answer { question, before, after } => {
                Self::Answer { question, before: after, after: before }
            }
            Self::Section { index, before, after } => Self::Section { index, before: after, after: before },
            Self::MoveSection { from, to } => Self::MoveSection { from: to, to: from },
            Self::Question { section, index, before, after } => {
                Self::Question { section, index, before: after, after: before }
            }
            Self::Instance { index, before, after } => Self::Instance { index, before: after, after: before },
            Self::Questionnaire { before, after } => Self::Questionnaire { before: after, after: before },
            Self::Page { before, after } => Self::Page { before: after, after: before },
            Self::Entry { before, after } => Self::Entry { before: after, after: before },
            Self::Previous { before, after } => Self::Previous { before: after, after: before },
            Self::Match { was, before, after } => Self::Match { was, before: after, after: before },
            Self::Changed { before, after } => Self::Changed { before: after, after: before },
            Self::All(edits) => Self::All(edits.iter().rev().map(Self::inverse).collect()),
            Self::Go { before, after } => Self::Go { before: after, after: before },
        }
    }

    /// Whether undo passes over this edit: it changes nothing that the reviewer wrote.
    pub fn is_no_step(&self) -> bool {
        match self {
            Self::Go { .. } | Self::Page { .. } | Self::Changed { .. } => true,
            // It notes that the answer was read.
            Self::Answer { before, after, .. } => before == after,
            Self::Splice { .. }
            | Self::Choose { .. }
            | Self::Link { .. }
            | Self::MoveLink { .. }
            | Self::Basis { .. }
            | Self::Flag { .. }
            | Self::Subject { .. }
            | Self::Domain { .. }
            | Self::Section { .. }
            | Self::MoveSection { .. }
            | Self::Question { .. }
            | Self::Instance { .. }
            | Self::Questionnaire { .. }
            | Self::Entry { .. }
            | Self::Previous { .. }
            | Self::Match { .. }
            | Self::All(_) => false,
        }
    }

    /// The position after this edit: where the change was made. `None` if the position does not change, as
    /// with changes that were not made where the reviewer is.
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
            Self::Section { index, .. } => Some(TextRef::Section(*index).position(0)),
            Self::MoveSection { to, .. } => Some(TextRef::Section(*to).position(0)),
            Self::Question { after, .. } => after.as_ref().map(|new| at(&new.id, Field::Answer, 0, 0)),
            Self::Instance { before: None, after: Some(new), .. } => {
                new.questions.first().map(|first| at(&first.id, Field::Answer, 0, 0))
            }
            Self::Subject { .. }
            | Self::Domain { .. }
            | Self::Answer { .. }
            | Self::Instance { .. }
            | Self::Questionnaire { .. }
            | Self::Page { .. }
            | Self::Entry { .. }
            | Self::Previous { .. }
            | Self::Match { .. }
            | Self::Changed { .. }
            | Self::All(_) => None,
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
            Self::Domain { .. } => "domain",
            Self::Answer { .. } => "answer",
            Self::Section { .. } | Self::MoveSection { .. } => "section",
            Self::Question { .. } => "question",
            Self::Instance { .. } => "instance",
            Self::Questionnaire { .. } => "questionnaire",
            Self::Page { .. } => "page",
            Self::Entry { before, after } => after.as_ref().or(before.as_ref()).map_or("entry", Entry::what),
            Self::Previous { .. } => "previous session",
            Self::Match { .. } => "match with an earlier question",
            Self::Changed { .. } => "author",
            Self::All(edits) => match edits.as_slice() {
                [only] => only.what(),
                _ => "several changes",
            },
            Self::Go { .. } => "position",
        }
    }

    /// The instance of a section that the edit adds or renames.
    pub fn instance(&self) -> Option<&Section> {
        if let Self::Instance { after, .. } = self { after.as_deref() } else { None }
    }

    /// Id of the question that the edit changes, if it changes one.
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Splice { text, .. } => text.question(),
            Self::Choose { question, .. }
            | Self::Link { question, .. }
            | Self::MoveLink { question, .. }
            | Self::Basis { question, .. }
            | Self::Flag { question, .. }
            | Self::Answer { question, .. } => Some(question),
            Self::Question { before, after, .. } => {
                after.as_ref().or(before.as_ref()).map(|question| question.id.as_str())
            }
            Self::All(edits) => edits.iter().find_map(Self::question),
            Self::Subject { .. }
            | Self::Domain { .. }
            | Self::Section { .. }
            | Self::MoveSection { .. }
            | Self::Instance { .. }
            | Self::Questionnaire { .. }
            | Self::Page { .. }
            | Self::Entry { .. }
            | Self::Previous { .. }
            | Self::Match { .. }
            | Self::Changed { .. }
            | Self::Go { .. } => None,
        }
    }
}

/// Replaces `before` by `after`.
pub(super) fn swap<T: PartialEq + Clone>(slot: &mut T, before: &T, after: &T) -> Result<(), EditMismatch> {
    if slot != before {
        return Err(EditMismatch);
    }
    slot.clone_from(after);
    Ok(())
}

/// Adds, changes or removes the element at `index`.
pub(super) fn swap_in_list<T: PartialEq + Clone>(
    list: &mut Vec<T>,
    index: usize,
    before: Option<&T>,
    after: Option<&T>,
) -> Result<(), EditMismatch> {
    match (before, after) {
        (None, Some(new)) if index <= list.len() => list.insert(index, new.clone()),
        (Some(old), None) if list.get(index) == Some(old) => drop(list.remove(index)),
        (Some(old), Some(new)) => swap(list.get_mut(index).ok_or(EditMismatch)?, old, new)?,
        (None, _) | (_, None) => return Err(EditMismatch),
    }
    Ok(())
}

/// Moves the element at `from` to `to`.
pub(super) fn move_in_list<T>(list: &mut Vec<T>, from: usize, to: usize) -> Result<(), EditMismatch> {
    if from >= list.len() || to >= list.len() {
        return Err(EditMismatch);
    }
    let moved = list.remove(from);
    list.insert(to, moved);
    Ok(())
}

/// Applies an edit to one answer. Splices are not handled here, because they also change other texts.
pub(super) fn apply_to_answer(answer: &mut Answer, edit: &Edit) -> Result<(), EditMismatch> {
    match edit {
        Edit::Choose { before, after, .. } => swap(&mut answer.choices, before, after),
        Edit::Basis { before, after, .. } => swap(&mut answer.basis, before, after),
        Edit::Flag { before, after, .. } => swap(&mut answer.flag, before, after),
        Edit::Link { index, before, after, .. } => {
            swap_in_list(&mut answer.links, *index, before.as_deref(), after.as_deref())
        }
        Edit::MoveLink { from, to, .. } => move_in_list(&mut answer.links, *from, *to),
        Edit::Answer { before, after, .. } => swap(answer, before, after),
        Edit::Splice { .. }
        | Edit::Subject { .. }
        | Edit::Domain { .. }
        | Edit::Section { .. }
        | Edit::MoveSection { .. }
        | Edit::Question { .. }
        | Edit::Instance { .. }
        | Edit::Questionnaire { .. }
        | Edit::Page { .. }
        | Edit::Entry { .. }
        | Edit::Previous { .. }
        | Edit::Match { .. }
        | Edit::Changed { .. }
        | Edit::All(_)
        | Edit::Go { .. } => Err(EditMismatch),
    }
}
