//! The session: the questionnaire's copy, the answers, and what follows from them.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::questionnaire::{Given, Question, Questionnaire, holds, mentioned};

use super::answer::Answer;
use super::edit::{Edit, LinkPart, Misfit, TextRef, apply_to_answer};
use super::position::{Field, Item, Position};
use super::progress::{Count, Reason, State, reasons};

/// The longest a single text may get, in bytes.
pub const MAX_TEXT: usize = 256 * 1024;

/// What the reviewer is asked to write above the table of the page.
const INTRODUCTION: &str = "What is it, what is it used for, and which kinds of data does it see? This text stands above the table, \
                            its first paragraph also as the page's description.";

/// One conduct of one questionnaire about one subject.
///
/// What follows from the answers (which questions are asked, progress) is kept up to date by
/// [`apply`](Self::apply), at a cost that does not grow with the number of questions.
#[derive(Debug, Clone)]
pub struct Session {
    pub(super) subject: String,
    pub(super) created: Timestamp,
    pub(super) questionnaire: Questionnaire,
    pub(super) answers: Vec<Answer>,
    pub(super) introduction: String,
    pub(super) sections: Vec<PageSection>,
    pub(super) page: Option<String>,
    pub(super) position: Position,
    /// Answers to questions that the questionnaire does not have; kept as they were read.
    pub(super) strays: Vec<(String, Answer)>,

    /// Section and place in it, by the order of questions.
    places: Vec<(usize, usize)>,
    index: HashMap<String, usize>,
    /// The questions whose condition mentions a question.
    dependents: Vec<Vec<usize>>,
    states: Vec<State>,
    total: Count,
    by_section: Vec<Count>,
    asked_version: u64,
    /// The place of each question in an order in which it comes after all that its condition mentions.
    rank: Vec<usize>,
}

/// A section of the page after the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSection {
    /// Its heading.
    pub heading: String,
    /// What the reviewer is asked to write.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// What a session is made of, when all of it is known.
pub(super) struct Parts {
    pub subject: String,
    pub created: Timestamp,
    pub questionnaire: Questionnaire,
    /// Of each question, in their order.
    pub answers: Vec<Answer>,
    /// To questions that are not there, by id.
    pub strays: Vec<(String, Answer)>,
    pub introduction: String,
    pub sections: Vec<PageSection>,
    pub page: Option<String>,
    pub position: Option<Position>,
}

