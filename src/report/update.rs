//! Updating an existing page with a session, so that only what the session changed differs.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use jiff::Timestamp;

use crate::markdown::{one_paragraph, yaml_scalar};
use crate::session::{Answer, Session};
use crate::text;

use super::cells;
use super::document::{Document, DocumentQuestion, Extras, document};
use super::markdown::date;
use super::page::{NotAPage, Page, Table, title};
use super::read::subject;
use super::rows::{ReadRow, read_rows};

/// An updated page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The page.
    pub text: String,
    /// The titles of the questions whose rows changed.
    pub rows: Vec<String>,
}

/// Updates the page `source` with `session`.
///
/// Preserved byte for byte are each row with the same answer as the session, the front matter except `date`
/// (which is set if anything else changes) and a title that was made from the subject, and everything that is
/// not part of the session. A question without a row gets one once it is answered. A row is removed if its
/// question is hidden by the session's answers, but not by those on the page.
///
/// # Errors
/// [`NotAPage`] if `source` has no table of questions.
pub fn update(source: &str, session: &Session, now: Timestamp, extras: Extras) -> Result<Updated, NotAPage> {
    let page = Page::parse(source)?;
    let rows = read_rows(&page, session.questionnaire());
    let mut changes = Changes::new(&page);
    changes.existing_rows(session, &rows, extras);
    changes.new_rows(session, &rows, &document(session, now, extras));
    changes.title(session);
    changes.introduction(session);
    changes.sections(session);
    changes.date(now);
    Ok(changes.apply())
}

/// The changes to a page.
struct Changes<'a> {
    page: &'a Page<'a>,
    newline: &'static str,
    /// Byte ranges of the page and their replacements.
    splices: Vec<(Range<usize>, String)>,
    /// The titles of the questions whose rows change.
    titles: Vec<String>,
}

impl<'a> Changes<'a> {
    fn new(page: &'a Page<'a>) -> Self {
        let newline = if page.source.contains("\r\n") { "\r\n" } else { "\n" };
        Self { page, newline, splices: Vec::new(), titles: Vec::new() }
    }

    /// Updates or removes the rows of the page.
    fn existing_rows(&mut self, session: &Session, rows: &[ReadRow], extras: Extras) {
        let hidden_on_page = hidden_on_page(session, rows);
        for row in rows {
            let Some(index) = row.question else { continue };
            let is_hidden = !session.is_asked(index) && !hidden_on_page.contains(&index) && !extras.hidden;
            let is_changed = if is_hidden {
                self.remove_line(&self.page.tables[row.table].rows[row.row].range);
                true
            } else {
                self.row(row, session, index)
            };
            if is_changed {
                self.titles.push(session.question(index).title.clone());
            }
        }
    }

    /// Updates the cells of a row. Returns whether the row changes.
    fn row(&mut self, read: &ReadRow, session: &Session, index: usize) -> bool {
        let table = &self.page.tables[read.table];
        let row = &table.rows[read.row];
        let changed = changed_cells(table, read, session, index);
        if changed.iter().all(|(column, _)| *column < row.cells.len()) {
            for (column, text) in &changed {
                let cell = row.cells[*column].clone();
                let text =
                    if cell.is_empty() { padded(self.page.source, cell.start, text) } else { text.clone() };
                self.splices.push((cell, text));
            }
        } else {
            let last = changed.iter().map(|(column, _)| column + 1).max().unwrap_or(0);
            let cells = (0..last.max(row.cells.len())).map(|column| {
                let new = changed.iter().find(|(c, _)| *c == column).map(|(_, text)| text.as_str());
                new.unwrap_or_else(|| table.cell(self.page, read.row, column))
            });
            let line = format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
            self.splices.push((row.range.clone(), line));
        }
        !changed.is_empty()
    }

    fn remove_line(&mut self, line: &Range<usize>) {
        let rest = &self.page.source[line.end..];
        let length = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        self.splices.push((line.start..line.end + length, String::new()));
    }

    /// Inserts rows for answered questions that the page does not have, after the row of the preceding
    /// question.
    fn new_rows(&mut self, session: &Session, rows: &[ReadRow], document: &Document) {
        let on_page: HashMap<&str, &ReadRow> =
            rows.iter().filter_map(|row| Some((session.question(row.question?).id.as_str(), row))).collect();
        let mut before = None;
        for question in document.sections.iter().flat_map(|s| &s.questions) {
            if let Some(row) = on_page.get(question.id.as_str()) {
                before = Some(*row);
                continue;
            }
            if question.answer.is_empty() {
                continue;
            }
            let (at, table) = match before {
                Some(row) => {
                    let table = &self.page.tables[row.table];
                    (table.rows[row.row].range.end, table)
                }
                None => (end_of_header(self.page), &self.page.tables[0]),
            };
            self.splices.push((at..at, format!("{}{}", self.newline, new_row(table, question))));
            self.titles.push(question.title.clone());
        }
    }

    /// Updates the introduction, and the description if it was the first paragraph of the introduction.
    fn introduction(&mut self, session: &Session) {
        let (page, newline) = (self.page, self.newline);
        let old = page.text(page.introduction.clone());
        let new = session.introduction().trim_ascii();
        if old == new {
            return;
        }
        let range = page.introduction.clone();
        let text = self.with_newlines(new);
        if range.is_empty() {
            let start = page.tables[0].range.start;
            let is_after_blank = page.source[..range.start].ends_with("\n\n") || range.start == 0;
            let gap = if is_after_blank { "" } else { newline };
            self.splices.push((start..start, format!("{gap}{text}{newline}{newline}")));
        } else {
            self.splices.push((range, text));
        }
        if let Some(description) = page.front_value("description")
            && description.text == one_paragraph(&old)
        {
            let value = yaml_scalar(&one_paragraph(new));
            let text = if description.range.is_empty() { format!(" {value}") } else { value };
            self.splices.push((description.range, text));
        }
    }

