//! What others changed on a page since it was read or written, as edits of the session: the page is merged
//! with the session, with the page as it was as their common base.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::markdown;
use crate::session::{
    Answer, Conflict, Edit, Entry, FieldValue, Link, PageSection, Place, Session, Stamp, TextRef, Unit,
    file_id, merge,
};
use crate::text;

use super::approvals::read_back;
use super::cells;
use super::contained::{contained, is_same};
use super::links::{without_files, without_paragraph};
use super::not_a_page::NotAPage;
use super::page::{Page, SectionRange, subject};
use super::rows::read_rows;

/// Whose version of something that both changed is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// That of the session.
    Ours,
    /// That of the page.
    Theirs,
}

/// The changes on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenIn {
    /// The session with them.
    pub session: Session,
    /// The edits that bring them into the session.
    pub edits: Vec<Edit>,
    /// What the session and the page both changed in different ways.
    pub differences: Vec<Difference>,
}

/// Something that the session and the page both changed in different ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is: `Detail of External TLS`.
    pub what: String,
    /// The session's version.
    pub ours: String,
    /// The page's version.
    pub theirs: String,
}

/// Finds what changed on `page` since it was `base`. Without a base, everything on the page that differs from
/// the session counts as changed by both. Differences are resolved as `keep` says; without it, the edits
/// leave the session's versions.
///
/// # Errors
/// [`NotAPage`] if `page` has no table of questions.
pub fn take_in(
    page: &str,
    base: Option<&str>,
    session: &Session,
    keep: Option<Keep>,
) -> Result<TakenIn, NotAPage> {
    let (page, base) = (read_back(page).0, base.map(|base| read_back(base).0));
    let page = Page::parse(&page)?;
    let base = base.as_deref().and_then(|base| Page::parse(base).ok());
    let theirs = Overlay::new(&page, session);
    let before = match &base {
        Some(base) => Overlay::new(base, session),
        None => theirs.blank(session),
    };
    let (mut edits, mut differences) = (Vec::new(), Vec::new());
    let merged = merge(&before.onto(session), session, &theirs.onto(session), &Stamp::default());
    for edit in merged.edits {
        match edit {
            Edit::Entry { before: None, after: Some(Entry::Conflict(conflict)) } => {
                if let Some(difference) = difference(session, &conflict) {
                    differences.push(difference);
                    if keep == Some(Keep::Theirs) {
                        edits.extend(session.use_other(&conflict, false));
                    }
                }
            }
            Edit::Entry { .. }
            | Edit::Page { .. }
            | Edit::Previous { .. }
            | Edit::Match { .. }
            | Edit::Changed { .. } => {}
            edit => edits.push(edit),
        }
    }
    let (changed, different) = properties(&page, base.as_ref(), session, keep);
    edits.extend(changed);
    differences.extend(different);
    let (session, edits) = combined(session, edits);
    Ok(TakenIn { session, edits, differences })
}

/// The session after edits that were each made for the session as it is, and the edits as they fit one after
/// the other.
fn combined(session: &Session, edits: Vec<Edit>) -> (Session, Vec<Edit>) {
    let mut after = session.clone();
    let mut fitting = Vec::new();
    for edit in edits {
        let edit = match edit {
            Edit::Answer { question, before, after: new } => {
                let now = after.answer_to(&question).cloned().unwrap_or_default();
                let new = if now == *before { *new } else { changes_of(&before, &new, now.clone()) };
                Edit::Answer { question, before: Box::new(now), after: Box::new(new) }
            }
            edit => edit,
        };
        if after.apply(&edit, &Stamp::default()).is_ok() {
            fitting.push(edit);
        }
    }
    (after, fitting)
}

/// `answer` with what differs between `before` and `after`.
fn changes_of(before: &Answer, after: &Answer, mut answer: Answer) -> Answer {
    if (&before.choices, &before.value, &before.qualifier) != (&after.choices, &after.value, &after.qualifier)
    {
        answer.take_verdict(after);
    }
    if before.detail != after.detail {
        answer.detail.clone_from(&after.detail);
    }
    if before.links != after.links {
        answer.links.clone_from(&after.links);
    }
    answer
}

