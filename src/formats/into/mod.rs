//! Filling in the original: the spreadsheet that the questions came from, with nothing else changed.

mod csv;
mod filled;
mod styles;
mod values;
mod workbook;
mod xml;

pub use filled::{Filled, IntoOptions};

use crate::session::Session;

use super::error::ReadError;
use super::sheet::is_workbook;
use values::Wanted;

/// Fills the answers of a session into the file that its questions were read from.
///
/// # Errors
/// If the session's questions do not come from a spreadsheet, or the file is not one that can be filled in.
pub fn fill(original: &[u8], session: &Session, options: IntoOptions) -> Result<Filled, ReadError> {
    let wanted = values::wanted(session);
    if wanted.cells.is_empty() && wanted.left.is_empty() {
        return Err(ReadError::refused(
            "the questions of this session do not come from a spreadsheet",
            "Create the session from the file with `querist new FILE`.",
        ));
    }
    let Wanted { cells, mut left } = wanted;
    let mut filled = if is_workbook(original) {
        workbook::fill(original, &cells, options)?
    } else {
        csv::fill(original, &cells)?
    };
    filled.left.append(&mut left);
    Ok(filled)
}

#[cfg(test)]
mod tests;
