//! A session written onto a page that exists: only what the session changes differs.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use jiff::Timestamp;

use crate::session::{Answer, Session};
use crate::text;

use super::cells;
use super::document::{DocumentQuestion, Extras, document};
use super::markdown::{date, one_paragraph, yaml};
use super::page::{NotAPage, Page, Table};
use super::read::{RowRead, lines, rows};

/// A page brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The page.
    pub text: String,
    /// The titles of the questions whose rows differ from the page that was there.
    pub rows: Vec<String>,
}

/// Writes `session` onto the page `source`.
///
/// Kept to the byte: every row whose answer is the session's, all front matter but `date` (which changes if anything
/// does), everything that the session does not own. A question that the page lacks gets a row once it is answered; a row
/// whose question the session's answers hide, and the page's do not, goes.
///
/// # Errors
/// [`NotAPage`] if `source` has no table of questions.
pub fn update(source: &str, session: &Session, now: Timestamp, extras: Extras) -> Result<Updated, NotAPage> {
    let page = Page::parse(source)?;
    let reads = rows(&page, session.questionnaire());
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut changes = Changes { splices: Vec::new(), newline };
    let mut titles = Vec::new();

    let document = document(session, now, extras);
    let hidden_on_page = hidden_by(session, &reads);
    let mut on_page = HashMap::new();
    for read in &reads {
        let Some(index) = read.question else { continue };
        let question = session.question(index);
        on_page.insert(question.id.as_str(), read);
        let table = &page.tables[read.table];
        if !session.is_asked(index) && !hidden_on_page.contains(&index) && !extras.hidden {
            changes.remove_line(source, &table.rows[read.row].range);
            titles.push(question.title.clone());
        } else if changes.row(&page, table, read, session, index) {
            titles.push(question.title.clone());
        }
    }
    let mut anchor = None;
    for question in document.sections.iter().flat_map(|s| &s.questions) {
        if let Some(read) = on_page.get(question.id.as_str()) {
            anchor = Some(*read);
            continue;
        }
        if question.answer.is_empty() {
            continue;
        }
        let (place, table) = match anchor {
            Some(read) => (page.tables[read.table].rows[read.row].range.end, &page.tables[read.table]),
            None => (after_head(&page), &page.tables[0]),
        };
        changes.splices.push((place..place, format!("{newline}{}", new_row(table, question))));
        titles.push(question.title.clone());
    }
    changes.introduction(&page, session);
    changes.sections(&page, session);
    if !changes.splices.is_empty()
        && let Some(range) = page.front_value("date")
    {
        let gap = if range.is_empty() { " " } else { "" };
        changes.splices.push((range, format!("{gap}{}", date(now))));
    }
    Ok(Updated { text: changes.applied(source), rows: titles })
}

/// A row for a question, its cells in the columns that the table has for them.
fn new_row(table: &Table, question: &DocumentQuestion) -> String {
    let [asked, answer, detail] = &question.cells;
    let with_detail = if detail.is_empty() { 0 } else { table.detail + 1 };
    let cell = |column: usize| match column {
        c if c == table.question => asked.as_str(),
        c if c == table.answer => answer,
        c if c == table.detail => detail,
        _ => "",
    };
    let cells: Vec<&str> = (0..table.columns.max(with_detail)).map(cell).collect();
    format!("| {} |", cells.join(" | "))
}

/// The questions that the page's own answers hide.
fn hidden_by(session: &Session, reads: &[RowRead]) -> HashSet<usize> {
    let mut answers = vec![Answer::default(); session.len()];
    for read in reads {
        if let Some(index) = read.question {
            answers[index] = read.answer.clone();
        }
    }
    let questionnaire = session.questionnaire().clone();
    let (introduction, page) = (String::new(), String::new());
    let as_read = Session::imported(
        questionnaire,
        session.subject(),
        session.created(),
        answers,
        introduction,
        Vec::new(),
        page,
    );
    (0..as_read.len()).filter(|&index| !as_read.is_asked(index)).collect()
}

/// Where the first table's rows begin: the end of the line under its heading.
fn after_head(page: &Page<'_>) -> usize {
    let table = &page.tables[0];
    if let Some(first) = table.rows.first() {
        let above = page.source[..first.range.start].trim_end_matches(['\n', '\r']);
        return above.len();
    }
    table.range.start + page.source[table.range.clone()].trim_end_matches(['\n', '\r']).len()
}

struct Changes {
    splices: Vec<(Range<usize>, String)>,
    newline: &'static str,
}

