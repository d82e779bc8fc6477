//! Drawing texts: wrapped rows with a cursor and a selection, and lines that are cut where they do not fit.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::{Position, Rect};
use ratatui_core::style::Style;
use ratatui_core::text::Line;
use unicode_segmentation::UnicodeSegmentation;

use crate::text;
use crate::tui::frame::Frame;
use crate::tui::theme::Theme;
use crate::tui::widgets::editor::Caret;

/// Draws one line of text, cut with a mark at the end of `area`; gives the columns used.
pub fn line(buffer: &mut Buffer, area: Rect, content: &str, style: Style) -> u16 {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return 0;
    }
    let (end, is_whole) = put(buffer, Rect { height: 1, ..area }, content, style);
    if is_whole || area.width == 1 {
        return end - area.x;
    }
    // What stood in the last column gives way to the mark, a wide character with both its columns.
    let last = area.right() - 1;
    for x in end.saturating_sub(2).max(area.x)..last {
        if x as usize + text::width(buffer[(x, area.y)].symbol()) > last as usize {
            buffer[(x, area.y)].set_symbol(" ");
        }
    }
    buffer[(last, area.y)].set_symbol("…").set_style(style);
    area.width
}

/// Draws lines that are styled already, from row `scroll`.
pub fn styled<'a>(buffer: &mut Buffer, area: Rect, lines: impl Iterator<Item = &'a Line<'a>>, scroll: usize) {
    let area = area.intersection(buffer.area);
    for (y, shown) in lines.skip(scroll).take(area.height as usize).enumerate() {
        buffer.set_line(area.x, area.y + y as u16, shown, area.width);
    }
}

/// Draws lines that were styled without colours, from row `scroll`, in the colours of the theme.
pub fn dressed(buffer: &mut Buffer, area: Rect, lines: &[Line<'_>], scroll: usize, theme: &Theme) {
    let area = area.intersection(buffer.area);
    for (y, shown) in lines.iter().skip(scroll).take(area.height as usize).enumerate() {
        let (y, mut x) = (area.y + y as u16, area.x);
        let of_line = theme.dressed(shown.style);
        for span in &shown.spans {
            let room = Rect { x, y, width: area.right() - x, height: 1 };
            x = put(buffer, room, &span.content, of_line.patch(theme.dressed(span.style))).0;
        }
    }
}

/// Draws a text that is wrapped already.
pub fn rows(buffer: &mut Buffer, area: Rect, content: &str, rows: &[text::Row], style: Style) {
    let area = area.intersection(buffer.area);
    for (y, row) in rows.iter().take(area.height as usize).enumerate() {
        let room = Rect { y: area.y + y as u16, height: 1, ..area };
        put(buffer, room, &content[row.start..row.end], style);
    }
}

/// Draws text in a row, as far as it fits; gives the column after it, and whether it was all.
fn put(buffer: &mut Buffer, row: Rect, content: &str, style: Style) -> (u16, bool) {
    let mut x = row.x;
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        // A simple character that another one follows is a cell: nothing is to be segmented or measured.
        if text::is_simple(c) && chars.peek().is_none_or(|(_, next)| text::is_simple(*next)) {
            if x >= row.right() {
                return (x, false);
            }
            buffer[(x, row.y)].set_char(c).set_style(style);
            x += 1;
            continue;
        }
        let grapheme = content[at..].graphemes(true).next().unwrap_or_default();
        let (shown, columns) = text::glyph(grapheme);
        if x as usize + columns > row.right() as usize {
            return (x, false);
        }
        x = buffer.set_stringn(x, row.y, shown, columns, style).0;
        while chars.next_if(|(next, _)| *next < at + grapheme.len()).is_some() {}
    }
    (x, true)
}

/// Draws a text wrapped to `area`, from row `scroll`.
pub fn wrapped(buffer: &mut Buffer, area: Rect, content: &str, scroll: usize, style: Style) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let wrapped = text::wrap(content, area.width as usize);
    rows(buffer, area, content, wrapped.get(scroll..).unwrap_or_default(), style);
}

/// A text that is typed into.
pub struct Field<'a> {
    /// The text.
    pub text: &'a str,
    /// The cursor, if the text has the focus.
    pub caret: Option<Caret>,
    /// The first row shown.
    pub scroll: usize,
    /// Its rows, if it wraps.
    pub rows: Option<&'a [text::Row]>,
    /// What is shown while it is empty.
    pub placeholder: &'a str,
}

