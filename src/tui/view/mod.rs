//! From the state to a frame. Changes nothing.

mod chrome;
mod dialog;
mod home;
mod interview;
mod mark;
mod outline;
mod overview;
mod preview;
mod text;

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Style};

use super::frame::Frame;
use super::state::{Review, Screen, State};
use super::theme::{self, Theme};

/// Draws everything that is not as it was.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame) {
    let question = state.review.as_ref().filter(|review| {
        state.screen == Screen::Interview && state.dialog.is_none() && review.marked().is_empty()
    });
    match question.and_then(Review::question) {
        Some(question) => frame.retain(interview::arrangement(state, question)),
        None => frame.blank(),
    }
    match (state.screen, &state.review) {
        (Screen::Interview, Some(review)) => interview::view(state, review, theme, frame),
        (Screen::Overview, Some(review)) => overview::view(state, review, theme, frame),
        (Screen::Preview, Some(review)) => preview::view(state, review, theme, frame),
        _ => home::view(state, theme, frame),
    }
    if let Some(dialog) = &state.dialog {
        dialog::view(state, dialog, theme, frame);
    }
    for area in frame.drawn().to_vec() {
        if theme.base != Style::new() {
            paint(frame.buffer_mut(), area, theme.base);
        }
        if theme.ascii {
            to_ascii(frame.buffer_mut(), area);
        }
    }
}

/// Gives the theme's colours to whatever has none of its own.
fn paint(buffer: &mut Buffer, area: Rect, base: Style) {
    for at in area.positions() {
        let cell = &mut buffer[at];
        if cell.fg == Color::Reset {
            cell.fg = base.fg.unwrap_or(Color::Reset);
        }
        if cell.bg == Color::Reset {
            cell.bg = base.bg.unwrap_or(Color::Reset);
        }
    }
}

/// Replaces what is not ASCII by its twin: the last thing before the terminal, so that nothing slips by.
fn to_ascii(buffer: &mut Buffer, area: Rect) {
    for at in area.positions() {
        let cell = &mut buffer[at];
        if !cell.symbol().is_ascii() {
            let twin = theme::ascii(cell.symbol());
            cell.set_symbol(twin);
        }
    }
}
