//! `querist questionnaires`: lists the available questionnaires, or prints an example.

use std::process::ExitCode;

use serde_json::json;

use crate::questionnaire::Questionnaire;
use crate::workspace::{CatalogueEntry, QuestionnaireOrigin, Workspace};

use super::args::QuestionnairesArgs;
use super::error::CliError;
use super::output;

/// A questionnaire to start one's own from.
const EXAMPLE: &str = include_str!("../../questionnaires/example.json");

pub fn run(workspace: &Workspace, args: &QuestionnairesArgs) -> Result<ExitCode, CliError> {
    if args.example {
        output::raw(EXAMPLE);
        return Ok(ExitCode::SUCCESS);
    }
    let catalogue = workspace.catalogue();
    if args.json {
        output::json(&catalogue.iter().map(entry_as_json).collect::<Vec<_>>());
        return Ok(ExitCode::SUCCESS);
    }
    let width = catalogue.iter().map(|entry| entry.id.len()).max().unwrap_or(0);
    for entry in &catalogue {
        match &entry.questionnaire {
            Ok(q) => {
                let questions = output::count(q.questions().count(), "question");
                let dated = dated(q).map(|dated| format!(" {dated}")).unwrap_or_default();
                let line =
                    format!("{:width$}  {questions:>13}  {}: {}{dated}", entry.id, q.title, q.description);
                output::out(line.trim_end());
            }
            Err(error) => output::out(&format!("{:width$}  cannot be read: {error}", entry.id)),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// How old the content of a questionnaire is, if its texts say so.
fn dated(questionnaire: &Questionnaire) -> Option<String> {
    let (oldest, newest) = questionnaire.dated()?;
    let [oldest, newest] = [oldest, newest].map(|month| month.strftime("%B %Y").to_string());
    Some(match oldest == newest {
        true => format!("Facts as of {newest}."),
        false => format!("Facts as of {oldest} to {newest}."),
    })
}

fn entry_as_json(entry: &CatalogueEntry) -> serde_json::Value {
    let path = match &entry.origin {
        QuestionnaireOrigin::BuiltIn => None,
        QuestionnaireOrigin::File(path) => Some(path.to_string_lossy()),
    };
    match &entry.questionnaire {
        Ok(q) => {
            let months = q
                .dated()
                .map(|(oldest, newest)| [oldest, newest].map(|month| month.strftime("%Y-%m").to_string()));
            json!({
            "id": entry.id, "title": q.title, "version": q.version, "description": q.description,
            "questions": q.questions().count(), "languages": q.languages(), "path": path, "problem": null,
            "facts": months.map(|[oldest, newest]| json!({"oldest": oldest, "newest": newest})),
            })
        }
        Err(error) => json!({"id": entry.id, "path": path, "problem": error.to_string()}),
    }
}
