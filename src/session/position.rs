//! Where the reviewer is.

use serde::{Deserialize, Serialize};

/// The place of the cursor; a session is resumed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The question or part of the page.
    pub item: Item,
    /// The field of it.
    pub field: Field,
    /// The byte of the field's text before which the cursor stands.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cursor: usize,
    /// The link that is selected, in the order of the list.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub link: usize,
}

/// One entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A question, by its id.
    Question(String),
    /// The text above the table of the page.
    Introduction,
    /// A section after the table, by its place.
    Section(usize),
}

/// A field of an item. A part of the page has the detail only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The choices or the value.
    Answer,
    /// What limits the choice.
    Qualifier,
    /// The detail, or the text of a part of the page.
    Detail,
    /// The list of links.
    Links,
    /// The address of the selected link.
    LinkUrl,
    /// The words of the selected link.
    LinkLabel,
    /// The quote of the selected link.
    LinkQuote,
    /// The reviewer's own text.
    Note,
    /// The words of the flag.
    Flag,
}

impl Position {
    /// The start of an item: a question's answer, a part's text.
    pub fn start_of(item: Item) -> Self {
        let field = if matches!(item, Item::Question(_)) { Field::Answer } else { Field::Detail };
        Self { item, field, cursor: 0, link: 0 }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}
