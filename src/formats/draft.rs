//! A questionnaire while it is read from a file of another format: ids, sections, answer sets, and a report
//! of everything that has no place in it.

use std::collections::{BTreeMap, HashMap};

use crate::questionnaire::{
    AnswerSet, Choice, Kind, Question, Questionnaire, ReportDefaults, Section, Source, Tone,
};
use crate::session::Answer;

use super::error::ReadError;
use super::html::{clean, clean_line};
use super::ids::Ids;
use super::warnings::{Warning, Warnings};

/// The most questions that one file can have.
pub const MAX_QUESTIONS: usize = 20_000;

/// How long a title is that is taken from a text, in characters.
const TITLE: usize = 60;

/// The line above what has no field of its own.
const PARKED: &str = "**From the source**";

/// What was read from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The answers in the file, by question id.
    pub answers: Vec<(String, Answer)>,
    /// What had no place in the questionnaire, by cause.
    pub warnings: Vec<Warning>,
    /// How the file was understood: for a table, its columns.
    pub understood: Vec<String>,
    /// How many questions are asked if answers select their group, and how many of them have no other
    /// condition.
    pub gated: (usize, usize),
}

/// What the file says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: String,
    /// The name that its id is made from; the title if empty.
    pub id: String,
    /// Its version; "1" if empty.
    pub version: String,
    /// What it is for.
    pub description: String,
    /// Who publishes it.
    pub publisher: String,
    /// Its licence; "unknown" if empty, with a warning.
    pub licence: String,
    /// Where to read it.
    pub url: String,
}

/// A questionnaire that is being read.
#[derive(Debug)]
pub struct Draft {
    about: About,
    sets: BTreeMap<String, AnswerSet>,
    sections: Vec<Section>,
    section_keys: HashMap<String, usize>,
    section_ids: Ids,
    ids: Ids,
    count: usize,
    answers: Vec<(String, Answer)>,
    /// What had no place so far.
    pub warnings: Warnings,
    /// How the file was understood, for the reader to check.
    pub understood: Vec<String>,
    /// How many questions are asked if answers select their group, and how many of them have no other
    /// condition.
    pub gated: (usize, usize),
}

impl Draft {
    /// A questionnaire without questions.
    pub fn new(about: About) -> Self {
        Self {
            about,
            sets: BTreeMap::new(),
            sections: Vec::new(),
            section_keys: HashMap::new(),
            section_ids: Ids::default(),
            ids: Ids::default(),
            count: 0,
            answers: Vec::new(),
            warnings: Warnings::default(),
            understood: Vec::new(),
            gated: (0, 0),
        }
    }

    /// The section that was added last.
    pub fn last_section(&self) -> Option<usize> {
        self.sections.len().checked_sub(1)
    }

