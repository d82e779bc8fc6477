//! Writing reports to files and importing pages from files.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::questionnaire::Questionnaire;
use crate::report::{
    Extras, Format, Imported, Keep, TakenIn, Updated, best_fit, import, is_prose, page_only, render, take_in,
    unfaithful, update,
};
use crate::session::{Edit, Session};
use crate::store::{StoreError, make_folder, read_bytes, read_own_text, read_text, write_whole};

use super::error::WorkspaceError;
use super::place::Workspace;

/// The maximum size of a page, in bytes.
pub const MAX_PAGE: u64 = 64 * 1_000_000;

/// What to publish, and where.
#[derive(Debug, Clone, Copy)]
pub struct Publication<'a> {
    /// The session.
    pub session: &'a Session,
    /// The id of the session.
    pub id: &'a str,
    /// The format.
    pub format: Format,
    /// The file.
    pub path: &'a Path,
    /// Optional content.
    pub extras: Extras<'a>,
    /// Whose version of what the session and the page both changed is written. Without it, nothing is written
    /// if there is such a difference.
    pub keep: Option<Keep>,
    /// The time.
    pub now: Timestamp,
}

/// The outcome of publishing a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// The file.
    pub path: PathBuf,
    /// The titles of the questions whose rows changed on an existing page.
    pub rows: Vec<String>,
    /// A copy of the file as it was before, if it existed and was changed.
    pub replaced: Option<PathBuf>,
    /// Whether the file existed and was already up to date.
    pub unchanged: bool,
    /// The edits that bring the changes of others on the page into the session, and remember the page. The
    /// caller, which has the session open, makes them.
    pub edits: Vec<Edit>,
    /// How many changes of others were taken from the page.
    pub taken: usize,
    /// Texts that had to be changed to be written, each as a sentence.
    pub problems: Vec<String>,
}

/// A report that is ready to be written.
struct Planned {
    path: PathBuf,
    /// The content of the file, if it exists.
    old: Option<String>,
    new: String,
    rows: Vec<String>,
    taken: Vec<Edit>,
    problems: Vec<String>,
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
    /// An existing page is merged: what others changed on it since it was last read or written is kept, and a
    /// copy of the previous version too.
    ///
    /// # Errors
    /// If the file exists and is not a report, cannot be read or written, or differs from the session in what
    /// both changed.
    pub fn publish(&self, publication: Publication<'_>) -> Result<Published, WorkspaceError> {
        let Planned { path, old, new, rows, taken, problems } = self.prepare(publication)?;
        let unchanged = old.as_ref() == Some(&new);
        let mut edits = Vec::new();
        let count = taken.len();
        if !taken.is_empty() {
            edits.push(Edit::All(taken));
        }
        let before = publication.session.page().map(str::to_owned);
        if publication.format == Format::Markdown && before.as_ref() != Some(&new) {
            edits.push(Edit::Page { before, after: Some(new.clone()) });
        }
        let mut published =
            Published { path, rows, replaced: None, unchanged, edits, taken: count, problems };
        if unchanged {
            return Ok(published);
        }
        if let Some(old) = old {
            published.replaced =
                Some(self.keep_replaced(&published.path, old.as_bytes(), publication.now)?);
        }
        write_whole(&published.path, new.as_bytes(), false)?;
        let (id, shown) = (publication.id.to_owned(), published.path.display().to_string());
        // A path that cannot be remembered has to be given again next time.
        let _ = self.remember(|all| drop(all.exported.insert(id, shown)));
        Ok(published)
    }

    /// The text that [`publish`](Self::publish) would write.
    ///
    /// # Errors
    /// As [`publish`](Self::publish), except for writing.
    pub fn planned_text(&self, publication: Publication<'_>) -> Result<String, WorkspaceError> {
        self.prepare(publication).map(|planned| planned.new)
    }

    /// The titles of the questions whose rows [`publish`](Self::publish) would change in an existing file.
    /// `None` if there is no such file, or if it is up to date.
    ///
    /// # Errors
    /// As [`publish`](Self::publish), except for writing.
    pub fn plan(&self, publication: Publication<'_>) -> Result<Option<Vec<String>>, WorkspaceError> {
        let planned = self.prepare(publication)?;
        let changes = planned.old.is_some_and(|old| old != planned.new);
        Ok(changes.then_some(planned.rows))
    }

