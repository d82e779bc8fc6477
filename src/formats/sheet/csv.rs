//! Comma-separated values as they are found: any common separator and encoding.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::model::Sheet;
use crate::formats::error::ReadError;
use crate::formats::html::clean;

/// The separators that are tried.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records are looked at to find the separator.
const SAMPLE: usize = 20;

/// Reads a file; the second value is whether its encoding had to be guessed.
///
/// # Errors
/// If it is not text.
pub fn read(bytes: &[u8]) -> Result<(Sheet, bool), ReadError> {
    let (text, is_guessed) = decoded(bytes);
    if text.contains('\0') {
        return Err(ReadError::refused("the file is not text", ""));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter_of(&text))
        .from_reader(text.as_bytes());
    let mut cells = BTreeMap::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| ReadError::refused(error.to_string(), ""))?;
        for (column, cell) in record.iter().enumerate() {
            let cell = clean(cell);
            if !cell.is_empty() {
                cells.insert((row as u32, column as u32), cell);
            }
        }
    }
    Ok((Sheet { cells, ..Sheet::default() }, is_guessed))
}

/// The text: UTF-8 or UTF-16 by its mark, UTF-8 if it is valid, else Windows-1252.
fn decoded(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), false);
    }
    // Text in UTF-16 without a mark has a zero byte in every other place.
    let zeros = |offset: usize| bytes.iter().skip(offset).step_by(2).take(64).filter(|b| **b == 0).count();
    let half = bytes.len().min(128) / 4;
    if half > 0 && zeros(1) > half {
        return (UTF_16LE.decode_without_bom_handling(bytes).0.into_owned(), true);
    }
    if half > 0 && zeros(0) > half {
        return (UTF_16BE.decode_without_bom_handling(bytes).0.into_owned(), true);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), true),
    }
}

/// The separator that divides most of the first records into the same number of fields, more than one.
pub fn delimiter_of(text: &str) -> u8 {
    let score = |delimiter: &u8| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(*delimiter)
            .from_reader(text.as_bytes());
        let widths: Vec<usize> = reader.records().take(SAMPLE).flatten().map(|record| record.len()).collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        let same = widths.iter().filter(|width| **width == widest).count();
        if widest < 2 { (0, 0) } else { (same, widest) }
    };
    // Of equal ones, the first in the list.
    DELIMITERS.into_iter().rev().max_by_key(score).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes).unwrap().0.grid()
    }

    #[test]
    fn separators_and_encodings_are_found() {
        let expected =
            [["id", "question"], ["1", "Où, et \"quand\"?\nIci"]].map(|row| row.map(str::to_owned).to_vec());
        let text = "id;question\r\n1;\"Où, et \"\"quand\"\"?\nIci\"\r\n";
        assert_eq!(texts(text.as_bytes()), expected);
        assert_eq!(texts(text.replace(';', ",").as_bytes()), expected);
        assert_eq!(texts(text.replace(';', "\t").as_bytes()), expected);
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(texts(&utf16), expected);
        let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
        assert_eq!((texts(&latin), read(&latin).unwrap().1), (expected.to_vec(), true));
    }

    #[test]
    fn a_ragged_record_and_a_file_that_is_not_text_are_no_fault() {
        assert_eq!(texts(b"a,b,c\n1,2\n\n").len(), 2);
        assert!(read(b"\x00\x01\x02\x00\x00\x00").is_err());
    }
}
