//! The rows of the preview; drawing and scrolling share them.

use ratatui::text::Line;

use crate::text;

use super::layout::READING;
use super::state::Preview;
use super::theme::Theme;
use super::widgets::markdown;

/// The page as a wiki shows it, or its source, for a screen of `width` columns.
pub fn lines(preview: &Preview, width: u16, theme: &Theme) -> Vec<Line<'static>> {
    let width = width.saturating_sub(4).max(10) as usize;
    if preview.as_source {
        let rows = text::wrap(&preview.source, width).into_iter();
        return rows
            .map(|row| Line::raw(text::visible(&preview.source[row.start..row.end]).into_owned()))
            .collect();
    }
    let body = match preview.source.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((_, body)) => body,
        None => &preview.source,
    };
    markdown::render(body, width.min(READING as usize * 3 / 2), theme)
}
