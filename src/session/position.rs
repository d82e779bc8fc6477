//! Positions: where the reviewer is in a session.

use crate::questionnaire::Question;
use serde::{Deserialize, Serialize};

/// The position of the cursor. A session is resumed there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// The question or part of the page.
    pub item: Item,
    /// The field of the item.
    pub field: Field,
    /// The offset of the cursor in the field's text, in bytes.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cursor: usize,
    /// The index of the selected link.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub link: usize,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A question, by id.
    Question(String),
    /// The properties of the page: title, description, tags and others.
    Properties,
    /// The text above the table of the page.
    Introduction,
    /// A section after the table, by index.
    Section(usize),
}

/// A field of an item. A part of the page has only a detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The choices or the value.
    Answer,
    /// The qualifier.
    Qualifier,
    /// The detail, or the text of a part of the page.
    Detail,
    /// The list of links.
    Links,
    /// The URL of the selected link.
    LinkUrl,
    /// The label of the selected link.
    LinkLabel,
    /// The quote of the selected link.
    LinkQuote,
    /// The note.
    Note,
    /// The text of the flag.
    Flag,
}

impl Item {
    /// The item of a question.
    pub fn of(question: &Question) -> Self {
        Self::Question(question.id.clone())
    }
}

impl Position {
    /// The start of an item: the answer of a question, or the text of a part of the page.
    pub fn start_of(item: Item) -> Self {
        let field = match item {
            Item::Question(_) => Field::Answer,
            Item::Introduction | Item::Properties | Item::Section(_) => Field::Detail,
        };
        Self { item, field, cursor: 0, link: 0 }
    }

    /// The same place after somebody else changed the text there: the cursor stays between the same letters,
    /// or at the start of what replaced them.
    #[must_use]
    pub fn after_change(self, before: &str, after: &str) -> Self {
        let same = |(a, b): &(char, char)| a == b;
        let length = |(c, _): (char, char)| c.len_utf8();
        let prefix: usize = before.chars().zip(after.chars()).take_while(same).map(length).sum();
        let (old, new) = (&before[prefix..], &after[prefix..]);
        let suffix: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(length).sum();
        let from_end = before.len().saturating_sub(self.cursor);
        let cursor = if self.cursor <= prefix {
            self.cursor
        } else if from_end <= suffix {
            after.len() - from_end
        } else {
            prefix
        };
        Self { cursor, ..self }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_between_the_same_letters_when_somebody_else_changes_the_text() {
        let moved = |cursor, before, after| {
            let position = Position { cursor, ..Position::start_of(Item::Introduction) };
            position.after_change(before, after).cursor
        };
        assert_eq!(moved(2, "abcd", "abXcd"), 2);
        assert_eq!(moved(3, "abcd", "abXcd"), 4);
        assert_eq!(moved(4, "abcd", "Xabcd"), 5);
        assert_eq!(moved(4, "aébcd", "aXd"), 1);
        assert_eq!(moved(2, "aa", "a"), 1);
        assert_eq!(moved(3, "abc", ""), 0);
    }

    #[test]
    fn a_position_is_saved_with_its_cursor_and_its_link_unless_they_are_the_first() {
        let json = |cursor, link| {
            let position = Position { cursor, link, ..Position::start_of(Item::Question("q".into())) };
            serde_json::to_string(&position).unwrap()
        };
        assert_eq!(json(0, 0), r#"{"item":{"question":"q"},"field":"answer"}"#);
        assert_eq!(json(3, 0), r#"{"item":{"question":"q"},"field":"answer","cursor":3}"#);
        assert_eq!(json(0, 1), r#"{"item":{"question":"q"},"field":"answer","link":1}"#);
    }
}
