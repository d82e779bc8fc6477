//! Two answers to the same question: showing both, and choosing one.

use crate::session::{
    Basis, Conflict, Edit, Entry, Field, FieldValue, Item, Place, Session, Stamp, Unit, author_name,
};
use crate::text::marked_words;
use crate::tui::interview::state::Interview;
use crate::tui::turn::{DialogRequest, Settle, Turn};

use super::edit::make;
use super::go::to_field;

/// The most columns of an unchanged part of a text.
const CONTEXT: usize = 60;

/// The conflicts about what is shown.
fn conflicts(interview: &Interview) -> Vec<Conflict> {
    let session = interview.session();
    let is_here = |conflict: &&Conflict| match (&conflict.place, interview.item()) {
        (Place::Question(id, _), Item::Question(here)) => id == here,
        (Place::Introduction, Item::Introduction) | (Place::Properties, Item::Properties) => true,
        (Place::Section(heading), Item::Section(index)) => {
            session.sections().get(*index).is_some_and(|section| section.heading == *heading)
        }
        (Place::Subject | Place::Domain, _) => true,
        (Place::Question(..) | Place::Introduction | Place::Properties | Place::Section(_), _) => false,
    };
    session.entries().conflicts.iter().filter(is_here).cloned().collect()
}

/// Shows both versions of what is shown, and asks which one is kept.
pub fn two_answers(interview: &Interview, turn: &mut Turn<'_>) {
    let all = conflicts(interview);
    if all.is_empty() {
        return turn.say("There is only one answer here.");
    }
    let session = interview.session();
    let shown = all.iter().map(|conflict| {
        let (by, day) = (author_name(&conflict.made.by), conflict.made.at.strftime("%Y-%m-%d"));
        match &conflict.other {
            Some(other) => format!("{by}, {day}, wrote: {}", compared(session, &conflict.place, other)),
            None => format!("Merged with the changes of {by}, {day}: read to confirm."),
        }
    });
    turn.ask(DialogRequest::TwoAnswers { others: shown.collect() });
}

/// The other version; of a text, what it lacks of ours as `[-words-]` and what it has instead as `{+words+}`.
fn compared(session: &Session, place: &Place, other: &FieldValue) -> String {
    let ours = match place {
        Place::Question(id, Unit::Detail) => session.answer_to(id).map(|answer| &*answer.detail),
        Place::Question(id, Unit::Note) => session.answer_to(id).map(|answer| &*answer.note),
        Place::Introduction => Some(session.introduction()),
        Place::Properties => Some(session.properties_text()),
        Place::Section(heading) => {
            session.sections().iter().find(|section| section.heading == *heading).map(|s| &*s.text)
        }
        Place::Question(_, Unit::Verdict | Unit::Basis) | Place::Subject | Place::Domain => None,
    };
    let (Some(ours), FieldValue::Text(theirs)) = (ours, other) else { return words(session, place, other) };
    marked_words(ours, theirs, CONTEXT)
}

fn words(session: &Session, place: &Place, value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::Basis(basis) => basis.map_or("no basis", Basis::label).to_owned(),
        FieldValue::Verdict { choices, value, qualifier } => {
            let index = match place {
                Place::Question(id, _) => session.index_of(id),
                Place::Introduction
                | Place::Properties
                | Place::Section(_)
                | Place::Subject
                | Place::Domain => None,
            };
            let label = |id: &String| {
                index.map_or(id.clone(), |index| {
                    session.questionnaire().choice_label(session.question(index), id).to_owned()
                })
            };
            let mut parts: Vec<String> = choices.iter().map(label).collect();
            parts.extend([value, qualifier].into_iter().filter(|part| !part.is_empty()).cloned());
            parts.join(" ")
        }
    }
}

/// Keeps one version, or both texts, and settles the conflicts about what is shown, as one step.
pub fn settle(interview: &mut Interview, choice: Settle, turn: &mut Turn<'_>) {
    let all = conflicts(interview);
    let mut session = interview.session().clone();
    let mut edits = Vec::new();
    for conflict in all {
        let change = match choice {
            Settle::Ours => None,
            Settle::Theirs => session.use_other(&conflict, false),
            Settle::Both | Settle::Edit => session.use_other(&conflict, true),
        };
        let gone = Edit::Entry { before: Some(Entry::Conflict(Box::new(conflict))), after: None };
        for edit in change.into_iter().chain([gone]) {
            if session.apply(&edit, &Stamp::default()).is_ok() {
                edits.push(edit);
            }
        }
    }
    if !edits.is_empty() && make(interview, Edit::All(edits), turn) {
        interview.rebuild();
        if choice == Settle::Edit {
            to_field(interview, Field::Detail, turn);
        }
        turn.say("Settled. Ctrl-Z undoes this.");
    }
}
