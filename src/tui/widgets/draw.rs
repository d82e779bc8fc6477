//! Drawing plain text, panes and scrollbars.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;
use ratatui::symbols::border::PLAIN;
use ratatui::text::Span;
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState};

use crate::text;
use crate::tui::theme::{Role, Theme};

/// Draws a text on a row of one line, up to its right edge. Returns the columns used.
///
/// Most text is ASCII, where each byte is a cell; finding the graphemes of every row took a sixth of the time
/// of a frame.
pub fn piece(frame: &mut Frame, row: Rect, content: &str, style: Style) -> u16 {
    let row = row.intersection(frame.area());
    if row.is_empty() {
        return 0;
    }
    if !text::is_plain(content) {
        frame.render_widget(Span::styled(content, style), row);
        return (text::width(content) as u16).min(row.width);
    }
    let buffer = frame.buffer_mut();
    for (x, at) in (row.left()..row.right()).zip(0..content.len()) {
        buffer[(x, row.y)].set_symbol(&content[at..=at]).set_style(style);
    }
    row.width.min(u16::try_from(content.len()).unwrap_or(u16::MAX))
}

/// Draws a text on the first row of `area`, cut with "…" if it does not fit. Returns the columns used.
pub fn line(frame: &mut Frame, area: Rect, content: &str, style: Style) -> u16 {
    let area = first_row(area);
    if area.is_empty() {
        return 0;
    }
    let shown = text::truncate(content, area.width as usize);
    piece(frame, area, &shown, style)
}

/// Draws text that was broken into rows before, from row `scroll` on. The last row shows "…" if there is
/// more.
pub fn rows(frame: &mut Frame, area: Rect, content: &str, rows: &[text::Row], scroll: usize, style: Style) {
    let last = area.height.saturating_sub(1) as usize;
    let has_more = rows.len() > scroll + area.height as usize;
    for (y, (row, room)) in rows.iter().skip(scroll).zip(area.rows()).enumerate() {
        let shown = text::visible(content[row.start..row.end].trim_end());
        let shown = if has_more && y == last { cut(&shown, room.width as usize) } else { shown };
        piece(frame, room, &shown, style);
    }
}

/// A row with "…" at its end, because more rows follow that are not shown.
fn cut(row: &str, width: usize) -> Cow<'static, str> {
    text::truncate(&format!("{row} …"), width).into_owned().into()
}

/// Draws a text wrapped to the width of `area`.
pub fn wrapped(frame: &mut Frame, area: Rect, content: &str, style: Style) {
    let broken = text::wrap(content, area.width as usize);
    rows(frame, area, content, &broken, 0, style);
}

/// Draws a pane with its border and title, in the accent colour if it has the focus.
///
/// ratatui's `Block` also styles every cell inside, which took a tenth of the time of a frame.
pub fn pane(frame: &mut Frame, area: Rect, title: &str, has_focus: bool, theme: &Theme) {
    let area = area.intersection(frame.area());
    if area.width < 2 || area.height < 2 {
        return;
    }
    let style = theme.style(if has_focus { Role::Accent } else { Role::Dim });
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    let buffer = frame.buffer_mut();
    let mut put = |x, y, symbol| {
        buffer[(x, y)].set_symbol(symbol).set_style(style);
    };
    for x in left + 1..right {
        put(x, top, PLAIN.horizontal_top);
        put(x, bottom, PLAIN.horizontal_bottom);
    }
    for y in top + 1..bottom {
        put(left, y, PLAIN.vertical_left);
        put(right, y, PLAIN.vertical_right);
    }
    put(left, top, PLAIN.top_left);
    put(right, top, PLAIN.top_right);
    put(left, bottom, PLAIN.bottom_left);
    put(right, bottom, PLAIN.bottom_right);
    if !title.is_empty() {
        let heading = theme.style(if has_focus { Role::Accent } else { Role::Strong });
        let room = Rect { x: left + 1, width: area.width - 2, height: 1, ..area };
        let shown = text::truncate(title, room.width.saturating_sub(2) as usize);
        frame.render_widget(Span::styled(format!(" {shown} "), heading), room);
    }
}

/// The inside of a pane: within its border, with a blank column on either side.
pub fn inset(pane: Rect) -> Rect {
    pane.inner(Margin::new(2, 1))
}

/// Draws the position in a text of `count` rows of which `area` shows those from `scroll` on, in the column
/// to the right of `area`; nothing if all rows are shown. One row has no room for a bar: it has "…" while
/// more rows follow.
pub fn scrollbar(frame: &mut Frame, area: Rect, count: usize, scroll: usize, theme: &Theme) {
    let hidden = count.saturating_sub(area.height as usize);
    if hidden == 0 || area.is_empty() {
        return;
    }
    if area.height == 1 {
        if scroll < hidden {
            more(frame, area, theme);
        }
        return;
    }
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(None)
        .thumb_symbol("┃")
        .style(theme.style(Role::Dim));
    let mut state = ScrollbarState::new(hidden)
        .position(scroll.min(hidden))
        .viewport_content_length(area.height as usize);
    let column = Rect { x: area.right(), width: 1, ..area };
    frame.render_stateful_widget(bar, column.intersection(frame.area()), &mut state);
}

/// Draws "…" to the right of the last row of `area`, because more rows follow that are not shown.
pub fn more(frame: &mut Frame, area: Rect, theme: &Theme) {
    if !area.is_empty() {
        let place = Rect { x: area.right(), y: area.bottom() - 1, width: 1, height: 1 };
        piece(frame, place, "…", theme.style(Role::Dim));
    }
}

/// An area with one more column, so that a scrollbar does not touch the text.
pub fn spaced(area: Rect) -> Rect {
    Rect { width: area.width + 1, ..area }
}

/// The first row of an area.
pub fn first_row(area: Rect) -> Rect {
    Rect { height: area.height.min(1), ..area }
}

/// An area split after its first `width` columns.
pub fn split(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    (Rect { width, ..area }, Rect { x: area.x + width, width: area.width - width, ..area })
}
