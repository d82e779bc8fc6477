//! Choices, basis and flag.

use crate::questionnaire::{Choice, Kind};
use crate::session::{Basis, Edit, Field};
use crate::text;
use crate::tui::interview::state::Interview;
use crate::tui::keys::{Action, AppAction, Context, key_of};
use crate::tui::turn::Turn;

use super::edit::{go, make};
use super::go::to_field;

/// Makes a choice by its index. Choosing again keeps the choice, except where several can be made: there it
/// is removed. A choice that goes with no other one replaces the others, and they replace it.
pub fn choose(interview: &mut Interview, place: usize, turn: &mut Turn<'_>) {
    let Some((index, id)) = interview.question_id() else { return };
    let session = interview.session();
    let choices = session.choices(index);
    let Some(choice) = choices.get(place) else { return };
    let before = session.answer(index).choices.clone();
    let after = match session.question(index).kind {
        Kind::MultiChoice => {
            let is_made = !before.contains(&choice.id);
            let stays = |c: &Choice| !is_made || (!c.alone && !choice.alone);
            let chosen = |c: &&Choice| match c.id == choice.id {
                true => is_made,
                false => before.contains(&c.id) && stays(c),
            };
            choices.iter().filter(chosen).map(|c| c.id.clone()).collect()
        }
        Kind::Choice | Kind::Text | Kind::Number | Kind::Date => vec![choice.id.clone()],
    };
    if before != after {
        make(interview, Edit::Choose { question: id, before, after }, turn);
    }
}

/// Makes the choice of a letter or a digit.
pub fn choose_by_key(interview: &mut Interview, c: char, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return };
    let keys = interview.session().choice_keys(index);
    let digit =
        c.to_digit(10).and_then(|digit| (digit as usize).checked_sub(1)).filter(|at| *at < keys.len());
    match digit.or_else(|| keys.iter().position(|key| *key == c.to_ascii_lowercase())) {
        Some(place) => choose(interview, place, turn),
        None if keys.is_empty() => {}
        None => {
            let typed = text::visible(&c.to_string()).into_owned();
            turn.say(format!("{typed} is not a choice. Use {}.", alternatives(&keys)));
        }
    }
}

/// `p, i or d`
fn alternatives(keys: &[char]) -> String {
    let names: Vec<String> = keys.iter().map(char::to_string).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Clears the choices.
pub fn clear(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some((index, question)) = interview.question_id() else { return };
    let before = interview.session().answer(index).choices.clone();
    if before.is_empty() {
        turn.say("There is no answer to clear.");
    } else if make(interview, Edit::Choose { question, before, after: Vec::new() }, turn) {
        let key = key_of(&[Context::Everywhere], Action::App(AppAction::Undo));
        turn.say(format!("Answer cleared. {key} undoes this."));
    }
}

/// Sets or removes the basis; the focus stays where it is.
pub fn set_basis(interview: &mut Interview, after: Option<Basis>, turn: &mut Turn<'_>) {
    let Some((index, question)) = interview.question_id() else { return };
    let position = interview.session().position().clone();
    let before = interview.session().answer(index).basis;
    if before != after {
        make(interview, Edit::Basis { question, before, after }, turn);
        go(interview, position, turn);
    }
}

/// Flags the question if it is not flagged, and goes to the words of the flag.
pub fn flag(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some((index, question)) = interview.question_id() else { return };
    if interview.session().answer(index).flag.is_none() {
        make(interview, Edit::Flag { question, before: None, after: Some(String::new()) }, turn);
    }
    to_field(interview, Field::Flag, turn);
}

/// Removes the flag.
pub fn remove_flag(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some((index, question)) = interview.question_id() else { return };
    let before = interview.session().answer(index).flag.clone();
    if before.is_none() {
        turn.say("This question is not flagged.");
    } else if make(interview, Edit::Flag { question, before, after: None }, turn) {
        let key = key_of(&[Context::Everywhere], Action::App(AppAction::Undo));
        turn.say(format!("Flag removed. {key} undoes this."));
    }
}

/// Removes a flag without words, after Esc.
pub fn drop_empty_flag(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some((index, question)) = interview.question_id() else { return };
    let before = interview.session().answer(index).flag.clone();
    if before.as_deref() == Some("") {
        make(interview, Edit::Flag { question, before, after: None }, turn);
    }
}
