//! A text that is typed into: its rows, the selection, the cursor.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::text;
use crate::tui::theme::{Role, Theme};

use super::draw;
use super::editor::Caret;

/// A text that is typed into.
pub struct Field<'a> {
    /// The text.
    pub text: &'a str,
    /// The cursor, if the text has the focus.
    pub caret: Option<Caret>,
    /// The first row shown.
    pub scroll: usize,
    /// Its rows, if it wraps. A text without rows is one line that slides so that the cursor stays visible.
    pub rows: Option<&'a [text::Row]>,
    /// What is shown while it is empty.
    pub placeholder: &'a str,
}

impl Field<'_> {
    /// Draws the text with selection, cursor, and a scrollbar where it does not fit.
    pub fn draw(&self, frame: &mut Frame, area: Rect, theme: &Theme) {
        if self.text.is_empty() {
            draw::wrapped(frame, area, self.placeholder, theme.style(Role::Dim));
        }
        let whole = [self.whole()];
        let rows = self.rows.unwrap_or(&whole);
        for (row, room) in rows.iter().skip(self.scroll).zip(area.rows()) {
            self.row(*row, frame, room, theme);
        }
        if self.rows.is_some() {
            draw::scrollbar(frame, draw::spaced(area), rows.len(), self.scroll, theme);
            if self.caret.is_none() && area.height > 1 && rows.len() > area.height as usize {
                draw::more(frame, area, theme);
            }
        } else if self.caret.is_none() && text::width(self.text) > area.width as usize {
            draw::line(frame, area, self.text, Style::new());
        }
        if let Some(cursor) = self.cursor(area) {
            frame.set_cursor_position(cursor);
        }
    }

    /// Draws one row, with the selection highlighted.
    fn row(&self, row: text::Row, frame: &mut Frame, room: Rect, theme: &Theme) {
        let content = &self.text[row.start..row.end];
        let (first, blanks) = skip_columns(content, self.hidden_columns(room.width));
        let selection = self.caret.map(|caret| caret.selection()).unwrap_or_default();
        let within = |at: usize| at.saturating_sub(row.start).min(content.len()).max(first);
        let (from, to) = (within(selection.start), within(selection.end));
        let selected = theme.style(Role::Selection);
        let mut rest = draw::split(room, blanks as u16).1;
        for (range, style) in
            [(first..from, Style::new()), (from..to, selected), (to..content.len(), Style::new())]
        {
            let used = draw::piece(frame, rest, &text::visible(&content[range]), style);
            rest = draw::split(rest, used).1;
        }
    }

    /// The cursor's place in `area`; none without the focus, or if its row is not shown.
    fn cursor(&self, area: Rect) -> Option<Position> {
        let caret = self.caret.filter(|_| !area.is_empty())?;
        let whole = [self.whole()];
        let rows = self.rows.unwrap_or(&whole);
        let index = text::row_of(rows, caret.cursor);
        let y = index.checked_sub(self.scroll).filter(|y| *y < area.height as usize)?;
        let row = rows.get(index)?;
        let before = &self.text[row.start..caret.cursor.clamp(row.start, row.end)];
        let x = text::width(before).saturating_sub(self.hidden_columns(area.width));
        let x = x.min((area.width as usize).saturating_sub(1));
        Some(Position::new(area.x + x as u16, area.y + y as u16))
    }

    fn whole(&self) -> text::Row {
        text::Row { start: 0, end: self.text.len(), hard: true }
    }

    /// The columns to the left of a line that has slid because the cursor is beyond the right edge.
    fn hidden_columns(&self, width: u16) -> usize {
        match self.caret {
            Some(caret) if self.rows.is_none() => {
                (text::width(&self.text[..caret.cursor]) + 1).saturating_sub(width as usize)
            }
            Some(_) | None => 0,
        }
    }
}

/// The byte of the first character that begins after so many columns, and the columns between the two.
fn skip_columns(text: &str, columns: usize) -> (usize, usize) {
    let mut x = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if x >= columns {
            return (at, x - columns);
        }
        x += text::glyph(grapheme).1;
    }
    (if columns == 0 { 0 } else { text.len() }, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn drawn(text: &str, cursor: usize, width: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, 1)).unwrap();
        let field = Field { text, caret: Some(Caret::at(cursor)), scroll: 0, rows: None, placeholder: "" };
        let theme = Theme::new(false, false);
        let frame = terminal.draw(|frame| field.draw(frame, frame.area(), &theme)).unwrap();
        frame.buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect()
    }

    #[test]
    fn a_long_line_slides_so_that_the_cursor_is_visible_and_never_splits_a_wide_character() {
        assert_eq!(drawn("abcdef", 6, 4), "def ");
        assert_eq!(drawn("日本語", 9, 4), " 語  ");
        assert_eq!(drawn("abc", 0, 4), "abc ");
    }
}
