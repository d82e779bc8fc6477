//! A page read into a session.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use jiff::Timestamp;

use crate::questionnaire::{Kind, Question, Questionnaire};
use crate::session::{Answer, PageSection, Session};
use crate::text;

use super::cells;
use super::page::{NotAPage, Page};

/// Something of a page that could be read in another way, or was left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The line of the page, from 1.
    pub line: usize,
    /// What was found and how it was taken, as a sentence without a full stop.
    pub message: String,
}

/// A page as a session, with what was uncertain.
#[derive(Debug)]
pub struct Imported {
    /// The session; exporting it gives the page again.
    pub session: Session,
    /// Everything uncertain, by line.
    pub doubts: Vec<Doubt>,
}

/// One row of a page, read.
#[derive(Debug)]
pub(super) struct RowRead {
    /// Which table of the page.
    pub table: usize,
    /// Which row of it.
    pub row: usize,
    /// The question that it answers, by its place; `None` if the questionnaire has no such question.
    pub question: Option<usize>,
    /// The answer in it.
    pub answer: Answer,
}

/// Reads a page as a review with `questionnaire`.
///
/// Rows are matched by the normalised text of their question. A row that matches none becomes a question of its
/// own in the session's copy of the questionnaire. `name` is the subject if the page has no title.
///
/// # Errors
/// [`NotAPage`] if there is no table of questions.
pub fn import(
    source: &str,
    mut questionnaire: Questionnaire,
    name: &str,
    now: Timestamp,
) -> Result<Imported, NotAPage> {
    let page = Page::parse(source)?;
    let mut doubts: Vec<(usize, String)> = Vec::new();
    let mut doubt = |at: usize, message: String| doubts.push((at, message));
    let mut reads = rows(&page, &questionnaire);
    if reads.iter().any(|read| read.question.is_none()) {
        add_unmatched(&page, &reads, &mut questionnaire, &mut doubt);
        reads = rows(&page, &questionnaire);
    }
    let questions: Vec<&Question> = questionnaire.questions().collect();
    let mut answers = vec![Answer::default(); questions.len()];
    for read in reads {
        let Some(index) = read.question else { continue };
        row_doubts(&page, &questionnaire, questions[index], &read, &mut doubt);
        answers[index] = read.answer;
    }
    for &at in &page.strays {
        doubt(at, "a line without bars right under the table: left as it is".to_owned());
    }
    let title = page.front_text("title");
    let subject = subject(&questionnaire, title.as_deref().unwrap_or(name));
    let created = page.front_text("dateCreated").and_then(|date| date.parse().ok()).unwrap_or(now);
    let introduction = lines(&source[page.introduction.clone()]);
    let sections = sections(&page, &questionnaire);
    let doubts = by_line(&page, doubts);
    let source = source.to_owned();
    let session = Session::imported(questionnaire, subject, created, answers, introduction, sections, source);
    Ok(Imported { session, doubts })
}

/// Doubts about bytes of the page as doubts about its lines, in their order.
fn by_line(page: &Page<'_>, mut doubts: Vec<(usize, String)>) -> Vec<Doubt> {
    doubts.sort_by_key(|(at, _)| *at);
    let (mut line, mut counted) = (1, 0);
    let numbered = doubts.into_iter().map(|(at, message)| {
        line += memchr::memchr_iter(b'\n', &page.source.as_bytes()[counted..at]).count();
        counted = at;
        Doubt { line, message }
    });
    numbered.collect()
}

/// The rows of a page with the questions of `questionnaire` that they answer.
pub(super) fn rows(page: &Page<'_>, questionnaire: &Questionnaire) -> Vec<RowRead> {
    let questions: Vec<&Question> = questionnaire.questions().collect();
    let mut finder = Finder::new(&questions);
    let mut rows = Vec::new();
    for (t, table) in page.tables.iter().enumerate() {
        for r in 0..table.rows.len() {
            let cell = |column: usize| table.cell(r, column).map_or("", |range| &page.source[range]);
            let question = finder.take(cell(table.question));
            let mut answer = Answer::default();
            if let Some(question) = question.map(|index| questions[index]) {
                cells::read_answer(
                    question,
                    questionnaire.choices(question),
                    cell(table.answer),
                    &mut answer,
                );
                cells::read_detail(cell(table.detail), &mut answer);
            }
            rows.push(RowRead { table: t, row: r, question, answer });
        }
    }
    rows
}

