//! The actions of the comparison of many services.

use ratatui::layout::Position as Point;

use crate::report::{MatrixFormat, render_matrix};
use crate::tui::effect::Effect;
use crate::tui::keys::{Action, MatrixAction, Move};
use crate::tui::turn::{DialogRequest, Request, Turn};
use crate::tui::widgets::list;

use super::state::MatrixScreen;

/// Performs an action.
pub fn act(screen: &mut MatrixScreen, action: MatrixAction, turn: &mut Turn<'_>) {
    match action {
        MatrixAction::ToAnswer => to_answer(screen, turn),
        MatrixAction::Left => screen.column = screen.column.saturating_sub(1),
        MatrixAction::Right => screen.column += 1,
        MatrixAction::ToggleDiffering => {
            let id = screen.rows().get(screen.row).map(|row| row.id.clone());
            screen.differing = !screen.differing;
            screen.row = screen.rows().iter().position(|row| Some(&row.id) == id.as_ref()).unwrap_or(0);
        }
        MatrixAction::Diff => diff(screen, turn),
        MatrixAction::Write => turn.ask(DialogRequest::Write { path: "comparison.csv".to_owned() }),
        MatrixAction::Back => turn.request(Request::Home),
    }
}

/// Selects another row.
pub fn step(screen: &mut MatrixScreen, step: Move) {
    let page = screen.layout.body.height as usize;
    screen.row = list::step(screen.row, step, screen.rows().len(), page);
}

/// A click selects an answer; a click on the selected one goes there.
pub fn click(screen: &mut MatrixScreen, point: Point) -> Option<Action> {
    let layout = screen.layout;
    let row = screen.scroll + point.y.checked_sub(layout.body.y)? as usize;
    let across = point.x.checked_sub(layout.body.x + layout.names)? / layout.column.max(1);
    let column = screen.first + across as usize;
    let is_answer = layout.body.contains(point) && row < screen.rows().len();
    if !is_answer || across as usize >= layout.columns || column >= screen.matrix.columns.len() {
        return None;
    }
    let was_selected = (screen.row, screen.column) == (row, column);
    (screen.row, screen.column) = (row, column);
    was_selected.then_some(Action::Matrix(MatrixAction::ToAnswer))
}

/// The text of the comparison for a file of this name.
pub fn written(screen: &MatrixScreen, path: &str) -> String {
    let format = match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("csv") => MatrixFormat::Csv,
        Some("md") => MatrixFormat::Markdown,
        Some("html" | "htm") => MatrixFormat::Html,
        Some("json") => MatrixFormat::Json,
        Some(_) | None => MatrixFormat::Text,
    };
    render_matrix(&screen.matrix, format, screen.shows())
}

fn to_answer(screen: &MatrixScreen, turn: &mut Turn<'_>) {
    let Some(column) = screen.matrix.columns.get(screen.column) else { return };
    match screen.cell().and_then(|cell| cell.question.clone()) {
        Some(question) => turn.effects.push(Effect::Open { id: column.id.clone(), question: Some(question) }),
        None => turn.say("This session does not have the question."),
    }
}

/// Compares the session under the cursor with its left neighbour.
fn diff(screen: &MatrixScreen, turn: &mut Turn<'_>) {
    let left = screen.column.checked_sub(1).and_then(|left| screen.matrix.columns.get(left));
    match (left, screen.matrix.columns.get(screen.column)) {
        (Some(left), Some(right)) => {
            turn.effects.push(Effect::Compare { left: left.id.clone(), right: right.id.clone() });
        }
        (None, _) | (_, None) => turn.say("There is no service to the left to compare with."),
    }
}
