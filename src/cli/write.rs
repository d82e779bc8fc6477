//! Writing a result to a file instead of standard output.

use std::path::Path;

use crate::workspace::{Workspace, now};

use super::error::CliError;
use super::output;

/// Prints a text, or writes it to a file. What was in the file before is kept, which is reported.
///
/// # Errors
/// If the file cannot be read or written.
pub fn write(text: &str, path: Option<&Path>, workspace: &Workspace) -> Result<(), CliError> {
    let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
        output::raw(text);
        return Ok(());
    };
    write_bytes(text.as_bytes(), path, workspace)
}

/// Writes a file. What was in it before is kept, which is reported.
///
/// # Errors
/// If the file cannot be read or written.
pub fn write_bytes(content: &[u8], path: &Path, workspace: &Workspace) -> Result<(), CliError> {
    let kept = workspace.write_file(path, content, now())?;
    output::err(&format!("Wrote {}.", path.display()));
    if let Some(kept) = kept {
        output::err(&format!("The previous version is in {}.", kept.display()));
    }
    Ok(())
}
