//! Settling a conflict: taking over the other version.

use super::answer::Answer;
use super::edit::Edit;
use super::entry::{Conflict, FieldValue, Place, Unit};
use super::session::Session;
use super::text_ref::TextRef;

impl FieldValue {
    /// Choices, value and qualifier of an answer.
    pub(super) fn verdict_of(answer: &Answer) -> Self {
        Self::Verdict {
            choices: answer.choices.clone(),
            value: answer.value.clone(),
            qualifier: answer.qualifier.clone(),
        }
    }

    /// An answer with this verdict and nothing else; empty for another value.
    pub fn as_answer(&self) -> Answer {
        match self.clone() {
            Self::Verdict { choices, value, qualifier } => {
                Answer { choices, value, qualifier, ..Answer::default() }
            }
            Self::Text(_) | Self::Basis(_) => Answer::default(),
        }
    }
}

impl Answer {
    /// Takes choices, value and qualifier from another answer.
    pub fn take_verdict(&mut self, other: &Self) {
        self.choices.clone_from(&other.choices);
        self.value.clone_from(&other.value);
        self.qualifier.clone_from(&other.qualifier);
    }
}

impl Session {
    /// What a conflict is about, as part of a sentence: the title of a question, or the name of a part.
    pub fn place_label(&self, place: &Place) -> String {
        match place {
            Place::Question(id, _) => {
                self.index_of(id).map_or_else(|| id.clone(), |index| self.question(index).title.clone())
            }
            Place::Introduction => "introduction".to_owned(),
            Place::Properties => "page properties".to_owned(),
            Place::Section(heading) => format!("section \"{heading}\""),
            Place::Subject => "subject".to_owned(),
            Place::Domain => "domain".to_owned(),
        }
    }

    /// The edit that takes the other version of a conflict, or with `both`, appends its text to ours. `None`
    /// if there is no other version, or if `both` are wanted of something else than a text.
    pub fn use_other(&self, conflict: &Conflict, both: bool) -> Option<Edit> {
        let joined = |ours: &str, new: &str| {
            if both { format!("{}\n\n{new}", ours.trim_end()) } else { new.to_owned() }
        };
        let splice = |text: TextRef, new: &str| {
            let removed = self.text(&text)?.to_owned();
            Some(Edit::Splice { text, at: 0, inserted: joined(&removed, new), removed })
        };
        // Unlike typing, this does not date the links in a text: nobody read them again.
        let answer = |id: &String, change: &dyn Fn(&mut Answer)| {
            let before = self.answer_to(id)?.clone();
            let mut after = before.clone();
            change(&mut after);
            Some(Edit::Answer { question: id.clone(), before: Box::new(before), after: Box::new(after) })
        };
        match (&conflict.place, conflict.other.as_ref()?) {
            (Place::Question(id, Unit::Note), FieldValue::Text(text)) => {
                answer(id, &|answer| answer.note = joined(&answer.note, text))
            }
            (Place::Question(id, _), FieldValue::Text(text)) => {
                answer(id, &|answer| answer.detail = joined(&answer.detail, text))
            }
            (Place::Introduction, FieldValue::Text(text)) => splice(TextRef::Introduction, text),
            (Place::Properties, FieldValue::Text(text)) => splice(TextRef::Properties, text),
            (Place::Section(heading), FieldValue::Text(text)) => {
                splice(TextRef::Section(self.section_index(heading)?), text)
            }
            (Place::Subject, FieldValue::Text(after)) if !both => {
                Some(Edit::Subject { before: self.subject().to_owned(), after: after.clone() })
            }
            (Place::Domain, FieldValue::Text(after)) if !both => {
                Some(Edit::Domain { before: self.domain().to_owned(), after: after.clone() })
            }
            (Place::Question(id, _), verdict @ FieldValue::Verdict { .. }) if !both => {
                answer(id, &|answer| answer.take_verdict(&verdict.as_answer()))
            }
            (Place::Question(id, _), FieldValue::Basis(basis)) if !both => {
                answer(id, &|answer| answer.basis = *basis)
            }
            (
                Place::Question(..)
                | Place::Introduction
                | Place::Properties
                | Place::Section(_)
                | Place::Subject
                | Place::Domain,
                FieldValue::Text(_) | FieldValue::Verdict { .. } | FieldValue::Basis(_),
            ) => None,
        }
    }
}
