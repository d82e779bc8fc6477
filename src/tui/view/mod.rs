//! From the state to a frame. Changes nothing.

mod chrome;
mod dialog;
mod home;
mod interview;
mod outline;
mod overview;
mod preview;
mod text;

use ratatui::Frame;

use super::state::{Screen, State};
use super::theme::{self, Theme};

/// Draws everything.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    match (state.screen, &state.review) {
        (Screen::Interview, Some(review)) => interview::view(state, review, theme, frame),
        (Screen::Overview, Some(review)) => overview::view(state, review, theme, frame),
        (Screen::Preview, Some(review)) => preview::view(state, review, theme, frame),
        _ => home::view(state, theme, frame),
    }
    if let Some(dialog) = &state.dialog {
        dialog::view(state, dialog, theme, frame);
    }
    if theme.ascii {
        to_ascii(frame);
    }
}

/// Replaces what is not ASCII by its twin: the last thing before the terminal, so that nothing slips by.
fn to_ascii(frame: &mut Frame<'_>) {
    for cell in &mut frame.buffer_mut().content {
        if !cell.symbol().is_ascii() {
            let twin = theme::ascii(cell.symbol());
            cell.set_symbol(twin);
        }
    }
}
