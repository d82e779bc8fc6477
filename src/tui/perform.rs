//! The one place where effects are performed.

use std::path::{Path, PathBuf};

use crossterm::clipboard::CopyToClipboard;

use crate::report::Extras;
use crate::session::{Edit, MAX_TEXT, Origin, Session};
use crate::store::{Holder, Opened, SessionFile, StoreError};
use crate::text;
use crate::workspace::{Format, Shelf, Workspace, now, report};

use super::effect::Effect;
use super::state::{Review, State, Status};
use super::terminal::Terminal;
use super::update::Outcome;

/// What effects work on: the files, and the terminal where there is one.
pub struct Performer {
    workspace: Workspace,
    file: Option<SessionFile>,
    terminal: Option<Terminal>,
    /// The folder that paths begin at.
    here: PathBuf,
    /// Whether the reviewer has left.
    pub has_left: bool,
}

impl Performer {
    /// A performer; as long as it has no terminal it lends none to editors and copies nothing.
    pub fn new(workspace: Workspace, here: PathBuf) -> Self {
        Self { workspace, file: None, terminal: None, here, has_left: false }
    }

    /// Gives it the terminal.
    pub fn take_terminal(&mut self, terminal: Terminal) {
        self.terminal = Some(terminal);
    }

    /// The terminal.
    pub fn terminal(&mut self) -> Option<&mut Terminal> {
        self.terminal.as_mut()
    }

    /// Performs one effect; gives what became of it.
    pub fn perform(&mut self, state: &State, effect: Effect) -> Option<Outcome> {
        match effect {
            Effect::Append(edit, origin) => {
                let file = self.file.as_mut()?;
                file.append(&edit, origin, state.now);
                Some(Outcome::Status(status(file)))
            }
            Effect::SyncSoon => {
                self.file.as_mut()?.sync_soon();
                None
            }
            Effect::Retry => {
                let file = self.file.as_mut()?;
                file.retry(&state.review.as_ref()?.session, state.now);
                Some(Outcome::Status(status(file)))
            }
            Effect::Snapshot => self.snapshot(state),
            Effect::List(shelf) => Some(match self.workspace.shelf(shelf).list() {
                Ok(list) => Outcome::Listed(shelf, list),
                Err(error) => Outcome::Said(error.to_string()),
            }),
            Effect::Rename { id, subject } => Some(self.rename(&id, subject, state)),
            Effect::Duplicate(id) => Some(self.duplicate(&id)),
            Effect::Move { id, from, to } => Some({
                let (folder, other) = (self.workspace.shelf(from), self.workspace.shelf(to));
                match folder.move_to(&id, other, &Workspace::me()) {
                    Ok(new) => Outcome::Moved(new, to, from),
                    Err(error) => Outcome::Said(error.to_string()),
                }
            }),
            Effect::FirstRun => {
                let is_first = !self.workspace.remembered().tour_shown;
                // Where it cannot be remembered, the tour is shown once more, no more than that.
                let _ = self.workspace.remember(|all| all.tour_shown = true);
                is_first.then_some(Outcome::FirstRun)
            }
            Effect::Catalogue => Some(Outcome::Offered(offers(&self.workspace))),
            Effect::Open(name) => {
                Some(self.open(&name).unwrap_or_else(|error| Outcome::Said(error.to_string())))
            }
            Effect::Close => self.close(state),
            Effect::Create { questionnaire, subject } => {
                Some(match self.workspace.questionnaire(&questionnaire) {
                    Ok(questionnaire) => self.create(Session::new(questionnaire, subject, state.now), None),
                    Err(error) => Outcome::Said(error.to_string()),
                })
            }
            Effect::Import { path, questionnaire } => {
                Some(self.import(state, &self.here.join(path), &questionnaire))
            }
            Effect::Export(path) => Some(self.export(state, &self.here.join(path))),
            Effect::Render => {
                let session = &state.review.as_ref()?.session;
                Some(Outcome::Rendered(report(session, Format::Markdown, Extras::default(), state.now)))
            }
            Effect::Browse(url) => Some(Outcome::Said(self.browse(&url))),
            Effect::OpenFile(path) => Some(Outcome::Said(self.open_file(&path))),
            Effect::Copy(text) => {
                self.copy(&text);
                Some(Outcome::Said("Copied.".to_owned()))
            }
            Effect::Editor(text_ref, text) => Some(match self.editor(&text) {
                Ok(new) => Outcome::Edited(text_ref, new),
                Err(problem) => Outcome::Said(problem),
            }),
            Effect::SaveElsewhere(path) => self.save_elsewhere(state, &self.here.join(path)),
            Effect::Quit => {
                self.has_left = true;
                None
            }
        }
    }

    fn snapshot(&mut self, state: &State) -> Option<Outcome> {
        let (file, review) = (self.file.as_mut()?, state.review.as_ref()?);
        let said = match file.snapshot(&review.session, state.now) {
            Ok(()) if file.read_only().is_some() => "Read-only: nothing to save.".to_owned(),
            Ok(()) => format!("Saved: {}", file.path().display()),
            Err(error) => format!("Not saved: {error}. Every key is in the journal still."),
        };
        Some(Outcome::Said(said))
    }

