//! Workbooks of Excel: the newer format, and the older one.

use std::io::Cursor;

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetVisible, Xls, Xlsx};

use super::model::Sheet;
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

fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet, left: &mut usize) -> Result<(), ReadError> {
    let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(|error| damaged(&error))?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        if cell.formula.is_some() {
            sheet.formulas.insert(cell.pos);
        }
        let is_number = matches!(cell.value, DataRef::Int(_) | DataRef::Float(_));
        add(sheet, cell.pos, is_number, text(&cell.value.into()), left)?;
    }
    Ok(())
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
                let is_number = matches!(value, Data::Int(_) | Data::Float(_));
                add(&mut sheet, (row + r as u32, column + c as u32), is_number, text(value), &mut left)?;
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
