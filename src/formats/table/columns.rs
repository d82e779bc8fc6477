//! Looks at what is in a column.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::formats::sheet::Sheet;

/// A text in a column.
pub struct ColumnText<'s> {
    /// Its row.
    pub row: u32,
    /// The text as the sheet shows it.
    pub text: &'s str,
    /// Its length in characters.
    pub length: usize,
}

/// The texts of a sheet by column, in the order of the rows. A sheet can have many cells, and the columns are
/// looked at for each row that may be the header.
pub struct ColumnTexts<'s> {
    columns: BTreeMap<u32, Vec<ColumnText<'s>>>,
}

impl<'s> ColumnTexts<'s> {
    /// The texts of a sheet.
    pub fn of(sheet: &'s Sheet) -> Self {
        let mut columns: BTreeMap<u32, Vec<ColumnText<'s>>> = BTreeMap::new();
        for &(row, column) in sheet.cells.keys() {
            let text = sheet.shown(row, column);
            let length = text.chars().count();
            columns.entry(column).or_default().push(ColumnText { row, text, length });
        }
        Self { columns }
    }

    /// All columns with their texts.
    pub fn all(&self) -> impl Iterator<Item = (u32, &[ColumnText<'s>])> {
        self.columns.iter().map(|(column, texts)| (*column, texts.as_slice()))
    }

    /// The texts of a column below a row.
    pub fn below(&self, row: u32, column: u32) -> &[ColumnText<'s>] {
        let texts = self.columns.get(&column).map_or(&[][..], Vec::as_slice);
        &texts[texts.partition_point(|text| text.row <= row)..]
    }

    /// The column left of `before` (or anywhere) with the longest texts, which is not the column of ids.
    pub fn longest(&self, row: u32, before: Option<u32>, id: Option<u32>) -> Option<u32> {
        let columns = self.columns.keys().copied();
        let columns =
            columns.filter(|column| before.is_none_or(|before| *column < before) && Some(*column) != id);
        let median = |column: u32| {
            let mut lengths: Vec<usize> = self.below(row, column).iter().map(|text| text.length).collect();
            let middle = lengths.len() / 2;
            if lengths.is_empty() { 0 } else { *lengths.select_nth_unstable(middle).1 }
        };
        columns.max_by_key(|column| (median(*column), Reverse(*column)))
    }
}

/// The form of an id: digits and letters as one sign each, others as they are; `None` if it has no digit or
/// is too long.
pub fn pattern(id: &str) -> Option<String> {
    if id.chars().count() > 24 || !id.chars().any(|c| c.is_ascii_digit()) || id.contains(char::is_whitespace)
    {
        return None;
    }
    let mut pattern = String::new();
    for c in id.chars() {
        let sign = match c {
            c if c.is_ascii_digit() => '9',
            c if c.is_alphabetic() || c == '&' => 'A',
            c => c,
        };
        if !pattern.ends_with(sign) {
            pattern.push(sign);
        }
    }
    Some(pattern)
}

/// The form that most ids of a column have; `None` if most texts are not ids.
pub fn common_pattern<'t>(texts: impl Iterator<Item = &'t str>) -> Option<String> {
    let patterns: Vec<Option<String>> = texts.map(pattern).collect();
    let count = patterns.len();
    let mut patterns: Vec<String> = patterns.into_iter().flatten().collect();
    if patterns.len() * 2 < count || patterns.is_empty() {
        return None;
    }
    patterns.sort_unstable();
    let mut best: (usize, &str) = (0, "");
    for run in patterns.chunk_by(|a, b| a == b) {
        if run.len() > best.0 {
            best = (run.len(), &run[0]);
        }
    }
    Some(best.1.to_owned())
}
