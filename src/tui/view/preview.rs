//! The page as it will be published.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::preview_text;
use crate::tui::state::{Review, State};
use crate::tui::theme::Theme;

use super::chrome;
use super::text::styled;

/// Draws the preview.
pub fn view(state: &State, review: &Review, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let row = |y: u16| Rect { y, height: 1.min(area.height), ..area };
    chrome::header(frame, row(0), review, theme);
    chrome::footer(frame, row(area.height.saturating_sub(1)), state, theme);
    let body = Rect { y: 1, height: area.height.saturating_sub(2), ..area };
    let title = if review.preview.as_source { "Preview: source" } else { "Preview: page" };
    chrome::pane(frame.buffer_mut(), body, title, true, theme);
    let inner = crate::tui::layout::inset(body);
    let lines = preview_text::lines(&review.preview, area.width, theme);
    styled(frame.buffer_mut(), inner, lines.iter(), review.preview.scroll);
}
