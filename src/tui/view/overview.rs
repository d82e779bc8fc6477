//! How far the review is, on one page.

use jiff::tz::TimeZone;
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::layout::inset;
use crate::tui::overview_text;
use crate::tui::state::{Review, State};
use crate::tui::theme::Theme;

use super::chrome;
use super::text::{line, styled};

/// Draws the overview.
pub fn view(state: &State, review: &Review, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let row = |y: u16| Rect { y, height: 1.min(area.height), ..area };
    chrome::header(frame, row(0), review, theme);
    chrome::footer(frame, row(area.height.saturating_sub(1)), state, theme);
    let body = Rect { y: 1, height: area.height.saturating_sub(2), ..area };
    chrome::pane(frame.buffer_mut(), body, "Overview", true, theme);
    let inner = inset(body);
    let today = state.now.to_zoned(TimeZone::system()).date();
    let rows = overview_text::rows(&review.session, today, inner.width, theme);
    let scroll = review.overview.scroll;
    styled(frame.buffer_mut(), inner, rows.iter().map(|row| &row.line), scroll);
    let Some(y) = review.overview.selected.checked_sub(scroll).filter(|y| *y < inner.height as usize) else {
        return;
    };
    let selected = Rect { y: inner.y + y as u16, height: 1, ..inner }.intersection(area);
    frame.buffer_mut().set_style(selected, theme.selection);
    line(frame.buffer_mut(), Rect { x: inner.x.saturating_sub(1), width: 1, ..selected }, "›", theme.accent);
}
