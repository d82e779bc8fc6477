//! The session itself: its data, how it is created and how an edit changes it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::questionnaire::{Question, Questionnaire};

use super::answer::Answer;
use super::edit::{Edit, EditMismatch, apply_to_answer};
use super::position::{Item, Position};
use super::questions::Questions;
use super::uncompared::Uncompared;
use super::visibility::{Answered, Visibility};

/// The maximum length of a single text, in bytes.
pub const MAX_TEXT: usize = 256 * 1024;

const INTRODUCTION_PROMPT: &str = "What is it, what is it used for, and which kinds of data does it handle? \
     This text is published above the table; its first paragraph is also the description of the page.";

/// One run of one questionnaire for one subject.
///
/// Two sessions are equal if their content is equal; the position of the reviewer is ignored.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub(super) subject: String,
    pub(super) created: Timestamp,
    pub(super) questionnaire: Questionnaire,
    pub(super) answers: Vec<Answer>,
    pub(super) introduction: String,
    pub(super) sections: Vec<PageSection>,
    pub(super) page: Option<String>,
    /// Answers to questions that the questionnaire does not contain; kept as they were read.
    pub(super) orphans: Vec<(String, Answer)>,
    pub(super) position: Uncompared<Position>,

    pub(super) questions: Questions,
    pub(super) visibility: Visibility,
}

/// A section of the page after the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSection {
    /// Its heading.
    pub heading: String,
    /// What the reviewer should write.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Everything that a session is made from.
pub(super) struct Parts {
    pub subject: String,
    pub created: Timestamp,
    pub questionnaire: Questionnaire,
    /// One per question, in order; missing ones are empty.
    pub answers: Vec<Answer>,
    /// Answers to unknown questions, by id.
    pub orphans: Vec<(String, Answer)>,
    pub introduction: String,
    pub sections: Vec<PageSection>,
    pub page: Option<String>,
    pub position: Option<Position>,
}

impl Session {
    /// A session without answers.
    pub fn new(questionnaire: Questionnaire, subject: impl Into<String>, created: Timestamp) -> Self {
        let sections = questionnaire.report.sections.iter();
        let sections = sections
            .map(|s| PageSection {
                heading: s.heading.clone(),
                prompt: s.prompt.clone(),
                text: String::new(),
            })
            .collect();
        Self::from_parts(Parts {
            subject: subject.into(),
            created,
            questionnaire,
            answers: Vec::new(),
            orphans: Vec::new(),
            introduction: String::new(),
            sections,
            page: None,
            position: None,
        })
    }

    /// A session with the answers to all questions, in order, as read from a page with the source `page`.
    pub fn imported(
        questionnaire: Questionnaire,
        subject: impl Into<String>,
        created: Timestamp,
        answers: Vec<Answer>,
        introduction: String,
        sections: Vec<PageSection>,
        page: String,
    ) -> Self {
        Self::from_parts(Parts {
            subject: subject.into(),
            created,
            questionnaire,
            answers,
            orphans: Vec::new(),
            introduction,
            sections,
            page: Some(page),
            position: None,
        })
    }

    pub(super) fn from_parts(mut parts: Parts) -> Self {
        let questions = Questions::of(&parts.questionnaire);
        parts.answers.resize_with(questions.len(), Answer::default);
        let visibility = Visibility::of(Answered {
            questionnaire: &parts.questionnaire,
            questions: &questions,
            answers: &parts.answers,
        });
        let first = parts.questionnaire.questions().next();
        let start = Position::start_of(
            first.map_or(Item::Introduction, |question| Item::Question(question.id.clone())),
        );
        let mut session = Self {
            subject: parts.subject,
            created: parts.created,
            questionnaire: parts.questionnaire,
            answers: parts.answers,
            introduction: parts.introduction,
            sections: parts.sections,
            page: parts.page,
            orphans: parts.orphans,
            position: Uncompared(start),
            questions,
            visibility,
        };
        if let Some(position) = parts.position {
            session.position = Uncompared(session.clamped(position));
        }
        session
    }

    /// Applies one edit. This is the only way to change a session.
    ///
    /// # Errors
    /// [`EditMismatch`] if the edit does not match the session, which is then unchanged.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), EditMismatch> {
        match edit {
            Edit::Splice { text, at, removed, inserted } => {
                let slot = self.text_mut(text).ok_or(EditMismatch)?;
                let end = at.checked_add(removed.len()).ok_or(EditMismatch)?;
                if slot.get(*at..end) != Some(removed.as_str())
                    || slot.len() - removed.len() + inserted.len() > MAX_TEXT
                {
                    return Err(EditMismatch);
                }
                slot.replace_range(*at..end, inserted);
            }
            Edit::Subject { before, after } => {
                if self.subject != *before {
                    return Err(EditMismatch);
                }
                self.subject.clone_from(after);
            }
            Edit::Go { .. } => {}
            Edit::Choose { question, .. }
            | Edit::Link { question, .. }
            | Edit::MoveLink { question, .. }
            | Edit::Basis { question, .. }
            | Edit::Flag { question, .. } => {
                let index = self.index_of(question).ok_or(EditMismatch)?;
                apply_to_answer(&mut self.answers[index], edit)?;
            }
        }
        if let Some(index) = edit.question().and_then(|id| self.index_of(id)) {
            let Self { questionnaire, questions, answers, visibility, .. } = self;
            visibility.refresh(index, Answered { questionnaire, questions, answers });
        }
        if let Some(position) = edit.position() {
            self.position = Uncompared(self.clamped(position));
        }
        Ok(())
    }

    /// What is reviewed.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// When the session was created.
    pub fn created(&self) -> Timestamp {
        self.created
    }

    /// The session's own copy of the questionnaire.
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The text above the table of the page, in markdown.
    pub fn introduction(&self) -> &str {
        &self.introduction
    }

    /// The sections of the page after the table.
    pub fn sections(&self) -> &[PageSection] {
        &self.sections
    }

    /// What the reviewer is asked at an item: the question, or what to write in a part of the page.
    pub fn prompt(&self, item: &Item) -> &str {
        match item {
            Item::Question(id) => self.index_of(id).map_or("", |index| &self.question(index).text),
            Item::Introduction => INTRODUCTION_PROMPT,
            Item::Section(index) => self.sections.get(*index).map_or("", |section| &section.prompt),
        }
    }

    /// The source of the page that the session was imported from.
    pub fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    /// Where the reviewer is.
    pub fn position(&self) -> &Position {
        &self.position.0
    }

    /// The index of the question at the position; `None` for a part of the page.
    pub fn current_question(&self) -> Option<usize> {
        match &self.position.0.item {
            Item::Question(id) => self.index_of(id),
            Item::Introduction | Item::Section(_) => None,
        }
    }

    /// Answers to questions that the questionnaire does not contain, by id.
    pub fn orphans(&self) -> &[(String, Answer)] {
        &self.orphans
    }

    /// The number of questions, asked or not.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether there are no questions at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The index of a question in the order of all questions.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.questions.index_of(id)
    }

    /// The question at `index`, which must be less than [`len`](Self::len).
    pub fn question(&self, index: usize) -> &Question {
        self.questions.get(&self.questionnaire, index)
    }

    /// The index of the section that contains the question at `index`.
    pub fn section_of(&self, index: usize) -> usize {
        self.questions.section_of(index)
    }

    /// The answer to the question at `index`.
    pub fn answer(&self, index: usize) -> &Answer {
        &self.answers[index]
    }

    /// The answer to the question with this id.
    pub fn answer_to(&self, id: &str) -> Option<&Answer> {
        self.index_of(id).map(|index| self.answer(index))
    }
}