    /// Opens a review.
    ///
    /// # Errors
    /// If there is none or more than one of that name, or it cannot be read.
    pub fn open(&mut self, name: &str) -> Result<Outcome, StoreError> {
        let (id, opened) = self.workspace.sessions.open(name, Workspace::me())?;
        Ok(self.opened(id, opened))
    }

    fn opened(&mut self, id: String, opened: Opened) -> Outcome {
        let Opened { session, history, file, notice } = opened;
        let mut review = Review::new(id, session, history, status(&file));
        review.exported = self.workspace.remembered().exported.remove(&review.id);
        self.file = Some(file);
        Outcome::Opened(Box::new(review), notice)
    }

    fn create(&mut self, session: Session, notice: Option<String>) -> Outcome {
        match self.workspace.sessions.create(&session, Workspace::me()) {
            Ok((id, file)) => {
                let history = crate::session::History::default();
                self.opened(id, Opened { session, history, file, notice })
            }
            Err(error) => Outcome::Said(error.to_string()),
        }
    }

    /// Gives a review another subject, as an edit of its own.
    fn rename(&self, id: &str, subject: String, state: &State) -> Outcome {
        let opened = self.workspace.sessions.open(id, Workspace::me());
        let (_, Opened { mut session, mut file, notice, .. }) = match opened {
            Ok(opened) => opened,
            Err(error) => return Outcome::Said(error.to_string()),
        };
        if file.read_only().is_some() {
            return Outcome::Said("Another Querist has it open.".to_owned());
        }
        let edit = Edit::Subject { before: session.subject().to_owned(), after: subject };
        if session.apply(&edit).is_ok() {
            file.append(&edit, Origin::Do, state.now);
        }
        match (file.failure(), self.workspace.sessions.list()) {
            (None, _) if notice.is_some() => Outcome::Said(notice.unwrap_or_default()),
            (Some(reason), _) => Outcome::Said(format!("Not renamed: {reason}")),
            (None, Ok(list)) => Outcome::Listed(Shelf::Desk, list),
            (None, Err(error)) => Outcome::Said(error.to_string()),
        }
    }

    /// Makes a copy of a review, as it is now.
    fn duplicate(&self, id: &str) -> Outcome {
        let sessions = &self.workspace.sessions;
        let made = sessions.read(id).and_then(|(_, mut loaded)| {
            let before = loaded.session.subject().to_owned();
            let edit = Edit::Subject { after: format!("{before} (copy)"), before };
            // An edit that names the subject as it is always fits.
            let _ = loaded.session.apply(&edit);
            sessions.create(&loaded.session, Workspace::me())
        });
        match made.and_then(|(_, file)| {
            drop(file);
            sessions.list()
        }) {
            Ok(list) => Outcome::Listed(Shelf::Desk, list),
            Err(error) => Outcome::Said(error.to_string()),
        }
    }

    fn import(&mut self, state: &State, path: &Path, questionnaire: &str) -> Outcome {
        let imported = self
            .workspace
            .questionnaire(questionnaire)
            .and_then(|questionnaire| self.workspace.import_file(path, questionnaire, state.now));
        match imported {
            Ok(imported) => {
                let doubts = imported.doubts.len();
                let first =
                    imported.doubts.first().map(|doubt| format!("line {}: {}", doubt.line, doubt.message));
                let notice = first.map(|first| format!("Read, with {doubts} to look at; {first}."));
                self.create(imported.session, notice.or(Some("Read without a doubt.".to_owned())))
            }
            Err(error) => Outcome::Said(error.to_string()),
        }
    }

    fn export(&self, state: &State, path: &Path) -> Outcome {
        let Some(review) = &state.review else { return Outcome::Said("No review is open.".to_owned()) };
        let (format, extras) = (Format::Markdown, Extras::default());
        match self.workspace.publish(&review.session, format, path, extras, state.now) {
            Ok(published) => {
                let shown = published.path.display().to_string();
                let said = match (published.unchanged, &published.replaced) {
                    (true, _) => format!("Up to date: {shown}"),
                    (false, Some(kept)) => format!("Wrote {shown}. As it was: {}", kept.display()),
                    (false, None) => format!("Wrote {shown} · o opens it, y copies the path"),
                };
                let (id, path) = (review.id.clone(), path.display().to_string());
                // A path that cannot be remembered is typed again next time, no more.
                let _ = self.workspace.remember(|all| drop(all.exported.insert(id, path.clone())));
                Outcome::Exported(path, said)
            }
            Err(error) => Outcome::Said(error.to_string()),
        }
    }

    fn close(&mut self, state: &State) -> Option<Outcome> {
        let mut file = self.file.take()?;
        let review = state.review.as_ref()?;
        file.retry(&review.session, state.now);
        if file.failure().is_some() {
            // What is not stored is given up by leaving the program only, after another place was offered.
            let told = status(&file);
            self.file = Some(file);
            return Some(Outcome::Status(told));
        }
        if !file.is_snapshot_current() {
            // The journal has everything; a snapshot that cannot be written now is made at the next start.
            let _ = file.snapshot(&review.session, state.now);
        }
        Some(Outcome::Closed)
    }

