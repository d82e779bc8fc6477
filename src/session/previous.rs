//! An earlier session about the same subject, kept with the new one so that it can be shown beside it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::questionnaire::{Choice, Question};

use super::answer::Answer;
use super::page_section::PageSection;
use super::stamp::Stamp;
use super::uncompared::Uncompared;

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
    /// The places of the answers by the ids of their questions now, made when first needed.
    #[serde(skip)]
    pub(super) places: Uncompared<OnceLock<HashMap<String, usize>>>,
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
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub choices: Arc<[Choice]>,
    /// The answer.
    pub answer: Answer,
    /// Its last change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Stamp>,
    /// What has become of the question.
    pub r#match: Match,
}

/// What has become of the question of an earlier answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// It is the same.
    Same,
    /// It is the same, in another section.
    Moved,
    /// It has another id and the same text.
    Renamed,
    /// It has another text.
    Reworded,
    /// It no longer offers the choice that was made.
    OtherChoices,
    /// It asks for another kind of answer.
    OtherKind,
    /// It was not asked, because of a condition.
    Hidden,
    /// It is no longer asked.
    Gone,
}

impl Match {
    /// The word for it on screens and in reports.
    pub fn label(self) -> &'static str {
        match self {
            Self::Same => "unchanged",
            Self::Moved => "moved",
            Self::Renamed => "renamed",
            Self::Reworded => "reworded",
            Self::OtherChoices => "other choices",
            Self::OtherKind => "other kind of answer",
            Self::Hidden => "was not asked",
            Self::Gone => "no longer asked",
        }
    }

    /// Whether the question is the same as before, so that the whole answer can be taken over.
    pub fn is_same(self) -> bool {
        match self {
            Self::Same | Self::Moved | Self::Renamed => true,
            Self::Reworded | Self::OtherChoices | Self::OtherKind | Self::Hidden | Self::Gone => false,
        }
    }
}

impl Previous {
    /// The earlier answer that belongs to the question with this id.
    pub fn before(&self, question: &str) -> Option<&Before> {
        let places = self.places.0.get_or_init(|| {
            let answers = self.answers.iter().enumerate();
            answers.filter_map(|(place, before)| Some((before.question.clone()?, place))).collect()
        });
        self.answers.get(*places.get(question)?)
    }

    /// The earlier answers whose questions are no longer asked.
    pub fn gone(&self) -> impl Iterator<Item = &Before> {
        self.answers.iter().filter(|before| before.question.is_none())
    }

    /// The number of answers whose match is counted.
    pub fn count(&self, is_counted: impl Fn(Match) -> bool) -> usize {
        self.answers.iter().filter(|before| is_counted(before.r#match)).count()
    }
}

impl Before {
    /// What was answered: choices, value, detail. Empty if nothing was.
    pub fn summary(&self) -> String {
        let labels = self.labels().collect::<Vec<_>>().join(", ");
        let said = [labels.as_str(), &self.answer.value, self.answer.detail.trim()];
        said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// The label that a choice had.
    pub fn label<'b>(&'b self, id: &'b str) -> &'b str {
        self.choices.iter().find(|choice| choice.id == *id).map_or(id, |choice| &choice.label)
    }

    /// The labels of the choices that were made.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.answer.choices.iter().map(|id| self.label(id))
    }
}