    /// Updates the title if it was made from the subject that the session was imported with.
    fn title(&mut self, session: &Session) {
        let (Some(title), Some(imported)) = (self.page.front_value("title"), session.page().and_then(title))
        else {
            return;
        };
        // Other parts of the front matter may refer to an anchor; a list or a tag is no plain title.
        if self.page.source[title.range.clone()].starts_with(['&', '*', '!', '[', '{']) {
            return;
        }
        let questionnaire = session.questionnaire();
        let before = subject(questionnaire, &imported);
        if session.subject() != before && title.text == questionnaire.report_title(&before) {
            let new = questionnaire.report_title(session.subject());
            self.splices.push((title.range, yaml_scalar(&new)));
        }
    }

    /// Updates the sections, and appends those that the page does not have.
    fn sections(&mut self, session: &Session) {
        let page = self.page;
        let mut used = HashSet::new();
        let mut appended = String::new();
        for section in session.sections() {
            let name = text::normalized(&section.heading);
            let mut found = page.sections.iter().enumerate();
            let found = found.find(|(i, s)| text::normalized(&s.heading) == name && !used.contains(i));
            let new = section.text.trim_ascii();
            let Some((i, old)) = found else {
                if !new.is_empty() {
                    appended.push_str(&format!("\n## {}\n\n{new}\n", section.heading));
                }
                continue;
            };
            used.insert(i);
            let current = page.text(old.text.clone());
            // A heading within the text ends the section on the page, but not in the session. In this case,
            // the page already contains the rest of the text after that heading.
            let is_continued =
                new.len() > current.len() && page.text(old.text.start..page.source.len()).starts_with(new);
            if current != new && !is_continued {
                let text = self.with_newlines(new);
                let text = if old.text.is_empty() { format!("{0}{text}{0}", self.newline) } else { text };
                self.splices.push((old.text.clone(), text));
            }
        }
        if !appended.is_empty() {
            let end = page.source.len();
            let gap = if page.source.ends_with('\n') { "" } else { self.newline };
            self.splices.push((end..end, format!("{gap}{}", self.with_newlines(&appended))));
        }
    }

    /// Sets the date if anything changes.
    fn date(&mut self, now: Timestamp) {
        if !self.splices.is_empty()
            && let Some(value) = self.page.front_value("date")
        {
            let gap = if value.range.is_empty() { " " } else { "" };
            self.splices.push((value.range, format!("{gap}{}", date(now))));
        }
    }

    /// The text with the line breaks of the page.
    fn with_newlines(&self, text: &str) -> String {
        if self.newline == "\n" { text.to_owned() } else { text.replace('\n', self.newline) }
    }

    fn apply(mut self) -> Updated {
        // The sort is stable: insertions at the same place stay in order.
        self.splices.sort_by_key(|(range, _)| (range.start, range.end));
        let source = self.page.source;
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
        Updated { text, rows: self.titles }
    }
}

/// The questions that are hidden by the answers on the page.
fn hidden_on_page(session: &Session, rows: &[ReadRow]) -> HashSet<usize> {
    let mut answers = vec![Answer::default(); session.len()];
    for row in rows {
        if let Some(index) = row.question {
            answers[index] = row.answer.clone();
        }
    }
    let as_read = Session::imported(
        session.questionnaire().clone(),
        session.subject(),
        session.created(),
        answers,
        String::new(),
        Vec::new(),
        String::new(),
    );
    (0..as_read.len()).filter(|&index| !as_read.is_asked(index)).collect()
}

/// The columns whose cells differ between the session and the page, with the session's cells.
fn changed_cells(table: &Table, read: &ReadRow, session: &Session, index: usize) -> Vec<(usize, String)> {
    let question = session.question(index);
    let choices = session.questionnaire().choices(question);
    let answer_cell =
        |answer: &Answer| cells::answer_cell(question.kind, cells::choice_labels(choices, answer), answer);
    let (ours, theirs) = (session.answer(index), &read.answer);
    let mut changed = Vec::new();
    let answer = answer_cell(ours);
    if answer != answer_cell(theirs) {
        changed.push((table.answer, answer));
    }
    let detail = cells::detail_cell(ours);
    if detail != cells::detail_cell(theirs) {
        changed.push((table.detail, detail));
    }
    changed
}

/// A row for a question, with its cells in the columns of the table.
fn new_row(table: &Table, question: &DocumentQuestion) -> String {
    let [asked, answer, detail] = &cells::row(question);
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

/// The end of the line below the header of the first table, where its first row is inserted.
fn end_of_header(page: &Page<'_>) -> usize {
    let table = &page.tables[0];
    if let Some(first) = table.rows.first() {
        return page.source[..first.range.start].trim_end_matches(['\n', '\r']).len();
    }
    table.range.start + page.source[table.range.clone()].trim_end_matches(['\n', '\r']).len()
}

/// A text for an empty cell, separated from the bars next to it by a space.
fn padded(source: &str, at: usize, text: &str) -> String {
    let before = if source[..at].ends_with('|') { " " } else { "" };
    let after = if source[at..].starts_with('|') || source[at..].is_empty() { " " } else { "" };
    format!("{before}{text}{after}")
}
