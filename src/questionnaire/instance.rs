//! Sections that are answered several times: once for each environment, component or the like.
//!
//! Each instance is a section of its own, with questions of its own that are named after it. So whatever
//! reads a questionnaire needs to know nothing about instances.

use std::collections::{HashMap, HashSet};

use crate::text;

use super::condition::{mentioned, with_ids};
use super::model::{Question, Questionnaire, Section};
use super::rule::Contradiction;

impl Section {
    /// The section with another name of the instance; none if it is empty. Its questions keep their ids.
    pub fn named(&self, name: &str) -> Self {
        let mut named = self.clone();
        let suffix = |name: &str| if name.is_empty() { String::new() } else { format!(": {name}") };
        let prefix = |name: &str| if name.is_empty() { String::new() } else { format!("{name}: ") };
        let (old_suffix, new_suffix) = (suffix(&self.instance), suffix(name));
        let (old_prefix, new_prefix) = (prefix(&self.instance), prefix(name));
        let end = |text: &str| format!("{}{new_suffix}", text.strip_suffix(&old_suffix).unwrap_or(text));
        let start = |text: &str| format!("{new_prefix}{}", text.strip_prefix(&old_prefix).unwrap_or(text));
        named.instance = name.to_owned();
        named.title = end(&self.title);
        // Questions that were added to one instance already say what they are about.
        for question in named.questions.iter_mut().filter(|question| !question.added) {
            question.title = end(&question.title);
            question.text = start(&question.text);
            if !question.ask.is_empty() {
                question.ask = start(&question.ask);
            }
        }
        named
    }
}

/// The most characters of a name that are part of ids.
const IN_IDS: usize = 24;

/// A name as it is part of ids: one of its own for each name, on whichever machine it is given.
fn in_ids(name: &str) -> String {
    let plain: String = text::slug(name).chars().take(IN_IDS).collect();
    if plain == name.to_lowercase().replace(' ', "-") {
        return plain;
    }
    format!("{plain}-{}", &text::sha256(name.as_bytes())[..8])
}

/// The ids of a section and of its questions.
fn ids(section: &Section) -> impl Iterator<Item = &str> {
    section.questions.iter().map(|question| question.id.as_str()).chain([section.id.as_str()])
}

impl Questionnaire {
    /// Another instance of the section at `index`, with ids that are made from its name, and that neither
    /// another question or section has nor `is_taken` says are taken.
    pub fn new_instance(&self, index: usize, name: &str, is_taken: impl Fn(&str) -> bool) -> Section {
        let first = self.first_instance(index);
        let wanted = in_ids(name);
        let mut instance = self.instance(first, &wanted, name);
        let mut number = 1;
        while !self.is_new(&instance) || ids(&instance).any(&is_taken) {
            number += 1;
            instance = self.instance(first, &format!("{wanted}-{number}"), name);
        }
        instance
    }

    /// Whether no section or question has an id of those of `instance`.
    fn is_new(&self, instance: &Section) -> bool {
        let known: HashSet<&str> = self.sections.iter().flat_map(ids).collect();
        !ids(instance).any(|id| known.contains(id))
    }

    /// Whether an instance of the section at `first` has this name.
    fn has_instance(&self, first: usize, name: &str) -> bool {
        self.instances(first).into_iter().any(|known| self.sections[known].instance == name)
    }

    /// Another instance of the section at `first`, with ids that end with `suffix`.
    fn instance(&self, first: usize, suffix: &str, name: &str) -> Section {
        let section = &self.sections[first];
        let asked = || section.questions.iter().filter(|question| !question.added);
        let own: HashSet<&str> = asked().map(|question| question.id.as_str()).collect();
        let new_id = |id: &str| if own.contains(id) { format!("{id}-{suffix}") } else { id.to_owned() };
        let questions = asked().map(|question| Question {
            id: new_id(&question.id),
            enable_when: question.enable_when.as_ref().map(|condition| with_ids(condition, &new_id)),
            // The spreadsheet has no cells for it.
            cells: None,
            instance_of: question.id.clone(),
            ..question.clone()
        });
        let instance = Section {
            id: format!("{}-{suffix}", section.id),
            instance_of: section.id.clone(),
            questions: questions.collect(),
            ..section.clone()
        };
        instance.named(name)
    }

    /// The index of the first instance of the section at `index`, which is itself if it is not a further one.
    pub fn first_instance(&self, index: usize) -> usize {
        let of = &self.sections[index].instance_of;
        let first = self.sections.iter().position(|section| !of.is_empty() && section.id == *of);
        first.unwrap_or(index)
    }

    /// The indexes of all instances of the section at `index`, the first one first.
    pub fn instances(&self, index: usize) -> Vec<usize> {
        let first = self.first_instance(index);
        let id = &self.sections[first].id;
        let rest = (0..self.sections.len()).filter(|&s| s != first && self.sections[s].instance_of == *id);
        [first].into_iter().chain(rest).collect()
    }

    /// The index at which a further instance of the section with this id belongs: after the last one. For a
    /// section that repeats no other one, the id is empty, and it belongs at the end.
    pub fn place_of_instance(&self, id: &str) -> usize {
        let is_instance = |section: &Section| section.id == id || section.instance_of == id;
        if id.is_empty() {
            return self.sections.len();
        }
        self.sections.iter().rposition(is_instance).map_or(self.sections.len(), |last| last + 1)
    }

