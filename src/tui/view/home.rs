//! The home screen: the reviews that there are, or what to do first.

use jiff::tz::TimeZone;
use ratatui_core::layout::Rect;
use ratatui_core::style::Style;

use crate::text;
use crate::tui::frame::Frame;
use crate::tui::layout::HOME_TOP;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::workspace::Shelf;

use super::chrome;
use super::text::{line, wrapped};

const WELCOME: &str = "No reviews yet.\n\n\
n  starts one: choose the questions, name what is reviewed, answer one question after the other.\n\n\
i  makes one from a page that is published already.\n\n\
Every key that you type is on disk before you see it. Leave with Ctrl-Q whenever you like; \
the next start brings you back here, and Enter to the question you were at.";

/// Draws the home screen.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame) {
    let area = frame.area();
    let inner = Rect { x: 1, width: area.width.saturating_sub(2), height: 1.min(area.height), y: 0 };
    let title = match state.home.shelf {
        Shelf::Desk => "Querist · reviews",
        Shelf::Archive => "Querist · archive (A: back to the reviews, Enter: take one out)",
        Shelf::Trash => "Querist · trash (T: back to the reviews, Enter: take one out)",
    };
    line(frame.buffer_mut(), inner, title, theme.strong);
    let footer = Rect { y: area.height.saturating_sub(1), height: 1.min(area.height), ..area };
    chrome::footer(frame, footer, state, theme);
    let body =
        Rect { x: 2, y: 1, width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) };
    if state.home.list.is_empty() {
        let text = Rect { y: 2, width: body.width.min(76), height: body.height.saturating_sub(1), ..body };
        let told = if state.home.shelf == Shelf::Desk { WELCOME } else { "Nothing here." };
        wrapped(frame.buffer_mut(), text, told, 0, Style::new());
        return;
    }
    let columns = Columns::of(body.width);
    let heading = Rect { y: HOME_TOP - 1, height: 1, ..body };
    columns.draw(frame, heading, ["Subject", "Questions", "Progress", "Last touched"], theme.dim);
    let rows = area.height.saturating_sub(HOME_TOP + 2) as usize;
    let scroll = (state.home.selected + 1).saturating_sub(rows.max(1));
    for (y, summary) in state.home.list.iter().skip(scroll).take(rows).enumerate() {
        let row = Rect { y: HOME_TOP + y as u16, height: 1, ..body };
        let is_selected = scroll + y == state.home.selected;
        let style = if is_selected { theme.selection } else { Style::new() };
        if is_selected {
            frame.buffer_mut().set_style(row.intersection(area), style);
        }
        if let Some(problem) = &summary.problem {
            let told = format!("! {}: {problem}", summary.id);
            line(frame.buffer_mut(), row, &told, style);
            continue;
        }
        let touched = summary.touched.to_zoned(TimeZone::system());
        let now = state.now.to_zoned(TimeZone::system());
        let same_day = touched.date() == now.date();
        let touched = touched.strftime(if same_day { "today %H:%M" } else { "%Y-%m-%d" }).to_string();
        let flags = if summary.progress.flagged > 0 {
            format!(" ⚑{}", summary.progress.flagged)
        } else {
            String::new()
        };
        let progress = format!("{}{flags}", chrome::progress(summary.progress, 8));
        columns.draw(frame, row, [&summary.subject, &summary.questionnaire, &progress, &touched], style);
    }
}

/// Where the columns of the list begin; the last ones go first where there is no room.
struct Columns([u16; 4]);

impl Columns {
    fn of(width: u16) -> Self {
        match width {
            0..=50 => Self([width, 0, 0, 0]),
            51..=75 => Self([width - 24, 0, 24, 0]),
            _ => {
                let rest = width - 24 - 14;
                Self([rest * 3 / 5, rest - rest * 3 / 5, 24, 14])
            }
        }
    }

    fn draw(&self, frame: &mut Frame, row: Rect, cells: [&str; 4], style: Style) {
        let mut x = row.x;
        for (width, cell) in self.0.iter().zip(cells) {
            let room = Rect { x, width: width.saturating_sub(1), ..row };
            line(frame.buffer_mut(), room, &text::one_line(cell), style);
            x += width;
        }
    }
}
