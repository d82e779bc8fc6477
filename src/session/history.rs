//! Undo and redo. An undo is itself an edit, so nothing is ever removed from a journal.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::edit::Edit;

/// How many steps can be undone; older ones are forgotten.
const LIMIT: usize = 10_000;
/// After a pause as long as this, typing begins a new step.
const PAUSE: SignedDuration = SignedDuration::from_secs(3);

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
    /// A change that somebody made to the files outside of this program was taken over.
    Outside,
}

/// The steps that can be undone and redone.
///
/// Built by [`record`](Self::record)ing every edit of a session in order, live or from its journal. Both
/// produce the same steps, so undo works across restarts. A burst of typing is one step: consecutive
/// insertions and deletions up to a pause, a movement of the cursor, or the end of the line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    undo: VecDeque<Edit>,
    redo: Vec<Edit>,
    burst: Option<Burst>,
}

/// Where and when the last keystroke was typed. Typing that continues there soon is part of the same step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Burst {
    cursor: usize,
    at: Timestamp,
}

impl History {
    /// Records an edit that has been applied, with the time when it was made.
    pub fn record(&mut self, edit: &Edit, origin: Origin, at: Timestamp) {
        let burst = self.burst.take();
        if edit.is_no_step() {
            return;
        }
        match origin {
            Origin::Do | Origin::Outside => {
                self.redo.clear();
                self.burst = typed(edit).map(|cursor| Burst { cursor, at });
                let is_more = burst.is_some_and(|burst| continues(burst, edit, at));
                if !is_more || !self.undo.back_mut().is_some_and(|last| join(last, edit)) {
                    self.undo.push_back(edit.clone());
                } else if self.undo.back().is_some_and(is_empty) {
                    self.undo.pop_back();
                    self.burst = None;
                }
                if self.undo.len() > LIMIT {
                    self.undo.pop_front();
                }
            }
            Origin::Undo => {
                self.undo.pop_back();
                self.redo.push(edit.inverse());
            }
            Origin::Redo => {
                self.redo.pop();
                self.undo.push_back(edit.clone());
            }
        }
        if ends_line(edit) {
            self.burst = None;
        }
    }

    /// The steps that can be undone, oldest first.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Edit> {
        self.undo.iter()
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

/// Where the cursor is after an edit as small as a keystroke; `None` for larger edits.
fn typed(edit: &Edit) -> Option<usize> {
    let Edit::Splice { at, removed, inserted, .. } = edit else { return None };
    let is_small = |text: &str| text.chars().count() <= 4;
    let is_typed = is_small(removed) && is_small(inserted) && (removed.is_empty() || inserted.is_empty());
    is_typed.then_some(at + inserted.len())
}

/// Whether an edit is typed where and soon after a burst ended.
fn continues(burst: Burst, edit: &Edit, at: Timestamp) -> bool {
    let Edit::Splice { at: start, removed, .. } = edit else { return false };
    let is_soon = (burst.at..=burst.at.saturating_add(PAUSE).unwrap_or(burst.at)).contains(&at);
    is_soon && typed(edit).is_some() && (*start == burst.cursor || start + removed.len() == burst.cursor)
}

fn ends_line(edit: &Edit) -> bool {
    let Edit::Splice { inserted, removed, .. } = edit else { return false };
    inserted.contains('\n') || removed.contains('\n')
}

/// Whether an edit changes nothing: what was typed has been deleted again.
fn is_empty(edit: &Edit) -> bool {
    matches!(edit, Edit::Splice { removed, inserted, .. } if removed == inserted)
}

/// Makes both edits one step, if they change the same text and the second touches what the first inserted.
/// Returns whether it did.
fn join(first: &mut Edit, second: &Edit) -> bool {
    let (
        Edit::Splice { text: a, at: at_a, removed: out_a, inserted: in_a },
        Edit::Splice { text: b, at: at_b, removed: out_b, inserted: in_b },
    ) = (first, second)
    else {
        return false;
    };
    let (start, end) = (*at_a, *at_a + in_a.len());
    let (from, to) = (*at_b, at_b + out_b.len());
    if a != b || from > end || to < start {
        return false;
    }
    // What the second removes: text before the first's insertion, of it, and after it.
    let (before, after) = (start.saturating_sub(from), out_b.len() - to.saturating_sub(end));
    let within = from.saturating_sub(start)..to.min(end) - start;
    let (Some(before), Some(after)) = (out_b.get(..before), out_b.get(after..)) else { return false };
    if in_a.get(within.clone()).is_none() {
        return false;
    }
    *at_a = start.min(from);
    out_a.insert_str(0, before);
    out_a.push_str(after);
    in_a.replace_range(within, in_b);
    true
}

#[cfg(test)]
mod tests {
    use super::{Edit, History, LIMIT, Origin, Timestamp};
    use crate::session::TextRef;

