//! What a reviewer says to one question.

use serde::{Deserialize, Serialize};

use crate::text;

/// The answer to one question. Empty as long as nobody has said anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// Ids of the choices made, in the order of the answer set.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The value of a text, number or date question, as typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// What limits the choice: "version dependent".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub qualifier: String,
    /// Markdown, published.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Evidence that the detail does not cite.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// How the answer is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The reviewer's own text, not published unless asked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// To be followed up; with a few words on what to ask and whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
}

impl Answer {
    /// Whether nothing has been said at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many links there are: those listed, and those that only the detail cites.
    pub fn link_count(&self) -> usize {
        let cited = text::cited(&self.detail);
        self.links.len() + cited.iter().filter(|c| !self.links.iter().any(|l| l.url == c.url)).count()
    }

    /// Whether the question itself is answered: a choice or a value, whatever else there is.
    pub fn is_given(&self) -> bool {
        !self.choices.is_empty() || !self.value.trim().is_empty()
    }
}

/// Evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Link {
    /// Where it leads.
    pub url: String,
    /// Its words; the address where empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The sentence that it is cited for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quote: String,
    /// The day it was read, as 2026-11-22.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub retrieved: String,
}

impl Link {
    /// The words to show for it.
    pub fn shown_label(&self) -> &str {
        if self.label.is_empty() { &self.url } else { &self.label }
    }
}

/// How an answer is known, from hearsay to proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The provider says so.
    Claimed,
    /// Read in a document.
    DocumentRead,
    /// Somebody who knows was asked.
    Interviewed,
    /// Tried.
    Tested,
}

impl Basis {
    /// All, weakest first.
    pub const ALL: [Self; 4] = [Self::Claimed, Self::DocumentRead, Self::Interviewed, Self::Tested];

    /// As screens show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::DocumentRead => "document read",
            Self::Interviewed => "interviewed",
            Self::Tested => "tested",
        }
    }

    /// The basis after `current`, and none after the last: one key walks through them.
    pub fn next(current: Option<Self>) -> Option<Self> {
        match current {
            None => Some(Self::Claimed),
            Some(basis) => Self::ALL.iter().skip_while(|b| **b != basis).nth(1).copied(),
        }
    }
}
