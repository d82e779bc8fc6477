//! The texts of a questionnaire in another language, as its file has them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The texts of a questionnaire in another language. Texts that are missing stay in the original language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Translation {
    /// Title shown on screens and in lists.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What the subject is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject_label: String,
    /// Texts of a published report.
    #[serde(skip_serializing_if = "ReportTranslation::is_empty")]
    pub report: ReportTranslation,
    /// Labels of choices, by the name of the answer set and the id of the choice.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answer_sets: BTreeMap<String, BTreeMap<String, String>>,
    /// What is contradictory, by the id of the rule.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<String, String>,
    /// Titles of topics, by their tag.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tags: BTreeMap<String, String>,
    /// Sections, by their id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sections: BTreeMap<String, SectionTranslation>,
    /// Questions, by their id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub questions: BTreeMap<String, QuestionTranslation>,
}

/// Texts of a published report in another language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReportTranslation {
    /// Title of the page; `{subject}` is replaced by the subject.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What the reviewer should write above the table.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub introduction: String,
    /// Sections after the table, by their original heading.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sections: BTreeMap<String, ReportSectionTranslation>,
}

impl ReportTranslation {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A section of the report in another language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReportSectionTranslation {
    /// Its heading on the page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// What the reviewer should write.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prompt: String,
}

/// A section in another language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SectionTranslation {
    /// Title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What the section is about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What the section can be answered for several times.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub repeat: String,
}

/// A question in another language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct QuestionTranslation {
    /// The topic, in a few words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The question as the page shows it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Short help.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Longer help in markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub guidance: String,
    /// What to send to the provider.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ask: String,
    /// A model of the answer or the detail.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub skeleton: String,
    /// The text of the advice for an answer, by choice.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub advice: BTreeMap<String, String>,
    /// What is found at a place to look, by its original label.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub look: BTreeMap<String, String>,
}
