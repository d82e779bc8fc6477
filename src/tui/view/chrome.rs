//! Header, footer and borders: the same place for the same thing on every screen.

use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;
use ratatui_core::symbols::border::PLAIN;

use crate::session::Count;
use crate::text;
use crate::tui::action::Context;
use crate::tui::context::contexts;
use crate::tui::frame::{Frame, source};
use crate::tui::keymap;
use crate::tui::layout::inset;
use crate::tui::state::{Review, State};
use crate::tui::theme::Theme;

use super::text::line;

/// The header: what is open, how far it is, and how it is saved.
pub fn header(frame: &mut Frame, area: Rect, review: &Review, theme: &Theme) {
    let edit = review.status.seq.to_string();
    // The number is not dimmed: as plain as what is typed, it costs no change of looks at each key.
    let (words, style, number) = match (&review.status.failure, &review.status.read_only) {
        (Some(reason), _) => (format!("not saved: {reason}"), theme.selection, ""),
        (None, Some(who)) => (format!("read-only: {who}"), theme.warning, ""),
        (None, None) => ("saved · edit ".to_owned(), theme.dim, edit.as_str()),
    };
    let most = area.width as usize * 2 / 3;
    let width = (text::width(&words) + number.len()).min(most) as u16;
    let left = Rect { width: area.width.saturating_sub(width + 1), ..area };
    let right = Rect { x: left.right(), width: area.width - left.width, ..area };
    frame.part(right, Some(source((&words, number))), |frame| {
        let room = Rect { width: width.min(right.width), ..right };
        let used = line(frame.buffer_mut(), room, &words, style);
        let room = Rect { x: room.x + used, width: room.width - used, ..room };
        line(frame.buffer_mut(), room, number, Style::new());
    });
    let (subject, count) = (review.session.subject(), review.session.progress());
    let title = &review.session.questionnaire().title;
    frame.part(left, Some(source((subject, title, count))), |frame| {
        let title = format!("{subject} · {title}");
        overall(frame.buffer_mut(), left, &title, count, area.width >= 80, theme);
    });
}

/// A title and the progress, with a long gauge or a short one.
fn overall(buffer: &mut Buffer, area: Rect, title: &str, count: Count, is_wide: bool, theme: &Theme) {
    let gauge = progress(count, if is_wide { 19 } else { 8 });
    let mut rest = Rect { x: area.x + 1, width: area.width.saturating_sub(3), ..area };
    let room = rest.width.saturating_sub(text::width(&gauge) as u16 + 3);
    let used = line(buffer, Rect { width: room, ..rest }, title, theme.strong);
    if room > 8 {
        rest.x += used + 3;
        rest.width = rest.width.saturating_sub(used + 3);
        line(buffer, rest, &gauge, Style::new());
    }
}

/// `7/11 ▓▓▓▓░░░`
pub fn progress(count: Count, width: usize) -> String {
    let filled = (count.done * width).checked_div(count.asked).unwrap_or(0);
    format!("{}/{} {}{}", count.done, count.asked, "▓".repeat(filled), "░".repeat(width - filled))
}

/// The footer: the last thing said, else the keys that matter here.
pub fn footer(frame: &mut Frame, area: Rect, state: &State, theme: &Theme) {
    let contexts = contexts(state);
    let message = if state.dialog.is_none() { state.message.as_str() } else { "" };
    frame.part(area, Some(source((message, &contexts))), |frame| {
        let buffer = frame.buffer_mut();
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let area = area.intersection(buffer.area);
        if message.is_empty() {
            keys(buffer, area, &contexts, theme);
        } else {
            line(buffer, area, message, theme.strong);
        }
    });
}

