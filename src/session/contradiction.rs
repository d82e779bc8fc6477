//! Rules of the questionnaire about answers that contradict each other, and where they apply.

use std::collections::{BTreeSet, HashMap};

use crate::questionnaire::{Contradiction, GivenAnswer, Questionnaire, holds, mentioned};

use super::questions::Questions;

/// A rule applied to the questions that it names, or to those of an instance that repeat them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Applied {
    /// The index of the rule.
    rule: usize,
    /// The ids of the instance's own questions, by those of the questions that they repeat.
    own: HashMap<String, String>,
    /// The indices of the questions to look at, in order.
    pub places: Vec<usize>,
    /// The indices of all questions that it depends on.
    pub depends_on: BTreeSet<usize>,
}

/// All rules of a questionnaire, where they apply.
pub(super) fn applied(questionnaire: &Questionnaire, questions: &Questions) -> Vec<Applied> {
    let rules = questionnaire.rules.iter().enumerate();
    let all = rules.flat_map(|(index, rule)| {
        let scopes = questionnaire.scopes(rule).into_iter();
        scopes.map(move |own| {
            let find = |id: &str| questions.index_of(own.get(id).copied().unwrap_or(id));
            let places: Vec<usize> = rule.questions.iter().filter_map(|id| find(id)).collect();
            let mentioned = mentioned(&rule.when).into_iter().filter_map(find);
            let depends_on: BTreeSet<usize> = mentioned.chain(places.iter().copied()).collect();
            let own = own.iter().map(|(id, own)| ((*id).to_owned(), (*own).to_owned())).collect();
            Applied { rule: index, own, places, depends_on }
        })
    });
    all.collect()
}

impl Applied {
    /// The rule.
    pub fn rule<'q>(&self, questionnaire: &'q Questionnaire) -> &'q Contradiction {
        &questionnaire.rules[self.rule]
    }

    /// Whether the answers contradict each other. `given` looks up an answer by the id of its question.
    pub fn holds<'a>(
        &self,
        questionnaire: &Questionnaire,
        given: &impl Fn(&str) -> Option<GivenAnswer<'a>>,
    ) -> bool {
        let own = |id: &str| given(self.own.get(id).map_or(id, String::as_str));
        holds(&self.rule(questionnaire).when, &own)
    }

    /// The question at which a contradiction is reported: the first that is asked.
    pub fn place(&self, is_asked: impl Fn(usize) -> bool) -> Option<usize> {
        self.places.iter().copied().find(|&index| is_asked(index))
    }
}
