//! A guard against archives that unpack to more than anybody wants.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::formats::error::ReadError;

/// The most bytes that an archive can unpack to.
pub const MAX_UNPACKED: u64 = 256 * 1024 * 1024;

/// The most parts of an archive.
const MAX_PARTS: usize = 10_000;

/// Unpacks everything once and counts, because the sizes in the archive may be wrong.
///
/// # Errors
/// If it is not an archive, has too many parts, or unpacks to too much.
pub fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let wrong = |error: &dyn std::fmt::Display| {
        ReadError::refused(
            format!("the workbook cannot be unpacked: {error}"),
            "Open it in a spreadsheet program and save it again.",
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(&error))?;
    if archive.len() > MAX_PARTS {
        return Err(ReadError::refused(format!("the workbook has more than {MAX_PARTS} parts"), ""));
    }
    let mut left = MAX_UNPACKED;
    let mut buffer = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| wrong(&error))?;
        loop {
            let read = part.read(&mut buffer).map_err(|error| wrong(&error))?;
            if read == 0 {
                break;
            }
            left = left.checked_sub(read as u64).ok_or_else(|| {
                let most = MAX_UNPACKED / 1024 / 1024;
                ReadError::refused(format!("the workbook unpacks to more than {most} MiB"), "")
            })?;
        }
    }
    Ok(())
}
