//! Which questions are asked, and how many of them are done. Kept up to date edit by edit.

use std::collections::BTreeSet;

use crate::questionnaire::{GivenAnswer, Question, Questionnaire, holds, mentioned};

use super::answer::Answer;
use super::contradiction::{Applied, applied};
use super::disputed::Disputed;
use super::progress::{Count, State, reasons};
use super::questions::Questions;
use super::uncompared::Uncompared;

/// The state of every question, and the counts that follow from it.
///
/// After an edit only the changed question and those whose conditions or rules depend on it are evaluated, so
/// the cost does not grow with the number of questions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visibility {
    /// For each question, the questions whose condition mentions it.
    dependents: Vec<Vec<usize>>,
    /// For each question, its place in an order in which it follows everything that its condition mentions.
    ranks: Vec<usize>,
    rules: Vec<Applied>,
    /// For each question, the rules that depend on it.
    rules_of: Vec<Vec<usize>>,
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
    pub disputed: &'a Disputed,
}

impl<'a> Answered<'a> {
    fn question(&self, index: usize) -> &'a Question {
        self.questions.get(self.questionnaire, index)
    }

    /// What conditions know of the answer to a question; `None` if it is not asked.
    fn given(&self, id: &str, is_asked: impl Fn(usize) -> bool) -> Option<GivenAnswer<'a>> {
        let index = self.questions.index_of(id).filter(|&index| is_asked(index))?;
        let answer = &self.answers[index];
        Some(GivenAnswer { choices: &answer.choices, value: &answer.value })
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
        let rules = applied(answered.questionnaire, answered.questions);
        let mut rules_of = vec![Vec::new(); count];
        for (rule, applied) in rules.iter().enumerate() {
            applied.depends_on.iter().for_each(|&index| rules_of[index].push(rule));
        }
        let mut visibility = Self {
            ranks: ranks(&dependents),
            dependents,
            rules,
            rules_of,
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

    /// Updates the question at `changed` and every question whose condition depends on it, directly or not,
    /// and those at which a rule that depends on any of them is reported.
    pub fn refresh(&mut self, changed: usize, answered: Answered<'_>) {
        // In the order of ranks, each question follows those that it depends on, so one visit is enough.
        let mut queue = BTreeSet::from([(self.ranks[changed], changed)]);
        let mut places = BTreeSet::new();
        while let Some((rank, index)) = queue.pop_first() {
            let before = self.states[index];
            let after = self.state_of(index, answered);
            self.set(index, after, answered.questions);
            if index == changed || before.asked != after.asked {
                let later = self.dependents[index].iter().map(|&i| (self.ranks[i], i));
                queue.extend(later.filter(|(other, _)| *other > rank));
                places.extend(self.rules_of[index].iter().flat_map(|&rule| &self.rules[rule].places));
            }
        }
        // Whether a question is asked does not depend on rules, so nothing follows from these changes.
        for index in places {
            self.set(index, self.state_of(index, answered), answered.questions);
        }
    }

    fn set(&mut self, index: usize, after: State, questions: &Questions) {
        let before = std::mem::replace(&mut self.states[index], after);
        let section = &mut self.by_section[questions.section_of(index)];
        for count in [&mut self.total, section] {
            count.subtract(before);
            count.add(after);
        }
        self.version.0 += u64::from(before.asked != after.asked);
    }

    fn state_of(&self, index: usize, answered: Answered<'_>) -> State {
        let question = answered.question(index);
        let given = |id: &str| answered.given(id, |index| self.is_asked(index));
        let asked = question.enable_when.as_ref().is_none_or(|condition| holds(condition, &given));
        let answer = &answered.answers[index];
        let done = asked
            && answer.is_answered()
            && reasons(answered.questionnaire, question, answer, answered.disputed.reasons(&question.id))
                .is_empty()
            && self.contradictions(Some(index), answered).next().is_none();
        State { asked, done, flagged: answer.flag.is_some() }
    }

    /// What the rules say that are violated and reported at the question at `index`, or at none if none of
    /// their questions is asked.
    pub fn contradictions<'a>(
        &'a self,
        index: Option<usize>,
        answered: Answered<'a>,
    ) -> impl Iterator<Item = &'a str> {
        let all = index.map_or_else(|| (0..self.rules.len()).collect(), |index| self.rules_of[index].clone());
        let given = move |id: &str| answered.given(id, |index| self.is_asked(index));
        let violated = all.into_iter().map(|rule| &self.rules[rule]).filter(move |rule| {
            rule.place(|index| self.is_asked(index)) == index && rule.holds(answered.questionnaire, &given)
        });
        violated.map(move |rule| rule.rule(answered.questionnaire).say.as_str())
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
