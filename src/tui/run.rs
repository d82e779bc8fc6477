//! The loop: draw, wait for an input, update, perform, draw again. Nothing happens while nothing comes in.

use std::io;
use std::time::Duration;

use crossterm::event::{self, Event};
use ratatui_core::layout::Size;

use crate::store::StoreError;
use crate::workspace::{Settings, Shelf, Workspace};

use super::effect::Effect;
use super::perform::{Performer, clock};
use super::state::{Screen, State};
use super::terminal::{self, Terminal};
use super::theme::Theme;
use super::update::{Input, update};
use super::view::view;

/// How long after a failure storing is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Where the screen begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// With the list of reviews.
    Home,
    /// With a review: its id, the beginning of it, or a path.
    Session(String),
}

/// Why the screen ended without the reviewer leaving it.
#[derive(Debug)]
pub enum TuiError {
    /// The terminal cannot be used.
    Terminal(io::Error),
    /// The session cannot be opened.
    Store(StoreError),
}

impl From<io::Error> for TuiError {
    fn from(error: io::Error) -> Self {
        Self::Terminal(error)
    }
}

/// Runs the screen until the reviewer leaves.
///
/// # Errors
/// If the session named by `start` cannot be opened, or the terminal fails.
pub fn run(workspace: Workspace, start: Start) -> Result<(), TuiError> {
    let mut performer = Performer::new(workspace.clone(), std::env::current_dir().unwrap_or_default());
    // An error is better told on the plain terminal than on a screen without a session.
    let opened = match start {
        Start::Home => None,
        Start::Session(name) => Some(performer.open(&name).map_err(TuiError::Store)?),
    };
    // Settings that cannot be read keep nobody from working: they are told, and the defaults hold.
    let (settings, problem) = match workspace.settings() {
        Ok(settings) => (settings, None),
        Err(error) => (Settings::default(), Some(error.to_string())),
    };
    let (colors, problem) = match workspace.theme(&settings.theme) {
        Ok(theme) => (theme.map(|theme| theme.colors), problem),
        Err(error) => (None, Some(error.to_string())),
    };
    let theme = Theme::from_env(settings.ascii, colors.as_ref());
    let terminal = Terminal::enter(settings.mouse)?;
    // From here on a new size is told as an event; without this, one between here and the first wait would be missed.
    event::poll(Duration::ZERO)?;
    let size = terminal.size();
    performer.take_terminal(terminal);
    let mut state = State::new(size, clock());
    let first = match opened {
        Some(opened) => update(&mut state, Input::Done(opened)),
        None => vec![Effect::List(Shelf::Desk), Effect::FirstRun],
    };
    perform_all(&mut performer, &mut state, first);
    if let Some(problem) = problem {
        state.message = format!("Settings not read: {problem}");
    }
    let result = turn(&mut performer, &mut state, &theme);
    terminal::leave();
    result.map_err(TuiError::Terminal)
}

fn turn(performer: &mut Performer, state: &mut State, theme: &Theme) -> io::Result<()> {
    while !performer.has_left {
        if let Some(terminal) = performer.terminal() {
            terminal.draw(state.size, |frame| view(state, theme, frame))?;
        }
        for input in next(state)? {
            state.now = clock();
            // The terminal may have lost what it cut off, even if it has its old size again.
            if let (Input::Resize(_), Some(terminal)) = (&input, performer.terminal()) {
                terminal.clear()?;
            }
            let effects = update(state, input);
            perform_all(performer, state, effects);
            #[cfg(debug_assertions)]
            panic_on_purpose(state);
        }
    }
    Ok(())
}

/// In debug builds, a panic after the edit that the environment names: what a bug would do, for the tests.
#[cfg(debug_assertions)]
#[allow(clippy::panic, reason = "it is the purpose")]
fn panic_on_purpose(state: &State) {
    let at = std::env::var("QUERIST_PANIC_AT_EDIT").ok().and_then(|at| at.parse().ok());
    let seq = state.review.as_ref().map(|review| review.status.seq);
    assert!(at.is_none() || seq < at, "on purpose, at edit {seq:?}");
}

/// Performs effects, and those that follow from what became of them, in order.
pub fn perform_all(performer: &mut Performer, state: &mut State, effects: Vec<Effect>) {
    let mut queue: std::collections::VecDeque<Effect> = effects.into();
    while let Some(effect) = queue.pop_front() {
        if let Some(outcome) = performer.perform(state, effect) {
            let more = update(state, Input::Done(outcome));
            queue.extend(more);
        }
    }
}

/// Waits for an input; takes along those that have come in with it, so that a burst of keys is drawn once.
fn next(state: &State) -> io::Result<Vec<Input>> {
    let failing = state.review.as_ref().is_some_and(|review| review.status.failure.is_some());
    if failing && state.screen != Screen::Home && !event::poll(RETRY)? {
        return Ok(vec![Input::Retry]);
    }
    let mut inputs = Vec::new();
    loop {
        match event::read()? {
            Event::Key(key) => inputs.push(Input::Key(key)),
            Event::Paste(text) => inputs.push(Input::Paste(text)),
            Event::Mouse(mouse) => inputs.push(Input::Mouse(mouse)),
            Event::Resize(width, height) => inputs.push(Input::Resize(Size { width, height })),
            Event::FocusGained | Event::FocusLost => {}
        }
        if !event::poll(Duration::ZERO)? {
            return Ok(inputs);
        }
    }
}
