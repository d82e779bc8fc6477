//! Draws the overview.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::chrome::{areas, header};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::draw;

use super::state::Overview;

/// Draws the overview.
pub fn view(overview: &Overview, theme: &Theme, frame: &mut Frame) {
    let [top, body, _] = areas(frame.area());
    header(frame, top, &overview.current, theme);
    draw::pane(frame, body, "Overview", true, theme);
    let inner = draw::inset(body);
    let rows = overview.rows.iter().enumerate().skip(overview.scroll);
    for ((index, row), room) in rows.zip(inner.rows()) {
        row.line.draw(frame, room, theme);
        if index == overview.selected && row.question.is_some() {
            frame.buffer_mut().set_style(room, theme.style(Role::Selection));
            let mark = Rect { x: room.x.saturating_sub(1), width: 1, ..room };
            draw::line(frame, mark, "›", theme.style(Role::Accent));
        }
    }
    draw::scrollbar(frame, inner, overview.rows.len(), overview.scroll, theme);
}
