//! Finding words in a question and what was answered to it.

use std::ops::Range;

use crate::text;

use super::model::Session;
use super::position::Field;

/// A place where words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The field to go to.
    pub field: Field,
    /// The text of that place.
    pub text: String,
    /// The bytes of it that were found.
    pub range: Range<usize>,
    /// Whether it is a text of the reviewer's, so that the range is one of the field's text.
    pub is_typed: bool,
}

impl Session {
    /// Where `wanted` stands first in a question's title, text, answer, detail and note, in any case.
    pub fn search(&self, index: usize, wanted: &str) -> Option<Found> {
        let (question, answer) = (self.question(index), self.answer(index));
        let found = |field, text: &str, is_typed| {
            let range = text::find(text, wanted)?;
            Some(Found { field, text: text.to_owned(), range, is_typed })
        };
        found(Field::Answer, &question.title, false)
            .or_else(|| found(Field::Answer, &question.text, false))
            .or_else(|| self.chosen_labels(index).into_iter().find_map(|l| found(Field::Answer, l, false)))
            .or_else(|| found(Field::Answer, &answer.value, true))
            .or_else(|| found(Field::Detail, &answer.detail, true))
            .or_else(|| found(Field::Note, &answer.note, true))
    }
}