    /// The index of the section that the file knows by `key`. A new one has the titles of what contains it.
    pub fn section(&mut self, key: &str, titles: &[&str]) -> usize {
        if let Some(index) = self.section_keys.get(key) {
            return *index;
        }
        let titles: Vec<String> = titles.iter().map(|title| clean_line(title)).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).filter(|title| !title.is_empty()).collect();
        let title = if titles.is_empty() { clean_line(&self.about.title) } else { titles.join(" / ") };
        let title = if title.is_empty() { "Questions".to_owned() } else { title };
        let id = self.section_ids.id(&title);
        self.sections.push(Section { id, title, ..Section::default() });
        self.section_keys.insert(key.to_owned(), self.sections.len() - 1);
        self.sections.len() - 1
    }

    /// The index of the section that the file knows by `key`, if it has a question.
    pub fn section_with_key(&self, key: &str) -> Option<usize> {
        self.section_keys.get(key).copied()
    }

    /// Adds a paragraph to what a section is about.
    pub fn describe(&mut self, section: usize, paragraph: &str) {
        append(&mut self.sections[section].description, &clean(paragraph));
    }

    /// Notes what a section is answered for several times.
    pub fn repeat(&mut self, section: usize, what: &str) {
        let section = &mut self.sections[section];
        if section.repeat.is_empty() {
            self.understood.push(format!("{} can be answered several times", section.title));
            section.repeat.clone_from(&section.title);
            let what = clean_line(what);
            if !what.is_empty() {
                section.repeat = what;
            }
        }
    }

    /// Adds a question to a section, with an id for `name`. Returns that id.
    ///
    /// # Errors
    /// If there are too many questions.
    pub fn question(&mut self, section: usize, name: &str, question: Question) -> Result<String, ReadError> {
        let id = self.reserve(name);
        let named = if question.source_id.is_empty() { name } else { &question.source_id };
        let source_id = if id == named { String::new() } else { clean_line(named) };
        self.place(section, Question { id: id.clone(), source_id, ..question })?;
        Ok(id)
    }

    /// A free id for `name`, for a question that is placed later.
    pub fn reserve(&mut self, name: &str) -> String {
        self.ids.id(name)
    }

    /// Adds a question that has its id already.
    ///
    /// # Errors
    /// If there are too many questions.
    pub fn place(&mut self, section: usize, mut question: Question) -> Result<(), ReadError> {
        self.count += 1;
        if self.count > MAX_QUESTIONS {
            return Err(ReadError::refused(
                format!("the file has more than {MAX_QUESTIONS} questions"),
                "Divide it into several files.",
            ));
        }
        question.text = clean_line(&question.text);
        question.title = clean_line(&question.title);
        if question.text.is_empty() {
            question.text.clone_from(&question.title);
        }
        if question.title.is_empty() {
            question.title = title_of(&question.text);
        }
        if question.text.is_empty() {
            (question.text, question.title) = (question.id.clone(), question.id.clone());
        }
        question.help = clean_line(&question.help);
        question.guidance = clean(&question.guidance);
        question.tags.dedup();
        self.sections[section].questions.push(question);
        Ok(())
    }

    /// The name of the answer set with these choices: an earlier one with the same choices, or a new one.
    pub fn answer_set(&mut self, wanted: &str, choices: Vec<Choice>) -> String {
        if let Some((name, _)) = self.sets.iter().find(|(_, set)| set.choices == choices) {
            return name.clone();
        }
        let wanted = super::ids::slug(wanted);
        let wanted = if wanted.is_empty() { "choices".to_owned() } else { wanted };
        let mut name = wanted.clone();
        let mut number = 2;
        while self.sets.contains_key(&name) {
            name = format!("{wanted}-{number}");
            number += 1;
        }
        self.sets.insert(name.clone(), AnswerSet { choices });
        name
    }

    /// Adds an answer to a question.
    pub fn answer(&mut self, question: &str, answer: Answer) {
        if !answer.is_empty() {
            self.answers.push((question.to_owned(), answer));
        }
    }

    /// Notes that something has no place in the questionnaire.
    pub fn warn(&mut self, cause: &str, place: &str) {
        self.warnings.add(cause, place);
    }

    /// The questionnaire. `source` is the text of the file, in which the places of warnings are looked up; it
    /// is empty for a workbook.
    ///
    /// # Errors
    /// If there is no question.
    pub fn finish(mut self, source: &str) -> Result<Imported, ReadError> {
        if self.count == 0 {
            return Err(ReadError::refused("the file has no questions".to_owned(), ""));
        }
        let about = self.about;
        if about.licence.is_empty() {
            self.warnings
                .add("the licence is not known; ask the publisher before you share the questions", "");
        }
        let or = |text: &str, other: &str| {
            let text = clean_line(text);
            if text.is_empty() { other.to_owned() } else { text }
        };
        let title = or(&about.title, "Imported questionnaire");
        let id = Ids::default().id(if about.id.is_empty() { &title } else { &about.id });
        self.sections.retain(|section| !section.questions.is_empty());
        let questionnaire = Questionnaire {
            schema: None,
            format: 1,
            id,
            version: or(&about.version, "1"),
            lang: None,
            description: clean(&about.description),
            source: Some(Source {
                title: title.clone(),
                publisher: or(&about.publisher, "unknown"),
                licence: or(&about.licence, "unknown"),
                url: clean_line(&about.url),
            }),
            report: ReportDefaults { title: format!("{{subject}}: {title}"), ..ReportDefaults::default() },
            title,
            subject_label: "Service".to_owned(),
            answer_sets: self.sets,
            evidence_days: crate::questionnaire::EvidenceDays::default(),
            rules: Vec::new(),
            tags: BTreeMap::new(),
            sections: self.sections,
            translations: BTreeMap::new(),
        };
        let warnings = self.warnings.located(source);
        let (understood, gated) = (self.understood, self.gated);
        Ok(Imported { questionnaire, answers: self.answers, warnings, understood, gated })
    }
}

