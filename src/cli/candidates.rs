//! What a shell offers where a review or a questionnaire is to be named.

use std::ffi::OsString;
use std::path::PathBuf;

use clap_complete::CompletionCandidate;

use crate::workspace::Workspace;

use super::folders;

/// The ids of the reviews.
pub fn sessions() -> Vec<CompletionCandidate> {
    let ids = workspace().and_then(|workspace| workspace.sessions.ids().ok());
    ids.unwrap_or_default().into_iter().map(CompletionCandidate::new).collect()
}

/// The ids of the questionnaires, with their titles.
pub fn questionnaires() -> Vec<CompletionCandidate> {
    let entries = workspace().map(|workspace| workspace.catalogue()).unwrap_or_default();
    let candidate = |entry: crate::workspace::Entry| {
        let title = entry.questionnaire.ok().map(|questionnaire| questionnaire.title.into());
        CompletionCandidate::new(entry.id).help(title)
    };
    entries.into_iter().map(candidate).collect()
}

/// The workspace of the line that is being typed, which is not parsed yet.
fn workspace() -> Option<Workspace> {
    let typed = data_dir(std::env::args_os());
    let data = typed.or_else(|| std::env::var_os("QUERIST_DATA_DIR").map(PathBuf::from));
    folders::workspace(data).ok()
}

/// The folder that the line names with `--data-dir`.
fn data_dir(words: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let words: Vec<OsString> = words.collect();
    let after = words.iter().position(|word| word == "--data-dir").and_then(|at| words.get(at + 1)).cloned();
    let joined =
        || words.iter().find_map(|word| word.to_str()?.strip_prefix("--data-dir=").map(OsString::from));
    after.or_else(joined).map(PathBuf::from)
}
