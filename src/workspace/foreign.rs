//! Questionnaires in files of any format.

use std::path::Path;

use jiff::Timestamp;

use crate::formats::{self, Imported, MAX_FILE, Options, is_foreign};
use crate::questionnaire::{Questionnaire, load};
use crate::session::{Answer, Edit, Session, Stamp};
use crate::store::read_bytes;

use super::error::WorkspaceError;

/// Extensions of files that can be questionnaires.
const EXTENSIONS: &[&str] = &["json", "xlsx", "xlsm", "xls", "csv", "tsv", "yaml", "yml"];

/// A questionnaire with what its file says besides.
#[derive(Debug)]
pub struct Chosen {
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The answers in the file, by question id.
    pub answers: Vec<(String, Answer)>,
    /// How the file was understood, line by line; empty for Querist's own format.
    pub report: Vec<String>,
}

impl Chosen {
    /// A questionnaire of Querist's own format.
    pub fn own(questionnaire: Questionnaire) -> Self {
        Self { questionnaire, answers: Vec::new(), report: Vec::new() }
    }

    /// How the file was understood, line by line; of Querist's own format, what there is to count.
    pub fn understood(&self) -> Vec<String> {
        if self.report.is_empty() {
            return vec![format!("Querist questionnaire: {}", sizes(&self.questionnaire).join(", "))];
        }
        self.report.clone()
    }

    /// A new session about `subject` with the answers of the file, given by `by`.
    pub fn session(self, subject: &str, at: Timestamp, by: &str) -> Session {
        let mut session = Session::new(self.questionnaire, subject, at);
        let stamp = Stamp { by: by.to_owned(), at };
        for (question, answer) in self.answers {
            let edit = Edit::Answer { question, before: Box::default(), after: Box::new(answer) };
            // The ids are those of the questions that were read with the answers.
            let _ = session.apply(&edit, &stamp);
        }
        session
    }
}

/// Whether a name is that of a file and not the id of a questionnaire.
pub fn is_file(name: &str) -> bool {
    name.contains(['/', '\\']) || has_questionnaire_extension(Path::new(name)) || name == "-"
}

/// Whether the extension of a file is one that questionnaires have.
pub fn has_questionnaire_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|e| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(e)))
}

/// Reads the questionnaire in a file of any format.
///
/// # Errors
/// If it cannot be read.
pub fn read_questionnaire(path: &Path, options: &Options) -> Result<Chosen, WorkspaceError> {
    questionnaire_in(path, &read_bytes(path, MAX_FILE)?, options)
}

/// The questionnaire in the content of a file with this path.
///
/// # Errors
/// If it cannot be read.
pub fn questionnaire_in(path: &Path, bytes: &[u8], options: &Options) -> Result<Chosen, WorkspaceError> {
    if !is_foreign(bytes) {
        let questionnaire = parse(path, &String::from_utf8_lossy(bytes))?;
        let name = path.display().to_string();
        return Ok(Chosen::own(in_language(questionnaire, &name, options.language.as_deref())?));
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let wrong = |source| WorkspaceError::NotAQuestionnaire { path: path.to_owned(), source };
    let (format, imported) = formats::read(bytes, &name, options).map_err(wrong)?;
    let report = report(format.label(), &imported);
    Ok(Chosen { questionnaire: imported.questionnaire, answers: imported.answers, report })
}

/// The questionnaire with this name or path in a language; unchanged if none is asked for.
///
/// # Errors
/// If it is not in the language.
pub fn in_language(
    questionnaire: Questionnaire,
    name: &str,
    language: Option<&str>,
) -> Result<Questionnaire, WorkspaceError> {
    let Some(language) = language else { return Ok(questionnaire) };
    let wrong = |source| WorkspaceError::NotTranslated { name: name.to_owned(), source };
    questionnaire.in_language(language).map_err(wrong)
}

/// The counts, how the file was understood, its licence, and the warnings.
fn report(format: &str, imported: &Imported) -> Vec<String> {
    let questionnaire = &imported.questionnaire;
    let asked_if = questionnaire.questions().filter(|question| question.enable_when.is_some()).count();
    let (gated, only_gated) = imported.gated;
    let conditions = asked_if.saturating_sub(only_gated);
    let advice = questionnaire.questions().filter(|question| !question.advice.is_empty()).count();
    let mut counts = sizes(questionnaire);
    counts.extend([count(conditions, "condition", "conditions"), format!("{advice} with advice")]);
    if gated > 0 {
        counts.push(format!("{gated} asked if an answer selects their group"));
    }
    if !imported.answers.is_empty() {
        counts.push(count(imported.answers.len(), "answer", "answers"));
    }
    let mut lines = vec![format!("{format}: {}", counts.join(", "))];
    lines.extend(imported.understood.iter().cloned());
    if let Some(source) = &questionnaire.source {
        lines.push(format!("source: {}, {}, licence: {}", source.title, source.publisher, source.licence));
    }
    lines.extend(imported.warnings.iter().map(|warning| format!("warning: {}", warning.line())));
    lines
}

/// How many questions and sections there are.
fn sizes(questionnaire: &Questionnaire) -> Vec<String> {
    let questions = questionnaire.questions().count();
    vec![
        count(questions, "question", "questions"),
        count(questionnaire.sections.len(), "section", "sections"),
    ]
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Reads a questionnaire in Querist's own format.
pub(super) fn parse(path: &Path, source: &str) -> Result<Questionnaire, WorkspaceError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    load(source).map_err(|problems| WorkspaceError::Problems {
        path: path.to_owned(),
        source_text: source.to_owned(),
        problems,
    })
}
