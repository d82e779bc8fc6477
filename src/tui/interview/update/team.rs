//! A second pair of eyes: comments on an answer, sending it back, and approving it.

use crate::session::{ApprovalRules, ApprovalState, CommentKind, Item, Target};
use crate::tui::interview::state::Interview;
use crate::tui::reasons;
use crate::tui::turn::{DialogRequest, Naming, Turn};

use super::edit::make;
use super::steps;

/// What is commented on or approved: the question or part that is shown.
fn target(interview: &Interview) -> Option<Target> {
    match interview.item() {
        Item::Question(id) => Some(Target::Question(id.clone())),
        Item::Properties | Item::Introduction | Item::Section(_) => None,
    }
}

/// Asks for a comment.
pub fn ask_comment(interview: &Interview, naming: Naming, turn: &mut Turn<'_>) {
    match target(interview) {
        Some(_) => turn.ask(DialogRequest::Name { naming, text: String::new() }),
        None => turn.say("Comments are about questions."),
    }
}

/// Adds a comment.
pub fn comment(interview: &mut Interview, kind: CommentKind, text: &str, turn: &mut Turn<'_>) {
    let Some(on) = target(interview) else { return };
    let made = interview.current.open.stamp(turn.now);
    let Some(edit) = interview.session().comment(on, kind, text, made) else { return };
    if make(interview, edit, turn) {
        turn.say(match kind {
            CommentKind::Note | CommentKind::Reply => "Commented. Ctrl-Z undoes this.",
            CommentKind::SendBack => "Sent back. It counts as open until the answer changes.",
        });
    }
}

/// Approves the answer that is shown, and goes to the next question.
pub fn approve(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else {
        return turn.say("Only answers are approved here.");
    };
    let made = interview.current.open.stamp(turn.now);
    let session = interview.session();
    if session.is_open(index) {
        let reason = reasons::shown(&session.reasons(index));
        return turn.say(format!("Not approved: {reason}."));
    }
    let on = Target::Question(session.question(index).id.clone());
    match session.approve(&[on], &made) {
        Some(edit) => {
            if !make(interview, edit, turn) {
                return;
            }
            let state = interview.session().reviews_of(index).state(index, ApprovalRules::default());
            let own = matches!(state, ApprovalState::Approved { by_its_author: true, .. });
            let own = if own { ", as the author of the answer" } else { "" };
            turn.say(format!("Approved{own}. Ctrl-Z undoes this."));
        }
        None => turn.say("You have approved this already."),
    }
    steps::page(interview, true, turn);
}
