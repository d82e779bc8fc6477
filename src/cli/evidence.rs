//! `querist evidence`: lists the files that serve as evidence.

use std::process::ExitCode;

use serde_json::{Value, json};

use crate::session::{EvidenceFile, FileState, Session, author_name};
use crate::store::EvidenceFolder;
use crate::text;
use crate::workspace::Workspace;

use super::args::EvidenceArgs;
use super::error::CliError;
use super::output;

/// A file in the list.
struct Listed<'s> {
    /// Its entry; none if the session does not refer to it, as after an undo.
    entry: Option<&'s EvidenceFile>,
    name: String,
    bytes: u64,
    questions: Vec<&'s str>,
    state: &'static str,
}

pub fn run(workspace: &Workspace, args: &EvidenceArgs) -> Result<ExitCode, CliError> {
    let (_, loaded) = workspace.sessions.read(&args.session)?;
    let folder = workspace.sessions.evidence(&args.session)?;
    let listed = listed(&loaded.session, &folder, args.verify);
    if args.json {
        output::json(&listed.iter().map(in_json).collect::<Vec<_>>());
    } else if listed.is_empty() {
        output::err("No files. Attach one with `querist attach SESSION QUESTION FILE`.");
    }
    if !args.json {
        print(&listed);
    }
    let is_bad = listed.iter().any(|file| matches!(file.state, MISSING | CHANGED));
    Ok(ExitCode::from(u8::from(args.verify && is_bad)))
}

const MISSING: &str = "missing";
const CHANGED: &str = "changed";

/// The files that the session knows, in the order in which they were added, then those that it does not know.
fn listed<'s>(session: &'s Session, folder: &EvidenceFolder, verify: bool) -> Vec<Listed<'s>> {
    let mut entries: Vec<&EvidenceFile> = session.entries().evidence.iter().collect();
    entries.sort_by_key(|file| file.added.at);
    let mut unknown = folder.names();
    let mut listed = Vec::new();
    for entry in entries {
        let state = match (folder.find(entry), verify) {
            (None, _) => MISSING,
            (Some(path), _) => {
                unknown.remove(path.file_name().unwrap_or_default().to_string_lossy().as_ref());
                match verify.then(|| folder.state(entry)) {
                    None => "stored",
                    Some(FileState::Intact) => "intact",
                    Some(FileState::Changed) => CHANGED,
                    Some(FileState::Missing) => MISSING,
                }
            }
        };
        let questions = session.questions_with_file(&entry.id).into_iter();
        listed.push(Listed {
            entry: Some(entry),
            name: entry.name.clone(),
            bytes: entry.bytes,
            questions: questions.map(|index| session.question(index).id.as_str()).collect(),
            state,
        });
    }
    listed.extend(unknown.into_iter().map(|name| Listed {
        entry: None,
        bytes: folder.size_of(&name),
        name,
        questions: Vec::new(),
        state: "stored",
    }));
    listed
}

fn print(listed: &[Listed<'_>]) {
    let width = listed.iter().map(|file| text::width(&text::one_line(&file.name))).max().unwrap_or(0);
    for file in listed {
        let name = text::one_line(&file.name);
        let gap = " ".repeat(width - text::width(&name));
        let day = file.entry.and_then(|entry| entry.day).map_or("-".to_owned(), |day| day.to_string());
        let used = if file.questions.is_empty() { "not used".to_owned() } else { file.questions.join(", ") };
        let source = file.entry.and_then(|entry| Some((entry.source.as_ref()?, &entry.added.by)));
        let source = source.map(|(url, by)| format!("  {url}, as saved by {}", author_name(by)));
        let (size, state) = (text::size(file.bytes), file.state);
        output::out(&format!(
            "{name}{gap}  {size:>9}  {day:10}  {state:7}  {used}{}",
            source.unwrap_or_default()
        ));
    }
}

fn in_json(file: &Listed<'_>) -> Value {
    let entry = file.entry;
    json!({
        "id": entry.map(|entry| &entry.id),
        "name": file.name,
        "bytes": file.bytes,
        "sha256": entry.map(|entry| &entry.sha256),
        "day": entry.and_then(|entry| entry.day),
        "source": entry.and_then(|entry| entry.source.as_ref()),
        "added": entry.map(|entry| &entry.added),
        "questions": file.questions,
        "state": file.state,
    })
}
