//! `querist validate`: the problems of a questionnaire.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use crate::questionnaire::load;
use crate::store::read_text;

use super::args::ValidateArgs;
use super::error::CliError;
use super::output;

/// The most that is read, in bytes.
const LIMIT: u64 = 32 * 1_000_000;

pub fn run(args: &ValidateArgs) -> Result<ExitCode, CliError> {
    let source = if args.file.as_os_str() == "-" { standard_input()? } else { read_text(&args.file, LIMIT)? };
    let source = source.strip_prefix('\u{feff}').unwrap_or(&source);
    match load(source) {
        Ok(questionnaire) => {
            let (sections, count) = (questionnaire.sections.len(), questionnaire.questions().count());
            output::err(&format!(
                "{}: {count} questions in {sections} sections, no problem.",
                questionnaire.title
            ));
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            output::err(output::problems(&name(&args.file), source, &problems).trim_end());
            let noun = if problems.len() == 1 { "problem" } else { "problems" };
            output::err(&format!("{} {noun}.", problems.len()));
            Ok(ExitCode::from(1))
        }
    }
}

fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "standard input".to_owned() } else { path.to_string_lossy().into_owned() }
}

fn standard_input() -> Result<String, CliError> {
    let mut text = String::new();
    match std::io::stdin().lock().take(LIMIT).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(CliError::unreadable(format!("cannot read standard input: {error}"), "")),
    }
}