    fn typed(at: usize, inserted: &str) -> Edit {
        Edit::Splice { text: TextRef::Introduction, at, removed: String::new(), inserted: inserted.into() }
    }

    fn deleted(at: usize, removed: &str) -> Edit {
        Edit::Splice { text: TextRef::Introduction, at, removed: removed.into(), inserted: String::new() }
    }

    /// The steps after edits that were made a second apart.
    fn steps(edits: &[Edit]) -> Vec<Edit> {
        let mut history = History::default();
        for (second, edit) in edits.iter().enumerate() {
            history.record(edit, Origin::Do, second_of(second as i64));
        }
        history.undo.into()
    }

    fn second_of(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn keys(at: usize, text: &str) -> Vec<Edit> {
        text.char_indices().map(|(offset, c)| typed(at + offset, &c.to_string())).collect()
    }

    #[test]
    fn a_line_typed_without_a_pause_is_one_step_with_its_corrections() {
        let mut edits = keys(0, "one twp");
        edits.extend([deleted(6, "p"), typed(6, "o"), typed(7, "\n")]);
        edits.extend(keys(8, "three"));
        assert_eq!(steps(&edits), [typed(0, "one two\n"), typed(8, "three")]);
    }

    #[test]
    fn typing_after_a_pause_or_elsewhere_or_after_a_paste_is_a_separate_step() {
        let mut history = History::default();
        history.record(&typed(0, "a"), Origin::Do, second_of(0));
        history.record(&typed(1, "b"), Origin::Do, second_of(60));
        assert_eq!(history.undo(), Some(typed(1, "b").inverse()));
        assert_eq!(steps(&[typed(0, "a"), typed(0, "b")]).len(), 2);
        assert_eq!(steps(&[typed(0, "a long paste"), typed(12, "x")]).len(), 2);
    }

    #[test]
    fn a_burst_that_deletes_what_it_typed_is_no_step_and_one_that_deletes_more_is() {
        assert_eq!(steps(&[typed(5, "a"), deleted(5, "a")]), []);
        let edits = [typed(5, "a"), deleted(5, "a"), deleted(4, "z"), deleted(4, "y"), typed(4, "b")];
        let expected =
            Edit::Splice { text: TextRef::Introduction, at: 4, removed: "zy".into(), inserted: "b".into() };
        assert_eq!(steps(&edits[2..]), [expected]);
        let edits = [typed(5, "a"), deleted(4, "za"), deleted(4, "y")];
        assert_eq!(steps(&edits), [deleted(4, "zy")]);
    }

    #[test]
    fn a_new_edit_discards_the_steps_that_were_undone() {
        let mut history = History::default();
        history.record(&typed(0, "a"), Origin::Do, second_of(0));
        history.record(&history.undo().unwrap(), Origin::Undo, second_of(0));
        assert!(history.redo().is_some());
        history.record(&typed(0, "b"), Origin::Do, second_of(0));
        assert!(history.redo().is_none());
    }

    #[test]
    fn deleting_backwards_is_one_step() {
        assert_eq!(steps(&[deleted(2, "c"), deleted(1, "b"), deleted(0, "a")]), [deleted(0, "abc")]);
    }

    #[test]
    fn typing_at_the_same_place_of_another_text_is_a_separate_step() {
        let other =
            Edit::Splice { text: TextRef::Properties, at: 1, removed: String::new(), inserted: "b".into() };
        let edits = [typed(0, "a"), other];
        assert_eq!(steps(&edits), edits);
    }

    #[test]
    fn only_the_oldest_steps_beyond_the_limit_are_forgotten() {
        let mut history = History::default();
        for number in 0..LIMIT {
            history.record(&typed(2 * number, "a"), Origin::Do, second_of(0));
        }
        assert_eq!((history.steps().count(), history.steps().next()), (LIMIT, Some(&typed(0, "a"))));
        history.record(&typed(2 * LIMIT, "a"), Origin::Do, second_of(0));
        assert_eq!((history.steps().count(), history.steps().next()), (LIMIT, Some(&typed(2, "a"))));
    }
}
