//! Which questions are open, and why.

use std::fmt;

use jiff::civil::Date;

use crate::markdown;
use crate::questionnaire::{Kind, Limit, Need, Question, Questionnaire};
use crate::text;

use super::answer::Answer;
use super::entry::{Conflict, Place};
use super::stamp::author_name;

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
    /// This author wrote another answer.
    TwoAnswers(String),
    /// It was merged from two people's changes, the other of whom is this author, and has to be read.
    Merged(String),
    /// It is not answered.
    Unanswered,
    /// The imported page has an answer that is not one of the choices.
    NoSuchChoice(String),
    /// The value is not a number.
    NotANumber,
    /// The value is not a date.
    NotADate,
    /// The value is not a whole number.
    NotWhole,
    /// The value is below this limit.
    BelowMinimum(String),
    /// The value is above this limit.
    AboveMaximum(String),
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
            Self::TwoAnswers(by) => write!(f, "two answers: {by} wrote something else"),
            Self::Merged(by) => write!(f, "merged with the changes of {by}: read to confirm"),
            Self::Unanswered => f.write_str("not answered yet"),
            Self::NoSuchChoice(text) => write!(f, "\"{text}\" is not one of the choices"),
            Self::NotANumber => f.write_str("not a number"),
            Self::NotADate => f.write_str("not a valid date (YYYY-MM-DD)"),
            Self::NotWhole => f.write_str("not a whole number"),
            Self::BelowMinimum(limit) => write!(f, "less than the minimum, {limit}"),
            Self::AboveMaximum(limit) => write!(f, "more than the maximum, {limit}"),
            Self::NeedsDetail(choice) => write!(f, "{choice} needs a detail"),
            Self::NeedsLink(choice) => write!(f, "{choice} needs a link"),
            Self::Flagged(text) if text.is_empty() => f.write_str("flagged"),
            Self::Flagged(text) => write!(f, "flagged: {text}"),
        }
    }
}

/// All reasons why `question` with `answer` is open, most important first; empty if it is done.
pub(super) fn reasons(
    questionnaire: &Questionnaire,
    question: &Question,
    answer: &Answer,
    conflicts: &[Conflict],
) -> Vec<Reason> {
    let about =
        |conflict: &&Conflict| matches!(&conflict.place, Place::Question(id, _) if *id == question.id);
    let mut reasons: Vec<Reason> = conflicts.iter().filter(about).map(reason_of).collect();
    reasons.dedup();
    if !answer.is_answered() {
        // An answer on a page that matches no choice is kept as a qualifier without a choice.
        let unmatched = question.kind.has_choices() && !answer.qualifier.is_empty();
        reasons.push(if unmatched {
            Reason::NoSuchChoice(answer.qualifier.clone())
        } else {
            Reason::Unanswered
        });
    } else {
        reasons.extend(value_problem(question, answer.value.trim()));
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

fn reason_of(conflict: &Conflict) -> Reason {
    let by = author_name(&conflict.made.by).to_owned();
    if conflict.other.is_some() { Reason::TwoAnswers(by) } else { Reason::Merged(by) }
}

/// Whether a link can serve as evidence: it can be opened, and if the detail cites it, it has words.
fn has_link(answer: &Answer) -> bool {
    let cited = markdown::citations(&answer.detail);
    answer.links.iter().any(|link| text::is_openable(&link.url))
        || cited.iter().any(|link| text::is_openable(&link.url) && !link.label.trim().is_empty())
}

/// Why a value is not one that the question allows.
fn value_problem(question: &Question, value: &str) -> Option<Reason> {
    match question.kind {
        Kind::Choice | Kind::MultiChoice | Kind::Text => None,
        Kind::Number => match value.parse::<f64>().ok().filter(|number| number.is_finite()) {
            None => Some(Reason::NotANumber),
            Some(number) if question.integer && number.fract() != 0.0 => Some(Reason::NotWhole),
            Some(number) => range_problem(question, &number, Limit::as_number),
        },
        Kind::Date => match value.parse::<Date>() {
            Err(_) => Some(Reason::NotADate),
            // YAML and other readers of the page know only the years 1 to 9999.
            Ok(date) if date.year() < 1 => Some(Reason::NotADate),
            Ok(date) => range_problem(question, &date, Limit::as_date),
        },
    }
}

fn range_problem<T: PartialOrd>(
    question: &Question,
    value: &T,
    read: impl Fn(&Limit) -> Option<T>,
) -> Option<Reason> {
    let is_below = |limit: &&Limit| read(limit).is_some_and(|limit| *value < limit);
    let is_above = |limit: &&Limit| read(limit).is_some_and(|limit| *value > limit);
    let below = question.min.as_ref().filter(is_below).map(|limit| Reason::BelowMinimum(limit.to_string()));
    below.or_else(|| {
        question.max.as_ref().filter(is_above).map(|limit| Reason::AboveMaximum(limit.to_string()))
    })
}