impl Session {
    /// A session in which nothing has been answered.
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
            strays: Vec::new(),
            introduction: String::new(),
            sections,
            page: None,
            position: None,
        })
    }

    /// A session with the answers to all questions in their order, as read from a page whose source is `page`.
    pub fn imported(
        questionnaire: Questionnaire,
        subject: impl Into<String>,
        created: Timestamp,
        answers: Vec<Answer>,
        introduction: String,
        sections: Vec<PageSection>,
        page: String,
    ) -> Self {
        let subject = subject.into();
        let (page, position) = (Some(page), None);
        Self::from_parts(Parts {
            subject,
            created,
            questionnaire,
            answers,
            strays: Vec::new(),
            introduction,
            sections,
            page,
            position,
        })
    }

    pub(super) fn from_parts(mut parts: Parts) -> Self {
        let questions: Vec<&Question> = parts.questionnaire.questions().collect();
        let mut index = HashMap::with_capacity(questions.len());
        for (i, question) in questions.iter().enumerate() {
            index.entry(question.id.clone()).or_insert(i);
        }
        let mut dependents = vec![Vec::new(); questions.len()];
        for (i, question) in questions.iter().enumerate() {
            for id in question.enable_when.iter().flat_map(mentioned) {
                if let Some(&on) = index.get(id) {
                    dependents[on].push(i);
                }
            }
        }
        parts.answers.resize_with(questions.len(), Answer::default);
        let sections = parts.questionnaire.sections.iter().enumerate();
        let places: Vec<_> =
            sections.flat_map(|(s, section)| (0..section.questions.len()).map(move |q| (s, q))).collect();
        let first = questions.first().map_or(Item::Introduction, |q| Item::Question(q.id.clone()));
        let mut session = Self {
            subject: parts.subject,
            created: parts.created,
            answers: parts.answers,
            introduction: parts.introduction,
            sections: parts.sections,
            page: parts.page,
            position: parts.position.unwrap_or_else(|| Position::start_of(first.clone())),
            strays: parts.strays,
            states: vec![State::default(); places.len()],
            by_section: vec![Count::default(); parts.questionnaire.sections.len()],
            total: Count::default(),
            asked_version: 0,
            rank: ranks(&dependents),
            questionnaire: parts.questionnaire,
            places,
            index,
            dependents,
        };
        if !session.has(&session.position.item) {
            session.position = Position::start_of(first);
        }
        session.position = session.clamped(session.position.clone());
        session.refresh_all();
        session
    }

    /// Changes the session; the one place where that happens.
    ///
    /// # Errors
    /// [`Misfit`] if the edit speaks of something that is not there; then nothing is changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Misfit> {
        match edit {
            Edit::Splice { text, at, removed, inserted } => {
                let slot = self.text_mut(text).ok_or(Misfit)?;
                let end = at.checked_add(removed.len()).ok_or(Misfit)?;
                if slot.get(*at..end) != Some(removed.as_str())
                    || slot.len() - removed.len() + inserted.len() > MAX_TEXT
                {
                    return Err(Misfit);
                }
                slot.replace_range(*at..end, inserted);
            }
            Edit::Subject { before, after } => {
                if self.subject != *before {
                    return Err(Misfit);
                }
                self.subject.clone_from(after);
            }
            Edit::Go { .. } => {}
            Edit::Choose { question, .. }
            | Edit::Link { question, .. }
            | Edit::MoveLink { question, .. }
            | Edit::Basis { question, .. }
            | Edit::Flag { question, .. } => {
                let at = *self.index.get(question).ok_or(Misfit)?;
                apply_to_answer(&mut self.answers[at], edit)?;
            }
        }
        if let Some(at) = edit.question().and_then(|id| self.index.get(id)) {
            self.refresh(*at);
        }
        if let Some(position) = edit.position() {
            self.position = self.clamped(position);
        }
        Ok(())
    }

    /// What is reviewed.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// When the session was started.
    pub fn created(&self) -> Timestamp {
        self.created
    }

    /// The session's own copy of the questionnaire.
    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The text above the table of the page, markdown.
    pub fn introduction(&self) -> &str {
        &self.introduction
    }

    /// The sections of the page after the table.
    pub fn sections(&self) -> &[PageSection] {
        &self.sections
    }

    /// What the reviewer is asked for at an item: the question, or what to write into a part of the page.
    pub fn prompt(&self, item: &Item) -> &str {
        match item {
            Item::Question(id) => self.index_of(id).map_or("", |index| &self.question(index).text),
            Item::Introduction => INTRODUCTION,
            Item::Section(index) => self.sections.get(*index).map_or("", |section| &section.prompt),
        }
    }

    /// The source of the page that the session was imported from.
    pub fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    /// Where the reviewer is.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Answers to questions that the questionnaire does not have, by id.
    pub fn strays(&self) -> &[(String, Answer)] {
        &self.strays
    }

    /// How many questions there are, asked or not.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no question at all.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The place of a question in the order of all questions.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The question at `index`, which must be less than [`len`](Self::len).
    pub fn question(&self, index: usize) -> &Question {
        let (section, at) = self.places[index];
        &self.questionnaire.sections[section].questions[at]
    }

    /// The section of the question at `index`, by its place.
    pub fn section_of(&self, index: usize) -> usize {
        self.places[index].0
    }

    /// The answer to the question at `index`.
    pub fn answer(&self, index: usize) -> &Answer {
        &self.answers[index]
    }

    /// The answer to a question by its id.
    pub fn answer_to(&self, id: &str) -> Option<&Answer> {
        self.index_of(id).map(|index| self.answer(index))
    }

    /// Whether the question at `index` is asked: its condition holds.
    pub fn is_asked(&self, index: usize) -> bool {
        self.states[index].asked
    }

    /// Whether the question at `index` is asked and open.
    pub fn is_open(&self, index: usize) -> bool {
        let state = self.states[index];
        state.asked && !state.done
    }

    /// Everything that keeps the question at `index` open; empty for one that is done or not asked.
    pub fn reasons(&self, index: usize) -> Vec<Reason> {
        if self.is_asked(index) {
            reasons(&self.questionnaire, self.question(index), self.answer(index))
        } else {
            Vec::new()
        }
    }

    /// A number that changes whenever other questions are asked.
    pub fn asked_version(&self) -> u64 {
        self.asked_version
    }

    /// Progress over all questions.
    pub fn progress(&self) -> Count {
        self.total
    }

    /// Progress in one section, by its place.
    pub fn section_progress(&self, section: usize) -> Count {
        self.by_section.get(section).copied().unwrap_or_default()
    }

    /// The labels of the choices made in an answer to the question at `index`, in order.
    pub fn chosen_labels(&self, index: usize) -> Vec<&str> {
        let choices = self.questionnaire.choices(self.question(index));
        let made = self.answers[index].choices.iter();
        made.map(|id| choices.iter().find(|c| c.id == *id).map_or(id.as_str(), |c| c.label.as_str()))
            .collect()
    }

    /// The text that `text` names, or `None` where there is none.
    pub fn text(&self, text: &TextRef) -> Option<&str> {
        let answer = match text.question() {
            Some(id) => Some(self.answer_to(id)?),
            None => None,
        };
        match (text, answer) {
            (TextRef::Detail(_), Some(a)) => Some(&a.detail),
            (TextRef::Note(_), Some(a)) => Some(&a.note),
            (TextRef::Value(_), Some(a)) => Some(&a.value),
            (TextRef::Qualifier(_), Some(a)) => Some(&a.qualifier),
            (TextRef::Flag(_), Some(a)) => a.flag.as_deref(),
            (TextRef::Link(_, index, part), Some(a)) => {
                let link = a.links.get(*index)?;
                Some(match part {
                    LinkPart::Url => &link.url,
                    LinkPart::Label => &link.label,
                    LinkPart::Quote => &link.quote,
                    LinkPart::Retrieved => &link.retrieved,
                })
            }
            (TextRef::Introduction, _) => Some(&self.introduction),
            (TextRef::Section(index), _) => self.sections.get(*index).map(|s| s.text.as_str()),
            _ => None,
        }
    }

    /// The text that a position's field shows, if it is one that is typed into.
    pub fn text_at(&self, position: &Position) -> Option<TextRef> {
        let id = match &position.item {
            Item::Introduction => return Some(TextRef::Introduction),
            Item::Section(index) => return Some(TextRef::Section(*index)),
            Item::Question(id) => id.clone(),
        };
        let text = match position.field {
            Field::Answer => {
                let question = self.question(self.index_of(&id)?);
                if question.kind.has_choices() {
                    return None;
                }
                TextRef::Value(id)
            }
            Field::Qualifier => TextRef::Qualifier(id),
            Field::Detail => TextRef::Detail(id),
            Field::Note => TextRef::Note(id),
            Field::Flag => TextRef::Flag(id),
            Field::Links => return None,
            Field::LinkUrl => TextRef::Link(id, position.link, LinkPart::Url),
            Field::LinkLabel => TextRef::Link(id, position.link, LinkPart::Label),
            Field::LinkQuote => TextRef::Link(id, position.link, LinkPart::Quote),
        };
        self.text(&text).is_some().then_some(text)
    }

    fn text_mut(&mut self, text: &TextRef) -> Option<&mut String> {
        let answer = match text.question() {
            Some(id) => Some(&mut self.answers[*self.index.get(id)?]),
            None => None,
        };
        match (text, answer) {
            (TextRef::Detail(_), Some(a)) => Some(&mut a.detail),
            (TextRef::Note(_), Some(a)) => Some(&mut a.note),
            (TextRef::Value(_), Some(a)) => Some(&mut a.value),
            (TextRef::Qualifier(_), Some(a)) => Some(&mut a.qualifier),
            (TextRef::Flag(_), Some(a)) => a.flag.as_mut(),
            (TextRef::Link(_, index, part), Some(a)) => {
                let link = a.links.get_mut(*index)?;
                Some(match part {
                    LinkPart::Url => &mut link.url,
                    LinkPart::Label => &mut link.label,
                    LinkPart::Quote => &mut link.quote,
                    LinkPart::Retrieved => &mut link.retrieved,
                })
            }
            (TextRef::Introduction, _) => Some(&mut self.introduction),
            (TextRef::Section(index), _) => self.sections.get_mut(*index).map(|s| &mut s.text),
            _ => None,
        }
    }

    fn has(&self, item: &Item) -> bool {
        match item {
            Item::Question(id) => self.index.contains_key(id),
            Item::Introduction => true,
            Item::Section(index) => *index < self.sections.len(),
        }
    }

    /// `position` with item, field, link and cursor where the session has them.
    fn clamped(&self, mut position: Position) -> Position {
        if !self.has(&position.item) {
            return self.position.clone();
        }
        if let Item::Question(id) = &position.item {
            let is_link_part = matches!(position.field, Field::LinkUrl | Field::LinkLabel | Field::LinkQuote);
            let links = self.answer_to(id).map_or(0, |answer| match position.field {
                Field::Links => answer.link_count(),
                _ => answer.links.len(),
            });
            position.link = position.link.min(links.saturating_sub(1));
            if is_link_part && links == 0 {
                position.field = Field::Links;
            }
            if position.field == Field::Flag && self.answer_to(id).is_some_and(|a| a.flag.is_none()) {
                position.field = Field::Answer;
            }
        } else {
            position.field = Field::Detail;
        }
        let text = self.text_at(&position).and_then(|text| self.text(&text)).unwrap_or("");
        let cursor = position.cursor.min(text.len());
        position.cursor = (0..=cursor).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        position
    }

    /// Brings the question at `from`, and all whose conditions hang on it, up to date.
    fn refresh(&mut self, from: usize) {
        // In the order of ranks each question comes after those that it hangs on, so it settles at once.
        let mut queue = BTreeSet::from([(self.rank[from], from)]);
        while let Some((rank, index)) = queue.pop_first() {
            let before = self.states[index];
            let after = self.state_of(index);
            self.total.take(before);
            self.total.add(after);
            let section = self.places[index].0;
            self.by_section[section].take(before);
            self.by_section[section].add(after);
            self.states[index] = after;
            self.asked_version += u64::from(before.asked != after.asked);
            if index == from || before.asked != after.asked {
                let later = self.dependents[index].iter().map(|&i| (self.rank[i], i));
                queue.extend(later.filter(|(other, _)| *other > rank));
            }
        }
    }

    fn refresh_all(&mut self) {
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_unstable_by_key(|&index| self.rank[index]);
        for index in order {
            self.refresh(index);
        }
    }

    fn state_of(&self, index: usize) -> State {
        let question = self.question(index);
        let given = |id: &str| {
            let at = self.index_of(id).filter(|&at| self.states[at].asked)?;
            let answer = &self.answers[at];
            Some(Given { choices: &answer.choices, value: &answer.value })
        };
        let asked = question.enable_when.as_ref().is_none_or(|condition| holds(condition, &given));
        let answer = &self.answers[index];
        let done = asked && answer.is_given() && reasons(&self.questionnaire, question, answer).is_empty();
        State { asked, done, flagged: answer.flag.is_some() }
    }
}

/// For each question its place in an order in which dependents come later; those in a circle come last.
fn ranks(dependents: &[Vec<usize>]) -> Vec<usize> {
    let mut waits = vec![0usize; dependents.len()];
    dependents.iter().flatten().for_each(|&i| waits[i] += 1);
    let mut ready: Vec<usize> = (0..dependents.len()).filter(|&i| waits[i] == 0).collect();
    let mut rank = vec![usize::MAX; dependents.len()];
    let mut next = 0;
    while next < ready.len() {
        let index = ready[next];
        rank[index] = next;
        next += 1;
        for &dependent in &dependents[index] {
            waits[dependent] -= 1;
            if waits[dependent] == 0 {
                ready.push(dependent);
            }
        }
    }
    rank
}

impl PartialEq for Session {
    /// The same content; where the reviewer is does not count.
    fn eq(&self, other: &Self) -> bool {
        self.subject == other.subject
            && self.created == other.created
            && self.questionnaire == other.questionnaire
            && self.answers == other.answers
            && self.introduction == other.introduction
            && self.sections == other.sections
            && self.page == other.page
            && self.strays == other.strays
            && self.states == other.states
            && self.total == other.total
            && self.by_section == other.by_section
    }
}
