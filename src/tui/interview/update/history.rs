//! Undo and redo.

use crate::session::{Edit, Item};
use crate::store::EditError;
use crate::tui::interview::state::{Focus, Interview};
use crate::tui::turn::Turn;

use super::edit::{Before, after};
use super::go::{focus, to_item};

/// Undoes the last step (or redoes the last one undone), goes to where it was made, and says what it was.
pub fn undo(interview: &mut Interview, redo: bool, turn: &mut Turn<'_>) {
    let before = Before::of(interview);
    let open = &mut interview.current.open;
    let made = if redo { open.redo(turn.now) } else { open.undo(turn.now) };
    let edit = match made {
        Ok(Some(edit)) => edit,
        Ok(None) => return turn.say(if redo { "Nothing to redo." } else { "Nothing to undo." }),
        Err(EditError::ReadOnly) => {
            let why = interview.current.read_only().unwrap_or_default();
            return turn.say(format!("Read-only: {why}."));
        }
        Err(EditError::Mismatch(_)) => return turn.say("This step cannot be undone."),
    };
    if edit.position().is_none() {
        // It changed something else than the place where the reviewer is.
        interview.rebuild();
        if let Some(id) = edit.question() {
            to_item(interview, Item::Question(id.to_owned()), turn);
        }
    }
    focus(interview, Focus::Field);
    after(interview, &before, edit.question(), turn);
    let what = describe(interview, &edit);
    turn.say(format!("{}: {what}", if redo { "Redone" } else { "Undone" }));
}

/// What an edit changes, in a few words.
fn describe(interview: &Interview, edit: &Edit) -> String {
    let session = interview.session();
    match edit.question().and_then(|id| session.index_of(id)) {
        Some(index) => format!("{} of {}", edit.what(), session.question(index).title),
        None => edit.what().to_owned(),
    }
}