/// What a page says about the parts of a session.
struct Overlay {
    answers: HashMap<String, Answer>,
    introduction: String,
    sections: Vec<PageSection>,
}

impl Overlay {
    fn new(page: &Page<'_>, session: &Session) -> Self {
        let mut answers = HashMap::new();
        for row in read_rows(page, session.questionnaire()) {
            let Some(index) = row.question else { continue };
            let answer = overlaid(session, index, &row.answer);
            answers.insert(session.question(index).id.clone(), answer);
        }
        let introduction = page.text(page.introduction.clone());
        let is_ours = is_same(&introduction, session.introduction());
        let introduction = if is_ours { session.introduction().to_owned() } else { introduction };
        Self { answers, introduction, sections: sections(page, session) }
    }

    /// The same parts, empty.
    fn blank(&self, session: &Session) -> Self {
        let without_words = |(id, theirs): (&String, &Answer)| {
            let ours = session.answer_to(id).cloned().unwrap_or_default();
            let blank = Answer {
                choices: Vec::new(),
                value: String::new(),
                qualifier: String::new(),
                detail: String::new(),
                links: Vec::new(),
                ..ours.clone()
            };
            (id.clone(), if ours == *theirs { ours } else { blank })
        };
        let sections = self.sections.iter().map(|section| {
            let is_ours = session.sections().contains(section);
            if is_ours { section.clone() } else { PageSection { text: String::new(), ..section.clone() } }
        });
        let is_same_introduction = self.introduction == session.introduction();
        Self {
            answers: self.answers.iter().map(without_words).collect(),
            introduction: if is_same_introduction { self.introduction.clone() } else { String::new() },
            sections: sections.collect(),
        }
    }

    /// The session with the parts that the page has.
    fn onto(&self, session: &Session) -> Session {
        let mut edits = Vec::new();
        for (id, answer) in &self.answers {
            let before = session.answer_to(id).cloned().unwrap_or_default();
            let (before, after) = (Box::new(before), Box::new(answer.clone()));
            edits.push(Edit::Answer { question: id.clone(), before, after });
        }
        let removed = session.introduction().to_owned();
        let inserted = self.introduction.clone();
        edits.push(Edit::Splice { text: TextRef::Introduction, at: 0, removed, inserted });
        if self.sections != session.sections() {
            for (index, section) in session.sections().iter().enumerate().rev() {
                edits.push(Edit::Section { index, before: Some(Box::new(section.clone())), after: None });
            }
            for (index, section) in self.sections.iter().enumerate() {
                edits.push(Edit::Section { index, before: None, after: Some(Box::new(section.clone())) });
            }
        }
        let mut with_page = session.clone();
        for edit in edits {
            // A text on a page that is longer than a session allows is left as it is.
            let _ = with_page.apply(&edit, &Stamp::default());
        }
        with_page
    }
}

/// The session's answer, with what a row says in place of what it would say itself.
fn overlaid(session: &Session, index: usize, row: &Answer) -> Answer {
    let ours = session.answer(index);
    let question = session.question(index);
    let choices = session.choices(index);
    let answer_cell =
        |answer: &Answer| cells::answer_cell(question.kind, cells::choice_labels(choices, answer), answer);
    let mut answer = ours.clone();
    if answer_cell(ours) != answer_cell(row) {
        answer.take_verdict(row);
    }
    // What a page says about files is not read back: they are kept as they are.
    let published = without_files(ours);
    let has_files = matches!(published, Cow::Owned(_));
    let detail = if has_files { without_paragraph(&row.detail) } else { &row.detail };
    let row = &Answer { detail: detail.to_owned(), ..row.clone() };
    if cells::detail_cell(&published) != cells::detail_cell(row) {
        answer.detail.clone_from(&row.detail);
        let cited = markdown::citations(&row.detail);
        // What a page does not show of a link is kept: when it was read, and its quote.
        let known = |link: &Link| ours.links.iter().find(|known| known.url == link.url).cloned();
        let from_row = row.links.iter().map(|link| match known(link) {
            Some(known) => Link { label: shown_label(&known, link), internal: false, ..known },
            None => link.clone(),
        });
        let is_on_page = |link: &Link| row.links.iter().any(|other| other.url == link.url);
        let not_in_list = ours.links.iter().filter(|link| {
            link.url.trim().is_empty()
                || file_id(&link.url).is_some()
                || link.internal && !is_on_page(link)
                || cited.iter().any(|citation| citation.url == link.url)
        });
        answer.links = not_in_list.cloned().chain(from_row).collect();
    }
    answer
}

