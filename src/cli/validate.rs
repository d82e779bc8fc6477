//! `querist validate`: lists the problems of a questionnaire.

use std::path::Path;
use std::process::ExitCode;

use crate::questionnaire::load;
use crate::store::read_text;

use super::args::ValidateArgs;
use super::error::CliError;
use super::input::standard_input;
use super::output::{self, count};

/// The maximum size of a questionnaire, in bytes.
const LIMIT: u64 = 32 * 1_000_000;

pub fn run(args: &ValidateArgs) -> Result<ExitCode, CliError> {
    let is_stdin = args.file.as_os_str() == "-";
    let source = if is_stdin { standard_input(LIMIT)? } else { read_text(&args.file, LIMIT)? };
    let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
    match load(source) {
        Ok(questionnaire) => {
            let questions = count(questionnaire.questions().count(), "question");
            let sections = count(questionnaire.sections.len(), "section");
            output::err(&format!("{}: {questions} in {sections}, no problems.", questionnaire.title));
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            let name = if is_stdin { Path::new("standard input") } else { &args.file };
            output::err_problems(&name.to_string_lossy(), source, &problems);
            output::err(&format!("{}.", count(problems.len(), "problem")));
            Ok(ExitCode::from(1))
        }
    }
}
