//! The overview's actions.

use ratatui::layout::Position as Point;

use crate::session::{Item, Position};
use crate::tui::keys::{Action, Move, OverviewAction};
use crate::tui::turn::{Request, Turn};
use crate::tui::widgets::draw::inset;

use super::state::{Overview, pane};

/// Performs an action of the overview.
pub fn act(overview: &Overview, action: OverviewAction, turn: &mut Turn<'_>) {
    let position = match action {
        OverviewAction::Back => None,
        OverviewAction::ToQuestion => {
            let question = overview.rows.get(overview.selected).and_then(|row| row.question);
            let Some(index) = question else { return };
            let id = overview.current.session().question(index).id.clone();
            Some(Position::start_of(Item::Question(id)))
        }
    };
    turn.request(Request::Interview { position });
}

/// Moves the selection to another row that leads to a question.
pub fn step(overview: &mut Overview, step: Move, turn: &Turn<'_>) {
    let (selected, page) = (overview.selected, overview.page(turn.size).max(1));
    let leads = |index: &usize| overview.rows[*index].question.is_some();
    let count = overview.rows.len();
    let after = |from: usize| (from..count).find(leads);
    let before = |until: usize| (0..until.min(count)).rev().find(leads);
    let to = match step {
        Move::Up => before(selected),
        Move::Down => after(selected + 1),
        Move::PageUp => before(selected.saturating_sub(page) + 1).or_else(|| after(0)),
        Move::PageDown => after(selected + page).or_else(|| before(count)),
        Move::First => after(0),
        Move::Last => before(count),
    };
    overview.selected = to.unwrap_or(selected);
}

/// A click selects a row; a click on the selected one goes to its question.
pub fn click(overview: &mut Overview, point: Point, turn: &Turn<'_>) -> Option<Action> {
    let area = inset(pane(turn.size));
    let row = overview.scroll + point.y.checked_sub(area.y)? as usize;
    if !area.contains(point) || overview.rows.get(row).is_none_or(|row| row.question.is_none()) {
        return None;
    }
    let was_selected = overview.selected == row;
    overview.selected = row;
    was_selected.then_some(Action::Overview(OverviewAction::ToQuestion))
}
