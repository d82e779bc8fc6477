//! Editing a text: cursor movements and changes. Works on any `&str` and keeps no copy of it.
//!
//! Moves and deletes by grapheme, places the cursor by display width, wraps as [`text::wrap`] does.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{self, Row};
use crate::tui::keys::{Select, TextAction};

/// The cursor in a text, with its selection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caret {
    /// The cursor's byte offset.
    pub cursor: usize,
    /// The other end of the selection, as a byte offset.
    pub anchor: Option<usize>,
    /// The column that moving up and down returns to.
    pub goal: Option<usize>,
}

/// A cursor movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme back.
    Left,
    /// One grapheme forward.
    Right,
    /// To the start of the previous word.
    WordLeft,
    /// To the end of the next word.
    WordRight,
    /// One row up on the screen.
    Up,
    /// One row down on the screen.
    Down,
    /// To the start of the row on the screen.
    RowStart,
    /// To the end of the row on the screen.
    RowEnd,
    /// To the start of the text.
    Start,
    /// To the end of the text.
    End,
}

/// A change of a text: bytes that are replaced, and their replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The bytes to replace.
    pub range: Range<usize>,
    /// The replacement.
    pub text: String,
}

impl Caret {
    /// A caret without a selection.
    pub fn at(cursor: usize) -> Self {
        Self { cursor, anchor: None, goal: None }
    }

    /// The selected bytes; empty at the cursor if nothing is selected.
    pub fn selection(&self) -> Range<usize> {
        let anchor = self.anchor.unwrap_or(self.cursor);
        anchor.min(self.cursor)..anchor.max(self.cursor)
    }

    /// The caret after a movement in a text that is wrapped to `width` columns.
    #[must_use]
    pub fn moved(&self, text: &str, width: usize, motion: Motion, select: bool) -> Self {
        let anchor = if select { Some(self.anchor.unwrap_or(self.cursor)) } else { None };
        let selection = self.selection();
        let mut goal = None;
        let cursor = match motion {
            // An arrow without Shift ends the selection at that side.
            Motion::Left if !select && !selection.is_empty() => selection.start,
            Motion::Right if !select && !selection.is_empty() => selection.end,
            Motion::Left => before(text, self.cursor),
            Motion::Right => after(text, self.cursor),
            Motion::WordLeft => word_before(text, self.cursor),
            Motion::WordRight => word_after(text, self.cursor),
            Motion::Start => 0,
            Motion::End => text.len(),
            Motion::Up | Motion::Down | Motion::RowStart | Motion::RowEnd => {
                let rows = text::wrap(text, width);
                let at = text::row_of(&rows, self.cursor);
                let row = rows[at];
                let column = self.goal.unwrap_or_else(|| text::width(&text[row.start..self.cursor]));
                match motion {
                    Motion::RowStart => row.start,
                    Motion::RowEnd => row_end(text, row),
                    Motion::Up => {
                        goal = Some(column);
                        if at == 0 { 0 } else { at_column(text, rows[at - 1], column) }
                    }
                    _ => {
                        goal = Some(column);
                        rows.get(at + 1).map_or(text.len(), |row| at_column(text, *row, column))
                    }
                }
            }
        };
        let anchor = anchor.filter(|anchor| select || *anchor != cursor);
        Self { cursor, anchor, goal }
    }

    /// The change made by typing or pasting `new`, which replaces the selection.
    pub fn insert(&self, new: &str) -> Change {
        Change { range: self.selection(), text: text::normalize_newlines(new).into_owned() }
    }

    /// The change made by deleting the selection, or the text from the cursor to the target of `motion`.
    pub fn delete(&self, text: &str, width: usize, motion: Motion) -> Option<Change> {
        let selection = self.selection();
        let range = if selection.is_empty() {
            let to = Self::at(self.cursor).moved(text, width, motion, false).cursor;
            self.cursor.min(to)..self.cursor.max(to)
        } else {
            selection
        };
        (!range.is_empty()).then_some(Change { range, text: String::new() })
    }
}

/// The movement of an action, and whether it selects; none for an action that is not a movement.
pub fn motion(action: TextAction) -> Option<(Motion, bool)> {
    match action {
        TextAction::Left(select) => Some((Motion::Left, select)),
        TextAction::Right(select) => Some((Motion::Right, select)),
        TextAction::WordLeft(select) => Some((Motion::WordLeft, select)),
        TextAction::WordRight(select) => Some((Motion::WordRight, select)),
        TextAction::RowUp(select) => Some((Motion::Up, select)),
        TextAction::RowDown(select) => Some((Motion::Down, select)),
        TextAction::RowStart(select) => Some((Motion::RowStart, select)),
        TextAction::RowEnd(select) => Some((Motion::RowEnd, select)),
        TextAction::TextStart(select) => Some((Motion::Start, select)),
        TextAction::TextEnd(select) => Some((Motion::End, select)),
        TextAction::NewLine
        | TextAction::SelectAll
        | TextAction::DeleteLeft
        | TextAction::DeleteRight
        | TextAction::DeleteWordLeft
        | TextAction::DeleteWordRight
        | TextAction::DeleteToRowStart
        | TextAction::Copy
        | TextAction::Cut
        | TextAction::Paste
        | TextAction::MakeLink
        | TextAction::Editor => None,
    }
    .map(|(motion, select)| (motion, select == Select::Yes))
}

