//! Marks words on the screen after everything else is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text;

/// Adds `style` to each occurrence of `wanted` in `area`, in any case, also across the end of a row.
pub fn mark(buffer: &mut Buffer, area: Rect, wanted: &str, style: Style) {
    let area = area.intersection(buffer.area);
    if wanted.is_empty() || area.is_empty() {
        return;
    }
    let mut shown = " ".to_owned();
    let mut cells: Vec<(usize, Position)> = Vec::new();
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            // A wrapped row has lost the blank at its end, and may be indented.
            if symbol != " " || !shown.ends_with(' ') {
                cells.push((shown.len(), Position { x, y }));
                shown.push_str(symbol);
            }
            x += (text::width(symbol) as u16).max(1);
        }
        if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    let mut from = 0;
    while let Some(found) = shown.get(from..).and_then(|rest| text::find(rest, wanted)) {
        let range = from + found.start..from + found.end;
        for (_, position) in cells.iter().filter(|(at, _)| range.contains(at)) {
            let cell = &mut buffer[*position];
            cell.set_style(cell.style().patch(style));
        }
        from = range.end;
    }
}
