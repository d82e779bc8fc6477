//! The only way in which the interview changes the session.

use crate::session::{Edit, MAX_TEXT, Origin, Position, TextRef};
use crate::store::EditError;
use crate::tui::effect::Effect;
use crate::tui::interview::state::Interview;
use crate::tui::turn::Turn;
use crate::tui::widgets::editor::Change;

/// Makes an edit and appends it to the journal. Returns whether it was made; if not, a message says why.
pub fn make(interview: &mut Interview, edit: Edit, turn: &mut Turn<'_>) -> bool {
    let before = Before::of(interview);
    let question = edit.question().map(str::to_owned);
    match interview.current.open.edit(edit, Origin::Do, turn.now) {
        Ok(()) => {
            after(interview, &before, question.as_deref(), turn);
            true
        }
        Err(EditError::ReadOnly) => {
            turn.say(format!("Read-only: {}.", interview.current.read_only().unwrap_or_default()));
            false
        }
        Err(EditError::Mismatch(_)) => false,
    }
}

/// What was shown before an edit.
pub struct Before {
    position: Position,
    visibility: u64,
    asked: usize,
}

impl Before {
    /// What is shown now.
    pub fn of(interview: &Interview) -> Self {
        let session = interview.session();
        Self {
            position: session.position().clone(),
            visibility: session.visibility_version(),
            asked: session.progress().asked,
        }
    }
}

/// Brings selection and outline up to date after an edit, and reports questions that appear or disappear.
pub fn after(interview: &mut Interview, before: &Before, question: Option<&str>, turn: &mut Turn<'_>) {
    let session = interview.current.session();
    let now = session.position();
    if (&before.position.item, before.position.field) != (&now.item, now.field) {
        // A selection belongs to the text in which it was made.
        (interview.anchor, interview.goal) = (None, None);
    }
    let changed = question.and_then(|id| session.index_of(id));
    interview.bookmark.outline.refresh(session, changed);
    if session.visibility_version() != before.visibility {
        let asked = session.progress().asked;
        let (more, fewer) = (asked.saturating_sub(before.asked), before.asked.saturating_sub(asked));
        match (more, fewer) {
            (1, _) => turn.say("1 more question applies now."),
            (2.., _) => turn.say(format!("{more} more questions apply now.")),
            (0, 1) => turn.say("1 question no longer applies; its answer is kept."),
            (0, 2..) => turn.say(format!("{fewer} questions no longer apply; their answers are kept.")),
            (0, 0) => turn.say("Other questions apply now."),
        }
    }
}

/// Goes to another place. The selection ends.
pub fn go(interview: &mut Interview, to: Position, turn: &mut Turn<'_>) {
    let before = interview.session().position().clone();
    (interview.anchor, interview.goal) = (None, None);
    if before == to {
        return;
    }
    if (&before.item, before.field) != (&to.item, to.field) {
        interview.scroll = 0;
    }
    if before.item != to.item {
        interview.bookmark.help_scroll = 0;
        interview.bookmark.visited.push(before.item.clone());
        interview.bookmark.revisited.clear();
        turn.effects.push(Effect::SyncSoon);
    }
    make(interview, Edit::Go { before, after: to }, turn);
}

/// Changes a text at one place. Returns whether it was changed.
pub fn splice(interview: &mut Interview, text: TextRef, change: Change, turn: &mut Turn<'_>) -> bool {
    let current = interview.session().text(&text).unwrap_or_default();
    let removed = current.get(change.range.clone()).unwrap_or_default().to_owned();
    let inserted = if text.is_multiline() { change.text } else { change.text.replace('\n', " ") };
    if current.len() - removed.len() + inserted.len() > MAX_TEXT {
        turn.say(format!("This text would be too long: at most {} KB are allowed.", MAX_TEXT / 1024));
        return false;
    }
    if removed == inserted {
        return false;
    }
    (interview.anchor, interview.goal) = (None, None);
    make(interview, Edit::Splice { text, at: change.range.start, removed, inserted }, turn)
}
