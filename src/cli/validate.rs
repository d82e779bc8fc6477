//! `querist validate`: lists the problems of a questionnaire.

use std::path::Path;
use std::process::ExitCode;

use jiff::tz::TimeZone;

use crate::formats::{MAX_FILE, is_foreign};
use crate::questionnaire::{Coverage, Questionnaire, advice, load};
use crate::store::read_bytes;
use crate::workspace::{in_language, now, questionnaire_in};

use super::args::ValidateArgs;
use super::error::CliError;
use super::input::standard_input_bytes;
use super::output::{self, count};

/// How many texts without a translation are named.
const NAMED: usize = 5;

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
        Ok(questionnaire) => {
            // A file of another format was converted in this language.
            let language = args.source.lang.as_deref().filter(|_| !is_foreign);
            let coverage = questionnaire.coverage();
            let advice = if args.advice { advise(args, &name, source, &questionnaire) } else { 0 };
            let questionnaire = in_language(questionnaire, &name, language)?;
            no_problems(&questionnaire);
            let is_chosen =
                |one: &&Coverage| language.is_none() || questionnaire.lang.as_ref() == Some(&one.language);
            coverage.iter().filter(is_chosen).for_each(|one| output::err(&line(one)));
            if args.advice {
                output::err(&format!("Advice: {}.", count(advice, "suggestion")));
            }
            Ok(ExitCode::from(u8::from(advice > 0)))
        }
        Err(problems) => {
            output::err_problems(&name, source, &problems);
            output::err(&format!("{}.", count(problems.len(), "problem")));
            Ok(ExitCode::from(1))
        }
    }
}

/// Prints the advice on a questionnaire. Returns how much there is.
fn advise(args: &ValidateArgs, name: &str, source: &str, questionnaire: &Questionnaire) -> usize {
    let today = args.today.unwrap_or_else(|| now().to_zoned(TimeZone::system()).date());
    let advice = advice(source, questionnaire, today);
    output::err_advice(name, source, &advice);
    advice.len()
}

fn no_problems(questionnaire: &Questionnaire) {
    let questions = count(questionnaire.questions().count(), "question");
    let sections = count(questionnaire.sections.len(), "section");
    output::err(&format!("{}: {questions} in {sections}, no problems.", questionnaire.title));
}

/// How complete a translation is, with the first texts that are missing.
fn line(coverage: &Coverage) -> String {
    let Coverage { language, texts, missing } = coverage;
    let translated = texts - missing.len();
    let line = format!("Translation {language}: {translated} of {}", count(*texts, "text"));
    let (first, rest) = missing.split_at(missing.len().min(NAMED));
    match rest.len() {
        0 if first.is_empty() => format!("{line}."),
        0 => format!("{line}. Missing: {}.", first.join(", ")),
        more => format!("{line}. Missing: {} and {more} more.", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_texts_without_a_translation_are_named() {
        let shown = |missing: &[&str]| {
            let missing = missing.iter().map(|&text| text.to_owned()).collect();
            line(&Coverage { language: "de".into(), texts: 8, missing })
        };
        assert_eq!(shown(&[]), "Translation de: 8 of 8 texts.");
        assert_eq!(shown(&["`title`", "b"]), "Translation de: 6 of 8 texts. Missing: `title`, b.");
        let many = shown(&["a", "b", "c", "d", "e", "f", "g"]);
        assert_eq!(many, "Translation de: 1 of 8 texts. Missing: a, b, c, d, e and 2 more.");
    }
}
