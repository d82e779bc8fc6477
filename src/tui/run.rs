//! The loop: draw, wait for input, update, perform effects. While no input arrives, it looks at the files of
//! the session once a second, and draws only if they have changed.

use std::io;
use std::time::Duration;

use crate::store::StoreError;
use crate::workspace::{Settings, Shelf, Workspace};

use super::app::{App, Input, update, view};
use super::effect::Effect;
use super::perform::{Performer, clock, perform_all};
use super::received::{Received, Source};
use super::terminal::{self, Terminal};
use super::theme::Theme;

/// After a pause as long as this, the files of the session are looked at; after a failure, saving is tried
/// again.
const PAUSE: Duration = Duration::from_secs(1);

/// While a search goes on, its result is looked for this often.
const SEARCH_PAUSE: Duration = Duration::from_millis(20);

/// Where the program starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// On the home screen.
    Home,
    /// In a session, given by id, unique prefix or path.
    Session(String),
}

/// Why the program ended before the reviewer quit.
#[derive(Debug)]
pub enum TuiError {
    /// The terminal cannot be used.
    Terminal(io::Error),
    /// The session cannot be opened.
    Store(StoreError),
}

impl std::fmt::Display for TuiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Terminal(error) => write!(f, "the terminal cannot be used: {error}"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TuiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Terminal(error) => Some(error),
            Self::Store(error) => Some(error),
        }
    }
}

impl From<io::Error> for TuiError {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// Runs the program until the reviewer quits.
///
/// # Errors
/// If the session named by `start` cannot be opened, or if the terminal fails.
pub fn run(workspace: Workspace, start: Start) -> Result<(), TuiError> {
    let mut performer = Performer::new(workspace.clone(), std::env::current_dir().unwrap_or_default());
    // An error is easier to read on the plain terminal than on a screen without a session.
    let opened = match start {
        Start::Home => None,
        Start::Session(name) => Some(performer.open(&name).map_err(TuiError::Store)?),
    };
    let (settings, theme, problem) = appearance(&workspace);
    workspace.remove_leftovers();
    // Watching for changes of size starts before the size is read, so that none is missed.
    let mut source = Source::new()?;
    let terminal = Terminal::enter(settings.mouse)?;
    let size = terminal.size();
    performer.set_terminal(terminal);
    let mut app = App::new(size, clock());
    app.evidence_days = settings.evidence_days;
    let first = match opened {
        Some(opened) => update(&mut app, Input::Done(opened)),
        None => vec![Effect::List { shelf: Shelf::Active }],
    };
    perform_all(&mut performer, &mut app, first);
    perform_all(&mut performer, &mut app, vec![Effect::FirstStart]);
    if let Some(problem) = problem {
        app.message = format!("The settings were not read: {problem}");
    }
    let result = run_loop(&mut performer, &mut app, &theme, &mut source);
    terminal::leave();
    result.map_err(TuiError::Terminal)
}

/// Settings and theme. Settings that cannot be read keep nobody from working: the defaults apply, and a
/// message says why.
fn appearance(workspace: &Workspace) -> (Settings, Theme, Option<String>) {
    let (settings, problem) = match workspace.settings() {
        Ok(settings) => (settings, None),
        Err(error) => (Settings::default(), Some(error.to_string())),
    };
    let (colors, problem) = match workspace.theme(&settings.theme) {
        Ok(theme) => (theme.map(|theme| theme.colors), problem),
        Err(error) => (None, Some(error.to_string())),
    };
    let theme = Theme::from_env(settings.ascii, colors.as_ref());
    (settings, theme, problem)
}

fn run_loop(performer: &mut Performer, app: &mut App, theme: &Theme, source: &mut Source) -> io::Result<()> {
    while !performer.has_quit {
        app.settle();
        if let Some(terminal) = performer.terminal() {
            terminal.draw(app.size, |frame| view(app, theme, frame))?;
        }
        let inputs = next_inputs(app, source, performer.is_searching())?;
        let found = performer.found().map(Input::Done);
        for input in inputs.into_iter().chain(found) {
            app.now = clock();
            // The terminal may have lost what it cut off, even if it has its old size again.
            if let (Input::Resize(_), Some(terminal)) = (&input, performer.terminal()) {
                terminal.clear()?;
            }
            let effects = update(app, input);
            perform_all(performer, app, effects);
            #[cfg(debug_assertions)]
            panic_on_purpose(app);
        }
    }
    Ok(())
}

/// In debug builds, panics after the edit that the environment names, as a bug would, for the tests.
#[cfg(debug_assertions)]
#[allow(clippy::panic, reason = "this is its purpose")]
fn panic_on_purpose(app: &App) {
    let at = std::env::var("QUERIST_PANIC_AT_EDIT").ok().and_then(|at| at.parse().ok());
    let seq = app.current().map(|current| current.open.seq());
    assert!(at.is_none() || seq < at, "on purpose, at edit {seq:?}");
}

/// Waits for an input and returns it with all that have arrived by then, so that a burst of keys is drawn
/// once.
fn next_inputs(app: &App, source: &mut Source, is_searching: bool) -> io::Result<Vec<Input>> {
    let current = app.current();
    let patience = if is_searching { Some(SEARCH_PAUSE) } else { current.map(|_| PAUSE) };
    let arrived = source.wait(patience)?;
    let size = arrived.size.map(Input::Resize);
    let inputs: Vec<Input> = size.into_iter().chain(arrived.received.into_iter().map(input)).collect();
    match current {
        Some(current) if inputs.is_empty() && !is_searching => {
            let is_failing = current.open.failure().is_some();
            Ok(vec![if is_failing { Input::Retry } else { Input::Look }])
        }
        _ => Ok(inputs),
    }
}

fn input(received: Received) -> Input {
    match received {
        Received::Key(key) => Input::Key(key),
        Received::Mouse(event) => Input::Mouse(event),
        Received::Paste { text, is_complete } => Input::Paste { text, is_complete },
    }
}