/// The keys that matter where `contexts` apply, as many as there is room for.
fn keys(buffer: &mut Buffer, area: Rect, contexts: &[Context], theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let mut hints: Vec<String> = Vec::new();
    for binding in keymap::footer(contexts) {
        let hint = format!("{} {}", binding.keys[0].name(), binding.footer);
        if !hints.contains(&hint) {
            hints.push(hint);
        }
    }
    if !hints.iter().any(|hint| hint == "? help") {
        hints.push("F1 help".to_owned());
    }
    let mut x = area.x;
    for (i, hint) in hints.iter().enumerate() {
        let separator = if i == 0 { "" } else { " · " };
        let columns = (text::width(separator) + text::width(hint)) as u16;
        if x + columns > area.right() {
            break;
        }
        let (end, _) = buffer.set_stringn(x, area.y, separator, 3, theme.dim);
        let (key, what) = hint.split_once(' ').unwrap_or((hint, ""));
        let (end, _) = buffer.set_stringn(end, area.y, key, 20, Style::new());
        let (end, _) = buffer.set_stringn(end + 1, area.y, what, 30, theme.dim);
        x = end;
    }
}

/// Header and footer; gives what is between them.
pub fn around(frame: &mut Frame, state: &State, review: &Review, theme: &Theme) -> Rect {
    let area = frame.area();
    let row = |y: u16| Rect { y, height: 1.min(area.height), ..area };
    header(frame, row(0), review, theme);
    footer(frame, row(area.height.saturating_sub(1)), state, theme);
    Rect { y: 1, height: area.height.saturating_sub(2), ..area }
}

/// Header, footer and one pane over the rest of the screen; gives the inside of the pane.
pub fn whole(frame: &mut Frame, state: &State, review: &Review, title: &str, theme: &Theme) -> Rect {
    let body = around(frame, state, review, theme);
    pane(frame.buffer_mut(), body, title, true, theme);
    inset(body)
}

/// The upper edge of a border. Borders are drawn cell by cell: ratatui's block would style each cell of the area, which costs
/// more than all of the text.
fn top(buffer: &mut Buffer, area: Rect, style: Style) {
    let right = area.right() - 1;
    for x in area.x..=right {
        buffer[(x, area.y)].set_symbol(PLAIN.horizontal_top).set_style(style);
    }
    buffer[(right, area.y)].set_symbol(PLAIN.top_right).set_style(style);
    buffer[(area.x, area.y)].set_symbol(PLAIN.top_left).set_style(style);
}

/// Both sides of a border and what closes it below.
fn closed(buffer: &mut Buffer, area: Rect, style: Style) {
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for x in area.x..=right {
        buffer[(x, bottom)].set_symbol(PLAIN.horizontal_bottom).set_style(style);
    }
    for y in area.y..bottom {
        for x in [area.x, right] {
            buffer[(x, y)].set_symbol(PLAIN.vertical_left).set_style(style);
        }
    }
    buffer[(area.x, bottom)].set_symbol(PLAIN.bottom_left).set_style(style);
    buffer[(right, bottom)].set_symbol(PLAIN.bottom_right).set_style(style);
}

/// What of the border of `pane` stands in `part`, a number of its rows under the first.
pub fn sides(buffer: &mut Buffer, pane: Rect, part: Rect, has_focus: bool, theme: &Theme) {
    let (pane, part) = (pane.intersection(buffer.area), part.intersection(buffer.area));
    if pane.is_empty() || part.is_empty() {
        return;
    }
    let style = if has_focus { theme.accent } else { theme.dim };
    if part.bottom() == pane.bottom() {
        return closed(buffer, part, style);
    }
    for y in part.y..part.bottom() {
        for x in [pane.x, pane.right() - 1] {
            buffer[(x, y)].set_symbol(PLAIN.vertical_left).set_style(style);
        }
    }
}

/// A pane with its border and title; in the accent colour if it has the focus.
pub fn pane(buffer: &mut Buffer, area: Rect, title: &str, has_focus: bool, theme: &Theme) {
    head(buffer, area, area, title, has_focus, theme);
}

/// What of the border of `pane` stands in `part`, its first rows, with the title.
pub fn head(buffer: &mut Buffer, pane: Rect, part: Rect, title: &str, has_focus: bool, theme: &Theme) {
    let area = part.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    sides(buffer, pane, area, has_focus, theme);
    let style = if has_focus { theme.accent } else { theme.dim };
    top(buffer, area, style);
    let room = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
    if !title.is_empty() {
        let title = format!(" {title} ");
        let style = if has_focus { theme.accent } else { theme.strong };
        line(buffer, room, &title, style);
    }
}
