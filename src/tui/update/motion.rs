//! Which way the cursor goes for an action.

use crate::tui::action::{Action, Select};
use crate::tui::widgets::editor::Motion;

/// The motion of a cursor action, and whether it selects.
pub fn motion(action: Action) -> Option<(Motion, bool)> {
    let (motion, select) = match action {
        Action::Left(select) => (Motion::Left, select),
        Action::Right(select) => (Motion::Right, select),
        Action::WordLeft(select) => (Motion::WordLeft, select),
        Action::WordRight(select) => (Motion::WordRight, select),
        Action::RowUp(select) => (Motion::Up, select),
        Action::RowDown(select) => (Motion::Down, select),
        Action::RowStart(select) => (Motion::RowStart, select),
        Action::RowEnd(select) => (Motion::RowEnd, select),
        Action::TextStart(select) => (Motion::Start, select),
        Action::TextEnd(select) => (Motion::End, select),
        _ => return None,
    };
    Some((motion, select == Select::Yes))
}
