//! Looks at what is in a column.

use crate::formats::error::ReadError;
use crate::formats::sheet::{Sheet, column_name, column_of};

/// The column with this heading or letter.
///
/// # Errors
/// If there is none.
pub fn named(sheet: &Sheet, header: u32, name: &str) -> Result<u32, ReadError> {
    let same = |text: &str| text.trim().eq_ignore_ascii_case(name.trim());
    if let Some((column, _)) = sheet.row(header).find(|(_, text)| same(text)) {
        return Ok(column);
    }
    if let Some((column, "")) = column_of(name) {
        return Ok(column);
    }
    let known: Vec<String> =
        sheet.row(header).map(|(column, text)| format!("{} \"{text}\"", column_name(column))).collect();
    let hint = format!("Row {} has {}.", header + 1, known.join(", "));
    Err(ReadError::refused(format!("there is no column \"{name}\""), hint))
}

/// The texts of a column below a row.
pub fn texts_below(sheet: &Sheet, row: u32, column: u32) -> Vec<&str> {
    let rows = sheet.rows().into_iter().filter(|below| *below > row);
    rows.map(|row| sheet.text(row, column)).filter(|text| !text.is_empty()).collect()
}

/// The column left of `before` (or anywhere) with the longest texts, which is not the column of ids.
pub fn longest_text(sheet: &Sheet, header: u32, before: Option<u32>, id: Option<u32>) -> Option<u32> {
    let last = sheet.cells.keys().map(|(_, column)| *column).max()?;
    let columns =
        (0..=last).filter(|column| before.is_none_or(|before| *column < before) && Some(*column) != id);
    let median = |column: u32| {
        let mut lengths: Vec<usize> =
            texts_below(sheet, header, column).iter().map(|text| text.chars().count()).collect();
        lengths.sort_unstable();
        lengths.get(lengths.len() / 2).copied().unwrap_or(0)
    };
    columns.max_by_key(|column| (median(*column), std::cmp::Reverse(*column)))
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

/// The form that most ids in a column have; `None` if most texts are not ids.
pub fn common_pattern(sheet: &Sheet, header: u32, column: u32) -> Option<String> {
    let texts = texts_below(sheet, header, column);
    let mut patterns: Vec<String> = texts.iter().filter_map(|text| pattern(text)).collect();
    if patterns.len() * 2 < texts.len() || patterns.is_empty() {
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
