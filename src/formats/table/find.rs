//! Finds the table in a sheet: its header and what its columns are for.

use std::collections::BTreeMap;

use crate::formats::error::ReadError;
use crate::formats::sheet::{Sheet, column_name};

use super::columns::{ColumnText, ColumnTexts, common_pattern};
use super::header::{Header, MIN_LENGTH};
use super::headings::Role;

/// How many rows are looked at for a header.
const HEADER_ROWS: usize = 40;

/// How many rows of questions a table has at least.
const MIN_QUESTIONS: usize = 3;

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

/// A table: the sheet, the headings, and the columns.
#[derive(Debug, Clone)]
pub struct Layout<'s> {
    /// The sheet.
    pub sheet: &'s Sheet,
    /// The headings; `None` if there are none.
    pub header: Option<Header>,
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
        self.header.as_ref().map_or("", |header| header.text(column))
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
        let header = match &self.header {
            None => "no header".to_owned(),
            Some(header) if header.first == header.last => format!("header in row {}", header.last + 1),
            Some(header) => format!("header in rows {} and {}", header.first + 1, header.last + 1),
        };
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
    let texts = ColumnTexts::of(sheet);
    let Some(header) = header(sheet, &texts, columns) else { return Ok(without_header(sheet, &texts)) };
    let row = header.last;
    let roles = header.roles();
    let column = |wanted: &Option<String>, role: Role| match wanted {
        Some(name) => header.named(name).map(Some),
        None => Ok(of_role(&roles, role)),
    };
    let id = column(&columns.id, Role::Id)?;
    let answer = column(&columns.answer, Role::Answer)?;
    let comment = column(&columns.comment, Role::Comment)?;
    let question = match column(&columns.question, Role::Question)? {
        Some(question) => question,
        None => match texts.longest(row, answer.or(comment), id) {
            Some(question) => question,
            None => return Ok(None),
        },
    };
    let id = id.or_else(|| {
        let left = texts.all().map(|(column, _)| column).take_while(|column| *column < question);
        left.into_iter()
            .find(|column| common_pattern(texts.below(row, *column).iter().map(|text| text.text)).is_some())
    });
    let lists: Vec<u32> = with_lists(sheet, &texts, row, question);
    let answer = answer.or_else(|| lists.first().copied());
    Ok(Some(Layout {
        sheet,
        question,
        more_answers: lists.into_iter().filter(|column| Some(*column) != answer).collect(),
        answer,
        comment: comment.filter(|comment| Some(*comment) != answer),
        evidence: column(&columns.evidence, Role::Evidence)?,
        id,
        section: column(&columns.section, Role::Section)?.filter(|column| *column != question),
        guidance: of_role(&roles, Role::Guidance),
        header: Some(header),
    }))
}

/// The header that the user named, or the first of those with the most roles.
fn header(sheet: &Sheet, texts: &ColumnTexts<'_>, columns: &Columns) -> Option<Header> {
    if let Some(row) = columns.header_row {
        return Some(Header::around(sheet, row.saturating_sub(1)));
    }
    let is_named = columns.question.is_some();
    let mut best: Option<(usize, Header)> = None;
    for row in sheet.rows().into_iter().take(HEADER_ROWS) {
        let header = Header::at(sheet, row);
        let score = score(&header, texts, is_named);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, header));
        }
    }
    best.filter(|(score, _)| is_named || *score > 0).map(|(_, header)| header)
}

fn of_role(roles: &[(Role, u32)], wanted: Role) -> Option<u32> {
    roles.iter().find(|(role, _)| *role == wanted).map(|(_, column)| *column)
}

/// How many roles the headings have; 0 if they are no headings, unless the user named one of them.
fn score(header: &Header, texts: &ColumnTexts<'_>, is_named: bool) -> usize {
    let roles = header.roles();
    let has = |role: Role| of_role(&roles, role);
    let (question, answer, id) = (has(Role::Question), has(Role::Answer), has(Role::Id));
    // Tables without guidance are as common, so it says nothing about a row.
    let count = roles.iter().filter(|(role, _)| *role != Role::Guidance).count();
    let column = match (question, answer.or(id)) {
        (Some(question), _) => Some(question),
        (None, Some(_)) if count >= 2 => texts.longest(header.last, answer, id),
        (None, _) => None,
    };
    let is_enough = column.is_some_and(|column| {
        let heading = header.text(column).chars().count();
        let below = texts.below(header.last, column);
        let long = below.iter().filter(|text| text.length >= MIN_LENGTH).count();
        let longer = below.iter().filter(|text| text.length > heading).count();
        long >= MIN_QUESTIONS.min(below.len().max(1)) && long > 0 && longer * 2 >= below.len()
    });
    if is_enough || is_named { count } else { 0 }
}

/// The columns right of the questions in which most rows have a list of values.
fn with_lists(sheet: &Sheet, texts: &ColumnTexts<'_>, header: u32, question: u32) -> Vec<u32> {
    let rows: Vec<u32> = texts.below(header, question).iter().map(|text| text.row).collect();
    let ranges = || sheet.lists.iter().flat_map(|list| &list.ranges);
    let mut with_lists: BTreeMap<u32, usize> =
        ranges().map(|((_, column), _)| (*column, 0)).filter(|(column, _)| *column > question).collect();
    for ((first_row, first), (last_row, last)) in ranges().filter(|(first, last)| first.1 <= last.1) {
        let end = rows.partition_point(|row| row <= last_row);
        let count = end.saturating_sub(rows.partition_point(|row| row < first_row));
        with_lists.range_mut(first..=last).for_each(|(_, rows)| *rows += count);
    }
    with_lists.retain(|_, count| *count > 0 && *count * 3 >= rows.len());
    with_lists.into_keys().collect()
}

/// A table without headings: the column with the most questions, if there are several.
fn without_header<'s>(sheet: &'s Sheet, texts: &ColumnTexts<'s>) -> Option<Layout<'s>> {
    let is_question = |text: &&ColumnText<'_>| text.text.trim_end().ends_with('?');
    let columns = texts.all().map(|(column, texts)| (texts.iter().filter(is_question).count(), column));
    let (count, question) = columns.max_by_key(|(count, column)| (*count, std::cmp::Reverse(*column)))?;
    (count >= MIN_QUESTIONS).then_some(Layout {
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
