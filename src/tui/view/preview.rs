//! The page as it will be published.

use ratatui::Frame;

use crate::tui::preview_text;
use crate::tui::state::{Review, State};
use crate::tui::theme::Theme;

use super::chrome;
use super::text::styled;

/// Draws the preview.
pub fn view(state: &State, review: &Review, theme: &Theme, frame: &mut Frame<'_>) {
    let title = if review.preview.as_source { "Preview: source" } else { "Preview: page" };
    let inner = chrome::whole(frame, state, review, title, theme);
    let lines = preview_text::lines(&review.preview, state.size.width, theme);
    styled(frame.buffer_mut(), inner, lines.iter(), review.preview.scroll);
}
