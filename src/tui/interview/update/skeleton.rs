//! The model of a detail, which the questionnaire can have for each question.

use crate::session::{Field, TextRef};
use crate::tui::interview::state::Interview;
use crate::tui::turn::Turn;
use crate::tui::widgets::editor::{Caret, Change};

use super::edit::splice;
use super::go::to_field;
use super::text::place;

/// What stands where something is to be filled in.
const BLANK: char = '…';

/// Inserts the model into an empty detail and selects its first blank.
pub fn insert(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some(index) = interview.question() else { return turn.say("Only questions have a model detail.") };
    let session = interview.session();
    let question = session.question(index);
    if question.skeleton.is_empty() {
        return turn.say("The questionnaire has no model of this detail.");
    }
    if !session.answer(index).detail.trim().is_empty() {
        return turn.say("The model is inserted into an empty detail only; this one has text.");
    }
    let text_ref = TextRef::Detail(question.id.clone());
    let (text, old) = (question.skeleton.clone(), 0..session.answer(index).detail.len());
    let blank = text.find(BLANK);
    to_field(interview, Field::Detail, turn);
    if splice(interview, text_ref, Change { range: old, text }, turn) {
        if let Some(at) = blank {
            let end = at + BLANK.len_utf8();
            place(interview, Caret { cursor: end, anchor: Some(at), goal: None }, turn);
        }
        turn.say("The model is in the detail. Fill in each …, and delete what does not apply.");
    }
}
