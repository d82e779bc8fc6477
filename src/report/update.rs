//! Updating an existing page with a session, so that only what the session changed differs.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use jiff::Timestamp;

use crate::markdown::{self, one_paragraph, yaml_list, yaml_scalar};
use crate::session::{Answer, PageSection, Session};
use crate::text;

use super::approvals::{kept, on_page as sections_on_page};
use super::cells;
use super::contained::{Contained, contained, is_same};
use super::document::{Document, DocumentQuestion, Extras, document};
use super::links::{FileLinks, on_page, without_files, without_paragraph};
use super::markdown::{date, property};
use super::not_a_page::NotAPage;
use super::page::{Page, SectionRange, Table, line_start, subject, title};
use super::rows::{ReadRow, read_rows};
use super::take_in::{continued, is_current, numbered, within};

/// An updated page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The page.
    pub text: String,
    /// The titles of the questions whose rows changed.
    pub rows: Vec<String>,
    /// Texts of the session that had to be changed to be written, each as a sentence.
    pub problems: Vec<String>,
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
///
/// `base` is the page as it was last read or written: a row that somebody removed since is not added again,
/// and a title that was made from an earlier subject follows the subject.
pub fn update(
    source: &str,
    base: Option<&str>,
    session: &Session,
    now: Timestamp,
    extras: Extras<'_>,
) -> Result<Updated, NotAPage> {
    let page = Page::parse(source)?;
    let rows = read_rows(&page, session.questionnaire());
    let mut changes = Changes::new(&page);
    changes.existing_rows(session, &rows, extras);
    let removed = base.map(|base| unchanged_rows(base, session)).unwrap_or_default();
    let document = document(session, now, extras);
    changes.new_rows(session, &rows, &document, &removed);
    changes.detail_columns();
    changes.title(session, base);
    changes.properties(session);
    changes.introduction(session);
    // What a page says about approvals that this session does not know stays until anything else changes.
    let sections = match session.entries().approvals.is_empty() && changes.splices.is_empty() {
        true => kept(&page, &document.page_sections),
        false => sections_on_page(&document.page_sections, &document.approvals),
    };
    changes.sections(&sections);
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
    /// Texts that had to be changed to be written.
    problems: Vec<String>,
    /// The tables that need a column for details.
    tables_to_extend: BTreeSet<usize>,
}

impl<'a> Changes<'a> {
    fn new(page: &'a Page<'a>) -> Self {
        let newline = if page.source.contains("\r\n") { "\r\n" } else { "\n" };
        Self {
            page,
            newline,
            splices: Vec::new(),
            titles: Vec::new(),
            problems: Vec::new(),
            tables_to_extend: BTreeSet::new(),
        }
    }

    /// Updates or removes the rows of the page.
    fn existing_rows(&mut self, session: &Session, rows: &[ReadRow], extras: Extras<'_>) {
        let hidden_on_page = hidden_on_page(session, rows);
        for row in rows {
            let Some(index) = row.question else { continue };
            let is_hidden = !session.is_asked(index) && !hidden_on_page.contains(&index) && !extras.hidden;
            let is_changed = if is_hidden {
                self.remove_line(&self.page.tables[row.table].rows[row.row].range);
                true
            } else {
                self.row(row, session, index, extras.files)
            };
            if is_changed {
                self.titles.push(session.question(index).title.clone());
            }
        }
    }

