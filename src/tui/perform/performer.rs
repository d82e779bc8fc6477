//! One match over all effects.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use crossterm::clipboard::CopyToClipboard;

use crate::report::{Extras, Format, Keep, render};
use crate::session::Origin;
use crate::store::StoreError;
use crate::text;
use crate::tui::app::{App, Input, update};
use crate::tui::effect::{Effect, FileEffect, Outcome};
use crate::tui::terminal::Terminal;
use crate::workspace::{Publication, Query, Searcher, Workspace, WorkspaceError, now};

use super::evidence::{self, Opening};
use super::saving::{Page, Saving};
use super::{editor, paths, sessions};

/// How a report is exported.
struct Export {
    format: Format,
    confirmed: bool,
    keep: Option<Keep>,
}

/// What effects work with: the files, and the terminal if there is one.
pub struct Performer {
    pub(super) workspace: Workspace,
    terminal: Option<Terminal>,
    /// The folder that relative paths start from.
    folder: PathBuf,
    /// Searches the library; from the first search on.
    searcher: Option<Searcher>,
    /// The page that is being saved, or is about to be attached.
    saving: Option<Saving>,
    /// Whether the program ends.
    pub has_quit: bool,
}

impl Performer {
    /// A performer without a terminal: it starts no editor and no browser, and copies nothing.
    pub fn new(workspace: Workspace, folder: PathBuf) -> Self {
        Self { workspace, terminal: None, folder, searcher: None, saving: None, has_quit: false }
    }

    /// Sets the terminal.
    pub fn set_terminal(&mut self, terminal: Terminal) {
        self.terminal = Some(terminal);
    }

    /// The terminal.
    pub fn terminal(&mut self) -> Option<&mut Terminal> {
        self.terminal.as_mut()
    }

    /// Whether a search is not finished.
    pub fn is_searching(&self) -> bool {
        self.searcher.as_ref().is_some_and(Searcher::is_searching)
    }

    /// What was found or saved since the last call.
    pub fn found(&mut self) -> Option<Outcome> {
        let found = self.searcher.as_mut().and_then(Searcher::found).map(|found| Outcome::Found { found });
        found.or_else(|| {
            let saved = self.saving.as_mut()?.saved()?;
            // A page that is there is needed until it is attached.
            self.saving.take_if(|_| !matches!(saved, Outcome::PageSaved { .. }));
            Some(saved)
        })
    }

    /// Opens a session by id, unique prefix or path.
    ///
    /// # Errors
    /// If there is no such session or more than one, or if it cannot be read.
    pub fn open(&self, name: &str) -> Result<Outcome, StoreError> {
        sessions::open(&self.workspace, name, None)
    }

    /// Performs one effect and returns its outcome.
    pub fn perform(&mut self, app: &mut App, effect: Effect) -> Option<Outcome> {
        let workspace = &self.workspace;
        match effect {
            Effect::SyncSoon => {
                app.current_mut()?.open.sync_soon();
                None
            }
            Effect::Retry => retry(app),
            Effect::Look => look(app),
            Effect::Snapshot => snapshot(app),
            Effect::Close => close(app),
            Effect::List { shelf } => Some(sessions::listed(workspace, shelf)),
            Effect::Rename { id, subject } => Some(sessions::rename(workspace, &id, subject, app.now)),
            Effect::Duplicate { id } => Some(sessions::duplicate(workspace, &id)),
            Effect::ReviewAgain { id } => Some(sessions::review_again(workspace, &id, clock())),
            Effect::Move { id, from, to } => Some(sessions::move_to(workspace, &id, from, to)),
            Effect::FirstStart => first_start(workspace),
            Effect::Catalogue { purpose } => Some(sessions::catalogue(workspace, purpose, &self.folder)),
            Effect::Open { id, question } => {
                Some(sessions::open(workspace, &id, question).unwrap_or_else(Outcome::message))
            }
            Effect::Compare { left, right } => Some(sessions::compare(workspace, &left, &right)),
            Effect::SideBySide { ids } => {
                Some(sessions::side_by_side(workspace, &ids, app.now, app.evidence_days))
            }
            Effect::Search { query } => self.search(query),
            Effect::WriteFile { path, text } => Some(self.write_file(&self.path(&path), &text)),
            Effect::Create { questionnaire, subject } => {
                Some(sessions::create(workspace, &questionnaire, &subject, app.now))
            }
            Effect::Import { path, questionnaire } => {
                Some(sessions::import(workspace, &self.path(&path), questionnaire.as_deref(), app.now))
            }
            Effect::Export { path, format, confirmed, keep } => {
                self.export(app, &self.path(&path), Export { format, confirmed, keep })
            }
            Effect::File(effect) => Some(self.file(app, effect)),
            Effect::Render { format } => {
                let source = render(app.current()?.session(), format, Extras::default(), app.now);
                Some(Outcome::Rendered { format, source })
            }
            Effect::Browse { url } => Some(Outcome::message(self.browse(&url))),
            Effect::OpenFile { path } => Some(Outcome::message(self.open_file(&path))),
            Effect::Settings => Some(Outcome::message(self.settings())),
            Effect::Copy { text } => Some(self.copy(&text)),
            Effect::Editor { text_ref, text } => {
                let edited = match &mut self.terminal {
                    Some(terminal) => editor::edit(&text, &self.workspace, terminal),
                    None => Err("An editor needs a terminal. The text is unchanged.".to_owned()),
                };
                Some(edited.map_or_else(Outcome::message, |text| Outcome::Edited { text_ref, text }))
            }
            Effect::CompletePath { typed } => Some(paths::complete(&typed, &self.folder)),
            Effect::SaveElsewhere { path } => self.save_elsewhere(app, &self.path(&path)),
            Effect::Quit => {
                self.has_quit = true;
                None
            }
        }
    }

