//! `querist questionnaires`: what there is to ask.

use std::process::ExitCode;

use serde_json::json;

use crate::workspace::{Origin, Workspace};

use super::args::JsonArgs;
use super::error::CliError;
use super::output;

pub fn run(workspace: &Workspace, args: &JsonArgs) -> Result<ExitCode, CliError> {
    let catalogue = workspace.catalogue();
    if args.json {
        let list = catalogue.iter().map(|entry| {
            let path = match &entry.origin {
                Origin::BuiltIn => None,
                Origin::File(path) => Some(path.to_string_lossy()),
            };
            match &entry.questionnaire {
                Ok(q) => json!({
                    "id": entry.id, "title": q.title, "version": q.version, "description": q.description,
                    "questions": q.questions().count(), "path": path, "problem": null,
                }),
                Err(error) => json!({"id": entry.id, "path": path, "problem": error.to_string()}),
            }
        });
        output::json(&list.collect::<Vec<_>>());
        return Ok(ExitCode::SUCCESS);
    }
    let width = catalogue.iter().map(|entry| entry.id.len()).max().unwrap_or(0);
    for entry in &catalogue {
        match &entry.questionnaire {
            Ok(q) => {
                let count = q.questions().count();
                output::out(&format!(
                    "{:width$}  {count:>3} questions  {}: {}",
                    entry.id, q.title, q.description
                ));
            }
            Err(error) => output::out(&format!("{:width$}  cannot be read: {error}", entry.id)),
        }
    }
    Ok(ExitCode::SUCCESS)
}
