//! `querist convert`: a questionnaire of any format in our own.

use std::process::ExitCode;

use crate::formats::MAX_FILE;
use crate::workspace::{Workspace, questionnaire_in, read_questionnaire};

use super::args::ConvertArgs;
use super::error::CliError;
use super::input::standard_input_bytes;
use super::output;
use super::write::write;

pub fn run(workspace: &Workspace, args: &ConvertArgs) -> Result<ExitCode, CliError> {
    let options = args.source.options()?;
    let chosen = if args.file.as_os_str() == "-" {
        questionnaire_in("standard input".as_ref(), &standard_input_bytes(MAX_FILE)?, &options)?
    } else {
        read_questionnaire(&args.file, &options)?
    };
    for line in &chosen.report {
        output::err(line);
    }
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
