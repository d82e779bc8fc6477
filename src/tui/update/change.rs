//! The one way in which the screen changes a session: apply, remember for undo, hand to the journal.

use crate::session::{Edit, MAX_TEXT, Origin, Position, TextRef};
use crate::tui::effect::Effect;
use crate::tui::state::{Review, State};
use crate::tui::widgets::editor::Change;

/// Makes an edit. Says why if it cannot be made.
pub fn make(state: &mut State, edit: Edit, origin: Origin, effects: &mut Vec<Effect>) -> bool {
    let Some(review) = &mut state.review else { return false };
    if let Some(who) = &review.status.read_only {
        // Going about is allowed, it is just not remembered.
        if matches!(edit, Edit::Go { .. }) {
            return review.session.apply(&edit).is_ok();
        }
        state.message = format!("Read-only: open {who}.");
        return false;
    }
    let before = review.session.position().clone();
    if review.session.apply(&edit).is_err() {
        return false;
    }
    let after = review.session.position();
    if (&before.item, before.field) != (&after.item, after.field) {
        // A selection belongs to the text that it was made in.
        (review.anchor, review.goal) = (None, None);
    }
    review.history.record(&edit, origin);
    let changed = edit.question().and_then(|id| review.session.index_of(id));
    review.outline.refresh(&review.session, changed);
    effects.push(Effect::Append(edit, origin));
    true
}

/// Goes to another place. The selection is left behind.
pub fn go(state: &mut State, to: Position, effects: &mut Vec<Effect>) {
    let Some(review) = &mut state.review else { return };
    let before = review.session.position().clone();
    (review.anchor, review.goal) = (None, None);
    if before == to {
        return;
    }
    if (&before.item, before.field) != (&to.item, to.field) {
        review.scroll = 0;
    }
    if before.item != to.item {
        review.help_scroll = 0;
        review.visited.push(before.item.clone());
        review.revisited.clear();
        effects.push(Effect::SyncSoon);
    }
    make(state, Edit::Go { before, after: to }, Origin::Do, effects);
}

/// Changes a text at one place.
pub fn splice(state: &mut State, text: TextRef, change: Change, effects: &mut Vec<Effect>) -> bool {
    let Some(review) = &mut state.review else { return false };
    let current = review.session.text(&text).unwrap_or_default();
    let removed = current.get(change.range.clone()).unwrap_or_default().to_owned();
    let inserted = if text.is_multiline() { change.text } else { change.text.replace('\n', " ") };
    if current.len() - removed.len() + inserted.len() > MAX_TEXT {
        state.message = format!("That would be too long: a text has at most {} KB.", MAX_TEXT / 1024);
        return false;
    }
    if removed == inserted {
        return false;
    }
    (review.anchor, review.goal) = (None, None);
    make(state, Edit::Splice { text, at: change.range.start, removed, inserted }, Origin::Do, effects)
}

/// The place of the question that is shown, with its id.
pub fn question(review: &Review) -> Option<(usize, String)> {
    let index = review.question()?;
    Some((index, review.session.question(index).id.clone()))
}
