//! `querist convert`: a questionnaire of any format in our own.

use std::path::Path;
use std::process::ExitCode;

use crate::formats::MAX_FILE;
use crate::workspace::{Chosen, Workspace, questionnaire_in, read_questionnaire};

use super::args::{ConvertArgs, SourceArgs};
use super::error::CliError;
use super::input::standard_input_bytes;
use super::output;
use super::write::write;

pub fn run(workspace: &Workspace, args: &ConvertArgs) -> Result<ExitCode, CliError> {
    let chosen = read(&args.file, &args.source)?;
    // Serializing plain data with string keys into memory cannot fail.
    let text = serde_json::to_string_pretty(&chosen.questionnaire).unwrap_or_default() + "\n";
    write(&text, args.output.as_deref(), workspace)?;
    if !chosen.answers.is_empty() {
        output::err(
            "The answers in the file are not part of a questionnaire: `querist new FILE` takes them over.",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the questionnaire in a file, or on standard input, and reports how it was understood.
///
/// # Errors
/// If it cannot be read.
pub fn read(file: &Path, source: &SourceArgs) -> Result<Chosen, CliError> {
    let options = source.options()?;
    let chosen = if file.as_os_str() == "-" {
        questionnaire_in("standard input".as_ref(), &standard_input_bytes(MAX_FILE)?, &options)?
    } else {
        read_questionnaire(file, &options)?
    };
    for line in &chosen.report {
        output::err(line);
    }
    Ok(chosen)
}
