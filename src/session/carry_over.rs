//! Taking over what an earlier session says: one answer, a section, or a text of the page. Nothing is taken
//! over by itself.

use crate::questionnaire::Tone;

use super::answer::Answer;
use super::edit::Edit;
use super::position::Item;
use super::previous::{Before, Match};
use super::session::Session;
use super::text_ref::TextRef;
use super::uncompared::Uncompared;

/// An earlier answer as it can be taken over.
#[derive(Debug, Clone, PartialEq)]
pub struct CarryOver {
    /// The answer with what can be taken over; the rest of the present answer is kept.
    pub answer: Answer,
    /// The labels of choices that were made and are not taken over: they were not good and have to be made
    /// again, or they are no longer offered.
    pub left: Vec<String>,
    /// Whether the present answer has something that would be replaced.
    pub replaces: bool,
}

impl Session {
    /// The earlier answer to the question at `index`.
    pub fn before(&self, index: usize) -> Option<&Before> {
        self.previous()?.before(&self.question(index).id)
    }

    /// The earlier answer to the question at `index` as it can be taken over. `None` if there is nothing to
    /// take over.
    pub fn carry_over(&self, index: usize) -> Option<CarryOver> {
        let before = self.before(index)?;
        let old = &before.answer;
        let present = self.answer(index);
        let (answer, left) = match before.r#match {
            Match::Same | Match::Moved | Match::Renamed => {
                let (choices, left) = self.kept_choices(index, before);
                // Without an earlier choice to take over, a choice that was made now stays.
                let is_made_now = choices.is_empty() && !old.choices.is_empty();
                let made = if is_made_now { present } else { old };
                let choices = if is_made_now { present.choices.clone() } else { choices };
                (Answer { choices, qualifier: made.qualifier.clone(), ..old.clone() }, left)
            }
            Match::Reworded | Match::OtherChoices => {
                let labels = before.labels().map(str::to_owned).collect();
                let words = Answer {
                    detail: old.detail.clone(),
                    links: old.links.clone(),
                    cited: old.cited.clone(),
                    ..present.clone()
                };
                (words, labels)
            }
            Match::OtherKind | Match::Hidden | Match::Gone => return None,
        };
        let answer = Answer { unread: Uncompared(false), ..answer };
        (answer != *present).then(|| CarryOver { answer, left, replaces: !present.is_empty() })
    }

    /// The choices of an earlier answer that hold until they are read again, and the labels of the others.
    /// What was bad, partial or unknown has to be answered again.
    fn kept_choices(&self, index: usize, before: &Before) -> (Vec<String>, Vec<String>) {
        let offered = self.choices(index);
        let is_kept = |id: &String| match offered.iter().find(|choice| choice.id == *id).map(|c| c.tone) {
            Some(Tone::Good | Tone::Neutral | Tone::NotApplicable) => true,
            Some(Tone::Bad | Tone::Partial | Tone::Unknown) | None => false,
        };
        let is_offered = |id: &String| offered.iter().any(|choice| choice.id == *id);
        let all = &before.answer.choices;
        // One that has to be made again brings all of them into question; one that no longer exists does not.
        let (kept, left): (Vec<&String>, Vec<&String>) =
            if all.iter().filter(|id| is_offered(id)).all(is_kept) {
                all.iter().partition(|id| is_offered(id))
            } else {
                (Vec::new(), all.iter().collect())
            };
        let label = |id: &String| before.label(id).to_owned();
        (kept.into_iter().cloned().collect(), left.into_iter().map(label).collect())
    }

    /// The edit that takes over the earlier answer to the question at `index`.
    pub fn carry_over_edit(&self, index: usize) -> Option<Edit> {
        let carried = self.carry_over(index)?;
        Some(self.answer_edit(index, carried.answer))
    }

    /// The edit that takes over, as one step, all earlier answers in the section at the index `section` that
    /// were good and whose questions are unchanged, for questions that have no answer yet; and how many these
    /// are. They count as not read until their questions have been looked at.
    pub fn carry_over_section(&self, section: usize) -> Option<(Edit, usize)> {
        let questions = (0..self.len()).filter(|&index| self.section_of(index) == section);
        let edits: Vec<Edit> = questions
            .filter(|&index| self.is_asked(index) && self.answer(index).is_empty())
            .filter(|&index| self.before(index).is_some_and(|before| before.r#match.is_same()))
            .filter_map(|index| Some((index, self.carry_over(index)?)))
            .filter(|(_, carried)| carried.answer.is_answered() && carried.left.is_empty())
            .map(|(index, carried)| {
                self.answer_edit(index, Answer { unread: Uncompared(true), ..carried.answer })
            })
            .collect();
        let count = edits.len();
        (count > 0).then_some((Edit::All(edits), count))
    }

    /// The edit that takes over the earlier text of the introduction or of a section of the page. `None` if
    /// there is none, or it is the present one.
    pub fn carry_over_text(&self, item: &Item) -> Option<Edit> {
        let previous = self.previous()?;
        let (text, inserted) = match item {
            Item::Introduction => (TextRef::Introduction, previous.introduction.clone()),
            Item::Section(index) => {
                let heading = &self.sections().get(*index)?.heading;
                let section = previous.sections.iter().find(|section| section.heading == *heading)?;
                (TextRef::Section(*index), section.text.clone())
            }
            Item::Question(_) | Item::Properties => return None,
        };
        let removed = self.text(&text)?.to_owned();
        let is_new = !inserted.is_empty() && inserted != removed;
        is_new.then_some(Edit::Splice { text, at: 0, removed, inserted })
    }

    /// The edit that marks a carried-over answer as read, if it is not.
    pub fn read_edit(&self, index: usize) -> Option<Edit> {
        let answer = self.answer(index);
        answer
            .unread
            .0
            .then(|| self.answer_edit(index, Answer { unread: Uncompared(false), ..answer.clone() }))
    }

    /// The edit that notes that all links of an answer were read on this day, as one step. `None` if nothing
    /// changes.
    pub fn reread_edit(&self, index: usize, today: &str) -> Option<Edit> {
        let answer = self.answer(index);
        let mut after = answer.clone();
        after.links.iter_mut().for_each(|link| today.clone_into(&mut link.retrieved));
        let cited = answer.evidence().into_iter().filter(|link| link.listed.is_none());
        for link in cited {
            after.cited.0.insert(link.url.to_string(), today.to_owned());
        }
        let is_change = after != *answer || after.cited.0 != answer.cited.0;
        is_change.then(|| self.answer_edit(index, after))
    }

    fn answer_edit(&self, index: usize, after: Answer) -> Edit {
        Edit::Answer {
            question: self.question(index).id.clone(),
            before: Box::new(self.answer(index).clone()),
            after: Box::new(after),
        }
    }
}