    /// A path as typed, from the folder the program was started in, with `~` for the home folder.
    fn path(&self, typed: &Path) -> PathBuf {
        self.folder.join(paths::expanded(typed))
    }

    fn export(&self, app: &mut App, path: &Path, request: Export) -> Option<Outcome> {
        let now = app.now;
        let open = &mut app.current_mut()?.open;
        let shown = path.display().to_string();
        let Export { format, confirmed, keep } = request;
        let (session, id) = (open.session(), open.id());
        let extras = Extras::default();
        let publication = Publication { session, id, format, path, extras, keep, now };
        if !confirmed {
            match self.workspace.plan(publication) {
                Ok(Some(rows)) => return Some(Outcome::Confirm { message: changes(&shown, &rows) }),
                Ok(None) => {}
                Err(error) => return Some(not_exported(error)),
            }
        }
        let published = match self.workspace.publish(publication) {
            Ok(published) => published,
            Err(error) => return Some(not_exported(error)),
        };
        if open.read_only().is_none() {
            for edit in published.edits {
                // The edits were made for the session as it is.
                let _ = open.edit(edit, Origin::Do, now);
            }
        }
        let taken = match published.taken {
            0 => String::new(),
            1 => " Took 1 change made on the page since; Ctrl-Z undoes it.".to_owned(),
            n => format!(" Took {n} changes made on the page since; Ctrl-Z undoes them."),
        };
        let notes: String = published.problems.iter().map(|problem| format!(" {problem}.")).collect();
        let message = match (published.unchanged, &published.replaced) {
            (true, _) => format!("{shown} is up to date.{taken}"),
            (false, Some(kept)) => {
                format!("Wrote {shown}. The previous version is {}.{taken}{notes}", kept.display())
            }
            (false, None) => format!("Wrote {shown}. Press o to open it, y to copy its path.{notes}"),
        };
        Some(Outcome::Exported { path: shown, message })
    }

    fn search(&mut self, query: Query) -> Option<Outcome> {
        let workspace = &self.workspace;
        self.searcher.get_or_insert_with(|| Searcher::new(workspace.clone())).search(query);
        None
    }

    fn write_file(&self, path: &Path, text: &str) -> Outcome {
        match self.workspace.write_file(path, text.as_bytes(), clock()) {
            Ok(None) => Outcome::Written { message: format!("Wrote {}.", path.display()) },
            Ok(Some(kept)) => {
                let message =
                    format!("Wrote {}. The previous version is {}.", path.display(), kept.display());
                Outcome::Written { message }
            }
            Err(error) => Outcome::message(error),
        }
    }

    fn save_elsewhere(&mut self, app: &App, path: &Path) -> Option<Outcome> {
        match app.current()?.open.save_elsewhere(path) {
            Ok(()) => {
                self.has_quit = true;
                None
            }
            Err(error) => Some(Outcome::Rejected { message: error.to_string() }),
        }
    }

    fn browse(&self, url: &str) -> String {
        if !text::is_openable(url) {
            return "Only http, https and mailto links can be opened.".to_owned();
        }
        if self.has_display() && open::that_detached(url).is_ok() {
            return format!("Opened {}.", text::host(url));
        }
        self.copy(url);
        "No browser was found; the URL was copied.".to_owned()
    }

    /// Whether there is a display for other programs.
    fn has_display(&self) -> bool {
        let names = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"];
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        self.terminal.is_some() && (cfg!(any(windows, target_os = "macos")) || names.into_iter().any(is_set))
    }

    fn open_file(&self, path: &Path) -> String {
        if self.has_display() && open::that_detached(path).is_ok() {
            return format!("Opened {}.", path.display());
        }
        self.copy(&path.display().to_string());
        "No program was found to open it; the path was copied.".to_owned()
    }

    fn file(&mut self, app: &mut App, effect: FileEffect) -> Outcome {
        match effect {
            FileEffect::Attach { place, path, about } => {
                let outcome = evidence::attach_to(app, place, &self.path(&path), about);
                self.saving.take_if(|saving| !saving.is_running());
                outcome
            }
            FileEffect::Open { id } => Outcome::message(self.open_evidence(app, &id)),
            FileEffect::SavePage { place, url, label, replaces } => {
                let today = app.now.to_zoned(jiff::tz::TimeZone::system()).date();
                Outcome::message(self.save_page(Page { place, url, label, replaces, today }))
            }
        }
    }

