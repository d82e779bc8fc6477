//! A questionnaire in one of its languages, and how complete its translations are.

use std::collections::BTreeMap;
use std::fmt;

use super::language::fallbacks;
use super::model::{Question, Questionnaire, ReportDefaults};
use super::translation::{
    QuestionTranslation, ReportSectionTranslation, ReportTranslation, SectionTranslation, Translation,
};

/// A language that a questionnaire does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTranslated {
    /// The language that was asked for.
    pub language: String,
    /// The languages that it has.
    pub known: Vec<String>,
}

/// How complete a translation is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The language.
    pub language: String,
    /// How many texts there are to translate.
    pub texts: usize,
    /// The texts without a translation, such as "`help` of the question `sso`".
    pub missing: Vec<String>,
}

impl Questionnaire {
    /// The language of its texts, if it is known, and those of its translations.
    pub fn languages(&self) -> Vec<&str> {
        self.lang.iter().chain(self.translations.keys()).map(String::as_str).collect()
    }

    /// The questionnaire in one language, without its translations. Texts that are not translated stay as
    /// they are.
    ///
    /// # Errors
    /// If it is not in this language, nor in the language without its region.
    pub fn in_language(mut self, wanted: &str) -> Result<Self, NotTranslated> {
        let find =
            |wanted: &str| self.languages().into_iter().find(|known| known.eq_ignore_ascii_case(wanted));
        let Some(language) = fallbacks(wanted).find_map(find).map(str::to_owned) else {
            let known = self.languages().into_iter().map(str::to_owned).collect();
            return Err(NotTranslated { language: wanted.to_owned(), known });
        };
        let translation = self.translations.remove(&language);
        self.translations.clear();
        if let Some(translation) = translation {
            each_text(&mut self, &translation, &mut |_, text, translated| {
                if !translated.trim().is_empty() {
                    translated.clone_into(text);
                }
            });
        }
        self.lang = Some(language);
        Ok(self)
    }

    /// How complete each translation is.
    pub fn coverage(&self) -> Vec<Coverage> {
        let coverage = |(language, translation): (&String, &Translation)| {
            let mut coverage = Coverage { language: language.clone(), texts: 0, missing: Vec::new() };
            each_text(&mut self.clone(), translation, &mut |place, text, translated| {
                if text.trim().is_empty() {
                    return;
                }
                coverage.texts += 1;
                if translated.trim().is_empty() {
                    coverage.missing.push(place.to_string());
                }
            });
            coverage
        };
        self.translations.iter().map(coverage).collect()
    }
}

/// What is done with a text: it gets the place of the text, the text, and its translation, which can be
/// empty.
type Visit<'v> = dyn FnMut(fmt::Arguments<'_>, &mut String, &str) + 'v;

/// Visits all texts that can be translated.
fn each_text(questionnaire: &mut Questionnaire, translation: &Translation, visit: &mut Visit<'_>) {
    visit(format_args!("`title`"), &mut questionnaire.title, &translation.title);
    visit(format_args!("`description`"), &mut questionnaire.description, &translation.description);
    visit(format_args!("`subject_label`"), &mut questionnaire.subject_label, &translation.subject_label);
    each_text_of_report(&mut questionnaire.report, &translation.report, visit);
    for (name, set) in &mut questionnaire.answer_sets {
        let labels = translation.answer_sets.get(name);
        for choice in &mut set.choices {
            let place = format_args!("`{}` of the answer set `{name}`", choice.id);
            visit(place, &mut choice.label, text_in(labels, &choice.id));
        }
    }
    for rule in &mut questionnaire.rules {
        let place = format_args!("the rule `{}`", rule.id);
        visit(place, &mut rule.say, text_in(Some(&translation.rules), &rule.id));
    }
    for (name, tag) in &mut questionnaire.tags {
        let place = format_args!("`title` of the tag `{name}`");
        visit(place, &mut tag.title, text_in(Some(&translation.tags), name));
    }
    let none = SectionTranslation::default();
    for section in &mut questionnaire.sections {
        let translated = translation.sections.get(&section.id).unwrap_or(&none);
        let id = &section.id;
        visit(format_args!("`title` of the section `{id}`"), &mut section.title, &translated.title);
        let place = format_args!("`description` of the section `{id}`");
        visit(place, &mut section.description, &translated.description);
        visit(format_args!("`repeat` of the section `{id}`"), &mut section.repeat, &translated.repeat);
        for question in &mut section.questions {
            each_text_of_question(question, translation.questions.get(&question.id), visit);
        }
    }
}