impl Field<'_> {
    /// Row `n` of a room that is so many columns wide.
    pub fn row(&self, n: usize, width: u16) -> FieldRow<'_> {
        if self.text.is_empty() && n == 0 {
            return FieldRow { text: self.placeholder, is_placeholder: true, ..FieldRow::default() };
        }
        let whole = [self.whole()];
        let rows = self.rows.unwrap_or(&whole);
        let Some(row) = rows.get(self.scroll + n) else { return FieldRow::default() };
        let text = &self.text[row.start..row.end];
        let selection = self.caret.map(|caret| caret.selection()).unwrap_or_default();
        let inside = |at: usize| at.saturating_sub(row.start).min(text.len());
        let selected = (inside(selection.start), inside(selection.end));
        FieldRow { text, selected, skipped: self.skipped(width), is_placeholder: false }
    }

    /// Where the cursor stands in `area`; none without the focus, or if its row is out of sight.
    pub fn cursor(&self, area: Rect) -> Option<Position> {
        let caret = self.caret.filter(|_| !area.is_empty())?;
        let whole = [self.whole()];
        let rows = self.rows.unwrap_or(&whole);
        let index = text::row_of(rows, caret.cursor);
        let y = index.checked_sub(self.scroll).filter(|y| *y < area.height as usize)?;
        let row = rows.get(index)?;
        let before = &self.text[row.start..caret.cursor.clamp(row.start, row.end)];
        let x = text::width(before).saturating_sub(self.skipped(area.width));
        let x = x.min((area.width as usize).saturating_sub(1));
        Some(Position::new(area.x + x as u16, area.y + y as u16))
    }

    fn whole(&self) -> text::Row {
        text::Row { start: 0, end: self.text.len(), hard: true }
    }

    /// A line that is longer than its room slides, so that the cursor stays in sight: the columns left out.
    fn skipped(&self, width: u16) -> usize {
        match self.caret {
            Some(caret) if self.rows.is_none() => {
                (text::width(&self.text[..caret.cursor]) + 1).saturating_sub(width as usize)
            }
            _ => 0,
        }
    }
}

/// A row of a [`Field`]: all that it is drawn from.
#[derive(Debug, Default, Hash)]
pub struct FieldRow<'a> {
    text: &'a str,
    /// The bytes of `text` that are selected.
    selected: (usize, usize),
    /// The columns of `text` that are left out.
    skipped: usize,
    is_placeholder: bool,
}

/// Draws a row of a text that is typed into.
pub fn field_row(buffer: &mut Buffer, row: Rect, shown: &FieldRow<'_>, theme: &Theme) {
    let row = row.intersection(buffer.area);
    if row.is_empty() {
        return;
    }
    if shown.is_placeholder {
        line(buffer, row, shown.text, theme.dim);
        return;
    }
    let (first, mut x) = skip(shown.text, shown.skipped);
    let (from, to) = (shown.selected.0.max(first), shown.selected.1.max(first));
    let parts =
        [(first..from, Style::new()), (from..to, theme.selection), (to..shown.text.len(), Style::new())];
    x += row.x;
    for (part, style) in parts {
        let room = Rect { x, width: row.right().saturating_sub(x), ..row };
        let (end, whole) = put(buffer, room, &shown.text[part], style);
        if !whole {
            return;
        }
        x = end;
    }
}

/// The byte of the first character that begins after so many columns, and how many columns after them it begins.
fn skip(text: &str, columns: usize) -> (usize, u16) {
    if columns == 0 {
        return (0, 0);
    }
    let mut x = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if x >= columns {
            return (at, (x - columns) as u16);
        }
        x += text::glyph(grapheme).1;
    }
    (text.len(), 0)
}

/// Draws a text that is typed into, with selection and cursor.
pub fn field(frame: &mut Frame, area: Rect, field: &Field<'_>, theme: &Theme) {
    for (n, row) in area.rows().enumerate() {
        field_row(frame.buffer_mut(), row, &field.row(n, area.width), theme);
    }
    if let Some(cursor) = field.cursor(area) {
        frame.set_cursor_position(cursor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_with_a_mark_and_never_through_a_wide_character() {
        for (text, width, shown) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("日本語", 6, "日 本 語 "),
            ("日本語", 5, "日 本 …"),
            ("日本語", 4, "日  …"),
            ("e\u{301}tude", 4, "e\u{301}tu…"),
            ("a\u{1b}b", 3, "a␛b"),
            ("▓▓░ 👩‍💻!", 9, "▓▓░ 👩‍💻 !  "),
            ("○\u{301}x", 3, "○\u{301}x "),
        ] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
            let area = buffer.area;
            line(&mut buffer, area, text, Style::new());
            let drawn: String = buffer.content.iter().map(ratatui_core::buffer::Cell::symbol).collect();
            assert_eq!(drawn, shown, "{text} in {width}");
        }
    }
}
