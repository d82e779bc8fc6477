//! The earlier answers as JSON, as saved in a snapshot. A question that is asked today as it was then is not
//! written again, so that such a session is hardly larger than one without earlier answers.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::questionnaire::{Choice, Question, Questionnaire};

use super::answer::Answer;
use super::page_section::PageSection;
use super::previous::{Before, Match, Previous};
use super::stamp::Stamp;

/// The earlier answers as they are written.
#[derive(Serialize)]
pub(super) struct Saved<'a> {
    session: &'a str,
    day: Date,
    by: &'a str,
    questionnaire: &'a (String, String),
    answers: Vec<SavedBefore<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    introduction: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    sections: &'a [PageSection],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    older: &'a [String],
}

#[derive(Serialize)]
struct SavedBefore<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a Question>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    choices: &'a [Choice],
    answer: &'a Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<&'a Stamp>,
    r#match: Match,
}

/// The earlier answers as they are read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Read {
    session: String,
    day: Date,
    by: String,
    questionnaire: (String, String),
    answers: Vec<ReadBefore>,
    #[serde(default)]
    introduction: String,
    #[serde(default)]
    sections: Vec<PageSection>,
    #[serde(default)]
    older: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadBefore {
    #[serde(default)]
    question: Option<String>,
    /// Left out if it is the question of today, with its choices.
    #[serde(default)]
    was: Option<Question>,
    #[serde(default)]
    choices: Arc<[Choice]>,
    answer: Answer,
    #[serde(default)]
    changed: Option<Stamp>,
    r#match: Match,
}

type Today<'a> = HashMap<&'a str, (&'a Question, &'a [Choice])>;

fn today(questionnaire: &Questionnaire) -> Today<'_> {
    let questions = questionnaire.questions();
    questions.map(|question| (question.id.as_str(), (question, questionnaire.choices(question)))).collect()
}

impl<'a> Saved<'a> {
    pub(super) fn of(previous: &'a Previous, questionnaire: &Questionnaire) -> Self {
        let today = today(questionnaire);
        let saved = |before: &'a Before| {
            let question = before.question.as_deref();
            let is_today = question
                .and_then(|id| today.get(id))
                .is_some_and(|(question, choices)| **question == before.was && **choices == *before.choices);
            SavedBefore {
                question,
                was: (!is_today).then_some(&before.was),
                choices: if is_today { &[] } else { &before.choices },
                answer: &before.answer,
                changed: before.changed.as_ref(),
                r#match: before.r#match,
            }
        };
        Self {
            session: &previous.session,
            day: previous.day,
            by: &previous.by,
            questionnaire: &previous.questionnaire,
            answers: previous.answers.iter().map(saved).collect(),
            introduction: &previous.introduction,
            sections: &previous.sections,
            older: &previous.older,
        }
    }
}

impl Read {
    /// The earlier answers of a session that asks the questions of this questionnaire.
    ///
    /// # Errors
    /// If a question is left out that is not asked.
    pub(super) fn into_previous(self, questionnaire: &Questionnaire) -> Result<Previous, String> {
        let today: HashMap<&str, &Question> =
            questionnaire.questions().map(|question| (question.id.as_str(), question)).collect();
        let sets: HashMap<&str, Arc<[Choice]>> = questionnaire
            .answer_sets
            .iter()
            .map(|(name, set)| (name.as_str(), set.choices.as_slice().into()))
            .collect();
        let choices_of =
            |question: &Question| question.answer_set.as_deref().and_then(|set| sets.get(set)).cloned();
        let before = |read: ReadBefore| {
            let id = read.question.as_deref().unwrap_or_default();
            let (was, choices) = match (read.was, today.get(id)) {
                (Some(was), _) => (was, read.choices),
                (None, Some(question)) => ((*question).clone(), choices_of(question).unwrap_or_default()),
                (None, None) => {
                    return Err(format!("missing field `was` of an earlier answer (question `{id}`)"));
                }
            };
            let (question, answer) = (read.question, read.answer);
            Ok(Before { question, was, choices, answer, changed: read.changed, r#match: read.r#match })
        };
        Ok(Previous {
            session: self.session,
            day: self.day,
            by: self.by,
            questionnaire: self.questionnaire,
            answers: self.answers.into_iter().map(before).collect::<Result<_, _>>()?,
            introduction: self.introduction,
            sections: self.sections,
            older: self.older,
            places: super::uncompared::Uncompared::default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use crate::questionnaire::{BUILT_IN, load};
    use crate::session::Session;

    /// A session that continues one of an older questionnaire, in which the first question had other words.
    fn again() -> Session {
        let today = load(BUILT_IN[0].1).unwrap();
        let mut old = today.clone();
        old.sections[0].questions[0].text = "Is it encrypted?".to_owned();
        let earlier = Session::new(old, "Boat", Timestamp::UNIX_EPOCH);
        Session::continued(&earlier, "old", today, "Boat", Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn an_earlier_question_is_written_only_if_it_is_not_the_one_of_today() {
        let again = again();
        let saved = serde_json::to_value(&again).unwrap();
        let answers = saved["previous"]["answers"].as_array().unwrap();
        assert_eq!(answers[0]["was"]["text"], "Is it encrypted?");
        assert!(
            answers[1..].iter().all(|before| before.get("was").is_none() && before.get("choices").is_none())
        );
        let read: Session = serde_json::from_value(saved).unwrap();
        assert_eq!(read, again);
    }

    #[test]
    fn an_earlier_question_that_is_neither_written_nor_asked_today_is_an_error() {
        let mut saved = serde_json::to_value(again()).unwrap();
        saved["previous"]["answers"][1]["question"] = "other".into();
        let error = serde_json::from_value::<Session>(saved).unwrap_err().to_string();
        assert_eq!(error, "missing field `was` of an earlier answer (question `other`)");
    }
}
