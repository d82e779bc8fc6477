//! Finds the table in a sheet: its header and what its columns are for.

use crate::formats::error::ReadError;
use crate::formats::sheet::{Sheet, column_name};

use super::columns::{common_pattern, longest_text, named, texts_below};
use super::headings::{Role, role};

/// How many rows are looked at for a header.
const HEADER_ROWS: usize = 40;

/// How many rows of questions a table has at least, and how long the texts are.
const MIN_QUESTIONS: usize = 3;
const MIN_LENGTH: usize = 8;

/// What the user says about the table. Columns are letters or headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The name of the sheet.
    pub sheet: Option<String>,
    /// The row of the headings, counted from 1.
    pub header_row: Option<u32>,
    /// The column of the questions.
    pub question: Option<String>,
    /// The column of the answers.
    pub answer: Option<String>,
    /// The column of comments.
    pub comment: Option<String>,
    /// The column of evidence.
    pub evidence: Option<String>,
    /// The column of ids.
    pub id: Option<String>,
    /// The column of sections.
    pub section: Option<String>,
}

/// A table: the sheet, the row of the headings, and the columns.
#[derive(Debug, Clone)]
pub struct Layout<'s> {
    /// The sheet.
    pub sheet: &'s Sheet,
    /// The row of the headings; `None` if there are none.
    pub header: Option<u32>,
    /// The column of the questions.
    pub question: u32,
    /// The column of the answers.
    pub answer: Option<u32>,
    /// Further columns of answers.
    pub more_answers: Vec<u32>,
    /// The column of comments.
    pub comment: Option<u32>,
    /// The column of evidence.
    pub evidence: Option<u32>,
    /// The column of ids.
    pub id: Option<u32>,
    /// The column of sections.
    pub section: Option<u32>,
    /// The column of help.
    pub guidance: Option<u32>,
}

impl Layout<'_> {
    /// The heading of a column; empty if there is none.
    pub fn heading(&self, column: u32) -> &str {
        self.header.map_or("", |row| self.sheet.text(row, column))
    }

    /// The table in words: sheet, header row, columns.
    pub fn summary(&self) -> String {
        let columns = [
            ("questions", Some(self.question)),
            ("answers", self.answer),
            ("comments", self.comment),
            ("evidence", self.evidence),
            ("ids", self.id),
            ("sections", self.section),
        ];
        let columns = columns.into_iter().filter_map(|(what, column)| {
            let column = column?;
            let letter = column_name(column);
            let heading = self.heading(column);
            let heading = if heading.is_empty() { String::new() } else { format!(" \"{heading}\"") };
            Some(format!("{what} in {letter}{heading}"))
        });
        let sheet = if self.sheet.name.is_empty() {
            String::new()
        } else {
            format!("sheet \"{}\", ", self.sheet.name)
        };
        let header = self.header.map_or("no header".to_owned(), |row| format!("header in row {}", row + 1));
        format!("{sheet}{header}, {}", columns.collect::<Vec<_>>().join(", "))
    }
}

/// The tables that belong together, and the names of sheets with other ones.
pub struct Found<'s> {
    /// The tables.
    pub layouts: Vec<Layout<'s>>,
    /// The names of visible sheets with other tables.
    pub others: Vec<String>,
}

/// Finds the table in the first visible sheet that has one, and those of the same form in later sheets.
///
/// # Errors
/// If there is none, or what the user named does not exist.
pub fn layouts<'s>(sheets: &'s [Sheet], columns: &Columns) -> Result<Found<'s>, ReadError> {
    let chosen: Vec<&Sheet> = match &columns.sheet {
        Some(name) => {
            let known: Vec<&Sheet> =
                sheets.iter().filter(|sheet| sheet.name.eq_ignore_ascii_case(name)).collect();
            if known.is_empty() {
                let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
                let hint = format!("It has {}.", names.join(", "));
                return Err(ReadError::refused(format!("the file has no sheet \"{name}\""), hint));
            }
            known
        }
        None => sheets.iter().filter(|sheet| !sheet.is_hidden).collect(),
    };
    let mut found: Vec<Layout<'s>> = Vec::new();
    let mut others = Vec::new();
    for sheet in &chosen {
        let Some(layout) = layout(sheet, columns)? else { continue };
        match found.first() {
            Some(first) if !is_same_form(first, &layout) => others.push(sheet.name.clone()),
            Some(_) | None => found.push(layout),
        }
    }
    if found.is_empty() {
        return Err(nothing(&chosen));
    }
    Ok(Found { layouts: found, others })
}

/// Whether two tables have the same headings for questions and answers.
fn is_same_form(a: &Layout<'_>, b: &Layout<'_>) -> bool {
    let headings = |layout: &Layout<'_>| {
        let of = |column: Option<u32>| column.map(|column| layout.heading(column).to_lowercase());
        (
            layout.header.is_some(),
            of(Some(layout.question)).filter(|_| layout.answer.is_none()),
            of(layout.answer),
        )
    };
    headings(a) == headings(b)
}

fn nothing(sheets: &[&Sheet]) -> ReadError {
    let headings = sheets.iter().flat_map(|sheet| {
        sheet.rows().into_iter().take(HEADER_ROWS).map(|row| {
            sheet.row(row).map(|(_, text)| text.to_owned()).filter(|text| text.len() < 60).collect::<Vec<_>>()
        })
    });
    let mut headings: Vec<Vec<String>> = headings.collect();
    headings.sort_by_key(|row| std::cmp::Reverse(row.len()));
    let widest = headings.into_iter().next().unwrap_or_default();
    let found = if widest.is_empty() {
        "No headings were found".to_owned()
    } else {
        format!("Found: {}", widest.join(", "))
    };
    let hint = format!(
        "{found}. Name the column with --question, or rename a heading to Question; others \
         are Answer, Comment, Evidence, Id, Section."
    );
    ReadError::refused("the file has no column of questions", hint)
}

