//! A report written to a file, and a page read from one.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::questionnaire::Questionnaire;
use crate::report::{Extras, Imported, document, import, json, markdown, update};
use crate::session::Session;
use crate::store::{StoreError, make_folder, read_text, write_whole};

use super::error::WorkspaceError;
use super::place::Workspace;

/// The most that is read of a page, in bytes.
const MAX_PAGE: u64 = 64 * 1_000_000;

/// The form of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// A wiki page.
    #[default]
    Markdown,
    /// JSON.
    Json,
}

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The file.
    pub path: PathBuf,
    /// The questions whose rows changed on a page that was there.
    pub rows: Vec<String>,
    /// The file as it was before, if it was there and changed.
    pub replaced: Option<PathBuf>,
    /// Whether the file was there and has not changed.
    pub unchanged: bool,
}

/// The report on `session` as text. A session that came from a page gives that page, brought up to date.
pub fn report(session: &Session, format: Format, extras: Extras, now: Timestamp) -> String {
    let fresh = || document(session, now, extras);
    match format {
        Format::Json => json(&fresh()),
        Format::Markdown => match session.page().map(|page| update(page, session, now, extras)) {
            Some(Ok(updated)) => updated.text,
            Some(Err(_)) | None => markdown(&fresh()),
        },
    }
}

impl Workspace {
    /// Writes the report to a file, whole or not at all. On a page that is there already, what the session does not own
    /// stays; the file as it was is kept.
    ///
    /// # Errors
    /// If the file is there and is no report, or cannot be read or written.
    pub fn publish(
        &self,
        session: &Session,
        format: Format,
        path: &Path,
        extras: Extras,
        now: Timestamp,
    ) -> Result<Published, WorkspaceError> {
        // A link stays a link: what it leads to is written.
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut published =
            Published { path: path.clone(), rows: Vec::new(), replaced: None, unchanged: false };
        if path.symlink_metadata().is_err() {
            write_whole(&path, report(session, format, extras, now).as_bytes(), false)?;
            return Ok(published);
        }
        let old = read_text(&path, MAX_PAGE)?;
        let not_a_report = || WorkspaceError::NotAReport { path: path.clone() };
        let new = match format {
            Format::Markdown => {
                let updated = update(&old, session, now, extras).map_err(|_| not_a_report())?;
                published.rows = updated.rows;
                updated.text
            }
            Format::Json if is_json_report(&old) => report(session, format, extras, now),
            Format::Json => return Err(not_a_report()),
        };
        if new == old {
            published.unchanged = true;
            return Ok(published);
        }
        published.replaced = Some(self.keep_replaced(&path, &old, now)?);
        write_whole(&path, new.as_bytes(), false)?;
        Ok(published)
    }

    /// Reads a page from a file, as a session of `questionnaire`.
    ///
    /// # Errors
    /// If the file cannot be read or has no table of questions.
    pub fn import_file(
        &self,
        path: &Path,
        questionnaire: Questionnaire,
        now: Timestamp,
    ) -> Result<Imported, WorkspaceError> {
        let source = read_text(path, MAX_PAGE)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        import(&source, questionnaire, &name, now)
            .map_err(|_| WorkspaceError::NotAPage { path: path.to_owned() })
    }

    fn keep_replaced(&self, path: &Path, old: &str, now: Timestamp) -> Result<PathBuf, StoreError> {
        make_folder(&self.replaced)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stamp = now.strftime("%Y%m%dT%H%M%S");
        let candidate = |n: u32| {
            let number = if n == 1 { String::new() } else { format!("-{n}") };
            self.replaced.join(format!("{stamp}{number}-{name}"))
        };
        let kept =
            (1..).map(candidate).find(|p| p.symlink_metadata().is_err()).unwrap_or_else(|| candidate(1));
        write_whole(&kept, old.as_bytes(), true)?;
        Ok(kept)
    }
}

fn is_json_report(text: &str) -> bool {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value.is_ok_and(|value| value.get("format").and_then(|f| f.as_str()) == Some("querist-report"))
}
