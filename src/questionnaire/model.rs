//! The questionnaire as data. The JSON format is these types; `assets/questionnaire.schema.json` is made from them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A set of questions to ask about one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Where the schema of this file is, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Version of the file format; 1.
    pub format: u32,
    /// Short name, stable over all versions: lower-case letters, digits and hyphens.
    pub id: String,
    /// Version of the content, for people.
    pub version: String,
    /// Title, as lists and screens show it.
    pub title: String,
    /// What it is for, in a sentence or two.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where the questions come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What the thing under review is called: "Service", "Vendor".
    pub subject_label: String,
    /// What a published report starts from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub report: ReportDefaults,
    /// Lists of choices, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answer_sets: BTreeMap<String, AnswerSet>,
    /// The sections, in order.
    pub sections: Vec<Section>,
}

/// Where the questions come from, and under which licence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title of the work.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its licence.
    pub licence: String,
    /// Where it can be read.
    pub url: String,
}

/// What a published report starts from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReportDefaults {
    /// Title of the page; `{subject}` stands for the subject.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Tags of the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Sections that follow the table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<ReportSection>,
}

/// A section of the report beside the questions, such as "Exporting data".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportSection {
    /// Its heading on the page.
    pub heading: String,
    /// What the reviewer is asked to write.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
}

/// A named list of choices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerSet {
    /// The choices, in order.
    pub choices: Vec<Choice>,
}

/// One choice of an answer set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable name: "yes".
    pub id: String,
    /// As screens and pages show it: "Yes".
    pub label: String,
    /// The letter that chooses it; the first free letter of the label if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<char>,
    /// What the choice says, for its sign in lists.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
}

/// What a choice says about the subject.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As it should be.
    Good,
    /// Not as it should be.
    Bad,
    /// In part.
    Partial,
    /// Looked for and not found out.
    Unknown,
    /// Does not apply.
    NotApplicable,
    /// Neither good nor bad.
    #[default]
    Neutral,
}

/// A group of questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable name.
    pub id: String,
    /// Title.
    pub title: String,
    /// What the section is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable name: lower-case letters, digits and hyphens.
    pub id: String,
    /// The principle, in a few words.
    pub title: String,
    /// The question itself, as the page shows it.
    pub text: String,
    /// Short help; stands on the page in italics.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Longer help in markdown, for the screen only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guidance: String,
    /// How it is answered.
    #[serde(default)]
    pub kind: Kind,
    /// Name of the answer set; for `choice` and `multi_choice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_set: Option<String>,
    /// What an answer needs, by choice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub needs: BTreeMap<String, Vec<Need>>,
    /// Advice that applies to an answer, by choice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub advice: BTreeMap<String, Advice>,
    /// When the question is asked; always if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_when: Option<Condition>,
    /// How much the question counts beside others.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: u32,
    /// Words to find it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One choice of an answer set.
    #[default]
    Choice,
    /// Any number of choices of an answer set.
    MultiChoice,
    /// Free text.
    Text,
    /// A number.
    Number,
    /// A day, as 2026-11-22.
    Date,
}

impl Kind {
    /// Whether the answer is picked from an answer set.
    pub fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::MultiChoice)
    }
}

/// What an answer needs to stand on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A detail paragraph.
    Detail,
    /// At least one evidence link, listed or cited in the detail.
    Link,
}

/// Advice that applies to a given answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// How serious the finding is.
    pub severity: Severity,
    /// What to do about it.
    pub text: String,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth fixing.
    Medium,
    /// To be fixed before use.
    High,
    /// A reason not to use it.
    Critical,
}

/// When a question is asked. A question that is itself not asked counts as unanswered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Condition {
    /// The question's answer is one of these choices.
    In(InCondition),
    /// The question is answered, or is not.
    Answered(AnsweredCondition),
    /// All of these hold.
    All(AllCondition),
    /// At least one of these holds.
    Any(AnyCondition),
    /// This does not hold.
    Not(NotCondition),
}

/// `{"question": "a", "in": ["yes"]}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InCondition {
    /// Id of the question.
    pub question: String,
    /// Ids of choices, or values.
    #[serde(rename = "in")]
    pub among: Vec<String>,
}

/// `{"question": "a", "answered": true}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnsweredCondition {
    /// Id of the question.
    pub question: String,
    /// Whether it has to be answered, or has to be unanswered.
    pub answered: bool,
}

/// `{"all": [...]}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AllCondition {
    /// The conditions.
    pub all: Vec<Condition>,
}

/// `{"any": [...]}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AnyCondition {
    /// The conditions.
    pub any: Vec<Condition>,
}

/// `{"not": ...}`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NotCondition {
    /// The condition.
    pub not: Box<Condition>,
}

impl Questionnaire {
    /// All questions in order, across sections.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The choices of `question`, none for a kind without an answer set.
    pub fn choices(&self, question: &Question) -> &[Choice] {
        question
            .answer_set
            .as_ref()
            .and_then(|name| self.answer_sets.get(name))
            .map_or(&[], |set| &set.choices)
    }

    /// The title of a report about `subject`.
    pub fn report_title(&self, subject: &str) -> String {
        let pattern = if self.report.title.is_empty() { "{subject}" } else { &self.report.title };
        pattern.replace("{subject}", subject)
    }
}

impl AnswerSet {
    /// The letter that chooses each choice, in order: as given, else the first letter of its label that is free.
    pub fn keys(&self) -> Vec<char> {
        let mut taken: Vec<char> = self.choices.iter().filter_map(|c| c.key).collect();
        let mut keys = Vec::new();
        for (i, choice) in self.choices.iter().enumerate() {
            let key = choice.key.unwrap_or_else(|| {
                let letters = choice.label.chars().flat_map(char::to_lowercase).chain('a'..='z');
                let digit = char::from_digit(i as u32 % 10, 10).unwrap_or('0');
                letters.filter(|c| c.is_ascii_alphabetic()).find(|c| !taken.contains(c)).unwrap_or(digit)
            });
            taken.push(key);
            keys.push(key);
        }
        keys
    }
}

fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_one(weight: &u32) -> bool {
    *weight == 1
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
