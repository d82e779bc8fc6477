//! The session itself: its data, how it is created and how an edit changes it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::questionnaire::{Question, Questionnaire, Section};
use jiff::Timestamp;

use super::answer::Answer;
use super::changed::{note_change, set_changed};
use super::cited::note_citations;
use super::disputed::{Disputed, disputed_in};
use super::edit::{Edit, EditMismatch, apply_to_answer, move_in_list, swap, swap_in_list};
use super::entry::Entries;
use super::page_section::PageSection;
use super::position::{Item, Position};
use super::previous::Previous;
use super::questions::Questions;
use super::stamp::{Changed, Stamp};
use super::text_ref::TextRef;
use super::uncompared::Uncompared;
use super::visibility::{Answered, Visibility};

/// The maximum length of a single text, in bytes.
pub const MAX_TEXT: usize = 256 * 1024;

/// What to write in the introduction, unless the questionnaire says so.
const INTRODUCTION_PROMPT: &str = "What is it, what is it used for, and which kinds of data does it handle?";

const INTRODUCTION_PLACE: &str =
    "This text is published above the table; its first paragraph is also the description of the page.";

const PROPERTIES_PROMPT: &str = "The front matter of the page. Write only what should differ from the values \
     below, one property per line: title: ..., description: ..., tags: a, b, published: false.";

/// One run of one questionnaire for one subject.
///
/// Two sessions are equal if their content is equal; the position of the reviewer, and who changed what last,
/// are ignored.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub(super) subject: String,
    pub(super) domain: String,
    pub(super) created: Timestamp,
    pub(super) questionnaire: Questionnaire,
    pub(super) answers: Vec<Answer>,
    pub(super) introduction: String,
    pub(super) sections: Vec<PageSection>,
    pub(super) properties: String,
    pub(super) page: Option<String>,
    pub(super) entries: Entries,
    pub(super) previous: Option<Box<Previous>>,
    /// Answers to questions that the questionnaire does not contain; kept as they were read.
    pub(super) orphans: Vec<(String, Answer)>,
    pub(super) position: Uncompared<Position>,
    pub(super) changed: Uncompared<Changed>,

    pub(super) questions: Questions,
    pub(super) disputed: Disputed,
    pub(super) visibility: Visibility,
}

/// Everything that a session is made from.
pub(super) struct Parts {
    pub subject: String,
    pub domain: String,
    pub created: Timestamp,
    pub questionnaire: Questionnaire,
    /// One per question, in order; missing ones are empty.
    pub answers: Vec<Answer>,
    /// Answers to unknown questions, by id.
    pub orphans: Vec<(String, Answer)>,
    pub introduction: String,
    pub sections: Vec<PageSection>,
    pub properties: String,
    pub page: Option<String>,
    pub entries: Entries,
    pub previous: Option<Box<Previous>>,
    pub position: Option<Position>,
    pub changed: Changed,
}