/// The label of a link that a page shows: ours if it looks the same.
fn shown_label(ours: &Link, on_page: &Link) -> String {
    let is_same = ours.shown_label() == on_page.shown_label();
    if is_same { ours.label.clone() } else { on_page.label.clone() }
}

/// The session's sections as the page has them: those that it has, and those that are empty.
fn sections(page: &Page<'_>, session: &Session) -> Vec<PageSection> {
    let ours = session.sections();
    let names = numbered(ours.iter().map(|section| section.heading.as_str()));
    let by_name: HashMap<&(String, usize), &PageSection> = names.iter().zip(ours).collect();
    let page_names = numbered(page.sections.iter().map(|section| section.heading.as_str()));
    let on_page: Vec<PageSection> = page
        .sections
        .iter()
        .zip(&page_names)
        .map(|(section, name)| {
            let current = page.text(section.text.clone());
            match by_name.get(name) {
                Some(known) if is_current(page, section, known) => (*known).clone(),
                Some(known) => PageSection { text: current, ..(*known).clone() },
                None => {
                    PageSection { heading: section.heading.clone(), text: current, prompt: String::new() }
                }
            }
        })
        .collect();
    let found: HashMap<&(String, usize), &PageSection> = page_names.iter().zip(&on_page).collect();
    let mut all: Vec<PageSection> = Vec::new();
    for (section, name) in ours.iter().zip(&names) {
        match found.get(name) {
            Some(found) => all.push((*found).clone()),
            None if section.text.trim().is_empty() => all.push(section.clone()),
            None => {}
        }
    }
    // What follows a heading inside the text of a section is a section on the page only.
    let inside: Vec<Range<usize>> = page
        .sections
        .iter()
        .zip(&page_names)
        .filter_map(|(section, name)| continued(page, section.text.start, by_name.get(name)?))
        .collect();
    let mut is_inside = within(&inside);
    for ((section, name), place) in on_page.iter().zip(&page_names).zip(&page.sections) {
        if !is_inside(place.range.start) && !by_name.contains_key(name) {
            all.push(section.clone());
        }
    }
    all
}

/// Whether offsets, which must be asked for in ascending order, are within one of the ranges, which are
/// sorted.
pub fn within(ranges: &[Range<usize>]) -> impl FnMut(usize) -> bool + '_ {
    let mut next = 0;
    let mut reached = 0;
    move |offset| {
        while let Some(range) = ranges.get(next).filter(|range| range.start <= offset) {
            reached = reached.max(range.end);
            next += 1;
        }
        offset < reached
    }
}

/// Headings as names without case and punctuation, each with a number that tells equal ones apart.
pub fn numbered<'h>(headings: impl Iterator<Item = &'h str>) -> Vec<(String, usize)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let with_number = headings.map(|heading| {
        let name = text::normalized(heading);
        let number = seen.entry(name.clone()).or_default();
        *number += 1;
        (name, *number)
    });
    with_number.collect()
}

