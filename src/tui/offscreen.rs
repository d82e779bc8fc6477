//! A screen without a terminal and without files: inputs in, frames out. For measuring.

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui_core::layout::Size;

use crate::report::Extras;
use crate::session::{History, Session};
use crate::workspace::{Format, report};

use super::effect::Effect;
use super::frame::{Frame, Shown};
use super::state::{Review, State, Status};
use super::theme::Theme;
use super::update::{Input, Outcome, update};
use super::view::view;

/// A review on a screen in memory. What is typed changes it and is stored nowhere.
pub struct Offscreen {
    state: State,
    theme: Theme,
    frame: Frame,
    shown: Shown,
}

impl Offscreen {
    /// The interview of `session` in a window of so many columns and rows.
    pub fn new(session: Session, width: u16, height: u16) -> Self {
        let review = Review::new("offscreen".to_owned(), session, History::default(), Status::default());
        let mut state = State::new(Size { width, height }, Timestamp::UNIX_EPOCH);
        update(&mut state, Input::Done(Outcome::Opened(Box::new(review), None)));
        Self { state, theme: Theme::new(true, false), frame: Frame::default(), shown: Shown::default() }
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

    /// Draws a frame; gives the number of cells that a terminal would be sent.
    pub fn draw(&mut self) -> usize {
        self.frame.begin(self.state.size);
        view(&self.state, &self.theme, &mut self.frame);
        self.shown.changes(&self.frame).len()
    }
}
