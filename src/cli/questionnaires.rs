//! `querist questionnaires`: lists the available questionnaires, or prints an example.

use std::process::ExitCode;

use serde_json::json;

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
                output::out(&format!("{:width$}  {questions:>13}  {}: {}", entry.id, q.title, q.description));
            }
            Err(error) => output::out(&format!("{:width$}  cannot be read: {error}", entry.id)),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn entry_as_json(entry: &CatalogueEntry) -> serde_json::Value {
    let path = match &entry.origin {
        QuestionnaireOrigin::BuiltIn => None,
        QuestionnaireOrigin::File(path) => Some(path.to_string_lossy()),
    };
    match &entry.questionnaire {
        Ok(q) => json!({
            "id": entry.id, "title": q.title, "version": q.version, "description": q.description,
            "questions": q.questions().count(), "languages": q.languages(), "path": path, "problem": null,
        }),
        Err(error) => json!({"id": entry.id, "path": path, "problem": error.to_string()}),
    }
}
