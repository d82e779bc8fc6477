//! The headings of a table: a row, or two rows if the upper one has groups of columns.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::formats::error::ReadError;
use crate::formats::sheet::{Sheet, column_name, column_of};

use super::columns::pattern;
use super::headings::{Role, role};

/// From how many characters a text is as long as a question, and no heading below a group.
pub const MIN_LENGTH: usize = 8;

/// The row of the headings, or the two rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The first row.
    pub first: u32,
    /// The last row; the questions are below it.
    pub last: u32,
    headings: BTreeMap<u32, Heading>,
}

/// The heading of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Heading {
    /// Its text, with that of its group before it.
    text: String,
    /// Its text without that of the group.
    own: String,
    /// What it means, and how sure that is.
    role: Option<(Role, u8)>,
}

impl Header {
    /// The headings in a row, and in the row below if it has groups.
    pub fn at(sheet: &Sheet, row: u32) -> Self {
        let groups = if has_groups(sheet, row) { Some(row) } else { None };
        let last = groups.map_or(row, |row| row + 1);
        let mut headings = BTreeMap::new();
        for column in (row..=last).flat_map(|row| sheet.row(row)).map(|(column, _)| column) {
            let own = sheet.text(last, column);
            let group = groups.map(|row| sheet.merged_text(row, column)).unwrap_or_default();
            headings.entry(column).or_insert_with(|| heading(group, own));
        }
        Self { first: row, last, headings }
    }

    /// The headings around a row that the user named: the row can be the second of two.
    pub fn around(sheet: &Sheet, row: u32) -> Self {
        let first = row.checked_sub(1).filter(|above| has_groups(sheet, *above)).unwrap_or(row);
        Self::at(sheet, first)
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.first..=self.last
    }

    /// The heading of a column; empty if it has none.
    pub fn text(&self, column: u32) -> &str {
        self.headings.get(&column).map_or("", |heading| &heading.text)
    }

    /// The column of the last heading.
    pub fn last_column(&self) -> Option<u32> {
        self.headings.keys().next_back().copied()
    }

    /// The column whose heading most surely has a role, for each role; the leftmost of equal ones.
    pub fn roles(&self) -> Vec<(Role, u32)> {
        let mut best: Vec<(Role, u8, u32)> = Vec::new();
        for (column, heading) in &self.headings {
            let Some((role, strength)) = heading.role else { continue };
            match best.iter_mut().find(|(known, ..)| *known == role) {
                Some(known) if (strength, Reverse(*column)) > (known.1, Reverse(known.2)) => {
                    (known.1, known.2) = (strength, *column);
                }
                Some(_) => {}
                None => best.push((role, strength, *column)),
            }
        }
        best.into_iter().map(|(role, _, column)| (role, column)).collect()
    }

    /// The column with this heading or letter.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(&self, name: &str) -> Result<u32, ReadError> {
        let same = |text: &str| text.trim().eq_ignore_ascii_case(name.trim());
        let found = |is_it: &dyn Fn(&Heading) -> bool| {
            self.headings.iter().find(|(_, heading)| is_it(heading)).map(|(column, _)| *column)
        };
        let by_heading =
            found(&|heading| same(&heading.text)).or_else(|| found(&|heading| same(&heading.own)));
        if let Some(column) = by_heading {
            return Ok(column);
        }
        if let Some((column, "")) = column_of(name) {
            return Ok(column);
        }
        let known =
            self.headings.iter().map(|(column, h)| format!("{} \"{}\"", column_name(*column), h.text));
        let hint = format!("Row {} has {}.", self.last + 1, known.collect::<Vec<_>>().join(", "));
        Err(ReadError::refused(format!("there is no column \"{name}\""), hint))
    }
}

/// The heading of a column by the text of its group and its own; one of them may be empty.
fn heading(group: &str, own: &str) -> Heading {
    let text = match (group, own) {
        ("", text) | (text, "") => text.to_owned(),
        (group, own) if group == own => own.to_owned(),
        (group, own) => format!("{group} {own}"),
    };
    // "Comment" below "Vendor response" is a comment, and "Y/N" is the response.
    Heading { role: role(own).or_else(|| role(&text)), own: own.to_owned(), text }
}

/// Whether a row has the names of groups of columns: a cell that is merged over several headings in the row
/// below. One at the left edge can also be a title, unless all other texts of the row are merged cells too,
/// and each heading below has one above it.
fn has_groups(sheet: &Sheet, row: u32) -> bool {
    let firsts = [row, row + 1].map(|row| sheet.row(row).next().map(|(column, _)| column));
    let [Some(above), Some(below)] = firsts else { return false };
    let left = above.min(below);
    let groups: Vec<u32> = sheet
        .merged
        .iter()
        .filter(|((first, _), (last, _))| *first == row && *last == row)
        .filter(|((_, column), (_, end))| is_group(sheet, row, *column, *end))
        .map(|((_, column), _)| *column)
        .collect();
    let is_title = || {
        let is_merged = |column: u32| sheet.merged.iter().any(|(first, _)| *first == (row, column));
        sheet.row(row).nth(1).is_none()
            || sheet.row(row).any(|(column, _)| !is_merged(column))
            || sheet.row(row + 1).any(|(column, _)| sheet.merged_text(row, column).is_empty())
    };
    groups.iter().any(|column| *column > left) || !groups.is_empty() && !is_title()
}

/// Whether a cell that is merged up to the column `end` has several headings below it, and not an id and a
/// question.
pub fn is_group(sheet: &Sheet, row: u32, column: u32, end: u32) -> bool {
    let below = sheet.row(row + 1).filter(|(at, _)| (column..=end).contains(at));
    let below: Vec<&str> = below.map(|(_, text)| text).collect();
    let are_short = || below.iter().all(|text| text.chars().count() < MIN_LENGTH);
    let are_known = || below.iter().any(|text| role(text).is_some());
    let are_headings = || are_short() || are_known() && below.iter().all(|text| pattern(text).is_none());
    !sheet.text(row, column).is_empty() && below.len() > 1 && are_headings()
}
