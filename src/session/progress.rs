//! Which questions are open, and why.

use std::fmt;

use jiff::civil::Date;
use memchr::memmem;

use crate::markdown;
use crate::questionnaire::{Kind, Limit, Need, Question, Questionnaire};
use crate::text;

use super::answer::Answer;
use super::file_link::file_id;
use super::position::Field;

/// What stands for a blank in the model of an answer or a detail.
pub const BLANK: char = '…';

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
    /// It contradicts something; why, in one sentence without a full stop.
    Contradiction(String),
    /// The text of this field is a model of which these words and their blank are left.
    Blank(Field, String),
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
            Self::Contradiction(say) => f.write_str(say),
            Self::Blank(_, words) => write!(f, "the model still has a blank: {words}"),
            Self::Flagged(text) if text.is_empty() => f.write_str("flagged"),
            Self::Flagged(text) => write!(f, "flagged: {text}"),
        }
    }
}

/// All reasons why `question` with `answer` is open, most important first: `disputes`, then the others; empty
/// if it is done.
pub(super) fn reasons(
    questionnaire: &Questionnaire,
    question: &Question,
    answer: &Answer,
    disputes: Vec<Reason>,
) -> Vec<Reason> {
    let mut reasons = disputes;
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
    let texts = [(Field::Answer, &answer.value), (Field::Detail, &answer.detail)];
    let mut blanks =
        texts.into_iter().filter_map(|(field, text)| Some((field, blank(&question.skeleton, text)?)));
    reasons.extend(blanks.next().map(|(field, words)| Reason::Blank(field, words)));
    let alone = questionnaire
        .choices(question)
        .iter()
        .find(|choice| choice.alone && answer.choices.contains(&choice.id));
    if let Some(alone) = alone.filter(|_| answer.choices.len() > 1) {
        reasons.push(Reason::Contradiction(format!("{} is chosen together with others", alone.label)));
    }
    if let Some(text) = &answer.flag {
        reasons.push(Reason::Flagged(text.trim().to_owned()));
    }
    reasons
}

/// How many characters before a blank are compared, so that a "…" of the reviewer's own is none.
const BEFORE_BLANK: usize = 16;

/// How many bytes of a text are looked at. A model is a few lines, and is inserted into an empty text.
const LOOKED_AT: usize = 4096;

/// The first blank of a model that is left at the start of a text, with the words before or after it.
fn blank(skeleton: &str, text: &str) -> Option<String> {
    if skeleton.is_empty() {
        return None;
    }
    // Nearly all texts have no blank, and this is asked for each letter that is typed or read from a journal.
    let text = &text[..text.floor_char_boundary(LOOKED_AT)];
    memmem::find(text.as_bytes(), BLANK.encode_utf8(&mut [0; 4]).as_bytes())?;
    let pieces: Vec<&str> = skeleton.split(BLANK).collect();
    pieces.windows(2).find_map(|around| {
        let before: String = {
            let line = around[0].rsplit('\n').next().unwrap_or_default();
            line.chars().rev().take(BEFORE_BLANK).collect::<Vec<_>>().into_iter().rev().collect()
        };
        let after: String = around[1].chars().take_while(|c| *c != '\n').take(BEFORE_BLANK).collect();
        let left =
            if before.trim().is_empty() { format!("{BLANK}{after}") } else { format!("{before}{BLANK}") };
        (left.trim().chars().nth(1).is_some() && text.contains(&left)).then(|| left.trim().to_owned())
    })
}

/// Whether a link can serve as evidence: it can be opened or refers to a file, and if the detail cites it, it
/// has words.
fn has_link(answer: &Answer) -> bool {
    let cited = markdown::citations(&answer.detail);
    let is_source = |url: &str| text::is_openable(url) || file_id(url).is_some();
    answer.links.iter().any(|link| is_source(&link.url))
        || cited.iter().any(|link| is_source(&link.url) && !link.label.trim().is_empty())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{BUILT_IN, load};

    #[test]
    fn only_questions_that_are_asked_count_as_done_or_flagged() {
        let start = Count { done: 5, asked: 5, flagged: 5 };
        for ((asked, done, flagged), expected) in [
            ((true, true, true), Count { done: 6, asked: 6, flagged: 6 }),
            ((true, true, false), Count { done: 6, asked: 6, flagged: 5 }),
            ((true, false, true), Count { done: 5, asked: 6, flagged: 6 }),
            ((true, false, false), Count { done: 5, asked: 6, flagged: 5 }),
            ((false, true, true), start),
            ((false, false, false), start),
        ] {
            let state = State { asked, done, flagged };
            let mut count = start;
            count.add(state);
            assert_eq!(count, expected, "{state:?}");
            count.subtract(state);
            assert_eq!(count, start, "{state:?}");
        }
    }

    #[test]
    fn the_ends_of_a_range_are_within_it() {
        let number = |integer| Question {
            kind: Kind::Number,
            integer,
            min: Some(Limit::Number(-1.5)),
            max: Some(Limit::Number(2.0)),
            ..Question::added("Number", "Number?")
        };
        let date = Question {
            kind: Kind::Date,
            max: Some(Limit::Date("2026-11-22".into())),
            ..Question::added("Date", "Date?")
        };
        let (number, whole) = (number(false), number(true));
        let below = |limit: &str| Some(Reason::BelowMinimum(limit.to_owned()));
        let above = |limit: &str| Some(Reason::AboveMaximum(limit.to_owned()));
        for (question, value, expected) in [
            (&number, "-1.5", None),
            (&number, "-1.6", below("-1.5")),
            (&number, "0.5", None),
            (&number, "2", None),
            (&number, "2.1", above("2")),
            (&number, "NaN", Some(Reason::NotANumber)),
            (&whole, "-1", None),
            (&whole, "0.5", Some(Reason::NotWhole)),
            (&whole, "3", above("2")),
            (&date, "0000-12-31", Some(Reason::NotADate)),
            (&date, "0001-01-01", None),
            (&date, "2026-11-22", None),
            (&date, "2026-11-23", above("2026-11-22")),
            (&date, "2026-02-30", Some(Reason::NotADate)),
        ] {
            assert_eq!(value_problem(question, value), expected, "{value}");
        }
    }

    #[test]
    fn a_qualifier_without_a_choice_is_an_answer_that_is_not_offered() {
        let questionnaire = load(BUILT_IN[0].1).unwrap();
        for (kind, qualifier, expected) in [
            (Kind::Choice, "maybe", Reason::NoSuchChoice("maybe".into())),
            (Kind::MultiChoice, "maybe", Reason::NoSuchChoice("maybe".into())),
            (Kind::Choice, "", Reason::Unanswered),
            (Kind::Text, "maybe", Reason::Unanswered),
        ] {
            let question = Question { kind, ..Question::added("Topic", "What?") };
            let answer = Answer { qualifier: qualifier.into(), ..Answer::default() };
            assert_eq!(reasons(&questionnaire, &question, &answer, Vec::new()), [expected]);
        }
    }

    #[test]
    fn a_flag_is_named_with_its_text_if_it_has_one() {
        assert_eq!(Reason::Flagged(String::new()).to_string(), "flagged");
        assert_eq!(Reason::Flagged("ask".into()).to_string(), "flagged: ask");
    }
}
