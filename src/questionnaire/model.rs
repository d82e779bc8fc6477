//! The questionnaire as data. These types define the JSON format; `assets/questionnaire.schema.json` is
//! generated from them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer_set::{AnswerSet, Choice};
use super::condition::Condition;
use super::link_kind::EvidenceDays;
use super::look::Look;
use super::rule::Contradiction;
use super::tag::Tag;
use super::translation::Translation;

/// A set of questions to ask about one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// URL or path of the JSON Schema of this file, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Version of the file format; 1.
    pub format: u32,
    /// Short id that stays the same across versions: lower-case letters, digits, hyphens and underscores.
    pub id: String,
    /// Version of the content, for people.
    pub version: String,
    /// The language of the texts, for example "en" or "pt-BR".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Title shown on screens and in lists.
    pub title: String,
    /// What it is for, in a sentence or two.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where the questions come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What the subject is called, for example "Service" or "Vendor".
    pub subject_label: String,
    /// Defaults for a published report.
    #[serde(default, skip_serializing_if = "is_default")]
    pub report: ReportDefaults,
    /// Lists of choices, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answer_sets: BTreeMap<String, AnswerSet>,
    /// For how many days evidence is good, by what it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub evidence_days: EvidenceDays,
    /// Answers that contradict each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Contradiction>,
    /// Topics, by the tag of questions that are about them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, Tag>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The texts in other languages, by language. A session has them in one language only.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, Translation>,
}

/// Where the questions come from, and under which license.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title of the work.
    pub title: String,
    /// Its publisher.
    pub publisher: String,
    /// Its license.
    pub licence: String,
    /// Where to read it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// Defaults for a published report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReportDefaults {
    /// Title of the page; `{subject}` is replaced by the subject.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Tags of the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What the reviewer should write above the table. Default: what it is, what it is used for, and which
    /// kinds of data it handles.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub introduction: String,
    /// Sections after the table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<ReportSection>,
}

/// A section of the report after the table of questions, for example "Exporting data".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportSection {
    /// Its heading on the page.
    pub heading: String,
    /// What the reviewer should write.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
}

/// A group of questions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What the section is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What the section can be answered for several times, for example "Environment". Default: it is answered
    /// once.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub repeat: String,
    /// The name of the environment, component or so that it is answered for. Querist sets this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instance: String,
    /// Id of the section that it repeats; empty for the first instance. Querist sets this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instance_of: String,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable id: lower-case letters, digits, hyphens and underscores.
    pub id: String,
    /// The topic, in a few words.
    pub title: String,
    /// The question as the page shows it.
    pub text: String,
    /// Short help, published on the page in italics.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Longer help in markdown, shown on the screen only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guidance: String,
    /// How it is answered.
    #[serde(default)]
    pub kind: Kind,
    /// Name of the answer set; for `choice` and `multi_choice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_set: Option<String>,
    /// The smallest number or the earliest date allowed; for `number` and `date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Limit>,
    /// The largest number or the latest date allowed; for `number` and `date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Limit>,
    /// Whether only whole numbers are allowed; for `number`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub integer: bool,
    /// What an answer needs, by choice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub needs: BTreeMap<String, Vec<Need>>,
    /// Advice for an answer, by choice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub advice: BTreeMap<String, Advice>,
    /// When the question is asked. Default: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_when: Option<Condition>,
    /// Where the answer can be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look: Vec<Look>,
    /// What to send to the provider when the answer is not known, in place of the question.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ask: String,
    /// A model of the answer or the detail, with `…` for each blank.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub skeleton: String,
    /// How much it counts compared with other questions.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub weight: u32,
    /// Keywords. What those in `tags` of the questionnaire stand for is shown with the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Its id in the file of another format that it was read from, as written there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_id: String,
    /// Its cells in the spreadsheet that it was read from, so that the spreadsheet can be filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<Cells>,
    /// Whether it was added to one session, by its reviewer or by an imported page. Querist sets this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub added: bool,
    /// Id of the question that it repeats; empty outside of further instances. Querist sets this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instance_of: String,
}

impl Question {
    /// A text question that is added to a session. Its id is empty.
    pub fn added(title: &str, text: &str) -> Self {
        Self {
            id: String::new(),
            title: title.to_owned(),
            text: text.to_owned(),
            help: String::new(),
            guidance: String::new(),
            kind: Kind::Text,
            answer_set: None,
            min: None,
            max: None,
            integer: false,
            needs: BTreeMap::new(),
            advice: BTreeMap::new(),
            enable_when: None,
            look: Vec::new(),
            ask: String::new(),
            skeleton: String::new(),
            weight: 1,
            tags: Vec::new(),
            source_id: String::new(),
            cells: None,
            added: true,
            instance_of: String::new(),
        }
    }
}

