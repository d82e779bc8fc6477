//! Saving the page of a link with a program that the reviewer has chosen. It runs beside the screen; Querist
//! itself never uses the network.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::store::make_folder;
use crate::text;
use crate::tui::effect::{AnswerPlace, Outcome};
use crate::workspace::{About, PAGE_FOLDER, Workspace};

/// How long the program may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most characters of an error of the program that are shown.
const SHOWN: usize = 120;

/// A page to save.
pub struct Page {
    /// The answer that it is attached to.
    pub place: AnswerPlace,
    /// Its address.
    pub url: String,
    /// The label of its link.
    pub label: String,
    /// The id of the file that it replaces.
    pub replaces: Option<String>,
    /// Today.
    pub today: Date,
}

/// A page that is being saved, or was saved and is there until the next one is.
pub struct Saving {
    page: Page,
    program: String,
    child: Option<Child>,
    started: Instant,
    /// Contains the file, and what the program says.
    folder: tempfile::TempDir,
    /// Without the lock, another Querist that starts meanwhile may remove the folder.
    _lock: Option<File>,
}

impl Saving {
    /// Starts the program with `{url}` and `{file}` filled in.
    ///
    /// # Errors
    /// Why it cannot be started, as a sentence.
    pub fn start(command: &[String], page: Page, workspace: &Workspace) -> Result<Self, String> {
        let [program, arguments @ ..] = command else {
            return Err("Set save_page in the settings to the program that saves pages first.".to_owned());
        };
        if !arguments.iter().any(|argument| argument.contains("{file}")) {
            return Err("The setting save_page does not say where to write: it has no {file}.".to_owned());
        }
        let state = &workspace.state;
        make_folder(state).map_err(|error| format!("Not saved: {error}."))?;
        let lock = workspace.editing(true).ok();
        let cannot = |error: std::io::Error| format!("Not saved: {error}.");
        let folder = tempfile::Builder::new().prefix(PAGE_FOLDER).tempdir_in(state).map_err(cannot)?;
        let errors = File::create(folder.path().join("errors")).map_err(cannot)?;
        let file = saved_file(folder.path());
        let filled = |argument: &String| {
            // The address comes last: it may contain the other name.
            argument.replace("{file}", &file.to_string_lossy()).replace("{url}", &page.url)
        };
        let child = Command::new(program)
            .args(arguments.iter().map(filled))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors)
            .spawn()
            .map_err(|error| format!("{program} cannot be started: {error}."))?;
        let program = program.clone();
        Ok(Self { page, program, child: Some(child), started: Instant::now(), folder, _lock: lock })
    }

    /// Whether the program is still running.
    pub fn is_running(&self) -> bool {
        self.child.is_some()
    }

    /// The saved page, once the program has ended, or why there is none.
    pub fn saved(&mut self) -> Option<Outcome> {
        let child = self.child.as_mut()?;
        let ended = match child.try_wait() {
            Ok(None) if self.started.elapsed() < PATIENCE => return None,
            Ok(None) => Err(format!("{} took longer than {} s.", self.program, PATIENCE.as_secs())),
            Ok(Some(status)) => self.checked(status),
            Err(error) => Err(format!("{} failed: {error}.", self.program)),
        };
        self.stop();
        Some(match ended {
            Err(why) => Outcome::message(format!("The page was not saved: {why}")),
            Ok(path) => Outcome::PageSaved { place: self.page.place.clone(), path, about: self.about() },
        })
    }

    fn checked(&self, status: ExitStatus) -> Result<PathBuf, String> {
        let said = std::fs::read(self.folder.path().join("errors")).unwrap_or_default();
        let said = String::from_utf8_lossy(&said).into_owned();
        let said = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let said = text::one_line(&text::truncate(said.trim(), SHOWN));
        let file = saved_file(self.folder.path());
        match (status.success(), said.as_str()) {
            (true, _) if file.is_file() => Ok(file),
            (true, _) => Err(format!("{} wrote no file.", self.program)),
            (false, "") => Err(format!("{} ended with an error.", self.program)),
            (false, said) => Err(format!("{} ended with an error: {said}", self.program)),
        }
    }

    fn about(&self) -> About {
        let Page { url, label, replaces, today, .. } = &self.page;
        About {
            name: format!("{}.html", text::slug(&text::label_from_url(url))),
            day: Some(*today),
            label: format!("{label} (saved page)"),
            source: Some(url.clone()),
            replaces: replaces.clone(),
        }
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Saving {
    fn drop(&mut self) {
        self.stop();
    }
}

fn saved_file(folder: &Path) -> PathBuf {
    folder.join("page.html")
}