fn each_text_of_report(report: &mut ReportDefaults, translated: &ReportTranslation, visit: &mut Visit<'_>) {
    visit(format_args!("`title` of the report"), &mut report.title, &translated.title);
    let place = format_args!("`introduction` of the report");
    visit(place, &mut report.introduction, &translated.introduction);
    let none = ReportSectionTranslation::default();
    for section in &mut report.sections {
        let original = section.heading.clone();
        let translated = translated.sections.get(&original).unwrap_or(&none);
        let place = format_args!("`heading` of \"{original}\" in the report");
        visit(place, &mut section.heading, &translated.heading);
        let place = format_args!("`prompt` of \"{original}\" in the report");
        visit(place, &mut section.prompt, &translated.prompt);
    }
}

fn each_text_of_question(
    question: &mut Question,
    translated: Option<&QuestionTranslation>,
    visit: &mut Visit<'_>,
) {
    let none = QuestionTranslation::default();
    let translated = translated.unwrap_or(&none);
    let id = &question.id;
    for (field, text, translated) in [
        ("title", &mut question.title, &translated.title),
        ("text", &mut question.text, &translated.text),
        ("help", &mut question.help, &translated.help),
        ("guidance", &mut question.guidance, &translated.guidance),
        ("ask", &mut question.ask, &translated.ask),
        ("skeleton", &mut question.skeleton, &translated.skeleton),
    ] {
        visit(format_args!("`{field}` of the question `{id}`"), text, translated);
    }
    for (choice, advice) in &mut question.advice {
        let place = format_args!("`advice` for `{choice}` of the question `{id}`");
        visit(place, &mut advice.text, text_in(Some(&translated.advice), choice));
    }
    for look in &mut question.look {
        let original = look.label.clone();
        let place = format_args!("`look` \"{original}\" of the question `{id}`");
        visit(place, &mut look.label, text_in(Some(&translated.look), &original));
    }
}

