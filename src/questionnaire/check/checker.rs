//! What is checked, where each problem is, and the checks that several places share.

use std::collections::HashMap;
use std::ops::Range;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;

use crate::questionnaire::condition::Condition;
use crate::questionnaire::model::{Question, Questionnaire};
use crate::questionnaire::problem::Problem;

/// A questionnaire that is being checked.
pub struct Check<'a> {
    pub source: &'a str,
    pub questionnaire: &'a Questionnaire,
    /// Questions by id, with their index in the order of all questions.
    pub ids: HashMap<&'a str, (usize, &'a Question)>,
    pub problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    /// Reports a problem.
    pub fn report(&mut self, range: Range<usize>, message: impl Into<String>, hint: &str) {
        self.problems.push(Problem::new(self.source, range, message, hint));
    }

    /// An id of a questionnaire, section, question, choice or rule.
    pub fn id(&mut self, id: &str, range: Range<usize>) {
        let is_valid =
            id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        if id.is_empty() || id.len() > 80 || !is_valid {
            self.report(
                range,
                format!("`{id}` is not a valid id"),
                "Use at most 80 lower-case letters, digits, hyphens and underscores.",
            );
        }
    }

    /// A text that people read.
    pub fn text(&mut self, text: &str, name: &str, range: Range<usize>) {
        if text.trim().is_empty() {
            self.report(range, format!("`{name}` is empty"), "");
        }
    }

    /// A condition, whose questions and choices must exist.
    pub fn condition(&mut self, condition: &Condition, at: &Range<usize>) {
        match condition {
            Condition::All(c) => c.all.iter().for_each(|inner| self.condition(inner, at)),
            Condition::Any(c) => c.any.iter().for_each(|inner| self.condition(inner, at)),
            Condition::Not(c) => self.condition(&c.not, at),
            Condition::Answered(c) => {
                self.known_question(&c.question, at);
            }
            Condition::In(c) => {
                let Some(question) = self.known_question(&c.question, at) else { return };
                let choices = self.questionnaire.choices(question);
                for id in c
                    .among
                    .iter()
                    .filter(|id| question.kind.has_choices() && !choices.iter().any(|c| c.id == **id))
                {
                    let message =
                        format!("the condition refers to an unknown choice `{id}` of `{}`", question.id);
                    self.report(at.clone(), message, "");
                }
            }
        }
    }

    fn known_question(&mut self, id: &str, at: &Range<usize>) -> Option<&'a Question> {
        let found = self.ids.get(id).map(|(_, question)| *question);
        if found.is_none() {
            self.report(at.clone(), format!("the condition refers to an unknown question `{id}`"), "");
        }
        found
    }
}

/// One step into the JSON tree.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    Field(&'a str),
    Entry(usize),
}

/// The steps to a field of a question.
pub fn field(section: usize, question: usize, name: &str) -> [Step<'_>; 5] {
    [
        Step::Field("sections"),
        Step::Entry(section),
        Step::Field("questions"),
        Step::Entry(question),
        Step::Field(name),
    ]
}

/// The byte range of the value at the end of `steps`, or of the last value that exists on the way.
pub fn range(tree: &Value<'_>, steps: &[Step<'_>]) -> Range<usize> {
    let value = value(tree, steps);
    value.start()..value.end()
}

/// The byte range of the name of the field at the end of `steps`, or of the last value that exists on the
/// way.
pub fn name_range(tree: &Value<'_>, steps: &[Step<'_>]) -> Range<usize> {
    let (last, before) = match steps {
        [before @ .., Step::Field(name)] => (*name, before),
        steps => return range(tree, steps),
    };
    match value(tree, before) {
        Value::Object(object) => match object.get(last) {
            Some(property) => property.name.start()..property.name.end(),
            None => object.start()..object.end(),
        },
        other => other.start()..other.end(),
    }
}

/// The value at the end of `steps`, or the last value that exists on the way.
fn value<'t, 'a>(tree: &'t Value<'a>, steps: &[Step<'_>]) -> &'t Value<'a> {
    let mut value = tree;
    for step in steps {
        let next = match (step, value) {
            (Step::Field(name), Value::Object(object)) => object.get(name).map(|property| &property.value),
            (Step::Entry(index), Value::Array(array)) => array.elements.get(*index),
            _ => None,
        };
        let Some(next) = next else { break };
        value = next;
    }
    value
}
