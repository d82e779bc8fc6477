//! Workbooks of Excel: the newer format, and the older one.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader, SheetVisible, Style, Xls, Xlsx};

use super::model::Sheet;
use super::number::NumberFormat;
use super::parts::{defined_names, part, sheets as sheet_parts, validations};
use super::{lists, zipped};
use crate::formats::error::ReadError;
use crate::formats::html::clean;

/// The first bytes of a compound file: an older workbook, or an encrypted one.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The most cells of a workbook.
const MAX_CELLS: usize = 2_000_000;

/// Whether the bytes are a workbook, or an archive of another kind.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&COMPOUND)
}

/// Reads all sheets.
///
/// # Errors
/// If it is encrypted, damaged, too large, or another kind of archive.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    if bytes.starts_with(&COMPOUND) {
        return old(bytes);
    }
    zipped::check(bytes)?;
    let parts = sheet_parts(bytes);
    if parts.is_empty() {
        let hint = "Save it as .xlsx or .csv first.";
        return Err(ReadError::refused("the archive is not an Excel workbook", hint));
    }
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let metadata = workbook.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    let mut left = MAX_CELLS;
    for about in metadata {
        let mut sheet = empty(&about);
        // A sheet that holds only a chart has no cells.
        if let Ok(merged) = workbook.merge_cells_by_sheet_name(&about.name) {
            sheet.merged = merged.iter().map(|cells| (cells.start, cells.end)).collect();
            cells(&mut workbook, &mut sheet, &mut left)?;
        }
        sheets.push(sheet);
    }
    let names = defined_names(bytes);
    for (name, path) in parts {
        let Some(xml) = part(bytes, &path) else { continue };
        let found: Vec<_> = validations(&xml)
            .iter()
            .filter_map(|list| lists::resolved(list, &name, &sheets, &names))
            .collect();
        if let Some(sheet) = sheets.iter_mut().find(|sheet| sheet.name == name) {
            sheet.lists = found;
        }
    }
    Ok(sheets)
}

/// A sheet with its name, without cells.
fn empty(about: &calamine::Sheet) -> Sheet {
    let is_hidden = !matches!(about.visible, SheetVisible::Visible);
    Sheet { name: about.name.clone(), is_hidden, ..Sheet::default() }
}

fn damaged(error: &dyn std::fmt::Display) -> ReadError {
    let hint = "Open it in a spreadsheet program and save it again.";
    ReadError::refused(format!("the workbook cannot be read: {error}"), hint)
}

/// What the style of a cell says about its text.
struct CellStyle {
    is_bold: bool,
    number: Option<NumberFormat>,
}

fn style_of(style: &Style) -> CellStyle {
    CellStyle {
        is_bold: style.font.as_ref().is_some_and(calamine::Font::is_bold),
        number: style.number_format.as_ref().and_then(|format| NumberFormat::parse(&format.format_code)),
    }
}

fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet, left: &mut usize) -> Result<(), ReadError> {
    let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(|error| damaged(&error))?;
    let styles: Vec<CellStyle> = reader.styles().iter().map(style_of).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        let at = cell.get_position();
        let value: Data = cell.get_value().clone().into();
        let plain = text(&value);
        if let Some(style) = styles.get(style).filter(|_| !plain.is_empty()) {
            if style.is_bold {
                sheet.bold.insert(at);
            }
            let shown = style.number.as_ref().zip(number(&value)).and_then(|(format, n)| format.shown(n));
            if let Some(shown) = shown.filter(|shown| *shown != plain) {
                sheet.shown.insert(at, shown);
            }
        }
        add(sheet, at, number(&value).is_some(), plain, left)?;
    }
    Ok(())
}

/// The value as a number, if it is one.
fn number(value: &Data) -> Option<f64> {
    match value {
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number),
        Data::String(_)
        | Data::Bool(_)
        | Data::DateTime(_)
        | Data::DateTimeIso(_)
        | Data::DurationIso(_)
        | Data::Error(_)
        | Data::Empty => None,
    }
}

fn add(
    sheet: &mut Sheet,
    at: (u32, u32),
    is_number: bool,
    text: String,
    left: &mut usize,
) -> Result<(), ReadError> {
    if text.is_empty() {
        return Ok(());
    }
    *left = left.checked_sub(1).ok_or_else(|| {
        ReadError::refused(format!("the workbook has more than {MAX_CELLS} filled cells"), "")
    })?;
    if is_number {
        sheet.numbers.insert(at);
    }
    sheet.cells.insert(at, text);
    Ok(())
}

/// The older format.
fn old(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| {
        let hint = "If it is protected by a password, save it without one; else save it as .xlsx.";
        ReadError::refused(format!("the workbook cannot be read: {error}"), hint)
    })?;
    let metadata = workbook.sheets_metadata().to_vec();
    let mut sheets = Vec::new();
    let mut left = MAX_CELLS;
    for about in metadata {
        let mut sheet = empty(&about);
        if let Ok(range) = workbook.worksheet_range(&about.name) {
            let (row, column) = range.start().unwrap_or_default();
            for (r, c, value) in range.used_cells() {
                let at = (row + r as u32, column + c as u32);
                add(&mut sheet, at, number(value).is_some(), text(value), &mut left)?;
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// A value as the sheet shows it, as far as the value alone says.
fn text(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => clean(text),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(moment) => date(moment),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if hour == 0 && minute == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    #[test]
    fn number_formats_and_bold_texts_are_read() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let (decimals, bold) = (Format::new().set_num_format("0.00"), Format::new().set_bold());
        sheet.write_number_with_format(0, 0, 2.1, &decimals).unwrap();
        sheet.write_number(1, 0, 2.1).unwrap();
        sheet.write_string_with_format(2, 0, "Access", &bold).unwrap();
        let sheets = read(&workbook.save_to_buffer().unwrap()).unwrap();
        let sheet = &sheets[0];
        assert_eq!([sheet.text(0, 0), sheet.shown(0, 0), sheet.shown(1, 0)], ["2.1", "2.10", "2.1"]);
        assert!(sheet.bold.contains(&(2, 0)) && sheet.bold.len() == 1);
        assert!(sheet.numbers.contains(&(0, 0)) && !sheet.numbers.contains(&(2, 0)));
    }
}
