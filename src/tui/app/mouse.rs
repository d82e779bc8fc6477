//! The mouse: a click goes to what it hits, the wheel scrolls what is under it.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use jiff::SignedDuration;
use ratatui::layout::Position as Point;

use crate::tui::dialog;
use crate::tui::effect::Effect;
use crate::tui::keys::{Action, Move};
use crate::tui::{compare, home, interview, matrix, overview};

use super::act::{act, after_dialog};
use super::navigate::with_turn;
use super::state::{App, Screen};

/// Two clicks at one place within this time are a double click.
const DOUBLE_CLICK: SignedDuration = SignedDuration::from_millis(500);

/// Handles an event of the mouse.
pub fn mouse(app: &mut App, event: MouseEvent, effects: &mut Vec<Effect>) {
    let point = Point::new(event.column, event.row);
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) => click(app, point, effects),
        MouseEventKind::Drag(MouseButton::Left) if app.dialog.is_none() => {
            with_turn(app, effects, |screen, _, turn| {
                if let Screen::Interview(interview) = screen {
                    interview::drag(interview, point, turn);
                }
            });
        }
        MouseEventKind::ScrollDown => wheel(app, point, true, effects),
        MouseEventKind::ScrollUp => wheel(app, point, false, effects),
        _ => {}
    }
}

fn click(app: &mut App, point: Point, effects: &mut Vec<Effect>) {
    if app.dialog.is_some() {
        let chosen = with_turn(app, effects, |_, dialog, turn| {
            dialog.and_then(|dialog| dialog::click(dialog, point, turn))
        });
        return after_dialog(app, chosen, effects);
    }
    app.message.clear();
    let now = app.now;
    let is_double =
        app.last_click.is_some_and(|(at, when)| at == point && now.duration_since(when) < DOUBLE_CLICK);
    app.last_click = (!is_double).then_some((point, now));
    let action = with_turn(app, effects, |screen, _, turn| match screen {
        Screen::Home(home) => home::click(home, point, turn),
        Screen::Interview(interview) => {
            interview::click(interview, point, is_double, turn);
            None
        }
        Screen::Overview(overview) => overview::click(overview, point, turn),
        Screen::Preview(_) => None,
        Screen::Compare(compare) => compare::click(compare, point, turn),
        Screen::Matrix(screen) => matrix::click(screen, point),
    });
    if let Some(action) = action {
        act(app, action, effects);
    }
}

fn wheel(app: &mut App, point: Point, down: bool, effects: &mut Vec<Effect>) {
    let step = Action::Move(if down { Move::Down } else { Move::Up });
    let action = with_turn(app, effects, |screen, dialog, turn| match (dialog, screen) {
        (None, Screen::Interview(interview)) => interview::wheel(interview, point, down, turn),
        (Some(_), _)
        | (
            None,
            Screen::Home(_)
            | Screen::Overview(_)
            | Screen::Preview(_)
            | Screen::Compare(_)
            | Screen::Matrix(_),
        ) => Some(step),
    });
    if let Some(action) = action {
        act(app, action, effects);
    }
}
