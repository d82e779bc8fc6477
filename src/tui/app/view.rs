//! From the state to a frame. Changes nothing.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use crate::tui::chrome::{self, Footer};
use crate::tui::keys::{Action, DialogAction};
use crate::tui::theme::{self, Theme};
use crate::tui::{compare, dialog, home, interview, matrix, overview, preview};

use super::state::{App, Screen};

/// Draws the screen, the dialog over it, and the footer.
pub fn view(app: &App, theme: &Theme, frame: &mut Frame) {
    let first = match &app.screen {
        Screen::Home(home) => {
            home::view(home, app.now, theme, frame);
            None
        }
        Screen::Interview(interview) => {
            interview::view(interview, theme, frame);
            interview::first_hint(interview)
        }
        Screen::Overview(overview) => {
            overview::view(overview, theme, frame);
            None
        }
        Screen::Preview(preview) => {
            preview::view(preview, theme, frame);
            None
        }
        Screen::Compare(compare) => {
            compare::view(compare, theme, frame);
            None
        }
        Screen::Matrix(screen) => {
            matrix::view(screen, theme, frame);
            None
        }
    };
    if let Some(dialog) = &app.dialog {
        dialog::view(dialog, theme, frame);
    }
    let [.., bottom] = chrome::areas(frame.area());
    let footer = Footer {
        message: &app.message,
        contexts: app.contexts(),
        verbs: verbs(app),
        first: first.filter(|_| app.dialog.is_none()),
    };
    chrome::footer(frame, bottom, &footer, theme);
    apply_base_colours(frame.buffer_mut(), theme);
    if theme.ascii {
        to_ascii(frame.buffer_mut());
    }
}

/// The verbs of the footer that depend on more than the context.
fn verbs(app: &App) -> Vec<(Action, &'static str)> {
    match (&app.dialog, &app.screen) {
        (Some(dialog), _) if dialog.accept().is_empty() => Vec::new(),
        (Some(dialog), _) => vec![(Action::Dialog(DialogAction::Accept), dialog.accept())],
        (None, Screen::Interview(interview)) => interview::verbs(interview),
        (
            None,
            Screen::Home(_)
            | Screen::Overview(_)
            | Screen::Preview(_)
            | Screen::Compare(_)
            | Screen::Matrix(_),
        ) => Vec::new(),
    }
}

/// Gives the theme's colours to cells that have none of their own.
fn apply_base_colours(buffer: &mut Buffer, theme: &Theme) {
    let (text, background) = theme.base();
    if text.is_none() && background.is_none() {
        return;
    }
    for cell in &mut buffer.content {
        if cell.fg == Color::Reset {
            cell.fg = text.unwrap_or(Color::Reset);
        }
        if cell.bg == Color::Reset {
            cell.bg = background.unwrap_or(Color::Reset);
        }
    }
}

/// Replaces whatever is not ASCII: the last step before the terminal, so that nothing slips through.
fn to_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let symbol = theme::ascii(cell.symbol());
            cell.set_symbol(symbol);
        }
    }
}
