//! Shell completion for the names of sessions and questionnaires.

use std::ffi::OsString;
use std::path::PathBuf;

use clap_complete::CompletionCandidate;

use crate::workspace::{CatalogueEntry, Workspace};

use super::folders;

/// The ids of the sessions.
pub fn sessions() -> Vec<CompletionCandidate> {
    let ids = workspace().and_then(|workspace| workspace.sessions.ids().ok());
    ids.unwrap_or_default().into_iter().map(CompletionCandidate::new).collect()
}

/// The ids of the questionnaires, with their titles.
pub fn questionnaires() -> Vec<CompletionCandidate> {
    let entries = workspace().map(|workspace| workspace.catalogue()).unwrap_or_default();
    let candidate = |entry: CatalogueEntry| {
        let title = entry.questionnaire.ok().map(|questionnaire| questionnaire.title.into());
        CompletionCandidate::new(entry.id).help(title)
    };
    entries.into_iter().map(candidate).collect()
}

/// The workspace for the command line that is being completed, which has not been parsed yet.
fn workspace() -> Option<Workspace> {
    let typed = data_dir(std::env::args_os());
    let data = typed.or_else(|| std::env::var_os("QUERIST_DATA_DIR").map(PathBuf::from));
    folders::workspace(data).ok()
}

/// The value of `--data-dir` on the command line.
fn data_dir(args: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let args: Vec<OsString> = args.collect();
    let separate = args.iter().position(|arg| arg == "--data-dir").and_then(|at| args.get(at + 1)).cloned();
    let joined = || args.iter().find_map(|arg| arg.to_str()?.strip_prefix("--data-dir=").map(OsString::from));
    separate.or_else(joined).map(PathBuf::from)
}