/// A question of this kind. Its id is given when it is added to a draft.
pub fn question(kind: Kind, title: &str, text: &str) -> Question {
    Question { kind, added: false, ..Question::added(title, text) }
}

/// A choice.
pub fn choice(id: &str, label: &str, tone: Tone) -> Choice {
    Choice { id: id.to_owned(), label: clean_line(label), key: None, tone, alone: false }
}

/// The choices for the result of checking a requirement.
pub fn results() -> Vec<Choice> {
    vec![
        choice("compliant", "Compliant", Tone::Good),
        choice("partially_compliant", "Partially compliant", Tone::Partial),
        choice("non_compliant", "Not compliant", Tone::Bad),
        choice("not_applicable", "Not applicable", Tone::NotApplicable),
    ]
}

/// Adds what has no field of its own to the end of the guidance of a question.
pub fn park(question: &mut Question, name: &str, value: &str) {
    let value = super::html::escaped(&clean_line(value));
    if value.is_empty() {
        return;
    }
    if !question.guidance.contains(PARKED) {
        append(&mut question.guidance, PARKED);
        question.guidance.push('\n');
    }
    question.guidance.push_str(&format!("\n- {name}: {value}"));
}

/// Adds a paragraph.
pub fn append(text: &mut String, paragraph: &str) {
    let paragraph = paragraph.trim();
    if paragraph.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(paragraph);
}

/// The first sentence of a text, or its first words.
pub fn title_of(text: &str) -> String {
    let sentence = text.find(['.', '?', '!', ':']).map_or(text, |end| &text[..end]);
    let sentence = sentence.trim();
    let sentence = if sentence.is_empty() { text.trim() } else { sentence };
    if sentence.chars().count() <= TITLE {
        return sentence.to_owned();
    }
    let end = sentence.char_indices().nth(TITLE).map_or(sentence.len(), |(at, _)| at);
    let cut = sentence[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", sentence[..cut].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_sentence_or_ends_between_words() {
        assert_eq!(title_of("Is it safe? Say why."), "Is it safe");
        let long = "Verify that the application never trusts a value which comes from the other side";
        assert_eq!(title_of(long), "Verify that the application never trusts a value which…");
        assert_eq!(title_of("问题"), "问题");
    }

    #[test]
    fn equal_choices_share_an_answer_set_and_others_get_a_name_of_their_own() {
        let mut draft = Draft::new(About::default());
        let yes = || vec![choice("yes", "Yes", Tone::Good)];
        assert_eq!(draft.answer_set("a", yes()), "a");
        assert_eq!(draft.answer_set("b", yes()), "a");
        assert_eq!(draft.answer_set("a", results()), "a-2");
    }

    #[test]
    fn what_has_no_field_is_kept_at_the_end_of_the_guidance() {
        let mut asked = question(Kind::Text, "T", "Q?");
        asked.guidance = "Read it.".to_owned();
        park(&mut asked, "pattern", "[a-z]+");
        park(&mut asked, "weight", "3");
        park(&mut asked, "empty", " ");
        assert_eq!(asked.guidance, "Read it.\n\n**From the source**\n\n- pattern: \\[a-z\\]+\n- weight: 3");
    }

    #[test]
    fn a_file_without_questions_is_refused() {
        let error = Draft::new(About::default()).finish("").unwrap_err();
        assert!(error.to_string().contains("no questions"), "{error}");
    }
}
