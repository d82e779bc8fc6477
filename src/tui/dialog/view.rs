//! Draws dialogs.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use ratatui::widgets::Clear;

use crate::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::{draw, mark, rich};

use super::layout::{InputLayout, centered};
use super::state::{Dialog, InputDialog, Purpose, TextDialog};
use super::tour::PAGES;

/// Draws a dialog over the screen.
pub fn view(dialog: &Dialog, theme: &Theme, frame: &mut Frame) {
    match dialog {
        Dialog::Text(dialog) => text_dialog(dialog, theme, frame),
        Dialog::Tour { page } => tour(*page, theme, frame),
        Dialog::Input(dialog) => input_dialog(dialog, theme, frame),
    }
}

fn text_dialog(dialog: &TextDialog, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    let body = Rect { height: area.height.saturating_sub(1), ..area };
    frame.render_widget(Clear, body);
    draw::pane(frame, body, &dialog.title, true, theme);
    let inner = TextDialog::area(Size::new(area.width, area.height));
    rich::draw(frame, inner, &dialog.lines, dialog.scroll, theme);
    draw::scrollbar(frame, inner, dialog.lines.len(), dialog.scroll, theme);
}

/// A page of the tour; the screen stays visible around it.
fn tour(page: usize, theme: &Theme, frame: &mut Frame) {
    let Some(shown) = PAGES.get(page) else { return };
    let lines: Vec<(String, &str)> = shown.lines().collect();
    let text_rows = |width: u16| text::wrap(shown.text, width.saturating_sub(4) as usize).len() as u16;
    let body = centered(frame.area(), 72, |width| 5 + text_rows(width) + lines.len() as u16);
    frame.render_widget(Clear, body);
    draw::pane(frame, body, &format!("Welcome · {} of {}", page + 1, PAGES.len()), true, theme);
    let inner = draw::inset(body);
    let row = |y: u16| Rect { y: inner.y + y, height: 1, ..inner }.intersection(inner);
    draw::line(frame, row(0), shown.title, theme.style(Role::Strong));
    let content = Rect { y: inner.y + 1, height: text_rows(body.width), ..inner }.intersection(inner);
    draw::wrapped(frame, content, shown.text, Style::new());
    for (y, (key, help)) in lines.iter().enumerate() {
        let (left, right) = draw::split(row(2 + content.height + y as u16), 8);
        draw::line(frame, left, key, theme.style(Role::Strong));
        draw::line(frame, right, help, theme.style(Role::Dim));
    }
}

fn input_dialog(dialog: &InputDialog, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    let layout = InputLayout::new(Size::new(area.width, area.height), dialog);
    frame.render_widget(Clear, layout.body);
    draw::pane(frame, layout.body, &dialog.title, true, theme);
    draw::wrapped(frame, layout.explanation, &dialog.explanation, theme.style(Role::Dim));
    let (mark, typed) = draw::split(layout.input, 2);
    draw::line(frame, mark, "›", theme.style(Role::Accent));
    let caret = (!dialog.is_menu()).then_some(dialog.caret);
    Field { text: &dialog.input, caret, scroll: 0, rows: None, placeholder: "" }.draw(frame, typed, theme);
    draw::wrapped(frame, layout.message, &dialog.message, theme.style(Role::Strong));
    if dialog.has_list() {
        entries(dialog, &layout, theme, frame);
    }
}

fn entries(dialog: &InputDialog, layout: &InputLayout, theme: &Theme, frame: &mut Frame) {
    let area = layout.entries;
    if dialog.entries.is_empty() {
        draw::line(frame, area, "Nothing matches.", theme.style(Role::Dim));
    }
    let shown = (area.height as usize / layout.rows_each).max(1);
    for (i, entry) in dialog.entries.iter().enumerate().skip(layout.scroll).take(shown) {
        let y = area.y + ((i - layout.scroll) * layout.rows_each) as u16;
        let row = Rect { y, height: 1, ..area }.intersection(area);
        let is_selected = i == dialog.selected;
        let (mark, row) = draw::split(row, 2);
        draw::line(frame, mark, if is_selected { "›" } else { "" }, theme.style(Role::Accent));
        let role = if is_selected { Role::Selection } else { Role::Text };
        let used = draw::line(frame, row, &entry.label, theme.style(role));
        let detail = text::one_line(&entry.detail);
        if layout.rows_each == 2 {
            let below = Rect { y: y + 1, ..row }.intersection(area);
            draw::line(frame, below, &detail, theme.style(Role::Dim));
        } else if !dialog.shows_detail_below() {
            let rest = draw::split(row, used + 2).1;
            draw::line(frame, rest, &detail, theme.style(Role::Dim));
        }
    }
    let count = dialog.entries.len() * layout.rows_each;
    draw::scrollbar(frame, area, count, layout.scroll * layout.rows_each, theme);
    if let Some(entry) = dialog.entries.get(dialog.selected) {
        draw::wrapped(frame, layout.detail, &entry.detail, theme.style(Role::Help));
    }
    if dialog.purpose == Purpose::Find {
        mark::mark(frame.buffer_mut(), area, dialog.input.trim(), theme.style(Role::Found));
    } else if dialog.purpose == Purpose::Search {
        for word in dialog.input.split_whitespace() {
            mark::mark(frame.buffer_mut(), area, word, theme.style(Role::Found));
        }
    }
}