    fn prepare(&self, publication: Publication<'_>) -> Result<Planned, WorkspaceError> {
        let Publication { session, format, path, extras, now, .. } = publication;
        // A symbolic link is followed, so that its target is written and the link stays.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if let Some(folder) =
            path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        {
            return Err(WorkspaceError::NoFolder { folder: folder.to_owned() });
        }
        let (taken, problems) = (Vec::new(), Vec::new());
        if path.symlink_metadata().is_err() {
            let new = render(session, format, extras, now);
            if format == Format::Markdown {
                check_readable(&new, session, &path)?;
            }
            return Ok(Planned { path, old: None, new, rows: Vec::new(), taken, problems });
        }
        let old = read_own_text(&path, MAX_PAGE)?;
        match format {
            Format::Markdown => self.merged(publication, path, old),
            Format::Json | Format::Html | Format::Csv | Format::Oscal if format.is_report(&old) => {
                let new = render(session, format, extras, now);
                Ok(Planned { path, old: Some(old), new, rows: Vec::new(), taken, problems })
            }
            Format::Json | Format::Html | Format::Csv | Format::Oscal => {
                Err(WorkspaceError::NotAReport { path })
            }
        }
    }

    /// Merges the session into the existing page `old`.
    fn merged(
        &self,
        publication: Publication<'_>,
        path: PathBuf,
        old: String,
    ) -> Result<Planned, WorkspaceError> {
        let Publication { session, id, extras, keep, now, .. } = publication;
        // Another page than the one that was read or written last has no common base with the session.
        let exported = self.remembered().exported.remove(id);
        let is_it = |known: String| std::fs::canonicalize(known).is_ok_and(|known| known == path);
        let is_known = exported.is_none_or(is_it) || session.page() == Some(&old);
        let base = session.page().filter(|_| is_known);
        let not_a_report = |_| match is_prose(&old) {
            true => WorkspaceError::NoTable { path: path.clone() },
            false => WorkspaceError::NotAReport { path: path.clone() },
        };
        let TakenIn { session: merged, edits, differences } =
            take_in(&old, base, session, keep).map_err(not_a_report)?;
        if !differences.is_empty() && keep.is_none() {
            return Err(WorkspaceError::Differences { path, differences });
        }
        let updated = update(&old, base, &merged, now, extras).map_err(not_a_report)?;
        check_readable(&updated.text, &merged, &path)?;
        let Updated { text: new, rows, problems } = updated;
        Ok(Planned { path, old: Some(old), new, rows, taken: edits, problems })
    }

    /// Imports a page from a file as a session. The file is read once, so it can be a pipe.
    ///
    /// # Errors
    /// If the file cannot be read or has no questions.
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
    /// If the file cannot be read or has no questions.
    pub fn best_fit(&self, path: &Path) -> Result<Option<String>, WorkspaceError> {
        let source = read_text(path, MAX_PAGE)?;
        let questionnaires = self.questionnaires();
        let fit = best_fit(&source, &questionnaires)
            .map_err(|source| WorkspaceError::NotAPage { path: path.to_owned(), source })?;
        Ok(fit.map(|index| questionnaires[index].id.clone()))
    }

    /// Writes a file. What was there before is kept; returns the path of that copy.
    ///
    /// # Errors
    /// If the file exists and cannot be read, or it or the copy cannot be written.
    pub fn write_file(
        &self,
        path: &Path,
        content: &[u8],
        now: Timestamp,
    ) -> Result<Option<PathBuf>, WorkspaceError> {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let kept = match path.symlink_metadata() {
            Ok(found) if !found.is_file() => return Err(StoreError::NotAFile { path }.into()),
            Ok(_) => {
                let old = read_bytes(&path, MAX_PAGE)?;
                (old != content).then(|| self.keep_replaced(&path, &old, now)).transpose()?
            }
            Err(_) => None,
        };
        write_whole(&path, content, false)?;
        Ok(kept)
    }

    /// Writes a copy of a file's previous content, and returns its path.
    fn keep_replaced(&self, path: &Path, old: &[u8], now: Timestamp) -> Result<PathBuf, StoreError> {
        make_folder(&self.replaced)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // The end of a long name tells more than its beginning: it has the extension.
        let name = &name[name.ceil_char_boundary(name.len().saturating_sub(200))..];
        let stamp = now.strftime("%Y%m%dT%H%M%S");
        let candidate = |n: u32| {
            let number = if n == 1 { String::new() } else { format!("-{n}") };
            self.replaced.join(format!("{stamp}{number}-{name}"))
        };
        let free = (1..).map(candidate).find(|path| path.symlink_metadata().is_err());
        let kept = free.unwrap_or_else(|| candidate(1));
        write_whole(&kept, old, true)?;
        Ok(kept)
    }
}

/// Refuses a page on which the answers of the session could not be found again.
fn check_readable(page: &str, session: &Session, path: &Path) -> Result<(), WorkspaceError> {
    let unreadable = |what: String| WorkspaceError::Unfaithful { path: path.to_owned(), what };
    if page.len() as u64 > MAX_PAGE {
        return Err(unreadable(format!("it has more than {} MB", MAX_PAGE / 1_000_000)));
    }
    match unfaithful(page, session) {
        Some(what) => Err(unreadable(what)),
        None => Ok(()),
    }
}
