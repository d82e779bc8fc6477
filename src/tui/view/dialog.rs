//! What lies over a screen: help, palette, find, inputs.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::text;
use crate::tui::action::Context;
use crate::tui::context::contexts_below;
use crate::tui::keymap::BINDINGS;
use crate::tui::state::{Dialog, ListDialog, Purpose, State};
use crate::tui::theme::Theme;

use super::chrome;
use super::mark::mark;
use super::text::{Field, field, line, wrapped};

/// Draws a dialog.
pub fn view(state: &State, dialog: &Dialog, theme: &Theme, frame: &mut Frame<'_>) {
    match dialog {
        Dialog::Help { scroll } => help(state, *scroll, theme, frame),
        Dialog::List(list) => input(state, list, theme, frame),
    }
    let area = frame.area();
    let footer = Rect { y: area.height.saturating_sub(1), height: 1.min(area.height), ..area };
    Clear.render(footer, frame.buffer_mut());
    chrome::footer(frame, footer, state, theme);
}

/// The keys, those of where the reviewer is first.
fn help(state: &State, scroll: usize, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let body = Rect { y: 0, height: area.height.saturating_sub(1), ..area };
    Clear.render(body.intersection(area), frame.buffer_mut());
    chrome::pane(frame.buffer_mut(), body, "Help", true, theme);
    let inner = crate::tui::layout::inset(body);
    let lines = help_lines(state);
    let scroll = scroll.min(lines.len().saturating_sub(inner.height as usize));
    for (y, (keys, what)) in lines.iter().skip(scroll).take(inner.height as usize).enumerate() {
        let row = Rect { y: inner.y + y as u16, height: 1, ..inner };
        if what.is_empty() {
            line(frame.buffer_mut(), row, keys, theme.strong);
        } else {
            let width = 24.min(row.width / 2);
            line(frame.buffer_mut(), Rect { width, ..row }, keys, Style::new());
            let rest = Rect { x: row.x + width + 1, width: row.width.saturating_sub(width + 1), ..row };
            line(frame.buffer_mut(), rest, what, theme.dim);
        }
    }
}

/// Keys and what they do; a heading where there is nothing in the second place.
fn help_lines(state: &State) -> Vec<(String, String)> {
    let here = contexts_below(state);
    let others = Context::ALL.into_iter().filter(|context| !here.contains(context));
    let mut lines = Vec::new();
    for context in here.iter().copied().chain(others) {
        lines.push((context.title().to_owned(), String::new()));
        if context == Context::Answer {
            lines.push(("letter or digit".to_owned(), "choose; again: clear".to_owned()));
        }
        for binding in BINDINGS.iter().filter(|binding| binding.context == context) {
            lines.push((binding.shown_keys(), binding.help.to_owned()));
        }
        lines.push((String::new(), " ".to_owned()));
    }
    lines
}

fn input(state: &State, list: &ListDialog, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let width = area.width.min(84);
    let explanation = text::wrap(&list.explanation, width.saturating_sub(4) as usize).len() as u16;
    let wanted = 4 + explanation + if list.has_list() { list.entries.len().max(3) as u16 * 2 + 1 } else { 0 };
    let height = wanted.min(area.height.saturating_sub(1));
    let body = Rect { x: (area.width - width) / 2, y: (area.height - height) / 3, width, height };
    Clear.render(body.intersection(area), frame.buffer_mut());
    chrome::pane(frame.buffer_mut(), body, &list.title, true, theme);
    let inner = crate::tui::layout::inset(body);
    let said = Rect { height: explanation.min(inner.height), ..inner };
    wrapped(frame.buffer_mut(), said, &list.explanation, 0, theme.dim);
    let row = Rect { y: said.bottom(), height: 1, ..inner }.intersection(inner);
    line(frame.buffer_mut(), Rect { width: 2.min(row.width), ..row }, "›", theme.accent);
    let typed = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
    let shown =
        Field { text: &list.input, caret: Some(list.caret), scroll: 0, wraps: false, placeholder: "" };
    field(frame, typed, &shown, theme);
    if !state.message.is_empty() && !list.has_list() {
        let said = Rect { y: row.y + 1, height: 1, ..inner }.intersection(inner);
        line(frame.buffer_mut(), said, &state.message, theme.strong);
    }
    if list.has_list() {
        let entries = Rect { y: row.y + 2, height: inner.bottom().saturating_sub(row.y + 2), ..inner }
            .intersection(inner);
        draw_entries(frame, entries, list, theme);
        if list.purpose == Purpose::Find {
            mark(frame.buffer_mut(), entries, list.input.trim(), theme.found);
        }
    }
}

fn draw_entries(frame: &mut Frame<'_>, area: Rect, list: &ListDialog, theme: &Theme) {
    if list.entries.is_empty() {
        line(frame.buffer_mut(), area, "Nothing matches.", theme.dim);
        return;
    }
    // Where there is room, each entry has its detail on a row of its own.
    let rows_each = if list.entries.len() * 2 <= area.height as usize { 2 } else { 1 };
    let shown = (area.height as usize / rows_each).max(1);
    let scroll = (list.selected + 1).saturating_sub(shown);
    for (i, entry) in list.entries.iter().skip(scroll).take(shown).enumerate() {
        let y = area.y + (i * rows_each) as u16;
        let row = Rect { y, height: 1, ..area }.intersection(area);
        let is_selected = scroll + i == list.selected;
        let style = if is_selected { theme.selection } else { Style::new() };
        let used = line(frame.buffer_mut(), row, &entry.label, style);
        let detail = text::one_line(&entry.detail);
        if rows_each == 2 {
            line(
                frame.buffer_mut(),
                Rect { x: row.x + 2, y: y + 1, width: row.width.saturating_sub(2), height: 1 },
                &detail,
                theme.dim,
            );
        } else {
            let rest = Rect { x: row.x + used + 2, width: row.width.saturating_sub(used + 2), ..row };
            line(frame.buffer_mut(), rest, &detail, theme.dim);
        }
    }
}