/// The text of a part of the page, with `\n` as the one line break.
pub(super) fn lines(text: &str) -> String {
    text::normalise_newlines(text).into_owned()
}

/// Finds the question that a cell asks, each question once.
struct Finder<'a> {
    questions: &'a [&'a Question],
    taken: Vec<bool>,
    /// The question after the one found last: on most pages the next to be found, word for word.
    next: usize,
    /// The questions by their normalised texts, once a row is not the next question.
    by_text: Option<ByText>,
}

/// Places of questions, the first one last.
type ByText = HashMap<String, Vec<usize>, RandomState>;

impl<'a> Finder<'a> {
    fn new(questions: &'a [&'a Question]) -> Self {
        Self { questions, taken: vec![false; questions.len()], next: 0, by_text: None }
    }

    fn by_text(questions: &[&Question]) -> ByText {
        let mut by_text = ByText::with_capacity_and_hasher(2 * questions.len(), RandomState::default());
        // Backwards, because the lists are taken from at their end.
        for (index, question) in questions.iter().enumerate().rev() {
            let asked = text::normalised(&question.text);
            if !question.help.is_empty() {
                let whole = format!("{asked}{}", text::normalised(&question.help));
                by_text.entry(whole).or_default().push(index);
            }
            by_text.entry(asked).or_default().push(index);
        }
        by_text
    }

    fn take(&mut self, cell: &str) -> Option<usize> {
        let whole = text::decode(cell);
        let next = self.questions.get(self.next);
        let found = if next.is_some_and(|next| !self.taken[self.next] && cells::asks(next, &whole)) {
            self.taken[self.next] = true;
            Some(self.next)
        } else {
            self.look_up(&whole)
        };
        self.next = found.map_or(self.next, |index| index + 1);
        found
    }

    fn look_up(&mut self, whole: &str) -> Option<usize> {
        let by_text = self.by_text.get_or_insert_with(|| Self::by_text(self.questions));
        let (asked, _) = split_help(whole);
        let numberless = asked.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
        for candidate in [whole, asked, numberless] {
            let Some(list) = by_text.get_mut(&text::normalised(candidate)) else { continue };
            while let Some(index) = list.pop() {
                if !std::mem::replace(&mut self.taken[index], true) {
                    return Some(index);
                }
            }
        }
        None
    }
}

/// A question cell as question and help: help stands after the first line break, or in italics at the end.
fn split_help(text: &str) -> (&str, &str) {
    if let Some((asked, help)) = text.split_once('\n') {
        return (asked.trim(), help.trim().trim_matches('*'));
    }
    let inner = text.strip_suffix('*').filter(|inner| !inner.ends_with('*'));
    match inner.and_then(|inner| inner.rsplit_once(" *")) {
        Some((asked, help)) if !asked.is_empty() && !help.contains('*') => (asked.trim(), help),
        _ => (text.trim(), ""),
    }
}

/// Gives each row that matches no question one of its own, after that of the row before it.
fn add_unmatched(
    page: &Page<'_>,
    reads: &[RowRead],
    questionnaire: &mut Questionnaire,
    doubt: &mut impl FnMut(usize, String),
) {
    let ids: Vec<String> = questionnaire.questions().map(|q| q.id.clone()).collect();
    let mut taken: HashSet<String> = ids.iter().cloned().collect();
    let mut numbers = HashMap::new();
    let set = questionnaire.questions().find(|q| q.kind == Kind::Choice).and_then(|q| q.answer_set.clone());
    let mut added: HashMap<Option<String>, Vec<Question>> = HashMap::new();
    let mut before: Option<String> = None;
    for read in reads {
        if let Some(index) = read.question {
            before = ids.get(index).cloned();
            continue;
        }
        let table = &page.tables[read.table];
        let cell = |column: usize| table.cell(read.row, column).map_or("", |range| &page.source[range]);
        let whole = text::decode(cell(table.question));
        let (asked, help) = split_help(&whole);
        let id = free_id(&format!("page-{}", text::slug(asked)), &mut taken, &mut numbers);
        let mut question = Question {
            id,
            title: text::one_line(asked).chars().take(60).collect(),
            text: asked.to_owned(),
            help: help.to_owned(),
            guidance: String::new(),
            kind: Kind::Choice,
            answer_set: set.clone(),
            needs: std::collections::BTreeMap::new(),
            advice: std::collections::BTreeMap::new(),
            enable_when: None,
            weight: 1,
            tags: Vec::new(),
        };
        let mut answer = Answer::default();
        cells::read_answer(&question, questionnaire.choices(&question), cell(table.answer), &mut answer);
        if set.is_none() || answer.choices.is_empty() && !answer.qualifier.is_empty() {
            (question.kind, question.answer_set) = (Kind::Text, None);
        }
        let at = table.rows[read.row].range.start;
        let shown = text::one_line(asked).chars().take(60).collect::<String>();
        doubt(
            at,
            format!("\"{shown}\" is no question of {}: kept as a question of its own", questionnaire.title),
        );
        added.entry(before.clone()).or_default().push(question);
    }
    for (s, section) in questionnaire.sections.iter_mut().enumerate() {
        let mut questions = Vec::new();
        if s == 0 {
            questions.extend(added.remove(&None).into_iter().flatten());
        }
        for question in section.questions.drain(..) {
            let own = added.remove(&Some(question.id.clone()));
            questions.push(question);
            questions.extend(own.into_iter().flatten());
        }
        section.questions = questions;
    }
}

