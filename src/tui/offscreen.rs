//! Screens without a terminal and without files, for measuring.

use std::collections::BTreeSet;
use std::convert::Infallible;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

use crate::report::{Extras, render};
use crate::session::{Matrix, Session};
use crate::store::{OpenSession, Summary};
use crate::workspace::Shelf;

use super::app::{App, Input, update, view};
use super::current::Current;
use super::effect::{Effect, Outcome};
use super::theme::Theme;

/// Sessions on a screen in memory. What is typed changes them and is stored nowhere.
pub struct Offscreen {
    app: App,
    theme: Theme,
    terminal: Terminal<TestBackend>,
}

impl Offscreen {
    /// The interview of `session` in a window of this many columns and rows.
    pub fn new(session: Session, width: u16, height: u16) -> Self {
        let (open, files) = (OpenSession::in_memory("offscreen", session), BTreeSet::new());
        let current = Current { open, exported: None, files };
        let (notice, warnings) = (None, Vec::new());
        let outcome = Outcome::Opened { current: Box::new(current), question: None, notice, warnings };
        Self::after(outcome, width, height)
    }

    /// The home screen with these sessions in a window of this many columns and rows.
    pub fn home(sessions: Vec<Summary>, width: u16, height: u16) -> Self {
        Self::after(Outcome::Listed { shelf: Shelf::Active, sessions, repository: None }, width, height)
    }

    /// Services side by side in a window of this many columns and rows.
    pub fn matrix(matrix: Matrix, width: u16, height: u16) -> Self {
        let (matrix, notice) = (Box::new(matrix), String::new());
        Self::after(Outcome::SideBySide { matrix, notice }, width, height)
    }

    fn after(outcome: Outcome, width: u16, height: u16) -> Self {
        let mut app = App::new(Size { width, height }, Timestamp::UNIX_EPOCH);
        update(&mut app, Input::Done(outcome));
        let Ok(terminal) = Terminal::new(TestBackend::new(width, height));
        Self { app, theme: Theme::new(true, false), terminal }
    }

    /// Handles a key.
    pub fn key(&mut self, key: KeyEvent) {
        for effect in update(&mut self.app, Input::Key(key)) {
            if let (Effect::Render { format }, Some(current)) = (effect, self.app.current()) {
                let source = render(current.session(), format, Extras::default(), self.app.now);
                update(&mut self.app, Input::Done(Outcome::Rendered { format, source }));
            }
        }
    }

    /// Draws a frame. Returns the number of its cells.
    pub fn draw(&mut self) -> usize {
        self.app.settle();
        let drawn: Result<_, Infallible> = self.terminal.draw(|frame| view(&self.app, &self.theme, frame));
        let Ok(frame) = drawn;
        frame.buffer.content.len()
    }
}
