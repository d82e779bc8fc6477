//! A screen without a terminal and without files: inputs in, frames out. For measuring.

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui_core::layout::Size;

use crate::report::Extras;
use crate::session::{History, Session};
use crate::store::Summary;
use crate::workspace::{Format, Shelf, report};

use super::effect::Effect;
use super::frame::{Frame, Shown};
use super::state::{Review, State, Status};
use super::theme::Theme;
use super::update::{Input, Outcome, update};
use super::view::view;

/// Reviews on a screen in memory. What is typed changes it and is stored nowhere.
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
        Self::after(Outcome::Opened(Box::new(review), None), width, height)
    }

    /// The home screen with a list of reviews in a window of so many columns and rows.
    pub fn home(reviews: Vec<Summary>, width: u16, height: u16) -> Self {
        Self::after(Outcome::Listed(Shelf::Desk, reviews), width, height)
    }

    fn after(outcome: Outcome, width: u16, height: u16) -> Self {
        let mut state = State::new(Size { width, height }, Timestamp::UNIX_EPOCH);
        update(&mut state, Input::Done(outcome));
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
