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

use ratatui::style::{Color, Style};

use super::frame::Frame;
use super::state::{Screen, State};
use super::theme::{self, Theme};

/// Draws everything.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame) {
    match (state.screen, &state.review) {
        (Screen::Interview, Some(review)) => interview::view(state, review, theme, frame),
        (Screen::Overview, Some(review)) => overview::view(state, review, theme, frame),
        (Screen::Preview, Some(review)) => preview::view(state, review, theme, frame),
        _ => home::view(state, theme, frame),
    }
    if let Some(dialog) = &state.dialog {
        dialog::view(state, dialog, theme, frame);
    }
    if theme.base != Style::new() {
        paint(frame, theme.base);
    }
    if theme.ascii {
        to_ascii(frame);
    }
}

/// Gives the theme's colours to whatever has none of its own.
fn paint(frame: &mut Frame, base: Style) {
    for cell in &mut frame.buffer_mut().content {
        if cell.fg == Color::Reset {
            cell.fg = base.fg.unwrap_or(Color::Reset);
        }
        if cell.bg == Color::Reset {
            cell.bg = base.bg.unwrap_or(Color::Reset);
        }
    }
}

/// Replaces what is not ASCII by its twin: the last thing before the terminal, so that nothing slips by.
fn to_ascii(frame: &mut Frame) {
    for cell in &mut frame.buffer_mut().content {
        if !cell.symbol().is_ascii() {
            let twin = theme::ascii(cell.symbol());
            cell.set_symbol(twin);
        }
    }
}
