//! A screen without a terminal and without files: inputs in, frames out. For measuring.

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use crate::report::Extras;
use crate::session::{History, Session};
use crate::workspace::{Format, report};

use super::effect::Effect;
use super::state::{Review, State, Status};
use super::theme::Theme;
use super::update::{Input, Outcome, update};
use super::view::view;

/// A review on a screen in memory. What is typed changes it and is stored nowhere.
pub struct Offscreen {
    state: State,
    theme: Theme,
    terminal: Terminal<TestBackend>,
}

impl Offscreen {
    /// The interview of `session` in a window of so many columns and rows.
    pub fn new(session: Session, width: u16, height: u16) -> Self {
        let review = Review::new("offscreen".to_owned(), session, History::default(), Status::default());
        let mut state = State::new(Size { width, height }, Timestamp::UNIX_EPOCH);
        update(&mut state, Input::Done(Outcome::Opened(Box::new(review), None)));
        // Memory cannot fail.
        #[allow(clippy::unwrap_used, reason = "the error type of the test backend has no values")]
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        Self { state, theme: Theme::new(true, false), terminal }
    }

    /// Handles a key.
    pub fn key(&mut self, key: KeyEvent) {
        for effect in update(&mut self.state, Input::Key(key)) {
            if let (Effect::Render, Some(review)) = (effect, &self.state.review) {
                let page = report(&review.session, Format::Markdown, Extras::default(), self.state.now);
                update(&mut self.state, Input::Done(Outcome::Rendered(page)));
            }
        }
    }

    /// Draws a frame.
    pub fn draw(&mut self) -> &Buffer {
        let (state, theme) = (&self.state, &self.theme);
        let _ = self.terminal.draw(|frame| view(state, theme, frame));
        self.terminal.backend().buffer()
    }
}