/// The byte range of the page from `start` on that is the text of a section, whatever headings it contains.
pub fn continued(page: &Page<'_>, start: usize, section: &PageSection) -> Option<Range<usize>> {
    let ours = contained(&section.text).text;
    // On the page, each line break may have two bytes.
    let longest = start + ours.len() + ours.matches('\n').count();
    let text = &page.source[start..page.source.floor_char_boundary(longest)];
    let is_there = !ours.is_empty() && text::normalize_newlines(text).starts_with(&ours);
    let length = if text.contains('\r') { text.len() } else { ours.len() };
    is_there.then(|| start..start + length)
}

/// Whether a section of the page has the text of the session's section. A heading within the text ends the
/// section on the page, but not in the session.
pub fn is_current(page: &Page<'_>, on_page: &SectionRange, section: &PageSection) -> bool {
    let current = page.text(on_page.text.clone());
    is_same(&current, &section.text) || continued(page, on_page.text.start, section).is_some()
}

/// The edits that take over properties which were set in the session and changed on the page, and those that
/// both changed. A title made from the subject counts as set: it would be made again.
fn properties(
    page: &Page<'_>,
    base: Option<&Page<'_>>,
    session: &Session,
    keep: Option<Keep>,
) -> (Vec<Edit>, Vec<Difference>) {
    let (mut edits, mut differences) = (Vec::new(), Vec::new());
    let mut after = session.clone();
    let questionnaire = session.questionnaire();
    let is_made = |title: &String| *title == questionnaire.report_title(&subject(questionnaire, title));
    let was_made = base.and_then(|base| base.front_text("title")).is_some_and(|title| is_made(&title));
    let made = (was_made && !session.sets_property("title"))
        .then(|| ("title".to_owned(), questionnaire.report_title(session.subject())));
    for (key, ours) in session.set_properties().into_iter().chain(made) {
        let value = |page: &Page<'_>| markdown::list_text(&page.front_text(&key).unwrap_or_default());
        let (theirs, before) = (value(page), base.map(value).unwrap_or_default());
        if theirs == before || theirs == ours || theirs.is_empty() {
            continue;
        }
        if (before == ours || keep == Some(Keep::Theirs))
            && let Some(edit) = after.set_property(&key, &theirs)
            && after.apply(&edit, &Stamp::default()).is_ok()
        {
            edits.push(edit);
        }
        if before != ours {
            differences.push(Difference { what: format!("Property {key}"), ours, theirs });
        }
    }
    (edits, differences)
}

/// A conflict in words; `None` for one in which the page has no version of its own.
fn difference(session: &Session, conflict: &Conflict) -> Option<Difference> {
    let other = conflict.other.as_ref()?;
    let (what, ours) = match &conflict.place {
        Place::Question(id, unit) => {
            let index = session.index_of(id)?;
            let answer = session.answer(index);
            let (noun, ours) = match unit {
                Unit::Verdict => ("Answer to", verdict(session, index, answer)),
                Unit::Detail => ("Detail of", answer.detail.clone()),
                Unit::Note | Unit::Basis => return None,
            };
            (format!("{noun} {}", session.question(index).title), ours)
        }
        Place::Introduction => ("Introduction".to_owned(), session.introduction().to_owned()),
        Place::Section(heading) => {
            let section = session.sections().iter().find(|section| section.heading == *heading);
            (format!("Section {heading}"), section.map(|section| section.text.clone()).unwrap_or_default())
        }
        Place::Properties | Place::Subject | Place::Domain => return None,
    };
    let theirs = match (other, &conflict.place) {
        (FieldValue::Text(text), _) => text.clone(),
        (FieldValue::Verdict { .. }, Place::Question(id, _)) => {
            verdict(session, session.index_of(id)?, &other.as_answer())
        }
        (FieldValue::Verdict { .. } | FieldValue::Basis(_), _) => return None,
    };
    Some(Difference { what, ours, theirs })
}

fn verdict(session: &Session, index: usize, answer: &Answer) -> String {
    let labels = cells::choice_labels(session.choices(index), answer);
    cells::answer_cell(session.question(index).kind, labels, answer)
}
