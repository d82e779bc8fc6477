//! Checks the answer sets, the sections and the questions.

use jsonc_parser::ast::Value;

use super::checker::{Check, Step, field, range};
use crate::questionnaire::model::{Kind, Question};

impl<'a> Check<'a> {
    pub fn answer_sets(&mut self, tree: &Value<'_>) {
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

    pub fn sections(&mut self, tree: &Value<'_>) {
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
        self.looks(tree, s, q, question);
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
}
