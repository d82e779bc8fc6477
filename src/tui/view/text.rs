//! Drawing texts: wrapped rows with a cursor and a selection, and lines that are cut where they do not fit.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;

use crate::text;
use crate::tui::theme::Theme;
use crate::tui::widgets::editor::Caret;

/// Draws one line of plain text, cut at the end of `area`; gives the columns used.
pub fn line(buffer: &mut Buffer, area: Rect, content: &str, style: Style) -> u16 {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return 0;
    }
    let shown = text::visible(content);
    if text::width(&shown) > area.width as usize && area.width > 1 {
        let (x, _) = buffer.set_stringn(area.x, area.y, shown, area.width as usize - 1, style);
        buffer.set_string(x, area.y, "…", style);
        return area.width;
    }
    let (x, _) = buffer.set_stringn(area.x, area.y, shown, area.width as usize, style);
    x - area.x
}

/// Draws lines that are styled already, from row `scroll`.
pub fn styled<'a>(buffer: &mut Buffer, area: Rect, lines: impl Iterator<Item = &'a Line<'a>>, scroll: usize) {
    let area = area.intersection(buffer.area);
    for (y, shown) in lines.skip(scroll).take(area.height as usize).enumerate() {
        buffer.set_line(area.x, area.y + y as u16, shown, area.width);
    }
}

/// Draws a text wrapped to `area`, from row `scroll`.
pub fn wrapped(buffer: &mut Buffer, area: Rect, content: &str, scroll: usize, style: Style) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    for (y, row) in
        text::wrap(content, area.width as usize).iter().skip(scroll).take(area.height as usize).enumerate()
    {
        let shown = text::visible(&content[row.start..row.end]);
        buffer.set_stringn(area.x, area.y + y as u16, shown, area.width as usize, style);
    }
}

/// A text that is typed into.
pub struct Field<'a> {
    /// The text.
    pub text: &'a str,
    /// The cursor, if the text has the focus.
    pub caret: Option<Caret>,
    /// The first row shown.
    pub scroll: usize,
    /// Whether it wraps.
    pub wraps: bool,
    /// What is shown while it is empty.
    pub placeholder: &'a str,
}

/// Draws a text that is typed into, with selection and cursor.
pub fn field(frame: &mut Frame<'_>, area: Rect, field: &Field<'_>, theme: &Theme) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    if field.text.is_empty() {
        line(frame.buffer_mut(), area, field.placeholder, theme.dim);
    }
    let width = area.width as usize;
    let rows = text::wrap(field.text, if field.wraps { width } else { usize::MAX });
    let caret = field.caret;
    // A line that is longer than its room slides, so that the cursor stays in sight.
    let slide = match caret {
        Some(caret) if !field.wraps => (text::width(&field.text[..caret.cursor]) + 1).saturating_sub(width),
        _ => 0,
    };
    let selection = caret.map(|caret| caret.selection()).unwrap_or_default();
    let cursor_row = caret.map(|caret| text::row_of(&rows, caret.cursor));
    for (y, (index, row)) in rows.iter().enumerate().skip(field.scroll).take(area.height as usize).enumerate()
    {
        let y = area.y + y as u16;
        let mut x = 0usize;
        let mut cursor_x = None;
        for (at, grapheme) in field.text[row.start..row.end].grapheme_indices(true) {
            let at = row.start + at;
            if caret.is_some_and(|caret| caret.cursor == at) {
                cursor_x = Some(x);
            }
            let (glyph, columns) = text::glyph(grapheme);
            if x >= slide && x + columns <= slide + width {
                let style = if selection.contains(&at) { theme.selection } else { Style::new() };
                frame.buffer_mut().set_stringn(area.x + (x - slide) as u16, y, glyph, columns, style);
            }
            x += columns;
        }
        if cursor_row == Some(index) {
            let x = cursor_x.unwrap_or(x).saturating_sub(slide).min(width.saturating_sub(1));
            frame.set_cursor_position(Position::new(area.x + x as u16, y));
        }
    }
}
