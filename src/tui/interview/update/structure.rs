//! Questions and page sections of this session.

use crate::questionnaire::Kind;
use crate::session::{CommentKind, Item, NewQuestion};
use crate::tui::interview::state::Interview;
use crate::tui::turn::{DialogRequest, Naming, Turn};

use super::edit::make;
use super::go::open;
use super::{instance, links, look, team};

/// Asks for the name of what is added at the selected entry.
pub fn add(interview: &Interview, turn: &mut Turn<'_>) {
    turn.ask(match interview.item() {
        Item::Question(_) => DialogRequest::Name { naming: Naming::NewQuestion, text: String::new() },
        Item::Properties | Item::Introduction | Item::Section(_) => {
            DialogRequest::Name { naming: Naming::NewSection, text: String::new() }
        }
    });
}

/// Asks for another name for the selected entry.
pub fn rename(interview: &Interview, turn: &mut Turn<'_>) {
    let session = interview.session();
    match interview.item() {
        Item::Question(id) => match session.index_of(id).map(|index| session.question(index)) {
            Some(question) if question.added => {
                let text = question.text.clone();
                turn.ask(DialogRequest::Name { naming: Naming::Question, text });
            }
            Some(_) | None => instance::rename(interview, turn),
        },
        Item::Section(index) => {
            let text = session.sections().get(*index).map(|section| section.heading.clone());
            turn.ask(DialogRequest::Name { naming: Naming::Section, text: text.unwrap_or_default() });
        }
        Item::Properties | Item::Introduction => turn.say("This part of the page has a fixed name."),
    }
}

/// Does what was named in the dialog.
pub fn named(interview: &mut Interview, naming: Naming, text: &str, turn: &mut Turn<'_>) {
    let session = interview.session();
    match naming {
        Naming::NewQuestion => {
            let sets = session.questionnaire().answer_sets.keys().cloned().collect();
            turn.ask(DialogRequest::QuestionKind { text: text.to_owned(), sets });
        }
        Naming::Question => {
            let index = session.current_question();
            let edit =
                index.and_then(|index| session.change_question(index, |q| text.clone_into(&mut q.text)));
            if let Some(edit) = edit {
                make(interview, edit, turn);
            }
        }
        Naming::NewSection => {
            let index = match interview.item() {
                Item::Section(index) => index + 1,
                Item::Question(_) | Item::Properties | Item::Introduction => 0,
            };
            match session.add_section(index, text, "") {
                Some(edit) => open(interview, edit, Item::Section(index), turn),
                None => turn.say("The page has a section with this heading already."),
            }
        }
        Naming::Section => {
            let Item::Section(index) = *interview.item() else { return };
            match session.rename_section(index, text) {
                Some(edit) => drop(make(interview, edit, turn)),
                None => turn.say("The page has a section with this heading already."),
            }
        }
        Naming::NewInstance => instance::added(interview, text, turn),
        Naming::Instance => instance::renamed(interview, text, turn),
        Naming::Domain => look::set_domain(interview, text, turn),
        Naming::Expiry => links::set_expiry(interview, text, turn),
        Naming::Comment => team::comment(interview, CommentKind::Note, text, turn),
        Naming::SendBack => team::comment(interview, CommentKind::SendBack, text, turn),
    }
}

/// Adds a question after the selected one.
pub fn add_question(
    interview: &mut Interview,
    text: String,
    kind: Kind,
    answer_set: Option<String>,
    turn: &mut Turn<'_>,
) {
    let session = interview.session();
    let Some(index) = session.current_question() else { return };
    let section = session.section_of(index);
    let id = &session.question(index).id;
    let place = session.questionnaire().sections[section].questions.iter().position(|q| q.id == *id);
    let new = NewQuestion { text, title: String::new(), kind, answer_set };
    let Some(edit) = session.add_question(section, place, new) else { return };
    let Some(item) = edit.question().map(|id| Item::Question(id.to_owned())) else { return };
    open(interview, edit, item, turn);
}

/// Removes the selected section, or the selected question if it was added.
pub fn remove(interview: &mut Interview, turn: &mut Turn<'_>) {
    let session = interview.session();
    let edit = match interview.item() {
        Item::Question(id) => {
            let question = session.index_of(id).and_then(|index| session.remove_question(index));
            match question.map_or_else(|| instance::removal(session), Ok) {
                Ok(edit) => Some(edit),
                Err(why) => return turn.say(why),
            }
        }
        Item::Section(index) => session.remove_section(*index),
        Item::Properties | Item::Introduction => return turn.say("This part of the page cannot be removed."),
    };
    let Some(edit) = edit else { return };
    // What is left of an instance has lost its name only.
    let what = if edit.instance().is_some() { "name" } else { edit.what() };
    if make(interview, edit, turn) {
        interview.rebuild();
        turn.say(format!("Removed the {what}. Ctrl-Z brings it back."));
    }
}

/// Moves the selected section of the page.
pub fn move_section(interview: &mut Interview, down: bool, turn: &mut Turn<'_>) {
    let Item::Section(index) = *interview.item() else {
        return turn.say("Only sections of the page can be moved.");
    };
    let to = if down { Some(index + 1) } else { index.checked_sub(1) };
    let edit = to.and_then(|to| interview.session().move_section(index, to));
    if let Some(edit) = edit
        && make(interview, edit, turn)
    {
        interview.rebuild();
    }
}
