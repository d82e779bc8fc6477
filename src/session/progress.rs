//! Which questions are open, and why.

use std::fmt;

use crate::markdown;
use crate::questionnaire::{Kind, Need, Question, Questionnaire};
use crate::text;

use super::answer::Answer;

/// How many questions are asked, done and flagged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Count {
    /// Asked questions that are answered with everything the answer needs.
    pub done: usize,
    /// Questions that are asked, that is, not hidden by a condition.
    pub asked: usize,
    /// Asked questions that are flagged.
    pub flagged: usize,
}

impl Count {
    pub(super) fn add(&mut self, state: State) {
        self.asked += usize::from(state.asked);
        self.done += usize::from(state.asked && state.done);
        self.flagged += usize::from(state.asked && state.flagged);
    }

    pub(super) fn subtract(&mut self, state: State) {
        self.asked -= usize::from(state.asked);
        self.done -= usize::from(state.asked && state.done);
        self.flagged -= usize::from(state.asked && state.flagged);
    }
}

/// The state of one question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct State {
    pub asked: bool,
    pub done: bool,
    pub flagged: bool,
}

/// Why a question is open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It is not answered.
    Unanswered,
    /// The imported page has an answer that is not one of the choices.
    NoSuchChoice(String),
    /// The value is not a number.
    NotANumber,
    /// The value is not a date.
    NotADate,
    /// The choice with this label needs a detail.
    NeedsDetail(String),
    /// The choice with this label needs a link.
    NeedsLink(String),
    /// It is flagged, with this text.
    Flagged(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered => f.write_str("not answered yet"),
            Self::NoSuchChoice(text) => write!(f, "\"{text}\" is not one of the choices"),
            Self::NotANumber => f.write_str("not a number"),
            Self::NotADate => f.write_str("not a valid date (YYYY-MM-DD)"),
            Self::NeedsDetail(choice) => write!(f, "{choice} needs a detail"),
            Self::NeedsLink(choice) => write!(f, "{choice} needs a link"),
            Self::Flagged(text) if text.is_empty() => f.write_str("flagged"),
            Self::Flagged(text) => write!(f, "flagged: {text}"),
        }
    }
}

/// All reasons why `question` with `answer` is open, most important first; empty if it is done.
pub(super) fn reasons(questionnaire: &Questionnaire, question: &Question, answer: &Answer) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if !answer.is_answered() {
        // An answer on a page that matches no choice is kept as a qualifier without a choice.
        let unmatched = question.kind.has_choices() && !answer.qualifier.is_empty();
        reasons.push(if unmatched {
            Reason::NoSuchChoice(answer.qualifier.clone())
        } else {
            Reason::Unanswered
        });
    } else {
        match question.kind {
            Kind::Number if !is_number(&answer.value) => reasons.push(Reason::NotANumber),
            Kind::Date if !is_date(&answer.value) => reasons.push(Reason::NotADate),
            Kind::Choice | Kind::MultiChoice | Kind::Text | Kind::Number | Kind::Date => {}
        }
    }
    for id in &answer.choices {
        let Some(needs) = question.needs.get(id) else { continue };
        let label = questionnaire.choice_label(question, id);
        for need in needs {
            match need {
                Need::Detail if answer.detail.trim().is_empty() => {
                    reasons.push(Reason::NeedsDetail(label.to_owned()));
                }
                Need::Link if !has_link(answer) => reasons.push(Reason::NeedsLink(label.to_owned())),
                Need::Detail | Need::Link => {}
            }
        }
    }
    if let Some(text) = &answer.flag {
        reasons.push(Reason::Flagged(text.trim().to_owned()));
    }
    reasons
}

/// Whether a link can serve as evidence: it can be opened, and if the detail cites it, it has words.
fn has_link(answer: &Answer) -> bool {
    let cited = markdown::citations(&answer.detail);
    answer.links.iter().any(|link| text::is_openable(&link.url))
        || cited.iter().any(|link| text::is_openable(&link.url) && !link.label.trim().is_empty())
}

fn is_number(value: &str) -> bool {
    value.trim().parse::<f64>().is_ok_and(f64::is_finite)
}

fn is_date(value: &str) -> bool {
    value.trim().parse::<jiff::civil::Date>().is_ok()
}
