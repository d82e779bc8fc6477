//! Finding questions by id and by index.

use std::collections::HashMap;

use crate::questionnaire::{Question, Questionnaire};

/// Where each question of a questionnaire is. An index counts questions across sections.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Questions {
    /// For each question, its section and its place in that section.
    places: Vec<(usize, usize)>,
    by_id: HashMap<String, usize>,
}

impl Questions {
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let sections = questionnaire.sections.iter().enumerate();
        let places: Vec<_> =
            sections.flat_map(|(s, section)| (0..section.questions.len()).map(move |q| (s, q))).collect();
        let mut by_id = HashMap::with_capacity(places.len());
        for (index, question) in questionnaire.questions().enumerate() {
            by_id.entry(question.id.clone()).or_insert(index);
        }
        Self { places, by_id }
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub fn section_of(&self, index: usize) -> usize {
        self.places[index].0
    }

    pub fn get<'a>(&self, questionnaire: &'a Questionnaire, index: usize) -> &'a Question {
        let (section, place) = self.places[index];
        &questionnaire.sections[section].questions[place]
    }
}