    fn save_elsewhere(&mut self, state: &State, path: &Path) -> Option<Outcome> {
        let (file, review) = (self.file.as_ref()?, state.review.as_ref()?);
        match file.save_elsewhere(path, &review.session, state.now) {
            Ok(()) => {
                self.has_left = true;
                None
            }
            Err(error) => Some(Outcome::Said(error.to_string())),
        }
    }

    fn browse(&mut self, url: &str) -> String {
        if !text::is_openable(url) {
            return "Only http, https and mailto addresses are opened.".to_owned();
        }
        if has_display() && open::that_detached(url).is_ok() {
            return format!("Opened {}", text::host(url));
        }
        self.copy(url);
        "No browser here: the address was copied.".to_owned()
    }

    fn open_file(&self, path: &Path) -> String {
        if has_display() && open::that_detached(path).is_ok() {
            return format!("Opened {}", path.display());
        }
        self.copy(&path.display().to_string());
        "Nothing here opens it: the path was copied.".to_owned()
    }

    /// Gives a text to the terminal's clipboard (OSC 52); terminals that do not know it ignore it.
    fn copy(&self, text: &str) {
        if self.terminal.is_some() {
            let _ = crossterm::execute!(std::io::stdout(), CopyToClipboard::to_clipboard_from(text));
        }
    }

    /// Lets the reviewer edit `text` in the editor of their choice; gives the new text, or what went wrong.
    fn editor(&mut self, text: &str) -> Result<String, String> {
        let editor = ["VISUAL", "EDITOR"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|e| !e.trim().is_empty()));
        let editor =
            editor.unwrap_or_else(|| if cfg!(windows) { "notepad".to_owned() } else { "vi".to_owned() });
        let file = tempfile::Builder::new().prefix("querist-").suffix(".md").tempfile();
        let file = file.and_then(|mut file| {
            use std::io::Write;
            file.write_all(text.as_bytes())?;
            file.flush()?;
            Ok(file.into_temp_path())
        });
        let path = file.map_err(|error| format!("No temporary file for the editor: {error}"))?;
        let mut words = editor.split_whitespace().map(str::to_owned);
        let program = words.next().unwrap_or_default();
        let run = || std::process::Command::new(&program).args(words).arg(&path).status();
        let status = match &mut self.terminal {
            Some(terminal) => terminal.lend(run).map_err(|error| format!("The terminal failed: {error}"))?,
            None => run(),
        };
        let new =
            std::fs::read(&path).map_err(|error| format!("What the editor left cannot be read: {error}"))?;
        let is_changed = new != text.as_bytes();
        let (problem, new) = match (status, String::from_utf8(new)) {
            (Err(error), _) => (format!("{program} cannot be started: {error}"), None),
            (Ok(_), Err(_)) => ("What the editor left is not UTF-8".to_owned(), None),
            (Ok(_), Ok(new)) if new.len() > MAX_TEXT => {
                (format!("The text is longer than {} KB", MAX_TEXT / 1024), None)
            }
            (Ok(status), Ok(_)) if !status.success() => (format!("{program} ended with an error"), None),
            (Ok(_), Ok(new)) => (String::new(), Some(new)),
        };
        match new {
            Some(new) => Ok(new),
            // What was written there and is not taken over is kept, and the reviewer told where.
            None if is_changed => match path.keep() {
                Ok(kept) => Err(format!("{problem}. What the editor left: {}", kept.display())),
                Err(error) => Err(format!("{problem}. What the editor left: {}", error.path.display())),
            },
            None => Err(format!("{problem}. The text is as it was.")),
        }
    }
}

/// Whether there is a screen for other programs to open on.
fn has_display() -> bool {
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"];
    cfg!(any(windows, target_os = "macos"))
        || names.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn status(file: &SessionFile) -> Status {
    let read_only = file.read_only().map(|holder| holder.map_or("elsewhere".to_owned(), told));
    Status { seq: file.seq(), failure: file.failure().map(str::to_owned), read_only }
}

/// Who has a session open, and since when, in the reader's zone.
fn told(holder: &Holder) -> String {
    let since = holder.since.to_zoned(jiff::tz::TimeZone::system());
    let since = since.strftime("%H:%M on %Y-%m-%d");
    format!("in another Querist ({}, process {}, since {since})", text::one_line(&holder.by), holder.pid)
}

/// The questionnaires that can be read, for the screen.
fn offers(workspace: &Workspace) -> Vec<super::state::Offer> {
    let entries = workspace.catalogue().into_iter();
    let offer = |entry: crate::workspace::Entry| {
        let questionnaire = entry.questionnaire.ok()?;
        Some(super::state::Offer {
            id: entry.id,
            title: questionnaire.title,
            description: questionnaire.description,
            subject_label: questionnaire.subject_label,
        })
    };
    entries.filter_map(offer).collect()
}

/// The time, once per input.
pub fn clock() -> jiff::Timestamp {
    now()
}
