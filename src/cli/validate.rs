//! `querist validate`: lists the problems of a questionnaire.

use std::path::Path;
use std::process::ExitCode;

use crate::formats::{MAX_FILE, is_foreign};
use crate::questionnaire::{Questionnaire, load};
use crate::store::read_bytes;
use crate::workspace::questionnaire_in;

use super::args::ValidateArgs;
use super::error::CliError;
use super::input::standard_input_bytes;
use super::output::{self, count};

pub fn run(args: &ValidateArgs) -> Result<ExitCode, CliError> {
    let is_stdin = args.file.as_os_str() == "-";
    let bytes = if is_stdin { standard_input_bytes(MAX_FILE)? } else { read_bytes(&args.file, MAX_FILE)? };
    let path = if is_stdin { Path::new("standard input") } else { &args.file };
    let is_foreign = is_foreign(&bytes);
    let (source, name) = if is_foreign {
        let chosen = questionnaire_in(path, &bytes, &args.source.options()?)?;
        for line in &chosen.report {
            output::err(line);
        }
        // Serializing plain data with string keys into memory cannot fail.
        let text = serde_json::to_string_pretty(&chosen.questionnaire).unwrap_or_default();
        (text, format!("{} (converted)", path.display()))
    } else {
        (String::from_utf8_lossy(&bytes).into_owned(), path.to_string_lossy().into_owned())
    };
    let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
    match load(source) {
        Ok(questionnaire) => Ok(no_problems(&questionnaire)),
        Err(problems) => {
            output::err_problems(&name, source, &problems);
            output::err(&format!("{}.", count(problems.len(), "problem")));
            Ok(ExitCode::from(1))
        }
    }
}

fn no_problems(questionnaire: &Questionnaire) -> ExitCode {
    let questions = count(questionnaire.questions().count(), "question");
    let sections = count(questionnaire.sections.len(), "section");
    output::err(&format!("{}: {questions} in {sections}, no problems.", questionnaire.title));
    ExitCode::SUCCESS
}
