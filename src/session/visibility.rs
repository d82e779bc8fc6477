//! Which questions are asked, and how many of them are done. Kept up to date edit by edit.

use std::collections::BTreeSet;

use crate::questionnaire::{GivenAnswer, Question, Questionnaire, holds, mentioned};

use super::answer::Answer;
use super::entry::Conflict;
use super::progress::{Count, State, reasons};
use super::questions::Questions;
use super::uncompared::Uncompared;

/// The state of every question, and the counts that follow from it.
///
/// After an edit only the changed question and those whose conditions depend on it are evaluated, so the cost
/// does not grow with the number of questions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visibility {
    /// For each question, the questions whose condition mentions it.
    dependents: Vec<Vec<usize>>,
    /// For each question, its place in an order in which it follows everything that its condition mentions.
    ranks: Vec<usize>,
    states: Vec<State>,
    total: Count,
    by_section: Vec<Count>,
    version: Uncompared<u64>,
}

/// What the state of a question is derived from.
#[derive(Clone, Copy)]
pub(super) struct Answered<'a> {
    pub questionnaire: &'a Questionnaire,
    pub questions: &'a Questions,
    pub answers: &'a [Answer],
    pub conflicts: &'a [Conflict],
}

impl<'a> Answered<'a> {
    fn question(&self, index: usize) -> &'a Question {
        self.questions.get(self.questionnaire, index)
    }
}

impl Visibility {
    pub fn of(answered: Answered<'_>) -> Self {
        let count = answered.questions.len();
        let mut dependents = vec![Vec::new(); count];
        for index in 0..count {
            for id in answered.question(index).enable_when.iter().flat_map(mentioned) {
                if let Some(on) = answered.questions.index_of(id) {
                    dependents[on].push(index);
                }
            }
        }
        let mut visibility = Self {
            ranks: ranks(&dependents),
            dependents,
            states: vec![State::default(); count],
            total: Count::default(),
            by_section: vec![Count::default(); answered.questionnaire.sections.len()],
            version: Uncompared(0),
        };
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_unstable_by_key(|&index| visibility.ranks[index]);
        for index in order {
            visibility.refresh(index, answered);
        }
        visibility
    }

    pub fn is_asked(&self, index: usize) -> bool {
        self.states[index].asked
    }

    pub fn is_open(&self, index: usize) -> bool {
        let state = self.states[index];
        state.asked && !state.done
    }

    pub fn total(&self) -> Count {
        self.total
    }

    pub fn section(&self, section: usize) -> Count {
        self.by_section.get(section).copied().unwrap_or_default()
    }

    /// A number that changes whenever a question appears or disappears.
    pub fn version(&self) -> u64 {
        self.version.0
    }

    /// Makes the version differ from an earlier one.
    pub fn follow(&mut self, version: u64) {
        self.version.0 += version + 1;
    }

    /// Updates the question at `changed` and every question whose condition depends on it, directly or not.
    pub fn refresh(&mut self, changed: usize, answered: Answered<'_>) {
        // In the order of ranks, each question follows those that it depends on, so one visit is enough.
        let mut queue = BTreeSet::from([(self.ranks[changed], changed)]);
        while let Some((rank, index)) = queue.pop_first() {
            let before = self.states[index];
            let after = self.state_of(index, answered);
            self.total.subtract(before);
            self.total.add(after);
            let section = &mut self.by_section[answered.questions.section_of(index)];
            section.subtract(before);
            section.add(after);
            self.states[index] = after;
            self.version.0 += u64::from(before.asked != after.asked);
            if index == changed || before.asked != after.asked {
                let later = self.dependents[index].iter().map(|&i| (self.ranks[i], i));
                queue.extend(later.filter(|(other, _)| *other > rank));
            }
        }
    }

    fn state_of(&self, index: usize, answered: Answered<'_>) -> State {
        let question = answered.question(index);
        let given = |id: &str| {
            let index = answered.questions.index_of(id).filter(|&index| self.states[index].asked)?;
            let answer = &answered.answers[index];
            Some(GivenAnswer { choices: &answer.choices, value: &answer.value })
        };
        let asked = question.enable_when.as_ref().is_none_or(|condition| holds(condition, &given));
        let answer = &answered.answers[index];
        let done = asked
            && answer.is_answered()
            && reasons(answered.questionnaire, question, answer, answered.conflicts).is_empty();
        State { asked, done, flagged: answer.flag.is_some() }
    }
}

/// For each question, its place in an order in which dependents come later. Questions in a cycle share the
/// last place.
fn ranks(dependents: &[Vec<usize>]) -> Vec<usize> {
    let mut waits_for = vec![0usize; dependents.len()];
    dependents.iter().flatten().for_each(|&i| waits_for[i] += 1);
    let mut ready: Vec<usize> = (0..dependents.len()).filter(|&i| waits_for[i] == 0).collect();
    let mut ranks = vec![usize::MAX; dependents.len()];
    let mut next = 0;
    while next < ready.len() {
        let index = ready[next];
        ranks[index] = next;
        next += 1;
        for &dependent in &dependents[index] {
            waits_for[dependent] -= 1;
            if waits_for[dependent] == 0 {
                ready.push(dependent);
            }
        }
    }
    ranks
}
