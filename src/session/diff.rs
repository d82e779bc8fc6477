//! What differs between an earlier session and a later one, question by question.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::text::{Run, diff_words};

use super::answer::{Answer, Basis, Link};
use super::previous::{Before, Match, Previous};
use super::session::Session;

/// The differences of two sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// The questions and parts of the page in the order of the later session, then those that are gone.
    pub items: Vec<ItemDiff>,
}

/// A question or part of the page in both sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemDiff {
    /// The id of the question; `introduction`, or the heading of the section.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How much it differs.
    pub state: State,
    /// What differs.
    pub fields: Vec<FieldDiff>,
}

/// How much something differs, the least first. An item is in the state of the field that differs most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not at all.
    Same,
    /// Only in what is not published, or in when and in which order links were read.
    Trivia,
    /// In its links.
    Links,
    /// In words, or in how the answer is known.
    Words,
    /// In the answer.
    Verdict,
    /// It was not asked.
    Added,
    /// It is no longer asked.
    Gone,
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldDiff {
    /// The labels of the choices.
    Choice {
        /// Before.
        old: Vec<String>,
        /// After.
        new: Vec<String>,
    },
    /// A text.
    Text {
        /// Which one.
        part: Part,
        /// Before.
        old: String,
        /// After.
        new: String,
        /// The pieces of both.
        runs: Vec<Run>,
    },
    /// A link.
    Link(LinkDiff),
    /// How the answer is known.
    Basis {
        /// Before.
        old: Option<Basis>,
        /// After.
        new: Option<Basis>,
    },
}

/// A text that can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The question.
    Question,
    /// The value.
    Value,
    /// The qualifier.
    Qualifier,
    /// The detail, or the text of a part of the page.
    Detail,
    /// The note.
    Note,
    /// The flag.
    Flag,
}

/// How a link differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkDiff {
    /// It is new.
    Added(Link),
    /// It is gone.
    Gone(Link),
    /// Its label or quote differs, or whether it is internal.
    Changed(Link, Link),
    /// It was read again.
    Reread(Link, Link),
}

impl LinkDiff {
    /// Whether it was only for the reviewer, and is.
    pub fn is_internal(&self) -> bool {
        match self {
            Self::Added(link) | Self::Gone(link) => link.internal,
            Self::Changed(old, new) | Self::Reread(old, new) => old.internal && new.internal,
        }
    }
}

impl Part {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Question => "Question",
            Self::Value => "Value",
            Self::Qualifier => "Qualifier",
            Self::Detail => "Detail",
            Self::Note => "Note",
            Self::Flag => "Flag",
        }
    }
}

impl State {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Same => "unchanged",
            Self::Trivia => "small changes",
            Self::Links => "links",
            Self::Words => "words",
            Self::Verdict => "answer changed",
            Self::Added => "new",
            Self::Gone => "removed",
        }
    }
}

impl FieldDiff {
    fn state(&self) -> State {
        match self {
            Self::Choice { .. } => State::Verdict,
            Self::Text { part, .. } => match part {
                Part::Value | Part::Qualifier => State::Verdict,
                Part::Question | Part::Detail => State::Words,
                Part::Note | Part::Flag => State::Trivia,
            },
            Self::Link(LinkDiff::Reread(..)) => State::Trivia,
            Self::Link(link) if link.is_internal() => State::Trivia,
            Self::Link(LinkDiff::Added(_) | LinkDiff::Gone(_) | LinkDiff::Changed(..)) => State::Links,
            Self::Basis { .. } => State::Words,
        }
    }
}

impl Diff {
    /// The number of items in this state.
    pub fn count(&self, state: State) -> usize {
        self.items.iter().filter(|item| item.state == state).count()
    }
}

/// The differences between an earlier session and a later one, whose questions are paired in `before`.
pub fn diff(before: &Previous, after: &Session) -> Diff {
    let questions = (0..after.len()).filter_map(|index| question(before, after, index));
    let introduction = part("introduction", "Introduction", &before.introduction, after.introduction());
    let old_text = |heading: &str| before.sections.iter().find(|old| old.heading == heading);
    let sections = after.sections().iter().map(|section| {
        let old = old_text(&section.heading).map_or("", |old| &old.text);
        part(&section.heading, &section.heading, old, &section.text)
    });
    let is_known = |heading: &str| after.sections().iter().any(|section| section.heading == heading);
    let gone_sections = before.sections.iter().filter(|old| !is_known(&old.heading));
    let gone_sections = gone_sections.map(|old| part(&old.heading, &old.heading, &old.text, ""));
    let items = questions.chain([introduction]).chain(sections).chain(gone_sections);
    let gone = before.gone().filter(|gone| !gone.answer.is_empty()).map(|gone| {
        let fields = answer(gone, &gone.answer, &Answer::default(), &[]);
        ItemDiff { id: gone.was.id.clone(), title: gone.was.title.clone(), state: State::Gone, fields }
    });
    Diff { items: items.chain(gone).collect() }
}

