//! What a new session can continue: an earlier session, or a page.

use std::path::Path;

use jiff::Timestamp;

use crate::questionnaire::Questionnaire;
use crate::report::page_date;
use crate::session::Session;

use super::error::WorkspaceError;
use super::place::Workspace;
use super::publish::ImportQuestions;

/// An earlier session about a subject.
#[derive(Debug)]
pub struct Earlier {
    /// Its id, or the name of the page.
    pub id: String,
    /// The session, or what was read from the page.
    pub session: Session,
}

impl Workspace {
    /// The session with this name, or the page at this path, which is read as a session.
    ///
    /// # Errors
    /// If there is no such session, or it or the page cannot be read.
    pub fn earlier(&self, name: &str, now: Timestamp) -> Result<Earlier, WorkspaceError> {
        let path = Path::new(name);
        if path.extension().is_some_and(|extension| extension == "md") {
            let questions = ImportQuestions::BestOf(self.questionnaires());
            let mut session = self.import_file(path, &questions, now)?.session;
            // A page was reviewed on its own date, not today.
            if let Some(date) = session.page().and_then(page_date) {
                session = self.import_file(path, &questions, date)?.session;
            }
            let id = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Ok(Earlier { id, session });
        }
        let (id, loaded) = self.sessions.read(name)?;
        Ok(Earlier { id, session: loaded.session })
    }

    /// The questionnaire with which to continue an earlier session: the newest version of the same one.
    pub fn newest(&self, earlier: &Questionnaire) -> Questionnaire {
        let known = self.questionnaires().into_iter().filter(|known| known.id == earlier.id);
        let newest = known.chain([earlier.clone()]).max_by(|a, b| a.version_order().cmp(&b.version_order()));
        newest.unwrap_or_else(|| earlier.clone())
    }
}
