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

    /// The questionnaire with which to continue an earlier session: the newest version of the same one, in
    /// the same language if it is translated.
    pub fn newest(&self, earlier: &Questionnaire) -> Questionnaire {
        let known = self.questionnaires().into_iter().filter(|known| known.id == earlier.id);
        let newest = known.chain([earlier.clone()]).max_by(|a, b| a.version_order().cmp(&b.version_order()));
        let newest = newest.unwrap_or_else(|| earlier.clone());
        let translated = earlier.lang.as_deref().and_then(|lang| newest.clone().in_language(lang).ok());
        translated.unwrap_or(newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::load;

    fn questionnaire(version: u32) -> String {
        format!(
            r#"{{"format": 1, "id": "q", "version": "{version}", "lang": "en", "title": "Review {version}",
            "subject_label": "S", "sections": [{{"id": "s", "title": "S", "questions": [
                {{"id": "a", "title": "A", "text": "A?", "kind": "text"}}]}}],
            "translations": {{"de": {{"title": "Prüfung {version}"}}}}}}"#
        )
    }

    #[test]
    fn a_subject_is_reviewed_again_with_the_newest_version_in_the_same_language() {
        let dir = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(dir.path().join("data"), dir.path().to_owned());
        std::fs::create_dir(&workspace.questionnaires).unwrap();
        std::fs::write(workspace.questionnaires.join("q.json"), questionnaire(2)).unwrap();
        let earlier = load(&questionnaire(1)).unwrap();
        for (language, title) in [("de", "Prüfung 2"), ("en", "Review 2")] {
            let earlier = earlier.clone().in_language(language).unwrap();
            assert_eq!(workspace.newest(&earlier).title, title);
        }
        let french = Questionnaire { lang: Some("fr".into()), ..earlier };
        assert_eq!(workspace.newest(&french).title, "Review 2");
    }
}
