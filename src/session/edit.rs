//! One change of a session, as plain data that knows its own inverse.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Basis, Link};
use super::position::{Field, Item, Position};

/// One change of a session; the only way a session changes.
///
/// Each variant says what was there before and what is there after, so that an edit can be inverted without
/// the session, and a journal that does not fit its session is noticed. Offsets are bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// A text changes at one place.
    Splice {
        /// Which text.
        text: TextRef,
        /// The byte at which it changes.
        at: usize,
        /// What stood there.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        removed: String,
        /// What stands there now.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        inserted: String,
    },
    /// Other choices are made.
    Choose {
        /// Id of the question.
        question: String,
        /// Ids of the choices before.
        before: Vec<String>,
        /// Ids of the choices after.
        after: Vec<String>,
    },
    /// A link is added (nothing before), changed, or deleted (nothing after).
    Link {
        /// Id of the question.
        question: String,
        /// Its place in the list.
        index: usize,
        /// The link before.
        before: Option<Link>,
        /// The link after.
        after: Option<Link>,
    },
    /// A link takes another place in the list.
    MoveLink {
        /// Id of the question.
        question: String,
        /// Its place before.
        from: usize,
        /// Its place after.
        to: usize,
    },
    /// The answer is known in another way.
    Basis {
        /// Id of the question.
        question: String,
        /// The basis before.
        before: Option<Basis>,
        /// The basis after.
        after: Option<Basis>,
    },
    /// The question is flagged (nothing before) or is no longer (nothing after).
    Flag {
        /// Id of the question.
        question: String,
        /// The words of the flag before.
        before: Option<String>,
        /// The words of the flag after.
        after: Option<String>,
    },
    /// The subject is renamed.
    Subject {
        /// Its name before.
        before: String,
        /// Its name after.
        after: String,
    },
    /// The reviewer goes elsewhere. Not undone by itself.
    Go {
        /// The position before.
        before: Position,
        /// The position after.
        after: Position,
    },
}

/// A text of a session that a reviewer types into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextRef {
    /// The detail of a question.
    Detail(String),
    /// The note of a question.
    Note(String),
    /// The value of a text, number or date question.
    Value(String),
    /// The qualifier of a question.
    Qualifier(String),
    /// The words of a question's flag; there as long as the question is flagged.
    Flag(String),
    /// A part of a question's link: id, place, part.
    Link(String, usize, LinkPart),
    /// The introduction of the page.
    Introduction,
    /// A section of the page, by its place.
    Section(usize),
}

/// A part of a link that is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPart {
    /// The address.
    Url,
    /// The words.
    Label,
    /// The quote.
    Quote,
    /// The day it was read.
    Retrieved,
}

/// An edit does not fit the session: it speaks of something that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit;

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the edit does not fit the session")
    }
}

impl std::error::Error for Misfit {}

impl Edit {
    /// The edit that takes this one back.
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

    /// Where the reviewer is after this edit: at what it changed. `None` where it says nothing of that.
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
                Some(words) => at(question, Field::Flag, words.len(), 0),
                None => at(question, Field::Answer, 0, 0),
            }),
            Self::Subject { .. } => None,
            Self::Go { after, .. } => Some(after.clone()),
        }
    }

    /// The question that the edit touches, if it is one.
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

impl TextRef {
    /// The question whose text it is, if it is one's.
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Detail(q)
            | Self::Note(q)
            | Self::Value(q)
            | Self::Qualifier(q)
            | Self::Flag(q)
            | Self::Link(q, ..) => Some(q),
            Self::Introduction | Self::Section(_) => None,
        }
    }

    /// Whether line breaks may stand in it.
    pub fn is_multiline(&self) -> bool {
        matches!(self, Self::Detail(_) | Self::Note(_) | Self::Introduction | Self::Section(_))
    }

    /// The position at byte `cursor` of this text.
    pub fn position(&self, cursor: usize) -> Position {
        let (item, field, link) = match self {
            Self::Introduction => (Item::Introduction, Field::Detail, 0),
            Self::Section(index) => (Item::Section(*index), Field::Detail, 0),
            Self::Detail(q) => (Item::Question(q.clone()), Field::Detail, 0),
            Self::Note(q) => (Item::Question(q.clone()), Field::Note, 0),
            Self::Value(q) => (Item::Question(q.clone()), Field::Answer, 0),
            Self::Qualifier(q) => (Item::Question(q.clone()), Field::Qualifier, 0),
            Self::Flag(q) => (Item::Question(q.clone()), Field::Flag, 0),
            Self::Link(q, index, part) => {
                let field = match part {
                    LinkPart::Url => Field::LinkUrl,
                    LinkPart::Label => Field::LinkLabel,
                    LinkPart::Quote => Field::LinkQuote,
                    LinkPart::Retrieved => Field::Links,
                };
                (Item::Question(q.clone()), field, *index)
            }
        };
        Position { item, field, cursor, link }
    }
}

/// Applies the edits that concern one question's answer; the texts of it are spliced elsewhere.
pub(super) fn apply_to_answer(answer: &mut Answer, edit: &Edit) -> Result<(), Misfit> {
    fn swap<T: PartialEq + Clone>(slot: &mut T, before: &T, after: &T) -> Result<(), Misfit> {
        if slot != before {
            return Err(Misfit);
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
            (Some(before), Some(after)) => swap(answer.links.get_mut(*index).ok_or(Misfit)?, before, after),
            _ => Err(Misfit),
        },
        Edit::MoveLink { from, to, .. } => {
            if *from >= answer.links.len() || *to >= answer.links.len() {
                return Err(Misfit);
            }
            let link = answer.links.remove(*from);
            answer.links.insert(*to, link);
            Ok(())
        }
        Edit::Splice { .. } | Edit::Subject { .. } | Edit::Go { .. } => Err(Misfit),
    }
}
