//! A wiki in a git folder: finds the page of a subject, and commits it.

use std::path::{Component, Path, PathBuf};

use crate::report::page_title;
use crate::session::Session;
use crate::store::run_git;
use crate::text;

use super::error::WorkspaceError;
use super::place::Workspace;

/// How many files are looked at for the page of a subject.
const MAX_PAGES: usize = 20_000;

/// The largest page that is looked at, in bytes.
const MAX_LOOKED_AT: u64 = 4_000_000;

/// A wiki's folder in a git repository.
#[derive(Debug)]
pub struct Wiki {
    folder: PathBuf,
}

impl Workspace {
    /// The wiki in a folder.
    ///
    /// # Errors
    /// If it is not a folder in a git work tree.
    pub fn wiki(&self, folder: &Path) -> Result<Wiki, WorkspaceError> {
        let no_folder = || WorkspaceError::NoFolder { folder: folder.to_owned() };
        let folder = std::fs::canonicalize(folder).map_err(|_| no_folder())?;
        let wiki = Wiki { folder };
        match wiki.git(&["rev-parse", "--is-inside-work-tree"]) {
            Ok(said) if said.trim() == "true" => Ok(wiki),
            Ok(_) => Err(wiki.failed("not in a git work tree")),
            Err(reason) => Err(wiki.failed(&reason)),
        }
    }
}

impl Wiki {
    /// The page of a session: where it was written last, or the one with its title, or a new one.
    pub fn page_of(&self, workspace: &Workspace, id: &str, session: &Session) -> PathBuf {
        let remembered = workspace.remembered().exported.remove(id).map(PathBuf::from);
        let is_gone = remembered.as_ref().is_some_and(|path| !path.exists());
        if let Some(known) = remembered.filter(|path| path.starts_with(&self.folder) && path.is_file()) {
            return known;
        }
        let title = session.questionnaire().report_title(session.subject());
        let wanted = text::normalized(&title);
        let has_title = |path: &PathBuf| {
            let is_small = path.metadata().is_ok_and(|found| found.len() <= MAX_LOOKED_AT);
            let text = is_small.then(|| std::fs::read_to_string(path).ok()).flatten();
            text.and_then(|text| page_title(&text)).is_some_and(|t| text::normalized(&t) == wanted)
        };
        let found = self.pages().into_iter().find(has_title);
        if let Some(moved) = found.as_ref().filter(|_| is_gone) {
            // A page that was moved is still the one that the session was written to.
            let (id, shown) = (id.to_owned(), moved.display().to_string());
            let _ = workspace.remember(|all| drop(all.exported.insert(id, shown)));
        }
        found.unwrap_or_else(|| self.folder.join(format!("{}.md", text::slug(&title))))
    }

    /// The markdown files, in order; without what begins with a dot.
    fn pages(&self) -> Vec<PathBuf> {
        let mut pages = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            for entry in entries {
                let path = entry.path();
                let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
                // Links are not followed: they could lead out of the wiki, or in a circle.
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() && !is_hidden => folders.push(path),
                    Ok(kind) if kind.is_file() && path.extension().is_some_and(|e| e == "md") => {
                        pages.push(path);
                    }
                    Ok(_) | Err(_) => {}
                }
            }
            if pages.len() > MAX_PAGES {
                break;
            }
        }
        pages.sort();
        pages
    }

    /// The path of a folder of the wiki.
    ///
    /// # Errors
    /// If it is outside of the wiki.
    pub fn folder_in(&self, folder: &Path) -> Result<PathBuf, WorkspaceError> {
        let leads_out = folder.components().any(|part| matches!(part, Component::ParentDir));
        let path = self.folder.join(folder);
        match path.starts_with(&self.folder) && !leads_out {
            true => Ok(path),
            false => Err(self.failed(&format!("{} is not in it", folder.display()))),
        }
    }

    /// Commits these files, with the reviewer as the author. `None` if nothing about them has changed.
    ///
    /// # Errors
    /// If git refuses.
    pub fn commit(
        &self,
        files: &[PathBuf],
        message: &str,
        author: &str,
    ) -> Result<Option<String>, WorkspaceError> {
        let files: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let with_files = |args: &[&str]| -> Vec<String> {
            args.iter().map(|arg| (*arg).to_owned()).chain(files.iter().cloned()).collect()
        };
        let failed = |reason: String| self.failed(&reason);
        self.git(&with_files(&["add", "--"])).map_err(failed)?;
        if self.git(&with_files(&["status", "--porcelain", "--"])).map_err(failed)?.trim().is_empty() {
            return Ok(None);
        }
        let mut args = vec!["commit", "--quiet", "--only", "-m", message];
        let by = format!("--author={author}");
        if author.contains('<') && author.ends_with('>') {
            args.push(&by);
        }
        args.push("--");
        self.git(&with_files(&args)).map_err(failed)?;
        let commit = self.git(&["rev-parse", "--short", "HEAD"]).map_err(failed)?;
        Ok(Some(commit.trim().to_owned()))
    }

    fn git<S: AsRef<str>>(&self, args: &[S]) -> Result<String, String> {
        let args: Vec<&str> = args.iter().map(AsRef::as_ref).collect();
        run_git(&self.folder, &args).map(|said| String::from_utf8_lossy(&said).into_owned())
    }

    fn failed(&self, reason: &str) -> WorkspaceError {
        WorkspaceError::Wiki { folder: self.folder.clone(), reason: reason.to_owned() }
    }
}
