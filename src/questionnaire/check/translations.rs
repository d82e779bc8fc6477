//! Checks the languages and the translations: what they translate must exist.

use jsonc_parser::ast::Value;

use super::checker::{Check, Step, name_range, range};
use crate::questionnaire::language::is_language;
use crate::questionnaire::model::Question;
use crate::questionnaire::translation::{QuestionTranslation, Translation};

/// What to do about a tag that is not known.
const TAGS: &str = "Use a tag such as \"de\" or \"pt-BR\".";

impl Check<'_> {
    pub fn translations(&mut self, tree: &Value<'_>) {
        let questionnaire = self.questionnaire;
        let lang = questionnaire.lang.as_deref();
        if let Some(lang) = lang.filter(|lang| !is_language(lang)) {
            let at = range(tree, &[Step::Field("lang")]);
            self.report(at, format!("`{lang}` is not a known language"), TAGS);
        }
        if lang.is_none() && !questionnaire.translations.is_empty() {
            let at = name_range(tree, &[Step::Field("translations")]);
            let hint = "Name the language of the original texts, for example \"lang\": \"en\".";
            self.report(at, "`lang` is missing", hint);
        }
        let mut known: Vec<&str> = lang.into_iter().collect();
        for (language, translation) in &questionnaire.translations {
            let steps = [Step::Field("translations"), Step::Field(language)];
            if !is_language(language) {
                self.report(name_range(tree, &steps), format!("`{language}` is not a known language"), TAGS);
            }
            if known.iter().any(|known| known.eq_ignore_ascii_case(language)) {
                let message = format!("duplicate language: there are texts in `{language}` already");
                self.report(name_range(tree, &steps), message, "");
            }
            known.push(language);
            self.translation(tree, &steps, translation);
        }
    }

    fn translation(&mut self, tree: &Value<'_>, steps: &[Step<'_>], translation: &Translation) {
        let questionnaire = self.questionnaire;
        let at = |fields: &[Step<'_>]| name_range(tree, &[steps, fields].concat());
        for heading in translation.report.sections.keys() {
            if !questionnaire.report.sections.iter().any(|section| section.heading == *heading) {
                let place = at(&[Step::Field("report"), Step::Field("sections"), Step::Field(heading)]);
                let hint = "Use the heading of the original.";
                self.report(place, format!("the report has no section `{heading}`"), hint);
            }
        }
        for (name, labels) in &translation.answer_sets {
            let place = [Step::Field("answer_sets"), Step::Field(name)];
            let Some(set) = questionnaire.answer_sets.get(name) else {
                self.report(at(&place), format!("unknown answer set `{name}`"), "");
                continue;
            };
            for id in labels.keys().filter(|id| !set.choices.iter().any(|choice| choice.id == **id)) {
                let known: Vec<&str> = set.choices.iter().map(|choice| choice.id.as_str()).collect();
                let hint = format!("Known choices: {}.", known.join(", "));
                let place = at(&[place[0], place[1], Step::Field(id)]);
                self.report(place, format!("the answer set `{name}` has no choice `{id}`"), &hint);
            }
        }
        for id in
            translation.rules.keys().filter(|id| !questionnaire.rules.iter().any(|rule| rule.id == **id))
        {
            self.report(at(&[Step::Field("rules"), Step::Field(id)]), format!("unknown rule `{id}`"), "");
        }
        for tag in translation.tags.keys().filter(|tag| !questionnaire.tags.contains_key(*tag)) {
            self.report(at(&[Step::Field("tags"), Step::Field(tag)]), format!("unknown tag `{tag}`"), "");
        }
        for id in translation.sections.keys() {
            if !questionnaire.sections.iter().any(|section| section.id == *id) {
                let place = at(&[Step::Field("sections"), Step::Field(id)]);
                self.report(place, format!("unknown section `{id}`"), "");
            }
        }
        for (id, translated) in &translation.questions {
            let place = [steps, &[Step::Field("questions"), Step::Field(id)]].concat();
            match self.ids.get(id.as_str()).map(|(_, question)| *question) {
                Some(question) => self.translated_question(tree, &place, question, translated),
                None => self.report(name_range(tree, &place), format!("unknown question `{id}`"), ""),
            }
        }
    }

    fn translated_question(
        &mut self,
        tree: &Value<'_>,
        steps: &[Step<'_>],
        question: &Question,
        translated: &QuestionTranslation,
    ) {
        let at = |map, name| name_range(tree, &[steps, &[Step::Field(map), Step::Field(name)]].concat());
        for choice in translated.advice.keys().filter(|choice| !question.advice.contains_key(*choice)) {
            let message = format!("the question `{}` has no advice for `{choice}`", question.id);
            self.report(at("advice", choice), message, "");
        }
        for label in translated.look.keys() {
            if !question.look.iter().any(|look| look.label == *label) {
                let message = format!("the question `{}` has no place to look `{label}`", question.id);
                self.report(at("look", label), message, "Use the label of the original.");
            }
        }
    }
}
