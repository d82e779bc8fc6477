//! Tells questions, section headings, repeated headers and footers apart.

use std::collections::HashMap;

use super::columns::{common_pattern, pattern};
use super::find::Layout;
use super::header::is_group;
use super::headings::role;

/// How many columns a merged cell has that is a heading, whatever the columns are.
const WIDE: u32 = 3;

/// What a row is.
pub enum Row {
    /// A question.
    Question,
    /// The heading of a section.
    Section(String),
    /// A header again, or a row outside the table.
    Other,
    /// A row below the last question.
    Footer,
}

/// The rows of a table, with what has to be known about all of them to understand one.
pub struct Rows<'l, 's> {
    layout: &'l Layout<'s>,
    /// The rows below the header, in order.
    pub rows: Vec<u32>,
    /// The column of ids and the form that most of them have.
    ids: Option<(u32, String)>,
    /// The row of the last id.
    last: u32,
    /// The last column of the table. Cells right of it are notes, or the values of lists.
    last_column: Option<u32>,
    /// Whether bold texts are headings: in some tables, all questions are bold.
    are_bold_headings: bool,
    /// The last column of each cell that is merged within its row.
    merged: HashMap<(u32, u32), u32>,
}

impl<'l, 's> Rows<'l, 's> {
    /// The rows of a table.
    pub fn of(layout: &'l Layout<'s>) -> Self {
        let sheet = layout.sheet;
        let header = layout.header.as_ref();
        let first = header.map_or(0, |header| header.last + 1);
        let rows: Vec<u32> = sheet.rows().into_iter().filter(|row| *row >= first).collect();
        let ids = layout.id.filter(|_| header.is_some()).and_then(|id| {
            let texts = rows.iter().map(|row| sheet.shown(*row, id)).filter(|text| !text.is_empty());
            Some((id, common_pattern(texts)?))
        });
        let texts = rows.iter().filter(|row| !sheet.text(**row, layout.question).is_empty());
        let (mut count, mut bold) = (0, 0);
        for row in texts {
            count += 1;
            bold += usize::from(sheet.bold.contains(&(*row, layout.question)));
        }
        let merged = sheet.merged.iter().filter(|((first, _), (last, _))| first == last);
        let mut known = Self {
            layout,
            last: 0,
            last_column: header.and_then(|header| header.last_column()).map(|last| last.max(layout.question)),
            are_bold_headings: bold * 2 < count,
            merged: merged.map(|(first, (_, end))| (*first, *end)).collect(),
            ids,
            rows,
        };
        known.last = known.rows.iter().copied().rfind(|row| known.is_id(*row)).unwrap_or(0);
        known
    }

    /// The title of the section whose title is in the header.
    pub fn title_in_header(&self) -> Option<String> {
        self.layout.header.iter().flat_map(|header| header.rows()).find_map(|row| self.title_in(row))
    }

    /// What a row is.
    pub fn kind(&self, row: u32) -> Row {
        let sheet = self.layout.sheet;
        let asked = sheet.text(row, self.layout.question);
        let is_inside = |column: u32| self.last_column.is_none_or(|last| column <= last);
        let filled: Vec<(u32, &str)> = sheet.row(row).filter(|(column, _)| is_inside(*column)).collect();
        if self.is_header(row) {
            return self.title_in(row).map_or(Row::Other, Row::Section);
        }
        let is_below = self.ids.is_some() && row > self.last;
        let joined = || filled.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ");
        match filled.as_slice() {
            [] => Row::Other,
            [(column, _)] if self.is_wide(row, *column) => Row::Section(joined()),
            [(column, text)] if self.is_heading(row, *column, text) => {
                if is_below {
                    Row::Footer
                } else {
                    Row::Section(joined())
                }
            }
            _ if is_below => Row::Footer,
            _ if asked.is_empty() => Row::Other,
            // A number of another form, and nothing beside it: "V1 | Architecture".
            [(_, _), (_, _)] if self.has_other_id(row) => Row::Section(joined()),
            _ if asked.chars().any(char::is_alphanumeric) => Row::Question,
            _ => Row::Other,
        }
    }

    /// Whether the only text of a row is the heading of a section.
    fn is_heading(&self, row: u32, column: u32, text: &str) -> bool {
        let sheet = self.layout.sheet;
        if column != self.layout.question {
            return true;
        }
        if text.ends_with('?') {
            return false;
        }
        let is_answered = || self.layout.answer.is_some_and(|answer| sheet.drop_down(row, answer).is_some());
        let is_bold = || self.are_bold_headings && sheet.bold.contains(&(row, column)) && !is_answered();
        self.ids.is_some() && row < self.last || is_bold()
    }

    /// Whether a cell is merged over so many columns, or over the answer, that it cannot be a question.
    fn is_wide(&self, row: u32, column: u32) -> bool {
        let Some(end) = self.merged.get(&(row, column)) else { return false };
        let is_over = |other: u32| (column + 1..=*end).contains(&other);
        *end + 1 >= column + WIDE || self.layout.answer.is_some_and(is_over)
    }

    fn is_id(&self, row: u32) -> bool {
        let Some((column, common)) = &self.ids else { return true };
        pattern(self.layout.sheet.shown(row, *column)).as_ref() == Some(common)
    }

    /// Whether a row has an id of another form than most.
    fn has_other_id(&self, row: u32) -> bool {
        let Some((column, _)) = &self.ids else { return false };
        !self.is_id(row) && !self.layout.sheet.text(row, *column).is_empty()
    }

    /// Whether a row is a row of the header again.
    fn is_header(&self, row: u32) -> bool {
        let (layout, sheet) = (self.layout, self.layout.sheet);
        let question = Some(layout.question).filter(|_| layout.answer.is_none());
        let columns = [question, layout.answer, layout.comment];
        layout.header.iter().flat_map(|header| header.rows()).any(|header| {
            let columns = columns.into_iter().flatten();
            let mut columns = columns.filter(|column| !sheet.text(header, *column).is_empty()).peekable();
            columns.peek().is_some()
                && columns.all(|column| sheet.text(row, column) == sheet.text(header, column))
        })
    }

    /// The title of a section in a row of the header: a text in a column that is not a heading of the table.
    fn title_in(&self, row: u32) -> Option<String> {
        let layout = self.layout;
        let (column, text) = layout.sheet.row(row).next()?;
        let known = [layout.answer, layout.comment, layout.evidence, layout.guidance];
        let is_known = known.contains(&Some(column)) || role(text).is_some();
        let end = self.merged.get(&(row, column)).copied().unwrap_or(column);
        let is_group = || is_group(layout.sheet, row, column, end);
        (!is_known && column <= layout.question && !is_group()).then(|| text.to_owned())
    }
}
