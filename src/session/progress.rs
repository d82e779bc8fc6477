//! What is open, and why.

use std::fmt;

use crate::questionnaire::{Kind, Need, Question, Questionnaire};
use crate::text;

use super::answer::Answer;

/// How many questions are done, of those asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Count {
    /// Answered, with all that the answer needs.
    pub done: usize,
    /// Asked, that is, not hidden by a condition.
    pub asked: usize,
    /// Flagged for later.
    pub flagged: usize,
}

impl Count {
    pub(super) fn add(&mut self, state: State) {
        self.asked += usize::from(state.asked);
        self.done += usize::from(state.asked && state.done);
        self.flagged += usize::from(state.asked && state.flagged);
    }

    pub(super) fn take(&mut self, state: State) {
        self.asked -= usize::from(state.asked);
        self.done -= usize::from(state.asked && state.done);
        self.flagged -= usize::from(state.asked && state.flagged);
    }
}

/// Where one question stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct State {
    pub asked: bool,
    pub done: bool,
    pub flagged: bool,
}

/// Why a question is open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nobody has answered it.
    Unanswered,
    /// The page says something that is none of the choices.
    NoSuchChoice(String),
    /// The value is not a number.
    NotANumber,
    /// The value is not a day.
    NotADate,
    /// The choice with this label needs a detail.
    NeedsDetail(String),
    /// The choice with this label needs a link.
    NeedsLink(String),
    /// Flagged, with these words.
    Flagged(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered => f.write_str("not answered yet"),
            Self::NoSuchChoice(text) => write!(f, "\"{text}\" is none of the choices"),
            Self::NotANumber => f.write_str("not a number"),
            Self::NotADate => f.write_str("not a day such as 2026-11-22"),
            Self::NeedsDetail(choice) => write!(f, "{choice} needs a detail"),
            Self::NeedsLink(choice) => write!(f, "{choice} needs a link"),
            Self::Flagged(words) if words.is_empty() => f.write_str("flagged"),
            Self::Flagged(words) => write!(f, "flagged: {words}"),
        }
    }
}

/// Everything that keeps `answer` from being done, most important first; empty if it is.
pub(super) fn reasons(questionnaire: &Questionnaire, question: &Question, answer: &Answer) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if !answer.is_given() {
        let odd = question.kind.has_choices() && !answer.qualifier.is_empty();
        reasons.push(if odd { Reason::NoSuchChoice(answer.qualifier.clone()) } else { Reason::Unanswered });
    } else {
        match question.kind {
            Kind::Number if !is_number(&answer.value) => reasons.push(Reason::NotANumber),
            Kind::Date if !is_date(&answer.value) => reasons.push(Reason::NotADate),
            _ => {}
        }
    }
    for id in &answer.choices {
        let Some(needs) = question.needs.get(id) else { continue };
        let choices = questionnaire.choices(question);
        let label = choices.iter().find(|c| c.id == *id).map_or(id, |c| &c.label);
        for need in needs {
            match need {
                Need::Detail if answer.detail.trim().is_empty() => {
                    reasons.push(Reason::NeedsDetail(label.clone()));
                }
                Need::Link if !has_link(answer) => reasons.push(Reason::NeedsLink(label.clone())),
                Need::Detail | Need::Link => {}
            }
        }
    }
    if let Some(words) = &answer.flag {
        reasons.push(Reason::Flagged(words.trim().to_owned()));
    }
    reasons
}

fn has_link(answer: &Answer) -> bool {
    answer.links.iter().any(|link| text::is_openable(&link.url)) || !text::cited(&answer.detail).is_empty()
}

fn is_number(value: &str) -> bool {
    value.trim().parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_date(value: &str) -> bool {
    value.trim().parse::<jiff::civil::Date>().is_ok()
}
