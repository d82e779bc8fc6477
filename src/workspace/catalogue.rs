//! The available questionnaires: built in, the user's own, or any file.

use std::path::{Path, PathBuf};

use crate::formats::Options;
use crate::questionnaire::{BUILT_IN, Questionnaire};
use crate::store::read_own_text;

use super::error::WorkspaceError;
use super::foreign::{is_file, parse, read_questionnaire};
use super::place::Workspace;

/// The maximum size of a questionnaire, in bytes.
const MAX_QUESTIONNAIRE: u64 = 32 * 1_000_000;

/// An entry in the list of questionnaires.
#[derive(Debug)]
pub struct CatalogueEntry {
    /// The id of the questionnaire, or the name of its file if it cannot be read.
    pub id: String,
    /// Where the questionnaire comes from.
    pub origin: QuestionnaireOrigin,
    /// The questionnaire, or the reason why it cannot be read.
    pub questionnaire: Result<Questionnaire, WorkspaceError>,
}

/// Where a questionnaire comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionnaireOrigin {
    /// It is built into the program.
    BuiltIn,
    /// A file in the user's folder of questionnaires.
    File(PathBuf),
}

impl Workspace {
    /// All questionnaires: first those built in, then the user's own by file name.
    pub fn catalogue(&self) -> Vec<CatalogueEntry> {
        let built_in = BUILT_IN.iter().map(|(id, source)| CatalogueEntry {
            id: (*id).to_owned(),
            origin: QuestionnaireOrigin::BuiltIn,
            questionnaire: parse(Path::new(id), source),
        });
        let files = std::fs::read_dir(&self.questionnaires).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = files.map(|entry| entry.path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        files.sort();
        let own = files.into_iter().map(|path| {
            let text = read_own_text(&path, MAX_QUESTIONNAIRE).map_err(WorkspaceError::from);
            let questionnaire = text.and_then(|text| parse(&path, &text));
            let id = match &questionnaire {
                Ok(questionnaire) => questionnaire.id.clone(),
                Err(_) => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            };
            CatalogueEntry { id, origin: QuestionnaireOrigin::File(path), questionnaire }
        });
        built_in.chain(own).collect()
    }

    /// All questionnaires that can be read.
    pub fn questionnaires(&self) -> Vec<Questionnaire> {
        self.catalogue().into_iter().filter_map(|entry| entry.questionnaire.ok()).collect()
    }

    /// Reads the questionnaire with this id or at this path. The user's own take precedence over those built
    /// in.
    ///
    /// # Errors
    /// If there is no such questionnaire, or it cannot be read.
    pub fn questionnaire(&self, name: &str) -> Result<Questionnaire, WorkspaceError> {
        if is_file(name) {
            return Ok(read_questionnaire(Path::new(name), &Options::default())?.questionnaire);
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
