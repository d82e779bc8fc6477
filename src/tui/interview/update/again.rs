//! Taking over what an earlier session says.

use crate::session::{Edit, Item};
use crate::tui::interview::state::{Focus, Interview};
use crate::tui::keys::{Action, AppAction, Context, key_of};
use crate::tui::turn::{DialogRequest, Turn};

use super::edit::make;

/// Takes over the earlier answer or text. In the outline, that of all unchanged questions of the section.
pub fn carry_over(interview: &mut Interview, turn: &mut Turn<'_>) {
    if take_reply(interview, turn) {
        return;
    }
    if interview.session().previous().is_none() {
        turn.say("This session does not continue an earlier one.");
        return;
    }
    match (interview.question(), interview.bookmark.focus) {
        (Some(index), Focus::Outline) => section(interview, index, turn),
        (Some(index), Focus::Field) => {
            let replaces = interview.session().carry_over(index).is_some_and(|carried| carried.replaces);
            if replaces { turn.ask(DialogRequest::Replace) } else { answer(interview, turn) }
        }
        (None, Focus::Outline | Focus::Field) => page_text(interview, turn),
    }
}

/// Takes over the earlier answer to the question that is shown, and names what has to be chosen again. The
/// focus stays where it is.
pub fn answer(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return };
    let session = interview.session();
    let Some(carried) = session.carry_over(index) else {
        let labels = session.before(index).map(|before| before.labels().collect::<Vec<_>>().join(", "));
        turn.say(match labels.filter(|labels| !labels.is_empty()) {
            Some(labels) => format!("There is nothing to take over. It was {labels}."),
            None => "There is nothing to take over.".to_owned(),
        });
        return;
    };
    if let Some(edit) = session.carry_over_edit(index)
        && make(interview, edit, turn)
    {
        turn.say(match carried.left.as_slice() {
            [] => format!("Taken over. {} undoes this.", undo_key()),
            left => format!("Taken over, but it was {}: choose again.", left.join(", ")),
        });
    }
}

/// Lists the earlier questions that are no longer asked, for a question that has no earlier answer.
pub fn ask_match(interview: &Interview, turn: &mut Turn<'_>) {
    let session = interview.session();
    let Some(previous) = session.previous() else {
        return turn.say("This session does not continue an earlier one.");
    };
    let Some(index) = interview.question() else { return turn.say("Only questions can be matched.") };
    if session.before(index).is_some() {
        turn.say("This question has its earlier answer already.");
    } else if previous.gone().next().is_none() {
        turn.say("All earlier questions are still asked.");
    } else {
        turn.ask(DialogRequest::Gone);
    }
}

/// Shows the answer to an earlier question, no longer asked, beside the question that is shown.
pub fn match_earlier(interview: &mut Interview, was: &str, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return };
    if let Some(edit) = interview.session().match_edit(was, index)
        && make(interview, edit, turn)
    {
        turn.say(format!("Matched. {} undoes this.", undo_key()));
    }
}

/// Takes the provider's reply into the answer, if there is one that was not taken yet. It comes before what
/// an earlier session says.
fn take_reply(interview: &mut Interview, turn: &mut Turn<'_>) -> bool {
    let Some(index) = interview.question().filter(|_| interview.bookmark.focus == Focus::Field) else {
        return false;
    };
    let settled = interview.current.open.stamp(turn.now);
    let Some(edit) = interview.session().take_reply(index, turn.today(), settled) else { return false };
    let had_answer = interview.session().answer(index).is_answered();
    if make(interview, edit, turn) {
        let is_answered = interview.session().answer(index).is_answered();
        let choose = if is_answered && !had_answer { "" } else { " Check the answer." };
        turn.say(format!("The reply is in the detail, as claimed.{choose} {} undoes this.", undo_key()));
    }
    true
}

fn section(interview: &mut Interview, index: usize, turn: &mut Turn<'_>) {
    let session = interview.session();
    let section = session.section_of(index);
    let title = session.questionnaire().sections[section].title.clone();
    let Some((edit, count)) = session.carry_over_section(section) else {
        turn.say(format!("Nothing in \"{title}\" is unchanged, was good, and has no answer yet."));
        return;
    };
    if make(interview, edit, turn) {
        interview.bookmark.outline.rebuild(interview.current.session());
        let answers = if count == 1 { "1 answer".to_owned() } else { format!("{count} answers") };
        turn.say(format!("{answers} in \"{title}\" taken over; read them. {} undoes this.", undo_key()));
    }
}

fn page_text(interview: &mut Interview, turn: &mut Turn<'_>) {
    let item: Item = interview.item().clone();
    let session = interview.session();
    match session.carry_over_text(&item) {
        Some(Edit::Splice { removed, .. }) if !removed.trim().is_empty() => turn.ask(DialogRequest::Replace),
        Some(edit) => {
            if make(interview, edit, turn) {
                turn.say(format!("Taken over. {} undoes this.", undo_key()));
            }
        }
        None => turn.say("There is no earlier text to take over."),
    }
}

/// Takes over the earlier answer or text in place of the present one.
pub fn replace(interview: &mut Interview, turn: &mut Turn<'_>) {
    if interview.question().is_some() {
        return answer(interview, turn);
    }
    let item = interview.item().clone();
    if let Some(edit) = interview.session().carry_over_text(&item) {
        make(interview, edit, turn);
    }
}

/// Notes that a carried-over answer was looked at: its question has the focus.
pub fn read(interview: &mut Interview, turn: &mut Turn<'_>) {
    if interview.bookmark.focus == Focus::Field
        && interview.current.read_only().is_none()
        && let Some(index) = interview.question()
        && let Some(edit) = interview.session().read_edit(index)
    {
        make(interview, edit, turn);
    }
}

fn undo_key() -> String {
    key_of(&[Context::Everywhere], Action::App(AppAction::Undo))
}
