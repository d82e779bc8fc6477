//! Pairs the questions of a questionnaire with those of an earlier session.

use std::collections::{HashMap, HashSet};

use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation;

use crate::questionnaire::{Choice, Question, Questionnaire};
use crate::text::normalized;

use super::answer::Answer;
use super::edit::{Edit, EditMismatch};
use super::previous::{Before, Match, Previous};
use super::session::Session;
use super::uncompared::Uncompared;

/// A question that is gone is compared with a new one if at least this part of their words is the same.
const LIKELY: f64 = 0.8;

/// What an earlier session, known by `id`, says about the questions of `questionnaire`.
pub fn previous_of(earlier: &Session, id: &str, questionnaire: &Questionnaire) -> Previous {
    let last = earlier.last_published_change();
    let mut previous = Previous {
        session: id.to_owned(),
        day: last.at.to_zoned(TimeZone::UTC).date(),
        by: last.by,
        questionnaire: (earlier.questionnaire().id.clone(), earlier.questionnaire().version.clone()),
        answers: answers(earlier, questionnaire),
        introduction: earlier.introduction().to_owned(),
        sections: earlier.sections().to_vec(),
        older: Vec::new(),
        places: Uncompared::default(),
    };
    if let Some(before) = earlier.previous() {
        previous.older = [std::slice::from_ref(&before.session), &before.older].concat();
    }
    previous
}

/// The earlier answers in the order of their questions, each with the question that it belongs to now.
fn answers(earlier: &Session, questionnaire: &Questionnaire) -> Vec<Before> {
    let by_id: HashMap<&str, (&str, &Question)> = with_sections(questionnaire)
        .map(|(section, question)| (question.id.as_str(), (section, question)))
        .collect();
    let is_matched_by_id = |question: &Question| by_id.contains_key(question.id.as_str());
    let renamed = renamed(earlier, questionnaire, &is_matched_by_id);
    let old = with_sections(earlier.questionnaire()).enumerate();
    old.map(|(index, (section, was))| {
        let answer = earlier.answer(index);
        let choices = earlier.choices(index);
        let same_id = by_id.get(was.id.as_str()).map(|(now_in, now)| (*now, *now_in != section));
        let now = same_id.or_else(|| Some((*renamed.get(was.id.as_str())?, false)));
        let r#match = match now {
            None => Match::Gone,
            Some(_) if !earlier.is_asked(index) => Match::Hidden,
            Some((now, is_moved)) => match compared(was, now, questionnaire.choices(now), answer, is_moved) {
                found if found.is_same() && same_id.is_none() => Match::Renamed,
                found => found,
            },
        };
        let question = now.map(|(now, _)| now.id.clone());
        Before {
            question,
            was: was.clone(),
            choices: choices.into(),
            answer: answer.clone(),
            changed: earlier.changed().get(&was.id).cloned(),
            r#match,
        }
    })
    .collect()
}

/// The questions with the ids of their sections, in order.
fn with_sections(questionnaire: &Questionnaire) -> impl Iterator<Item = (&str, &Question)> {
    questionnaire
        .sections
        .iter()
        .flat_map(|section| section.questions.iter().map(move |question| (section.id.as_str(), question)))
}

/// Old questions whose id is gone, by that id, with the one new question that has the same text.
fn renamed<'q>(
    earlier: &Session,
    questionnaire: &'q Questionnaire,
    is_matched_by_id: &dyn Fn(&Question) -> bool,
) -> HashMap<String, &'q Question> {
    let mut old: HashMap<String, Vec<&Question>> = HashMap::new();
    for question in earlier.questionnaire().questions().filter(|question| !is_matched_by_id(question)) {
        old.entry(normalized(&question.text)).or_default().push(question);
    }
    let is_new = |question: &&Question| earlier.index_of(&question.id).is_none();
    let mut taken = HashSet::new();
    let mut found = HashMap::new();
    for now in questionnaire.questions().filter(is_new) {
        if let Some([was]) = old.get(&normalized(&now.text)).map(Vec::as_slice)
            && taken.insert(&was.id)
        {
            found.insert(was.id.clone(), now);
        }
    }
    found
}

/// How a question differs from what it was.
fn compared(was: &Question, now: &Question, offered: &[Choice], answer: &Answer, is_moved: bool) -> Match {
    let is_offered = |id: &String| offered.iter().any(|choice| choice.id == *id);
    if normalized(&was.text) != normalized(&now.text) {
        Match::Reworded
    } else if was.kind != now.kind {
        Match::OtherKind
    } else if !answer.choices.is_empty() && !answer.choices.iter().any(is_offered) {
        Match::OtherChoices
    } else if is_moved {
        Match::Moved
    } else {
        Match::Same
    }
}

impl Session {
    /// The edit by which the earlier answer to `was`, which is no longer asked, belongs to the question at
    /// `index`. `None` if that question has an earlier answer already, or `was` is not among those left over.
    pub fn match_edit(&self, was: &str, index: usize) -> Option<Edit> {
        let is_left_over = self.previous()?.gone().any(|before| before.was.id == was);
        let after = Some(self.question(index).id.clone());
        let is_free = self.before(index).is_none();
        (is_left_over && is_free).then(|| Edit::Match { was: was.to_owned(), before: None, after })
    }

    /// Lets an earlier answer belong to another question of this session, or to none.
    pub(super) fn rematch(
        &mut self,
        was: &str,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<(), EditMismatch> {
        let mut previous = self.previous.take().ok_or(EditMismatch)?;
        let entry = previous.answers.iter_mut().find(|known| known.was.id == was);
        let entry = entry.filter(|known| known.question.as_deref() == before);
        let now = after.map(|id| self.index_of(id).ok_or(EditMismatch)).transpose();
        let done = match (entry, now) {
            (Some(entry), Ok(now)) => {
                entry.r#match = now.map_or(Match::Gone, |index| {
                    let (question, offered) = (self.question(index), self.choices(index));
                    match compared(&entry.was, question, offered, &entry.answer, false) {
                        found if found.is_same() => Match::Renamed,
                        found => found,
                    }
                });
                entry.question = after.map(str::to_owned);
                previous.places = Uncompared::default();
                Ok(())
            }
            (None, _) | (_, Err(_)) => Err(EditMismatch),
        };
        self.previous = Some(previous);
        done
    }
}

/// The one question of `questionnaire`, among those that no earlier answer belongs to, whose words are nearly
/// those of a question that is gone.
pub fn possible_match<'q>(
    previous: &Previous,
    gone: &Before,
    questionnaire: &'q Questionnaire,
) -> Option<&'q str> {
    let taken: HashSet<&str> = previous.answers.iter().filter_map(|b| b.question.as_deref()).collect();
    let words = |question: &Question| -> HashSet<String> {
        question.text.unicode_words().map(str::to_lowercase).collect()
    };
    let old = words(&gone.was);
    let mut likely = questionnaire
        .questions()
        .filter(|question| !taken.contains(question.id.as_str()))
        .filter(|question| {
            let new = words(question);
            let shared = old.intersection(&new).count() as f64;
            shared >= LIKELY * old.len().max(new.len()) as f64 && shared > 0.0
        });
    let first = likely.next()?;
    likely.next().is_none().then_some(first.id.as_str())
}