impl Changes {
    /// Writes the cells of a row that differ; whether any does.
    fn row(
        &mut self,
        page: &Page<'_>,
        table: &Table,
        read: &RowRead,
        session: &Session,
        index: usize,
    ) -> bool {
        let question = session.question(index);
        let choices = session.questionnaire().choices(question);
        let answer_cell = |answer: &Answer| cells::answer_cell(question, choices, answer);
        let (ours, theirs) = (session.answer(index), &read.answer);
        let mut wanted = Vec::new();
        if answer_cell(ours) != answer_cell(theirs) {
            wanted.push((table.answer, answer_cell(ours)));
        }
        let detail = cells::detail_cell(ours);
        if detail != cells::detail_cell(theirs) {
            wanted.push((table.detail, detail));
        }
        let range = &table.rows[read.row];
        if wanted.iter().all(|(column, _)| *column < range.cells.len()) {
            for (column, text) in &wanted {
                let cell = range.cells[*column].clone();
                let text = if cell.is_empty() { padded(page.source, cell.start, text) } else { text.clone() };
                self.splices.push((cell, text));
            }
        } else {
            let columns =
                wanted.iter().map(|(column, _)| column + 1).max().unwrap_or(0).max(range.cells.len());
            let cells = (0..columns).map(|column| {
                let old = range.cells.get(column).map_or("", |cell| &page.source[cell.clone()]);
                wanted.iter().find(|(c, _)| *c == column).map_or(old, |(_, text)| text)
            });
            let line = format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
            self.splices.push((range.range.clone(), line));
        }
        !wanted.is_empty()
    }

    fn remove_line(&mut self, source: &str, line: &Range<usize>) {
        let rest = &source[line.end..];
        let length = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        self.splices.push((line.start..line.end + length, String::new()));
    }

    fn introduction(&mut self, page: &Page<'_>, session: &Session) {
        let old = lines(&page.source[page.introduction.clone()]);
        let new = session.introduction().trim_ascii();
        if old == new {
            return;
        }
        let range = page.introduction.clone();
        let mut text = self.lines(new);
        if range.is_empty() {
            let start = page.tables[0].range.start;
            let blank = page.source[..range.start].ends_with("\n\n") || range.start == 0;
            text = format!("{}{text}{}{}", if blank { "" } else { self.newline }, self.newline, self.newline);
            self.splices.push((start..start, text));
        } else {
            self.splices.push((range, text));
        }
        if let Some(described) = page.front_value("description")
            && page.front_text("description").unwrap_or_default() == one_paragraph(&old)
        {
            let value = yaml(&one_paragraph(new));
            let text = if described.is_empty() { format!(" {value}") } else { value };
            self.splices.push((described, text));
        }
    }

    fn sections(&mut self, page: &Page<'_>, session: &Session) {
        let mut used = HashSet::new();
        let mut appended = String::new();
        for section in session.sections() {
            let name = text::normalised(&section.heading);
            let mut found = page.sections.iter().enumerate();
            let found = found.find(|(i, s)| text::normalised(&s.heading) == name && !used.contains(i));
            let new = section.text.trim_ascii();
            let Some((i, old)) = found else {
                if !new.is_empty() {
                    appended.push_str(&format!("\n## {}\n\n{new}\n", section.heading));
                }
                continue;
            };
            used.insert(i);
            let current = lines(&page.source[old.text.clone()]);
            // A heading inside the text ends the section on the page, not in the session: the text goes on behind it.
            let goes_on = new.len() > current.len() && lines(&page.source[old.text.start..]).starts_with(new);
            if current != new && !goes_on {
                let text = self.lines(new);
                let text = if old.text.is_empty() { format!("{0}{text}{0}", self.newline) } else { text };
                self.splices.push((old.text.clone(), text));
            }
        }
        if !appended.is_empty() {
            let end = page.source.len();
            let gap = if page.source.ends_with('\n') { "" } else { self.newline };
            self.splices.push((end..end, format!("{gap}{}", self.lines(&appended))));
        }
    }

    fn lines(&self, text: &str) -> String {
        if self.newline == "\n" { text.to_owned() } else { text.replace('\n', self.newline) }
    }

    fn applied(mut self, source: &str) -> String {
        // Stable: insertions at one place stay in the order in which they were found.
        self.splices.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::with_capacity(source.len() + 256);
        let mut at = 0;
        for (range, new) in self.splices {
            if range.start < at {
                continue;
            }
            text.push_str(&source[at..range.start]);
            text.push_str(&new);
            at = range.end;
        }
        text.push_str(&source[at..]);
        text
    }
}

/// A text for an empty cell, with a blank to the bar on either side.
fn padded(source: &str, at: usize, text: &str) -> String {
    let before = if source[..at].ends_with('|') { " " } else { "" };
    let after = if source[at..].starts_with('|') || source[at..].is_empty() { " " } else { "" };
    format!("{before}{text}{after}")
}
