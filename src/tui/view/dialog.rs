//! What lies over a screen: help, palette, find, inputs.

use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use crate::text;
use crate::tui::action::Context;
use crate::tui::context::contexts_below;
use crate::tui::frame::Frame;
use crate::tui::keymap::BINDINGS;
use crate::tui::state::{Dialog, ListDialog, Purpose, State};
use crate::tui::theme::Theme;
use crate::tui::{layout, tour};

use super::chrome;
use super::mark::mark;
use super::text::{Field, field, line, wrapped};

/// Draws a dialog.
pub fn view(state: &State, dialog: &Dialog, theme: &Theme, frame: &mut Frame) {
    match dialog {
        Dialog::Help { scroll } => help(state, *scroll, theme, frame),
        Dialog::Tour { page } => tour(*page, theme, frame),
        Dialog::List(list) => input(state, list, theme, frame),
    }
    let area = frame.area();
    let footer = Rect { y: area.height.saturating_sub(1), height: 1.min(area.height), ..area };
    frame.clear(footer);
    chrome::footer(frame, footer, state, theme);
}

/// The keys, those of where the reviewer is first.
fn help(state: &State, scroll: usize, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    let body = Rect { y: 0, height: area.height.saturating_sub(1), ..area };
    frame.clear(body);
    chrome::pane(frame.buffer_mut(), body, "Help", true, theme);
    let inner = layout::inset(body);
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

/// A page of the tour; what lies under it stays in sight.
fn tour(page: usize, theme: &Theme, frame: &mut Frame) {
    let Some(shown) = tour::PAGES.get(page) else { return };
    let lines: Vec<(String, &str)> = shown.lines().collect();
    let text_rows = |width: u16| text::wrap(shown.text, width.saturating_sub(4) as usize).len() as u16;
    let body = layout::middle(frame.area(), 72, |width| 5 + text_rows(width) + lines.len() as u16);
    frame.clear(body);
    let title = format!("Welcome · {} of {}", page + 1, tour::PAGES.len());
    chrome::pane(frame.buffer_mut(), body, &title, true, theme);
    let inner = layout::inset(body);
    let row = |y: u16| Rect { y: inner.y + y, height: 1, ..inner }.intersection(inner);
    line(frame.buffer_mut(), row(0), shown.title, theme.strong);
    let said = Rect { y: inner.y + 1, height: text_rows(body.width), ..inner }.intersection(inner);
    wrapped(frame.buffer_mut(), said, shown.text, 0, Style::new());
    for (y, (key, what)) in lines.iter().enumerate() {
        let row = row(2 + said.height + y as u16);
        let keys = 8.min(row.width);
        line(frame.buffer_mut(), Rect { width: keys, ..row }, key, theme.strong);
        let rest = Rect { x: row.x + keys, width: row.width - keys, ..row };
        line(frame.buffer_mut(), rest, what, theme.dim);
    }
}

fn input(state: &State, list: &ListDialog, theme: &Theme, frame: &mut Frame) {
    let places = layout::list_dialog(state.size, list);
    frame.clear(places.body);
    chrome::pane(frame.buffer_mut(), places.body, &list.title, true, theme);
    wrapped(frame.buffer_mut(), places.said, &list.explanation, 0, theme.dim);
    let row = places.input;
    line(frame.buffer_mut(), Rect { width: 2.min(row.width), ..row }, "›", theme.accent);
    let typed = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(2), ..row };
    let shown = Field { text: &list.input, caret: Some(list.caret), scroll: 0, rows: None, placeholder: "" };
    field(frame, typed, &shown, theme);
    if !state.message.is_empty() && !list.has_list() {
        let inner = layout::inset(places.body);
        let said = Rect { y: row.y + 1, height: 1, ..inner }.intersection(inner);
        line(frame.buffer_mut(), said, &state.message, theme.strong);
    }
    if list.has_list() {
        draw_entries(frame, &places, list, theme);
        if let Some(entry) = list.entries.get(list.selected) {
            wrapped(frame.buffer_mut(), places.about, &entry.detail, 0, theme.help);
        }
        if list.purpose == Purpose::Find {
            mark(frame.buffer_mut(), places.entries, list.input.trim(), theme.found);
        }
    }
}

fn draw_entries(frame: &mut Frame, places: &layout::ListDialogPlaces, list: &ListDialog, theme: &Theme) {
    let area = places.entries;
    if list.entries.is_empty() {
        line(frame.buffer_mut(), area, "Nothing matches.", theme.dim);
        return;
    }
    let (rows_each, scroll) = (places.rows_each, places.scroll);
    let shown = (area.height as usize / rows_each).max(1);
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
        } else if places.about.is_empty() {
            let rest = Rect { x: row.x + used + 2, width: row.width.saturating_sub(used + 2), ..row };
            line(frame.buffer_mut(), rest, &detail, theme.dim);
        }
    }
}