    fn open_evidence(&self, app: &App, id: &str) -> String {
        match evidence::opening(app, id) {
            Opening::Open(path) => self.open_file(&path),
            Opening::Name(path) => {
                self.copy(&path.display().to_string());
                format!("Only documents and pictures are opened; the path was copied: {}", path.display())
            }
            Opening::No(why) => why,
        }
    }

    /// Starts to save a page; says so, or why not.
    fn save_page(&mut self, page: Page) -> String {
        if self.saving.as_ref().is_some_and(Saving::is_running) {
            return "Another page is being saved; wait until it is attached.".to_owned();
        }
        let settings = match self.workspace.settings() {
            Ok(settings) => settings,
            Err(error) => return format!("Not saved: {error}."),
        };
        let shown = format!("Saving the page of {}; it is attached when it is there.", text::host(&page.url));
        match Saving::start(&settings.save_page, page, &self.workspace) {
            Ok(saving) => {
                self.saving = Some(saving);
                shown
            }
            Err(why) => why,
        }
    }

    fn settings(&self) -> String {
        let path = self.workspace.settings_path();
        if path.symlink_metadata().is_ok() {
            format!("Settings: {}. Changes apply at the next start.", path.display())
        } else {
            format!("No settings file yet: `querist config --init` writes {}.", path.display())
        }
    }

    /// Puts a text on the terminal's clipboard (OSC 52). Terminals that do not support this ignore it.
    fn copy(&self, text: &str) -> Outcome {
        if self.terminal.is_some() {
            let _ = crossterm::execute!(std::io::stdout(), CopyToClipboard::to_clipboard_from(text));
        }
        Outcome::message("Copied.")
    }
}

/// Performs effects, and those that follow from their outcomes, in order.
pub fn perform_all(performer: &mut Performer, app: &mut App, effects: Vec<Effect>) {
    let mut queue: VecDeque<Effect> = effects.into();
    while let Some(effect) = queue.pop_front() {
        if let Some(outcome) = performer.perform(app, effect) {
            queue.extend(update(app, Input::Done(outcome)));
        }
    }
}

/// The time, read once per input.
pub fn clock() -> jiff::Timestamp {
    now()
}

fn retry(app: &mut App) -> Option<Outcome> {
    let now = app.now;
    let open = &mut app.current_mut()?.open;
    let had_failed = open.failure().is_some();
    open.retry(now);
    Some(Outcome::Saved { recovered: had_failed && open.failure().is_none() })
}

fn look(app: &mut App) -> Option<Outcome> {
    let now = app.now;
    let current = app.current_mut()?;
    let open = &mut current.open;
    let before = open.changes();
    open.look(now);
    let is_changed = open.changes() != before;
    if is_changed {
        current.files = current.open.evidence().names();
    }
    is_changed.then_some(Outcome::Looked)
}

fn snapshot(app: &mut App) -> Option<Outcome> {
    let now = app.now;
    let open = &mut app.current_mut()?.open;
    if open.read_only().is_some() {
        return Some(Outcome::message("Read-only: there is nothing to save."));
    }
    Some(Outcome::message(match open.snapshot(now) {
        Ok(()) => format!("Saved: {}", open.path().display()),
        Err(error) => format!("Not saved: {error}. Every key is still in the journal."),
    }))
}

/// Closes the open session. If something of it cannot be saved, it stays open.
/// Whether the program has never been started before.
fn first_start(workspace: &Workspace) -> Option<Outcome> {
    let is_first = !workspace.remembered().tour_shown;
    // If this cannot be remembered, the tour is shown once more.
    let _ = workspace.remember(|all| all.tour_shown = true);
    is_first.then_some(Outcome::FirstStart)
}

fn close(app: &mut App) -> Option<Outcome> {
    let now = app.now;
    // A comparison of other sessions has none open.
    let Some(current) = app.current_mut() else { return Some(Outcome::Closed) };
    let open = &mut current.open;
    open.retry(now);
    if open.failure().is_some() {
        return Some(Outcome::Saved { recovered: false });
    }
    if !open.is_snapshot_current() {
        // The journal has everything; a snapshot that cannot be written now is written at the next start.
        let _ = open.snapshot(now);
    }
    Some(Outcome::Closed)
}

/// Why nothing was exported: an error, or something that the reviewer has to decide.
fn not_exported(error: WorkspaceError) -> Outcome {
    match error {
        WorkspaceError::Differences { path, differences } => Outcome::Differ { path, differences },
        error => Outcome::Rejected { message: error.to_string() },
    }
}

/// What an export would change in an existing file.
fn changes(path: &str, rows: &[String]) -> String {
    let again = "Press Enter again to write it; the previous version is kept.";
    match rows {
        [] => format!("{path} exists. No answers change, only other parts. {again}"),
        [one] => format!("{path} exists. This changes 1 row: {one}. {again}"),
        many => format!("{path} exists. This changes {} rows: {}. {again}", many.len(), many.join(", ")),
    }
}