/// A question. `None` if it is asked in neither session.
fn question(before: &Previous, after: &Session, index: usize) -> Option<ItemDiff> {
    let (question, now) = (after.question(index), after.answer(index));
    let labels: Vec<String> = after.chosen_labels(index).into_iter().map(str::to_owned).collect();
    let (id, title) = (question.id.clone(), question.title.clone());
    let old = before.before(&id).filter(|old| old.r#match != Match::Hidden);
    match (old, after.is_asked(index)) {
        (None, false) => None,
        (None, true) => {
            let nothing = Before {
                question: None,
                was: question.clone(),
                choices: Arc::default(),
                answer: Answer::default(),
                changed: None,
                r#match: Match::Gone,
            };
            let fields = answer(&nothing, &nothing.answer, now, &labels);
            Some(ItemDiff { id, title, state: State::Added, fields })
        }
        (Some(old), is_asked) => {
            let mut fields: Vec<FieldDiff> = text(Part::Question, &old.was.text, &question.text).collect();
            fields.extend(answer(old, &old.answer, now, &labels));
            let state = fields.iter().map(FieldDiff::state).max().unwrap_or(State::Same);
            let state = if is_asked { state } else { State::Gone };
            Some(ItemDiff { id, title, state, fields })
        }
    }
}

fn part(id: &str, title: &str, old: &str, new: &str) -> ItemDiff {
    let fields: Vec<FieldDiff> = text(Part::Detail, old, new).collect();
    let state = fields.iter().map(FieldDiff::state).max().unwrap_or(State::Same);
    ItemDiff { id: id.to_owned(), title: title.to_owned(), state, fields }
}

/// The differences of two answers, of which the later one has these labels.
fn answer(before: &Before, old: &Answer, new: &Answer, labels: &[String]) -> Vec<FieldDiff> {
    let old_labels: Vec<String> = before.labels().map(str::to_owned).collect();
    let choice = (old.choices != new.choices && old_labels != labels)
        .then(|| FieldDiff::Choice { old: old_labels, new: labels.to_vec() });
    let basis = (old.basis != new.basis).then_some(FieldDiff::Basis { old: old.basis, new: new.basis });
    let flag = |answer: &Answer| answer.flag.clone().unwrap_or_default();
    let mut fields: Vec<FieldDiff> = choice.into_iter().collect();
    fields.extend(text(Part::Value, &old.value, &new.value));
    fields.extend(text(Part::Qualifier, &old.qualifier, &new.qualifier));
    fields.extend(basis);
    fields.extend(text(Part::Detail, &old.detail, &new.detail));
    fields.extend(links(&old.links, &new.links).into_iter().map(FieldDiff::Link));
    fields.extend(text(Part::Note, &old.note, &new.note));
    fields.extend(text(Part::Flag, &flag(old), &flag(new)));
    fields
}

fn text(part: Part, old: &str, new: &str) -> impl Iterator<Item = FieldDiff> {
    let differs = old != new;
    let field = differs.then(|| {
        let runs = diff_words(old, new);
        FieldDiff::Text { part, old: old.to_owned(), new: new.to_owned(), runs }
    });
    field.into_iter()
}

/// The differences of two lists of links, paired by address; equal addresses in their order.
fn links(old: &[Link], new: &[Link]) -> Vec<LinkDiff> {
    let mut left: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (place, link) in old.iter().enumerate() {
        left.entry(address(&link.url)).or_default().push_back(place);
    }
    let mut is_paired = vec![false; old.len()];
    let mut found = Vec::new();
    for link in new {
        let Some(place) = left.get_mut(&address(&link.url)).and_then(VecDeque::pop_front) else {
            found.push(LinkDiff::Added(link.clone()));
            continue;
        };
        is_paired[place] = true;
        let before = &old[place];
        if (&before.label, &before.quote, before.internal) != (&link.label, &link.quote, link.internal) {
            found.push(LinkDiff::Changed(before.clone(), link.clone()));
        } else if before.retrieved != link.retrieved {
            found.push(LinkDiff::Reread(before.clone(), link.clone()));
        }
    }
    let gone = old.iter().zip(is_paired).filter(|(_, is_paired)| !is_paired);
    found.extend(gone.map(|(link, _)| LinkDiff::Gone(link.clone())));
    found
}

/// A URL for comparing: scheme and host in lower case, without a final slash.
fn address(url: &str) -> String {
    let url = url.trim().trim_end_matches('/');
    let host_end =
        url.find("://").map_or(0, |at| url[at + 3..].find('/').map_or(url.len(), |end| at + 3 + end));
    url[..host_end].to_lowercase() + &url[host_end..]
}
