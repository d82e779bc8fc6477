//! The model of an answer or a detail, which the questionnaire can have for each question.

use std::ops::Range;

use crate::questionnaire::Kind;
use crate::session::{BLANK, Field, TextRef};
use crate::tui::interview::state::Interview;
use crate::tui::keys::{Action, Context, InterviewAction, key_of};
use crate::tui::turn::Turn;
use crate::tui::widgets::editor::{Caret, Change};

use super::edit::splice;
use super::go::to_field;
use super::text::place;

/// Inserts the model into an empty text and selects its first blank. In a text with blanks, selects the next
/// one.
pub fn insert(interview: &mut Interview, turn: &mut Turn<'_>) {
    let Some((index, id)) = interview.question_id() else { return turn.say("Only questions have a model.") };
    let field = target(interview, index);
    let (text_ref, name) =
        if field == Field::Answer { (TextRef::Value(id), "answer") } else { (TextRef::Detail(id), "detail") };
    let session = interview.session();
    let skeleton = &session.question(index).skeleton;
    let text = session.text(&text_ref).unwrap_or_default();
    let has_focus = interview.focused() == Some(field);
    let from = if has_focus { interview.caret().selection().end } else { 0 };
    if let Some(blank) = next_blank(text, from) {
        let count = text.matches(BLANK).count();
        if !has_focus {
            to_field(interview, field, turn);
        }
        select(interview, blank, turn);
        return turn.say(match count {
            1 => "The last … to fill in.".to_owned(),
            _ => format!("{count} … to fill in. {} goes to the next one.", key()),
        });
    }
    if skeleton.is_empty() {
        return turn.say("The questionnaire has no model for this question.");
    }
    if !text.trim().is_empty() {
        return turn
            .say(format!("No … is left in the {name}. The model is inserted into an empty one only."));
    }
    let change = Change { range: 0..text.len(), text: skeleton.clone() };
    let blank = next_blank(skeleton, 0);
    to_field(interview, field, turn);
    if splice(interview, text_ref, change, turn) {
        if let Some(blank) = blank {
            select(interview, blank, turn);
        }
        turn.say(format!(
            "The model is in the {name}. Fill in each … ({} goes to the next one), and delete what does not \
             apply.",
            key()
        ));
    }
}

/// The text that takes the model: the one that has the focus. If none of them has, the detail; but a question
/// that is answered by a text stays open without its answer, which comes first.
fn target(interview: &Interview, index: usize) -> Field {
    let session = interview.session();
    let is_answered_by_text = match session.question(index).kind {
        Kind::Text => true,
        Kind::Choice | Kind::MultiChoice | Kind::Number | Kind::Date => false,
    };
    let has_model = !session.question(index).skeleton.is_empty();
    let is_empty = session.answer(index).value.trim().is_empty();
    let focused = interview.focused();
    let comes_first =
        focused == Some(Field::Answer) || (has_model && is_empty && focused != Some(Field::Detail));
    if is_answered_by_text && comes_first { Field::Answer } else { Field::Detail }
}

/// The first blank after `from`, or the first one of all.
fn next_blank(text: &str, from: usize) -> Option<Range<usize>> {
    let after = text.get(from..).and_then(|rest| rest.find(BLANK)).map(|at| from + at);
    let at = after.or_else(|| text.find(BLANK))?;
    Some(at..at + BLANK.len_utf8())
}

/// Selects a blank, so that typing replaces it.
fn select(interview: &mut Interview, blank: Range<usize>, turn: &mut Turn<'_>) {
    place(interview, Caret { cursor: blank.end, anchor: Some(blank.start), goal: None }, turn);
}

fn key() -> String {
    key_of(&[Context::Interview], Action::Interview(InterviewAction::Skeleton))
}
