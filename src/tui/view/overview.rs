//! How far the review is, on one page.

use jiff::tz::TimeZone;
use ratatui_core::layout::Rect;

use crate::tui::frame::Frame;
use crate::tui::overview_text;
use crate::tui::state::{Review, State};
use crate::tui::theme::Theme;

use super::chrome;
use super::text::{line, styled};

/// Draws the overview.
pub fn view(state: &State, review: &Review, theme: &Theme, frame: &mut Frame) {
    let inner = chrome::whole(frame, state, review, "Overview", theme);
    let today = state.now.to_zoned(TimeZone::system()).date();
    let rows = overview_text::rows(&review.session, today, inner.width, theme);
    let scroll = review.overview.scroll;
    styled(frame.buffer_mut(), inner, rows.iter().map(|row| &row.line), scroll);
    let Some(y) = review.overview.selected.checked_sub(scroll).filter(|y| *y < inner.height as usize) else {
        return;
    };
    let selected = Rect { y: inner.y + y as u16, height: 1, ..inner }.intersection(frame.area());
    frame.buffer_mut().set_style(selected, theme.selection);
    line(frame.buffer_mut(), Rect { x: inner.x.saturating_sub(1), width: 1, ..selected }, "›", theme.accent);
}
