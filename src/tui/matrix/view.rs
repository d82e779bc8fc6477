//! Draws the comparison of many services.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::report::{LEGEND, TALLY, marks, symbol, tally_text};
use crate::session::{Cell, CellState, Column};
use crate::text;
use crate::tui::chrome::areas;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::draw;

use super::state::{MatrixScreen, NOT_GOOD};

/// Draws the comparison: the names of services and questions stay in place.
pub fn view(screen: &MatrixScreen, theme: &Theme, frame: &mut Frame) {
    let [top, ..] = areas(frame.area());
    let matrix = &screen.matrix;
    let only = if screen.differing { " · differences only" } else { "" };
    let heading = format!("Compare · {} · {} services{only}", matrix.questionnaire, matrix.columns.len());
    let top = Rect { x: top.x + 1.min(top.width), width: top.width.saturating_sub(2), ..top };
    draw::line(frame, top, &text::one_line(&heading), theme.style(Role::Strong));
    head(screen, theme, frame);
    body(screen, theme, frame);
    foot(screen, theme, frame);
}

/// The services that are shown, with the area of each in a row.
fn columns(screen: &MatrixScreen, row: Rect) -> impl Iterator<Item = (usize, &Column, Rect)> {
    let (names, width) = (screen.layout.names, screen.layout.column);
    let shown = screen.matrix.columns.iter().enumerate().skip(screen.first).take(screen.layout.columns);
    shown.enumerate().map(move |(at, (index, column))| {
        let x = row.x + names + at as u16 * width;
        (index, column, Rect { x, width: width.saturating_sub(1), ..row }.intersection(row))
    })
}

/// The area of the number of answers that are not good.
fn not_good(screen: &MatrixScreen, row: Rect) -> Option<Rect> {
    let x = row.x + screen.layout.names + screen.layout.columns as u16 * screen.layout.column;
    screen.layout.has_not_good.then(|| Rect { x, width: NOT_GOOD, ..row }.intersection(row))
}

fn head(screen: &MatrixScreen, theme: &Theme, frame: &mut Frame) {
    let mut rows = screen.layout.head.rows();
    let (Some(names), Some(days), Some(rule)) = (rows.next(), rows.next(), rows.next()) else { return };
    for (index, column, area) in columns(screen, names) {
        let role = if index == screen.column { Role::Accent } else { Role::Strong };
        draw::line(frame, area, &text::one_line(&column.name), theme.style(role));
    }
    if let Some(area) = not_good(screen, names) {
        draw::line(frame, area, "not good", theme.style(Role::Dim));
    }
    draw::line(frame, days, "reviewed", theme.style(Role::Dim));
    for (_, column, area) in columns(screen, days) {
        draw::line(frame, area, &column.day.to_string(), theme.style(Role::Dim));
    }
    draw::line(frame, rule, &"─".repeat(rule.width as usize), theme.style(Role::Dim));
}

fn body(screen: &MatrixScreen, theme: &Theme, frame: &mut Frame) {
    let area = screen.layout.body;
    let rows = screen.rows();
    if rows.is_empty() {
        draw::line(
            frame,
            area,
            "All services answer the same. f shows every question.",
            theme.style(Role::Dim),
        );
    }
    for ((index, question), row) in rows.iter().enumerate().skip(screen.scroll).zip(area.rows()) {
        let is_row = index == screen.row;
        let name = Rect { width: screen.layout.names.saturating_sub(1).min(row.width), ..row };
        let title =
            if question.only_in_some { format!("{} *", question.title) } else { question.title.clone() };
        let style = theme.style(if is_row { Role::Strong } else { Role::Text });
        draw::line(frame, name, &text::one_line(&title), style);
        for (at, _, area) in columns(screen, row) {
            let Some(cell) = question.cells.get(at) else { continue };
            let is_selected = is_row && at == screen.column;
            if is_selected {
                frame.buffer_mut().set_style(area, theme.style(Role::Selection));
            }
            let role = if is_selected { Role::Selection } else { role(cell) };
            let used = draw::line(frame, area, symbol(cell), theme.style(role));
            let rest = draw::split(area, used + u16::from(used > 0)).1;
            let role = if is_selected { Role::Selection } else { Role::Text };
            draw::line(frame, rest, &marks(cell), theme.style(role));
        }
        if let Some(area) = not_good(screen, row) {
            draw::line(frame, area, &question.not_good().to_string(), theme.style(Role::Dim));
        }
    }
    draw::scrollbar(frame, area, rows.len(), screen.scroll, theme);
}

fn foot(screen: &MatrixScreen, theme: &Theme, frame: &mut Frame) {
    let mut rows = screen.layout.foot.rows();
    let (Some(tally), Some(findings)) = (rows.next(), rows.next()) else { return };
    draw::line(frame, tally, TALLY, theme.style(Role::Dim));
    for (_, column, area) in columns(screen, tally) {
        draw::line(frame, area, &tally_text(column), theme.style(Role::Dim));
    }
    draw::line(frame, findings, "findings", theme.style(Role::Dim));
    for (_, column, area) in columns(screen, findings) {
        draw::line(frame, area, &column.findings_text(), theme.style(Role::Dim));
    }
    if let Some(row) = rows.next() {
        draw::line(frame, row, &text::one_line(&selected(screen)), theme.style(Role::Text));
    }
    if let Some(row) = rows.next() {
        draw::line(frame, row, LEGEND, theme.style(Role::Dim));
    }
}

/// The selected answer in words.
fn selected(screen: &MatrixScreen) -> String {
    let rows = screen.rows();
    let (Some(row), Some(column)) = (rows.get(screen.row), screen.matrix.columns.get(screen.column)) else {
        return String::new();
    };
    let cell = screen.cell();
    let said = match cell.map(|cell| cell.state) {
        Some(CellState::Answered) => cell.map(|cell| cell.label.clone()).unwrap_or_default(),
        Some(CellState::Open) => "not answered yet".to_owned(),
        Some(CellState::NotAsked) => "not asked, because of other answers".to_owned(),
        Some(CellState::NoSuchQuestion) | None => "does not have this question".to_owned(),
    };
    format!("{}: {} · {said}", column.name, row.title)
}

fn role(cell: &Cell) -> Role {
    cell.tone.filter(|_| cell.state == CellState::Answered).map_or(Role::Text, Role::of_tone)
}
