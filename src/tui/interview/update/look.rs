//! Where the answer can be found.

use crate::session::Edit;
use crate::text;
use crate::tui::interview::state::Interview;
use crate::tui::turn::{DialogRequest, Naming, Turn};

use super::edit::make;

/// Lists the places where the answer to the question can be found.
pub fn look(interview: &Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return turn.say("Only questions have places to look.") };
    if interview.session().question(index).look.is_empty() {
        turn.say("The questionnaire names no place to look for this answer.");
    } else {
        turn.ask(DialogRequest::Look);
    }
}

/// Asks for the domain of the subject.
pub fn ask_domain(interview: &Interview, turn: &mut Turn<'_>) {
    let text = interview.session().domain().to_owned();
    turn.ask(DialogRequest::Name { naming: Naming::Domain, text });
}

/// Sets the domain, and returns to the places to look.
pub fn set_domain(interview: &mut Interview, typed: &str, turn: &mut Turn<'_>) {
    let Some(after) = text::domain(typed) else {
        return turn.say(format!("\"{typed}\" is not a domain such as example.com."));
    };
    let before = interview.session().domain().to_owned();
    if before == after || make(interview, Edit::Domain { before, after }, turn) {
        look(interview, turn);
    }
}
