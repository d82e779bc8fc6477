//! Undo and redo. An undo is itself an edit, so nothing is ever removed from a journal.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::edit::Edit;

/// How many steps can be undone; older ones are forgotten.
const LIMIT: usize = 10_000;

/// Where an edit came from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The reviewer made a change.
    #[default]
    Do,
    /// The last step was undone.
    Undo,
    /// The last undone step was redone.
    Redo,
}

/// The steps that can be undone and redone.
///
/// Built by [`record`](Self::record)ing every edit of a session in order, live or from its journal. Both
/// produce the same steps, so undo works across restarts. Typing is undone word by word: consecutive
/// characters, up to and including the space after the word, are one step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    undo: VecDeque<Edit>,
    redo: Vec<Edit>,
    /// Whether the next edit may become part of the last step.
    open: bool,
}

impl History {
    /// Records an edit that has been applied.
    pub fn record(&mut self, edit: &Edit, origin: Origin) {
        match origin {
            Origin::Do if matches!(edit, Edit::Go { .. }) => self.open = false,
            Origin::Do => {
                self.redo.clear();
                let joined =
                    if self.open { self.undo.back().and_then(|last| join(last, edit)) } else { None };
                if let Some(joined) = joined {
                    self.undo.pop_back();
                    self.undo.push_back(joined);
                } else {
                    self.undo.push_back(edit.clone());
                    if self.undo.len() > LIMIT {
                        self.undo.pop_front();
                    }
                }
                self.open = is_typing(edit);
            }
            Origin::Undo => {
                self.undo.pop_back();
                self.redo.push(edit.inverse());
                self.open = false;
            }
            Origin::Redo => {
                self.redo.pop();
                self.undo.push_back(edit.clone());
                self.open = false;
            }
        }
    }

    /// The edit that undoes the last step.
    pub fn undo(&self) -> Option<Edit> {
        self.undo.back().map(Edit::inverse)
    }

    /// The edit that redoes the last undone step.
    pub fn redo(&self) -> Option<Edit> {
        self.redo.last().cloned()
    }
}

/// Whether an edit is as small as one keystroke, so that the next keystroke may become part of the same step.
fn is_typing(edit: &Edit) -> bool {
    let Edit::Splice { removed, inserted, .. } = edit else { return false };
    let short = |text: &str| text.chars().count() <= 4 && !text.contains('\n');
    match (removed.is_empty(), inserted.is_empty()) {
        (true, false) => short(inserted),
        (false, true) => short(removed),
        _ => false,
    }
}

/// Both edits as one step, if the second continues the first within the same word.
fn join(first: &Edit, second: &Edit) -> Option<Edit> {
    let (
        Edit::Splice { text: a, at: at_a, removed: out_a, inserted: in_a },
        Edit::Splice { text: b, at: at_b, removed: out_b, inserted: in_b },
    ) = (first, second)
    else {
        return None;
    };
    if a != b || !is_typing(second) {
        return None;
    }
    let splice = |at: usize, removed: String, inserted: String| {
        Some(Edit::Splice { text: a.clone(), at, removed, inserted })
    };
    if out_a.is_empty() && out_b.is_empty() && *at_b == at_a + in_a.len() && !ends_word(in_a, in_b) {
        return splice(*at_a, String::new(), format!("{in_a}{in_b}"));
    }
    if !in_a.is_empty() || !in_b.is_empty() {
        return None;
    }
    if at_b + out_b.len() == *at_a && !ends_word(out_b, out_a) {
        return splice(*at_b, format!("{out_b}{out_a}"), String::new());
    }
    if at_b == at_a && !ends_word(out_a, out_b) {
        return splice(*at_a, format!("{out_a}{out_b}"), String::new());
    }
    None
}

/// Whether a new word begins between two consecutive pieces of text.
fn ends_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::TextRef;

    fn typed(at: usize, inserted: &str) -> Edit {
        Edit::Splice { text: TextRef::Introduction, at, removed: String::new(), inserted: inserted.into() }
    }

    fn inserted(edit: Option<Edit>) -> Option<String> {
        match edit?.inverse() {
            Edit::Splice { inserted, .. } => Some(inserted),
            _ => None,
        }
    }

    #[test]
    fn typing_is_undone_word_by_word() {
        let mut history = History::default();
        for (at, c) in "one two".chars().enumerate() {
            history.record(&typed(at, &c.to_string()), Origin::Do);
        }
        let last = history.undo();
        assert_eq!(inserted(last.clone()).as_deref(), Some("two"));
        history.record(&last.unwrap(), Origin::Undo);
        assert_eq!(inserted(history.undo()).as_deref(), Some("one "));
        assert_eq!(inserted(history.redo().map(|e| e.inverse())).as_deref(), Some("two"));
    }

    #[test]
    fn typing_after_a_paste_is_a_separate_step() {
        let mut history = History::default();
        history.record(&typed(0, "a long paste"), Origin::Do);
        history.record(&typed(12, "x"), Origin::Do);
        assert_eq!(inserted(history.undo()).as_deref(), Some("x"));
    }

    #[test]
    fn a_new_edit_discards_the_steps_that_were_undone() {
        let mut history = History::default();
        history.record(&typed(0, "a"), Origin::Do);
        history.record(&history.undo().unwrap(), Origin::Undo);
        assert!(history.redo().is_some());
        history.record(&typed(0, "b"), Origin::Do);
        assert!(history.redo().is_none());
    }

    #[test]
    fn deleting_backwards_is_undone_word_by_word() {
        let mut history = History::default();
        for (at, c) in [(2, "c"), (1, "b"), (0, "a")] {
            let edit =
                Edit::Splice { text: TextRef::Introduction, at, removed: c.into(), inserted: String::new() };
            history.record(&edit, Origin::Do);
        }
        assert_eq!(history.undo(), Some(typed(0, "abc")));
    }
}