fn layout<'s>(sheet: &'s Sheet, columns: &Columns) -> Result<Option<Layout<'s>>, ReadError> {
    let is_named = columns.question.is_some() || columns.header_row.is_some();
    let rows = sheet.rows();
    let header = match columns.header_row {
        Some(row) => Some(row.saturating_sub(1)),
        None => rows.iter().copied().take(HEADER_ROWS).max_by_key(|row| {
            // Of equal rows, the first.
            (score(sheet, *row, columns), std::cmp::Reverse(*row))
        }),
    };
    let header = header.filter(|row| is_named || score(sheet, *row, columns) > 0);
    let Some(header) = header else { return Ok(without_header(sheet)) };
    let column = |wanted: &Option<String>, role: Role| match wanted {
        Some(name) => named(sheet, header, name).map(Some),
        None => Ok(by_role(sheet, header, role)),
    };
    let id = column(&columns.id, Role::Id)?;
    let answer = column(&columns.answer, Role::Answer)?;
    let comment = column(&columns.comment, Role::Comment)?;
    let question = match column(&columns.question, Role::Question)? {
        Some(question) => question,
        None => match longest_text(sheet, header, answer.or(comment), id) {
            Some(question) => question,
            None => return Ok(None),
        },
    };
    let id = id.or_else(|| (0..question).find(|column| common_pattern(sheet, header, *column).is_some()));
    let lists: Vec<u32> = with_lists(sheet, header, question);
    let answer = answer.or_else(|| lists.first().copied());
    Ok(Some(Layout {
        sheet,
        header: Some(header),
        question,
        more_answers: lists.into_iter().filter(|column| Some(*column) != answer).collect(),
        answer,
        comment: comment.filter(|comment| Some(*comment) != answer),
        evidence: column(&columns.evidence, Role::Evidence)?,
        id,
        section: column(&columns.section, Role::Section)?.filter(|column| *column != question),
        guidance: by_role(sheet, header, Role::Guidance),
    }))
}

/// The column whose heading most surely has a role; the leftmost of equal ones.
fn by_role(sheet: &Sheet, header: u32, wanted: Role) -> Option<u32> {
    let columns = sheet.row(header).filter_map(|(column, text)| {
        role(text).filter(|(role, _)| *role == wanted).map(|(_, strength)| (column, strength))
    });
    columns.max_by_key(|(column, strength)| (*strength, std::cmp::Reverse(*column))).map(|(column, _)| column)
}

/// How many roles the cells of a row have as headings; 0 if it is no header.
fn score(sheet: &Sheet, row: u32, columns: &Columns) -> usize {
    let has = |role: Role| by_role(sheet, row, role);
    let (question, answer, id) = (has(Role::Question), has(Role::Answer), has(Role::Id));
    let others = [Role::Comment, Role::Evidence, Role::Section]
        .into_iter()
        .filter(|role| has(*role).is_some())
        .count();
    let count = [question, answer, id].into_iter().flatten().count() + others;
    let column = match (question, answer.or(id)) {
        (Some(question), _) => Some(question),
        (None, Some(_)) if count >= 2 => longest_text(sheet, row, answer, id),
        (None, _) => None,
    };
    let is_enough = column.is_some_and(|column| {
        let heading = sheet.text(row, column).chars().count();
        let texts = texts_below(sheet, row, column);
        let long = texts.iter().filter(|text| text.chars().count() >= MIN_LENGTH).count();
        let longer = texts.iter().filter(|text| text.chars().count() > heading).count();
        long >= MIN_QUESTIONS.min(texts.len().max(1)) && long > 0 && longer * 2 >= texts.len()
    });
    if is_enough || columns.question.is_some() { count } else { 0 }
}

/// The columns right of the questions in which most rows have a list of values.
fn with_lists(sheet: &Sheet, header: u32, question: u32) -> Vec<u32> {
    let rows: Vec<u32> = sheet
        .rows()
        .into_iter()
        .filter(|row| *row > header && !sheet.text(*row, question).is_empty())
        .collect();
    let mut columns: Vec<u32> =
        sheet.lists.iter().flat_map(|list| &list.ranges).map(|((_, column), _)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    let has_lists = |column: &u32| {
        let count = rows.iter().filter(|row| sheet.drop_down(**row, *column).is_some()).count();
        count > 0 && count * 3 >= rows.len()
    };
    columns.into_iter().filter(|column| *column > question).filter(has_lists).collect()
}

/// A table without headings: the column with the longest texts, if several of them are questions.
fn without_header(sheet: &Sheet) -> Option<Layout<'_>> {
    let mut columns: Vec<u32> = sheet.cells.keys().map(|(_, column)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    let texts = |column: u32| sheet.rows().into_iter().map(move |row| sheet.text(row, column));
    let questions = |column: &u32| texts(*column).filter(|text| text.trim_end().ends_with('?')).count();
    let question =
        columns.into_iter().max_by_key(|column| (questions(column), std::cmp::Reverse(*column)))?;
    (questions(&question) >= MIN_QUESTIONS).then_some(Layout {
        sheet,
        header: None,
        question,
        answer: None,
        more_answers: Vec::new(),
        comment: None,
        evidence: None,
        id: None,
        section: None,
        guidance: None,
    })
}
