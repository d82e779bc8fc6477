//! An earlier session about the same subject, kept with the new one so that it can be shown beside it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::questionnaire::{Choice, Question};

use super::answer::Answer;
use super::page_section::PageSection;
use super::stamp::Stamp;

/// The answers of an earlier session about the same subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// The id of the earlier session, or the name of the page.
    pub session: String,
    /// The day of its last change.
    pub day: Date,
    /// Who made that change.
    pub by: String,
    /// Id and version of its questionnaire.
    pub questionnaire: (String, String),
    /// Its answers.
    pub answers: Vec<Before>,
    /// Its introduction.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub introduction: String,
    /// Its page sections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<PageSection>,
    /// The ids of the sessions before that one, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub older: Vec<String>,
}

/// An earlier answer, with its question as it was then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Id of the question of this session that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The question as it was.
    pub was: Question,
    /// The choices it offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// The answer.
    pub answer: Answer,
    /// Its last change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Stamp>,
}