impl Parts {
    /// The parts of a session without answers.
    pub fn new(subject: String, created: Timestamp, mut questionnaire: Questionnaire) -> Self {
        // A session is in one language, which was chosen before.
        questionnaire.translations.clear();
        Self {
            subject,
            domain: String::new(),
            created,
            questionnaire,
            answers: Vec::new(),
            orphans: Vec::new(),
            introduction: String::new(),
            sections: Vec::new(),
            properties: String::new(),
            page: None,
            entries: Entries::default(),
            previous: None,
            position: None,
            changed: Changed::new(),
        }
    }
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
        Self::from_parts(Parts { sections, ..Parts::new(subject.into(), created, questionnaire) })
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
        let parts = Parts::new(subject.into(), created, questionnaire);
        Self::from_parts(Parts { answers, introduction, sections, page: Some(page), ..parts })
    }

    pub(super) fn from_parts(mut parts: Parts) -> Self {
        let questions = Questions::of(&parts.questionnaire);
        parts.answers.resize_with(questions.len(), Answer::default);
        let disputed = Disputed::of(&parts.entries.conflicts);
        let visibility = Visibility::of(Answered {
            questionnaire: &parts.questionnaire,
            questions: &questions,
            answers: &parts.answers,
            disputed: &disputed,
        });
        let mut session = Self {
            subject: parts.subject,
            domain: parts.domain,
            created: parts.created,
            questionnaire: parts.questionnaire,
            answers: parts.answers,
            introduction: parts.introduction,
            sections: parts.sections,
            properties: parts.properties,
            page: parts.page,
            entries: parts.entries,
            previous: parts.previous,
            orphans: parts.orphans,
            position: Uncompared(Position::start_of(Item::Introduction)),
            changed: Uncompared(parts.changed),
            questions,
            disputed,
            visibility,
        };
        session.position = Uncompared(session.start());
        if let Some(position) = parts.position {
            session.resume_at(position);
        }
        session
    }

    /// The start of the first open question; of the introduction if there are no questions.
    pub(super) fn start(&self) -> Position {
        let open = (0..self.len()).find(|&index| self.is_open(index));
        let first = open.or((!self.is_empty()).then_some(0));
        let item = first.map(|index| Item::of(self.question(index)));
        Position::start_of(item.unwrap_or(Item::Introduction))
    }

    /// Moves the reviewer to a position that was stored apart from the session.
    pub fn resume_at(&mut self, position: Position) {
        self.position = Uncompared(self.clamped(position));
    }

    /// Applies one edit by the author and at the time of `stamp`. This is the only way to change a session.
    ///
    /// # Errors
    /// [`EditMismatch`] if the edit does not match the session, which is then unchanged.
    pub fn apply(&mut self, edit: &Edit, stamp: &Stamp) -> Result<(), EditMismatch> {
        self.replay(edit, stamp)?;
        let mut touched: Vec<&str> = edit.question().into_iter().collect();
        if let Edit::Entry { before, after } = edit {
            touched.extend([before, after].into_iter().flatten().filter_map(disputed_in));
        }
        for id in touched {
            let Some(index) = self.index_of(id) else { continue };
            let Self { questionnaire, questions, answers, disputed, visibility, .. } = self;
            visibility.refresh(index, Answered { questionnaire, questions, answers, disputed });
        }
        Ok(())
    }

    /// Applies one edit of many, after the last of which [`settle`](Self::settle) finds out which questions
    /// are asked and open.
    ///
    /// # Errors
    /// [`EditMismatch`] if the edit does not match the session, which is then unchanged.
    pub fn replay(&mut self, edit: &Edit, stamp: &Stamp) -> Result<(), EditMismatch> {
        match edit {
            Edit::Splice { text, at, removed, inserted } => {
                self.splice(text, *at, removed, inserted, stamp)?;
            }
            Edit::Subject { before, after } => swap(&mut self.subject, before, after)?,
            Edit::Domain { before, after } => swap(&mut self.domain, before, after)?,
            Edit::Section { index, before, after } => {
                swap_in_list(&mut self.sections, *index, before.as_deref(), after.as_deref())?;
            }
            Edit::MoveSection { from, to } => move_in_list(&mut self.sections, *from, *to)?,
            Edit::Question { section, index, before, after } => {
                self.replace_question(section, *index, before.as_deref(), after.as_deref())?;
            }
            Edit::Instance { index, before, after } => {
                self.replace_instance(*index, before.as_deref(), after.as_deref())?;
            }
            Edit::Questionnaire { before, after } => {
                let mut questionnaire = self.questionnaire.clone();
                swap(&mut questionnaire, before, after)?;
                self.set_questionnaire(questionnaire);
            }
            Edit::Page { before, after } => swap(&mut self.page, before, after)?,
            Edit::Entry { before, after } => {
                if !self.entries.replace(before.as_ref(), after.as_ref()) {
                    return Err(EditMismatch);
                }
                self.disputed.replace(before.as_ref(), after.as_ref());
            }
            Edit::Previous { before, after } => swap(&mut self.previous, before, after)?,
            Edit::Match { was, before, after } => self.rematch(was, before.as_deref(), after.as_deref())?,
            Edit::Changed { before, after } => set_changed(&mut self.changed.0, before, after),
            Edit::All(edits) => self.apply_all(edits, stamp)?,
            Edit::Go { .. } => {}
            Edit::Choose { question, .. }
            | Edit::Link { question, .. }
            | Edit::MoveLink { question, .. }
            | Edit::Basis { question, .. }
            | Edit::Answer { question, .. }
            | Edit::Flag { question, .. } => {
                let applied =
                    self.answer_mut(question, edit).and_then(|answer| apply_to_answer(answer, edit));
                self.orphans.retain(|(_, answer)| !answer.is_empty());
                applied?;
            }
        }
        note_change(&mut self.changed.0, &self.sections, edit, stamp);
        let position = edit.position().unwrap_or_else(|| self.position.0.clone());
        self.position = Uncompared(self.clamped(position));
        Ok(())
    }

    /// The answer to a question. Only whole answers to unknown questions are changed: by a merge.
    fn answer_mut(&mut self, id: &str, edit: &Edit) -> Result<&mut Answer, EditMismatch> {
        if let Some(index) = self.index_of(id) {
            return Ok(&mut self.answers[index]);
        }
        let at = match self.orphans.binary_search_by(|(known, _)| known.as_str().cmp(id)) {
            Ok(at) => at,
            Err(at) if matches!(edit, Edit::Answer { .. }) => {
                self.orphans.insert(at, (id.to_owned(), Answer::default()));
                at
            }
            Err(_) => return Err(EditMismatch),
        };
        Ok(&mut self.orphans[at].1)
    }

    fn splice(
        &mut self,
        text: &TextRef,
        at: usize,
        removed: &str,
        inserted: &str,
        stamp: &Stamp,
    ) -> Result<(), EditMismatch> {
        let slot = self.text_mut(text).ok_or(EditMismatch)?;
        let end = at.checked_add(removed.len()).ok_or(EditMismatch)?;
        if slot.get(at..end) != Some(removed) || slot.len() - removed.len() + inserted.len() > MAX_TEXT {
            return Err(EditMismatch);
        }
        match text {
            TextRef::Detail(id) => {
                let index = self.index_of(id).ok_or(EditMismatch)?;
                note_citations(&mut self.answers[index], at..end, inserted, stamp);
            }
            TextRef::Note(_)
            | TextRef::Value(_)
            | TextRef::Qualifier(_)
            | TextRef::Flag(_)
            | TextRef::Link(..)
            | TextRef::Introduction
            | TextRef::Properties
            | TextRef::Section(_) => slot.replace_range(at..end, inserted),
        }
        Ok(())
    }

    /// Applies all edits or none.
    fn apply_all(&mut self, edits: &[Edit], stamp: &Stamp) -> Result<(), EditMismatch> {
        let changed = self.changed.0.clone();
        for (done, edit) in edits.iter().enumerate() {
            if let Err(mismatch) = self.apply(edit, stamp) {
                for edit in edits[..done].iter().rev() {
                    // What was just done can be undone.
                    let _ = self.apply(&edit.inverse(), stamp);
                }
                self.changed.0 = changed;
                return Err(mismatch);
            }
        }
        Ok(())
    }

    fn replace_question(
        &mut self,
        section: &str,
        index: usize,
        before: Option<&Question>,
        after: Option<&Question>,
    ) -> Result<(), EditMismatch> {
        let is_new_id = |new: &&Question| before.is_none_or(|old| old.id != new.id);
        if after.filter(is_new_id).is_some_and(|new| self.index_of(&new.id).is_some()) {
            return Err(EditMismatch);
        }
        let mut questionnaire = self.questionnaire.clone();
        let section = questionnaire.sections.iter_mut().find(|s| s.id == section).ok_or(EditMismatch)?;
        swap_in_list(&mut section.questions, index, before, after)?;
        self.set_questionnaire(questionnaire);
        Ok(())
    }

    fn replace_instance(
        &mut self,
        index: usize,
        before: Option<&Section>,
        after: Option<&Section>,
    ) -> Result<(), EditMismatch> {
        let is_old = |id: &str| before.is_some_and(|old| old.questions.iter().any(|known| known.id == id));
        let mut new = after.iter().flat_map(|section| &section.questions);
        if new.any(|question| !is_old(&question.id) && self.index_of(&question.id).is_some()) {
            return Err(EditMismatch);
        }
        let mut questionnaire = self.questionnaire.clone();
        swap_in_list(&mut questionnaire.sections, index, before, after)?;
        self.set_questionnaire(questionnaire);
        Ok(())
    }

    /// Sets the questionnaire. Answers to questions that it does not have are kept apart until it does. A
    /// reviewer whose question is gone is at the nearest one before it. Which questions are open does not
    /// matter here: that is not known while edits are replayed.
    fn set_questionnaire(&mut self, questionnaire: Questionnaire) {
        let ids = self.questionnaire.questions().map(|question| question.id.clone());
        let answers = ids.zip(std::mem::take(&mut self.answers)).chain(std::mem::take(&mut self.orphans));
        let mut known: BTreeMap<String, Answer> = answers.filter(|(_, answer)| !answer.is_empty()).collect();
        self.answers = questionnaire
            .questions()
            .map(|question| known.remove(&question.id).unwrap_or_default())
            .collect();
        self.orphans = known.into_iter().collect();
        let old = std::mem::replace(&mut self.questionnaire, questionnaire);
        self.questions = Questions::of(&self.questionnaire);
        if !self.contains(&self.position.0.item) {
            let here = &self.position.0.item;
            let before = old.questions().map(Item::of).take_while(|item| item != here);
            let nearest = before.filter(|item| self.contains(item)).last();
            let first = || self.questionnaire.questions().next().map(Item::of);
            let item = nearest.or_else(first).unwrap_or(Item::Introduction);
            self.position = Uncompared(Position::start_of(item));
        }
        self.settle();
    }

    /// Finds out which questions are asked and open, after edits that were replayed.
    pub fn settle(&mut self) {
        let version = self.visibility.version();
        self.visibility = Visibility::of(self.answered());
        self.visibility.follow(version);
    }

    /// What is reviewed.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The domain of what is reviewed, for example "zendesk.com"; empty if it is not known.
    pub fn domain(&self) -> &str {
        &self.domain
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
    pub fn prompt(&self, item: &Item) -> Cow<'_, str> {
        Cow::Borrowed(match item {
            Item::Question(id) => self.index_of(id).map_or("", |index| &self.question(index).text),
            Item::Introduction => {
                let own = self.questionnaire.report.introduction.trim();
                let prompt = if own.is_empty() { INTRODUCTION_PROMPT } else { own };
                // A sentence that ends with a word or a parenthesis is not finished.
                let is_open = |end: char| end.is_alphanumeric() || matches!(end, ')' | ']' | ',' | ';');
                let stop = if prompt.ends_with(is_open) { "." } else { "" };
                return Cow::Owned(format!("{prompt}{stop} {INTRODUCTION_PLACE}"));
            }
            Item::Properties => PROPERTIES_PROMPT,
            Item::Section(index) => self.sections.get(*index).map_or("", |section| &section.prompt),
        })
    }

    /// The properties of the page that the reviewer set, one `key: value` per line.
    pub fn properties_text(&self) -> &str {
        &self.properties
    }

    /// Conflicts, comments, approvals and other entries.
    pub fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The earlier session that this one continues.
    pub fn previous(&self) -> Option<&Previous> {
        self.previous.as_deref()
    }

    /// The last change of each published part.
    pub fn changed(&self) -> &Changed {
        &self.changed.0
    }

    /// The source of the page as it was last read or written.
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
            Item::Introduction | Item::Properties | Item::Section(_) => None,
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
