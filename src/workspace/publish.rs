//! Writing reports to files and importing pages from files.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::questionnaire::Questionnaire;
use crate::report::{Extras, Format, Imported, best_fit, import, page_only, render, update};
use crate::session::Session;
use crate::store::{StoreError, make_folder, read_own_text, read_text, write_whole};

use super::error::WorkspaceError;
use super::place::Workspace;

/// The maximum size of a page, in bytes.
const MAX_PAGE: u64 = 64 * 1_000_000;

/// The outcome of publishing a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The file.
    pub path: PathBuf,
    /// The titles of the questions whose rows changed on an existing page.
    pub rows: Vec<String>,
    /// A copy of the file as it was before, if it existed and was changed.
    pub replaced: Option<PathBuf>,
    /// Whether the file existed and was already up to date.
    pub unchanged: bool,
}

/// A report that is ready to be written.
struct Planned {
    path: PathBuf,
    /// The content of the file, if it exists.
    old: Option<String>,
    new: String,
    rows: Vec<String>,
}

/// Which questions an imported page is taken to answer.
#[derive(Debug)]
pub enum ImportQuestions {
    /// Those of this questionnaire.
    Of(Box<Questionnaire>),
    /// Those of the one of these questionnaires that fits the page best; only those on the page if none fits.
    BestOf(Vec<Questionnaire>),
    /// Only those on the page, whose title may match one of these questionnaires.
    OnPage(Vec<Questionnaire>),
}

impl Workspace {
    /// Writes the report to a file, atomically.
    ///
    /// An existing page is updated: everything that is not part of the session is preserved, and a copy of
    /// the previous version is kept.
    ///
    /// # Errors
    /// If the file exists and is not a report, or cannot be read or written.
    pub fn publish(
        &self,
        session: &Session,
        format: Format,
        path: &Path,
        extras: Extras,
        now: Timestamp,
    ) -> Result<Published, WorkspaceError> {
        let Planned { path, old, new, rows } = self.prepare(session, format, path, extras, now)?;
        let unchanged = old.as_ref() == Some(&new);
        let mut published = Published { path, rows, replaced: None, unchanged };
        if unchanged {
            return Ok(published);
        }
        if let Some(old) = old {
            published.replaced = Some(self.keep_replaced(&published.path, &old, now)?);
        }
        write_whole(&published.path, new.as_bytes(), false)?;
        Ok(published)
    }

    /// The titles of the questions whose rows [`publish`](Self::publish) would change in an existing file.
    /// `None` if there is no such file, or if it is up to date.
    ///
    /// # Errors
    /// As [`publish`](Self::publish), except for writing.
    pub fn plan(
        &self,
        session: &Session,
        format: Format,
        path: &Path,
        extras: Extras,
        now: Timestamp,
    ) -> Result<Option<Vec<String>>, WorkspaceError> {
        let planned = self.prepare(session, format, path, extras, now)?;
        let changes = planned.old.is_some_and(|old| old != planned.new);
        Ok(changes.then_some(planned.rows))
    }

    fn prepare(
        &self,
        session: &Session,
        format: Format,
        path: &Path,
        extras: Extras,
        now: Timestamp,
    ) -> Result<Planned, WorkspaceError> {
        // A symbolic link is followed, so that its target is written and the link stays.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Some(folder) =
            path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        {
            return Err(WorkspaceError::NoFolder { folder: folder.to_owned() });
        }
        if path.symlink_metadata().is_err() {
            let new = render(session, format, extras, now);
            return Ok(Planned { path, old: None, new, rows: Vec::new() });
        }
        let old = read_own_text(&path, MAX_PAGE)?;
        let not_a_report = || WorkspaceError::NotAReport { path: path.clone() };
        let (new, rows) = match format {
            Format::Markdown => {
                let updated = update(&old, session, now, extras).map_err(|_| not_a_report())?;
                (updated.text, updated.rows)
            }
            Format::Json if is_json_report(&old) => (render(session, format, extras, now), Vec::new()),
            Format::Json => return Err(not_a_report()),
        };
        Ok(Planned { path, old: Some(old), new, rows })
    }

    /// Imports a page from a file as a session. The file is read once, so it can be a pipe.
    ///
    /// # Errors
    /// If the file cannot be read or has no table of questions.
    pub fn import_file(
        &self,
        path: &Path,
        questions: &ImportQuestions,
        now: Timestamp,
    ) -> Result<Imported, WorkspaceError> {
        let page = read_text(path, MAX_PAGE)?;
        let not_a_page = |source| WorkspaceError::NotAPage { path: path.to_owned(), source };
        let questionnaire = match questions {
            ImportQuestions::Of(questionnaire) => (**questionnaire).clone(),
            ImportQuestions::BestOf(known) => match best_fit(&page, known).map_err(not_a_page)? {
                Some(index) => known[index].clone(),
                None => page_only(&page, known),
            },
            ImportQuestions::OnPage(known) => page_only(&page, known),
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        import(&page, questionnaire, &name, now).map_err(not_a_page)
    }

    /// The id of the questionnaire that a page fits best; `None` if none of its questions is known.
    ///
    /// # Errors
    /// If the file cannot be read or has no table of questions.
    pub fn best_fit(&self, path: &Path) -> Result<Option<String>, WorkspaceError> {
        let source = read_text(path, MAX_PAGE)?;
        let questionnaires = self.questionnaires();
        let fit = best_fit(&source, &questionnaires)
            .map_err(|source| WorkspaceError::NotAPage { path: path.to_owned(), source })?;
        Ok(fit.map(|index| questionnaires[index].id.clone()))
    }

    /// Writes a copy of a file's previous content, and returns its path.
    fn keep_replaced(&self, path: &Path, old: &str, now: Timestamp) -> Result<PathBuf, StoreError> {
        make_folder(&self.replaced)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stamp = now.strftime("%Y%m%dT%H%M%S");
        let candidate = |n: u32| {
            let number = if n == 1 { String::new() } else { format!("-{n}") };
            self.replaced.join(format!("{stamp}{number}-{name}"))
        };
        let free = (1..).map(candidate).find(|path| path.symlink_metadata().is_err());
        let kept = free.unwrap_or_else(|| candidate(1));
        write_whole(&kept, old.as_bytes(), true)?;
        Ok(kept)
    }
}

fn is_json_report(text: &str) -> bool {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value.is_ok_and(|value| value.get("format").and_then(|f| f.as_str()) == Some("querist-report"))
}
