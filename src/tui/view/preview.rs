//! The page as it will be published, and its source beside it.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use crate::tui::frame::Frame;
use crate::tui::layout::inset;
use crate::tui::preview_text::Sides;
use crate::tui::state::{Preview, Review, State};
use crate::tui::theme::Theme;

use super::chrome;
use super::text::{dressed, line};

/// Draws the preview.
pub fn view(state: &State, review: &Review, theme: &Theme, frame: &mut Frame) {
    let body = chrome::around(frame, state, review, theme);
    let preview = &review.preview;
    let left = Rect { width: body.width / 2, ..body };
    let right = Rect { x: body.x + left.width, width: body.width - left.width, ..body };
    let buffer = frame.buffer_mut();
    match preview.shown.on(state.size) {
        Sides::Both => {
            page(buffer, left, preview, theme);
            source(buffer, right, preview, theme);
        }
        Sides::Page => page(buffer, body, preview, theme),
        Sides::Source => source(buffer, body, preview, theme),
    }
}

fn page(buffer: &mut Buffer, area: Rect, preview: &Preview, theme: &Theme) {
    chrome::pane(buffer, area, "Preview: page", true, theme);
    let inner = inset(area);
    let (top, _) = preview.laid.tops(preview.scroll);
    dressed(buffer, inner, &preview.laid.page, top, theme);
}

fn source(buffer: &mut Buffer, area: Rect, preview: &Preview, theme: &Theme) {
    chrome::pane(buffer, area, "Preview: source", true, theme);
    let inner = inset(area);
    let (_, top) = preview.laid.tops(preview.scroll);
    for (y, row) in preview.laid.source.iter().skip(top).take(inner.height as usize).enumerate() {
        let at = Rect { y: inner.y + y as u16, height: 1, ..inner };
        line(buffer, at, preview.source[row.start..row.end].trim_end(), Style::new());
    }
}
