//! The questionnaires that there are to ask: built in, the user's own, or any file.

use std::path::{Path, PathBuf};

use crate::questionnaire::{BUILT_IN, Questionnaire, load};
use crate::store::read_text;

use super::error::WorkspaceError;
use super::place::Workspace;

/// The most that is read of a questionnaire, in bytes.
const MAX_QUESTIONNAIRE: u64 = 32 * 1_000_000;

/// A questionnaire in a list.
#[derive(Debug)]
pub struct Entry {
    /// Its id; the file's name if it cannot be read.
    pub id: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The questionnaire, or why it cannot be read.
    pub questionnaire: Result<Questionnaire, WorkspaceError>,
}

/// Where a questionnaire comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The program.
    BuiltIn,
    /// A file.
    File(PathBuf),
}

impl Workspace {
    /// All questionnaires: built in, then the user's own by name of file.
    pub fn catalogue(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = BUILT_IN
            .iter()
            .map(|(id, source)| Entry {
                id: (*id).to_owned(),
                origin: Origin::BuiltIn,
                questionnaire: parse(Path::new(id), (*source).to_owned()),
            })
            .collect();
        let files = std::fs::read_dir(&self.questionnaires).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == "json"));
        files.sort();
        for path in files {
            let questionnaire = read(&path);
            let id = match &questionnaire {
                Ok(questionnaire) => questionnaire.id.clone(),
                Err(_) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            };
            entries.push(Entry { id, origin: Origin::File(path), questionnaire });
        }
        entries
    }

    /// The questionnaire of this id or in this file. The user's own comes before a built-in one of the same id.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub fn questionnaire(&self, name: &str) -> Result<Questionnaire, WorkspaceError> {
        if name.contains(['/', '\\']) || name.ends_with(".json") {
            return read(Path::new(name));
        }
        let mut catalogue = self.catalogue();
        match catalogue.iter().rposition(|entry| entry.id == name) {
            Some(at) => catalogue.swap_remove(at).questionnaire,
            None => {
                let known = catalogue.into_iter().map(|entry| entry.id).collect();
                Err(WorkspaceError::UnknownQuestionnaire { name: name.to_owned(), known })
            }
        }
    }
}

fn read(path: &Path) -> Result<Questionnaire, WorkspaceError> {
    let source = read_text(path, MAX_QUESTIONNAIRE)?;
    parse(path, source)
}

fn parse(path: &Path, source: String) -> Result<Questionnaire, WorkspaceError> {
    let text = source.strip_prefix('\u{feff}').unwrap_or(&source);
    load(text).map_err(|problems| {
        let (path, source) = (path.to_owned(), text.to_owned());
        WorkspaceError::Problems { path, source, problems }
    })
}
