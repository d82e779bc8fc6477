//! Checks the meaning of a well-formed questionnaire: dangling references, duplicate ids, cycles.

use std::collections::HashMap;
use std::ops::Range;

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;

use super::condition::{Condition, mentioned};
use super::model::{Kind, Question, Questionnaire};
use super::problem::Problem;

/// All problems with the meaning of `questionnaire`, which was read from `tree`.
pub fn problems(source: &str, tree: &Value<'_>, questionnaire: &Questionnaire) -> Vec<Problem> {
    let mut check = Check { source, questionnaire, ids: HashMap::new(), problems: Vec::new() };
    if questionnaire.format != 1 {
        let message = format!(
            "format {} is not supported; this version of Querist reads format 1",
            questionnaire.format
        );
        check.report(range(tree, &[Step::Field("format")]), message, "Update Querist to read this file.");
        return check.problems;
    }
    check.id(&questionnaire.id, range(tree, &[Step::Field("id")]));
    check.text(&questionnaire.title, "title", range(tree, &[Step::Field("title")]));
    check.answer_sets(tree);
    check.sections(tree);
    check.problems
}

struct Check<'a> {
    source: &'a str,
    questionnaire: &'a Questionnaire,
    /// Questions by id, with their index in the order of all questions.
    ids: HashMap<&'a str, (usize, &'a Question)>,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn report(&mut self, range: Range<usize>, message: impl Into<String>, hint: &str) {
        self.problems.push(Problem::new(self.source, range, message, hint));
    }

    fn id(&mut self, id: &str, range: Range<usize>) {
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

    fn answer_sets(&mut self, tree: &Value<'_>) {
        for (name, set) in &self.questionnaire.answer_sets {
            let place = [Step::Field("answer_sets"), Step::Field(name)];
            if set.choices.is_empty() {
                self.report(range(tree, &place), format!("the answer set `{name}` has no choices"), "");
            }
            for (i, choice) in set.choices.iter().enumerate() {
                let at =
                    |field| [place[0], place[1], Step::Field("choices"), Step::Entry(i), Step::Field(field)];
                self.id(&choice.id, range(tree, &at("id")));
                let earlier = &set.choices[..i];
                if earlier.iter().any(|c| c.id == choice.id) {
                    self.report(
                        range(tree, &at("id")),
                        format!("duplicate id: an earlier choice already has the id `{}`", choice.id),
                        "",
                    );
                }
                if choice.key.is_some_and(|key| !key.is_ascii_lowercase()) {
                    self.report(range(tree, &at("key")), "a key must be a lower-case letter from a to z", "");
                } else if choice.key.is_some() && earlier.iter().any(|c| c.key == choice.key) {
                    self.report(
                        range(tree, &at("key")),
                        "duplicate key: an earlier choice already has this key",
                        "",
                    );
                }
            }
        }
    }

    fn sections(&mut self, tree: &Value<'_>) {
        let questionnaire = self.questionnaire;
        let mut count = 0;
        for (s, section) in questionnaire.sections.iter().enumerate() {
            let section_at = [Step::Field("sections"), Step::Entry(s)];
            let id_at = range(tree, &[section_at[0], section_at[1], Step::Field("id")]);
            self.id(&section.id, id_at.clone());
            if questionnaire.sections[..s].iter().any(|other| other.id == section.id) {
                self.report(
                    id_at,
                    format!("duplicate id: an earlier section already has the id `{}`", section.id),
                    "",
                );
            }
            self.text(
                &section.title,
                "title",
                range(tree, &[section_at[0], section_at[1], Step::Field("title")]),
            );
            if section.questions.is_empty() {
                let at = range(tree, &[section_at[0], section_at[1], Step::Field("questions")]);
                self.report(at, format!("the section `{}` has no questions", section.id), "");
            }
            for (q, question) in section.questions.iter().enumerate() {
                let id_at = range(tree, &field(s, q, "id"));
                self.id(&question.id, id_at.clone());
                if self.ids.contains_key(question.id.as_str()) {
                    let message =
                        format!("duplicate id: an earlier question already has the id `{}`", question.id);
                    self.report(id_at, message, "");
                } else {
                    self.ids.insert(&question.id, (count, question));
                }
                count += 1;
            }
        }
        if count == 0 {
            self.report(range(tree, &[Step::Field("sections")]), "the questionnaire has no questions", "");
        }
        for (s, section) in questionnaire.sections.iter().enumerate() {
            for (q, question) in section.questions.iter().enumerate() {
                self.question(tree, s, q, question);
            }
        }
        self.cycles(tree);
    }

    fn question(&mut self, tree: &Value<'_>, s: usize, q: usize, question: &'a Question) {
        match &question.answer_set {
            Some(name) if !self.questionnaire.answer_sets.contains_key(name) => {
                self.report(
                    range(tree, &field(s, q, "answer_set")),
                    format!("unknown answer set `{name}`"),
                    "",
                );
                if let Some(condition) = &question.enable_when {
                    let at = range(tree, &field(s, q, "enable_when"));
                    self.condition(condition, &at);
                }
                return;
            }
            None if question.kind.has_choices() => {
                let message = format!("the question `{}` needs an `answer_set`", question.id);
                self.report(range(tree, &field(s, q, "id")), message, "");
            }
            Some(_) if !question.kind.has_choices() => {
                let at = range(tree, &field(s, q, "answer_set"));
                let hint = "Remove it, or set `kind` to \"choice\" or \"multi_choice\".";
                self.report(at, format!("`{}` is typed, so it has no choices", question.id), hint);
            }
            Some(_) | None => {}
        }
        self.text(&question.title, "title", range(tree, &field(s, q, "title")));
        self.text(&question.text, "text", range(tree, &field(s, q, "text")));
        self.limits(tree, s, q, question);
        let choices = self.questionnaire.choices(question);
        for (map, names) in [
            ("needs", question.needs.keys().collect::<Vec<_>>()),
            ("advice", question.advice.keys().collect::<Vec<_>>()),
        ] {
            for name in names.into_iter().filter(|name| !choices.iter().any(|c| c.id == **name)) {
                let known: Vec<_> = choices.iter().map(|c| c.id.as_str()).collect();
                let place = [&field(s, q, map)[..], &[Step::Field(name)]].concat();
                let hint = format!("Known choices: {}.", known.join(", "));
                self.report(
                    range(tree, &place),
                    format!("`{map}` refers to an unknown choice `{name}`"),
                    &hint,
                );
            }
        }
        if let Some(condition) = &question.enable_when {
            let at = range(tree, &field(s, q, "enable_when"));
            self.condition(condition, &at);
        }
    }

    /// The range of values.
    fn limits(&mut self, tree: &Value<'_>, s: usize, q: usize, question: &Question) {
        let is_number = match question.kind {
            Kind::Number => true,
            Kind::Date => false,
            Kind::Choice | Kind::MultiChoice | Kind::Text => {
                for (name, is_set) in [
                    ("min", question.min.is_some()),
                    ("max", question.max.is_some()),
                    ("integer", question.integer),
                ] {
                    if is_set {
                        let message = format!("`{name}` is only for number and date questions");
                        self.report(range(tree, &field(s, q, name)), message, "");
                    }
                }
                return;
            }
        };
        if question.integer && !is_number {
            self.report(range(tree, &field(s, q, "integer")), "`integer` is only for number questions", "");
        }
        let limits = [("min", &question.min), ("max", &question.max)];
        for (name, limit) in limits.iter().filter_map(|(name, limit)| Some((*name, limit.as_ref()?))) {
            if is_number && limit.as_number().is_none() || !is_number && limit.as_date().is_none() {
                let kind = if is_number { "a number" } else { "a date such as \"2026-11-22\"" };
                self.report(range(tree, &field(s, q, name)), format!("`{name}` must be {kind}"), "");
            }
        }
        if let (Some(min), Some(max)) = (&question.min, &question.max) {
            let is_reversed = match is_number {
                true => min.as_number() > max.as_number(),
                false => min.as_date() > max.as_date(),
            };
            if is_reversed {
                let message = format!("`min` ({min}) is greater than `max` ({max})");
                self.report(range(tree, &field(s, q, "min")), message, "No value can be entered.");
            }
        }
    }

    /// A text that people read.
    fn text(&mut self, text: &str, name: &str, range: Range<usize>) {
        if text.trim().is_empty() {
            self.report(range, format!("`{name}` is empty"), "");
        }
    }

    fn condition(&mut self, condition: &Condition, at: &Range<usize>) {
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

    /// Follows the conditions of each question; a question that is met again closes a cycle.
    fn cycles(&mut self, tree: &Value<'_>) {
        let questions: Vec<&Question> = self.questionnaire.questions().collect();
        let mut done = vec![false; questions.len()];
        for start in 0..questions.len() {
            // Each question on the path, with the ones still to follow. Not recursive: a chain may be long.
            let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
            if !done[start] {
                path.push((start, self.follows(questions[start])));
            }
            while let Some((at, next)) = path.last_mut() {
                let Some(to) = next.pop() else {
                    done[*at] = true;
                    path.pop();
                    continue;
                };
                if let Some(from) = path.iter().position(|(at, _)| *at == to) {
                    let mut names: Vec<&str> =
                        path[from..].iter().map(|(at, _)| questions[*at].id.as_str()).collect();
                    names.push(&questions[to].id);
                    let message = format!("the conditions form a cycle: {}", names.join(", "));
                    let (s, q) = self.place(to);
                    self.report(
                        range(tree, &field(s, q, "enable_when")),
                        message,
                        "The questions in a cycle are never asked.",
                    );
                    path.iter().for_each(|(at, _)| done[*at] = true);
                    break;
                }
                if !done[to] {
                    path.push((to, self.follows(questions[to])));
                }
            }
        }
    }

    fn follows(&self, question: &Question) -> Vec<usize> {
        let mentioned = question.enable_when.as_ref().map(mentioned).unwrap_or_default();
        mentioned.into_iter().filter_map(|id| self.ids.get(id).map(|(index, _)| *index)).collect()
    }

    fn place(&self, index: usize) -> (usize, usize) {
        let mut left = index;
        for (s, section) in self.questionnaire.sections.iter().enumerate() {
            if left < section.questions.len() {
                return (s, left);
            }
            left -= section.questions.len();
        }
        (0, 0)
    }
}

/// One step into the JSON tree.
#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Entry(usize),
}

fn field(section: usize, question: usize, name: &str) -> [Step<'_>; 5] {
    [
        Step::Field("sections"),
        Step::Entry(section),
        Step::Field("questions"),
        Step::Entry(question),
        Step::Field(name),
    ]
}

/// The byte range of the value at the end of `steps`, or of the last value that exists on the way.
fn range(tree: &Value<'_>, steps: &[Step<'_>]) -> Range<usize> {
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
    value.start()..value.end()
}
