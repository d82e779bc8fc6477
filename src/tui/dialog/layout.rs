//! Where the parts of a dialog are.

use ratatui::layout::{Rect, Size};

use crate::text;
use crate::tui::widgets::draw::inset;

use super::state::{Entry, InputDialog};

/// The most columns of a dialog.
const WIDTH: u16 = 84;

/// A dialog with an input and a list.
#[derive(Debug)]
pub struct InputLayout {
    /// All of it, with its border.
    pub body: Rect,
    /// The explanation.
    pub explanation: Rect,
    /// The input, with the mark before it.
    pub input: Rect,
    /// The message about the input.
    pub message: Rect,
    /// The entries.
    pub entries: Rect,
    /// The whole detail of the selected entry; empty if it is shown with the entry.
    pub detail: Rect,
    /// The rows of each entry.
    pub rows_each: usize,
    /// The first entry shown.
    pub scroll: usize,
}

/// A box of at most `most` columns, a little above the centre, as high as `height` says for its width.
pub fn centered(area: Rect, most: u16, height: impl Fn(u16) -> u16) -> Rect {
    let width = area.width.min(most);
    let height = height(width).min(area.height.saturating_sub(1));
    Rect { x: (area.width - width) / 2, y: (area.height - height) / 3, width, height }
}

impl InputLayout {
    /// The layout on a terminal of this size.
    pub fn new(size: Size, dialog: &InputDialog) -> Self {
        let area = Rect::new(0, 0, size.width, size.height);
        let rows =
            |content: &str, width: u16| text::wrap(content, width.saturating_sub(4) as usize).len() as u16;
        let detail_rows = |width: u16| {
            let longest =
                dialog.all.iter().map(|entry: &Entry| rows(&entry.detail, width)).max().unwrap_or(0);
            if dialog.shows_detail_below() { longest + 1 } else { 0 }
        };
        let each = if dialog.shows_detail_below() || dialog.is_menu() { 1 } else { 2 };
        let list = if dialog.has_list() {
            dialog.all.len().max(dialog.entries.len()).clamp(3, 1000) as u16 * each
        } else {
            0
        };
        let message = |width: u16| if dialog.message.is_empty() { 0 } else { rows(&dialog.message, width) };
        let has_input = !dialog.is_menu();
        let body = centered(area, WIDTH, |width| {
            3 + rows(&dialog.explanation, width)
                + u16::from(has_input) * 2
                + message(width)
                + list
                + detail_rows(width)
        });
        let inner = inset(body);
        let mut y = inner.y;
        let mut take = |height: u16| {
            let area = Rect { y, height, ..inner }.intersection(inner);
            y = y.saturating_add(height);
            area
        };
        let explanation = take(rows(&dialog.explanation, body.width));
        let input = take(u16::from(has_input));
        let message = take(message(body.width));
        take(1);
        let room = inner.bottom().saturating_sub(y);
        let detail = detail_rows(body.width).min(room / 2);
        let entries = Rect { y, height: room - detail, ..inner }.intersection(inner);
        let detail =
            Rect { y: entries.bottom() + 1, height: detail.saturating_sub(1), ..inner }.intersection(inner);
        let has_room = dialog.entries.len() * 2 <= entries.height as usize;
        let rows_each = if each == 2 && has_room { 2 } else { 1 };
        let shown = (entries.height as usize / rows_each).max(1);
        let scroll = (dialog.selected + 1).saturating_sub(shown);
        Self { body, explanation, input, message, entries, detail, rows_each, scroll }
    }
}
