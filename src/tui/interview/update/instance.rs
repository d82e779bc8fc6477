//! Instances of a section of questions that is answered several times.

use crate::session::{Edit, Item, NoInstance, Session};
use crate::text;
use crate::tui::interview::state::Interview;
use crate::tui::keys::{Action, Context, OutlineAction, key_of};
use crate::tui::turn::{DialogRequest, Naming, Turn};

use super::edit::make;
use super::go::open;

const ONLY_ADDED: &str = "Only questions that were added to this session can be changed or removed.";

/// Asks what the section of the current question is answered for next.
pub fn add(interview: &Interview, turn: &mut Turn<'_>) {
    let session = interview.session();
    match current_section(session).filter(|&section| session.repeats(section).is_some()) {
        Some(_) => turn.ask(DialogRequest::Name { naming: Naming::NewInstance, text: String::new() }),
        None => refuse(NoInstance::Once, turn),
    }
}

/// Answers the section of the current question for `name` too.
pub fn added(interview: &mut Interview, name: &str, turn: &mut Turn<'_>) {
    let session = interview.session();
    let Some(section) = current_section(session) else { return };
    match session.add_instance(section, name) {
        Ok(edit) => match edit.instance().filter(|new| !new.instance_of.is_empty()) {
            Some(new) => {
                let Some(first) = new.questions.first() else { return };
                let item = Item::of(first);
                open(interview, edit, item, turn);
            }
            None => {
                if make(interview, edit, turn) {
                    interview.rebuild();
                    let key = key_of(&[Context::Outline], Action::Outline(OutlineAction::AddInstance));
                    turn.say(format!("The answers so far have this name. {key} adds another one."));
                }
            }
        },
        Err(why) => refuse(why, turn),
    }
}

/// Asks for another name for the instance that the current question belongs to.
pub fn rename(interview: &Interview, turn: &mut Turn<'_>) {
    let session = interview.session();
    let section = current_section(session).map(|section| &session.questionnaire().sections[section]);
    match section.filter(|section| !section.instance.is_empty()) {
        Some(section) => {
            let text = section.instance.clone();
            turn.ask(DialogRequest::Name { naming: Naming::Instance, text });
        }
        None => turn.say(ONLY_ADDED),
    }
}

/// Gives the instance that the current question belongs to another name.
pub fn renamed(interview: &mut Interview, name: &str, turn: &mut Turn<'_>) {
    let session = interview.session();
    let Some(section) = current_section(session) else { return };
    match session.rename_instance(section, name) {
        Ok(edit) => {
            if make(interview, edit, turn) {
                interview.rebuild();
            }
        }
        Err(why) => refuse(why, turn),
    }
}

/// The edit that removes the instance that the current question belongs to, or why that is not possible.
pub fn removal(session: &Session) -> Result<Edit, String> {
    let section = current_section(session).ok_or_else(|| ONLY_ADDED.to_owned())?;
    session.remove_instance(section).map_err(|why| match why {
        NoInstance::Once => ONLY_ADDED.to_owned(),
        NoInstance::First | NoInstance::Unnamed | NoInstance::Taken | NoInstance::Same => sentence(why),
    })
}

fn current_section(session: &Session) -> Option<usize> {
    session.current_question().map(|index| session.section_of(index))
}

fn refuse(why: NoInstance, turn: &mut Turn<'_>) {
    turn.say(sentence(why));
}

/// The reason as a sentence of its own.
fn sentence(why: NoInstance) -> String {
    format!("{}.", text::capitalized(&why.to_string()))
}
