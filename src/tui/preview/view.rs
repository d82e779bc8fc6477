//! Draws the preview.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use crate::report::Format;
use crate::tui::chrome::{areas, header};
use crate::tui::theme::Theme;
use crate::tui::widgets::{draw, rich};

use super::layout::Sides;
use super::state::Preview;

/// Draws the preview.
pub fn view(preview: &Preview, theme: &Theme, frame: &mut Frame) {
    let [top, body, _] = areas(frame.area());
    header(frame, top, &preview.current, theme);
    match preview.sides_on(frame.area().as_size()) {
        Sides::Both => {
            let [left, right] = Layout::horizontal([Constraint::Fill(1); 2]).areas(body);
            page(frame, left, preview, theme);
            source(frame, right, preview, theme);
        }
        Sides::Page => page(frame, body, preview, theme),
        Sides::Source => source(frame, body, preview, theme),
    }
}

fn page(frame: &mut Frame, area: Rect, preview: &Preview, theme: &Theme) {
    draw::pane(frame, area, "Preview: page", true, theme);
    let inner = draw::inset(area);
    let (top, _) = preview.layout.tops(preview.scroll);
    rich::draw(frame, inner, &preview.layout.page, top, theme);
    draw::scrollbar(frame, inner, preview.layout.page.len(), top, theme);
}

fn source(frame: &mut Frame, area: Rect, preview: &Preview, theme: &Theme) {
    let title = match preview.format {
        Format::Markdown => "Preview: source",
        Format::Json => "Preview: JSON",
        Format::Html => "Preview: HTML",
        Format::Csv => "Preview: CSV",
        Format::Oscal => "Preview: OSCAL",
    };
    draw::pane(frame, area, title, true, theme);
    let inner = draw::inset(area);
    let (_, top) = preview.layout.tops(preview.scroll);
    for (row, room) in preview.layout.source.iter().skip(top).zip(inner.rows()) {
        draw::line(frame, room, preview.source[row.start..row.end].trim_end(), Style::new());
    }
    draw::scrollbar(frame, inner, preview.layout.source.len(), top, theme);
}