    /// Where a rule applies: to the questions that it names, and to those of each further instance that
    /// repeat some of them. For each of these, the ids to use in place of others.
    pub fn scopes(&self, rule: &Contradiction) -> Vec<HashMap<&str, &str>> {
        let named: HashSet<&str> =
            mentioned(&rule.when).into_iter().chain(rule.questions.iter().map(String::as_str)).collect();
        let mut scopes = vec![HashMap::new()];
        for section in self.sections.iter().filter(|section| !section.instance_of.is_empty()) {
            let repeated = section.questions.iter().filter(|q| named.contains(q.instance_of.as_str()));
            let own: HashMap<&str, &str> =
                repeated.map(|question| (question.instance_of.as_str(), question.id.as_str())).collect();
            if !own.is_empty() {
                scopes.push(own);
            }
        }
        scopes
    }

    /// The questionnaire with the section `id` answered for each of `names` too, if it has one that repeats.
    pub fn with_instances(mut self, id: &str, names: &[String]) -> Self {
        let found = self.sections.iter().position(|section| section.id == id && !section.repeat.is_empty());
        let Some(first) = found else { return self };
        for name in names {
            if self.has_instance(first, name) {
                continue;
            }
            if self.sections[first].instance.is_empty() {
                self.sections[first] = self.sections[first].named(name);
            } else {
                let instance = self.new_instance(first, name, |_| false);
                self.sections.insert(self.place_of_instance(id), instance);
            }
        }
        self
    }

    /// The questionnaire with its sections that repeat answered for what they were answered for in `earlier`,
    /// under the same ids.
    pub fn with_instances_of(mut self, earlier: &Self) -> Self {
        for old in earlier.sections.iter().filter(|old| !old.instance.is_empty()) {
            let id = if old.instance_of.is_empty() { &old.id } else { &old.instance_of };
            let found = self.sections.iter().position(|s| s.id == *id && !s.repeat.is_empty());
            let Some(first) = found else { continue };
            if old.instance_of.is_empty() {
                self.sections[first] = self.sections[first].named(&old.instance);
            } else if !self.has_instance(first, &old.instance) {
                let suffix = old.id.strip_prefix(id.as_str()).and_then(|rest| rest.strip_prefix('-'));
                let same = suffix.map(|suffix| self.instance(first, suffix, &old.instance));
                let same = same.filter(|instance| self.is_new(instance));
                let instance = same.unwrap_or_else(|| self.new_instance(first, &old.instance, |_| false));
                self.sections.insert(self.place_of_instance(id), instance);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{ENVIRONMENTS, load};

    fn question_ids(questionnaire: &Questionnaire) -> Vec<&str> {
        questionnaire.questions().map(|question| question.id.as_str()).collect()
    }

    #[test]
    fn each_instance_has_questions_of_its_own_that_are_named_after_it() {
        let names = ["Production".to_owned(), "Test lab".to_owned()];
        let questionnaire = load(ENVIRONMENTS).unwrap().with_instances("env", &names);
        assert_eq!(
            question_ids(&questionnaire),
            ["cloud", "vpn", "keys", "days", "vpn-test-lab", "keys-test-lab", "days-test-lab", "why"]
        );
        let [_, first, second, _] = questionnaire.sections.as_slice() else { panic!() };
        assert_eq!((first.title.as_str(), second.title.as_str()), ("Access: Production", "Access: Test lab"));
        let of = |question: &Question| [question.title.clone(), question.text.clone(), question.ask.clone()];
        assert_eq!(
            of(&first.questions[0]),
            ["VPN: Production", "Production: Is there a VPN?", "Production: Do you use a VPN?"]
        );
        assert_eq!(of(&second.questions[1]), ["Keys: Test lab", "Test lab: Are keys rotated?", ""]);
        assert_eq!((second.instance_of.as_str(), second.questions[0].instance_of.as_str()), ("env", "vpn"));
    }

    #[test]
    fn conditions_of_an_instance_refer_to_its_own_questions_and_to_those_outside() {
        let names = ["A".to_owned(), "B".to_owned()];
        let questionnaire = load(ENVIRONMENTS).unwrap().with_instances("env", &names);
        let condition = questionnaire.sections[2].questions[2].enable_when.as_ref().unwrap();
        assert_eq!(crate::questionnaire::mentioned(condition), ["keys-b", "cloud"]);
    }

    #[test]
    fn a_name_can_be_changed_and_removed_again() {
        let original = load(ENVIRONMENTS).unwrap();
        let section = &original.sections[1];
        let named = section.named("A");
        assert_eq!(named.named("B"), section.named("B"));
        assert_eq!(named.named(""), *section);
    }

    #[test]
    fn ids_of_instances_are_not_taken_and_instances_stay_together() {
        let names = ["A", "B", "b", "…"].map(str::to_owned);
        let questionnaire = load(ENVIRONMENTS).unwrap().with_instances("env", &names);
        let sections: Vec<&str> = questionnaire.sections.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(sections, ["all", "env", "env-b", "env-b-2", "env-untitled-b4935894", "end"]);
        for index in 1..5 {
            assert_eq!(questionnaire.instances(index), [1, 2, 3, 4], "{index}");
        }
        assert_eq!(questionnaire.instances(0), [0]);
        assert_eq!(["env", "all", "none"].map(|id| questionnaire.place_of_instance(id)), [5, 1, 6]);
    }

    #[test]
    fn an_instance_that_there_is_already_is_not_added_again() {
        let names = ["A", "B"].map(str::to_owned);
        let once = load(ENVIRONMENTS).unwrap().with_instances("env", &names);
        assert_eq!(once.clone().with_instances("env", &names), once);
    }

    #[test]
    fn a_section_that_does_not_repeat_has_no_instances() {
        let original = load(ENVIRONMENTS).unwrap();
        assert_eq!(original.clone().with_instances("all", &["A".to_owned()]), original);
    }
}