/// An id that is not taken; `numbers` has, by what was wanted, the number that the last one got.
fn free_id(wanted: &str, taken: &mut HashSet<String>, numbers: &mut HashMap<String, usize>) -> String {
    let mut id = wanted.to_owned();
    let number = numbers.entry(id.clone()).or_insert(1);
    while !taken.insert(id.clone()) {
        *number += 1;
        id = format!("{wanted}-{number}");
    }
    id
}

fn row_doubts(
    page: &Page<'_>,
    questionnaire: &Questionnaire,
    question: &Question,
    read: &RowRead,
    doubt: &mut impl FnMut(usize, String),
) {
    let table = &page.tables[read.table];
    let row = &table.rows[read.row];
    let cell = table.cell(read.row, table.answer).map_or("", |range| &page.source[range]);
    let choices = questionnaire.choices(question);
    if question.kind.has_choices() && !cell.is_empty() {
        let canonical = cells::answer_cell(question, choices, &read.answer);
        if read.answer.choices.is_empty() || canonical != cell {
            let shown = text::one_line(cell);
            let message = if read.answer.choices.is_empty() {
                format!("the answer \"{shown}\" is none of the choices: kept as it is")
            } else {
                format!("the answer \"{shown}\" was read as {}", text::one_line(&canonical))
            };
            doubt(row.range.start, message);
        }
    }
    let columns = [table.question, table.answer, table.detail];
    if (0..row.cells.len()).any(|column| !columns.contains(&column) && !row.cells[column].is_empty()) {
        doubt(row.range.start, "a cell beside question, answer and detail: left as it is".to_owned());
    }
}

/// The subject in a page's title, by the questionnaire's pattern.
fn subject(questionnaire: &Questionnaire, title: &str) -> String {
    let (before, after) = questionnaire.report.title.split_once("{subject}").unwrap_or(("", ""));
    let inner = title.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).unwrap_or(title);
    let inner = text::normalise_newlines(inner.trim()).replace('\n', " ");
    if inner.is_empty() { title.to_owned() } else { inner }
}

/// The page's sections, then those that the questionnaire has and the page has not.
fn sections(page: &Page<'_>, questionnaire: &Questionnaire) -> Vec<PageSection> {
    let known = &questionnaire.report.sections;
    let prompt = |heading: &str| {
        let known = known.iter().find(|s| text::normalised(&s.heading) == text::normalised(heading));
        known.map(|s| s.prompt.clone()).unwrap_or_default()
    };
    let mut sections: Vec<PageSection> = page
        .sections
        .iter()
        .map(|s| PageSection {
            prompt: prompt(&s.heading),
            text: lines(&page.source[s.text.clone()]),
            heading: s.heading.clone(),
        })
        .collect();
    for s in known {
        if !sections.iter().any(|have| text::normalised(&have.heading) == text::normalised(&s.heading)) {
            sections.push(PageSection {
                heading: s.heading.clone(),
                prompt: s.prompt.clone(),
                text: String::new(),
            });
        }
    }
    sections
}