fn text_in<'t>(texts: Option<&'t BTreeMap<String, String>>, name: &str) -> &'t str {
    texts.and_then(|texts| texts.get(name)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::{load, problem::Problem};

    /// A questionnaire with all texts that can be translated, and further fields.
    fn source(fields: &str) -> String {
        format!(
            r#"{{"format": 1, "id": "t", "version": "3", "title": "Review", "description": "About it.",
            "subject_label": "Service", "source": {{"title": "S", "publisher": "P", "licence": "L"}},
            "report": {{"title": "Review of {{subject}}", "introduction": "Tell us why.",
                "sections": [{{"heading": "Notes", "prompt": "What else?"}}]}},
            "answer_sets": {{"yn": {{"choices": [
                {{"id": "yes", "label": "Yes"}}, {{"id": "no", "label": "No"}}]}}}},
            "rules": [{{"id": "r", "when": {{"question": "a", "answered": true}}, "say": "Odd",
                "questions": ["a"]}}],
            "tags": {{"mfa": {{"title": "Sign-in", "controls": {{"ISO": ["A.8.5"]}}}}}},
            "sections": [{{"id": "s", "title": "Access", "description": "Who?", "questions": [
                {{"id": "a", "title": "Factor", "text": "A second factor?", "help": "MFA", "guidance": "Ask.",
                "answer_set": "yn", "advice": {{"no": {{"severity": "high", "text": "Use one."}}}},
                "look": [{{"label": "Trust centre", "url": "https://trust.{{domain}}"}}],
                "ask": "Do you have one?", "skeleton": "Needed for …", "tags": ["mfa"]}}]}}]{fields}}}"#
        )
    }

    const GERMAN: &str = r#", "lang": "en", "translations": {"de": {
        "title": "Prüfung", "description": "Worum es geht.", "subject_label": "Dienst",
        "report": {"title": "Prüfung von {subject}", "introduction": "Sagen Sie, warum.",
            "sections": {"Notes": {"heading": "Notizen", "prompt": "Was noch?"}}},
        "answer_sets": {"yn": {"yes": "Ja", "no": "Nein"}},
        "rules": {"r": "Seltsam"},
        "tags": {"mfa": "Anmeldung"},
        "sections": {"s": {"title": "Zugang", "description": "Wer?"}},
        "questions": {"a": {"title": "Faktor", "text": "Ein zweiter Faktor?", "help": "MFA",
            "guidance": "Frage.", "ask": "Haben Sie einen?", "skeleton": "Nötig für …",
            "advice": {"no": "Nimm einen."},
            "look": {"Trust centre": "Vertrauensseite"}}}
    }, "fr": {"title": "Examen", "questions": {"a": {"text": " "}}}}"#;

    #[test]
    fn every_text_is_replaced_and_ids_version_and_source_stay() {
        let original = load(&source(GERMAN)).unwrap();
        let german = original.clone().in_language("de").unwrap();
        let text = serde_json::to_string(&german).unwrap();
        for english in [
            "Review", "About", "Service", "Notes", "What", "Yes", "Odd", "Sign-in", "Access", "Who",
            "Do you", "Tell",
        ] {
            assert!(!text.contains(&format!("\"{english}")), "{english}: {text}");
        }
        for english in ["Factor", "second", "Ask.", "Use one.", "Trust centre", "Needed"] {
            assert!(!text.contains(english), "{english}: {text}");
        }
        assert_eq!((german.id.as_str(), german.version.as_str()), ("t", "3"));
        assert_eq!((german.lang.as_deref(), german.translations.len()), (Some("de"), 0));
        assert_eq!(german.source, original.source);
        let ids = |questionnaire: &Questionnaire| {
            questionnaire.questions().map(|question| question.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&german), ids(&original));
        assert_eq!(load(&text), Ok(german));
    }

    #[test]
    fn what_is_not_translated_stays_in_the_original_language() {
        let original = load(&source(GERMAN)).unwrap();
        let french = original.clone().in_language("FR-ca").unwrap();
        let question = french.questions().next().unwrap();
        assert_eq!((french.title.as_str(), question.text.as_str()), ("Examen", "A second factor?"));
        assert_eq!(french.lang.as_deref(), Some("fr"));
        let english = original.clone().in_language("en").unwrap();
        assert_eq!(english, Questionnaire { translations: BTreeMap::new(), ..original.clone() });
        let error = original.in_language("it").unwrap_err();
        assert_eq!(error.known, ["en", "de", "fr"]);
    }

    #[test]
    fn coverage_counts_the_texts_of_the_original_and_names_those_that_are_missing() {
        let coverage = load(&source(GERMAN)).unwrap().coverage();
        assert_eq!((coverage[0].language.as_str(), coverage[0].texts), ("de", 21));
        assert_eq!(coverage[0].missing, [""; 0]);
        let french = &coverage[1];
        assert_eq!((french.language.as_str(), french.texts, french.missing.len()), ("fr", 21, 20));
        for place in ["`text` of the question `a`", "`yes` of the answer set `yn`", "the rule `r`"] {
            assert!(french.missing.iter().any(|missing| missing == place), "{place}: {:?}", french.missing);
        }
    }

    #[test]
    fn unknown_ids_and_languages_are_problems_at_their_names() {
        let problems = |fields: &str| {
            let source = source(fields);
            let found = load(&source).unwrap_err();
            let shown = |problem: Problem| (source[problem.range].to_owned(), problem.message);
            found.into_iter().map(shown).collect::<Vec<_>>()
        };
        let translation = |texts: &str| format!(r#", "lang": "en", "translations": {{"de": {{{texts}}}}}"#);
        for (texts, place, message) in [
            (r#""questions": {"x": {}}"#, "\"x\"", "unknown question `x`"),
            (r#""sections": {"x": {}}"#, "\"x\"", "unknown section `x`"),
            (r#""rules": {"x": ""}"#, "\"x\"", "unknown rule `x`"),
            (r#""tags": {"x": ""}"#, "\"x\"", "unknown tag `x`"),
            (r#""answer_sets": {"x": {}}"#, "\"x\"", "unknown answer set `x`"),
            (r#""answer_sets": {"yn": {"ja": ""}}"#, "\"ja\"", "the answer set `yn` has no choice `ja`"),
            (
                r#""questions": {"a": {"advice": {"yes": ""}}}"#,
                "\"yes\"",
                "the question `a` has no advice for `yes`",
            ),
            (
                r#""questions": {"a": {"look": {"x": ""}}}"#,
                "\"x\"",
                "the question `a` has no place to look `x`",
            ),
            (r#""report": {"sections": {"x": {}}}"#, "\"x\"", "the report has no section `x`"),
            (r#""colour": "rot""#, "\"colour\"", "unknown field `colour`"),
            (r#""title": 7"#, "7", "`title` must be a string, not a number"),
        ] {
            assert_eq!(problems(&translation(texts)), [(place.to_owned(), message.to_owned())], "{texts}");
        }
        let languages = r#", "lang": "english", "translations": {"jp": {}, "de": {}, "DE": {}}"#;
        let messages: Vec<String> = problems(languages).into_iter().map(|(_, message)| message).collect();
        assert_eq!(
            messages,
            [
                "`english` is not a known language",
                "`jp` is not a known language",
                "duplicate language: there are texts in `de` already",
            ]
        );
        let found = problems(r#", "translations": {"de": {}}"#);
        assert_eq!(found, [("\"translations\"".to_owned(), "`lang` is missing".to_owned())]);
    }
}
