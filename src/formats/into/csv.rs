//! Comma-separated values: only the fields that are filled in change.

use std::ops::Range;

use super::filled::Filled;
use super::values::SheetCells;
use crate::formats::error::ReadError;
use crate::formats::sheet::delimiter_of;
use crate::text;

/// Fills in a file in UTF-8.
///
/// # Errors
/// If it is in another encoding.
pub fn fill(original: &[u8], cells: &SheetCells) -> Result<Filled, ReadError> {
    let wrong = |_| ReadError::refused("the file is not UTF-8", "Save it as UTF-8 first, or as a workbook.");
    let text = std::str::from_utf8(original).map_err(wrong)?;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let delimiter = delimiter_of(&text[start..]);
    let fields = fields(&text[start..], delimiter);
    let mut filled = Filled { bytes: Vec::new(), count: 0, left: Vec::new() };
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for ((row, column), value) in cells.values().flatten() {
        let new = quoted(&text::guarded(&value.text), delimiter);
        match fields.get(*row as usize) {
            Some(record) => match record.get(*column as usize) {
                Some(field) => changes.push((start + field.start..start + field.end, new)),
                None => {
                    let end = record.last().map_or(0, |field| field.end) + start;
                    let missing = *column as usize + 1 - record.len();
                    changes.push((
                        end..end,
                        format!("{}{new}", char::from(delimiter).to_string().repeat(missing)),
                    ));
                }
            },
            None => {
                filled.left.push(format!("{}: the file has no row {}", value.question, row + 1));
                continue;
            }
        }
        filled.count += 1;
    }
    let mut out = text.to_owned();
    for (range, new) in changes.into_iter().rev() {
        out.replace_range(range, &new);
    }
    filled.bytes = out.into_bytes();
    Ok(filled)
}

/// A field in quotes if it needs them.
fn quoted(text: &str, delimiter: u8) -> String {
    if text.contains([char::from(delimiter), '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The byte ranges of the fields of each record, in the way that the records were counted when the file was
/// read: empty lines are no records.
fn fields(text: &str, delimiter: u8) -> Vec<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut record = Vec::new();
    let (mut start, mut at, mut in_quotes) = (0, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'"' if in_quotes || at == start => in_quotes = !in_quotes,
            byte if byte == delimiter && !in_quotes => {
                record.push(start..at);
                start = at + 1;
            }
            b'\n' | b'\r' if !in_quotes => {
                let is_empty_line = record.is_empty() && start == at;
                if !is_empty_line {
                    record.push(start..at);
                    records.push(std::mem::take(&mut record));
                }
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if start < at || !record.is_empty() {
        record.push(start..at);
        records.push(record);
    }
    records
}