/// The cells of a spreadsheet that the parts of an answer belong to, such as "C5".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cells {
    /// Name of the sheet; empty for a file of comma-separated values.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// For the choice or the value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
    /// For the detail.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// For the links.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

/// The end of a range of values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Limit {
    /// For a number.
    Number(f64),
    /// For a date, for example "2026-11-22".
    Date(String),
}

impl Limit {
    /// The limit as a date; `None` if it is a number or no valid date.
    pub fn as_date(&self) -> Option<jiff::civil::Date> {
        match self {
            Self::Date(date) => date.parse().ok(),
            Self::Number(_) => None,
        }
    }

    /// The limit as a number; `None` if it is a date.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Date(_) => None,
        }
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => f.write_str(date),
        }
    }
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
    /// A date, for example 2026-11-22.
    Date,
}

impl Kind {
    /// Whether the answer is selected from an answer set.
    pub fn has_choices(self) -> bool {
        match self {
            Self::Choice | Self::MultiChoice => true,
            Self::Text | Self::Number | Self::Date => false,
        }
    }
}

/// What an answer needs to be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A detail paragraph.
    Detail,
    /// At least one evidence link, listed or cited in the detail.
    Link,
}

/// Advice for a given answer.
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
    /// Must be fixed before use.
    High,
    /// A reason not to use it.
    Critical,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The label shown on screens and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl Questionnaire {
    /// The version as numbers, so that 1.10 follows 1.9; then as text.
    pub fn version_order(&self) -> (Vec<u64>, &str) {
        let numbers = self.version.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
        (numbers.collect(), &self.version)
    }

    /// All questions in order, across sections.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    /// The answer set of `question`, if it has one.
    pub fn answer_set_of(&self, question: &Question) -> Option<&AnswerSet> {
        self.answer_sets.get(question.answer_set.as_ref()?)
    }

    /// The choices of `question`; empty for a kind without an answer set.
    pub fn choices(&self, question: &Question) -> &[Choice] {
        self.answer_set_of(question).map_or(&[], |set| &set.choices)
    }

    /// The keys of the [`choices`](Self::choices) of `question`, in the same order.
    pub fn choice_keys(&self, question: &Question) -> Vec<char> {
        self.answer_set_of(question).map(AnswerSet::keys).unwrap_or_default()
    }

    /// The label of a choice of `question`; the id itself if there is no such choice.
    pub fn choice_label<'a>(&'a self, question: &Question, id: &'a str) -> &'a str {
        let choices = self.choices(question);
        choices.iter().find(|choice| choice.id == id).map_or(id, |choice| &choice.label)
    }

    /// The topics of `question` that the questionnaire names.
    pub fn topics<'q>(&'q self, question: &'q Question) -> impl Iterator<Item = &'q Tag> {
        question.tags.iter().filter_map(|tag| self.tags.get(tag))
    }

    /// The title of a report about `subject`.
    pub fn report_title(&self, subject: &str) -> String {
        let pattern = if self.report.title.is_empty() { "{subject}" } else { &self.report.title };
        pattern.replace("{subject}", subject)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::load;

    #[test]
    fn a_questionnaire_is_written_as_it_was_read_without_defaults() {
        let source = [
            r#"{"format":1,"id":"t","version":"1","title":"T","subject_label":"Service","#,
            r#""report":{"title":"Review of {subject}"},"#,
            r#""answer_sets":{"yn":{"choices":["#,
            r#"{"id":"yes","label":"Yes","tone":"good"},{"id":"no","label":"No"}]}},"#,
            r#""sections":[{"id":"s","title":"S","questions":["#,
            r#"{"id":"a","title":"A","text":"A?","kind":"choice","answer_set":"yn"},"#,
            r#"{"id":"b","title":"B","text":"B?","kind":"text","weight":2}]}]}"#,
        ]
        .concat();
        let questionnaire = load(&source).unwrap();
        assert_eq!(questionnaire.questions().map(|question| question.weight).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(questionnaire.report_title("Boat"), "Review of Boat");
        assert_eq!(serde_json::to_string(&questionnaire).unwrap(), source);
    }

    #[test]
    fn severities_are_named_from_the_worst_to_the_least() {
        assert_eq!(Severity::ALL.map(Severity::label), ["critical", "high", "medium", "low"]);
    }
}
