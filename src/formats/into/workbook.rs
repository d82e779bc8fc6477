//! Workbooks: the parts of the sheets that have answers are rewritten, and the workbook computes its formulas
//! when it is opened. Every other part is copied as it is, byte for byte.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::filled::{Filled, IntoOptions};
use super::values::SheetCells;
use super::{styles, xml};
use crate::formats::error::ReadError;
use crate::formats::sheet::{check_zip, part, sheet_parts};

/// The part that says how the workbook is computed.
const WORKBOOK: &str = "xl/workbook.xml";

/// Fills in a workbook.
///
/// # Errors
/// If it is of the older format, encrypted, signed or damaged.
pub fn fill(original: &[u8], cells: &SheetCells, options: IntoOptions) -> Result<Filled, ReadError> {
    if !original.starts_with(b"PK") {
        let hint = "Save it as .xlsx without a password first.";
        return Err(ReadError::refused("only workbooks of the newer format can be filled in", hint));
    }
    check_zip(original)?;
    let paths: HashMap<String, String> = sheet_parts(original).into_iter().collect();
    let locked = part(original, "xl/styles.xml").map(|styles| styles::locked(&styles)).unwrap_or_default();
    let mut filled = Filled { bytes: Vec::new(), count: 0, left: Vec::new() };
    let mut changed: HashMap<String, String> = HashMap::new();
    for (name, cells) in cells {
        let Some((path, sheet)) = paths.get(name).and_then(|path| Some((path, part(original, path)?))) else {
            filled.left.push(format!("the file has no sheet \"{name}\""));
            continue;
        };
        let patched = xml::patched(&sheet, cells, &locked, options);
        filled.count += patched.count;
        filled.left.extend(patched.left.into_iter().map(|left| format!("{name}: {left}")));
        if patched.count > 0 {
            changed.insert(path.clone(), patched.xml);
        }
    }
    if let Some(workbook) = part(original, WORKBOOK).filter(|_| !changed.is_empty()) {
        changed.insert(WORKBOOK.to_owned(), xml::computed_when_opened(&workbook));
    }
    filled.bytes = copied(original, &changed)
        .map_err(|error| ReadError::refused(format!("the workbook cannot be written: {error}"), ""))?;
    Ok(filled)
}

/// The archive with some parts replaced.
fn copied(original: &[u8], changed: &HashMap<String, String>) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(original))?;
    let names: Vec<String> =
        archive.file_names().map(|name| name.map(|name| name.into_owned())).collect::<Result<_, _>>()?;
    for signed in ["xl/vbaProjectSignature.bin", "_xmlsignatures/origin.sigs"] {
        if names.iter().any(|name| name == signed) {
            let message = "it is signed, and the signature would become invalid";
            return Err(zip::result::ZipError::Io(std::io::Error::other(message)));
        }
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index)?;
        let name = file.name()?.into_owned();
        match changed.get(&name) {
            None => writer.raw_copy_file(file)?,
            Some(text) => {
                let time = file.last_modified().unwrap_or_default();
                drop(file);
                let options = SimpleFileOptions::default()
                    .compression_method(CompressionMethod::Deflated)
                    .last_modified_time(time);
                writer.start_file(name, options)?;
                writer.write_all(text.as_bytes())?;
            }
        }
    }
    Ok(writer.finish()?.into_inner())
}
