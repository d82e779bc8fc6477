//! Checks the rules, the tags and the places to look at.

use jsonc_parser::ast::Value;

use super::checker::{Check, Step, field, range};
use crate::questionnaire::model::Question;
use crate::text;

impl Check<'_> {
    pub fn rules(&mut self, tree: &Value<'_>) {
        let rules = &self.questionnaire.rules;
        for (i, rule) in rules.iter().enumerate() {
            let at = |name| range(tree, &[Step::Field("rules"), Step::Entry(i), Step::Field(name)]);
            self.id(&rule.id, at("id"));
            if rules[..i].iter().any(|other| other.id == rule.id) {
                let message = format!("duplicate id: an earlier rule already has the id `{}`", rule.id);
                self.report(at("id"), message, "");
            }
            self.text(&rule.say, "say", at("say"));
            self.condition(&rule.when, &at("when"));
            if rule.questions.is_empty() {
                self.report(at("questions"), format!("the rule `{}` has no questions", rule.id), "");
            }
            for (n, id) in rule.questions.iter().enumerate() {
                if !self.ids.contains_key(id.as_str()) {
                    let steps =
                        [Step::Field("rules"), Step::Entry(i), Step::Field("questions"), Step::Entry(n)];
                    self.report(range(tree, &steps), format!("unknown question `{id}`"), "");
                }
            }
        }
    }

    pub fn tags(&mut self, tree: &Value<'_>) {
        for (name, tag) in &self.questionnaire.tags {
            let steps = [Step::Field("tags"), Step::Field(name), Step::Field("title")];
            self.text(&tag.title, "title", range(tree, &steps));
        }
    }

    pub fn looks(&mut self, tree: &Value<'_>, s: usize, q: usize, question: &Question) {
        for (i, look) in question.look.iter().enumerate() {
            let at = |name| {
                let steps = [&field(s, q, "look")[..], &[Step::Entry(i), Step::Field(name)]].concat();
                range(tree, &steps)
            };
            self.text(&look.label, "label", at("label"));
            match (&look.url, &look.search) {
                (Some(_), None) => {
                    let address = look.address("subject", "domain.example");
                    if let Some(problem) = text::url_problem(&address) {
                        self.report(at("url"), format!("the address {}", problem.describe()), "");
                    }
                }
                (None, Some(search)) => self.text(search, "search", at("search")),
                (Some(_), Some(_)) | (None, None) => {
                    let message = "a place to look needs either `url` or `search`";
                    self.report(at("label"), message, "Use `url` for an address, `search` for a phrase.");
                }
            }
        }
    }
}
