//! Using an earlier answer of another session again.

use crate::tui::interview::state::Interview;
use crate::tui::turn::{DialogRequest, Turn};
use crate::workspace::{PastAnswer, Query};

use super::edit::make;

/// Lists earlier answers to questions like the one that is shown.
pub fn similar(interview: &Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return turn.say("Only questions have similar ones.") };
    let question = interview.session().question(index);
    let query = Query::Similar {
        session: interview.current.open.id().to_owned(),
        question: question.id.clone(),
        text: question.text.clone(),
    };
    turn.ask(DialogRequest::Similar { query });
}

/// Adds the words and links of an earlier answer to this one.
pub fn reuse(interview: &mut Interview, answer: &PastAnswer, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return };
    match interview.session().reuse(index, &answer.detail, &answer.links) {
        Some(edit) => {
            if make(interview, edit, turn) {
                turn.say("Words and links added, as claimed. Check them, and choose the answer.");
            }
        }
        None => turn.say("All of it is here already."),
    }
}
