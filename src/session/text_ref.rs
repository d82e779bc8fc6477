//! References to the texts that a reviewer can type into.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Link};
use super::position::{Field, Item, Position};

/// A text of a session that a reviewer can type into.
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
    /// The text of a question's flag; exists only while the question is flagged.
    Flag(String),
    /// A part of a link: id of the question, index of the link, part.
    Link(String, usize, LinkPart),
    /// The introduction of the page.
    Introduction,
    /// The properties of the page, one `key: value` per line.
    Properties,
    /// A section of the page, by index.
    Section(usize),
}

/// A part of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPart {
    /// The URL.
    Url,
    /// The label.
    Label,
    /// The quote.
    Quote,
    /// The date on which it was read.
    Retrieved,
}

impl TextRef {
    /// Id of the question that the text belongs to; `None` for a part of the page.
    pub fn question(&self) -> Option<&str> {
        match self {
            Self::Detail(id)
            | Self::Note(id)
            | Self::Value(id)
            | Self::Qualifier(id)
            | Self::Flag(id)
            | Self::Link(id, ..) => Some(id),
            Self::Introduction | Self::Properties | Self::Section(_) => None,
        }
    }

    /// Whether the text may contain line breaks.
    pub fn is_multiline(&self) -> bool {
        match self {
            Self::Detail(_) | Self::Note(_) | Self::Introduction | Self::Properties | Self::Section(_) => {
                true
            }
            Self::Value(_) | Self::Qualifier(_) | Self::Flag(_) | Self::Link(..) => false,
        }
    }

    /// What the text is called in messages.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Detail(_) => "detail",
            Self::Note(_) => "note",
            Self::Value(_) => "answer",
            Self::Qualifier(_) => "qualifier",
            Self::Flag(_) => "flag",
            Self::Link(..) => "link",
            Self::Introduction => "introduction",
            Self::Properties => "properties",
            Self::Section(_) => "section",
        }
    }

    /// The position at byte `cursor` of this text.
    pub fn position(&self, cursor: usize) -> Position {
        let (item, field, link) = match self {
            Self::Introduction => (Item::Introduction, Field::Detail, 0),
            Self::Properties => (Item::Properties, Field::Detail, 0),
            Self::Section(index) => (Item::Section(*index), Field::Detail, 0),
            Self::Detail(id) => (Item::Question(id.clone()), Field::Detail, 0),
            Self::Note(id) => (Item::Question(id.clone()), Field::Note, 0),
            Self::Value(id) => (Item::Question(id.clone()), Field::Answer, 0),
            Self::Qualifier(id) => (Item::Question(id.clone()), Field::Qualifier, 0),
            Self::Flag(id) => (Item::Question(id.clone()), Field::Flag, 0),
            Self::Link(id, index, part) => (Item::Question(id.clone()), part.field(), *index),
        };
        Position { item, field, cursor, link }
    }

    /// The text of this reference in the answer that it belongs to. `None` if it does not exist, or belongs
    /// to a part of the page.
    pub(super) fn in_answer<'a>(&self, answer: &'a Answer) -> Option<&'a str> {
        match self {
            Self::Detail(_) => Some(&answer.detail),
            Self::Note(_) => Some(&answer.note),
            Self::Value(_) => Some(&answer.value),
            Self::Qualifier(_) => Some(&answer.qualifier),
            Self::Flag(_) => answer.flag.as_deref(),
            Self::Link(_, index, part) => answer.links.get(*index).map(|link| part.of(link)),
            Self::Introduction | Self::Properties | Self::Section(_) => None,
        }
    }

    /// As [`in_answer`](Self::in_answer), for changing the text.
    pub(super) fn in_answer_mut<'a>(&self, answer: &'a mut Answer) -> Option<&'a mut String> {
        match self {
            Self::Detail(_) => Some(&mut answer.detail),
            Self::Note(_) => Some(&mut answer.note),
            Self::Value(_) => Some(&mut answer.value),
            Self::Qualifier(_) => Some(&mut answer.qualifier),
            Self::Flag(_) => answer.flag.as_mut(),
            Self::Link(_, index, part) => answer.links.get_mut(*index).map(|link| part.of_mut(link)),
            Self::Introduction | Self::Properties | Self::Section(_) => None,
        }
    }
}

impl LinkPart {
    fn of(self, link: &Link) -> &str {
        match self {
            Self::Url => &link.url,
            Self::Label => &link.label,
            Self::Quote => &link.quote,
            Self::Retrieved => &link.retrieved,
        }
    }

    fn of_mut(self, link: &mut Link) -> &mut String {
        match self {
            Self::Url => &mut link.url,
            Self::Label => &mut link.label,
            Self::Quote => &mut link.quote,
            Self::Retrieved => &mut link.retrieved,
        }
    }

    /// The field that shows this part. The date has no field of its own.
    fn field(self) -> Field {
        match self {
            Self::Url => Field::LinkUrl,
            Self::Label => Field::LinkLabel,
            Self::Quote => Field::LinkQuote,
            Self::Retrieved => Field::Links,
        }
    }
}
