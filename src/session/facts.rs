//! What screens, reports and commands need to know about a question: choices, progress, evidence and
//! findings.

use crate::questionnaire::{Advice, Choice};

use super::changed::changed_part;
use super::edit::Edit;
use super::evidence::Evidence;
use super::progress::{Count, Reason, reasons};
use super::session::Session;
use super::stamp::Stamp;
use super::visibility::Answered;

/// An answer that triggers advice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding<'a> {
    /// Id of the choice that the advice is for.
    pub choice: &'a str,
    /// The advice and its severity.
    pub advice: &'a Advice,
}

impl Session {
    /// The choices of the question at `index`; empty for a kind without an answer set.
    pub fn choices(&self, index: usize) -> &[Choice] {
        self.questionnaire.choices(self.question(index))
    }

    /// The keys of the [`choices`](Self::choices) of the question at `index`, in the same order.
    pub fn choice_keys(&self, index: usize) -> Vec<char> {
        self.questionnaire.choice_keys(self.question(index))
    }

    /// The labels of the choices made for the question at `index`, in order.
    pub fn chosen_labels(&self, index: usize) -> Vec<&str> {
        let question = self.question(index);
        let chosen = self.answers[index].choices.iter();
        chosen.map(|id| self.questionnaire.choice_label(question, id)).collect()
    }

    /// Whether the question at `index` is asked, that is, not hidden by its condition.
    pub fn is_asked(&self, index: usize) -> bool {
        self.visibility.is_asked(index)
    }

    /// Whether the question at `index` is asked and open.
    pub fn is_open(&self, index: usize) -> bool {
        self.visibility.is_open(index)
    }

    /// The indices of the questions that are asked, in order.
    pub fn asked(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter(|&index| self.is_asked(index))
    }

    /// All reasons why the question at `index` is open; empty if it is done or not asked.
    pub fn reasons(&self, index: usize) -> Vec<Reason> {
        if !self.is_asked(index) {
            return Vec::new();
        }
        let (answered, question) = (self.answered(), self.question(index));
        let disputes = answered.disputed.reasons(&question.id);
        let mut reasons = reasons(answered.questionnaire, question, self.answer(index), disputes);
        for say in self.visibility.contradictions(Some(index), answered) {
            let reason = Reason::Contradiction(say.trim_end_matches('.').to_owned());
            // A rule about a section that repeats can be violated by several instances.
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        reasons
    }

    /// What the rules say that are violated, but of whose questions none is asked.
    pub fn other_contradictions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.visibility.contradictions(None, self.answered()).collect();
        all.dedup();
        all
    }

    /// What the state of each question is derived from.
    pub(super) fn answered(&self) -> Answered<'_> {
        Answered {
            questionnaire: &self.questionnaire,
            questions: &self.questions,
            answers: &self.answers,
            disputed: &self.disputed,
        }
    }

    /// The [`reasons`](Self::reasons) why the question at `index` is open, as one text.
    pub fn reason_text(&self, index: usize) -> String {
        self.reasons(index).iter().map(Reason::to_string).collect::<Vec<_>>().join("; ")
    }

    /// Whether two people answered the question at `index` differently, or one has to confirm what was
    /// merged.
    pub fn has_two_answers(&self, index: usize) -> bool {
        self.disputed.contains(&self.question(index).id)
    }

    /// The evidence for the answer to the question at `index`.
    pub fn evidence(&self, index: usize) -> Vec<Evidence<'_>> {
        self.answer(index).evidence()
    }

    /// The findings of the question at `index`, in the order of its choices; whether or not it is asked.
    pub fn findings(&self, index: usize) -> Vec<Finding<'_>> {
        let advice = &self.question(index).advice;
        let chosen = self.answer(index).choices.iter();
        chosen.filter_map(|choice| Some(Finding { choice, advice: advice.get(choice)? })).collect()
    }

    /// A number that changes whenever a question appears or disappears.
    pub fn visibility_version(&self) -> u64 {
        self.visibility.version()
    }

    /// Who made the last change to the part that an edit changes, and when, if it is known.
    pub fn last_change(&self, edit: &Edit) -> Option<&Stamp> {
        self.changed.0.get(&changed_part(&self.sections, edit)?)
    }

    /// The last change of anything that is published; without one, who knows when the session was created.
    pub fn last_published_change(&self) -> Stamp {
        let last = self.changed.0.values().max_by_key(|stamp| stamp.at);
        last.cloned().unwrap_or_else(|| Stamp { at: self.created, ..Stamp::default() })
    }

    /// Progress over all questions.
    pub fn progress(&self) -> Count {
        self.visibility.total()
    }

    /// Progress in the section at the index `section`.
    pub fn section_progress(&self, section: usize) -> Count {
        self.visibility.section(section)
    }
}