/// The movement up to whose target an action deletes; none for an action that does not delete.
pub fn deletion(action: TextAction) -> Option<Motion> {
    [
        (TextAction::DeleteLeft, Motion::Left),
        (TextAction::DeleteRight, Motion::Right),
        (TextAction::DeleteWordLeft, Motion::WordLeft),
        (TextAction::DeleteWordRight, Motion::WordRight),
        (TextAction::DeleteToRowStart, Motion::RowStart),
    ]
    .into_iter()
    .find(|(deleting, _)| *deleting == action)
    .map(|(_, motion)| motion)
}

/// The byte offset of a column of a row: before the grapheme that covers it, at most the row's end.
pub fn at_column(text: &str, row: Row, column: usize) -> usize {
    let mut x = 0;
    for (at, grapheme) in text[row.start..row.end].grapheme_indices(true) {
        let width = text::glyph(grapheme).1;
        if x + width > column {
            return row.start + at;
        }
        x += width;
    }
    row_end(text, row)
}

/// The word at a byte offset, for a double click.
pub fn word_at(text: &str, at: usize) -> Range<usize> {
    let words = text.split_word_bound_indices();
    let found = words.map(|(start, word)| start..start + word.len()).find(|word| word.contains(&at));
    found.unwrap_or(at..at)
}

/// The last cursor position that still belongs to a row.
fn row_end(text: &str, row: Row) -> usize {
    if row.hard { row.end } else { before(text, row.end).max(row.start) }
}

fn before(text: &str, at: usize) -> usize {
    text[..at].grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
}

fn after(text: &str, at: usize) -> usize {
    text[at..].graphemes(true).next().map_or(at, |grapheme| at + grapheme.len())
}

fn is_word(part: &str) -> bool {
    part.chars().any(char::is_alphanumeric)
}

fn word_before(text: &str, at: usize) -> usize {
    let parts = text[..at].split_word_bound_indices();
    parts.rev().find(|(_, part)| is_word(part)).map_or(0, |(start, _)| start)
}

fn word_after(text: &str, at: usize) -> usize {
    let mut parts = text[at..].split_word_bound_indices();
    parts.find(|(_, part)| is_word(part)).map_or(text.len(), |(start, part)| at + start + part.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Motion; 10] = [
        Motion::Left,
        Motion::Right,
        Motion::WordLeft,
        Motion::WordRight,
        Motion::Up,
        Motion::Down,
        Motion::RowStart,
        Motion::RowEnd,
        Motion::Start,
        Motion::End,
    ];

    fn walk(text: &str, width: usize, from: usize, motions: &[Motion]) -> usize {
        motions.iter().fold(Caret::at(from), |caret, motion| caret.moved(text, width, *motion, false)).cursor
    }

    #[test]
    fn arrows_move_by_what_a_person_sees_as_one_character() {
        let text = "a👩‍💻é";
        assert_eq!(walk(text, 80, 0, &[Motion::Right, Motion::Right]), "a👩‍💻".len());
        assert_eq!(walk(text, 80, text.len(), &[Motion::Left, Motion::Left]), 1);
    }

    #[test]
    fn up_and_down_follow_the_rows_on_the_screen_and_keep_their_column() {
        let text = "one two three";
        assert_eq!(walk(text, 8, 2, &[Motion::Down]), 10);
        assert_eq!(walk("long line\nx\nlong line", 80, 5, &[Motion::Down, Motion::Down]), 17);
        assert_eq!(walk(text, 8, 10, &[Motion::Up]), 2);
        assert_eq!(walk(text, 8, 10, &[Motion::RowStart]), 8);
        assert_eq!(walk(text, 8, 2, &[Motion::RowEnd]), 7);
    }

    #[test]
    fn word_movements_stop_at_words() {
        let text = "one, two.  three";
        assert_eq!(walk(text, 80, 0, &[Motion::WordRight]), 3);
        assert_eq!(walk(text, 80, 3, &[Motion::WordRight]), 8);
        assert_eq!(walk(text, 80, 16, &[Motion::WordLeft, Motion::WordLeft]), 5);
    }

    #[test]
    fn typing_replaces_the_selection() {
        let caret = Caret { cursor: 5, anchor: Some(1), goal: None };
        assert_eq!(caret.insert("x\r\ny"), Change { range: 1..5, text: "x\ny".into() });
    }

    proptest! {
        #[test]
        fn no_movement_leaves_the_text_or_splits_a_character(
            text in "[a-b ,日é\\n👩‍💻]{0,40}",
            width in 2usize..12,
            moves in prop::collection::vec((0usize..10, any::<bool>()), 0..20)
        ) {
            let mut caret = Caret::default();
            for (which, select) in moves {
                caret = caret.moved(&text, width, ALL[which], select);
                prop_assert!(text.is_char_boundary(caret.cursor));
                prop_assert!(text.get(caret.selection()).is_some());
                if let Some(change) = caret.delete(&text, width, ALL[which]) {
                    prop_assert!(text.get(change.range).is_some());
                }
            }
        }
    }
}