    /// Updates the cells of a row. Returns whether the row changes.
    fn row(&mut self, read: &ReadRow, session: &Session, index: usize, files: Option<&FileLinks>) -> bool {
        let table = &self.page.tables[read.table];
        let row = &table.rows[read.row];
        let ours = on_page(session, index, files);
        let changed = changed_cells(table, session, index, &ours, &read.answer);
        if changed.iter().any(|(column, _)| *column >= table.columns) {
            self.tables_to_extend.insert(read.table);
        }
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

    /// Adds a column for details to each table that needs one: a wiki drops cells beyond the last heading.
    fn detail_columns(&mut self) {
        for table in std::mem::take(&mut self.tables_to_extend) {
            let table = &self.page.tables[table];
            let is_bold =
                table.header_cells.iter().all(|cell| self.page.source[cell.clone()].starts_with("**"));
            let heading = if is_bold { "**Detail**" } else { "Detail" };
            for (end, cell) in table.header_ends.into_iter().zip([heading, "---"]) {
                let has_bar = self.page.source[..end].ends_with('|');
                let text = if has_bar { format!(" {cell} |") } else { format!(" | {cell}") };
                // In a table without rows, the first row is inserted at the same place, after this.
                self.splices.insert(0, (end..end, text));
            }
        }
    }

    /// Updates the properties that the session sets, and adds those that the page does not have.
    fn properties(&mut self, session: &Session) {
        let Some(front) = self.page.front.clone() else { return };
        let mut added = String::new();
        for (key, value) in session.set_properties() {
            match self.page.front_value(&key) {
                Some(found) if markdown::list_text(&found.text) == value => {}
                Some(found) => {
                    let is_list = found.text.starts_with(['[', '-']);
                    let new = if is_list {
                        yaml_list(value.split(',').map(str::trim))
                    } else {
                        property(&key, &value)
                    };
                    self.splices.retain(|(range, _)| *range != found.range);
                    // A list below its key moves next to it.
                    let before = &self.page.source[..found.range.start];
                    let start = before.trim_end().len();
                    let start = if before.ends_with('\n') { start } else { found.range.start };
                    let gap = if self.page.source[..start].ends_with(':') { " " } else { "" };
                    self.splices.push((start..found.range.end, format!("{gap}{new}")));
                }
                None => added.push_str(&format!("{key}: {}{}", property(&key, &value), self.newline)),
            }
        }
        if !added.is_empty() {
            self.splices.push((front.end..front.end, added));
        }
    }

    /// Removes a row with its line break and the marks of block quotes before it.
    fn remove_line(&mut self, line: &Range<usize>) {
        let start = line_start(self.page.source, line.start);
        let rest = &self.page.source[line.end..];
        let length = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        self.splices.push((start..line.end + length, String::new()));
    }

    /// Inserts rows for answered questions that the page does not have, after the row of the preceding
    /// question.
    fn new_rows(
        &mut self,
        session: &Session,
        rows: &[ReadRow],
        document: &Document,
        removed: &HashSet<String>,
    ) {
        let on_page: HashMap<&str, &ReadRow> =
            rows.iter().filter_map(|row| Some((session.question(row.question?).id.as_str(), row))).collect();
        let mut before = None;
        for question in document.sections.iter().flat_map(|s| &s.questions) {
            if let Some(row) = on_page.get(question.id.as_str()) {
                before = Some(*row);
                continue;
            }
            let is_empty = question.answer.is_empty() && question.links.is_empty();
            if is_empty || removed.contains(&question.id) {
                continue;
            }
            let (at, table) = match before {
                Some(row) => {
                    let table = &self.page.tables[row.table];
                    (table.rows[row.row].range.end, table)
                }
                None => (end_of_header(self.page), &self.page.tables[0]),
            };
            if !cells::row(question)[2].is_empty() && table.detail >= table.columns {
                let extended = self.page.tables.iter().position(|other| std::ptr::eq(other, table));
                self.tables_to_extend.extend(extended);
            }
            let marks = &self.page.source[table.marks.clone()];
            self.splices.push((at..at, format!("{}{marks}{}", self.newline, new_row(table, question))));
            self.titles.push(question.title.clone());
        }
    }

    /// Updates the introduction, and the description if it was the first paragraph of the introduction.
    fn introduction(&mut self, session: &Session) {
        let (page, newline) = (self.page, self.newline);
        let old = page.text(page.introduction.clone());
        if is_same(&old, session.introduction()) {
            return;
        }
        let new = self.contained("The introduction", session.introduction());
        let new = new.as_str();
        let range = page.introduction.clone();
        let text = self.with_newlines(new);
        if range.is_empty() {
            let start = range.start;
            let before = &page.source[..start];
            let is_after_blank =
                before.is_empty() || before.ends_with("\n\n") || before.ends_with("\r\n\r\n");
            let gap = if is_after_blank { "" } else { newline };
            self.splices.push((start..start, format!("{gap}{text}{newline}{newline}")));
        } else {
            self.splices.push((range, text));
        }
        if !session.sets_property("description")
            && let Some(description) = page.front_value("description")
            && description.text == one_paragraph(&old)
        {
            let value = yaml_scalar(&one_paragraph(new));
            let text = if description.range.is_empty() { format!(" {value}") } else { value };
            self.splices.push((description.range, text));
        }
    }

    /// Updates the title if it was made from the subject that the session was imported with.
    fn title(&mut self, session: &Session, base: Option<&str>) {
        if session.sets_property("title") {
            return;
        }
        let (Some(title), Some(imported)) = (self.page.front_value("title"), base.and_then(title)) else {
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

    /// Updates the sections, and adds those that the page does not have. If some were removed, moved or
    /// inserted between others, all sections are put in order again.
    fn sections(&mut self, sections: &[PageSection]) {
        let page = self.page;
        let names = numbered(page.sections.iter().map(|section| section.heading.as_str()));
        let on_page: HashMap<(String, usize), usize> =
            names.into_iter().enumerate().map(|(index, name)| (name, index)).collect();
        let names = numbered(sections.iter().map(|section| section.heading.as_str()));
        let all = sections.iter().zip(names);
        let all = all.map(|(section, name)| (section, on_page.get(&name).copied()));
        let wanted: Vec<(&PageSection, Option<usize>)> =
            all.filter(|(section, place)| place.is_some() || !section.text.trim_ascii().is_empty()).collect();
        let known: HashSet<usize> = wanted.iter().filter_map(|(_, place)| *place).collect();
        let inside = wanted
            .iter()
            .filter_map(|(section, place)| continued(page, page.sections[(*place)?].text.start, section));
        let mut inside: Vec<Range<usize>> = inside.collect();
        inside.sort_by_key(|range| range.start);
        let mut is_inside = within(&inside);
        let is_removed = page
            .sections
            .iter()
            .enumerate()
            .any(|(index, section)| !is_inside(section.range.start) && !known.contains(&index));
        let places: Vec<Option<usize>> = wanted.iter().map(|(_, place)| *place).collect();
        let is_ordered = places.is_sorted_by_key(|place| place.unwrap_or(usize::MAX));
        match page.sections.first() {
            Some(first) if is_removed || !is_ordered => self.ordered_sections(first.range.start, &wanted),
            Some(_) | None => self.sections_in_place(&wanted),
        }
    }

    fn sections_in_place(&mut self, wanted: &[(&PageSection, Option<usize>)]) {
        let page = self.page;
        let mut appended = String::new();
        for (section, place) in wanted {
            let Some(old) = place.map(|place| &page.sections[place]) else {
                let new = self.contained(&section.heading, &section.text);
                appended.push_str(&format!("\n## {}\n\n{new}\n", section.heading));
                continue;
            };
            if is_current(page, old, section) {
                continue;
            }
            let new = self.contained(&section.heading, &section.text);
            let text = self.with_newlines(&new);
            let text = if old.text.is_empty() { format!("{0}{text}{0}", self.newline) } else { text };
            self.splices.push((old.text.clone(), text));
        }
        if !appended.is_empty() {
            let end = page.source.len();
            let gap = if page.source.ends_with('\n') { "" } else { self.newline };
            self.splices.push((end..end, format!("{gap}{}", self.with_newlines(&appended))));
        }
    }

    /// Writes all sections from byte `start` on in the order of the session.
    fn ordered_sections(&mut self, start: usize, wanted: &[(&PageSection, Option<usize>)]) {
        let page = self.page;
        let mut blocks = Vec::new();
        for (section, place) in wanted {
            let old = place.map(|place| &page.sections[place]);
            // A text that was the last on the page may swallow what follows it now.
            let is_closed = |old: &&SectionRange| contained(&page.text(old.text.clone())).problem.is_none();
            let block = match old.filter(|old| is_current(page, old, section)).filter(is_closed) {
                Some(old) => page.source[old.range.start..old.text.end].trim_end().to_owned(),
                None => {
                    let new = self.contained(&section.heading, &section.text);
                    self.with_newlines(&format!("## {}\n\n{new}", section.heading))
                }
            };
            blocks.push(block.trim_end().to_owned() + self.newline);
        }
        self.splices.push((start..page.source.len(), blocks.join(self.newline)));
    }

    /// The text as it is written to the page. What has to be changed in it is noted.
    fn contained(&mut self, name: &str, text: &str) -> String {
        let Contained { text, problem } = contained(text);
        self.problems.extend(problem.map(|problem| {
            format!("{name} {problem}; the page is written so that nothing after it is affected")
        }));
        // At the start of a page, such a line would begin its front matter.
        if self.page.front.is_none() && self.page.introduction.start == 0 && text.starts_with("---") {
            return format!("\n{text}");
        }
        text
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
        Updated { text, rows: self.titles, problems: self.problems }
    }
}

/// The ids of the questions with a row on the page `base` that the session has not changed since.
fn unchanged_rows(base: &str, session: &Session) -> HashSet<String> {
    let Ok(page) = Page::parse(base) else { return HashSet::new() };
    let rows = read_rows(&page, session.questionnaire()).into_iter();
    let unchanged = rows.filter_map(|row| {
        let index = row.question?;
        is_unchanged(&page.tables[row.table], &row, session, index)
            .then(|| session.question(index).id.clone())
    });
    unchanged.collect()
}

/// What of the session a page does not say in a way that can be read back; `None` if it says everything.
pub fn unfaithful(page: &str, session: &Session) -> Option<String> {
    let Ok(page) = Page::parse(page) else {
        return Some("its table of questions would not be found".to_owned());
    };
    for row in read_rows(&page, session.questionnaire()) {
        let Some(index) = row.question else { continue };
        let is_shown = session.is_asked(index) && !session.answer(index).is_empty();
        if is_shown && !is_unchanged(&page.tables[row.table], &row, session, index) {
            return Some(format!(
                "the answer to {} would be read differently",
                session.question(index).title
            ));
        }
    }
    let is_found = |heading: &str| {
        let name = text::normalized(heading);
        page.sections.iter().any(|section| text::normalized(&section.heading) == name)
    };
    let written = session.sections().iter().filter(|section| !section.text.trim().is_empty());
    let lost = written.map(|section| &section.heading).find(|heading| !is_found(heading));
    lost.map(|heading| format!("the section \"{heading}\" would not be found"))
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

/// Whether a row says the same as the session, apart from what it says about files.
fn is_unchanged(table: &Table, read: &ReadRow, session: &Session, index: usize) -> bool {
    let ours = without_files(session.answer(index));
    let has_files = matches!(ours, Cow::Owned(_));
    let detail = if has_files { without_paragraph(&read.answer.detail) } else { &read.answer.detail };
    let theirs = Answer { detail: detail.to_owned(), ..read.answer.clone() };
    changed_cells(table, session, index, &ours, &theirs).is_empty()
}

/// The columns whose cells differ between the session and the page, with the session's cells.
fn changed_cells(
    table: &Table,
    session: &Session,
    index: usize,
    ours: &Answer,
    theirs: &Answer,
) -> Vec<(usize, String)> {
    let question = session.question(index);
    let choices = session.questionnaire().choices(question);
    let answer_cell =
        |answer: &Answer| cells::answer_cell(question.kind, cells::choice_labels(choices, answer), answer);
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
        let before = &page.source[..line_start(page.source, first.range.start)];
        return before.trim_end_matches(['\n', '\r']).len();
    }
    table.range.end
}

/// A text for an empty cell, separated from the bars next to it by a space.
fn padded(source: &str, at: usize, text: &str) -> String {
    let before = if source[..at].ends_with('|') { " " } else { "" };
    let after = if source[at..].starts_with('|') || source[at..].is_empty() { " " } else { "" };
    format!("{before}{text}{after}")
}
